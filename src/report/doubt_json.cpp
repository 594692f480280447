// doubt, diff and history as JSON.
#include <algorithm>

#include "entente/base/elementary.hpp"
#include "entente/situation/proposed.hpp"
#include "report/json.hpp"
#include "report/parameter_labels.hpp"

namespace entente::report {
namespace {

Json joint(const plan::Plan& plan, const doubt::Joint& j) {
  using Kind = doubt::Joint::Kind;
  if (j.kind == Kind::none) return nullptr;
  Json changes = Json::array();
  for (const auto& c : j.changes) {
    const auto& p = plan.situation().parameters[c.param];
    changes.push_back({{"path", p.path},
                       {"unit", p.number.unit.text},
                       {"median", num(c.median)},
                       {"value", num(c.value)},
                       {"z", num(c.z)},
                       {"share", num(c.share)}});
  }
  return {{"kind", j.kind == Kind::form   ? "hasofer-lind"
                   : j.kind == Kind::edge ? "edge"
                                          : "nearest draw"},
          {"beta", num(j.beta)},
          {"stationary", j.stationary},
          {"changes", changes}};
}

Json total(const doubt::Total& t) { return {{"value", num(t.value)}, {"error", num(t.error)}}; }

Json driver(const plan::Plan& plan, const doubt::Driver& x, bool with_total) {
  const auto& p = plan.situation().parameters[x.param];
  Json flips = Json::array(), curve = Json::array();
  for (const auto& v : x.flips)
    flips.push_back(
        {{"value", num(v.value)}, {"quantile", num(v.quantile)}, {"below", truth(v.below)}, {"above", truth(v.above)}});
  for (const auto& b : x.curve) curve.push_back({{"from", num(b.from)}, {"to", num(b.to)}, {"share", num(b.mean)}});
  Json j{{"path", p.path},
         {"says", place_words(plan.situation(), x.param)},
         {"unit", p.number.unit.text},
         {"source", p.source == situation::none ? Json(nullptr) : Json(plan.situation().sources[p.source].id)},
         {"grade", p.grade.empty() ? Json(nullptr) : Json(p.grade)},
         {"first_order", num(x.index)},
         {"low", num(x.low)},
         {"high", num(x.high)},
         {"margin_first_order", num(x.margin_index)},
         {"margin_low", num(x.margin_low)},
         {"margin_high", num(x.margin_high)},
         {"beyond_chance", x.told},
         {"likely_less", x.weak},
         {"value_of_information", num(x.worth)},
         {"flips", flips},
         {"curve", curve}};
  if (with_total) j["total_order"] = total(x.total);
  return j;
}

Json shift(const doubt::Shift& s) {
  if (!s.known) return nullptr;
  return {{"by", num(s.by)}, {"error", num(s.error)}, {"half_width", num(s.half)}};
}

Json side(const doubt::Change::Side& s) {
  if (!s.there) return nullptr;
  return {{"share", num(s.share)}, {"undefined", num(s.undefined)}, {"at_medians", truth(s.at_medians)}};
}

const char* design(const plan::Sampling& s) { return s.designed() ? "latin hypercube, ten replicates" : "random"; }

}  // namespace

std::string json(const plan::Plan& plan, const doubt::Doubt& d) {
  Json j = head(plan.situation());
  j["draws"] = d.draws;
  j["seed"] = d.sampling.seed;
  j["design"] = design(d.sampling);
  j["uncertain"] = d.numbers;
  j["decisive"] = d.decisive;
  const std::size_t assisted = situation::count_proposed(plan.situation());
  if (assisted > 0) j["proposed_by_assistant"] = assisted;
  j["claims"] = Json::object();
  for (const auto& f : d.findings) {
    Json& c = j["claims"][f.name];
    const auto it = std::ranges::find(plan.claims(), f.name, &plan::Claim::name);
    c = {{"says", it == plan.claims().end() ? "" : it->says},
         {"implied", it == plan.claims().end() || !f.implied ? Json(nullptr) : Json(it->implied)},
         {"caveat", it == plan.claims().end() || it->caveat.empty() ? Json(nullptr) : Json(it->caveat)},
         {"resolves", it == plan.claims().end() || it->resolves.empty() ? Json(nullptr) : Json(it->resolves)},
         {"probability", num(f.share)},
         {"low", num(f.low)},
         {"high", num(f.high)},
         {"bracket", f.bracket},
         {"words", f.words},
         {"error", num(f.error)},
         {"interval", {num(f.from), num(f.to)}},
         {"half_width", num(f.half)},
         {"record", nullptr},
         {"calibrated", nullptr},
         {"share_within_draws", f.shared},
         {"luck", f.shared ? num(f.luck) : Json(nullptr)},
         {"yes", f.yes},
         {"no", f.no},
         {"undefined", f.undefined},
         {"at_medians", truth(f.at_medians)},
         {"margin",
          {{"q5", num(f.margin5)}, {"q50", num(f.margin50)}, {"q95", num(f.margin95)}, {"unit", f.margin_unit}}},
         {"quantities", Json::array()},
         {"reasons", Json::array()},
         {"drivers_of", f.by_margin ? "margin" : "truth"},
         {"drivers", Json::array()},
         {"undefined_by", Json::array()},
         {"joint_change", joint(plan, f.joint)},
         {"sources",
          {{"numbers", f.grounds.numbers},
           {"judgements", f.grounds.judgements},
           {"below_C3", f.grounds.below},
           {"ungraded", f.grounds.ungraded},
           {"variance_of_judgement", num(f.grounds.judged)},
           {"variance_of_sources", num(f.grounds.sourced)}}}};
    if (assisted > 0) {
      c["sources"]["proposed_by_assistant"] = f.grounds.proposed;
      c["sources"]["variance_of_assistant"] = num(f.grounds.assisted);
    }
    if (const auto* r =
            it == plan.claims().end() ? nullptr : plan.record(static_cast<std::size_t>(it - plan.claims().begin()))) {
      c["record"] = {{"of", r->of},
                     {"events", r->events},
                     {"brier", num(r->brier)},
                     {"baseline", r->baseline},
                     {"baseline_brier", num(r->baseline_brier)},
                     {"difference_interval", {num(r->difference_low), num(r->difference_high)}},
                     {"page", r->page}};
      if (r->events >= ask::Record::least_events) c["calibrated"] = num(r->calibrated(f.share));
    } else {
      c["record"] = "no record";
    }
    if (it != plan.claims().end() && !it->implied.empty() && !f.implied) c["marked_implied"] = it->implied;
    for (const auto t : f.terms) c["quantities"].push_back(d.spreads[t].name);
    for (const auto& [r, n] : f.reasons) c["reasons"].push_back({{"reason", ask::says(r)}, {"draws", n}});
    for (const auto& x : f.drivers) c["drivers"].push_back(driver(plan, x, d.total_draws > 0));
    for (const auto& [param, index] : f.undefined_by)
      c["undefined_by"].push_back({{"path", plan.situation().parameters[param].path},
                                   {"first_order", num(index.value)},
                                   {"low", num(index.low)},
                                   {"high", num(index.high)}});
    if (d.total_draws > 0) {
      c["total_order_by_source"] = Json::object();
      for (std::size_t g = 0; g < d.groups.size(); ++g) c["total_order_by_source"][d.groups[g]] = total(f.totals[g]);
    }
  }
  if (d.total_draws > 0) j["total_order_draws"] = d.total_draws;
  j["quantities"] = Json::object();
  for (const auto& q : d.spreads)
    j["quantities"][q.name] = {
        {"q5", num(q.q5)}, {"q50", num(q.q50)}, {"q95", num(q.q95)}, {"unit", q.unit}, {"undefined", q.undefined}};
  j["warnings"] = d.warnings;
  return print(j);
}

std::string json(const doubt::Diff& d) {
  Json j{{"base", d.base},          {"dissent", d.dissent},         {"draws", d.sampling.draws},
         {"seed", d.sampling.seed}, {"design", design(d.sampling)}, {"differences", Json::array()},
         {"claims", Json::object()}};
  for (const auto& x : d.differences)
    j["differences"].push_back({{"path", x.path}, {"before", x.before}, {"after", x.after}});
  for (const auto& c : d.changes) {
    Json& out = j["claims"][c.claim];
    out = {
        {"base", side(c.base)}, {"dissent", side(c.dissent)}, {"change", shift(c.shift)}, {"through", Json::array()}};
    for (const auto& t : c.through)
      out["through"].push_back({{"path", d.differences[t.difference].path},
                                {"put_in_alone", shift(t.alone)},
                                {"taken_back_alone", shift(t.taken)},
                                {"alone_at_medians", truth(t.alone_truth)},
                                {"without_at_medians", truth(t.without_truth)}});
  }
  return print(j);
}

std::string json(const std::vector<doubt::Scored>& rows) {
  Json list = Json::array();
  for (const auto& r : rows) {
    Json x{{"situation", r.situation}, {"name", r.name}, {"outcome", r.outcome},
           {"date", r.date},           {"note", r.note}, {"scored", r.known}};
    if (r.known) x["miss"] = r.miss;
    if (r.known && r.is_claim) x.update(Json{{"undecided", r.undecided}, {"bracketed", r.bracketed}});
    if (r.known && r.is_claim)
      x.update(Json{{"probability", num(r.probability)},
                    {"undefined", num(r.undefined)},
                    {"brier", num(r.brier)},
                    {"log", num(r.log_score)}});
    if (r.known && !r.is_claim)
      x.update(Json{{"quantity", r.quantity},
                    {"unit", r.unit},
                    {"low", num(r.low)},
                    {"high", num(r.high)},
                    {"q5", num(r.q5)},
                    {"q50", num(r.q50)},
                    {"q95", num(r.q95)},
                    {"absolute_error", num(r.error)},
                    {"share_below", num(r.place)},
                    {"undefined", num(r.undefined)}});
    list.push_back(std::move(x));
  }
  const doubt::Record r = doubt::record_of(rows);
  return print({{"outcomes", list},
                {"record",
                 {{"claims", r.claims},
                  {"brier", r.claims ? num(r.brier) : Json(nullptr)},
                  {"came_true", r.claims ? num(r.came_true) : Json(nullptr)},
                  {"brier_of_that_share", r.claims ? num(r.brier_of_share) : Json(nullptr)},
                  {"log", r.claims ? num(r.log_score) : Json(nullptr)},
                  {"log_of_that_share", r.claims ? num(r.log_of_share) : Json(nullptr)},
                  {"quantities", r.quantities},
                  {"inside_90", r.inside},
                  {"error_over_half_interval", r.quantities ? num(r.relative_error) : Json(nullptr)},
                  {"misses", r.misses},
                  {"undecided", r.undecided},
                  {"bracketed", r.bracketed},
                  {"open", r.open}}}});
}

}  // namespace entente::report
