// The pictures of supply: where it is made and how it comes, with the worst routes struck; what is left without whom.
#include <algorithm>

#include "ask/names.hpp"
#include "ask/say.hpp"
#include "families/supply/model.hpp"

namespace entente::ask {

std::vector<Picture> SupplyModel::pictures(std::span<const double> p, Scratch& scratch) const {
  auto& w = static_cast<Work&>(scratch);
  if (fill(p, w) != Reason::none || solve(w, 0, 0, any_price, w.now) != Reason::none) return {};
  supply::Set worst = 0;
  if (q_.routes_cut > 0 && supply::interdict(w.chain, w.gone, q_.routes_cut, most_solves, w.kernel, w.worst) &&
      w.worst.proven)
    worst = w.worst.routes;
  const auto figure = [&](const std::string& name) {
    const auto it = std::ranges::find(quantities_, name, &Quantity::name);
    return it == quantities_.end() ? Figure{} : Figure::of(static_cast<std::size_t>(it - quantities_.begin()));
  };

  // Who makes it and who brings it are shares of one whole, which stands between them.
  Network net{.layout = Network::Layout::flows, .unit = "share of what is delivered"};
  for (const auto& o : x_.origins) net.nodes.push_back({.label = named(o.name), .kind = "origin"});
  const auto hub = static_cast<std::uint32_t>(net.nodes.size());
  net.nodes.push_back({.label = "all of it", .kind = "hub"});
  net.nodes.push_back({.label = alone(s_, x_.to), .kind = "buyer"});
  for (std::uint32_t i = 0; i < x_.origins.size(); ++i)
    net.edges.push_back({.from = i, .to = hub, .width = figure("origin." + x_.origins[i].name)});
  for (std::size_t i = 0; i < x_.routes.size(); ++i)
    net.edges.push_back({.from = hub,
                         .to = hub + 1,
                         .width = figure("route." + x_.routes[i].name),
                         .label = named(x_.routes[i].name),
                         .mark = worst >> i & 1u ? Network::Mark::cut : Network::Mark::none});

  Bars bars{.unit = x_.unit.text, .line = figure("delivered"), .line_name = "as things are"};
  const auto add = [&](Phrase label, const std::string& quantity) {
    if (const Figure f = figure(quantity); f.given()) bars.rows.push_back({std::move(label), f, {}, ""});
  };
  add("without " + withdrawn_told(true), "after");
  if (q_.at_most != situation::none) add("the same at a price that would be paid", "affordable");
  add("with the worst routes cut", "after-cut");
  for (const auto& o : x_.origins) add("without " + named(o.name), "without." + o.name);
  for (const auto& r : x_.routes) add("closed: " + named(r.name), "without." + r.name);

  std::string how = "Left: where it is made; right: by which route it comes. Widths are medians.";
  if (worst != 0) how += " A cross: the routes that are worst to lose, with every number at its median.";
  std::vector<Picture> out{{"How it reaches " + in_text(s_, x_.to), std::move(how), std::move(net)}};
  if (!bars.rows.empty())
    out.push_back({"What would still reach " + in_text(s_, x_.to), "Bars are medians, lines nine draws in ten.",
                   std::move(bars)});
  return out;
}

}  // namespace entente::ask
