// Conditions worked into the graph: signed union-find, parallel ties added up. O((n + m) log m).
#include <algorithm>

#include "kernel/blocs/state.hpp"

namespace entente::blocs {
namespace {

struct Root {
  std::uint32_t node;
  signed char sign;
};

Root root(Workspace::Body& w, std::uint32_t v) {
  signed char sign = 1;
  while (w.parent[v] != v) {
    sign = static_cast<signed char>(sign * w.turned[v]);
    v = w.parent[v];
  }
  return {v, sign};
}

/// False when they are joined the other way round already.
bool join(Workspace::Body& w, std::uint32_t a, std::uint32_t b, signed char sign) {
  Root x = root(w, a), y = root(w, b);
  const auto turn = static_cast<signed char>(sign * x.sign * y.sign);
  if (x.node == y.node) return turn == 1;
  if (x.node > y.node) std::swap(x, y);
  w.parent[y.node] = x.node;
  w.turned[y.node] = turn;
  return true;
}

}  // namespace

bool contract(const Graph& g, bool sides, std::span<const Condition> conditions, Workspace::Body& w) {
  Core& core = w.core;
  const std::uint32_t n = g.actors;
  w.parent.resize(n);
  for (std::uint32_t i = 0; i < n; ++i) w.parent[i] = i;
  w.turned.assign(n, 1);
  for (const Condition& c : conditions)
    if ((c.together || sides) && !join(w, c.a, c.b, c.together ? 1 : -1)) return false;
  core.node.resize(n);
  core.sign.resize(n);
  core.nodes = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    const Root r = root(w, i);
    core.node[i] = r.node == i ? core.nodes++ : core.node[r.node];
    core.sign[i] = r.sign;
  }
  core.constant = 0;
  core.edges.clear();
  for (const Tie& t : g.ties) {
    const double c = pull(g, t);
    const std::uint32_t a = core.node[t.a], b = core.node[t.b];
    const bool opposite = core.sign[t.a] != core.sign[t.b];
    if (opposite) core.constant += c;  // cut when the nodes stand together: c (1 - cut) = c - c cut
    if (a != b) core.edges.push_back({std::min(a, b), std::max(a, b), opposite ? -c : c});
  }
  std::sort(core.edges.begin(), core.edges.end(), [](const Core::Edge& x, const Core::Edge& y) {
    return x.a != y.a ? x.a < y.a : x.b != y.b ? x.b < y.b : x.c < y.c;
  });
  std::size_t kept = 0;
  for (const Core::Edge& e : core.edges) {
    if (kept > 0 && core.edges[kept - 1].a == e.a && core.edges[kept - 1].b == e.b) core.edges[kept - 1].c += e.c;
    else core.edges[kept++] = e;
  }
  core.edges.resize(kept);

  core.start.assign(core.nodes + 1, 0);
  for (const Core::Edge& e : core.edges) ++core.start[e.a + 1], ++core.start[e.b + 1];
  for (std::uint32_t v = 0; v < core.nodes; ++v) core.start[v + 1] += core.start[v];
  core.to.resize(2 * kept);
  core.c.resize(2 * kept);
  std::vector<std::uint32_t>& fill = w.renumbered;
  fill.assign(core.start.begin(), core.start.end());
  for (const Core::Edge& e : core.edges) {
    core.to[fill[e.a]] = e.b, core.c[fill[e.a]++] = e.c;
    core.to[fill[e.b]] = e.a, core.c[fill[e.b]++] = e.c;
  }

  core.apart_start.assign(core.nodes + 1, 0);
  core.apart.clear();
  if (sides) return true;
  for (const Condition& c : conditions)
    if (!c.together) {
      if (core.node[c.a] == core.node[c.b]) return false;
      ++core.apart_start[core.node[c.a] + 1], ++core.apart_start[core.node[c.b] + 1];
    }
  for (std::uint32_t v = 0; v < core.nodes; ++v) core.apart_start[v + 1] += core.apart_start[v];
  core.apart.resize(core.apart_start[core.nodes]);
  fill.assign(core.apart_start.begin(), core.apart_start.end());
  for (const Condition& c : conditions)
    if (!c.together) {
      core.apart[fill[core.node[c.a]]++] = core.node[c.b];
      core.apart[fill[core.node[c.b]]++] = core.node[c.a];
    }
  return true;
}

}  // namespace entente::blocs
