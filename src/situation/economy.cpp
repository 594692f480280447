#include "entente/situation/economy.hpp"

#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <unordered_map>

#include "entente/base/nearest.hpp"
#include "entente/text/file.hpp"
#include "entente/text/table.hpp"

namespace entente::situation {
namespace {

using text::Table;
constexpr double adds_up = 1e-5;
constexpr std::size_t largest_file = std::size_t{1} << 30;

// A table with its file, whose columns and cells are asked for by name.
class Sheet {
 public:
  Sheet(const std::string& path, SourceMap& sources, Diagnostics& out) : out_(out) {
    auto content = text::read_file(path, largest_file);
    if (!content) {
      out.error("E0680", {}, content.error().message, {}, "the base of an economy is a folder of five tables");
      return;
    }
    file_ = sources.add(path, std::move(*content));
    const std::size_t before = out.errors();
    table_ = text::read_table(sources, file_, out);
    good_ = out.errors() == before;
  }

  [[nodiscard]] bool good() const noexcept { return good_; }
  [[nodiscard]] const Table& table() const noexcept { return table_; }
  [[nodiscard]] Span whole() const { return table_.places.empty() ? Span{file_, 0, 1} : table_.places.front(); }

  // The column of that name, or a complaint.
  std::size_t column(const std::string& name) {
    const std::size_t at = table_.column(name);
    if (at == Table::npos && good_) {
      out_.error("E0680", whole(), "this table has no column `" + name + "`", "header row",
                 did_you_mean(name, table_.columns));
      good_ = false;
    }
    return at;
  }

  // A finite number that `domain` takes, or a complaint.
  std::optional<double> number(const Table::Cell& cell, const char* wants, const std::function<bool(double)>& domain) {
    double x = 0;
    const char* end = cell.text.data() + cell.text.size();
    const auto r = std::from_chars(cell.text.data(), end, x);
    if (r.ec == std::errc{} && r.ptr == end && domain(x)) return x;
    out_.error("E0682", cell.span, "`" + cell.text.substr(0, 40) + "` cannot stand here", wants);
    return std::nullopt;
  }

 private:
  Diagnostics& out_;
  Table table_;
  std::uint32_t file_ = Span::no_file;
  bool good_ = false;
};

bool finite(double x) { return std::isfinite(x); }
bool from_zero(double x) { return std::isfinite(x) && x >= 0; }
bool share(double x) { return x >= 0 && x <= 1 + adds_up; }
bool above_zero(double x) { return std::isfinite(x) && x > 0; }
bool rate(double x) { return std::isfinite(x) && x > -1; }

// Names with their numbers.
class Names {
 public:
  Names(std::vector<std::string>& list, const char* kind) : list_(list), kind_(kind) {}

  void add(const Table::Cell& cell, Diagnostics& out) {
    if (cell.text.empty() || cell.text == "*")
      out.error("E0681", cell.span, std::string("a ") + kind_ + " needs a name", "a name");
    else if (!index_.emplace(cell.text, static_cast<std::uint32_t>(list_.size())).second)
      out.error("E0683", cell.span, std::string("the ") + kind_ + " `" + cell.text + "` stands twice",
                "the second time");
    else list_.push_back(cell.text);
  }

  std::optional<std::uint32_t> find(const Table::Cell& cell, Diagnostics& out) const {
    if (const auto it = index_.find(cell.text); it != index_.end()) return it->second;
    out.error("E0681", cell.span,
              std::string("there is no ") + kind_ + " `" + cell.text.substr(0, 40) + "` in the base", "unknown",
              did_you_mean(cell.text, list_));
    return std::nullopt;
  }

 private:
  std::vector<std::string>& list_;
  const char* kind_;
  std::unordered_map<std::string, std::uint32_t> index_;
};

class EconomyReader {
 public:
  EconomyReader(std::string folder, SourceMap& sources, Diagnostics& out)
      : folder_(std::move(folder)), sources_(sources), out_(out) {}

  std::optional<Economy> run() {
    countries();
    sectors();
    if (!out_.ok()) return std::nullopt;
    trade::World& w = economy_.world;
    if (w.countries == 0 || w.sectors == 0 || w.countries > 2000 || w.sectors > 2000 || w.cells() > 200'000'000 ||
        w.places() * w.sectors > 200'000'000) {
      out_.error("E0686", {}, "an economy has from one to 2000 countries and sectors, and at most 200 million cells");
      return std::nullopt;
    }
    w.share.assign(w.cells(), 0);
    w.tariff.assign(w.cells(), 0);
    w.input.assign(w.places() * w.sectors, 0);
    for (auto* v : {&w.value_added_share, &w.final_share, &w.expenditure}) v->assign(w.places(), 0);
    production();
    inputs();
    flows();
    if (!out_.ok()) return std::nullopt;
    economy_.corrected = trade::normalise(w);
    if (const auto good = trade::validate(w); !good) {
      out_.error("E0686", {}, "these tables are no economy: " + good.error().message, {}, words(good.error().where));
      return std::nullopt;
    }
    return std::move(economy_);
  }

 private:
  Sheet sheet(const char* name) { return Sheet(folder_ + "/" + name, sources_, out_); }

  // "country 3, sector 2" with the names for the numbers.
  [[nodiscard]] std::string words(const std::string& where) const {
    std::string text;
    for (std::size_t at = 0; at < where.size();) {
      const std::size_t digit = where.find_first_of("0123456789", at);
      text += where.substr(at, digit - at);
      if (digit == std::string::npos) break;
      std::size_t end = digit;
      while (end < where.size() && std::isdigit(static_cast<unsigned char>(where[end]))) ++end;
      const auto i = static_cast<std::size_t>(std::stoul(where.substr(digit, end - digit)));
      const bool sector = text.ends_with("sector ") || text.ends_with("used by ");
      const auto& names = sector ? economy_.sectors : economy_.countries;
      text += i < names.size() ? names[i] : where.substr(digit, end - digit);
      at = end;
    }
    return text;
  }

  void countries() {
    Sheet s = sheet("countries.csv");
    const auto name = s.column("country"), value = s.column("value_added"), surplus = s.column("surplus");
    if (!s.good()) return;
    Span last;
    double world = 0, sum = 0;
    for (const auto& row : s.table().rows) {
      country_.add(row[name], out_);
      const auto v = s.number(row[value], "a number above 0", above_zero),
                 d = s.number(row[surplus], "a number", finite);
      economy_.world.value_added.push_back(v.value_or(1));
      economy_.world.deficit.push_back(-d.value_or(0));
      world += v.value_or(1);
      sum += d.value_or(0);
      last = row[surplus].span;
    }
    economy_.world.countries = static_cast<std::uint32_t>(economy_.countries.size());
    if (!(std::abs(sum) <= adds_up * world))
      out_.error("E0684", last, "the surpluses of all countries add up to " + std::to_string(sum) + ", not to 0",
                 "the last of them");
  }

  void sectors() {
    Sheet s = sheet("sectors.csv");
    const auto name = s.column("sector");
    const bool inverse = s.table().column("theta") == Table::npos;
    const auto theta = s.column(inverse ? "inverse_theta" : "theta");
    if (!s.good()) return;
    for (const auto& row : s.table().rows) {
      sector_.add(row[name], out_);
      const auto x = s.number(row[theta], "a trade elasticity is above 0", above_zero).value_or(1);
      economy_.world.theta.push_back(inverse ? 1 / x : x);
    }
    economy_.world.sectors = static_cast<std::uint32_t>(economy_.sectors.size());
  }

  void production() {
    Sheet s = sheet("production.csv");
    const auto c = s.column("country"), j = s.column("sector"), g = s.column("value_added_share"),
               a = s.column("final_expenditure_share"), x = s.column("expenditure");
    if (!s.good()) return;
    trade::World& w = economy_.world;
    std::vector<Span> seen(w.places()), country(w.countries);
    std::vector<double> sum(w.countries, 0);
    for (const auto& row : s.table().rows) {
      const auto n = country_.find(row[c], out_), k = sector_.find(row[j], out_);
      if (!n || !k) continue;
      const std::size_t p = w.place(*n, *k);
      if (twice(seen[p], row[c].span)) continue;
      w.value_added_share[p] =
          s.number(row[g], "a share from 0 to 1", [](double v) { return v >= 0 && v <= 1; }).value_or(1);
      w.final_share[p] = s.number(row[a], "a share from 0 to 1", share).value_or(0);
      w.expenditure[p] = s.number(row[x], "a number from 0", from_zero).value_or(0);
      sum[*n] += w.final_share[p];
      country[*n] = row[a].span;
    }
    for (std::size_t n = 0; n < w.countries && out_.ok(); ++n) {
      if (!country[n].known())
        out_.error("E0685", s.whole(), "there is no row for the country `" + economy_.countries[n] + "`",
                   "in this table");
      else total(sum[n], country[n], "the final shares of " + economy_.countries[n]);
    }
  }

  void inputs() {
    Sheet s = sheet("inputs.csv");
    const auto c = s.column("country"), from = s.column("source_sector"), to = s.column("using_sector"),
               x = s.column("share_of_materials");
    if (!s.good()) return;
    trade::World& w = economy_.world;
    std::vector<Span> last(w.places());
    std::vector<std::uint8_t> seen(w.input.size(), 0);
    std::vector<double> sum(w.places(), 0);
    for (const auto& row : s.table().rows) {
      const auto n = country_.find(row[c], out_), k = sector_.find(row[from], out_), j = sector_.find(row[to], out_);
      if (!n || !k || !j) continue;
      if (seen[w.io(*n, *k, *j)]++) {
        out_.error("E0683", row[c].span, "these three have a row already", "the second");
        continue;
      }
      // Published tables hold small balancing items below 0.
      const auto v = s.number(row[x], "a share from 0 to 1", [](double y) { return y >= -0.01 && y <= 1 + adds_up; });
      if (v && *v < 0)
        out_.warning("W0682", row[x].span, "an input of less than nothing", "taken as it stands",
                     "published tables hold small balancing items");
      const std::size_t p = w.place(*n, *j);
      w.input[w.io(*n, *k, *j)] = v.value_or(0) * (1 - w.value_added_share[p]);
      sum[p] += v.value_or(0);
      last[p] = row[x].span;
    }
    for (std::size_t p = 0; p < w.places() && out_.ok(); ++p)
      if (last[p].known() && w.value_added_share[p] < 1)
        total(
            sum[p], last[p],
            "the materials of sector " + economy_.sectors[p % w.sectors] + " in " + economy_.countries[p / w.sectors]);
  }

  void flows() {
    Sheet s = sheet("flows.csv");
    const auto j = s.column("sector"), to = s.column("importer"), from = s.column("exporter"),
               x = s.column("trade_share");
    std::string& tariff = economy_.tariff_column = "tariff";
    for (const auto& name : s.table().columns)
      if (s.table().column("tariff") == Table::npos && tariff == "tariff" && name.starts_with("tariff_")) tariff = name;
    const auto t = s.column(tariff);
    if (!s.good()) return;
    trade::World& w = economy_.world;
    std::vector<Span> last(w.places());
    std::vector<std::uint8_t> seen(w.cells(), 0);
    std::vector<double> sum(w.places(), 0);
    for (const auto& row : s.table().rows) {
      const auto k = sector_.find(row[j], out_), n = country_.find(row[to], out_), i = country_.find(row[from], out_);
      if (!k || !n || !i) continue;
      const std::size_t cell = w.cell(*k, *n, *i), r = std::size_t{*k} * w.countries + *n;
      if (seen[cell]++) {
        out_.error("E0683", row[j].span, "these three have a row already", "the second");
        continue;
      }
      w.share[cell] = s.number(row[x], "a share from 0 to 1", share).value_or(0);
      w.tariff[cell] = s.number(row[t], "a rate above -1 (0.05 is five percent)", rate).value_or(0);
      sum[r] += w.share[cell];
      last[r] = row[x].span;
    }
    for (std::size_t r = 0; r < w.places() && out_.ok(); ++r)
      if (sum[r] > 0)
        total(sum[r], last[r],
              "the suppliers of " + economy_.countries[r % w.countries] + " in sector " +
                  economy_.sectors[r / w.countries]);
  }

  bool twice(Span& seen, Span now) {
    if (!seen.known()) {
      seen = now;
      return false;
    }
    auto& d = out_.error("E0683", now, "this pair has a row already", "the second");
    d.remarks.push_back({seen, "the first"});
    return true;
  }

  void total(double sum, Span last, const std::string& what) {
    if (!(std::abs(sum - 1) <= adds_up))
      out_.error("E0684", last, what + " add up to " + std::to_string(sum) + ", not to 1", "the last of them");
  }

  std::string folder_;
  SourceMap& sources_;
  Diagnostics& out_;
  Economy economy_;
  Names country_{economy_.countries, "country"}, sector_{economy_.sectors, "sector"};
};

// The numbers that a cell of a shock stands for: one, or all.
struct Choice {
  std::uint32_t from = 0, to = 0;
  bool any = false;
};

}  // namespace

std::optional<Economy> read_economy(const std::string& folder, SourceMap& sources, Diagnostics& out) {
  return EconomyReader(folder, sources, out).run();
}

std::optional<trade::Shock> read_shock(const std::string& path, const Economy& e, SourceMap& sources,
                                       Diagnostics& out) {
  Sheet s(path, sources, out);
  const auto j = s.column("sector"), to = s.column("importer"), from = s.column("exporter");
  const auto t = s.table().column("tariff"), c = s.table().column("cost");
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

}  // namespace entente::situation
