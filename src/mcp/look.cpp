// The tools that look something up, or put something down: what a section or question knows, what is known of states,
// and a new file.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "entente/report/report.hpp"
#include "entente/situation/schema.hpp"
#include "entente/world/weights.hpp"
#include "entente/world/world.hpp"
#include "mcp/tool.hpp"

namespace entente::mcp {
namespace {

using situation::Field;
using situation::FieldKind;
using situation::Record;

const char* kind_of(const Field& f) {
  switch (f.kind) {
    case FieldKind::text:
      return "text";
    case FieldKind::date:
      return "a date";
    case FieldKind::year:
      return "a year";
    case FieldKind::years:
      return "a year or a list of years";
    case FieldKind::flag:
      return "true or false";
    case FieldKind::unit:
      return "a unit";
    case FieldKind::number:
      return f.by_year ? "a number, or one by year" : "a number";
    case FieldKind::word:
      return "a name";
    case FieldKind::words:
      return "a name or a list of names";
    case FieldKind::record:
      return "a mapping";
    case FieldKind::records:
      return "names, each with a mapping";
    case FieldKind::matrix:
      return "names, each with names with numbers";
    case FieldKind::numbers:
      return "names, each with a number";
    case FieldKind::column:
      return "the name of a CSV file";
    case FieldKind::condition:
      return "a condition";
    case FieldKind::whole:
      return "a whole number";
    case FieldKind::units:
      return "words, each with what it means";
    case FieldKind::lists:
      return "names, each with a name or a list of names";
    case FieldKind::patch:
      return "places, each with the number to put there";
  }
  return "a value";
}

Json told(const Field& f) {
  Json j{{"field", f.name}, {"takes", kind_of(f)}, {"required", f.required}, {"says", f.says}};
  if (f.record) j["of"] = f.record->name;
  if (!f.unit.empty() && f.unit != "?") j["unit"] = f.unit;
  if (f.kind == FieldKind::number) j["domain"] = f.domain.describe();
  if (!f.fallback.empty()) j["unless_said"] = f.fallback;
  if (!f.refers.to.empty()) j["name_of"] = f.refers.to;
  if (!f.options.empty()) j["options"] = f.options;
  return j;
}

// All records that can be reached, in the order in which they are met.
std::vector<const Record*> records(const situation::Registry& registry) {
  std::vector<const Record*> all{&registry.root()};
  for (const Record* r : registry.questions()) all.push_back(r);
  for (std::size_t i = 0; i < all.size(); ++i)
    for (const Field& f : all[i]->fields)
      if (f.record && std::ranges::find(all, f.record) == all.end()) all.push_back(f.record);
  return all;
}

Json figure(const world::Figure& f) { return f.known ? Json{{"value", f.value}, {"year", f.year}} : Json(nullptr); }

Json of_state(const world::World& w, world::State s, int year) {
  const auto& row = w.states()[s];
  const auto existed = w.existed(s, year);
  const auto major = w.major(s, {static_cast<std::int16_t>(year), 1, 1});
  return {{"code", row.code},
          {"name", row.name},
          {"region", row.region},
          {"existed", existed ? Json(*existed) : Json(nullptr)},
          {"major_power", major ? Json(*major) : Json(nullptr)},
          {"gdp_usd", figure(w.gdp(s, year))},
          {"people", figure(w.people(s, year))},
          {"spending_percent_of_gdp", figure(w.spending(s, year))},
          {"capability_share", figure(w.capability(s, year))},
          {"democracy", figure(w.democracy(s, year))},
          {"ideal_point", figure(w.ideal_point(s, year))}};
}

Json of_pair(const world::World& w, world::State a, world::State b, int year) {
  const world::Day eve{static_cast<std::int16_t>(year), 1, 1};
  Json j{{"between", {w.states()[a].code, w.states()[b].code}}, {"km", figure(w.distance(a, b, eve))}};
  const auto sold = [&](world::State from, world::State to) {
    const auto t = w.trade(from, to);
    return t ? Json{{"goods", (*t)[0]}, {"services", (*t)[1]}} : Json(nullptr);
  };
  j["trade_2022_million_usd"] = {{w.states()[a].code + " sold", sold(a, b)},
                                 {w.states()[b].code + " sold", sold(b, a)}};
  const auto both = [&](const auto& x) { return (x.a == a && x.b == b) || (x.a == b && x.b == a); };
  std::set<std::string> pacts;
  for (const auto* list : {&w.pacts(), &w.recent_pacts()})
    for (const auto& p : *list) {
      if (!both(p) || !p.holds(eve)) continue;
      for (const auto& [bit, name] : {std::pair<int, const char*>{world::defence, "defence"},
                                      {world::offence, "offence"},
                                      {world::neutrality, "neutrality"},
                                      {world::nonaggression, "nonaggression"},
                                      {world::consultation, "consultation"}})
        if (p.kinds & bit) pacts.insert(name);
    }
  j["pacts_in_force"] = pacts;
  std::size_t together = 0, opposed = 0;
  int last = 0;
  for (const auto& d : w.disputes()) {
    if (d.first.year >= year) continue;
    const bool foes = std::ranges::any_of(d.foes, both);
    const auto side = [&](world::State s) {
      const auto it = std::ranges::find(d.parts, s, &world::Conflict::Part::state);
      return it == d.parts.end() ? -1 : static_cast<int>(it->side);
    };
    const bool joined = side(a) >= 0 && side(a) == side(b);
    opposed += foes ? 1 : 0;
    together += !foes && joined ? 1 : 0;
    if (foes || joined) last = std::max<int>(last, d.first.year);
  }
  j["disputes_before"] = {
      {"against_each_other", opposed}, {"together", together}, {"last_began", last > 0 ? Json(last) : Json(nullptr)}};
  return j;
}

}  // namespace

Answer fields(const Call& call) {
  Work w(call);
  const std::string of = w.args.text("of");
  w.args.end();
  const auto all = records(call.registry);
  std::vector<std::string> names;
  for (const Record* r : all) names.push_back(r->name);
  const auto it = std::ranges::find(names, of);
  const Field* section = call.registry.root().find(of);
  if (!of.empty() && it == names.end() && !section)
    w.refuse("E0794", "there is no section or question `" + shown(of) + "`", did_you_mean(of, names));
  if (!w.out.ok()) return w.refused();
  if (of.empty()) {
    Json sections = Json::array(), questions = Json::array();
    std::string text = "Sections of a situation: ";
    for (const Field& f : call.registry.root().fields) {
      sections.push_back(told(f));
      text += (sections.size() > 1 ? ", " : "") + f.name;
    }
    text += ".\nKinds of question: ";
    for (const Record* r : call.registry.questions()) {
      questions.push_back({{"kind", r->name}, {"says", r->says}});
      text += (questions.size() > 1 ? ", " : "") + r->name;
    }
    return w.answered({{"sections", sections}, {"questions", questions}}, text + ".\n");
  }
  const Record* r = it != names.end() ? all[static_cast<std::size_t>(it - names.begin())] : section->record;
  Json value{{"name", of}, {"says", r ? r->says : section->says}, {"fields", Json::array()}};
  std::string text = of + ": " + (r ? r->says : section->says) + "\n";
  if (section) value["section"] = told(*section);
  if (r && !r->shorthand.empty()) value["shorthand"] = r->shorthand;
  if (r)
    for (const Field& f : r->fields) {
      value["fields"].push_back(told(f));
      text += fmt::format("- {}{}: {}{}. {}\n", f.name, f.required ? " (required)" : "", kind_of(f),
                          f.unit.empty() || f.unit == "?" ? "" : " in " + f.unit, f.says);
    }
  return w.answered(std::move(value), std::move(text));
}

Answer world(const Call& call) {
  Work w(call);
  const int year = static_cast<int>(w.args.whole("year", 2025, 1816, 2100));
  const auto asked = w.args.texts("states");
  w.args.end();
  if (asked.size() > 12) w.refuse("E0775", "at most 12 states are told at once");
  if (!w.out.ok()) return w.refused();
  const Confined files(call.options.root);
  const auto folder = world::bundled_tables(files);
  if (!folder) {
    w.refuse("E0904", "the tables of states are not where this program looks for them");
    return w.refused();
  }
  auto sources = std::make_shared<SourceMap>();
  w.sources = sources;
  const auto tables = world::World::open(*folder, *sources, w.out, files);
  std::vector<world::State> states;
  for (const auto& code : asked)
    if (const auto s = tables.state(code, year, w.out); s != world::nobody) states.push_back(s);
  if (!w.out.ok()) return w.refused();
  Json value{{"year", year}, {"states", Json::array()}};
  std::string text;
  if (asked.empty()) {
    for (world::State s = 0; s < tables.states().size(); ++s)
      if (tables.existed(s, year).value_or(false)) {
        value["states"].push_back({{"code", tables.states()[s].code}, {"name", tables.states()[s].name}});
        text += (text.empty() ? "" : ", ") + tables.states()[s].code + " " + tables.states()[s].name;
      }
    return w.answered(std::move(value), fmt::format("States of {}: {}.\n", year, text));
  }
  value["pairs"] = Json::array();
  for (const auto s : states) {
    value["states"].push_back(of_state(tables, s, year));
    const auto gdp = tables.gdp(s, year);
    text += fmt::format("{} {}{}\n", tables.states()[s].code, tables.states()[s].name,
                        gdp.known ? fmt::format(": GDP {:.0f} B USD in {}", 1e-9 * gdp.value, gdp.year) : "");
  }
  for (std::size_t i = 0; i < states.size(); ++i)
    for (std::size_t k = i + 1; k < states.size(); ++k)
      value["pairs"].push_back(of_pair(tables, states[i], states[k], year));
  value["sources"] = Json::array();
  for (std::size_t t = 0; t < world::tables; ++t)
    if (const auto table = static_cast<world::Table>(t); tables.has(table)) {
      const auto& about = world::about(table);
      value["sources"].push_back({{"says", about.says}, {"by", about.maker}, {"from", about.from}, {"to", about.to}});
    }
  return w.answered(std::move(value), text + "What each tie is and by whom: the structured content.\n");
}

Answer write(const Call& call) {
  Work w(call);
  const std::string path = w.args.text("path"), text = w.args.text("text");
  const bool overwrite = w.args.flag("overwrite");
  w.args.end();
  if (path.ends_with(".html")) w.refuse("E0795", "a page is written by entente_report");
  if (!below_root(path)) w.refuse("E0794", "`" + shown(path) + "` is no path below the root", "such as mine.yaml");
  if (!w.out.ok() || !w.write(path, text, overwrite)) return w.refused();
  return w.answered({{"written", path}, {"bytes", text.size()}},
                    fmt::format("{}: {} bytes written.\n", shown(path), text.size()));
}

}  // namespace entente::mcp
