// `entente solve coalition`: a cooperative game from a file, its values, core and nucleolus as JSON.
#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "commands.hpp"
#include "entente/base/elementary.hpp"
#include "entente/base/spelling.hpp"
#include "entente/kernel/coalition.hpp"
#include "entente/kernel/coalition_exact.hpp"
#include "entente/kernel/coalition_sampling.hpp"
#include "game_file.hpp"
#include "verdict.hpp"

namespace entente::cli {
namespace {

using Json = nlohmann::ordered_json;
using coalition::Mask;

const std::vector<std::string> known{"shapley",    "banzhaf", "solidarity",    "weighted-shapley", "owen",
                                     "myerson",    "exact",   "nucleolus",     "prenucleolus",     "core",
                                     "least-core", "convex",  "superadditive", "dividends"};

// "1 3 5|2 4" to {{1, 3, 5}, {2, 4}}; `inner` and a space separate within, `outer` between. Nothing when a word is no
// number.
std::optional<std::vector<std::vector<unsigned>>> groups(const std::string& text, char outer, char inner,
                                                         std::string& bad) {
  std::vector<std::vector<unsigned>> out(1);
  std::string word;
  for (const char c : text + outer) {
    if (c != outer && c != inner && c != ' ') {
      word += c;
      continue;
    }
    if (!word.empty()) {
      unsigned player = 0;
      const auto r = std::from_chars(word.data(), word.data() + word.size(), player);
      if (r.ec != std::errc{} || r.ptr != word.data() + word.size()) {
        bad = word;
        return std::nullopt;
      }
      out.back().push_back(player);
      word.clear();
    }
    if (c == outer) out.emplace_back();
  }
  out.pop_back();
  return out;
}

// The smallest power of ten that makes every worth an integer as written in decimals.
std::optional<std::int64_t> denominator(const std::vector<double>& worth) {
  double d = 1;
  for (int digits = 0; digits <= 9; ++digits, d *= 10)
    if (std::ranges::all_of(worth, [&](double v) { return std::abs(v) * d < 9e15 && math::round(v * d) / d == v; }))
      return static_cast<std::int64_t>(d);
  return std::nullopt;
}

Json members(Mask s) {
  Json out = Json::array();
  for (unsigned i = 0; s >> i; ++i)
    if (s >> i & 1u) out.push_back(i + 1);
  return out;
}
Json certificate(const std::vector<Mask>& coalitions, const std::vector<double>& weights) {
  Json out = Json::array();
  for (std::size_t k = 0; k < coalitions.size(); ++k)
    out.push_back({{"mask", coalitions[k]}, {"members", members(coalitions[k])}, {"weight", weights[k]}});
  return out;
}
Json pair(const std::optional<coalition::Violation>& v) { return {{"a", v->a}, {"b", v->b}, {"gap", v->gap}}; }

// The coalition of a worth, for complaints of the kernel.
std::string members_of(std::string_view kind, std::size_t mask) {
  if (kind != "worth") return {};
  std::string out;
  for (unsigned i = 0; mask >> i; ++i)
    if (mask >> i & 1u) out += (out.empty() ? "" : ", ") + std::to_string(i + 1);
  return out.empty() ? "the worth of nobody, mask 0" : "the worth of players " + out + ", mask " + std::to_string(mask);
}

struct Job {
  const CoalitionArgs& args;
  const Common& common;
  const Opened& opened;
  GameFile game;
  std::vector<Mask> unions;
  std::vector<coalition::Link> links;
  Json out;

  [[nodiscard]] bool wanted(const char* name, bool by_default) const {
    return args.of.empty() ? by_default : std::ranges::find(args.of, name) != args.of.end();
  }
  [[nodiscard]] unsigned n() const { return game.players; }

  // 0, or an exit code already explained.
  int arguments();
  int values();
  int sets();
  int tests();
  int sampled();
};

int Job::arguments() {
  std::string bad;
  const auto player = [&](unsigned i, const char* option) {
    if (i >= 1 && i <= n()) return true;
    complain(bad_input, "E0720",
             "player " + std::to_string(i) + " of " + option + " is not there: the game has players 1 to " +
                 std::to_string(n()),
             {}, common);
    return false;
  };
  const auto parsed = groups(args.unions, '|', ',', bad);
  if (!parsed)
    return complain(usage, "E0721", "`" + bad + "` in --unions is no player", "such as --unions \"1 3 5|2 4\"", common);
  Mask covered = 0;
  if (!args.unions.empty())
    for (const auto& group : *parsed) {
      Mask u = 0;
      for (const unsigned i : group) {
        if (!player(i, "--unions")) return bad_input;
        const Mask bit = Mask{1} << (i - 1);
        if ((covered | u) & bit)
          return complain(bad_input, "E0722", "player " + std::to_string(i) + " stands twice in --unions", {}, common);
        u |= bit;
      }
      covered |= u;
      if (u) unions.push_back(u);
    }
  const auto ties = groups(args.links, ',', '-', bad);
  if (!ties)
    return complain(usage, "E0721", "`" + bad + "` in --links is no player", "such as --links \"1-2,2-3\"", common);
  if (!args.links.empty())
    for (const auto& tie : *ties) {
      if (tie.empty()) continue;
      if (tie.size() != 2 || tie[0] == tie[1])
        return complain(usage, "E0723", "a link joins two different players", "such as --links \"1-2,2-3\"", common);
      if (!player(tie[0], "--links") || !player(tie[1], "--links")) return bad_input;
      links.emplace_back(tie[0] - 1, tie[1] - 1);
    }
  if (!args.weights.empty()) {
    if (args.weights.size() != n())
      return complain(bad_input, "E0724",
                      std::to_string(args.weights.size()) + " weights for " + std::to_string(n()) + " players", {},
                      common);
    for (const double w : args.weights)
      if (!(w > 0) || !std::isfinite(w))
        return complain(bad_input, "E0724", "a weight is a finite number above 0", {}, common);
  }
  return ok;
}

int Job::values() {
  std::vector<double> x(n());
  const auto give = [&](const char* key, const Result<void>& done) {
    if (!done) return fail(done.error(), common, opened, members_of);
    out[key] = x;
    return int{ok};
  };
  int code = ok;
  const auto& v = game.worth;
  if (wanted("shapley", true)) code = give("shapley", coalition::shapley(v, x, args.threads));
  if (!code && wanted("banzhaf", false)) {
    code = give("banzhaf", coalition::banzhaf(v, x, args.threads));
    const auto scaled = coalition::normalised_banzhaf(v, x, args.threads);
    if (scaled) out["banzhaf_normalised"] = *scaled ? Json(x) : Json(nullptr);
  }
  if (!code && wanted("solidarity", false)) code = give("solidarity", coalition::solidarity(v, x));
  if (!code && wanted("weighted-shapley", !args.weights.empty()))
    code = give("weighted_shapley", coalition::weighted_shapley(v, args.weights, x));
  if (!code && wanted("owen", !args.unions.empty())) code = give("owen", coalition::owen(v, unions, x));
  if (!code && wanted("myerson", !args.links.empty())) code = give("myerson", coalition::myerson(v, links, x));
  const bool asked = wanted("exact", false);
  if (code || !(asked || wanted("exact", n() <= 12))) return code;
  const auto d = denominator(v);
  if (!d)
    return asked ? complain(bad_input, "E0725",
                            "the worths are no decimals of at most nine places, so there are no exact fractions", {},
                            common)
                 : ok;
  std::vector<std::int64_t> integers(v.size());
  for (std::size_t s = 0; s < v.size(); ++s)
    integers[s] = static_cast<std::int64_t>(math::round(v[s] * static_cast<double>(*d)));
  for (const bool banzhaf : {false, true}) {
    const auto exact = banzhaf ? coalition::exact_banzhaf(integers, *d) : coalition::exact_shapley(integers, *d);
    if (!exact) return asked ? fail(exact.error(), common, opened, members_of) : ok;
    Json& list = out[banzhaf ? "banzhaf_exact" : "shapley_exact"] = Json::array();
    for (const auto& f : *exact) list.push_back(to_text(f));
    if (!asked) break;
  }
  return ok;
}

int Job::sets() {
  for (const bool pre : {false, true}) {
    if (!wanted(pre ? "prenucleolus" : "nucleolus", !pre)) continue;
    const auto k = coalition::nucleolus(
        game.worth, {.rationality = pre ? coalition::Rationality::none : coalition::Rationality::individual,
                     .threads = args.threads});
    if (!k) return fail(k.error(), common, opened, members_of);
    const std::string name = pre ? "prenucleolus" : "nucleolus";
    out[name] = k->exists ? Json(k->payoff) : Json(nullptr);
    if (!k->exists) out[name + "_note"] = "no division gives each player what he has alone";
    else out[pre ? "kohlberg_prenucleolus" : "kohlberg"] = k->kohlberg;
  }
  if (wanted("core", true)) {
    const auto core = coalition::core(game.worth, {.threads = args.threads});
    if (!core) return fail(core.error(), common, opened, members_of);
    out["core_empty"] = core->empty;
    if (core->empty)
      out["core_certificate"] = {{"balanced", certificate(core->coalitions, core->weights)}, {"margin", core->margin}};
    else out["core_element"] = core->payoff;
  }
  if (wanted("core", true) || wanted("least-core", false)) {
    const auto least = coalition::least_core(game.worth, {.threads = args.threads});
    if (!least) return fail(least.error(), common, opened, members_of);
    out["core_empty"] = least->core_empty;
    out["least_core"] = std::isfinite(least->epsilon) ? Json(least->epsilon) : Json(nullptr);
    if (wanted("least-core", false)) {
      out["least_core_payoff"] = least->payoff;
      out["least_core_certificate"] = certificate(least->coalitions, least->weights);
    }
  }
  return ok;
}

int Job::tests() {
  if (wanted("convex", true)) {
    const auto broken = coalition::convexity_violation(game.worth);
    out["convex"] = !broken;
    if (broken) out["convex_broken_by"] = pair(broken);
  }
  if (wanted("superadditive", n() <= 16)) {
    const auto broken = coalition::superadditivity_violation(game.worth);
    out["superadditive"] = !broken;
    if (broken) out["superadditive_broken_by"] = pair(broken);
  }
  if (wanted("dividends", false)) {
    if (n() > 20)
      return fail({ErrorKind::too_large, "dividends of more than 20 players are not printed"}, common, opened,
                  members_of);
    coalition::dividends(game.worth);  // the last to look at the worths
    out["dividends"] = game.worth;
  }
  return ok;
}

int Job::sampled() {
  const coalition::Oracle oracle = [this](std::uint64_t s) { return game(s); };
  const coalition::SamplingOptions options{.samples = args.samples, .seed = args.seed, .threads = args.threads};
  for (const bool banzhaf : {false, true}) {
    if (!wanted(banzhaf ? "banzhaf" : "shapley", !banzhaf)) continue;
    const auto s =
        banzhaf ? coalition::sampled_banzhaf(n(), oracle, options) : coalition::sampled_shapley(n(), oracle, options);
    if (!s) return fail(s.error(), common, opened, members_of);
    out[banzhaf ? "banzhaf_sampled" : "shapley_sampled"] = {
        {"value", s->value}, {"standard_error", s->standard_error}, {"samples", s->samples}, {"seed", s->seed}};
  }
  return ok;
}

}  // namespace

int solve_coalition(const std::string& path, const CoalitionArgs& args, const Common& c) {
  for (const auto& name : args.of)
    if (std::ranges::find(known, name) == known.end())
      return complain(usage, "E0714", "--of knows no `" + name + "`", did_you_mean(name, known), c);
  const auto asks = [&](const char* name) { return std::ranges::find(args.of, name) != args.of.end(); };
  if (asks("owen") && args.unions.empty())
    return complain(usage, "E0726", "--of owen needs --unions", "such as --unions \"1 3 5|2 4\"", c);
  if (asks("myerson") && args.links.empty())
    return complain(usage, "E0726", "--of myerson needs --links", "such as --links \"1-2,2-3\"", c);
  if (asks("weighted-shapley") && args.weights.empty())
    return complain(usage, "E0726", "--of weighted-shapley needs --weights", "such as --weights 1,2,1", c);
  Opened o;
  Job job{.args = args, .common = c, .opened = o};
  const bool read = read_game(path, args.players, args.samples > 0, o, job.game);
  say(o, c);
  if (!read) return failed(o);
  if (o.sources.size() == 0) o.sources.add(path, "");  // the place of what is said of the game as a whole
  job.out = {{"players", job.n()}, {"missing", job.game.missing}};
  if (job.n() > coalition::most_players && args.samples == 0)
    return fail({ErrorKind::too_large, std::to_string(job.n()) +
                                           " players: 25 are the most that can be exact; with --samples N the Shapley "
                                           "and Banzhaf values of up to 64 are estimated"},
                c, o);
  if (const int code = job.arguments()) return code;
  if (args.samples > 0) {
    if (const int code = job.sampled()) return code;
  } else {
    if (const int code = job.values()) return code;
    if (const int code = job.sets()) return code;
    if (const int code = job.tests()) return code;
  }
  return conclude(job.out, {{"kohlberg"}, {"kohlberg_prenucleolus"}});
}

}  // namespace entente::cli
