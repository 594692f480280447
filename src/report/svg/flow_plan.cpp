// Where the parts of a flow drawing stand: layers by longest paths (Sugiyama, Tagawa and Toda 1981,
// doi:10.1109/TSMC.1981.4308636, whose order by barycentres is used too), bars as high as what passes, ribbons as wide
// as their flow, all by one scale.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "report/svg/network.hpp"

namespace entente::report::svg {
namespace {

constexpr double label_row = 17, between = 12;

void columns(FlowPlan& p, const ask::Network& scene) {
  const std::size_t n = scene.nodes.size();
  p.column.assign(n, 0);
  // Longest paths; as many rounds as there are nodes, so that a circle of flows ends somewhere.
  for (std::size_t round = 0; round < n; ++round) {
    bool moved = false;
    for (const auto& e : scene.edges) {
      const std::uint32_t least = p.column[e.from] + 1;
      if (e.from == e.to || p.column[e.to] >= least || least >= n) continue;
      p.column[e.to] = least, moved = true;
    }
    if (!moved) break;
  }
  std::uint32_t last = 0;
  for (const auto c : p.column) last = std::max(last, c);
  for (std::size_t i = 0; i < n; ++i) {
    const bool gives = std::ranges::any_of(scene.edges, [&](const auto& e) { return e.from == i; });
    const bool takes = std::ranges::any_of(scene.edges, [&](const auto& e) { return e.to == i; });
    if (!gives && takes) p.column[i] = last;
    if (gives && !takes) {
      std::uint32_t nearest = last;
      for (const auto& e : scene.edges)
        if (e.from == i && e.to != i) nearest = std::min(nearest, p.column[e.to]);
      p.column[i] = nearest > 0 ? nearest - 1 : 0;
    }
    if (scene.nodes[i].layer != 0xffffffffu)
      p.column[i] = std::min<std::uint32_t>(scene.nodes[i].layer, static_cast<std::uint32_t>(n));
  }
  for (const auto c : p.column) last = std::max(last, c);
  p.columns = last + 1;
}

}  // namespace

FlowPlan plan_flows(const ask::Network& scene, const std::vector<double>& flow, double left, double right, double top,
                    double most) {
  FlowPlan p;
  const std::size_t n = scene.nodes.size(), m = scene.edges.size();
  columns(p, scene);
  p.stops.resize(n), p.ribbons.resize(m);
  std::vector<double> passes(n, 0.0), in(n, 0.0), column_sum(p.columns, 0.0);
  for (std::size_t e = 0; e < m; ++e) passes[scene.edges[e].from] += flow[e], in[scene.edges[e].to] += flow[e];
  for (std::size_t i = 0; i < n; ++i) column_sum[p.column[i]] += std::max(passes[i], in[i]);
  const double greatest = n > 0 ? std::ranges::max(column_sum) : 0.0;
  p.scale = greatest > 0 ? most / greatest : 0;

  const auto exit = [&](std::size_t e) { return std::max(p.scale * flow[e], label_row); };
  const auto entry = [&](std::size_t e) { return std::max(p.scale * flow[e], 2.0) + 1; };
  std::vector<double> out_room(n, 0.0), in_room(n, 0.0);
  for (std::size_t e = 0; e < m; ++e) out_room[scene.edges[e].from] += exit(e), in_room[scene.edges[e].to] += entry(e);

  // Nodes in the middle have their names over them.
  const auto head = [&](std::size_t i) { return p.column[i] > 0 && p.column[i] + 1 < p.columns ? label_row : 0.0; };

  // Order in each column by where neighbours stand, a few sweeps; the order of the scene breaks ties.
  std::vector<std::vector<std::size_t>> order(p.columns);
  for (std::size_t i = 0; i < n; ++i) order[p.column[i]].push_back(i);
  const auto stack = [&] {
    p.bottom = top;
    std::vector<double> height(p.columns, 0.0);
    for (std::uint32_t c = 0; c < p.columns; ++c) {
      for (const auto i : order[c]) {
        p.stops[i].height = std::max({out_room[i], in_room[i], label_row});
        height[c] += head(i) + p.stops[i].height + between;
      }
      p.bottom = std::max(p.bottom, top + height[c]);
    }
    for (std::uint32_t c = 0; c < p.columns; ++c) {
      const double spare = p.bottom - top - height[c];
      double y = top + (p.columns > 1 ? spare / 2 : 0);
      const double x = p.columns > 1 ? left + (right - left) * c / (p.columns - 1) : left;
      for (const auto i : order[c]) {
        p.stops[i].x = x, p.stops[i].top = y += head(i);
        y += p.stops[i].height + between;
      }
    }
  };
  stack();
  for (int sweep = 0; sweep < 4; ++sweep) {
    std::vector<double> wish(n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      double sum = 0, all = 0;
      for (std::size_t e = 0; e < m; ++e) {
        const auto& x = scene.edges[e];
        const double w = flow[e] + 1e-3 * greatest + 1e-9;
        if (x.from == i || x.to == i) {
          const auto& s = p.stops[x.from == i ? x.to : x.from];
          sum += w * (s.top + s.height / 2), all += w;
        }
      }
      wish[i] = all > 0 ? sum / all : p.stops[i].top;
    }
    for (auto& column : order) std::ranges::stable_sort(column, {}, [&](std::size_t i) { return wish[i]; });
    stack();
  }

  // Ends of ribbons along a bar, in the order in which the other ends stand.
  std::vector<std::size_t> by(m);
  std::iota(by.begin(), by.end(), std::size_t{0});
  std::vector<double> used(n, 0.0);
  std::ranges::stable_sort(by, {}, [&](std::size_t e) { return p.stops[scene.edges[e].to].top; });
  for (const auto e : by) {
    const auto i = scene.edges[e].from;
    p.ribbons[e].width = p.scale * flow[e];
    const double slack = (p.stops[i].height - out_room[i]) / 2;
    p.ribbons[e].from = {p.stops[i].x, p.stops[i].top + slack + used[i] + exit(e) / 2};
    used[i] += exit(e);
  }
  used.assign(n, 0.0);
  std::ranges::stable_sort(by, {}, [&](std::size_t e) { return p.ribbons[e].from.y; });
  for (const auto e : by) {
    const auto i = scene.edges[e].to;
    const double slack = (p.stops[i].height - in_room[i]) / 2;
    p.ribbons[e].to = {p.stops[i].x, p.stops[i].top + slack + used[i] + entry(e) / 2};
    used[i] += entry(e);
  }
  return p;
}

}  // namespace entente::report::svg
