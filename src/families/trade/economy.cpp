#include "entente/families/trade/economy.hpp"

#include "entente/families/trade/bundled.hpp"
#include "families/trade/economy_tables.hpp"

namespace entente::situation {
namespace {

using Open = std::function<Result<std::string>(const std::string&)>;

class EconomyReader {
 public:
  /// `open`: the text of a table by its name; `folder`: what stands before the name in complaints.
  EconomyReader(std::string folder, Open open, SourceMap& sources, Diagnostics& out, Span named = {})
      : folder_(std::move(folder)), open_(std::move(open)), sources_(sources), out_(out), named_(named) {}

  std::optional<Economy> run() {
    countries();
    sectors();
    if (!out_.ok()) return std::nullopt;
    trade::World& w = economy_.world;
    country_.number("countries", headers_[0], out_);
    sector_.number("sectors", headers_[1], out_);
    if (out_.ok() && (w.cells() > 200'000'000 || w.places() * w.sectors > 200'000'000))
      out_.error("E0686", sector_.place(w.sectors - 1), "countries and sectors make more than 200 million cells",
                 "the last of the sectors");
    if (!out_.ok()) return std::nullopt;
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
      const auto& [text, row] = words(good.error().where);
      out_.error("E0686", row, "these tables are no economy: " + good.error().message, text);
      return std::nullopt;
    }
    about();
    return std::move(economy_);
  }

 private:
  // What every answer on this base says of it. Without the table, its size alone.
  void about() {
    auto content = open_("about.csv");
    const auto counted = [](std::size_t n, const std::string& what) {
      return std::to_string(n) + " " + what + (n == 1 ? "" : "s");
    };
    const auto size = counted(economy_.countries.size(), "region") + ", " + counted(economy_.sectors.size(), "sector");
    economy_.about = "a world of " + size;
    if (!content) return;
    Sheet s(folder_ + "about.csv", std::move(content), sources_, out_);
    const auto year = s.column("year"), lacks = s.column("lacks");
    if (!s.good() || s.table().rows.empty()) return;
    const auto& row = s.table().rows.front();
    economy_.about = "the world of " + row[year].text + " (" + size + "), which lacks " + row[lacks].text;
  }

  Sheet sheet(const char* name) {
    Sheet s(folder_ + name, open_(name), sources_, out_, named_);
    headers_.push_back(s.whole());
    return s;
  }

  // "country 3, sector 2" with the names for the numbers, and the row that speaks of them.
  [[nodiscard]] std::pair<std::string, Span> words(const std::string& where) const {
    std::string text;
    std::optional<std::size_t> country, sector;
    for (std::size_t at = 0; at < where.size();) {
      const std::size_t digit = where.find_first_of("0123456789", at);
      text += where.substr(at, digit - at);
      if (digit == std::string::npos) break;
      std::size_t end = digit;
      while (end < where.size() && std::isdigit(static_cast<unsigned char>(where[end]))) ++end;
      const auto i = static_cast<std::size_t>(std::stoul(where.substr(digit, end - digit)));
      const bool of_sector = text.ends_with("sector ") || text.ends_with("used by ");
      const auto& names = of_sector ? economy_.sectors : economy_.countries;
      auto& first = of_sector ? sector : country;
      if (!first && i < names.size()) first = i;
      text += i < names.size() ? names[i] : where.substr(digit, end - digit);
      at = end;
    }
    if (country && sector && place_row_[economy_.world.place(*country, *sector)].known())
      return {text, place_row_[economy_.world.place(*country, *sector)]};
    return {text, !country && sector ? sector_.place(*sector) : country_.place(country.value_or(0))};
  }

  void countries() {
    Sheet s = sheet("countries.csv");
    const auto name = s.column("country"), value = s.column("value_added"), surplus = s.column("surplus");
    if (!s.good()) return;
    Span last = s.whole();
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
    const auto theta = s.column(inverse ? "inverse_theta" : "theta"), goods = s.table().column("goods");
    if (!s.good()) return;
    for (const auto& row : s.table().rows) {
      sector_.add(row[name], out_);
      const auto x = s.number(row[theta], "a trade elasticity is above 0", above_zero).value_or(1);
      economy_.world.theta.push_back(inverse ? 1 / x : x);
      const bool told = goods != Table::npos;
      if (told && row[goods].text != "0" && row[goods].text != "1")
        out_.error("E0682", row[goods].span, "`" + row[goods].text.substr(0, 40) + "` cannot stand here",
                   "1 for goods, 0 for services");
      economy_.goods.push_back(told ? row[goods].text == "1" : row[name].text != "services");
    }
    economy_.world.sectors = static_cast<std::uint32_t>(economy_.sectors.size());
  }

  void production() {
    Sheet s = sheet("production.csv");
    const auto c = s.column("country"), j = s.column("sector"), g = s.column("value_added_share"),
               a = s.column("final_expenditure_share"), x = s.column("expenditure");
    if (!s.good()) return;
    trade::World& w = economy_.world;
    std::vector<Span>& seen = place_row_;
    std::vector<Span> country(w.countries);
    seen.assign(w.places(), {});
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
    bool warned = false;
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
      if (!warned) warned = steep(w.tariff[cell], row[t].span, out_);
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
  Open open_;
  SourceMap& sources_;
  Diagnostics& out_;
  Span named_;
  Economy economy_;
  std::vector<Span> headers_;    // of the tables read so far
  std::vector<Span> place_row_;  // of production.csv
  Names country_{economy_.countries, "country"}, sector_{economy_.sectors, "sector"};
};

}  // namespace

std::optional<Economy> read_economy(const std::string& folder, SourceMap& sources, Diagnostics& out,
                                    const std::vector<std::string>& allow, Span named, const text::Files& files) {
  std::string where = folder;
  if (is_bundled(folder)) {
    auto found = bundled_folder(folder, files);
    if (!found) {
      out.error("E0680", named, "the tables of `" + folder + "` are not where this program looks for them", {},
                "data/ of a checkout or share/entente/data of an installed tree, beside the program or above it");
      return std::nullopt;
    }
    where = std::move(*found);
  }
  std::vector<std::string> roots = allow;
  roots.push_back(where);
  const auto open = [&](const std::string& name) -> Result<std::string> {
    const std::string path = where + "/" + name;
    if (!files.within(path, roots))
      return std::unexpected(
          Error{ErrorKind::unreadable, "`" + path + "` is a link that leads out of the folder", path});
    return files.read(path, largest_file, true);
  };
  return EconomyReader(folder + "/", open, sources, out, named).run();
}

bool shared_base(const std::string& folder, const text::Files& files) {
  const std::string mark = folder + "/" + shared_base_mark;
  return files.exists(mark) && !files.is_link(mark) && !files.is_folder(mark);
}

std::optional<Economy> read_economy(const std::map<std::string, std::string>& tables, SourceMap& sources,
                                    Diagnostics& out) {
  const auto open = [&](const std::string& name) -> Result<std::string> {
    if (const auto it = tables.find(name); it != tables.end()) return it->second;
    return std::unexpected(Error{ErrorKind::unreadable, "`" + name + "` does not exist", name});
  };
  return EconomyReader("", open, sources, out).run();
}

}  // namespace entente::situation
