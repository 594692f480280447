// Mean and quantiles of any driver or quantity over the draws of a run.
#include <algorithm>
#include <cmath>

#include "entente/doubt/drawn.hpp"
#include "entente/engine/session.hpp"
#include "report/amount.hpp"

namespace entente::engine {
namespace {

OverDraws told(std::string name, std::string unit, const std::vector<double>& values, const doubt::Draws& d) {
  OverDraws out{.name = std::move(name), .unit = std::move(unit), .mean = {}, .quantiles = {}};
  std::vector<double> defined;
  for (const double v : values)
    if (!std::isnan(v)) defined.push_back(v);
  std::ranges::sort(defined);
  out.undefined = values.size() - defined.size();
  out.mean = doubt::mean_of(values, d.designs());
  if (!defined.empty())
    for (const double share : OverDraws::shares) out.quantiles.push_back(doubt::quantile_of(defined, share));
  return out;
}

}  // namespace

Asked asked(std::shared_ptr<const situation::Situation> s, const SourceMap& sources,
            const std::vector<std::string>& names) {
  Asked out{.plan = nullptr, .names = names, .drivers = {}, .sources = nullptr, .complaints = Diagnostics()};
  SourceMap all = sources;
  const auto before = static_cast<std::uint32_t>(all.size());
  plan::Scope scope;
  scope.everything = false;
  for (const auto& name : names) {
    out.drivers.push_back(s->driver(name));
    if (out.drivers.back() != situation::none) continue;
    const auto file = all.add(asked_for, name);
    scope.quantities.push_back({name, {{file, 0, static_cast<std::uint32_t>(name.size())}, true}});
  }
  if (auto plan = plan::Plan::compile(std::move(s), out.complaints, scope))
    out.plan = std::make_shared<plan::Plan>(std::move(*plan));
  out.mistyped = std::ranges::any_of(out.complaints.all(),
                                     [&](const Diagnostic& d) { return d.span.known() && d.span.file >= before; });
  out.sources = std::make_shared<const SourceMap>(std::move(all));
  return out;
}

std::vector<OverDraws> over_draws(const Asked& asked, const doubt::Draws& draws) {
  std::vector<OverDraws> out;
  std::size_t quantities = 0;
  for (std::size_t i = 0; i < asked.names.size(); ++i) {
    if (asked.drivers[i] != situation::none) {
      const auto& p = asked.plan->situation().parameters[asked.drivers[i]];
      const bool percent = report::in_percent(p.number);
      auto values = doubt::values_of(*asked.plan, draws, asked.drivers[i]);
      if (percent)
        for (double& x : values) x *= 100;
      out.push_back(told(asked.names[i], percent ? "%" : p.number.unit.text, values, draws));
      continue;
    }
    const auto index = asked.plan->asked()[quantities++];
    const auto& named = asked.plan->quantities()[index];
    out.push_back(told(named.name, named.unit.text, draws.quantity[index], draws));
  }
  return out;
}

}  // namespace entente::engine
