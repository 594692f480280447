// `entente solve balance`: where ties lead that pull on one another, when, and what each does to the others.
#include <cmath>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "entente/base/spelling.hpp"
#include "entente/kernel/balance.hpp"
#include "ties_file.hpp"
#include "verdict.hpp"

namespace entente::cli {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::size_t most_all_pairs = 8;  // beyond, effects only on the tie asked for

Json number(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }

struct Pair {
  std::size_t a = 0, b = 0;
};

// {"A-B": {"C-D": derivative of the tie C-D by A-B}}, or the column of one tie.
Json effects(const TiesFile& t, const balance::Dynamics& d, const balance::State& s, const std::optional<Pair>& on) {
  const std::size_t n = t.actors.size();
  std::vector<double> effect(n * n);
  const auto clock = d.multiplicity == 1 ? balance::Clock::share : balance::Clock::time;
  const auto name = [&](std::size_t i, std::size_t j) { return t.actors[i] + "," + t.actors[j]; };
  Json out = Json::object();
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t l = k + 1; l < n; ++l) {
      if (!balance::effects_of(d, s, k, l, clock, effect)) continue;
      if (on) {
        out[name(k, l)] = number(effect[on->a * n + on->b]);
        continue;
      }
      Json& to = out[name(k, l)] = Json::object();
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = i + 1; j < n; ++j) to[name(i, j)] = number(effect[i * n + j]);
    }
  return out;
}

Json factions(const TiesFile& t, const balance::Dynamics& d) {
  if (d.multiplicity != 1) return nullptr;
  Json one = Json::array(), other = Json::array(), open = Json::array();
  for (std::size_t i = 0; i < t.actors.size(); ++i)
    (d.side[i] > 0 ? one : d.side[i] < 0 ? other : open).push_back(t.actors[i]);
  return {{"one", one}, {"other", other}, {"undecided", open}};
}

}  // namespace

int solve_balance(const std::string& path, const BalanceArgs& a, const Common& c) {
  Opened o;
  TiesFile t;
  if (const int code = read_ties_file(path, {}, o, c, t); code != ok) return code;
  const std::size_t n = t.actors.size();
  std::optional<Pair> on;
  if (!a.on.empty()) {
    if (a.on.size() != 2 || a.on[0] == a.on[1])
      return complain(usage, "E0742", "--effects-on names two different actors", "such as --effects-on RUS,CHN", c);
    for (const auto& name : a.on)
      if (!t.actor(name))
        return complain(bad_input, "E0743", "no tie names `" + name + "`", did_you_mean(name, t.actors), c);
    on = Pair{*t.actor(a.on[0]), *t.actor(a.on[1])};
  }
  if (n > balance::most_actors)  // before the matrix is made
    return fail({ErrorKind::too_large, "more than 1000 actors", "actors"}, c, o, named(t));
  std::vector<double> x(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) x[i * n + i] = a.self;
  for (const auto& tie : t.ties) x[tie.a * n + tie.b] = x[tie.b * n + tie.a] = tie.weight;
  balance::Dynamics d;
  if (const auto done = balance::analyse(x, n, d); !done) return fail(done.error(), c, o, named(t));
  Json out{{"actors", t.actors}, {"eigenvalues", d.values}, {"time_to_divergence", number(d.divergence)}};
  out["multiplicity"] = d.multiplicity;
  out["gap"] = number(d.gap);
  out["factions"] = factions(t, d);
  if (d.multiplicity > 1) {
    out["factions_note"] = "the largest eigenvalue is not single: `limit` has which pairs end as friends or foes";
    Json& limit = out["limit"] = Json::object();
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = i + 1; j < n; ++j) limit[t.actors[i] + "," + t.actors[j]] = d.limit[i * n + j];
  }
  double residual = balance::check(x, d);
  if (std::isinf(d.divergence)) {
    out["state"] = nullptr;
    out["state_note"] = "no positive eigenvalue: ties fade and never diverge, so there is no share of the way";
  } else {
    balance::State s;
    if (const auto done = balance::state_at_share(d, a.share, s); !done) return fail(done.error(), c, o, named(t));
    residual = std::max(residual, balance::check(x, n, s));
    out["share"] = a.share;
    out["time"] = s.time;
    Json& ties = out["state"] = Json::object();
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = i + 1; j < n; ++j) ties[t.actors[i] + "," + t.actors[j]] = s.x[i * n + j];
    if (on || n <= most_all_pairs) {
      out["effects_at_fixed"] = d.multiplicity == 1 ? "share" : "time";
      out[on ? "effects_on" : "effects"] = effects(t, d, s, on);
    }
  }
  out["residual"] = residual;
  return conclude(out, {{"residual"}});
}

}  // namespace entente::cli
