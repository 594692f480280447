#include <algorithm>
#include <cmath>
#include <string>

#include "kernel/choice/parts.hpp"

namespace entente::choice {
namespace {

std::unexpected<Error> fail(std::size_t i, std::string message) {
  return std::unexpected(Error{ErrorKind::invalid, std::move(message), "actor " + std::to_string(i)});
}
std::unexpected<Error> fail(const char* where, std::string message) {
  return std::unexpected(Error{ErrorKind::invalid, std::move(message), where});
}

}  // namespace

Result<void> validate(const Scale& s) {
  if (s.actors.empty()) return fail("actors", "a choice has no actors");
  if (s.actors.size() > 1000) return std::unexpected(Error{ErrorKind::too_large, "more than 1000 actors", "actors"});
  double weight = 0, least = s.actors[0].position, most = least;
  for (std::size_t i = 0; i < s.actors.size(); ++i) {
    const Actor& a = s.actors[i];
    if (!(std::abs(a.position) <= 1e100)) return fail(i, "a position is a finite number");
    if (!(a.salience >= 0 && a.salience <= 1)) return fail(i, "a salience lies from 0 to 1");
    if (!(a.capability >= 0 && a.capability <= 1e100)) return fail(i, "a capability is finite and at least 0");
    weight += a.capability * a.salience;
    least = std::min(least, a.position);
    most = std::max(most, a.position);
  }
  if (!(weight > 0)) return fail("actors", "nobody has a weight: capability times salience is 0 for all");
  if (!std::isnan(s.status_quo) && !(std::abs(s.status_quo) <= 1e100))
    return fail("status_quo", "a status quo is a finite number");
  if (!std::isnan(s.status_quo)) {
    least = std::min(least, s.status_quo);
    most = std::max(most, s.status_quo);
  }
  if (!std::isnan(s.lower) && !(std::abs(s.lower) <= 1e100 && s.lower <= least))
    return fail("lower", "the lower pole lies above a position or the status quo");
  if (!std::isnan(s.upper) && !(std::abs(s.upper) <= 1e100 && s.upper >= most))
    return fail("upper", "the upper pole lies below a position or the status quo");
  return {};
}

Ends ends(const Scale& s) {
  Ends e{s.actors[0].position, s.actors[0].position};
  for (const Actor& a : s.actors) {
    e.lower = std::min(e.lower, a.position);
    e.upper = std::max(e.upper, a.position);
  }
  if (!std::isnan(s.status_quo)) {
    e.lower = std::min(e.lower, s.status_quo);
    e.upper = std::max(e.upper, s.status_quo);
  }
  if (!std::isnan(s.lower)) e.lower = s.lower;
  if (!std::isnan(s.upper)) e.upper = s.upper;
  return e;
}

Centre centre(const Scale& s) {
  Workspace w;
  return centre(s, w);
}

Centre centre(const Scale& s, Workspace& work) {
  Centre c;
  auto& order = work.order;
  order.resize(s.actors.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return std::pair(s.actors[i].position, i); });
  double moment = 0, plain = 0;
  for (const Actor& a : s.actors) {
    c.weight += a.capability * a.salience;
    moment += a.capability * a.salience * a.position;
    plain += a.position;
  }
  c.mean = moment / c.weight;
  c.mean_equal = plain / static_cast<double>(s.actors.size());
  const double half = c.weight / 2, slack = 1e-12 * c.weight;
  double below = 0;
  bool low = false;
  for (const std::uint32_t i : order) {
    const double w = s.actors[i].capability * s.actors[i].salience;
    if (w == 0) continue;
    below += w;
    if (!low && below >= half - slack) {
      c.median_low = s.actors[i].position;
      low = true;
    }
    if (below > half + slack) {
      c.median_high = s.actors[i].position;
      break;
    }
  }
  c.median = c.median_low == c.median_high ? c.median_low : c.median_low / 2 + c.median_high / 2;
  return c;
}

double check(const Scale& s, const Centre& c) {
  const Ends e = ends(s);
  const double range = std::max(e.upper - e.lower, 1e-300);
  double weight = 0, tilt = 0, under = 0, over = 0;
  for (const Actor& a : s.actors) {
    const double w = a.capability * a.salience;
    weight += w;
    tilt += w * (a.position - c.mean) / range;
    if (a.position < c.median) under += w;
    if (a.position > c.median) over += w;
  }
  return std::max({std::abs(tilt), under - weight / 2, over - weight / 2, 0.0}) / weight;
}

}  // namespace entente::choice
