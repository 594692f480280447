// The kernels by themselves on plain files.
#include <fmt/format.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "entente/base/nearest.hpp"
#include "entente/kernel/coalition.hpp"
#include "entente/text/file.hpp"
#include "entente/text/table.hpp"
#include "opened.hpp"

namespace entente::cli {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

int solve_coalition(const std::string& path, unsigned players, const std::vector<std::string>& of, const Common& c) {
  static const std::vector<std::string> known{"shapley", "nucleolus", "prenucleolus", "least-core",
                                              "core",    "dividends", "convex",       "superadditive"};
  for (const auto& name : of)
    if (std::ranges::find(known, name) == known.end())
      return complain(usage, "E0714", "--of knows no `" + name + "`", did_you_mean(name, known), c);
  Opened o;
  auto content = text::read_file(path, std::size_t{1} << 30);
  if (!content) return fail(content.error(), c);
  const auto file = o.sources.add(path, std::move(*content));
  const auto table = text::read_table(o.sources, file, o.diagnostics);
  const auto mask_at = table.column("mask"), worth_at = table.column("worth");
  if (o.diagnostics.ok() && (mask_at == text::Table::npos || worth_at == text::Table::npos))
    o.diagnostics.error("E0602", {file, 0, 1}, "a game has the columns mask and worth", "header row", "mask,worth");
  struct Row {
    std::uint64_t mask;
    double worth;
    Span at;
  };
  std::vector<Row> rows;
  std::uint64_t largest = 1;
  for (const auto& r : table.rows) {
    if (!o.diagnostics.ok()) break;
    Row row{.at = r[mask_at].span};
    const auto& m = r[mask_at].text;
    const auto& v = r[worth_at].text;
    const auto a = std::from_chars(m.data(), m.data() + m.size(), row.mask);
    const auto b = std::from_chars(v.data(), v.data() + v.size(), row.worth);
    if (a.ec != std::errc{} || a.ptr != m.data() + m.size())
      o.diagnostics.error("E0603", r[mask_at].span, "`" + m.substr(0, 40) + "` is no mask",
                          "an integer, bit 0 for player 1");
    else if (b.ec != std::errc{} || b.ptr != v.data() + v.size() || !std::isfinite(row.worth))
      o.diagnostics.error("E0604", r[worth_at].span, "`" + v.substr(0, 40) + "` is no worth", "a finite number");
    else if (row.mask >= (std::uint64_t{1} << (players ? players : 20)))
      o.diagnostics.error("E0605", r[mask_at].span,
                          "this mask names a player beyond the " + std::to_string(players ? players : 20) + "th",
                          "too large");
    largest = std::max(largest, row.mask);
    rows.push_back(row);
  }
  if (!o.diagnostics.ok()) {
    say(o, c);
    return wrong;
  }
  const unsigned n = players ? players : static_cast<unsigned>(std::bit_width(largest));
  std::vector<double> worth(std::size_t{1} << n, 0.0);
  std::vector<char> seen(worth.size(), 0);
  for (const auto& r : rows) {
    if (seen[r.mask]) {
      o.diagnostics.error("E0606", r.at, "coalition " + std::to_string(r.mask) + " stands twice", "the second time");
      say(o, c);
      return wrong;
    }
    seen[r.mask] = 1;
    worth[r.mask] = r.worth;
  }
  if (worth[0] != 0) return fail({ErrorKind::invalid, "the empty coalition is worth 0", "mask 0"}, c);
  const auto wanted = [&](const char* name, bool by_default) {
    return of.empty() ? by_default : std::ranges::find(of, name) != of.end();
  };
  Json out{{"players", n}, {"missing", std::ranges::count(seen.begin() + 1, seen.end(), 0)}};
  if (wanted("shapley", true)) {
    std::vector<double> x(n);
    if (const auto done = coalition::shapley(worth, x); !done) return fail(done.error(), c);
    out["shapley"] = x;
  }
  for (const bool pre : {false, true}) {
    if (!wanted(pre ? "prenucleolus" : "nucleolus", !pre)) continue;
    const auto k = coalition::nucleolus(
        worth, {.rationality = pre ? coalition::Rationality::none : coalition::Rationality::individual});
    if (!k) return fail(k.error(), c);
    const std::string name = pre ? "prenucleolus" : "nucleolus";
    out[name] = k->exists ? Json(k->payoff) : Json(nullptr);
    if (!k->exists) out[name + "_note"] = "no division gives each player what he has alone";
    else out[pre ? "kohlberg_prenucleolus" : "kohlberg"] = k->kohlberg;
  }
  if (wanted("core", true) || wanted("least-core", false)) {
    const auto l = coalition::least_core(worth);
    if (!l) return fail(l.error(), c);
    out["core_empty"] = l->core_empty;
    out["least_core"] = std::isfinite(l->epsilon) ? Json(l->epsilon) : Json(nullptr);
    if (wanted("least-core", false)) {
      out["least_core_payoff"] = l->payoff;
      Json certificate = Json::array();
      for (std::size_t i = 0; i < l->coalitions.size(); ++i)
        certificate.push_back({{"mask", l->coalitions[i]}, {"weight", l->weights[i]}});
      out["least_core_certificate"] = certificate;
    }
  }
  if (wanted("superadditive", n <= 16)) out["superadditive"] = coalition::superadditive(worth);
  if (wanted("convex", true)) out["convex"] = coalition::convex(worth);
  if (wanted("dividends", false)) {
    coalition::dividends(worth);
    out["dividends"] = worth;
  }
  print(out.dump(2) + "\n");
  return fine;
}

}  // namespace entente::cli
