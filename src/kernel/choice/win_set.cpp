#include <algorithm>
#include <cmath>
#include <string>

#include "kernel/choice/parts.hpp"

namespace entente::choice {
namespace {

double votes_of(const Scale& s, const Rule& r, std::size_t i) {
  return r.votes.empty() ? s.actors[i].capability : r.votes[i];
}
// Votes in favour are enough: at least the quota to a relative 1e-12, or more than half of all.
bool enough(double support, double all, const Rule& r) {
  if (std::isnan(r.quota)) return support > all / 2 * (1 + 1e-12);
  return support >= r.quota * (1 - 1e-12);
}

// Towards sign: actor i supports every point nearer than 2 (x_i - q) sign. Support only falls with distance. Gives how
// far from the status quo decisions go, and adds the actors who end it; `cut`: the scale ends before they do.
double side(const Scale& s, const Rule& r, double all, int sign, Workspace& work, std::vector<std::uint32_t>& pivots,
            bool& cut) {
  auto& reach = work.reach;
  reach.clear();
  double wall = std::numeric_limits<double>::infinity();
  for (std::uint32_t i = 0; i < s.actors.size(); ++i) {
    const double d = 2 * sign * (s.actors[i].position - s.status_quo);
    if (s.actors[i].veto) wall = std::min(wall, std::max(d, 0.0));
    if (d > 0) reach.emplace_back(d, i);
  }
  std::ranges::sort(
      reach, [](const auto& a, const auto& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  double out = 0, support = 0;
  for (std::size_t k = 0; k < reach.size(); ++k) {
    support += votes_of(s, r, reach[k].second);
    if (k + 1 < reach.size() && reach[k + 1].first == reach[k].first) continue;
    if (enough(support, all, r)) {
      out = reach[k].first;
      break;
    }
  }
  out = std::min(out, wall);
  const double end = sign < 0 ? s.status_quo - s.lower : s.upper - s.status_quo;  // NaN: no end is declared
  cut = end < out;
  if (cut) return end;
  for (std::uint32_t i = 0; i < s.actors.size() && out > 0; ++i)
    if (2 * sign * (s.actors[i].position - s.status_quo) == out) pivots.push_back(i);
  return out;
}

}  // namespace

Result<WinSet> win_set(const Scale& s, const Rule& rule) {
  Workspace work;
  WinSet w;
  if (const auto done = win_set(s, rule, work, w); !done) return std::unexpected(done.error());
  return w;
}

Result<void> win_set(const Scale& s, const Rule& rule, Workspace& work, WinSet& w) {
  const auto fail = [](const char* where, std::string message) {
    return std::unexpected(Error{ErrorKind::invalid, std::move(message), where});
  };
  if (std::isnan(s.status_quo)) return fail("status_quo", "a win-set needs a status quo");
  if (!rule.votes.empty() && rule.votes.size() != s.actors.size())
    return fail("votes", "every actor has a number of votes");
  double all = 0;
  for (std::size_t i = 0; i < s.actors.size(); ++i) {
    const double v = votes_of(s, rule, i);
    if (!(v >= 0 && v <= 1e100)) return fail("votes", "votes are finite and at least 0");
    all += v;
  }
  if (!std::isnan(rule.quota) && !(rule.quota > 0 && rule.quota <= 1e100))
    return fail("quota", "a quota is finite and above 0");
  w.pivots.clear();
  w.low = s.status_quo - side(s, rule, all, -1, work, w.pivots, w.low_is_end);
  w.high = s.status_quo + side(s, rule, all, 1, work, w.pivots, w.high_is_end);
  if (w.low_is_end) w.low = s.lower;  // without rounding
  if (w.high_is_end) w.high = s.upper;
  if (w.empty())  // who would be worse off by a step to one of the sides
    for (std::uint32_t i = 0; i < s.actors.size(); ++i)
      if (s.actors[i].veto) w.pivots.push_back(i);
  std::ranges::sort(w.pivots);
  w.pivots.erase(std::ranges::unique(w.pivots).begin(), w.pivots.end());
  w.nearest = std::clamp(centre(s, work).mean, w.low, w.high);
  return {};
}

bool beats(const Scale& s, const Rule& rule, double x) {
  double support = 0, all = 0;
  for (std::size_t i = 0; i < s.actors.size(); ++i) {
    const double now = std::abs(s.status_quo - s.actors[i].position), then = std::abs(x - s.actors[i].position);
    if (s.actors[i].veto && then > now) return false;
    if (then < now) support += votes_of(s, rule, i);
    all += votes_of(s, rule, i);
  }
  return x != s.status_quo && enough(support, all, rule);
}

}  // namespace entente::choice
