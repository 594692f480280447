// A folder of tables as the base of the trade kernel, and the table of a shock. Five CSV files, money in any one unit:
//   countries.csv   country, value_added, surplus (exports less imports)
//   sectors.csv     sector, theta or inverse_theta (trade elasticity); where wanted goods (1, or 0 for services;
//   without the column every sector is goods but one of the name `services`) production.csv  country, sector,
//   value_added_share, final_expenditure_share, expenditure inputs.csv      country, source_sector, using_sector,
//   share_of_materials (adds up to 1 over sources) flows.csv       sector, importer, exporter, trade_share (of the
//   importer's spending), tariff (ad valorem, a fraction)
// and where there is one about.csv: year, lacks; one row, for every answer to say what it rests on.
// Rows that are not there are 0. Where flows.csv has no column `tariff`, the first column whose name begins with
// `tariff_` is taken. Other columns are passed over.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/kernel/trade.hpp"
#include "entente/text/files.hpp"

namespace entente::situation {

struct Economy {
  std::vector<std::string> countries, sectors;
  std::vector<std::uint8_t> goods;  ///< by sector: 1 what can be embargoed as goods, 0 services
  trade::World world;
  std::string tariff_column;
  std::string about;     ///< one sentence: the year, and what it lacks; empty where its folder has no about.csv
  double corrected = 0;  ///< the largest error of a sum of shares, taken out; at most 1e-5
};

/// Reads and validates; `folder` may be the name of a world that comes with the program (bundled.hpp). Complaints
/// (E0680 to E0686) name the file and the row; `named`: where the folder is named, for tables that are not there. A
/// table that is a link out of the folder lies in one of `allow`. O(size of the tables).
[[nodiscard]] std::optional<Economy> read_economy(const std::string& folder, SourceMap& sources, Diagnostics& out,
                                                  const std::vector<std::string>& allow = {}, Span named = {},
                                                  const text::Files& files = text::disk());
/// A file of this name in a folder of tables says that situations elsewhere may use them.
inline constexpr const char* shared_base_mark = "shared-base.txt";
[[nodiscard]] bool shared_base(const std::string& folder, const text::Files& files = text::disk());
/// The same of texts in memory, by the name of the table; one that is not there is missing.
[[nodiscard]] std::optional<Economy> read_economy(const std::map<std::string, std::string>& tables, SourceMap& sources,
                                                  Diagnostics& out);

/// One table of flows, exporter, importer, value (any one unit of money, home sales among them), as an economy of one
/// sector, `goods`, made of labour alone, with this trade elasticity. Complaints E0680 to E0686. O(countries^2).
[[nodiscard]] std::optional<Economy> read_flows(const std::string& path, double elasticity, SourceMap& sources,
                                                Diagnostics& out);

/// A shock: sector (where the economy has but one, the column may be left out), importer, exporter (a name, or * for
/// any), and of these what the table has, an empty cell for unchanged: tariff (the new rate); cost (multiplies the
/// iceberg cost; inf: an embargo) or effect (the partial effect of a gravity equation, in logs: cost = e^(-effect /
/// theta)); productivity (of the exporter, importer *: multiplies it, at home too). The last row that matches a cell
/// wins, for tariffs, costs and productivity apart; a country's trade with itself is never matched by * but for
/// productivity.
[[nodiscard]] std::optional<trade::Shock> read_shock(const std::string& path, const Economy& economy,
                                                     SourceMap& sources, Diagnostics& out);
/// The same of a text in memory.
[[nodiscard]] std::optional<trade::Shock> read_shock(const std::string& name, std::string text, const Economy& economy,
                                                     SourceMap& sources, Diagnostics& out);

}  // namespace entente::situation
