// explain: how a number came about, from the text to the answer.
#include <algorithm>
#include <cmath>
#include <limits>

#include "entente/engine/session.hpp"

namespace entente::engine {
namespace {

// Every uncertain number from its 5th to its 95th percentile, the others at their medians.
template <class Value>
void swings(const plan::Plan& plan, report::Explanation& e, const Value& value) {
  std::vector<double> medians(plan.parameters()), p;
  const bool good = plan.medians(medians);
  for (const auto id : plan.uncertain()) {
    const auto& number = plan.situation().parameters[id].number;
    report::Swing swing{.param = id};
    for (const bool high : {false, true}) {
      p = medians;
      p[id] = number.chance ? (high ? 1.0 : 0.0) : number.distribution.quantile(high ? 0.95 : 0.05);
      const bool inside = plan.apply_rules(p);
      (high ? swing.at95 : swing.at5) = value(p, inside);
    }
    if (!(std::isnan(swing.at5) && std::isnan(swing.at95))) e.swings.push_back(swing);
  }
  e.value = value(medians, good);
  // What differs by rounding alone is no swing.
  double scale = std::abs(e.value);
  for (const auto& s : e.swings)
    for (const double v : {scale, std::abs(s.at5), std::abs(s.at95)})
      if (std::isfinite(v)) scale = std::isfinite(scale) ? std::max(scale, v) : v;
  std::erase_if(e.swings, [&](const auto& s) {
    return s.at95 == s.at5 || std::abs(s.at95 - s.at5) <= 1e-9 * scale;  // both may be infinite
  });
  std::ranges::stable_sort(e.swings, [](const auto& a, const auto& b) {
    const auto size = [](const report::Swing& s) {
      return std::isnan(s.at95 - s.at5) ? INFINITY : std::abs(s.at95 - s.at5);
    };
    return size(a) > size(b);
  });
}

// A number of the file: a driver, or any other by its path.
void written(const plan::Plan& plan, plan::ParamId id, report::Explanation& e) {
  const auto& number = plan.situation().parameters[id].number;
  const bool percent = number.percent && number.unit.text.empty() && !number.chance;
  const double one = percent ? 100 : 1;
  e.unit = percent ? "%" : number.unit.text;
  e.says = plan.situation().parameters[id].path.starts_with("drivers.") ? "a driver" : "a number of the file";
  e.account.headline = "The situation writes `" + number.text + "`.";
  e.account.method = number.form == number::Form::distribution ? "its own distribution." : "its formula.";
  swings(plan, e, [&](std::span<const double> at, bool) {
    e.reason = std::isnan(at[id]) ? ask::Reason::out_of_domain : ask::Reason::none;
    return one * at[id];
  });
  // A number that no question of the plan draws, such as a lever's cost, is moved by itself all the same.
  const auto& d = number.distribution;
  if (number.form == number::Form::distribution && !number.chance && e.swings.empty() && !d.is_fixed())
    e.swings.push_back({.param = id, .at5 = one * d.quantile(0.05), .at95 = one * d.quantile(0.95)});
}

void quantity(const plan::Plan& plan, const plan::Named& named, report::Explanation& e) {
  e.unit = named.unit.text;
  e.says = named.says;
  e.world = plan.worlds()[named.world].name;
  plan::Workspace w(plan);
  swings(plan, e, [&](std::span<const double> at, bool inside) {
    plan.evaluate(at, inside, w);
    e.reason = w.reasons[named.cell];
    return e.reason == ask::Reason::none ? w.slots[plan.parameters() + named.cell]
                                         : std::numeric_limits<double>::quiet_NaN();
  });
  std::vector<double> base(plan.parameters()), here(plan.parameters());
  const bool good = plan.medians(base);
  const auto& model = *plan.models()[named.question];
  if (plan.world(named.world, base, good, here)) e.account = model.account(here, *model.scratch());
  else e.account.headline = ask::says(ask::Reason::out_of_domain);
  for (plan::ParamId id = 0; id < plan.parameters(); ++id)
    if (here[id] != base[id]) e.altered.push_back({id, base[id], here[id]});
}

// By how much a claim holds, at the medians and along every number.
void claim(const plan::Plan& plan, std::size_t index, report::Explanation& e) {
  const auto& c = plan.claims()[index];
  e.unit = c.program.margin_in_percent() ? "percentage points" : c.program.margin_unit().text;
  e.says = c.says;
  plan::Workspace w(plan);
  number::Truth truth = number::Truth::undefined;
  swings(plan, e, [&](std::span<const double> at, bool inside) {
    plan.evaluate_claim(index, at, inside, w);
    double margin = 0;
    truth = plan.claim(index, w, margin);
    e.reason = truth == number::Truth::undefined ? plan.why(index, w) : ask::Reason::none;
    return c.program.margin_in_percent() ? 100 * margin : margin;
  });
  e.account.headline = std::string("At the medians it is ") +
                       (truth == number::Truth::yes  ? "true"
                        : truth == number::Truth::no ? "false"
                                                     : "undefined") +
                       ": `" + c.holds + "`.";
  e.account.method = "by how much its condition holds; below nought it does not.";
}

}  // namespace

Explained explain(const Session& s, const std::string& name) {
  Explained found{
      .plan = nullptr, .explanation = {.quantity = name}, .sources = s.sources, .complaints = Diagnostics()};
  if (!s.good()) return found;
  auto number = s.situation->driver(name);
  if (number == situation::none) number = s.situation->parameter(name);
  if (number != situation::none && s.situation->parameters[number].implicit) number = situation::none;
  const auto claim_of = std::ranges::find(s.situation->claims, name, &situation::Claim::name);
  const bool of_number = number != situation::none;
  const bool of_claim = !of_number && claim_of != s.situation->claims.end();
  plan::Scope scope;
  if (!of_number && !of_claim) {
    auto sources = std::make_shared<SourceMap>(*s.sources);
    const auto file = sources->add(asked_for, name);
    scope.quantities.push_back({name, {{file, 0, static_cast<std::uint32_t>(name.size())}, true}});
    found.sources = std::move(sources);
  }
  found.plan = compile(s, {}, found.complaints, std::move(scope));
  if (!found.plan) return found;
  const plan::Plan& plan = *found.plan;
  if (of_number) written(plan, number, found.explanation);
  else if (of_claim) claim(plan, static_cast<std::size_t>(claim_of - s.situation->claims.begin()), found.explanation);
  else {
    const auto& named = plan.quantities()[plan.asked().front()];
    found.explanation.quantity = named.name;
    quantity(plan, named, found.explanation);
  }
  return found;
}

}  // namespace entente::engine
