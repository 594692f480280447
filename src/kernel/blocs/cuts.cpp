// Least cuts between all pairs: a flow-equivalent tree by n - 1 largest flows (Gusfield 1990, doi:10.1137/0219009),
// each by shortest augmenting paths in layers (Dinitz 1970).
#include <algorithm>
#include <vector>

#include "kernel/blocs/cycles.hpp"

namespace entente::blocs {
namespace {

class Flow {
 public:
  Flow(const Frame& frame, std::span<const double> capacity)
      : frame_(frame), capacity_(capacity), rest_(2 * capacity.size()), level_(frame.nodes), at_(frame.nodes) {
    for (const double c : capacity) small_ = std::max(small_, 1e-12 * c);
  }

  /// Largest flow, but no more than `enough`; `near` is then the side of `from`, if the flow is below it.
  double run(std::uint32_t from, std::uint32_t to, double enough, std::vector<char>& near) {
    for (std::size_t e = 0; e < capacity_.size(); ++e) rest_[2 * e] = rest_[2 * e + 1] = capacity_[e];
    double flow = 0;
    while (flow < enough && layers(from, to)) {
      std::fill(at_.begin(), at_.end(), 0);
      while (flow < enough) {
        const double more = push(from, to, enough - flow);
        if (more <= 0) break;
        flow += more;
      }
    }
    layers(from, to);
    near.assign(frame_.nodes, 0);
    for (std::uint32_t v = 0; v < frame_.nodes; ++v) near[v] = level_[v] >= 0;
    return flow;
  }

 private:
  [[nodiscard]] std::uint32_t half(std::uint32_t v, std::uint32_t i) const {
    return 2 * frame_.by[i] + (frame_.arcs[frame_.by[i]].a == v ? 0 : 1);
  }
  bool layers(std::uint32_t from, std::uint32_t to) {
    std::fill(level_.begin(), level_.end(), -1);
    queue_.assign(1, from);
    level_[from] = 0;
    for (std::size_t k = 0; k < queue_.size(); ++k) {
      const std::uint32_t v = queue_[k];
      for (std::uint32_t i = frame_.start[v]; i < frame_.start[v + 1]; ++i)
        if (level_[frame_.to[i]] < 0 && rest_[half(v, i)] > small_) {
          level_[frame_.to[i]] = level_[v] + 1;
          queue_.push_back(frame_.to[i]);
        }
    }
    return level_[to] >= 0;
  }
  double push(std::uint32_t v, std::uint32_t to, double most) {
    if (v == to) return most;
    for (std::uint32_t& i = at_[v]; frame_.start[v] + i < frame_.start[v + 1]; ++i) {
      const std::uint32_t slot = frame_.start[v] + i, u = frame_.to[slot], h = half(v, slot);
      if (level_[u] != level_[v] + 1 || rest_[h] <= small_) continue;
      const double more = push(u, to, std::min(most, rest_[h]));
      if (more > 0) {
        rest_[h] -= more;
        rest_[h ^ 1] += more;
        return more;
      }
    }
    return 0;
  }

  const Frame& frame_;
  std::span<const double> capacity_;
  std::vector<double> rest_;
  std::vector<int> level_;
  std::vector<std::uint32_t> at_, queue_;
  double small_ = 0;
};

}  // namespace

std::vector<CutTree> cut_tree(const Frame& frame, std::span<const double> capacity, double enough) {
  std::vector<CutTree> tree(frame.nodes, {0, enough});
  Flow flow(frame, capacity);
  std::vector<char> near;
  for (std::uint32_t v = 1; v < frame.nodes; ++v) {
    const std::uint32_t parent = tree[v].parent;
    tree[v].value = flow.run(v, parent, enough, near);
    if (tree[v].value >= enough) continue;
    for (std::uint32_t u = v + 1; u < frame.nodes; ++u)
      if (near[u] && tree[u].parent == parent) tree[u].parent = v;
  }
  return tree;
}

}  // namespace entente::blocs
