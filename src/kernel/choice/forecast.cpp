// The forecast: atoms where decisions were found to fall, and a cut normal curve for the rest.
//
// The curve has mean absolute distance m(s) from the centre, growing with its spread s from 0 to that of the uniform
// distribution; bisection finds the s at which atoms and curve together have the distance asked for.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "kernel/choice/parts.hpp"

namespace entente::choice {
namespace {

double phi(double z) { return math::exp(-z * z / 2) * 0.39894228040143267794; }
double normal(double z) { return math::erfc(-z * 0.70710678118654752440) / 2; }

// E|X - c| of a normal curve around c cut at lower and upper.
double cut_distance(double c, double lower, double upper, double spread) {
  const double a = (lower - c) / spread, b = (upper - c) / spread;
  return spread * (2 * phi(0) - phi(a) - phi(b)) / (normal(b) - normal(a));
}

// Mass of the curve at or below x, of all of it.
double curve(const Forecast& f, double x) {
  if (f.continuous <= 0) return 0;
  const double a = normal((f.lower - f.centre) / f.spread), b = normal((f.upper - f.centre) / f.spread);
  return f.continuous * (normal((std::clamp(x, f.lower, f.upper) - f.centre) / f.spread) - a) / (b - a);
}

// The part of E|X - c| that the curve has between from and to.
double part_distance(const Forecast& f) {
  const double a = (f.from - f.centre) / f.spread, b = (f.to - f.centre) / f.spread;
  const double whole = normal((f.upper - f.centre) / f.spread) - normal((f.lower - f.centre) / f.spread);
  const double part = a >= 0 ? phi(a) - phi(b) : b <= 0 ? phi(b) - phi(a) : 2 * phi(0) - phi(a) - phi(b);
  return f.continuous * f.spread * part / whole;
}

// What veto players find worse than the status quo stays there.
void hold(const Scale& s, Forecast& f) {
  const double q = s.status_quo;
  f.from = f.lower, f.to = f.upper, f.vetoed = 0;
  if (std::isnan(q)) return;
  for (const Actor& a : s.actors) {
    if (!a.veto) continue;
    f.from = std::max(f.from, std::min(q, 2 * a.position - q));
    f.to = std::min(f.to, std::max(q, 2 * a.position - q));
  }
  if (f.from <= f.lower && f.to >= f.upper) return;
  if (f.continuous > 0) f.vetoed = f.continuous - (curve(f, f.to) - curve(f, f.from));
  for (const Atom& a : f.atoms)
    if (a.position < f.from || a.position > f.to) f.vetoed += a.mass;
  std::erase_if(f.atoms, [&](const Atom& a) { return a.position < f.from || a.position > f.to; });
  const auto at = std::ranges::find(f.atoms, q, &Atom::position);
  if (at != f.atoms.end()) at->mass += f.vetoed;
  else if (f.vetoed > 0) f.atoms.insert(std::ranges::lower_bound(f.atoms, q, {}, &Atom::position), {q, f.vetoed});
  f.error = f.continuous > 0 ? part_distance(f) : 0;
  for (const Atom& a : f.atoms) f.error += a.mass * std::abs(a.position - f.centre);
}

}  // namespace

Result<Forecast> forecast(const Scale& s, const Evidence& e) {
  Workspace w;
  Forecast f;
  if (const auto done = forecast(s, e, w, f); !done) return std::unexpected(done.error());
  return f;
}

Result<void> forecast(const Scale& s, const Evidence& e, Workspace& w, Forecast& f) {
  for (const double share : {e.poles, e.poles_between, e.status_quo, e.status_quo_pole, e.veto})
    if (!(share >= 0 && share <= 1))
      return std::unexpected(Error{ErrorKind::invalid, "a share lies from 0 to 1", "evidence"});
  if (!(e.error > 0 && e.error < 0.5))
    return std::unexpected(Error{ErrorKind::invalid, "a mean error lies between 0 and half of the scale", "evidence"});
  if (std::max(e.poles + e.status_quo_pole, e.poles_between + e.status_quo) + e.veto > 0.95)
    return std::unexpected(Error{ErrorKind::invalid, "the shares at single points leave nothing between", "evidence"});
  const Ends poles = ends(s);
  f.centre = centre(s, w).mean;
  f.lower = poles.lower;
  f.upper = poles.upper;
  f.spread = f.error = 0;
  f.continuous = 1;
  f.calibrated = true;
  f.atoms.clear();
  const double range = f.upper - f.lower;
  if (!(range > 0)) {  // all want the same and have it
    f.atoms.push_back({f.centre, 1.0});
    f.continuous = 0;
    f.from = f.to = f.centre;
    f.vetoed = 0;
    return {};
  }
  const auto put = [&](double x, double mass) {
    if (mass <= 0) return;
    for (Atom& a : f.atoms)
      if (a.position == x) {
        a.mass += mass;
        return;
      }
    f.atoms.push_back({x, mass});
  };
  const double low = math::pow((f.upper - f.centre) / range, 2), high = math::pow((f.centre - f.lower) / range, 2);
  const double q = s.status_quo;
  const bool between = q > f.lower && q < f.upper;
  const double at_poles = between ? e.poles_between : e.poles;
  put(f.lower, at_poles * low / (low + high));
  put(f.upper, at_poles * high / (low + high));
  if (!std::isnan(q)) put(q, between ? e.status_quo : e.status_quo_pole);
  std::size_t vetoes = 0;
  for (const Actor& a : s.actors) vetoes += a.veto ? 1 : 0;
  for (const Actor& a : s.actors)
    if (a.veto) put(a.position, e.veto / static_cast<double>(vetoes));
  std::ranges::sort(f.atoms, {}, [](const Atom& a) { return std::pair(a.position, a.mass); });
  double fixed = 0;
  for (const Atom& a : f.atoms) {
    f.continuous -= a.mass;
    fixed += a.mass * std::abs(a.position - f.centre);
  }
  const double wanted = (e.error * range - fixed) / f.continuous;
  double narrow = 0.02 * range, wide = 2 * range;
  const auto distance = [&](double spread) { return cut_distance(f.centre, f.lower, f.upper, spread); };
  if (wanted <= distance(narrow)) {
    f.spread = narrow;
    f.calibrated = false;
  } else if (wanted >= distance(wide)) {
    f.spread = wide;
    f.calibrated = false;
  } else {
    for (int k = 0; k < 100; ++k) (distance((narrow + wide) / 2) < wanted ? narrow : wide) = (narrow + wide) / 2;
    f.spread = (narrow + wide) / 2;
  }
  f.error = fixed + f.continuous * distance(f.spread);
  hold(s, f);
  return {};
}

double mean(const Forecast& f) {
  double m = 0;
  for (const Atom& a : f.atoms) m += a.mass * a.position;
  if (!(f.continuous > 0)) return m;
  const double a = (f.from - f.centre) / f.spread, b = (f.to - f.centre) / f.spread;
  const double whole = normal((f.upper - f.centre) / f.spread) - normal((f.lower - f.centre) / f.spread);
  return m + f.continuous * (f.centre * (normal(b) - normal(a)) + f.spread * (phi(a) - phi(b))) / whole;
}

double probability_at_most(const Forecast& f, double x) {
  if (x >= f.upper) return 1;
  double p = 0;
  for (const Atom& a : f.atoms)
    if (a.position <= x) p += a.mass;
  if (f.continuous <= 0 || x < f.from) return p;
  return p + curve(f, std::min(x, f.to)) - curve(f, f.from);
}

double quantile(const Forecast& f, double u) {
  if (!(f.upper > f.lower)) return f.centre;
  if (probability_at_most(f, f.lower) >= u) return f.lower;
  for (const Atom& a : f.atoms) {  // on a jump the answer is exactly its place
    const double to = probability_at_most(f, a.position);
    if (to >= u && to - a.mass < u) return a.position;
  }
  double low = f.lower, high = f.upper;
  for (int k = 0; k < 200; ++k) {
    const double middle = low / 2 + high / 2;
    if (middle <= low || middle >= high) break;
    (probability_at_most(f, middle) >= u ? high : low) = middle;
  }
  return high;
}

double check(const Forecast& f) {
  const double range = f.upper - f.lower;
  double mass = f.continuous > 0 && f.upper > f.lower ? curve(f, f.to) - curve(f, f.from) : f.continuous;
  for (const Atom& a : f.atoms) mass += a.mass;
  double worst = std::abs(mass - 1);
  if (!(range > 0)) return worst;
  // Between neighbouring atoms the function is smooth: Simpson's rule on each piece, values just inside its ends.
  std::vector<double> cuts{f.lower, f.centre, f.upper, f.from, f.to};
  for (const Atom& a : f.atoms) cuts.push_back(a.position);
  std::ranges::sort(cuts);
  double distance = 0, last = 0;
  for (std::size_t k = 1; k < cuts.size(); ++k) {
    const double from = cuts[k - 1], to = cuts[k], h = (to - from) / 400;
    if (!(to - from > 1e-9 * range)) continue;  // no room for a step
    double jump = 0;
    for (const Atom& a : f.atoms)
      if (a.position == to) jump += a.mass;
    for (int i = 0; i <= 400; ++i) {
      double p = probability_at_most(f, i == 400 ? to : from + h * i);
      if (i == 400) p -= jump;
      worst = std::max(worst, last - p);
      last = p;
      const double tail = to <= f.centre ? p : 1 - p;
      distance += tail * (i == 0 || i == 400 ? 1 : i % 2 == 1 ? 4 : 2) * h / 3;
    }
  }
  return std::max({worst, std::abs(probability_at_most(f, f.upper) - 1), std::abs(distance - f.error) / range});
}

}  // namespace entente::choice
