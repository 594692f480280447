// One table of flows as an economy: one sector, labour alone, as models of structural gravity have it.
#include "entente/families/trade/economy.hpp"
#include "families/trade/economy_tables.hpp"

namespace entente::situation {

std::optional<Economy> read_flows(const std::string& path, double elasticity, SourceMap& sources, Diagnostics& out) {
  Sheet s(path, text::read_file(path, largest_file), sources, out);
  const auto from = s.column("exporter"), to = s.column("importer"), x = s.column("value");
  if (!s.good()) return std::nullopt;
  Economy e;
  Names country(e.countries, "country");
  for (const auto column : {from, to})
    for (const auto& row : s.table().rows)
      if (!country.knows(row[column])) country.add(row[column], out);
  country.number("countries", s.whole(), out);
  if (!out.ok()) return std::nullopt;
  e.sectors = {"goods"};
  e.goods = {1};
  e.tariff_column = "none";
  trade::World& w = e.world;
  w.countries = static_cast<std::uint32_t>(e.countries.size());
  w.sectors = 1;
  w.theta = {elasticity};
  w.share.assign(w.cells(), 0);
  w.tariff.assign(w.cells(), 0);
  w.value_added_share.assign(w.countries, 1);
  w.final_share.assign(w.countries, 1);
  w.input.assign(w.countries, 0);
  w.value_added.assign(w.countries, 0);
  w.expenditure.assign(w.countries, 0);
  w.deficit.assign(w.countries, 0);
  std::vector<Span> seen(w.cells());
  for (const auto& row : s.table().rows) {
    const auto i = country.find(row[from], out), n = country.find(row[to], out);
    const auto value = s.number(row[x], "a number from 0", from_zero);
    if (!i || !n || !value) continue;
    const std::size_t c = w.cell(0, *n, *i);
    if (seen[c].known()) {
      auto& d = out.error("E0683", row[from].span, "this pair has a row already", "the second");
      d.remarks.push_back({seen[c], "the first"});
      continue;
    }
    seen[c] = row[from].span;
    w.share[c] = *value;
    w.value_added[*i] += *value;
    w.expenditure[*n] += *value;
  }
  for (std::uint32_t n = 0; n < w.countries && out.ok(); ++n) {
    if (!(w.share[w.cell(0, n, n)] > 0))
      out.error("E0685", s.whole(), "what " + e.countries[n] + " sells at home is not in this table",
                "a row whose exporter and importer are both " + e.countries[n],
                "gross production less exports; without it nothing is known of how much a country trades");
    w.deficit[n] = w.expenditure[n] - w.value_added[n];
    for (std::uint32_t i = 0; i < w.countries; ++i) w.share[w.cell(0, n, i)] /= w.expenditure[n];
  }
  if (!out.ok()) return std::nullopt;
  e.corrected = trade::normalise(w);
  if (const auto good = trade::validate(w); !good) {
    out.error("E0686", s.whole(), "this table is no economy: " + good.error().message, good.error().where);
    return std::nullopt;
  }
  return e;
}

}  // namespace entente::situation
