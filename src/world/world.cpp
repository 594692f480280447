#include "entente/world/world.hpp"

#include <algorithm>
#include <cmath>

#include "entente/base/spelling.hpp"
#include "world/sphere.hpp"

namespace entente::world {

const About& about(Table t) {
  static constexpr About all[tables] = {
      {"states.csv", "codes and names of states", "ISO 3166-1 and own codes", 1816, 2024},
      {"aliases.csv", "older names of states", "own", 1816, 2024},
      {"gdp.csv", "gross domestic product and people", "World Bank, mid-2024; CIA World Factbook", 1960, 2024},
      {"spending.csv", "military spending", "CIA World Factbook, 2026", 2015, 2025},
      {"votes.csv", "how states voted in the General Assembly", "Bailey, Strezhnev and Voeten, July 2025", 1946, 2024},
      {"trade.csv", "who sold what to whom in 2022", "OECD Inter-Country Input-Output Tables, Extended", 2022, 2022},
      {"pacts_recent.csv", "treaties after 2018", "own, from public treaties", 2019, 2025},
      {"wars_recent.csv", "wars after 2007", "UCDP/PRIO 25.1", 2008, 2024},
      {"share-alike/regime.csv", "how democratic states were", "V-Dem 16", 1816, 2025},
      {"restricted/membership.csv", "when states existed", "Correlates of War, State System Membership 2016", 1816,
       2016},
      {"restricted/capitals.csv", "where capitals lie", "peacesciencer 1.3", 1816, 2024},
      {"restricted/majors.csv", "who was a great power", "Correlates of War 2016", 1816, 2016},
      {"restricted/capability.csv", "each state's share of the world's capability and its military expenditure",
       "Correlates of War, National Material Capabilities 7.0", 1816, 2022},
      {"restricted/contiguity.csv", "who borders on whom", "Correlates of War, Direct Contiguity 3.2", 1816, 2016},
      {"restricted/rivalries.csv", "who was whose strategic rival", "Thompson, Sakuwa and Suhas 2022", 1816, 2020},
      {"restricted/wars.csv", "who fought on which side in which war", "Correlates of War, Inter-State War 4.0", 1823,
       2007},
      {"restricted/pacts.csv", "who owed what to whom by treaty", "ATOP 5.1", 1815, 2018},
      {"restricted/disputes.csv", "who threatened or fought whom, and on which side",
       "Gibler, Miller and Little 2.2.1; Correlates of War, MID 5.0, for 2011 to 2014", 1816, 2014},
  };
  return all[static_cast<std::size_t>(t)];
}

bool World::need(Table t, Diagnostics& out, Span at) const {
  if (has(t)) return true;
  const About& a = about(t);
  out.error("E0904", at, "the world's table `" + std::string(a.path) + "` is not there: it says " + a.says,
            at.known() ? "needs it" : "",
            "it is by " + std::string(a.maker) + "; data/world/README.md says where it comes from and what it holds");
  return false;
}

State World::find(std::string_view code, int year) const {
  // An alias that is a code of another state too (DEU for West Germany in COW's years) is not followed: a code means
  // one state, whatever the year.
  const auto it = std::ranges::find(states_, code, &StateRow::code);
  if (it != states_.end()) return static_cast<State>(it - states_.begin());
  for (const Alias& a : aliases_)
    if (a.code == code && (year == 0 || a.holds({static_cast<std::int16_t>(year), 7, 1}))) return a.state;
  return nobody;
}

State World::state(std::string_view code, int year, Diagnostics& out, Span at) const {
  const State s = find(code, year);
  if (s == nobody) {
    std::vector<std::string> known;
    for (const auto& row : states_) known.push_back(row.code), known.push_back(row.name);
    const std::string near = nearest(code, known);
    const auto named = std::ranges::find(states_, near, &StateRow::name);
    const std::string right = named == states_.end() ? near : named->code;
    out.error("E0903", at, "the world knows no `" + std::string(code) + "`", "expected the code of a state",
              right.empty() ? "codes have three letters, such as DEU; data/world/states.csv lists them"
                            : "did you mean `" + right + "`?");
    return nobody;
  }
  if (const auto there = existed(s, year); !there || *there) return s;
  std::string years;
  for (const Spell& spell : states_[s].spells)
    years += (years.empty() ? "" : ", ") + std::to_string(spell.from.year) + " to " +
             (spell.open ? "today" : std::to_string(spell.to.year));
  std::string hint;
  for (const Alias& a : aliases_)
    if (a.code == code && a.state != s && a.holds({static_cast<std::int16_t>(year), 7, 1}))
      hint = "in that year `" + states_[a.state].code + "` (" + states_[a.state].name + ") stands in its place";
  out.error("E0905", at,
            states_[s].name + " (" + states_[s].code + ") was no state in " + std::to_string(year) +
                ": the system of states had it " + years,
            "not in that year", hint);
  return nobody;
}

std::optional<bool> World::existed(State s, int year) const {
  const auto& spells = states_[s].spells;
  if (spells.empty()) return std::nullopt;
  bool open = false;
  for (const Spell& spell : spells) {
    if (spell.from.year <= year && (spell.open || year <= spell.to.year)) return true;
    open = open || spell.open;
  }
  if (year > about(Table::membership).to && !open) return std::nullopt;
  return false;
}

Figure World::at(const Series& series, State s, int year, int oldest) {
  const auto behind = std::ranges::upper_bound(series, std::pair<State, int>{s, year}, {}, [](const Yearly& y) {
    return std::pair<State, int>{y.state, y.from};
  });
  if (behind == series.begin()) return {};
  const Yearly& y = *(behind - 1);
  const int of = std::min<int>(year, y.to);
  if (y.state != s || year - of > oldest) return {};
  return {true, y.value, of};
}

std::optional<std::array<double, 2>> World::trade(State from, State to) const {
  const auto it = std::ranges::lower_bound(flows_, std::pair{from, to}, {}, [](const Flow& f) {
    return std::pair{f.from, f.to};
  });
  if (it == flows_.end() || it->from != from || it->to != to) return std::nullopt;
  return it->value;
}

Figure World::distance(State a, State b, Day d) const {
  // Capitals seldom move: the nearest spell in time stands in where the table has none on that day.
  const auto capital = [&](State s) -> const Capital* {
    const Capital* best = nullptr;
    for (const Capital& c : capitals_) {
      if (c.state != s) continue;
      if (c.holds(d)) return &c;
      if (!best || best->from < c.from) best = &c;
    }
    return best;
  };
  const Capital *p = capital(a), *q = capital(b);
  if (!p || !q) return {};
  constexpr double radian = pi / 180;
  const double s = sine((q->latitude - p->latitude) * radian / 2);
  const double t = sine((q->longitude - p->longitude) * radian / 2);
  const double h = s * s + cosine(p->latitude * radian) * cosine(q->latitude * radian) * t * t;
  const double km = 12742 * arc_sine(std::sqrt(std::min(h, 1.0)));  // Earth's mean diameter
  return {true, std::floor(km + 0.5), d.year};
}

std::optional<bool> World::major(State s, Day d) const {
  if (!has(Table::majors) || d.year > about(Table::majors).to + 10) return std::nullopt;
  return std::ranges::any_of(majors_, [&](const Rivalry& m) { return m.a == s && m.holds(d); });
}

}  // namespace entente::world
