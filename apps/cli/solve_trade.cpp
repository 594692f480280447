// `entente solve trade`: the trade kernel by itself on a folder of tables and the table of a shock.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "entente/families/trade/economy.hpp"
#include "opened.hpp"
#include "verdict.hpp"

namespace entente::cli {
namespace {

using Json = nlohmann::ordered_json;
using situation::Economy;

double percent(double hat) { return 100 * (hat - 1); }

// "RUS has no supplier of C02, which C01, C04 need" for every lack of one country and input.
Json lacks(const Economy& e, const trade::Solution& s) {
  Json out = Json::array();
  std::vector<trade::Lack> left = s.lacks;
  while (!left.empty()) {
    const trade::Lack first = left.front();
    Json users = Json::array();
    std::string names;
    std::erase_if(left, [&](const trade::Lack& l) {
      if (l.country != first.country || l.input != first.input) return false;
      const std::string name = l.user == trade::Lack::households ? "households" : e.sectors[l.user];
      users.push_back(name);
      names += (names.empty() ? "" : ", ") + name;
      return true;
    });
    out.push_back({{"country", e.countries[first.country]},
                   {"input", e.sectors[first.input]},
                   {"needed_by", users},
                   {"says", e.countries[first.country] + " has no supplier of " + e.sectors[first.input] +
                                ", which is needed by " + names}});
  }
  return out;
}

Json flows(const Economy& e, const trade::World& w, const trade::Solution& s) {
  Json out = Json::array();
  for (std::size_t n = 0; n < w.countries; ++n)
    for (std::size_t i = 0; i < w.countries; ++i) {
      if (n == i) continue;
      double before = 0, after = 0;
      for (std::size_t j = 0; j < w.sectors; ++j) {
        const std::size_t c = w.cell(j, n, i);
        before += w.expenditure[w.place(n, j)] * w.share[c] / (1 + w.tariff[c]);
        after += s.flow[c];
      }
      out.push_back({{"importer", e.countries[n]}, {"exporter", e.countries[i]}, {"before", before}, {"after", after}});
    }
  return out;
}

Json countries(const Economy& e, const trade::World& w, const trade::Solution& s) {
  Json out = Json::object();
  for (std::size_t n = 0; n < e.countries.size(); ++n)
    out[e.countries[n]] = {{"real_income", percent(s.real_income[n])},
                           {"first_order", 100 * s.first_order[n]},
                           {"terms_of_trade", 100 * s.terms_of_trade[n]},
                           {"volume_of_trade", 100 * s.volume_of_trade[n]},
                           {"real_wage", percent(s.real_wage[n])},
                           {"wage", s.wage[n]},
                           {"consumer_price", percent(s.consumer_price[n])},
                           {"deficit", {{"before", w.deficit[n]}, {"after", s.deficit[n]}}}};
  return out;
}

// What the shock changed besides what its rows say.
Json notes(const Economy& e, const trade::World& w, const trade::Solution& s, bool closed, bool against_base) {
  Json out = Json::array();
  if (closed && !against_base)
    out.push_back("Closing the deficits is part of this change; --against-base closes them before it.");
  if (s.parts < 2 || closed) return out;
  std::string names;
  double size = 0, moved = 0;
  for (const double v : w.value_added) size += v;
  for (std::size_t n = 0; n < w.countries; ++n) {
    moved = std::max(moved, std::abs(s.deficit[n] - w.deficit[n]));
    if (std::abs(s.deficit[n] - w.deficit[n]) > 1e-9 * size) names += (names.empty() ? "" : ", ") + e.countries[n];
  }
  if (!names.empty())
    out.push_back(
        fmt::format("The world falls into {} parts that trade nothing with each other. What one owed another "
                    "cannot be paid any more, so deficits move by up to {:.6g}: {}.",
                    s.parts, moved, names));
  return out;
}

}  // namespace

int solve_trade(const std::string& base, const std::string& path, const TradeArgs& a, const Common& c) {
  Opened o;
  const auto line = o.sources.add(command_line, base);
  std::error_code none;
  const bool table = std::filesystem::is_regular_file(base, none);
  if (table != (a.elasticity > 0))
    return complain(usage, "E0712",
                    table ? "one table of flows needs a trade elasticity" : "the base has its own elasticities",
                    table ? "--elasticity 4" : "--elasticity is for one table of flows", c);
  auto e = table ? situation::read_flows(base, a.elasticity, o.sources, o.diagnostics)
                 : situation::read_economy(base, o.sources, o.diagnostics, c.allow,
                                           {line, 0, static_cast<std::uint32_t>(base.size())});
  auto shock = e ? situation::read_shock(path, *e, o.sources, o.diagnostics) : std::nullopt;
  say(o, c);
  if (!e || !shock) return failed(o);
  trade::Options options{.tolerance = a.tolerance, .flows = true};
  options.deficits = a.deficits == "closed"       ? trade::Deficits::closed
                     : a.deficits == "scaled"     ? trade::Deficits::scaled
                     : a.deficits == "own-income" ? trade::Deficits::own
                                                  : trade::Deficits::fixed;
  Json out;
  trade::Workspace w;
  trade::Solution s;
  if (a.against_base) {
    if (const auto done = trade::solve(e->world, {}, options, w, s); !done) return fail(done.error(), c, o);
    if (s.status != trade::Status::solved)
      return fail({ErrorKind::not_solved, "the base itself lacks a supplier of an input"}, c, o);
    double most = 0;
    for (const double x : s.real_income) most = std::max(most, std::abs(percent(x)));
    out["base"] = {{"residual", s.residual}, {"iterations", s.iterations}, {"largest_real_income", most}};
    auto balanced = trade::rebase(e->world, {}, s);
    if (!balanced) return fail(balanced.error(), c, o);
    e->world = std::move(*balanced);
  }
  const auto from = std::chrono::steady_clock::now();
  if (const auto done = trade::solve(e->world, *shock, options, w, s); !done) return fail(done.error(), c, o);
  // The judge writes the conditions out anew; an answer that it does not take is none, however small the residual.
  const bool solved = s.status == trade::Status::solved;
  const double found = trade::check(e->world, *shock, options.deficits, s);
  const double most = std::max(1e-8, 1e3 * a.tolerance);
  const bool agreed = found <= most;
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - from;
  out["status"] = !agreed ? "not_solved" : solved ? "solved" : "no_supplier";
  if (!agreed)
    out["why"] = fmt::format(
        "the independent check finds a condition violated by {:.3g}, where the solver saw {:.3g}: numbers this large "
        "or "
        "small are beyond what it can hold apart",
        found, s.residual);
  if (solved) {
    out["residual"] = s.residual;
    out["check"] = found;
    out["iterations"] = s.iterations;
  }
  out["seconds"] = taken.count();
  if (!e->about.empty()) out["base_is"] = e->about;
  out["tariffs"] = e->tariff_column;
  out["corrected"] = e->corrected;
  if (!s.lacks.empty()) out[s.status == trade::Status::solved ? "stopped" : "lacks"] = lacks(*e, s);
  if (solved && agreed) {
    out["parts"] = s.parts;
    out["countries"] = countries(*e, e->world, s);
    if (Json said = notes(*e, e->world, s, options.deficits == trade::Deficits::closed, a.against_base); !said.empty())
      out["notes"] = std::move(said);
    if (a.flows) out["flows"] = flows(*e, e->world, s);
  }
  return conclude(out, {{"check"}}, agreed ? ok : not_solved, most);
}

}  // namespace entente::cli
