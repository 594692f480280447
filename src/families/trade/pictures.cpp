// The pictures of pressure: who loses what, how far the coalition could go, and where the targets' goods go instead.
#include <algorithm>

#include "ask/names.hpp"
#include "ask/say.hpp"
#include "entente/families/trade/economy.hpp"
#include "families/trade/model.hpp"

namespace entente::ask {

std::vector<Picture> PressureModel::pictures(std::span<const double> p, Scratch& scratch) const {
  auto& w = static_cast<Work&>(scratch);
  const auto figure = [&](const std::string& name) {
    const auto it = std::ranges::find(quantities_, name, &Quantity::name);
    return it == quantities_.end() ? Figure{} : Figure::of(static_cast<std::size_t>(it - quantities_.begin()));
  };
  const auto id = [&](situation::ActorId a) -> const std::string& { return s_.actors[a].id; };
  const auto name = [&](situation::ActorId a) { return alone(s_, a); };
  std::vector<Picture> out;

  Bars lost{.unit = "% of real income",
            .value_name = "under the measures",
            .other_name = "if the targets did not trade with each other"};
  for (const auto a : actors_) lost.rows.push_back({name(a), figure("loss." + id(a)), figure("alone." + id(a)), ""});
  out.push_back({"Who loses what under the measures", "Bars are medians, lines nine draws in ten.", std::move(lost)});

  Bars reach{.unit = "% of real income",
             .value_name = "the most that the coalition was found able to do",
             .other_name = "what that would cost the coalition beside",
             .line = figure("tolerance"),
             .line_name = "what a target can bear"};
  for (const auto a : q_.on)
    reach.rows.push_back({name(a), figure("reach." + id(a)), figure("reach-cost." + id(a)), ""});
  out.push_back({"How far the coalition could go", "Measures in force included.", std::move(reach)});

  if (under(p, false, w) != Reason::none) return out;
  const trade::World& world = w.m.at->world;
  const auto& goods = situation::economy(s_).base->goods;
  constexpr std::size_t most = 5;
  for (const auto x : q_.on) {
    const auto mine = worlds_.regions(x);
    if (!worlds_.here(p, x) || w.m.at->under.flow.empty()) continue;
    std::vector<double> before(world.countries, 0.0), then(world.countries, 0.0);
    double all = 0;
    for (std::uint32_t j = 0; j < world.sectors; ++j)
      for (const auto r : mine)
        for (std::uint32_t n = 0; goods[j] && n < world.countries; ++n) {
          if (std::ranges::find(mine, n) != mine.end()) continue;
          const std::size_t sold = world.cell(j, n, r);
          const double sale = world.expenditure[world.place(n, j)] * world.share[sold] / (1 + world.tariff[sold]);
          before[n] += sale, then[n] += w.m.at->under.flow[sold];
          all += sale;
        }
    if (!(all > 0)) continue;
    std::vector<std::uint32_t> order(world.countries);
    for (std::uint32_t n = 0; n < world.countries; ++n) order[n] = n;
    std::ranges::stable_sort(order, [&](auto a, auto b) { return before[a] + then[a] > before[b] + then[b]; });
    Flows flows{.from = {name(x)}, .unit = "% of the goods that it sold abroad before"};
    double rest_before = 0, rest_then = 0;
    for (std::size_t k = 0; k < order.size(); ++k) {
      const double b = 100 * before[order[k]] / all, t = 100 * then[order[k]] / all;
      if (k >= most || b + t < 1) {
        rest_before += b, rest_then += t;
        continue;
      }
      flows.flows.push_back({0, static_cast<std::uint32_t>(flows.to.size()), Figure::fixed(b), Figure::fixed(t)});
      flows.to.push_back(country(order[k], true));
    }
    if (rest_before + rest_then > 0) {
      flows.flows.push_back(
          {0, static_cast<std::uint32_t>(flows.to.size()), Figure::fixed(rest_before), Figure::fixed(rest_then)});
      flows.to.push_back("all others");
    }
    out.push_back({say("Where {} goods go under the measures", of_text(s_, x)),
                   "Before and under the measures, with every number at its median.", std::move(flows)});
  }
  return out;
}

}  // namespace entente::ask
