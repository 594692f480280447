// The table of a shock: new tariffs and cost factors for the cells that its rows name.
#include "economy_tables.hpp"
#include "entente/situation/economy.hpp"

namespace entente::situation {
namespace {

// The numbers that a cell of a shock stands for: one, or all.
struct Choice {
  std::uint32_t from = 0, to = 0;
  bool any = false;
};

std::optional<trade::Shock> shock_of(Sheet s, const Economy& e, Diagnostics& out) {
  const auto j = s.column("sector"), to = s.column("importer"), from = s.column("exporter");
  const auto t = s.table().column("tariff"), c = s.table().column("cost");
  if (s.good()) s.only({"sector", "importer", "exporter", "tariff", "cost"});
  if (s.good() && t == Table::npos && c == Table::npos) s.column("tariff");
  if (!s.good()) return std::nullopt;
  const trade::World& w = e.world;
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
  for (const auto& row : s.table().rows) {
    const auto sectors_hit = choose(sector, row[j], w.sectors), importers = choose(country, row[to], w.countries),
               exporters = choose(country, row[from], w.countries);
    std::optional<double> tariff, cost;
    if ((t == Table::npos || row[t].text.empty()) && (c == Table::npos || row[c].text.empty()))
      out.error("E0682", row[from].span, "this row changes nothing", "neither a tariff nor a cost follows");
    if (t != Table::npos && !row[t].text.empty())
      tariff = s.number(row[t], "a rate above -1 (0.25 is 25 percent)", rate);
    if (c != Table::npos && !row[c].text.empty())
      cost = s.number(row[c], "a factor above 0, or inf for an embargo", [](double x) { return x > 0; });
    if (!sectors_hit || !importers || !exporters) continue;
    for (std::uint32_t k = sectors_hit->from; k < sectors_hit->to; ++k)
      for (std::uint32_t n = importers->from; n < importers->to; ++n)
        for (std::uint32_t i = exporters->from; i < exporters->to; ++i) {
          if (n == i && (importers->any || exporters->any)) continue;
          if (tariff) shock.tariff[w.cell(k, n, i)] = *tariff;
          if (cost) shock.cost[w.cell(k, n, i)] = *cost;
        }
  }
  if (!out.ok()) return std::nullopt;
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
