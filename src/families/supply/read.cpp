// Supplies: origins and routes by name, who carries whose goods; and the question about one of them.
#include <algorithm>

#include "families/supply/section.hpp"
#include "situation/sections.hpp"

namespace entente::situation {
namespace {

constexpr std::size_t most = 64;  // origins or routes: a set of them is one word

template <class Part>
std::vector<std::string> names(const std::vector<Part>& parts) {
  std::vector<std::string> all;
  for (const Part& p : parts) all.push_back(p.name);
  return all;
}

// The index of a name, or the number of parts.
template <class Part>
std::size_t find(const std::vector<Part>& parts, const std::string& name) {
  return static_cast<std::size_t>(std::ranges::find(parts, name, &Part::name) - parts.begin());
}

struct SupplyReader final : FamilyReader {
  using FamilyReader::FamilyReader;
  std::vector<Supply>& supplies = s.sections.make<std::vector<Supply>>();

  void sections(const Entry& root) override;
  void question(Question& q, const Entry& e) override;
};

void SupplyReader::sections(const Entry& root) {
  for (const Entry& e : root["supplies"].entries) {
    Supply x{.name = e.name, .unit = e["unit"].unit(), .span = e.name_span};
    if (!e.has("to") || !e.has("unit") || !e.has("origins") || !e.has("routes") || !e.has("demand")) continue;
    x.to = actor(e["to"].words.front());
    for (const char* section : {"origins", "routes"})
      if (e[section].entries.size() > most)
        out.error("E0875", e[section].key, std::string("more than 64 ") + section, "that is more than this takes");
    if (e["origins"].entries.size() > most || e["routes"].entries.size() > most) continue;
    const auto owner = [&](const Entry& part) { return part.has("of") ? actor(part["of"].words.front()) : none; };
    const auto once = [&](const Entry& part) {
      if (find(x.origins, part.name) < x.origins.size() || find(x.routes, part.name) < x.routes.size())
        out.error("E0870", part.name_span, "`" + part.name + "` stands twice in this supply", "the second time",
                  "who makes and who ships are different things: give them different names");
    };
    for (const Entry& o : e["origins"].entries) {
      once(o);
      x.origins.push_back({.name = o.name,
                           .of = owner(o),
                           .capacity = only(o["capacity"].number),
                           .cost = only(o["cost"].number),
                           .rise = only(o["rise"].number),
                           .presence = presence(o.name, e.name + "." + o.name, o.name_span),
                           .span = o.name_span});
    }
    std::uint64_t carried = 0;
    bool whole = true;  // every list of what is carried could be read
    for (const Entry& r : e["routes"].entries) {
      once(r);
      Supply::Route to{.name = r.name,
                       .of = owner(r),
                       .capacity = only(r["capacity"].number),
                       .mark_up = only(r["mark-up"].number),
                       .stopped = only(r["stopped"].number),
                       .toll = only(r["toll"].number),
                       .presence = presence(r.name, e.name + "." + r.name, r.name_span),
                       .span = r.name_span};
      whole = whole && r.has("carries");
      for (const Word& w : r["carries"].words) {
        const std::size_t i = find(x.origins, w.text);
        if (i == x.origins.size()) {
          whole = false;
          out.error("E0871", w.span, "the supply `" + e.name + "` has no origin `" + w.text + "`",
                    "not under `origins`", reader.meant(w.text, [&] { return names(x.origins); }));
          continue;
        }
        if (to.carries >> i & 1u)
          out.error("E0873", w.span, "`" + r.name + "` carries `" + w.text + "` twice", "the second time");
        to.carries |= std::uint64_t{1} << i;
      }
      if (r.has("stretch")) {
        const Entry& further = r["stretch"].entries.front();
        to.stretch = only(further["capacity"].number);
        to.dearer = only(further["dearer"].number);
      }
      carried |= to.carries;
      x.routes.push_back(std::move(to));
    }
    for (std::size_t i = 0; whole && i < x.origins.size(); ++i)
      if (!(carried >> i & 1u))
        out.error("E0872", x.origins[i].span, "no route carries what `" + x.origins[i].name + "` makes",
                  "it could never arrive", "name it under `carries` of a route");
    const Entry& d = e["demand"].entries.front();
    x.quantity = only(d["quantity"].number);
    x.price = only(d["price"].number);
    x.elasticity = only(d["elasticity"].number);
    x.choke = only(d["choke"].number);
    supplies.push_back(std::move(x));
  }
}

void SupplyReader::question(Question& q, const Entry& e) {
  if (!e.has("supply")) return;
  SupplyQuestion a{.supply = named(supplies, e["supply"].words.front(), "supply", "E0876", "supplies")};
  if (a.supply == none) return;
  const Supply& x = supplies[a.supply];
  bool good = true;
  for (const Word& w : e["withdraw"].words) {
    const ActorId one = s.actor(w.text);
    const auto group = s.groups.find(w.text);
    const auto of = [&](ActorId who) {
      return who != none &&
             (who == one || (group != s.groups.end() && std::ranges::find(group->second, who) != group->second.end()));
    };
    std::uint64_t origins = 0, routes = 0;
    for (std::size_t i = 0; i < x.origins.size(); ++i)
      if (x.origins[i].name == w.text || of(x.origins[i].of)) origins |= std::uint64_t{1} << i;
    for (std::size_t i = 0; i < x.routes.size(); ++i)
      if (x.routes[i].name == w.text || of(x.routes[i].of)) routes |= std::uint64_t{1} << i;
    if (origins == 0 && routes == 0) {
      const auto all = [&] {
        auto list = names(x.origins);
        for (const auto& r : x.routes) list.push_back(r.name);
        for (const auto& actor : s.actors) list.push_back(actor.id);
        return list;
      };
      good = false;
      out.error("E0877", w.span, "`" + w.text + "` makes nothing and ships nothing in the supply `" + x.name + "`",
                one != none ? "no origin or route is `of: " + w.text + "`" : "neither origin nor route nor their owner",
                one != none ? "" : reader.meant(w.text, all));
    }
    a.withdraw.push_back(w.text);
    a.origins |= origins;
    a.routes |= routes;
  }
  if (e.has("routes-cut")) {
    const auto cut = e["routes-cut"].whole();
    if (cut && *cut >= 1 && static_cast<std::size_t>(*cut) <= x.routes.size()) {
      a.routes_cut = static_cast<unsigned>(*cut);
    } else {
      good = false;
      out.error("E0878", e["routes-cut"].span, "`" + e["routes-cut"].text + "` is no number of routes to cut",
                "there are " + std::to_string(x.routes.size()) + " routes", "1, 2, ...");
    }
  }
  a.at_least = only(e["at-least"].number);
  a.at_most = only(e["at-most"].number);
  if (e.wrote("at-most") && !e.wrote("withdraw"))
    out.error("E0879", e["at-most"].key, "`at-most` is the price at which a withdrawal counts as made good",
              "nobody withdraws here", "withdraw: NAME");
  if (good) q.what = Held(std::move(a));
}

}  // namespace

std::unique_ptr<FamilyReader> read_supply(const Builder& b) { return std::make_unique<SupplyReader>(b); }

}  // namespace entente::situation
