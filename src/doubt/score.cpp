// Outcomes against answers.
#include <algorithm>
#include <cmath>
#include <limits>

#include "entente/base/elementary.hpp"
#include "entente/base/spelling.hpp"
#include "entente/doubt/compare.hpp"

namespace entente::doubt {
namespace {

void score_claim(Scored& r, const plan::Plan& plan, const Draws& d, std::size_t c, bool happened) {
  double yes = 0, no = 0;
  if (plan.claims()[c].shared()) {
    const std::size_t at = odds_at(plan, c);
    for (const double part : d.odds[at]) yes += part;
    for (const double part : d.odds[at + 1]) no += part;
  } else {
    for (const auto t : d.truth[c]) yes += t == 1, no += t == 0;
  }
  const auto n = static_cast<double>(d.size());
  r.undefined = (n - yes - no) / n;
  // Where more than one draw in a hundred is undefined, the middle of the bracket; else the share of the defined.
  r.probability = r.undefined > 0.01 ? 0.5 * (yes / n + 1 - no / n) : yes / (yes + no);
  const double p = std::clamp(r.probability, 1 / (n + 2), 1 - 1 / (n + 2));
  r.brier = (r.probability - happened) * (r.probability - happened);
  r.log_score = -math::log(happened ? p : 1 - p);
  r.bracketed = r.undefined > 0.01;
  r.undecided = std::abs(r.probability - 0.5) < 1e-12;
  r.miss = !r.undecided && happened != (r.probability > 0.5);
  r.known = r.is_claim = true;
}

// A pair is the same both ways.
const plan::Named* either_way(const plan::Plan& plan, const std::string& quantity) {
  const auto* named = plan.find(quantity);
  return named ? named : plan.find(plan.situation().turned(quantity));
}

void score_quantity(Scored& r, const std::vector<double>& drawn, const number::Distribution& outcome) {
  std::vector<double> x;
  for (const double v : drawn)
    if (!std::isnan(v)) x.push_back(v);
  std::ranges::sort(x);
  r.undefined = static_cast<double>(drawn.size() - x.size()) / static_cast<double>(drawn.size());
  r.low = outcome.quantile(0.05);
  r.high = outcome.quantile(0.95);
  r.known = true;
  if (x.empty()) {
    r.q5 = r.q50 = r.q95 = r.error = r.place = std::numeric_limits<double>::quiet_NaN();
    r.miss = true;
    return;
  }
  const auto at = [&](double u) {
    const double i = u * static_cast<double>(x.size() - 1);
    const auto k = static_cast<std::size_t>(i);
    return k + 1 < x.size() ? x[k] + (i - static_cast<double>(k)) * (x[k + 1] - x[k]) : x[k];
  };
  r.q5 = at(0.05);
  r.q50 = at(0.5);
  r.q95 = at(0.95);
  r.error = std::max({0.0, r.low - r.q50, r.q50 - r.high});
  const double middle = outcome.median();
  r.place = static_cast<double>(std::ranges::lower_bound(x, middle) - x.begin()) / static_cast<double>(x.size());
  r.miss = middle < r.q5 || middle > r.q95;
}

// Of a driver no draws are kept: they are made again.
std::vector<double> driver_draws(const plan::Plan& plan, const Draws& d, situation::ParamId driver) {
  std::vector<double> drawn, p(plan.parameters());
  for (std::uint64_t k = d.from; k < d.from + d.size(); ++k)
    drawn.push_back(plan.draw(d.sampling, k, p) ? p[driver] : std::numeric_limits<double>::quiet_NaN());
  return drawn;
}

// Reads what became known of a number, and scores it by `scored` unless it is undecided. False after a complaint.
template <class Scores>
bool outcome(const situation::Outcome& x, const number::Unit& unit, Scored& r, Diagnostics& out, const Scores& scored) {
  if (x.value == "undecided") return true;
  const auto number = number::parse_number(x.value, x.place, {.unit = unit, .domain = number::Domain::real()}, out);
  if (!number) return false;
  if (number->form != number::Form::distribution) {
    out.error("E0421", x.value_span, "an outcome is a number, true, false or undecided", "this is a formula");
    return false;
  }
  r.unit = unit.text;
  scored(number->distribution);
  return true;
}

}  // namespace

namespace {

// Every outcome against the draws; without any, only whether it can be scored.
std::optional<std::vector<Scored>> scored(const plan::Plan& plan, const Draws* d, Diagnostics& out) {
  const auto& s = plan.situation();
  std::vector<Scored> rows;
  const std::size_t before = out.errors();
  for (const auto& x : s.outcomes) {
    Scored r{.situation = s.title,
             .name = x.name,
             .quantity = x.quantity.empty() ? x.name : x.quantity,
             .outcome = x.value,
             .date = x.date,
             .note = x.note};
    const auto claim = std::ranges::find(plan.claims(), x.name, &plan::Claim::name);
    const bool decided = x.value == "true" || x.value == "false";
    if (claim != plan.claims().end() && (decided || x.quantity.empty())) {
      if (!decided && x.value != "undecided") {
        out.error("E0421", x.value_span, "`" + x.value + "` is no outcome of a claim", "true, false or undecided",
                  "a number belongs to a quantity: `quantity: NAME`");
        continue;
      }
      if (decided && d)
        score_claim(r, plan, *d, static_cast<std::size_t>(claim - plan.claims().begin()), x.value == "true");
    } else if (const auto* named = either_way(plan, r.quantity)) {
      if (!outcome(x, named->unit, r, out, [&](const number::Distribution& known) {
            if (d) score_quantity(r, d->quantity[static_cast<std::size_t>(named - plan.quantities().data())], known);
          }))
        continue;
    } else if (const auto driver = s.driver(r.quantity); driver != situation::none) {
      const auto& number = s.parameters[driver].number;
      if (!outcome(x, number.unit, r, out, [&](const number::Distribution& known) {
            if (d) score_quantity(r, driver_draws(plan, *d, driver), known);
          }))
        continue;
    } else {
      std::vector<std::string> names;
      for (const auto& c : plan.claims()) names.push_back(c.name);
      for (const auto& q : plan.quantities()) names.push_back(q.name);
      for (const auto& [name, id] : s.drivers) names.push_back(name);
      const std::string near = did_you_mean(r.quantity, names);
      out.error("E0420", x.span, "the outcome `" + x.name + "` is of no claim, quantity or driver",
                "nothing is called `" + r.quantity + "`",
                near.empty() ? "give it `quantity: NAME`, from `entente quantities`" : near);
      continue;
    }
    rows.push_back(std::move(r));
  }
  if (out.errors() != before) return std::nullopt;
  return rows;
}

}  // namespace

std::optional<std::vector<Scored>> score(const plan::Plan& plan, const Draws& d, Diagnostics& out) {
  return scored(plan, &d, out);
}

bool outcomes_fit(const plan::Plan& plan, Diagnostics& out) { return scored(plan, nullptr, out).has_value(); }

Record record_of(const std::vector<Scored>& rows) {
  Record r;
  std::size_t measured = 0;
  for (const auto& x : rows) {
    if (!x.known) {
      ++r.open;
      continue;
    }
    r.misses += x.miss;
    if (x.is_claim) {
      ++r.claims;
      r.undecided += x.undecided;
      r.bracketed += x.bracketed;
      r.brier += x.brier;
      r.log_score += x.log_score;
      r.came_true += x.outcome == "true";
    } else {
      ++r.quantities;
      r.inside += !x.miss;
      if (x.q95 > x.q5) r.relative_error += 2 * x.error / (x.q95 - x.q5), ++measured;
    }
  }
  if (r.claims > 0) {
    const double p = r.came_true /= static_cast<double>(r.claims);
    r.brier_of_share = p * (1 - p);
    for (const double q : {p, 1 - p})
      if (q > 0) r.log_of_share -= q * math::log(q);
  }
  if (r.claims > 0) r.brier /= static_cast<double>(r.claims), r.log_score /= static_cast<double>(r.claims);
  if (measured > 0) r.relative_error /= static_cast<double>(measured);
  return r;
}

}  // namespace entente::doubt
