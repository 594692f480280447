// `entente solve blocs`: who stands with whom, with the proof, all answers as good, and the next best.
#include <charconv>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "blocs_picture.hpp"
#include "commands.hpp"
#include "entente/kernel/blocs.hpp"
#include "entente/text/file.hpp"
#include "output.hpp"
#include "solve_distribution.hpp"
#include "ties_file.hpp"
#include "time_limit.hpp"
#include "verdict.hpp"

namespace entente::cli {
namespace {

using Json = nlohmann::ordered_json;

std::optional<blocs::Setting> setting_of(std::string text) {
  if (text == "2") return blocs::Setting{};
  if (text == "free") return blocs::Setting{blocs::Number::free};
  blocs::Setting s{blocs::Number::exactly};
  if (text.starts_with("at-most-")) {
    s.number = blocs::Number::at_most;
    text.erase(0, 8);
  } else if (text.starts_with("exactly-")) {
    text.erase(0, 8);
  }
  const auto r = std::from_chars(text.data(), text.data() + text.size(), s.k);
  if (text.empty() || r.ec != std::errc{} || r.ptr != text.data() + text.size() || s.k == 0) return std::nullopt;
  return s;
}

Json names(const TiesFile& t, std::span<const std::uint32_t> bloc) {
  Json out = Json::array();
  for (std::size_t i = 0; i < bloc.size(); ++i) {
    while (out.size() <= bloc[i]) out.push_back(Json::array());
    out[bloc[i]].push_back(t.actors[i]);
  }
  return out;
}

const char* proof(blocs::Proof p) {
  switch (p) {
    case blocs::Proof::none:
      return "none";
    case blocs::Proof::trivial:
      return "no frustration";
    case blocs::Proof::packing:
      return "packing of negative cycles";
    case blocs::Proof::enumeration:
      return "enumeration";
    case blocs::Proof::search:
      return "search";
  }
  return "none";
}

Json landscape(const TiesFile& t, const blocs::Landscape& l) {
  Json out = Json::array();
  for (const auto& o : l.optima) {
    Json one{{"energy", o.energy}, {"frustration", o.frustration}, {"basin", o.basin}, {"share", o.share}};
    if (!l.enumerated) one["standard_error"] = o.error;
    one["blocs"] = names(t, o.bloc);
    out.push_back(std::move(one));
  }
  return out;
}

// Whether the pictures can go where they are wanted, before anything is computed.
int pictures_fit(const BlocsArgs& a, const Opened& o, const Common& c) {
  const auto fits = [&](const std::string& to, const char* option, Written what) {
    if (to.empty() || to == "-") return int{ok};
    if (const auto can = text::can_write(to); !can)
      return complain(usage, "E0745", can.error().message, "choose another name; nothing was computed", c);
    return may_write(to, option, what, o, c);
  };
  if (const int code = fits(a.dot, "--dot", Written::dot); code != ok) return code;
  if (const int code = fits(a.gexf, "--gexf", Written::gexf); code != ok) return code;
  if (!a.dot.empty() && !a.gexf.empty() && a.dot != "-" && text::same_file(a.dot, a.gexf))
    return complain(usage, "E0745", "--dot and --gexf name one file", "give each its own", c);
  return ok;
}

}  // namespace

int solve_blocs(const std::string& path, const BlocsArgs& a, const Common& c) {
  const auto setting = setting_of(a.blocs);
  if (!setting)
    return complain(usage, "E0744", "`" + a.blocs.substr(0, 40) + "` is no number of blocs",
                    "2, 3, at-most-3, exactly-2 or free", c);
  if (!(a.temperature >= 0) || !std::isfinite(a.temperature))
    return complain(usage, "E0746", "a temperature is 0 or above",
                    "1 where ties are log odds; 0 for the least energy alone, without probability", c);
  const bool likely = a.temperature > 0;
  if (likely ? a.all || !a.dot.empty() || !a.gexf.empty() : a.gradient || a.sampled || a.size_exponent != 0)
    return complain(usage, "E0748",
                    likely ? "--all, --dot and --gexf show least energies, which a temperature above 0 does not give"
                           : "--gradient, --sampled and --size-exponent need a temperature",
                    likely ? "leave --temperature out" : "--temperature 1, where ties are log odds", c);
  if (a.all && !a.against.empty())
    return complain(usage, "E0747", "--all looks at every configuration and takes no --against",
                    "leave one of the two out", c);
  Opened o;
  TiesFile t;
  const BothWays both = a.both == "sum" ? BothWays::sum : a.both == "mean" ? BothWays::mean : BothWays::refuse;
  if (const int code = read_ties_file(path, a.sizes, o, c, t, both); code != ok) return code;
  if (const int code = pictures_fit(a, o, c); code != ok) return code;
  blocs::Graph g{static_cast<std::uint32_t>(t.actors.size()), {}, t.size};
  for (const auto& tie : t.ties) g.ties.push_back({tie.a, tie.b, tie.weight});
  std::vector<blocs::Condition> conditions;
  if (const int code = against(t, a.against, c, conditions); code != ok) return code;

  const TimeLimit limit(a.seconds);
  blocs::Options options;
  options.stop = limit.token();
  options.optima = a.optima;
  if (a.temperature > 0) return solve_distribution(t, g, *setting, conditions, a, limit.token(), c);
  blocs::Workspace w;
  blocs::Solution s;
  const auto answer = blocs::optimise(g, *setting, conditions, options, w, s);
  if (!answer) return fail(answer.error(), c, o, named(t));
  if (!s.feasible) {
    print(Json{{"actors", t.actors}, {"method", "no partition meets the conditions"}}.dump(2) + "\n");
    return not_solved;
  }
  const auto verdict = blocs::check(g, *setting, conditions, options, s);

  Json out{{"actors", t.actors},
           {"method", "least energy, no probability"},
           {"energy", s.energy},
           {"frustration", s.frustration},
           {"bound", s.bound}};
  out["proven"] = s.proven;
  out["proof"] = proof(s.proof);
  out["blocs"] = s.blocs;
  out["best"] = names(t, s.bloc);
  Json& optima = out["optima"] = Json::array();  // nothing is called one that is not proven
  for (std::size_t i = 0; i < s.count && s.proven; ++i)
    optima.push_back(names(t, std::span(s.optima).subspan(i * t.actors.size(), t.actors.size())));
  out["all_optima"] = s.complete;
  out["second"] =
      s.second_bloc.empty()
          ? Json(nullptr)
          : Json{{"energy", s.second}, {"gap", s.gap}, {"proven", s.second_proven}, {"blocs", names(t, s.second_bloc)}};
  Json& by_actor = out["frustration_by_actor"] = Json::object();
  for (std::size_t i = 0; i < t.actors.size(); ++i) by_actor[t.actors[i]] = s.actor_frustration[i];
  Json& ties = out["frustrated_ties"] = Json::array();
  for (std::size_t k = 0; k < g.ties.size(); ++k)
    if (s.tie_frustration[k] > 0)
      ties.push_back(
          {{"a", t.actors[g.ties[k].a]}, {"b", t.actors[g.ties[k].b]}, {"frustration", s.tie_frustration[k]}});
  const auto triads = blocs::triads(g).count;
  out["triads"] = {{"+++", triads[0]}, {"++-", triads[1]}, {"+--", triads[2]}, {"---", triads[3]}};
  if (a.all && setting->number == blocs::Number::two) {
    const auto l = blocs::landscape(g);
    if (!l) return fail(l.error(), c, o, named(t));
    out["configurations"] = l->configurations;
    out["enumerated"] = l->enumerated;
    out["local_optima_count"] = l->count;
    out["local_optima"] = landscape(t, *l);
  }
  out["nodes"] = s.nodes;
  if (!s.proven) {
    out["gap_to_bound"] = s.energy - s.bound;
    out["note"] = limit.over() ? "stopped after --seconds: the best found, and what nothing falls below"
                               : "the search is at its limit: the best found, and what nothing falls below";
  }
  out["check"] =
      verdict.consistent ? verdict.bound_verified ? "consistent, bound verified" : "consistent" : verdict.fault;
  for (const auto& [to, text] : {std::pair{&a.dot, &blocs_dot}, std::pair{&a.gexf, &blocs_gexf}})
    if (*to == "-") print(text(t, g, s));
    else if (!to->empty())
      if (const auto done = text::write_file(*to, text(t, g, s)); !done)
        return complain(usage, "E0745", done.error().message, "what stood there before stands still", c);
  const int code = s.proven && verdict.consistent ? ok : not_solved;
  return a.dot == "-" || a.gexf == "-" ? code : conclude(out, {{"check"}}, code);
}

}  // namespace entente::cli
