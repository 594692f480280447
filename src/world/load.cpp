// The tables read into memory. Order does not matter but for states, which all others name.
#include <algorithm>
#include <filesystem>
#include <map>

#include "entente/base/spelling.hpp"
#include "world/rows.hpp"

namespace entente::world {

namespace {

std::size_t slot(std::string_view code) {
  if (code.size() != 3) return 26 * 26 * 26;
  std::size_t n = 0;
  for (const char c : code) {
    if (c < 'A' || c > 'Z') return 26 * 26 * 26;
    n = n * 26 + static_cast<std::size_t>(c - 'A');
  }
  return n;
}

std::uint8_t kinds(Rows& rows, std::size_t column) {
  static constexpr std::string_view letters = "dounc";
  std::uint8_t set = 0;
  for (const char c : rows[column]) {
    const auto at = letters.find(c);
    if (at == std::string_view::npos) rows.wrong(column, "letters of d, o, u, n, c");
    else set = static_cast<std::uint8_t>(set | 1u << at);
  }
  return set;
}

}  // namespace

struct World::Loader {
  World& w;
  SourceMap& sources;
  Diagnostics& out;
  const text::Files& files;

  // The rows of a table, or nothing when it is not there.
  std::optional<Rows> rows(Table t, std::initializer_list<std::string_view> columns) {
    const auto path = (std::filesystem::path(w.folder_) / about(t).path).string();
    auto text = files.read(path, 64u << 20u, true);
    if (!text) return std::nullopt;
    w.there_[static_cast<std::size_t>(t)] = true;
    return Rows(sources, sources.add(path, std::move(*text)), columns, out);
  }

  State state(Rows& r, std::size_t column) {
    const std::size_t at = slot(r[column]);
    if (at < w.code_.size() && w.code_[at] != nobody) return w.code_[at];
    out.error("E0903", r.span(column), "`" + std::string(r[column]) + "` is no state that states.csv names");
    return nobody;
  }

  void states() {
    w.code_.assign(26 * 26 * 26, nobody);
    if (auto r = rows(Table::states, {"iso3", "name", "region", "kind"}))
      while (r->next()) {
        const std::size_t at = slot((*r)[0]);
        if (at == w.code_.size() || w.code_[at] != nobody) {
          r->wrong(0, "three capital letters that stand once");
          continue;
        }
        w.code_[at] = static_cast<State>(w.states_.size());
        w.states_.push_back(
            {std::string((*r)[0]), std::string((*r)[1]), std::string((*r)[2]), std::string((*r)[3]), 0, {}});
      }
    if (auto r = rows(Table::aliases, {"alias", "iso3", "from", "to"}))
      while (r->next()) {
        Alias a;
        a.code = std::string((*r)[0]);
        a.state = state(*r, 1);
        a.from = r->from(2);
        r->to(3, a);
        w.aliases_.push_back(std::move(a));
      }
    if (auto r = rows(Table::membership, {"iso3", "cow", "from", "to"}))
      while (r->next()) {
        const State s = state(*r, 0);
        if (s == nobody) continue;
        Spell spell;
        spell.from = r->from(2);
        r->to(3, spell);
        w.states_[s].cow = static_cast<std::uint16_t>(r->whole(1));
        w.states_[s].spells.push_back(spell);
      }
  }

  void yearly(Rows& r, std::size_t column, std::size_t from, std::size_t to, Series& series) {
    if (r[column].empty()) return;
    const State s = state(r, 0);
    if (s == nobody) return;
    series.push_back({s, r.from(from).year, r.from(to).year, r.number(column)});
  }

  void figures() {
    if (auto r = rows(Table::gdp, {"iso3", "year", "usd", "pop"}))
      while (r->next()) yearly(*r, 2, 1, 1, w.gdp_), yearly(*r, 3, 1, 1, w.people_);
    if (auto r = rows(Table::spending, {"iso3", "year", "share"}))
      while (r->next()) yearly(*r, 2, 1, 1, w.spending_);
    if (auto r = rows(Table::votes, {"iso3", "year", "final"}))
      while (r->next()) yearly(*r, 2, 1, 1, w.votes_);
    if (auto r = rows(Table::regime, {"iso3", "from", "to", "polyarchy"}))
      while (r->next()) yearly(*r, 3, 1, 2, w.regime_);
    if (auto r = rows(Table::capability, {"iso3", "year", "cinc", "milex"}))
      while (r->next()) yearly(*r, 2, 1, 1, w.cinc_), yearly(*r, 3, 1, 1, w.milex_);
    for (Series* s : {&w.gdp_, &w.people_, &w.spending_, &w.votes_, &w.regime_, &w.cinc_, &w.milex_}) {
      const auto before = [](const Yearly& a, const Yearly& b) {
        return a.state != b.state ? a.state < b.state : a.from < b.from;
      };
      if (!std::ranges::is_sorted(*s, before)) std::ranges::stable_sort(*s, before);
    }
    if (auto r = rows(Table::trade, {"exporter", "importer", "goods", "services"}))
      while (r->next()) {
        const State a = state(*r, 0), b = state(*r, 1);
        if (a != nobody && b != nobody) w.flows_.push_back({a, b, {r->number(2), r->number(3)}});
      }
    std::ranges::stable_sort(
        w.flows_, [](const Flow& a, const Flow& b) { return a.from != b.from ? a.from < b.from : a.to < b.to; });
  }

  template <class T>
  bool pair(Rows& r, T& row, std::size_t from) {
    row.a = state(r, 0), row.b = state(r, 1);
    row.from = r.from(from);
    return row.a != nobody && row.b != nobody;
  }

  void ties() {
    if (auto r = rows(Table::pacts, {"a", "b", "from", "to", "kinds", "directed"}))
      while (r->next()) {
        Pact p;
        const bool fine = pair(*r, p, 2);
        r->to(3, p);
        p.open = p.open || p.to.year >= about(Table::pacts).to;  // in force when the data end
        p.kinds = kinds(*r, 4);
        p.directed = (*r)[5] == "1";
        if (fine) w.pacts_.push_back(p);
      }
    if (auto r = rows(Table::pacts_recent, {"a", "b", "from", "kinds"}))
      while (r->next()) {
        Pact p;
        const bool fine = pair(*r, p, 2);
        p.open = true;
        p.kinds = kinds(*r, 3);
        if (fine) w.recent_pacts_.push_back(p);
      }
    if (auto r = rows(Table::rivalries, {"a", "b", "from", "to"}))
      while (r->next()) {
        Rivalry v;
        const bool fine = pair(*r, v, 2);
        r->to(3, v);
        if (fine) w.rivalries_.push_back(v);
      }
    if (auto r = rows(Table::contiguity, {"a", "b", "type", "from", "to"}))
      while (r->next()) {
        Border b;
        const bool fine = pair(*r, b, 3);
        r->to(4, b);
        b.type = static_cast<std::uint8_t>(r->whole(2));
        if (fine) w.borders_.push_back(b);
      }
    if (auto r = rows(Table::capitals, {"iso3", "from", "to", "lat", "lon"}))
      while (r->next()) {
        Capital c;
        c.state = state(*r, 0);
        c.from = r->from(1);
        r->to(2, c);
        c.latitude = r->number(3), c.longitude = r->number(4);
        if (c.state != nobody) w.capitals_.push_back(c);
      }
    if (auto r = rows(Table::majors, {"iso3", "from", "to"}))
      while (r->next()) {
        Rivalry m;
        m.a = state(*r, 0);
        m.from = r->from(1);
        r->to(2, m);
        if (m.a != nobody) w.majors_.push_back(m);
      }
  }

  static void part(Conflict& c, State s, std::uint8_t side) {
    for (auto& p : c.parts)
      if (p.state == s) {
        p.changed = p.changed || p.side != side;
        return;
      }
    c.parts.push_back({s, side, false});
  }

  void conflicts() {
    std::map<std::pair<bool, std::uint32_t>, Conflict> all;
    if (auto r = rows(Table::disputes, {"a", "b", "dispute", "sidea", "from", "to", "hostility", "src"}))
      while (r->next()) {
        const State a = state(*r, 0), b = state(*r, 1);
        if (a == nobody || b == nobody) continue;
        const auto number = static_cast<std::uint32_t>(r->whole(2));
        Conflict& c = all[{(*r)[7] != "gml", number}];
        const std::int16_t from = r->from(4).year, to = r->from(5).year;
        c.number = number;
        c.recent = (*r)[7] != "gml";
        c.first = {c.parts.empty() ? from : std::min(c.first.year, from), 0, 0};
        c.last = {std::max(c.last.year, to), 12, 31};
        const std::uint8_t side = (*r)[3] == "1" ? 1 : 2;
        part(c, a, side);
        part(c, b, static_cast<std::uint8_t>(3 - side));
        c.foes.push_back({a, b, from, to, static_cast<std::uint8_t>(r->whole(6))});
      }
    // A dispute of the main table that the later one goes on with is one dispute: it had not ended, and whoever was
    // against whom stays known. Who takes part stays as the main table has it.
    for (auto& [key, c] : all)
      if (const auto later = all.find({true, key.second}); !key.first && later != all.end()) {
        c.last = later->second.last;
        c.foes.insert(c.foes.end(), later->second.foes.begin(), later->second.foes.end());
      }
    for (auto& [key, c] : all)
      if (!key.first || !all.contains({false, key.second})) w.disputes_.push_back(std::move(c));
    all.clear();
    for (const Table t : {Table::wars, Table::wars_recent})
      if (auto r = rows(t, {"war", "name", "state", "side", "from", "to"}))
        while (r->next()) {
          const State s = state(*r, 2);
          if (s == nobody) continue;
          const auto number = static_cast<std::uint32_t>(r->whole(0));
          Conflict& c = all[{t == Table::wars_recent, number}];
          Spell spell;
          spell.from = r->from(4);
          r->to(5, spell);
          if (c.parts.empty() || spell.from < c.first) c.first = spell.from;
          c.number = number;
          c.recent = t == Table::wars_recent;
          c.name = std::string((*r)[1]);
          c.ended = c.ended && !spell.open;
          c.last = std::max(c.last, spell.to);
          part(c, s, static_cast<std::uint8_t>(r->whole(3)));
        }
    for (auto& [key, c] : all) {
      for (const auto& a : c.parts)
        for (const auto& b : c.parts)
          if (a.state < b.state && a.side != b.side) c.foes.push_back({a.state, b.state, c.first.year, c.last.year, 5});
      w.wars_.push_back(std::move(c));
    }
    const auto before = [](const Conflict& a, const Conflict& b) {
      return a.first != b.first ? a.first < b.first : a.number < b.number;
    };
    std::ranges::stable_sort(w.disputes_, before);
    std::ranges::stable_sort(w.wars_, before);
  }
};

World World::open(const std::string& folder, SourceMap& sources, Diagnostics& out, const text::Files& files) {
  World w;
  w.folder_ = folder;
  Loader load{w, sources, out, files};
  load.states();
  if (!w.has(Table::states)) {
    out.error("E0900", {}, "`" + folder + "` holds no tables of the world", "",
              "the folder data/world of this project, with states.csv in it");
    return w;
  }
  load.figures();
  load.ties();
  load.conflicts();
  return w;
}

}  // namespace entente::world
