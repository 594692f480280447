#include "families/market/pictures.hpp"

#include <algorithm>
#include <array>

#include "ask/names.hpp"
#include "ask/say.hpp"

namespace entente::ask {
namespace {

class Scenes {
 public:
  Scenes(const situation::Situation& s, const situation::Market& m, const situation::DealQuestion& q,
         const DealEngine& engine, const std::vector<Quantity>& quantities)
      : s_(s), m_(m), q_(q), engine_(engine), quantities_(quantities) {}

  PriceLine prices() const {
    using Role = PriceLine::Role;
    const auto& shape = engine_.shape();
    const auto& map = engine_.numbers().map();
    const ActorId sells = shape.parties[shape.seller], pays = shape.parties[shape.buyer];
    PriceLine line{.unit = m_.price.text,
                   .zone_from = 0,
                   .zone_to = 1,
                   .zone = "zone of agreement",
                   .no_zone = "no zone: the limits do not meet"};
    const auto add = [&](Phrase label, const std::string& quantity, Role role, Phrase note = {}) {
      line.points.push_back({std::move(label), figure(quantity), role, std::move(note)});
    };
    add(name(sells) + ": lowest price at which it gains", "limit." + id(sells), Role::limit);
    add(name(pays) + ": highest price at which it gains", "limit." + id(pays), Role::limit);
    add("Nash bargaining", "nash.price", Role::solution, q_.patience ? "shares by patience" : "");
    add("Shapley value", "shapley.price", Role::solution);
    add("nucleolus", "nucleolus.price", Role::solution);
    for (const auto& [who, asked] : q_.asks) add(name(who) + " is reported to ask", "asks." + id(who), Role::asked);
    for (std::uint32_t i = 0; i < map.arcs.size(); ++i) {
      const std::string& link = m_.links[map.arcs[i].link].name;
      if (map.arcs[i].buyer == pays && engine_.numbers().has_terms(i))
        add("existing sale over " + named(link), "terms." + link, Role::reference);
    }
    return line;
  }

  Network flows() const {
    Network net{.layout = Network::Layout::flows, .unit = m_.quantity.text};
    for (const auto& n : m_.nodes) net.nodes.push_back({.label = named(n), .kind = "hub"});
    for (const auto& x : m_.producers) net.nodes[x.node].kind = "producer";
    for (const auto& x : m_.consumers) net.nodes[x.node].kind = "consumer";
    const auto& map = engine_.numbers().map();
    for (std::uint32_t i = 0; i < map.arcs.size(); ++i) {
      const auto& arc = map.arcs[i];
      const auto& link = m_.links[arc.link];
      if (!arc.feeder && arc.origins > 0) continue;  // shown by its parts
      const std::uint32_t from = engine_.numbers().shape().links[i].from;
      const bool stake = std::ranges::find(q_.over, arc.link) != q_.over.end();
      net.edges.push_back({.from = from,
                           .to = link.to,
                           .width = figure("flow." + link.name + (arc.feeder ? "." + m_.nodes[from] : "")),
                           .label = named(link.name),
                           .mark = stake ? Network::Mark::fresh : Network::Mark::none});
    }
    return net;
  }

 private:
  Phrase name(ActorId a) const { return alone(s_, a); }
  const std::string& id(ActorId a) const { return s_.actors[a].id; }
  Figure figure(const std::string& quantity) const {
    const auto it = std::ranges::find(quantities_, quantity, &Quantity::name);
    return it == quantities_.end() ? Figure{} : Figure::of(static_cast<std::size_t>(it - quantities_.begin()));
  }

  const situation::Situation& s_;
  const situation::Market& m_;
  const situation::DealQuestion& q_;
  const DealEngine& engine_;
  const std::vector<Quantity>& quantities_;
};

}  // namespace

std::vector<Picture> picture_deal(const situation::Situation& s, const situation::Market& m,
                                  const situation::DealQuestion& q, const DealEngine& engine,
                                  const std::vector<Quantity>& quantities) {
  const Scenes scenes(s, m, q, engine, quantities);
  std::vector<Phrase> over;
  for (const auto l : q.over) over.push_back(named(m.links[l].name));
  return {{say("What the sale over {} could be priced at", row(over, " or ")),
           "Marks are medians, lines nine draws in ten; each party's limit is the price from which it gains.",
           scenes.prices()},
          {"What flows, with what a deal builds",
           "Widths are medians of yearly flows in " + std::to_string(m.year) + ".", scenes.flows()}};
}

}  // namespace entente::ask
