// `entente solve blocs --temperature T`: how likely each pair is to stand together.
#include "solve_distribution.hpp"

#include <fmt/format.h>

#include <cmath>

#include "entente/base/elementary.hpp"
#include "entente/base/spelling.hpp"
#include "entente/kernel/blocs_distribution.hpp"

namespace entente::cli {
namespace {

using Json = nlohmann::ordered_json;

/// ln(together / apart); null where one of them is 0.
Json log_odds(double together, double apart) {
  std::array<double, 2> both{together, apart};
  logarithms(both);
  const double x = both[0] - both[1];
  return std::isfinite(x) ? Json(x) : Json(nullptr);
}

Json by_tie(const TiesFile& t, const blocs::Distribution& d, std::size_t pair) {
  Json out = Json::array();
  for (std::size_t k = 0; k < t.ties.size(); ++k)
    out.push_back(
        {{"a", t.actors[t.ties[k].a]}, {"b", t.actors[t.ties[k].b]}, {"slope", d.gradient[pair * t.ties.size() + k]}});
  return out;
}

}  // namespace

int against(const TiesFile& t, const std::vector<std::string>& names, const Common& c,
            std::vector<blocs::Condition>& out) {
  if (names.empty()) return ok;
  if (names.size() != 2 || names[0] == names[1])
    return complain(usage, "E0747", "--against names two different actors", "such as --against USA,CHN", c);
  for (const std::string& name : names)
    if (!t.actor(name))
      return complain(bad_input, "E0743", "no tie names `" + name + "`", did_you_mean(name, t.actors), c);
  out.push_back({*t.actor(names[0]), *t.actor(names[1]), false});
  return ok;
}

int solve_distribution(const TiesFile& t, const blocs::Graph& g, const blocs::Setting& setting,
                       const std::vector<blocs::Condition>& conditions, const BlocsArgs& a, std::stop_token stop,
                       const Common& c) {
  const blocs::DistributionOptions options{.temperature = a.temperature,
                                           .size_exponent = a.size_exponent,
                                           .gradient = a.gradient,
                                           .sides_to = a.sampled ? 1u : 22u,
                                           .blocs_to = a.sampled ? 1u : 15u,
                                           .error = a.error,
                                           .seed = a.seed,
                                           .stop = std::move(stop)};
  blocs::DistributionWorkspace w;
  blocs::Distribution d;
  if (const auto done = blocs::distribution(g, setting, conditions, options, w, d); !done) return fail(done.error(), c);
  const auto verdict = blocs::check(g, setting, conditions, options, d);
  Json out{{"actors", t.actors}, {"temperature", a.temperature}};
  if (!a.against.empty()) out["against"] = a.against;
  if (!a.sizes.empty()) out["size_exponent"] = a.size_exponent;
  if (!d.feasible) {
    out["method"] = "no partition meets the conditions";
    print(out.dump(2) + "\n");
    return not_solved;
  }
  out["method"] = d.exact ? "exact" : fmt::format("sampled, standard error {:.2g}", d.largest_error);
  out["configurations"] = d.configurations;
  if (d.configurations == 0) out.erase("configurations");  // a recursion over sets looks at none by itself
  const auto with_error = [&](const char* name, double value, double error) {
    out[name] = value;
    if (!d.exact) out[std::string(name) + "_standard_error"] = error;
  };
  with_error("log_partition", d.log_partition, d.log_partition_error);
  with_error("mean_energy", d.energy, d.energy_error);
  with_error("entropy", d.entropy, d.entropy_error);
  if (!d.exact) out["largest_standard_error"] = d.largest_error, out["seed"] = a.seed;
  Json& together = out["together"] = Json::array();
  for (blocs::Actor i = 0; i < g.actors; ++i)
    for (blocs::Actor j = i + 1; j < g.actors; ++j) {
      const std::size_t p = blocs::pair(i, j);
      Json one{{"a", t.actors[i]}, {"b", t.actors[j]}, {"chance", d.together[p]}};
      one["log_odds"] = log_odds(d.together[p], d.apart[p]);
      if (!d.exact) one["standard_error"] = d.error[p];
      if (!d.gradient.empty()) one["by_tie"] = by_tie(t, d, p);
      together.push_back(std::move(one));
    }
  out["check"] = verdict.consistent ? verdict.verified ? "found again by enumeration" : "consistent" : verdict.fault;
  print(out.dump(2) + "\n");
  return verdict.consistent ? ok : not_solved;
}

}  // namespace entente::cli
