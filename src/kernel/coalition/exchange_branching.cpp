// The worth of every coalition by branch and bound. Coalitions in rising order: a disconnected one is the sum of its
// parts; a connected one starts from the best worth with one member less and stops at half the sum of every member's
// best remaining ties, or at a member less plus that member's best ties, whichever is smaller.
#include <algorithm>
#include <array>
#include <bit>

#include "kernel/coalition/exchange_worths.hpp"

namespace entente::exchange {
namespace {

struct Edge {
  unsigned a, b;
  double value;
};

class Branching {
 public:
  explicit Branching(const Shape& s) : shape_(s) {
    for (unsigned i = 0; i < s.actors; ++i)
      for (const auto& t : s.below[i]) {
        edges_.push_back({i, t.other, t.value});
        neighbours_[i] |= 1u << t.other;
        neighbours_[t.other] |= 1u << i;
      }
    std::ranges::stable_sort(edges_, [](const Edge& x, const Edge& y) { return x.value > y.value; });
  }

  Result<std::vector<double>> run() {
    std::vector<double> v(std::size_t{1} << shape_.actors, 0.0);
    for (std::uint32_t s = 1; s < v.size(); ++s) {
      const std::uint32_t part = component(s);
      if (part != s) {
        v[s] = v[part] + v[s ^ part];
        continue;
      }
      inside_.clear();
      for (const Edge& e : edges_)
        if ((s >> e.a & 1u) && (s >> e.b & 1u)) inside_.push_back(e);
      left_.fill(0);
      best_ = 0;
      ceiling_ = 0;
      bool first = true;
      for (std::uint32_t rest = s; rest; rest &= rest - 1) {
        const auto i = static_cast<unsigned>(std::countr_zero(rest));
        left_[i] = shape_.limit[i];
        const double without = v[s ^ (1u << i)], with = without + top(i);
        best_ = std::max(best_, without);
        ceiling_ = first ? with : std::min(ceiling_, with);
        first = false;
      }
      search(0, 0);
      if (nodes_ > most_nodes)
        return std::unexpected(Error{ErrorKind::not_solved,
                                     "the network is too dense for so many exchanges of so many actors: branch and "
                                     "bound reached its limit",
                                     "ties"});
      v[s] = best_;
    }
    return v;
  }

 private:
  static constexpr std::uint64_t most_nodes = 2'000'000'000;

  std::uint32_t component(std::uint32_t s) const {
    std::uint32_t seen = s & (~s + 1), frontier = seen;
    while (frontier) {
      const auto i = static_cast<unsigned>(std::countr_zero(frontier));
      frontier &= frontier - 1;
      const std::uint32_t fresh = neighbours_[i] & s & ~seen;
      seen |= fresh;
      frontier |= fresh;
    }
    return seen;
  }
  // The most that i can get from the edges inside.
  double top(unsigned i) const {
    double sum = 0;
    unsigned count = shape_.limit[i];
    for (std::size_t k = 0; k < inside_.size() && count > 0; ++k)
      if (inside_[k].a == i || inside_[k].b == i) {
        sum += inside_[k].value;
        --count;
      }
    return sum;
  }
  double bound(std::size_t k) const {
    auto left = left_;
    double twice = 0;
    for (; k < inside_.size(); ++k) {
      const Edge& e = inside_[k];
      if (left_[e.a] == 0 || left_[e.b] == 0) continue;
      if (left[e.a] > 0) {
        --left[e.a];
        twice += e.value;
      }
      if (left[e.b] > 0) {
        --left[e.b];
        twice += e.value;
      }
    }
    return twice / 2;
  }
  void search(std::size_t k, double value) {
    const double slack = 1e-13 * ceiling_;
    best_ = std::max(best_, value);
    if (best_ >= ceiling_ - slack || ++nodes_ > most_nodes) return;
    while (k < inside_.size() && (left_[inside_[k].a] == 0 || left_[inside_[k].b] == 0)) ++k;
    if (k == inside_.size() || value + bound(k) <= best_ + slack) return;
    const Edge e = inside_[k];
    --left_[e.a];
    --left_[e.b];
    search(k + 1, value + e.value);
    ++left_[e.a];
    ++left_[e.b];
    search(k + 1, value);
  }

  const Shape& shape_;
  std::vector<Edge> edges_, inside_;
  std::array<std::uint32_t, 20> neighbours_{};
  std::array<unsigned, 20> left_{};
  double best_ = 0, ceiling_ = 0;
  std::uint64_t nodes_ = 0;
};

}  // namespace

Result<std::vector<double>> worths_by_branching(const Shape& s) { return Branching(s).run(); }

}  // namespace entente::exchange
