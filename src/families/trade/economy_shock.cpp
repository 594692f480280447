// The table of a shock: new tariffs and cost factors for the cells that its rows name.
#include "entente/base/elementary.hpp"
#include "entente/families/trade/economy.hpp"
#include "families/trade/economy_tables.hpp"

namespace entente::situation {
namespace {

// The numbers that a cell of a shock stands for: one, or all.
struct Choice {
  std::uint32_t from = 0, to = 0;
  bool any = false;
};

std::optional<trade::Shock> shock_of(Sheet s, const Economy& e, Diagnostics& out) {
  const trade::World& w = e.world;
  const bool one = w.sectors == 1 && s.table().column("sector") == Table::npos;
  const auto j = one ? Table::npos : s.column("sector"), to = s.column("importer"), from = s.column("exporter");
  const auto t = s.table().column("tariff"), c = s.table().column("cost"), f = s.table().column("effect"),
             p = s.table().column("productivity");
  if (s.good()) s.only({"sector", "importer", "exporter", "tariff", "cost", "effect", "productivity"});
  if (s.good() && t == Table::npos && c == Table::npos && f == Table::npos && p == Table::npos) s.column("tariff");
  if (!s.good()) return std::nullopt;
  std::vector<std::string> countries, sectors;
  Names country(countries, "country"), sector(sectors, "sector");
  for (const auto& name : e.countries) country.add({name, {}}, out);
  for (const auto& name : e.sectors) sector.add({name, {}}, out);
  const auto choose = [&](const Names& names, const Table::Cell& cell, std::size_t size) -> std::optional<Choice> {
    if (cell.text == "*") return Choice{0, static_cast<std::uint32_t>(size), true};
    const auto i = names.find(cell, out);
    return i ? std::optional(Choice{*i, *i + 1, false}) : std::nullopt;
  };
  trade::Shock shock{.tariff = w.tariff, .cost = std::vector<double>(w.cells(), 1)};
  std::vector<double> productivity(w.places(), 1);
  const Table::Cell any{"*", {}};
  bool warned = false;
  for (const auto& row : s.table().rows) {
    const auto sectors_hit = choose(sector, one ? any : row[j], w.sectors),
               importers = choose(country, row[to], w.countries), exporters = choose(country, row[from], w.countries);
    const auto has = [&](std::size_t column) { return column != Table::npos && !row[column].text.empty(); };
    std::optional<double> tariff, cost, effect, made;
    if (!has(t) && !has(c) && !has(f) && !has(p))
      out.error("E0682", row[from].span, "this row changes nothing", "neither a tariff nor a cost follows");
    if (has(t)) tariff = s.number(row[t], "a rate above -1 (0.25 is 25 percent)", rate);
    if (tariff && !warned) warned = steep(*tariff, row[t].span, out);
    if (has(c)) cost = s.number(row[c], "a factor above 0, or inf for an embargo", [](double x) { return x > 0; });
    if (has(f)) effect = s.number(row[f], "a partial effect on trade, in logs", finite);
    if (has(p))
      made = s.number(row[p], "a factor from a millionth to a million", [](double x) { return x >= 1e-6 && x <= 1e6; });
    if (has(c) && has(f))
      out.error("E0682", row[f].span, "a cost and a partial effect in one row", "two words for the same");
    if (has(p) && row[to].text != "*")
      out.error("E0682", row[to].span, "productivity is the exporter's, whoever buys", "* stands here");
    if (!sectors_hit || !importers || !exporters) continue;
    for (std::uint32_t k = sectors_hit->from; k < sectors_hit->to; ++k)
      for (std::uint32_t i = exporters->from; i < exporters->to; ++i) {
        if (made) productivity[w.place(i, k)] = *made;
        for (std::uint32_t n = importers->from; n < importers->to; ++n) {
          if (n == i && (importers->any || exporters->any)) continue;
          if (tariff) shock.tariff[w.cell(k, n, i)] = *tariff;
          if (cost) shock.cost[w.cell(k, n, i)] = *cost;
          if (effect) shock.cost[w.cell(k, n, i)] = math::exp(-*effect / w.theta[k]);
        }
      }
  }
  if (!out.ok()) return std::nullopt;
  for (std::size_t cell = 0; cell < w.cells(); ++cell)
    shock.cost[cell] /= productivity[w.place(cell % w.countries, cell / w.countries / w.countries)];
  if (const auto good = trade::validate(w, shock); !good) {
    out.error("E0682", s.whole(), "this shock cannot be: " + good.error().message, good.error().where);
    return std::nullopt;
  }
  return shock;
}

}  // namespace

std::optional<trade::Shock> read_shock(const std::string& path, const Economy& e, SourceMap& sources,
                                       Diagnostics& out) {
  return shock_of(Sheet(path, text::read_file(path, largest_file), sources, out), e, out);
}

std::optional<trade::Shock> read_shock(const std::string& name, std::string text, const Economy& e, SourceMap& sources,
                                       Diagnostics& out) {
  return shock_of(Sheet(name, std::move(text), sources, out), e, out);
}

}  // namespace entente::situation
