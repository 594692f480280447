// The world economy of a situation, measures of trade on it, and the question of pressure.
//
// An actor stands for the regions that `economy: {regions: …}` gives it, or for the region of its name. Only actors
// that a measure or a question names need one. Services are no goods; `tradable` is every other sector, told by the
// name `services` or by a column `goods` (0 or 1) of sectors.csv.
#include <algorithm>
#include <bit>
#include <cmath>

#include "entente/kernel/trade_pressure.hpp"
#include "entente/situation/bundled.hpp"
#include "entente/text/file.hpp"
#include "sections.hpp"

namespace entente::situation {
namespace {

ParamId only(const YearNumber& n) { return n.first(); }

std::uint64_t hash(const Economy& e) {
  std::uint64_t h = 0x65636f6e6f6d79ull;
  const auto mix = [&](std::uint64_t x) { h = (h ^ x) * 0x9e3779b97f4a7c15ull, h ^= h >> 29; };
  for (const auto* names : {&e.countries, &e.sectors})
    for (const auto& name : *names)
      for (const char c : name) mix(static_cast<unsigned char>(c));
  const trade::World& w = e.world;
  for (const auto* v : {&w.theta, &w.share, &w.tariff, &w.value_added_share, &w.input, &w.final_share, &w.value_added,
                        &w.deficit, &w.expenditure})
    for (const double x : *v) mix(std::bit_cast<std::uint64_t>(x));
  return h;
}

std::uint32_t place(const std::vector<std::string>& names, std::string_view name) {
  const auto it = std::ranges::find(names, name);
  return it == names.end() ? none : static_cast<std::uint32_t>(it - names.begin());
}

}  // namespace

// A folder of the situation's own, or a shared one; its five tables and nothing else are read.
std::optional<Economy> Reader::economy(const Value& base) {
  const bool bundled = is_bundled(base.text);
  const std::string folder = bundled ? base.text : (folder_ / base.text).lexically_normal().string();
  if (!bundled && !text::within(folder, roots_) && !shared_base(folder)) {
    out_.error("E0330", base.span, "the base of an economy lies in the situation's own folder", "this leads out of it",
               allow_hint + std::string("; so does the file `") + shared_base_mark + "` in it, for everybody");
    return std::nullopt;
  }
  auto e = read_economy(folder, sources_, out_, roots_, base.span);
  if (!e) {
    out_.error("E0850", base.span, "this is no base of an economy", "its tables are at fault",
               "a folder with countries.csv, sectors.csv, production.csv, inputs.csv and flows.csv");
    return std::nullopt;
  }
  return e;
}

void Builder::economy(const Entry& root) {
  const Value& section = root["economy"];
  no_economy_ = !section.written;
  if (section.present && !section.entries.empty() && section.entries.front().has("base")) {
    const Entry& e = section.entries.front();
    auto base = reader.economy(e["base"]);
    if (!base) return;
    s.economy.digest = hash(*base);
    trade::Workspace memory;
    trade::Solution still;
    trade::Options options{.tolerance = 1e-12, .flows = true};
    auto done = trade::solve(base->world, {}, options, memory, still);
    if (!done || still.status != trade::Status::solved) {
      out.error("E0851", e["base"].span, "these tables have no equilibrium: losses could be counted from nowhere",
                done ? "somebody lacks a supplier in the base year" : done.error().message);
      return;
    }
    for (const double x : still.real_income) s.economy.moved = std::max(s.economy.moved, std::abs(x - 1));
    trade::World even = base->world;
    if (s.economy.moved > 1e-9 && trade::rebase(base->world, {}, still, even)) base->world = std::move(even);
    else s.economy.moved = 0;
    s.economy.base = std::make_shared<const Economy>(std::move(*base));
    s.economy.scale = only(e["elasticity-scale"].number);
    const std::string& rule = e["deficits"].text;
    const auto& words = e["deficits"].words;
    const std::string deficits = words.empty() ? rule : words.front().text;
    s.economy.deficits = static_cast<std::uint8_t>(deficits == "closed"       ? trade::Deficits::closed
                                                   : deficits == "scaled"     ? trade::Deficits::scaled
                                                   : deficits == "own-income" ? trade::Deficits::own
                                                                              : trade::Deficits::fixed);
    s.economy.elasticity.assign(s.economy.base->sectors.size(), none);
    for (const auto& [sector, n] : e["elasticities"].numbers()) {
      const auto j = place(s.economy.base->sectors, sector.text);
      if (j == none)
        out.error("E0852", sector.span, "the base has no sector `" + sector.text + "`", "not in its sectors.csv",
                  reader.meant(sector.text, [&] { return s.economy.base->sectors; }));
      else s.economy.elasticity[j] = only(n);
    }
    regions(e["regions"]);
  }
  for (const Entry& e : root["measures"].entries) measure(e);
  if (s.economy.base) s.economy.in_force = measures_named(section.entries.front()["in-force"]);
}

void Builder::regions(const Value& v) {
  const auto& countries = s.economy.base->countries;
  s.economy.regions.assign(s.actors.size(), {});
  for (ActorId a = 0; a < s.actors.size(); ++a)
    if (const auto n = place(countries, s.actors[a].id); n != none) s.economy.regions[a] = {n};
  if (!v.present) return;
  const auto& document = reader.document();
  const auto& map = document[v.node];
  if (map.kind != text::Kind::map) {
    out.error("E0303", map.span, "`regions` is a mapping from actors to regions", "such as {EUR: [DEU, EUX]}");
    return;
  }
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    const auto& key = document[map.keys[i]];
    if (key.text == "source" || key.text == "note") continue;
    const ActorId a = actor({std::string(key.text), key.span});
    std::vector<std::uint32_t> mine;
    for (const auto node : document.elements(map.items[i])) {
      const auto& name = document[node];
      const auto n = name.kind == text::Kind::scalar ? place(countries, name.text) : none;
      if (n == none)
        out.error("E0853", name.span, "the base has no region `" + std::string(name.text) + "`",
                  "not in its countries.csv", reader.meant(name.text, [&] { return countries; }));
      else if (std::ranges::find(mine, n) == mine.end()) mine.push_back(n);
    }
    if (a == none) continue;
    if (mine.empty()) unplaced_.insert(a);
    s.economy.regions[a] = std::move(mine);
  }
}

bool Builder::placed(ActorId a, Span at) {
  if (!s.economy.regions[a].empty()) return true;
  if (unplaced_.contains(a)) return false;
  const std::string& id = s.actors[a].id;
  std::string hint = reader.meant(id, [&] { return s.economy.base->countries; });
  if (hint.empty()) hint = "economy: {regions: {" + id + ": [...]}}";
  else hint += " then economy: {regions: {" + id + ": ...}}";
  out.error("E0854", at, id + " has no region in the economy", "neither one of its name nor under `regions`", hint);
  return false;
}

std::vector<std::uint32_t> Builder::sectors(const Value& v) {
  const Economy& e = *s.economy.base;
  std::vector<std::uint32_t> list;
  const auto goods = [&] {
    for (std::uint32_t j = 0; j < e.sectors.size(); ++j)
      if (e.goods[j]) list.push_back(j);
  };
  if (!v.present) goods();
  for (const Word& w : v.words) {
    if (w.text == "tradable") {
      goods();
      continue;
    }
    const auto j = place(e.sectors, w.text);
    if (j != none) list.push_back(j);
    else
      out.error("E0852", w.span, "the base has no sector `" + w.text + "`", "not in its sectors.csv",
                reader.meant(w.text, [&] { return e.sectors; }));
  }
  std::ranges::sort(list);
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

void Builder::measure(const Entry& e) {
  TradeMeasure m;
  m.name = e.name;
  m.span = e.name_span;
  m.presence = presence(m.name, "measures." + m.name, e.name_span);
  m.by = actor_list(e["by"].words);
  m.on = actor_list(e["on"].words);
  m.tariff_to = only(e["tariff-to"].number);
  m.tariff_down_to = only(e["tariff-down-to"].number);
  m.tariff_add = only(e["tariff-add"].number);
  m.cost_factor = only(e["cost-factor"].number);
  m.trade_factor = only(e["trade-factor"].number);
  m.embargo = e.has("embargo") && e["embargo"].flag;
  if (e.has("direction")) {
    const std::string& d = e["direction"].words.front().text;
    m.imports = d != "exports";
    m.exports = d != "imports";
  }
  const bool tariff = e.wrote("tariff-to") || e.wrote("tariff-down-to") || e.wrote("tariff-add");
  const bool barrier = e.wrote("cost-factor") || e.wrote("trade-factor") || e.wrote("embargo");
  if (!tariff && !barrier)
    out.error("E0855", e.name_span, "the measure `" + e.name + "` does nothing", "no tariff, no factor, no embargo",
              "tariff-to: 25 %, trade-factor: 20 to 40 %, or embargo: true");
  if (tariff && !m.imports)
    out.error("E0856", e["direction"].span, "a tariff is on imports", "a measure on exports has none",
              "leave `direction` out, or use `trade-factor`");
  if (!s.economy.base) {
    if (no_economy_)
      out.error("E0857", e.name_span, "a measure of trade needs an economy", "there is no `economy`",
                "economy: {base: FOLDER}");
    return;
  }
  for (const char* side : {"by", "on"}) {
    const auto& list = std::string_view(side) == "by" ? m.by : m.on;
    if (e.has(side) && list.empty())
      out.error("E0858", e[side].span, "the measure `" + e.name + "` is " + side + " nobody", "no actor among these");
    for (const ActorId a : list) placed(a, e[side].span);
  }
  for (const ActorId a : m.by)
    for (const ActorId b : m.on)
      for (const auto n : s.economy.regions[a])
        if (std::ranges::find(s.economy.regions[b], n) != s.economy.regions[b].end())
          out.error("E0859", e["on"].span, s.actors[a].id + " takes the measure `" + e.name + "` on itself",
                    "the region " + s.economy.base->countries[n] + " stands on both sides");
  m.sectors = sectors(e["goods"]);
  s.trade_measures.push_back(std::move(m));
}

std::vector<std::uint32_t> Builder::measures_named(const Value& v) {
  std::vector<std::uint32_t> list;
  for (const Word& w : v.words) {
    const auto m = named(s.trade_measures, w, "measure of trade", "E0860");
    if (m == none) continue;
    if (std::ranges::find(list, m) != list.end())
      out.error("E0861", w.span, "the measure `" + w.text + "` is named twice", "the second time");
    else list.push_back(m);
  }
  return list;
}

void Builder::pressure(Question& q, const Entry& e) {
  if (!e.has("pressure") || !e.has("on")) return;
  const std::size_t errors = out.errors();
  if (!s.economy.base) {
    if (no_economy_)
      out.error("E0857", e.name_span, "pressure needs an economy", "there is no `economy`", "economy: {base: FOLDER}");
    return;
  }
  PressureQuestion p;
  p.measures = measures_named(e["pressure"]);
  for (std::size_t i = 0; i < e["pressure"].words.size(); ++i) {
    const Word& w = e["pressure"].words[i];
    for (const auto m : s.economy.in_force)
      if (s.trade_measures[m].name == w.text)
        out.error("E0862", w.span, "the measure `" + w.text + "` is in force beforehand", "it would hold twice",
                  "take it out of `economy: {in-force: …}`, or from here");
  }
  p.on = actor_list(e["on"].words);
  for (const ActorId a : p.on) placed(a, e["on"].span);
  const auto target = [&](ActorId a) { return std::ranges::find(p.on, a) != p.on.end(); };
  const auto add = [](std::vector<ActorId>& list, ActorId a) {
    if (std::ranges::find(list, a) == list.end()) list.push_back(a);
  };
  std::vector<ActorId> takers;
  for (const auto m : p.measures) {
    const TradeMeasure& x = s.trade_measures[m];
    if (std::ranges::any_of(x.on, target))
      for (const ActorId a : x.by)
        if (!target(a)) add(takers, a);
  }
  p.coalition = e.has("by") ? actor_list(e["by"].words) : takers;
  const Span by = e.has("by") ? e["by"].span : e["pressure"].span;
  if (p.coalition.empty())
    out.error("E0863", by, "nobody presses", "no measure is by others than the targets on a target",
              "by: [USA, EUR] says whose reach is asked");
  p.third = actor_list(e["third"].words);
  const auto apart = [&](const std::vector<ActorId>& list, Span at, const char* what) {
    for (const ActorId a : list) {
      if (!placed(a, at)) continue;
      for (const ActorId b : p.on)
        if (a == b || std::ranges::any_of(s.economy.regions[a], [&](std::uint32_t n) {
              return std::ranges::find(s.economy.regions[b], n) != s.economy.regions[b].end();
            }))
          out.error("E0864", at, s.actors[a].id + " is a target", std::string("and ") + what);
    }
  };
  apart(p.coalition, by, "presses it at once");
  apart(p.third, e["third"].span, "each target is a third for the others already");
  for (const ActorId a : p.third)
    if (std::ranges::find(takers, a) != takers.end())
      out.error("E0865", e["third"].span, s.actors[a].id + " takes part already", "it does not stay out");
  if (p.on.size() > 6 || p.third.size() > 10)
    out.error("E0866", e["on"].span, "more than 6 targets or 10 thirds", "that is more than this takes");
  for (std::size_t i = 0; i < p.on.size(); ++i)
    for (std::size_t j = i + 1; j < p.on.size(); ++j) p.pairs.push_back(tie(p.on[i], p.on[j], e["on"].span));
  p.tolerance = only(e["tolerance"].number);
  const Value& bounds = e["bounds"];
  if (bounds.present && !bounds.entries.empty()) {
    const Entry& b = bounds.entries.front();
    p.least_trade = only(b["trade-factor"].number);
    p.most_tariff = only(b["tariff-up-to"].number);
    p.sectors = sectors(b["goods"]);
  } else p.sectors = sectors({});
  if (out.errors() == errors) q.what = std::move(p);
}

}  // namespace entente::situation
