// The world economy of a situation, measures of trade on it, and the question of pressure.
//
// An actor stands for the regions that `economy: {regions: …}` gives it, or for the region of its name. Only actors
// that a measure or a question names need one. Services are no goods; `tradable` is every other sector, told by the
// name `services` or by a column `goods` (0 or 1) of sectors.csv.
#include <algorithm>
#include <bit>

#include "entente/families/trade/bundled.hpp"
#include "entente/families/trade/economy.hpp"
#include "entente/text/file.hpp"
#include "families/trade/base_year.hpp"
#include "families/trade/section.hpp"
#include "situation/sections.hpp"

namespace entente::situation {
namespace {

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
  for (const auto x : e.goods) mix(x);  // what `tradable` means
  return h;
}

std::uint32_t place(const std::vector<std::string>& names, std::string_view name) {
  const auto it = std::ranges::find(names, name);
  return it == names.end() ? none : static_cast<std::uint32_t>(it - names.begin());
}

struct TradeReader final : FamilyReader {
  using FamilyReader::FamilyReader;
  WorldEconomy& economy = s.sections.make<WorldEconomy>();
  std::vector<TradeMeasure>& measures = s.sections.make<std::vector<TradeMeasure>>();

  void sections(const Entry& root) override;
  void question(Question& q, const Entry& e) override;
  [[nodiscard]] bool known_names(std::set<std::string, std::less<>>& all) const override {
    for (const TradeMeasure& m : measures) all.insert(m.name);
    if (economy.base) all.insert(economy.base->countries.begin(), economy.base->countries.end());
    return economy.base || !unread({"economy"});
  }
  [[nodiscard]] std::uint64_t digest() const override { return economy.digest; }

 private:
  std::set<ActorId> unplaced_;  // what is wrong with their regions was told
  bool no_economy_ = false;     // the situation says nothing of one; else what is wrong with it was told
  std::optional<Economy> tables(const Value& base);
  void regions(const Value& v);
  void measure(const Entry& e);
  bool placed(ActorId a, Span at);  // it has a region in the base, or a complaint
  std::vector<std::uint32_t> sectors(const Value& v);
  std::vector<std::uint32_t> measures_named(const Value& v);
};

// A folder of the situation's own, or a shared one; its five tables and nothing else are read.
std::optional<Economy> TradeReader::tables(const Value& base) {
  const bool bundled = is_bundled(base.text);
  const std::string folder = bundled ? base.text : (reader.folder() / base.text).lexically_normal().string();
  if (!bundled && !reader.files().within(folder, reader.roots()) && !shared_base(folder, reader.files())) {
    out.error("E0330", base.span, "the base of an economy lies in the situation's own folder", "this leads out of it",
              allow_hint + std::string("; so does the file `") + shared_base_mark + "` in it, for everybody");
    return std::nullopt;
  }
  auto e = read_economy(folder, reader.sources(), out, reader.roots(), base.span, reader.files());
  if (!e) {
    out.error("E0850", base.span, "this is no base of an economy", "its tables are at fault",
              "a folder with countries.csv, sectors.csv, production.csv, inputs.csv and flows.csv");
    return std::nullopt;
  }
  return e;
}

void TradeReader::sections(const Entry& root) {
  const Value& section = root["economy"];
  no_economy_ = !section.written;
  if (section.present && !section.entries.empty() && section.entries.front().has("base")) {
    const Entry& e = section.entries.front();
    auto base = tables(e["base"]);
    if (!base) return;
    economy.digest = hash(*base);
    economy.base = std::make_shared<const Economy>(std::move(*base));
    economy.year = std::make_shared<BaseYear>();
    economy.span = e["base"].span;
    economy.scale = only(e["elasticity-scale"].number);
    const std::string& rule = e["deficits"].text;
    const auto& words = e["deficits"].words;
    const std::string deficits = words.empty() ? rule : words.front().text;
    economy.deficits = static_cast<std::uint8_t>(deficits == "closed"       ? trade::Deficits::closed
                                                 : deficits == "scaled"     ? trade::Deficits::scaled
                                                 : deficits == "own-income" ? trade::Deficits::own
                                                                            : trade::Deficits::fixed);
    economy.elasticity.assign(economy.base->sectors.size(), none);
    for (const auto& [sector, n] : e["elasticities"].numbers()) {
      const auto j = place(economy.base->sectors, sector.text);
      if (j == none)
        out.error("E0852", sector.span, "the base has no sector `" + sector.text + "`", "not in its sectors.csv",
                  reader.meant(sector.text, [&] { return economy.base->sectors; }));
      else economy.elasticity[j] = only(n);
    }
    regions(e["regions"]);
  }
  for (const Entry& e : root["measures"].entries) measure(e);
  if (economy.base) economy.in_force = measures_named(section.entries.front()["in-force"]);
}

void TradeReader::regions(const Value& v) {
  const auto& countries = economy.base->countries;
  economy.regions.assign(s.actors.size(), {});
  for (ActorId a = 0; a < s.actors.size(); ++a)
    if (const auto n = place(countries, s.actors[a].id); n != none) economy.regions[a] = {n};
  for (const auto& [who, names] : v.lists()) {
    const ActorId a = actor(who);
    std::vector<std::uint32_t> mine;
    for (const Word& name : names) {
      const auto n = place(countries, name.text);
      if (n == none)
        out.error("E0853", name.span, "the base has no region `" + name.text + "`", "not in its countries.csv",
                  reader.meant(name.text, [&] { return countries; }));
      else if (std::ranges::find(mine, n) == mine.end()) mine.push_back(n);
    }
    if (a == none) continue;
    if (mine.empty()) unplaced_.insert(a);
    economy.regions[a] = std::move(mine);
  }
}

bool TradeReader::placed(ActorId a, Span at) {
  if (!economy.regions[a].empty()) return true;
  if (unplaced_.contains(a)) return false;
  const std::string& id = s.actors[a].id;
  std::string hint = reader.meant(id, [&] { return economy.base->countries; });
  if (hint.empty()) hint = "economy: {regions: {" + id + ": [...]}}";
  else hint += " then economy: {regions: {" + id + ": ...}}";
  out.error("E0854", at, id + " has no region in the economy", "neither one of its name nor under `regions`", hint);
  return false;
}

std::vector<std::uint32_t> TradeReader::sectors(const Value& v) {
  const Economy& e = *economy.base;
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

void TradeReader::measure(const Entry& e) {
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
  if (!economy.base) {
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
      for (const auto n : economy.regions[a])
        if (std::ranges::find(economy.regions[b], n) != economy.regions[b].end())
          out.error("E0859", e["on"].span, s.actors[a].id + " takes the measure `" + e.name + "` on itself",
                    "the region " + economy.base->countries[n] + " stands on both sides");
  m.sectors = sectors(e["goods"]);
  measures.push_back(std::move(m));
}

std::vector<std::uint32_t> TradeReader::measures_named(const Value& v) {
  std::vector<std::uint32_t> list;
  for (const Word& w : v.words) {
    const auto m = named(measures, w, "measure of trade", "E0860", "measures");
    if (m == none) continue;
    if (std::ranges::find(list, m) != list.end())
      out.error("E0861", w.span, "the measure `" + w.text + "` is named twice", "the second time");
    else list.push_back(m);
  }
  return list;
}

void TradeReader::question(Question& q, const Entry& e) {
  if (!e.has("pressure") || !e.has("on")) return;
  const std::size_t errors = out.errors();
  if (!economy.base) {
    if (no_economy_)
      out.error("E0857", e.name_span, "pressure needs an economy", "there is no `economy`", "economy: {base: FOLDER}");
    return;
  }
  PressureQuestion p;
  p.measures = measures_named(e["pressure"]);
  for (std::size_t i = 0; i < e["pressure"].words.size(); ++i) {
    const Word& w = e["pressure"].words[i];
    for (const auto m : economy.in_force)
      if (measures[m].name == w.text)
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
    const TradeMeasure& x = measures[m];
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
        if (a == b || std::ranges::any_of(economy.regions[a], [&](std::uint32_t n) {
              return std::ranges::find(economy.regions[b], n) != economy.regions[b].end();
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
  if (out.errors() == errors) q.what = Held(std::move(p));
}

}  // namespace

std::unique_ptr<FamilyReader> read_trade(const Builder& b) { return std::make_unique<TradeReader>(b); }

}  // namespace entente::situation
