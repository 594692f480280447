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
#include "opened.hpp"
#include "report/amount.hpp"
#include "report/layout.hpp"

namespace entente::cli {
namespace {

constexpr double shares[]{0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};

struct Spread {
  std::string name, unit;
  std::vector<double> values;  // by draw; NaN undefined
};

// A driver's values are no cells: they are drawn once more, which costs microseconds a draw.
std::vector<double> driver_values(const plan::Plan& plan, const doubt::Draws& d, situation::ParamId id, double one) {
  std::vector<double> parameters(plan.parameters()), out(d.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    (void)plan.draw(d.sampling, d.from + i, parameters);
    out[i] = one * parameters[id];
  }
  return out;
}

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
  plan::Scope scope;
  scope.everything = false;
  std::vector<situation::ParamId> drivers;  // or none, where a quantity is meant
  const auto before = static_cast<std::uint32_t>(o.sources.size());
  for (const auto& name : names) {
    drivers.push_back(o.situation->driver(name));
    if (drivers.back() != situation::none) continue;
    const auto file = o.sources.add(engine::asked_for, name);
    scope.quantities.push_back({name, {{file, 0, static_cast<std::uint32_t>(name.size())}, true}});
  }
  Diagnostics fresh;  // what open() said is said
  if (auto plan = plan::Plan::compile(o.situation, fresh, scope))
    o.plan = std::make_shared<plan::Plan>(std::move(*plan));
  if (!o.plan) {
    o.diagnostics = fresh;
    say(o, c);
    return std::ranges::any_of(fresh.all(),
                               [&](const Diagnostic& d) { return d.span.known() && d.span.file >= before; })
               ? usage
               : bad_input;
  }
  const bool lost = given_up(o, c);
  int code = ok;
  const auto draws = draw(*o.plan, a, c, code);
  if (!draws) return code;

  std::vector<Spread> all;
  std::size_t asked = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (drivers[i] != situation::none) {
      const auto& p = o.situation->parameters[drivers[i]];
      const bool percent = report::in_percent(p.number);
      all.push_back({names[i], percent ? "%" : p.number.unit.text,
                     driver_values(*o.plan, *draws, drivers[i], percent ? 100 : 1)});
      continue;
    }
    const auto index = o.plan->asked()[asked++];
    const auto& named = o.plan->quantities()[index];
    all.push_back({named.name, named.unit.text, draws->quantity[index]});
  }

  std::vector<std::vector<std::string>> rows{
      {"", "mean", "1 %", "5 %", "25 %", "median", "75 %", "95 %", "99 %", "unit"}};
  nlohmann::ordered_json j;
  j["draws"] = draws->size(), j["seed"] = a.seed;
  auto& out = j["quantities"] = nlohmann::ordered_json::object();
  bool some_undefined = false;
  for (const auto& s : all) {
    std::vector<double> values;
    for (const double v : s.values)
      if (!std::isnan(v)) values.push_back(v);
    std::ranges::sort(values);
    const auto undefined = s.values.size() - values.size();
    const auto mean = doubt::mean_of(s.values, draws->designs());
    const auto number = [](double v) {
      return std::isfinite(v) ? nlohmann::ordered_json(v) : nlohmann::ordered_json();
    };
    auto& q = out[s.name];
    q["unit"] = s.unit, q["mean"] = number(mean.value), q["mean_error"] = number(mean.error);
    auto& by_share = q["quantiles"] = nlohmann::ordered_json::object();
    const double half =
        values.empty() ? 0 : 0.5 * (doubt::quantile_of(values, 0.95) - doubt::quantile_of(values, 0.05));
    std::vector<std::string> row{s.name, values.empty() ? "none" : shown(mean.value, half)};
    for (const double share : shares) {
      const double v = values.empty() ? std::numeric_limits<double>::quiet_NaN() : doubt::quantile_of(values, share);
      by_share[fmt::format("{}", share)] = number(v);
      row.push_back(values.empty() ? "" : shown(v, half));
    }
    q["undefined"] = undefined;
    some_undefined |= undefined > 0;
    row.push_back(s.unit);
    if (undefined > 0) row.push_back(report::count(undefined));
    rows.push_back(std::move(row));
  }
  if (some_undefined) rows[0].emplace_back("undefined");
  if (c.json) print(j.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
  else
    print(fmt::format("{} draws, seed {}: no quantities of a draw, so no claim can use them.\n",
                      report::count(draws->size()), a.seed) +
          report::columns(rows, 0, true, 9));
  return lost ? not_solved : ok;
}

}  // namespace entente::cli
