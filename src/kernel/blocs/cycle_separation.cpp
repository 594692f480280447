#include <algorithm>
#include <cmath>
#include <queue>

#include "kernel/blocs/cycles.hpp"

namespace entente::blocs {
namespace {
constexpr double least_violation = 1e-4;
}

Frame::Frame(const Core& core) : nodes(core.nodes) {
  std::vector<std::uint32_t> parent(nodes);
  for (std::uint32_t v = 0; v < nodes; ++v) parent[v] = v;
  const auto root = [&](std::uint32_t v) {
    while (parent[v] != v) v = parent[v] = parent[parent[v]];
    return v;
  };
  for (const Core::Edge& e : core.edges) {
    if (e.c == 0) continue;
    if (const auto a = root(e.a), b = root(e.b); a != b) {
      parent[b] = a;
      tree.push_back(static_cast<std::uint32_t>(arcs.size()));
    }
    arcs.push_back({e.a, e.b, std::abs(e.c), e.c < 0});
  }
  for (std::uint32_t v = 1; v < nodes; ++v)
    if (const auto a = root(0), b = root(v); a != b) {
      parent[b] = a;
      tree.push_back(static_cast<std::uint32_t>(arcs.size()));
      arcs.push_back({0, v, 0, false});
    }
  start.assign(nodes + 1, 0);
  for (const Arc& e : arcs) ++start[e.a + 1], ++start[e.b + 1];
  for (std::uint32_t v = 0; v < nodes; ++v) start[v + 1] += start[v];
  to.resize(2 * arcs.size());
  by.resize(2 * arcs.size());
  std::vector<std::uint32_t> fill(start.begin(), start.end());
  for (std::uint32_t i = 0; i < arcs.size(); ++i) {
    to[fill[arcs[i].a]] = arcs[i].b, by[fill[arcs[i].a]++] = i;
    to[fill[arcs[i].b]] = arcs[i].a, by[fill[arcs[i].b]++] = i;
  }
  constexpr std::uint32_t none = 0xffffffffu;
  std::vector<std::uint32_t> mark(nodes, none);
  for (std::uint32_t a = 0; a < nodes && triangles.size() < 400'000; ++a) {
    for (std::uint32_t i = start[a]; i < start[a + 1]; ++i) mark[to[i]] = by[i];
    for (std::uint32_t i = start[a]; i < start[a + 1]; ++i) {
      const std::uint32_t b = to[i];
      if (b < a) continue;
      for (std::uint32_t j = start[b]; j < start[b + 1]; ++j)
        if (to[j] > b && mark[to[j]] != none) triangles.push_back({by[i], by[j], mark[to[j]]});
    }
    for (std::uint32_t i = start[a]; i < start[a + 1]; ++i) mark[to[i]] = none;
  }
}

void Frame::sides(std::span<const double> y, std::vector<std::uint32_t>& out) const {
  std::vector<char> in_tree(arcs.size(), 0);
  for (const std::uint32_t i : tree) in_tree[i] = 1;
  out.assign(nodes, 2);
  std::vector<std::uint32_t> queue{0};
  out[0] = 0;
  for (std::size_t k = 0; k < queue.size(); ++k) {
    const std::uint32_t v = queue[k];
    for (std::uint32_t i = start[v]; i < start[v + 1]; ++i)
      if (in_tree[by[i]] && out[to[i]] == 2) {
        const bool cut = arcs[by[i]].hostile != (y[by[i]] > 0.5);
        out[to[i]] = cut ? 1 - out[v] : out[v];
        queue.push_back(to[i]);
      }
  }
}

Separator::Separator(const Frame& frame)
    : frame_(frame), far_(2 * frame.nodes, nothing), came_(2 * frame.nodes, 0), seen_(frame.nodes, 0) {}

void Separator::triangles(std::span<const double> y, bool pure, std::vector<Cut>& out) const {
  for (const auto& t : frame_.triangles) {
    unsigned odd = 0;
    for (const std::uint32_t i : t) odd ^= frame_.arcs[i].hostile;
    if (pure) {
      const double left = y[t[0]] + y[t[1]] + y[t[2]];
      if (odd && left < 1 - least_violation) out.push_back({{t[0], t[1], t[2]}, {}, 1 - left});
      continue;
    }
    for (unsigned turn = 0; turn < 8; ++turn) {
      if (((turn ^ (turn >> 1) ^ (turn >> 2)) & 1) == odd) continue;  // the arcs turned change the parity
      double left = 0;
      for (unsigned j = 0; j < 3; ++j) left += turn >> j & 1 ? 1 - y[t[j]] : y[t[j]];
      if (left > 1 - least_violation) continue;
      Cut cut;
      for (unsigned j = 0; j < 3; ++j) (turn >> j & 1 ? cut.turned : cut.plain).push_back(t[j]);
      cut.violation = 1 - left;
      out.push_back(std::move(cut));
    }
  }
}

void Separator::cycles(std::span<const double> y, bool pure, std::size_t most, std::vector<Cut>& out) {
  const std::uint32_t n = frame_.nodes;
  constexpr double step = 1e-6;  // short cycles first among equals
  std::fill(seen_.begin(), seen_.end(), 0);
  using Entry = std::pair<double, std::uint32_t>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  std::size_t found = 0;
  for (std::uint32_t k = 0; k < n && found < most; ++k) {
    const std::uint32_t from = (next_ + k) % n;
    if (seen_[from] >= 3) continue;
    for (const std::uint32_t v : touched_) far_[v] = nothing;
    touched_.clear();
    queue = {};
    far_[2 * from] = 0;
    touched_.push_back(2 * from);
    queue.emplace(0, 2 * from);
    const std::uint32_t goal = 2 * from + 1;
    bool there = false;
    while (!queue.empty()) {
      const auto [d, u] = queue.top();
      queue.pop();
      if (d > far_[u]) continue;
      if (u == goal) {
        there = true;
        break;
      }
      const std::uint32_t v = u >> 1;
      for (std::uint32_t i = frame_.start[v]; i < frame_.start[v + 1]; ++i) {
        const std::uint32_t e = frame_.by[i];
        for (unsigned turned = 0; turned < (pure || y[e] < 1e-6 ? 1u : 2u); ++turned) {
          const double length = d + step + (turned ? std::max(0.0, 1 - y[e]) : std::max(0.0, y[e]));
          const std::uint32_t w = 2 * frame_.to[i] + ((u & 1) ^ (frame_.arcs[e].hostile ? 1u : 0u) ^ turned);
          if (length < far_[w] && length < 1 - least_violation) {
            if (far_[w] == nothing) touched_.push_back(w);
            far_[w] = length;
            came_[w] = 4 * e + 2 * turned + (u & 1);
            queue.emplace(length, w);
          }
        }
      }
    }
    if (!there) continue;
    // The walk back, cut down to its shortest odd closed part.
    std::vector<std::uint32_t> nodes{goal}, half;
    for (std::uint32_t u = goal; u != 2 * from;) {
      const std::uint32_t c = came_[u], e = c >> 2;
      const std::uint32_t v = frame_.arcs[e].a == u >> 1 ? frame_.arcs[e].b : frame_.arcs[e].a;
      half.push_back(c);
      u = 2 * v + (c & 1);
      nodes.push_back(u);
    }
    std::size_t first = 0, last = nodes.size() - 1;
    std::vector<std::pair<std::uint32_t, std::size_t>> at;
    for (std::size_t i = 0; i < nodes.size(); ++i) at.emplace_back(nodes[i] >> 1, i);
    std::sort(at.begin(), at.end());
    for (std::size_t i = 0; i < at.size(); ++i)
      for (std::size_t j = i + 1; j < at.size() && at[j].first == at[i].first; ++j)
        if (at[j].second - at[i].second < last - first && nodes[at[i].second] != nodes[at[j].second])
          first = at[i].second, last = at[j].second;
    Cut cut;
    double left = 0;
    for (std::size_t i = first; i < last; ++i) {
      const std::uint32_t e = half[i] >> 2;
      const bool turned = half[i] & 2;
      (turned ? cut.turned : cut.plain).push_back(e);
      left += turned ? 1 - y[e] : y[e];
      ++seen_[nodes[i] >> 1];
    }
    cut.violation = 1 - left;
    if (cut.violation < least_violation / 2) continue;
    out.push_back(std::move(cut));
    ++found;
  }
  next_ = n ? (next_ + 1) % n : 0;
}

}  // namespace entente::blocs
