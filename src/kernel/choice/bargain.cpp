// Nash bargaining over a status quo. With quadratic loss u_i(x) - u_i(q) = (x - q)(2 x_i - q - x); with absolute loss
// it is |x - q| up to x_i and |2 x_i - q - x| beyond. Both are concave and positive exactly between q and 2 x_i - q, so
// the weighted sum of logarithms is strictly concave on the common interval, and its derivative falls through 0 once.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "kernel/choice/parts.hpp"

namespace entente::choice {
namespace {

bool party(const Actor& a, Parties p) { return p == Parties::vetoes ? a.veto : a.capability * a.salience > 0; }
double weight(const Actor& a, Parties p) {  // a veto player that does not care still has to gain
  const double w = a.capability * a.salience;
  return p == Parties::vetoes ? std::max(w, 0.0) : w;
}

// Derivative of w log gain, at distance t from the status quo towards the peak that lies at distance d.
double slope(double t, double d, Loss loss) {
  if (loss == Loss::quadratic) return 1 / t - 1 / (2 * d - t);
  return t < d ? 1 / t : -1 / (2 * d - t);
}

}  // namespace

Result<Bargain> nash(const Scale& s, Loss loss, Parties parties) {
  if (std::isnan(s.status_quo))
    return std::unexpected(Error{ErrorKind::invalid, "bargaining needs a status quo", "status_quo"});
  double least = std::numeric_limits<double>::infinity(), total = 0;
  int sign = 0;
  bool any = false, apart = false;
  for (const Actor& a : s.actors) {
    if (!party(a, parties)) continue;
    any = true;
    total += weight(a, parties);
    const double d = a.position - s.status_quo;
    const int towards = d > 0 ? 1 : d < 0 ? -1 : 0;
    if (towards == 0 || (sign != 0 && towards != sign)) apart = true;
    sign = towards;
    least = std::min(least, std::abs(d));
  }
  if (!any) return std::unexpected(Error{ErrorKind::invalid, "nobody has a veto", "actors"});
  Bargain b{.outcome = s.status_quo};
  if (apart) return b;
  const bool equal = !(total > 0);  // veto players without weight bargain as equals
  const auto derivative = [&](double t) {
    double sum = 0;
    for (const Actor& a : s.actors)
      if (party(a, parties))
        sum += (equal ? 1 : weight(a, parties)) * slope(t, std::abs(a.position - s.status_quo), loss);
    return sum;
  };
  double low = 0, high = 2 * least;
  for (int k = 0; k < 200; ++k) {
    const double middle = low / 2 + high / 2;
    if (middle <= low || middle >= high) break;
    (derivative(middle) > 0 ? low : high) = middle;
  }
  b.agreement = true;
  b.outcome = s.status_quo + sign * low;
  b.lower = std::min(s.status_quo, s.status_quo + sign * 2 * least);
  b.upper = std::max(s.status_quo, s.status_quo + sign * 2 * least);
  if (b.lower < s.lower) b.lower = s.lower;  // NaN: no end is declared
  if (b.upper > s.upper) b.upper = s.upper;
  return b;
}

double check(const Scale& s, const Bargain& b, Loss loss, Parties parties) {
  const double q = s.status_quo;
  const auto utility = [&](const Actor& a, double x) {
    const double d = std::abs(x - a.position);
    return loss == Loss::quadratic ? -d * d : -d;
  };
  double total = 0;
  for (const Actor& a : s.actors)
    if (party(a, parties)) total += weight(a, parties);
  const auto value = [&](double x) {
    double sum = 0;
    for (const Actor& a : s.actors) {
      if (!party(a, parties)) continue;
      const double gain = utility(a, x) - utility(a, q);
      if (!(gain > 0)) return -std::numeric_limits<double>::infinity();
      sum += (total > 0 ? weight(a, parties) / total : 1) * math::log(gain);
    }
    return sum;
  };
  const Ends e = ends(s);
  const double from = 2 * e.lower - q, to = 2 * e.upper - q;
  const double mine = b.agreement ? value(b.outcome) : -std::numeric_limits<double>::infinity();
  double best = mine;
  for (int k = 1; k < 20'000; ++k) best = std::max(best, value(from + (to - from) * k / 20'000.0));
  if (std::isinf(best)) return b.agreement || b.outcome != q ? std::numeric_limits<double>::infinity() : 0;
  return best - mine;
}

}  // namespace entente::choice
