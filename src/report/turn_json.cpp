// turn as JSON: what was asked and answered first, then what a reader may check it by.
#include "report/json.hpp"
#include "report/parameter_labels.hpp"

namespace entente::report {
namespace {

const std::string& name(const plan::Plan& p, std::uint32_t lever) { return p.situation().levers[lever].name; }

Json names(const plan::Plan& p, const std::vector<std::uint32_t>& levers) {
  Json out = Json::array();
  for (const auto l : levers) out.push_back(name(p, l));
  return out;
}

Json steps(const plan::Plan& p, const std::vector<turn::Step>& list, bool without) {
  Json out = Json::array();
  for (const auto& x : list) {
    Json j{{"lever", name(p, x.lever)}, {"dose", num(x.dose)}, {"cost", num(x.cost)}};
    if (without) j["without"] = x.without ? num(*x.without) : Json(nullptr);
    out.push_back(std::move(j));
  }
  return out;
}

Json told(const plan::Plan& p, const turn::Told& t) {
  return {{"package", steps(p, t.steps, false)}, {"cost", num(t.cost)}, {"probability", num(t.probability)}};
}

Json items(const plan::Plan& p, const turn::Moves& m, const turn::Package& package) {
  Json out = Json::array();
  for (const auto i : package) out.push_back({{"lever", name(p, m.items[i].lever)}, {"dose", num(m.items[i].dose)}});
  return out;
}

Json pair(double a, double b) { return Json::array({num(a), num(b)}); }

Json box(const plan::Plan& p, const turn::Box& b) {
  Json sides = Json::array();
  for (const auto& x : b.sides) {
    if (x.param == situation::none) {
      sides.push_back({{"lever", name(p, x.lever)}, {"works", x.to > 0.5}});
      continue;
    }
    const auto& n = p.situation().parameters[x.param];
    sides.push_back({{"path", n.path},
                     {"says", place_words(p.situation(), x.param)},
                     {"unit", n.number.unit.text},
                     {"from", num(x.from)},
                     {"to", num(x.to)}});
  }
  return {{"sides", sides}, {"failing", num(b.within)}, {"covers", num(b.covered)}};
}

constexpr std::size_t most_listed = 1000;

Json answer(const plan::Plan& p, const turn::Answer& a) {
  const auto& s = p.situation();
  const turn::Told* t = a.package ? &*a.package : nullptr;
  Json front = Json::array(), others = Json::array();
  for (const auto& x : a.front) front.push_back(told(p, x));
  for (const auto& x : a.others) others.push_back(told(p, x));
  Json j{{"claim", p.claims()[a.claim].name},
         {"to", a.to},
         {"before", num(a.before)},
         {"package", t ? steps(p, t->steps, true) : Json(nullptr)},
         {"cost", t ? num(t->cost) : Json(nullptr)},
         {"unit", s.cost_unit.text},
         {"probability", t ? num(t->probability) : Json(nullptr)},
         {"interval", t && !a.tests.empty() ? pair(a.interval.low, a.interval.high) : Json(nullptr)},
         {"proven", a.proven},
         {"bound", a.proven ? num(a.bound) : Json(nullptr)},
         {"front", front},
         {"alternatives", others}};
  j["chance"] = num(a.chance);
  j["draws"] = a.draws;
  j["cost_range"] = t ? pair(t->low, t->high) : Json(nullptr);
  j["best"] = a.best ? told(p, *a.best) : Json(nullptr);
  j["front_whole"] = a.front_whole;
  j["ended_by_limit"] = a.ended;
  j["refuted_below"] = num(a.below);
  j["levers"] = names(p, a.levers);
  j["reach_nothing"] = names(p, a.idle);
  j["needs_unmet"] = names(p, a.barred);
  Json tests = Json::array(), refuted = Json::array();
  for (const auto& x : a.tests)
    tests.push_back({{"package", items(p, a.moves, x.package)},
                     {"hits", x.hits},
                     {"of", a.draws},
                     {"alpha", num(x.alpha)},
                     {"interval", pair(x.interval.low, x.interval.high)},
                     {"refuted", x.refuted}});
  const std::uint64_t need = turn::needed(a.chance, a.draws);
  std::size_t cheaper = 0;
  for (const auto& x : a.found.tried) {
    if (x.count.misses + need <= a.draws) {
      if (x.count.whole) break;
      continue;
    }
    if (++cheaper <= most_listed)
      refuted.push_back({{"package", items(p, a.moves, x.package)}, {"cost", num(x.cost)}, {"misses", x.count.misses}});
  }
  j["tests"] = tests;
  j["refuted"] = refuted;
  j["refuted_count"] = cheaper;
  j["fails"] = a.fails ? box(p, *a.fails) : Json(nullptr);
  Json effects = Json::array();
  for (const auto& x : a.effects)
    effects.push_back({{"claim", p.claims()[x.claim].name},
                       {"before", num(x.before)},
                       {"after", num(x.after)},
                       {"word_before", x.word_before},
                       {"word_after", x.word_after}});
  j["effects"] = effects;
  if (!a.each.empty()) {
    j["each"] = Json::array();
    for (const auto& x : a.each) {
      Json one{{"actor", s.actors[x.who].id}, {"package", nullptr}, {"cost", nullptr}, {"probability", nullptr}};
      if (x.package) one.update(told(p, *x.package));
      one["ended_by_limit"] = x.ended;
      j["each"].push_back(std::move(one));
    }
  }
  if (a.implied) j["implied"] = p.claims()[a.claim].implied;
  if (!a.against) return j;
  const auto& x = *a.against;
  j["against"] = {{"actor", s.actors[x.who].id},
                  {"levers", names(p, x.levers)},
                  {"answers", x.answers},
                  {"whole", x.whole},
                  {"package", x.package ? steps(p, x.package->steps, false) : Json(nullptr)},
                  {"cost", x.package ? num(x.package->cost) : Json(nullptr)},
                  {"probability_unanswered", x.package ? num(x.package->probability) : Json(nullptr)},
                  {"nearest", x.package ? steps(p, x.nearest, false) : Json(nullptr)},
                  {"probability", x.package ? num(x.probability) : Json(nullptr)},
                  {"interval", x.package ? pair(x.interval.low, x.interval.high) : Json(nullptr)}};
  return j;
}

}  // namespace

std::string json(const plan::Plan& plan, const turn::Answer& a) { return print(answer(plan, a)); }

std::string json(const plan::Plan& plan, const std::vector<turn::Answer>& answers) {
  Json j = head(plan.situation());
  j["claims"] = Json::array();
  for (const auto& a : answers) j["claims"].push_back(answer(plan, a));
  return print(j);
}

}  // namespace entente::report
