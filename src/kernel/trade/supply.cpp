// Who can sell what to whom at all.
//
// Inputs are needed in a Cobb-Douglas bundle: without one of them nothing is made. Beginning with everything that was
// made in the base year, whoever lacks an input stops, his goods are no one's supply any more, and so on until nobody
// else stops: the largest set of sectors that can go on.
//
// Goods are paid for with goods. A part of the world is a set of countries between any two of which goods find a way,
// in both directions; trade that leads from one part to another and never back could not be paid for (the seller's wage
// would rise without end as its deficit is closed), so it ends too. Parts are found by reachability forwards and
// backwards, and both rules are applied until nothing changes.
//
// If households then lack a good they spend a share of income on,
// or all of a country's sectors have stopped, no finite price or wage answers the shock, and the lack is the answer.
#include <algorithm>

#include "kernel/trade/state.hpp"

namespace entente::trade {
namespace {

class Supply {
 public:
  Supply(const World& w, Workspace::Body& b) : w_(w), b_(b) {}

  bool run() {
    b_.lacks.clear();
    mark();
    do {
      while (stop()) {
      }
      edges();
      parts();
    } while (close());
    return alive();
  }

 private:
  [[nodiscard]] std::size_t flag(std::size_t sector, std::size_t country) const {
    return sector * w_.countries + country;
  }

  // One round over all that is made; true when somebody stopped.
  bool stop() {
    bool any = false;
    for (std::uint32_t i = 0; i < w_.countries; ++i)
      for (std::uint32_t k = 0; k < w_.sectors; ++k) {
        if (b_.bought[flag(k, i)]) continue;
        for (std::uint32_t j = 0; j < w_.sectors; ++j) {
          if (!b_.produces[flag(j, i)] || !(w_.input[w_.io(i, k, j)] > 0)) continue;
          b_.produces[flag(j, i)] = 0;
          b_.lacks.push_back({i, k, j});
          withdraw(j, i);
          any = true;
        }
      }
    return any;
  }

  // way_[n' * n + i]: i sells to n'. joined: sectors with any trade between countries.
  void edges() {
    const std::size_t n = w_.countries;
    std::vector<std::uint8_t>& way = b_.way;
    way.assign(n * n, 0);
    b_.joined.assign(w_.sectors, 0);
    for (std::size_t j = 0; j < w_.sectors; ++j)
      for (std::size_t to = 0; to < n; ++to) {
        const double* row = &b_.a[w_.cell(j, to, 0)];
        std::uint8_t any = 0;
        std::uint8_t* sells = &way[to * n];
        const std::uint8_t home = sells[to];
        for (std::size_t from = 0; from < n; ++from) sells[from] |= static_cast<std::uint8_t>(row[from] > 0);
        sells[to] = home;
        for (std::size_t from = 0; from < n; ++from) any |= static_cast<std::uint8_t>(row[from] > 0 && from != to);
        b_.joined[j] |= any;
      }
  }

  // Everything that `first` reaches, or is reached from, among countries without a part: marks it with `mark`.
  void spread(std::uint32_t first, bool forwards, std::uint8_t mark) {
    const std::size_t n = w_.countries;
    b_.stack.assign(1, first);
    b_.seen[first] |= mark;
    while (!b_.stack.empty()) {
      const std::size_t at = b_.stack.back();
      b_.stack.pop_back();
      for (std::uint32_t to = 0; to < n; ++to)
        if (b_.part[to] == none && !(b_.seen[to] & mark) && b_.way[forwards ? to * n + at : at * n + to]) {
          b_.seen[to] |= mark;
          b_.stack.push_back(to);
        }
    }
  }

  void parts() {
    b_.part.assign(w_.countries, none);
    b_.parts = 0;
    for (std::uint32_t first = 0; first < w_.countries; ++first) {
      if (b_.part[first] != none) continue;
      b_.seen.assign(w_.countries, 0);
      spread(first, true, 1);
      spread(first, false, 2);
      for (std::uint32_t n = 0; n < w_.countries; ++n)
        if (b_.seen[n] == 3) b_.part[n] = b_.parts;
      ++b_.parts;
    }
  }

  // Trade between parts ends; true when there was any.
  bool close() {
    bool any = false;
    for (std::uint32_t j = 0; j < w_.sectors && b_.parts > 1; ++j)
      for (std::uint32_t n = 0; n < w_.countries; ++n)
        for (std::uint32_t i = 0; i < w_.countries; ++i) {
          double& a = b_.a[w_.cell(j, n, i)];
          if (a == 0 || b_.part[i] == b_.part[n]) continue;
          a = 0;
          any = true;
        }
    if (any) mark();
    return any;
  }

  // Who sells and who is supplied, from the cells.
  void mark() {
    b_.produces.assign(w_.places(), 0);
    b_.bought.assign(w_.places(), 0);
    for (std::uint32_t j = 0; j < w_.sectors; ++j)
      for (std::uint32_t n = 0; n < w_.countries; ++n) {
        const double* row = &b_.a[w_.cell(j, n, 0)];
        std::uint8_t* produces = &b_.produces[flag(j, 0)];
        std::uint8_t any = 0;
        for (std::uint32_t i = 0; i < w_.countries; ++i) {
          const auto sold = static_cast<std::uint8_t>(row[i] > 0);
          produces[i] |= sold;
          any |= sold;
        }
        b_.bought[flag(j, n)] |= any;
      }
  }

  void withdraw(std::uint32_t j, std::uint32_t i) {
    for (std::uint32_t n = 0; n < w_.countries; ++n) {
      b_.a[w_.cell(j, n, i)] = 0;
      const double* row = &b_.a[w_.cell(j, n, 0)];
      if (std::all_of(row, row + w_.countries, [](double x) { return x == 0; })) b_.bought[flag(j, n)] = 0;
    }
  }

  // Households get what they need, and somebody works in every country. Marks what somebody still buys.
  bool alive() {
    std::vector<Lack> fatal;
    bool idle = false;
    for (std::uint32_t n = 0; n < w_.countries; ++n) {
      bool work = false;
      for (std::uint32_t j = 0; j < w_.sectors; ++j) {
        const bool wanted = w_.final_share[w_.place(n, j)] > 0;
        if (wanted && !b_.bought[flag(j, n)]) fatal.push_back({n, j, Lack::households});
        work = work || (b_.produces[flag(j, n)] && w_.value_added_share[w_.place(n, j)] > 0);
        if (wanted || !b_.bought[flag(j, n)] || b_.lacks.empty()) continue;
        bool used = false;
        for (std::uint32_t k = 0; k < w_.sectors && !used; ++k)
          used = b_.produces[flag(k, n)] && w_.input[w_.io(n, j, k)] != 0;
        if (!used) b_.bought[flag(j, n)] = 0;
      }
      idle = idle || !work;
    }
    b_.lacks.insert(b_.lacks.end(), fatal.begin(), fatal.end());  // the causes stand first
    return fatal.empty() && !idle;
  }

  static constexpr std::uint32_t none = 0xffffffffu;
  const World& w_;
  Workspace::Body& b_;
};

}  // namespace

bool supply(const World& w, Workspace::Body& b) { return Supply(w, b).run(); }

}  // namespace entente::trade
