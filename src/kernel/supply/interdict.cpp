// The worst k routes to lose, by a tree over sets of routes (essay in supply.hpp). A node is a set S already cut, with
// what it leaves and what each other route then ships. Its children cut one route more, those that ship most first; a
// child may go on only with routes behind its own, so that every set is met once. No set below the children from the
// i-th on leaves less than delivered(S) less the flows of the next routes, as many as cuts are left: once that is not
// below the best set known, the rest of the node is done with.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "kernel/supply/state.hpp"

namespace entente::supply {
namespace {

constexpr double rounding = 1e-10;  // of what is delivered with nothing cut

class Search {
 public:
  Search(const Chain& c, Out out, std::uint64_t limit, Workspace::Body& w, Interdiction& worst)
      : c_(c), out_(out), limit_(limit), w_(w), worst_(worst) {}

  Result<void> run(unsigned k) {
    worst_ = {};
    if (const auto done = node(0); !done) return done;
    worst_.delivered = delivered_;
    tolerance_ = rounding * delivered_;
    Set candidates = 0;
    for (std::size_t r = 0; r < c_.routes.size(); ++r)
      if (!in(out_.routes, r)) candidates |= Set{1} << r;
    if (const auto done = below(0, candidates, k); !done) return done;
    worst_.proven = open_ >= worst_.delivered - tolerance_;
    worst_.bound = std::min(worst_.delivered, open_);
    return {};
  }

 private:
  // What is left without S, and what every route ships.
  Result<void> node(Set s) {
    ++worst_.solves;
    build(c_, {out_.origins, out_.routes | s}, std::numeric_limits<double>::infinity(), w_);
    const auto done = deliver(c_, {out_.origins, out_.routes | s}, w_, w_.delivery);
    if (done) delivered_ = w_.delivery.quantity;
    return done;
  }

  Result<void> below(Set s, Set candidates, unsigned left) {
    if (left == 0 || candidates == 0) return {};
    const double delivered = delivered_;
    std::array<std::uint8_t, most> order{};
    std::array<double, most> ships{};
    std::size_t count = 0;
    for (Set rest = candidates; rest; rest &= rest - 1) {
      const auto r = static_cast<std::size_t>(std::countr_zero(rest));
      ships[r] = w_.delivery.shipped[r];
      order[count++] = static_cast<std::uint8_t>(r);
    }
    std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count),
              [&](std::size_t a, std::size_t b) { return ships[a] != ships[b] ? ships[a] > ships[b] : a < b; });
    for (std::size_t i = 0; i < count; ++i) {
      double bound = delivered;
      for (std::size_t j = i; j < std::min<std::size_t>(count, i + left); ++j) bound -= ships[order[j]];
      bound = std::max(0.0, bound);
      if (bound >= worst_.delivered - tolerance_) return {};
      if (worst_.solves >= limit_) {
        open_ = std::min(open_, bound);
        return {};
      }
      candidates &= ~(Set{1} << order[i]);
      const Set more = s | Set{1} << order[i];
      if (const auto done = node(more); !done) return done;
      if (delivered_ < worst_.delivered - tolerance_) {
        worst_.delivered = delivered_;
        worst_.routes = more;
      }
      if (const auto done = below(more, candidates, left - 1); !done) return done;
    }
    return {};
  }

  const Chain& c_;
  Out out_;
  std::uint64_t limit_;
  Workspace::Body& w_;
  Interdiction& worst_;
  double delivered_ = 0;  ///< in the node solved last
  double tolerance_ = 0;
  double open_ = std::numeric_limits<double>::infinity();  ///< least bound of what the limit left aside
};

}  // namespace

Result<void> interdict(const Chain& c, Out out, unsigned k, std::uint64_t limit, Workspace& w, Interdiction& worst) {
  return Search(c, out, limit, w.body(), worst).run(k);
}

double enumerate(const Chain& c, Out out, unsigned k, std::uint64_t limit, Workspace& workspace) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  std::array<std::uint8_t, most> there{};
  std::size_t n = 0;
  for (std::size_t r = 0; r < c.routes.size(); ++r)
    if (!in(out.routes, r)) there[n++] = static_cast<std::uint8_t>(r);
  double sets = 0, choose = 1;
  for (std::size_t j = 0; j <= std::min<std::size_t>(k, n); ++j) {
    sets += choose;
    choose *= static_cast<double>(n - j) / static_cast<double>(j + 1);
  }
  if (sets > static_cast<double>(limit)) return none;
  Delivery d;
  double least = std::numeric_limits<double>::infinity();
  bool good = true;
  const auto each = [&](auto&& self, std::size_t from, Set s, unsigned left) -> void {
    good = good && solve(c, {out.origins, out.routes | s}, std::numeric_limits<double>::infinity(), workspace, d);
    if (!good) return;
    least = std::min(least, d.quantity);
    if (left == 0) return;
    for (std::size_t i = from; i < n; ++i) self(self, i + 1, s | Set{1} << there[i], left - 1);
  };
  each(each, 0, 0, k);
  return good ? least : none;
}

}  // namespace entente::supply
