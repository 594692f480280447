// `doubt --of NAME`: mean and quantiles of any driver or quantity over the draws. They describe all draws together and
// are quantities of none, so no claim may use them.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "drawing.hpp"
#include "entente/base/elementary.hpp"
#include "entente/engine/session.hpp"
#include "entente/number/number.hpp"
#include "opened.hpp"
#include "report/layout.hpp"
#include "report/number_format.hpp"

namespace entente::cli {
namespace {

// To the third digit of half the way from the 5th to the 95th percentile, all alike.
std::string shown(double x, double half) {
  if (!std::isfinite(x) || !(half > 0) || !std::isfinite(half)) return report::value(x, 4);
  const int decimals = 2 - static_cast<int>(std::floor(math::log10(half)));
  if (decimals > 9 || std::abs(x) >= 1e9) return report::value(x, 4);
  return number::fixed(x, std::max(decimals, 0));
}

}  // namespace

int spread(const std::string& path, const std::vector<std::string>& names, const DoubtArgs& given, const Common& c) {
  DoubtArgs a = given;
  if (!a.random) a.draws = plan::Sampling::whole(a.draws);
  Opened o;
  if (!open(path, c, nullptr, o)) return failed(o);
  engine::Asked asked = engine::asked(o.situation, o.sources, names);
  if (!asked.plan) {  // what open() said is said
    say(asked.complaints, *asked.sources, c);
    return asked.mistyped ? usage : bad_input;
  }
  o.sources = *asked.sources;
  o.plan = asked.plan;
  const bool lost = given_up(o, c);
  int code = ok;
  const auto run = draw(o.plan, a, c, code);
  if (!run) return code;

  std::vector<std::vector<std::string>> rows{
      {"", "mean", "1 %", "5 %", "25 %", "median", "75 %", "95 %", "99 %", "unit"}};
  nlohmann::ordered_json j;
  j["draws"] = run->done(), j["seed"] = a.seed;
  auto& out = j["quantities"] = nlohmann::ordered_json::object();
  bool some_undefined = false;
  for (const auto& s : engine::over_draws(asked, run->draws())) {
    const auto number = [](double v) {
      return std::isfinite(v) ? nlohmann::ordered_json(v) : nlohmann::ordered_json();
    };
    auto& q = out[s.name];
    q["unit"] = s.unit, q["mean"] = number(s.mean.value), q["mean_error"] = number(s.mean.error);
    auto& by_share = q["quantiles"] = nlohmann::ordered_json::object();
    const bool none = s.quantiles.empty();
    const double half = none ? 0 : 0.5 * (s.quantiles[5] - s.quantiles[1]);  // of 95 and 5 %
    std::vector<std::string> row{s.name, none ? "none" : shown(s.mean.value, half)};
    for (std::size_t k = 0; k < std::size(engine::OverDraws::shares); ++k) {
      const double v = none ? std::numeric_limits<double>::quiet_NaN() : s.quantiles[k];
      by_share[fmt::format("{}", engine::OverDraws::shares[k])] = number(v);
      row.push_back(none ? "" : shown(v, half));
    }
    q["undefined"] = s.undefined;
    some_undefined |= s.undefined > 0;
    row.push_back(s.unit);
    if (s.undefined > 0) row.push_back(report::count(s.undefined));
    rows.push_back(std::move(row));
  }
  if (some_undefined) rows[0].emplace_back("undefined");
  if (c.json) print(j.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
  else
    print(fmt::format("{} draws, seed {}: no quantities of a draw, so no claim can use them.\n",
                      report::count(run->done()), a.seed) +
          report::columns(rows, 0, true, 9));
  return lost ? not_solved : ok;
}

}  // namespace entente::cli
