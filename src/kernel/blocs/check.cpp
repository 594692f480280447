// The judge. It shares with the solvers only the definitions (energy, frustration of one tie) and finds small optima
// again by plain recursion over labels.
#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <string>

#include "kernel/blocs/state.hpp"

namespace entente::blocs {
namespace {

using Labels = std::vector<std::uint32_t>;

bool meets(const Setting& setting, std::span<const Condition> conditions, const Labels& bloc) {
  std::uint32_t next = 0;
  for (const std::uint32_t b : bloc) {
    if (b > next) return false;  // not canonical
    next = std::max(next, b + 1);
  }
  if (setting.number == Number::two && next > 2) return false;
  if (setting.number == Number::exactly && next != setting.k) return false;
  if (setting.number == Number::at_most && next > setting.k) return false;
  return std::all_of(conditions.begin(), conditions.end(),
                     [&](const Condition& c) { return (bloc[c.a] == bloc[c.b]) == c.together; });
}

struct Found {
  double least = nothing, second = nothing;
  std::set<Labels> optima;
};

Found recurse(const Graph& g, const Setting& setting, std::span<const Condition> conditions, double tolerance) {
  const std::uint32_t most = setting.number == Number::two ? 2 : setting.number == Number::free ? g.actors : setting.k;
  Found found;
  Labels bloc(g.actors, 0);
  const auto all = [&](auto visit) {
    const std::function<void(std::uint32_t, std::uint32_t)> down = [&](std::uint32_t i, std::uint32_t used) {
      if (i == g.actors) {
        if (meets(setting, conditions, bloc)) visit(energy(g, bloc));
        return;
      }
      for (std::uint32_t b = 0; b <= used && b < most; ++b) {
        bloc[i] = b;
        down(i + 1, std::max(used, b + 1));
      }
    };
    down(0, 0);
  };
  Labels best;
  all([&](double e) {
    found.least = std::min(found.least, e);
    if (best.empty() || difference(g, bloc, best).sign(0) < 0) best = bloc;
  });
  all([&](double e) {
    if (difference(g, bloc, best).sign(tolerance) <= 0) found.optima.insert(bloc);
    else found.second = std::min(found.second, e);
  });
  return found;
}

/// The packing: closed walks along ties, an odd number of them hostile (exactly one unless there are two sides), no tie
/// loaded beyond |c|; empty if it holds.
std::string judge_packing(const Graph& g, const Packing& p, bool sides, double slack) {
  if (p.start.size() != p.weight.size() + 1 || p.start.front() != 0 || p.start.back() != p.tie.size())
    return "the packing's cycles are not listed whole";
  std::vector<double> load(g.ties.size(), 0);
  double sum = 0;
  for (std::size_t i = 0; i < p.weight.size(); ++i) {
    const std::size_t from = p.start[i], to = p.start[i + 1];
    if (!(p.weight[i] >= 0) || from + 3 > to || to > p.tie.size()) return "a cycle of the packing is none";
    std::size_t hostile = 0;
    for (std::size_t j = from; j < to; ++j) {
      if (p.tie[j] >= g.ties.size()) return "a cycle of the packing is none";
      const Tie& t = g.ties[p.tie[j]];
      hostile += t.weight < 0;
      load[p.tie[j]] += p.weight[i];
    }
    bool closed = false;
    for (const Actor begin : {g.ties[p.tie[from]].a, g.ties[p.tie[from]].b}) {
      Actor at = begin;
      std::size_t j = from;
      for (; j < to; ++j) {
        const Tie& t = g.ties[p.tie[j]];
        if (t.a != at && t.b != at) break;
        at = t.a == at ? t.b : t.a;
      }
      closed |= j == to && at == begin;
    }
    if (!closed || (sides ? hostile % 2 == 0 : hostile != 1))
      return "a cycle of the packing is not closed, or not negative";
    sum += p.weight[i];
  }
  for (std::size_t t = 0; t < load.size(); ++t)
    if (load[t] > std::abs(pull(g, g.ties[t])) + slack / static_cast<double>(load.size()))
      return "the packing loads a tie beyond its weight";
  if (p.bound > sum + slack) return "the packing's bound is more than its weights";
  return {};
}

std::string judge(const Graph& g, const Setting& setting, std::span<const Condition> conditions, const Options& options,
                  const Solution& s, double slack) {
  const double near = 1e-11 * scale(g);
  const auto differs = [&](double x, double y) { return !(std::abs(x - y) <= near); };
  const std::size_t n = g.actors;
  if (s.bloc.size() != n || !meets(setting, conditions, s.bloc))
    return "the labels are not canonical, or do not meet the setting or the conditions";
  if (s.blocs != 1 + *std::max_element(s.bloc.begin(), s.bloc.end())) return "the number of blocs is wrong";
  if (energy(g, s.bloc) > s.energy + slack + near) return "the energy is not that of the labels";
  if (differs(frustration(g, s.bloc), s.frustration)) return "the frustration is not that of the labels";
  if (s.bound > s.energy + near) return "the bound is above the energy";
  if (s.proven != (s.bound >= s.energy - slack - near))
    return "proven, but the bound does not reach the energy, or the reverse";
  if (s.tie_frustration.size() != g.ties.size() || s.actor_frustration.size() != n)
    return "frustration is not given for each tie and actor";
  std::vector<double> by_actor(n, 0);
  for (std::size_t i = 0; i < g.ties.size(); ++i) {
    const double f = frustrated(g, g.ties[i], s.bloc);
    if (differs(f, s.tie_frustration[i])) return "the frustration of a tie is wrong";
    by_actor[g.ties[i].a] += f;
    by_actor[g.ties[i].b] += f;
  }
  for (std::size_t i = 0; i < n; ++i)
    if (differs(by_actor[i], s.actor_frustration[i])) return "the frustration of an actor is wrong";
  if (s.count == 0 || s.count > options.optima || s.optima.size() != n * s.count) return "the optima are not listed";
  Labels before;
  double least = nothing;
  for (std::size_t i = 0; i < s.count; ++i) {
    const Labels bloc(s.optima.begin() + static_cast<std::ptrdiff_t>(i * n),
                      s.optima.begin() + static_cast<std::ptrdiff_t>((i + 1) * n));
    if (i == 0 ? bloc != s.bloc : !(before < bloc)) return "the optima are not distinct and in order";
    if (!meets(setting, conditions, bloc)) return "an optimum does not meet the setting or the conditions";
    const double e = energy(g, bloc);
    if (difference(g, bloc, s.bloc).sign(2 * options.tolerance) > 0) return "an optimum is no optimum";
    least = std::min(least, e);
    before = bloc;
  }
  if (differs(least, s.energy)) return "the energy is not the least of the optima";
  if (s.complete && !s.proven) return "all optima are claimed without proof";
  if (s.second == nothing ? !s.second_bloc.empty() : s.second_bloc.size() != n) return "the second best has no labels";
  if (s.second != nothing) {
    if (!meets(setting, conditions, s.second_bloc))
      return "the second best does not meet the setting or the conditions";
    if (differs(energy(g, s.second_bloc), s.second)) return "the second best's energy is not that of its labels";
    if (s.proven && difference(g, s.second_bloc, s.bloc).sign(options.tolerance / 2) <= 0)
      return "the second best is an optimum";
    if (differs(s.gap, s.second - s.energy)) return "the gap is wrong";
  }
  return {};
}

}  // namespace

Verdict check(const Graph& g, const Setting& setting, std::span<const Condition> conditions, const Options& options,
              const Solution& s) {
  Verdict v;
  if (const auto valid = validate(g, setting, conditions); !valid) {
    v.fault = valid.error().message;
    return v;
  }
  const double slack = std::max(options.tolerance, 1e-12) * scale(g), near = 1e-11 * scale(g);
  const bool sides = setting.number == Number::two || (setting.number != Number::free && setting.k <= 2);
  const bool small = g.actors <= 9 || (g.actors <= 16 && sides);
  if (!s.feasible) {
    if (small && recurse(g, setting, conditions, options.tolerance).least != nothing) {
      v.fault = "there is a configuration that meets the conditions";
      return v;
    }
    v.consistent = true;
    v.bound_verified = small;
    return v;
  }
  v.fault = judge(g, setting, conditions, options, s, slack);
  if (!v.fault.empty()) return v;
  v.consistent = true;
  const auto claim = [&](bool holds, const char* fault) {
    if (holds || !v.fault.empty()) return;
    v.fault = fault;
    v.consistent = false;
  };
  if (s.proof == Proof::trivial) {
    claim(s.frustration == 0, "not without frustration");
    v.bound_verified = v.consistent;
  }
  if (s.proof == Proof::packing) {
    double hostile = 0;
    for (const Tie& t : g.ties)
      if (t.weight < 0) hostile += std::abs(pull(g, t));
    v.fault = judge_packing(g, s.packing, sides, near);
    std::vector<double> pulls;
    for (const Tie& t : g.ties) pulls.push_back(pull(g, t));
    const double unit = common_unit(pulls);  // frustration is a multiple of it: bounds may be rounded up
    const double least = unit > 0 ? std::ceil(s.packing.bound / unit - 1e-4) * unit : s.packing.bound;
    claim(v.fault.empty() && least - hostile >= s.energy - slack - near, "the packing does not reach the energy");
    v.consistent = v.bound_verified = v.fault.empty();
  }
  if (small && v.consistent) {
    const Found found = recurse(g, setting, conditions, options.tolerance);
    claim(s.bound <= found.least + near, "the bound is above the least energy");
    claim(!s.proven || s.energy <= found.least + slack + near, "there is a better configuration");
    if (s.complete) {
      claim(found.optima.size() == s.count, "the optima listed are not all there are");
      for (std::size_t i = 0; i < s.count; ++i)
        claim(found.optima.contains(Labels(s.optima.begin() + static_cast<std::ptrdiff_t>(i * g.actors),
                                           s.optima.begin() + static_cast<std::ptrdiff_t>((i + 1) * g.actors))),
              "an optimum listed is none");
    }
    if (s.second_proven)
      claim(s.second == nothing ? found.second == nothing : std::abs(s.second - found.second) <= near,
            "the second best is another");
    v.bound_verified = v.consistent;
  }
  return v;
}

}  // namespace entente::blocs
