// Answers as JSON. Undefined numbers are null with a reason beside them, so that every reader can parse what is
// printed.
#include <cmath>
#include <nlohmann/json.hpp>

#include "entente/report/report.hpp"

namespace entente::report {
namespace {

using Json = nlohmann::ordered_json;
using number::Truth;

Json num(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }
std::string print(const Json& j) { return j.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

Json reason(ask::Reason r) { return r == ask::Reason::none ? Json(nullptr) : Json(std::string(ask::says(r))); }

Json place(Span span, const SourceMap& sources) {
  if (span.file >= sources.size()) return nullptr;
  const auto& s = sources[span.file];
  const auto b = s.position(span.begin), e = s.position(span.end);
  return {{"file", s.name()}, {"line", b.line}, {"column", b.column}, {"end_line", e.line}, {"end_column", e.column}};
}

Json truth(Truth t) { return t == Truth::undefined ? Json(nullptr) : Json(t == Truth::yes); }
Json truth(std::uint8_t t) { return t > 1 ? Json(nullptr) : Json(t == 1); }

Json account(const ask::Account& a) {
  Json j{{"headline", a.headline}, {"lines", Json::array()}, {"tables", Json::array()}};
  for (const auto& l : a.lines)
    j["lines"].push_back({{"name", l.label}, {"value", num(l.value)}, {"unit", l.unit}, {"text", l.text}});
  for (const auto& t : a.tables) j["tables"].push_back({{"title", t.title}, {"columns", t.columns}, {"rows", t.rows}});
  j["notes"] = a.notes;
  j["method"] = a.method;
  j["certificate"] = a.certificate;
  j["assumptions"] = a.assumptions;
  return j;
}

Json head(const situation::Situation& s) { return {{"entente", 1}, {"situation", s.title}, {"as_of", s.as_of}}; }

Json parameter(const situation::Situation& s, const situation::Parameter& p, const SourceMap& sources) {
  const auto& n = p.number;
  Json j{{"path", p.path}, {"written", n.text}, {"unit", n.unit.text}, {"place", place(p.span, sources)}};
  if (n.form == number::Form::distribution) {
    j["distribution"] = n.distribution.describe();
    j["median"] = num(n.distribution.median());
    j["q5"] = num(n.distribution.quantile(0.05));
    j["q95"] = num(n.distribution.quantile(0.95));
    if (n.chance) j["event"] = true;
  } else if (n.form == number::Form::reference) {
    j["driver"] = n.reference;
  } else {
    j["formula"] = n.text;
  }
  j["source"] = p.source == situation::none ? Json(nullptr) : Json(s.sources[p.source].id);
  j["grade"] = p.grade.empty() ? Json(nullptr) : Json(p.grade);
  return j;
}

}  // namespace

std::string json(const Diagnostics& ds, const SourceMap& sources) {
  Json list = Json::array();
  for (const auto& d : ds.all()) {
    Json j{{"severity", d.severity == Severity::error     ? "error"
                        : d.severity == Severity::warning ? "warning"
                                                          : "note"},
           {"code", d.code},
           {"message", d.message},
           {"place", place(d.span, sources)},
           {"label", d.label},
           {"hint", d.hint},
           {"remarks", Json::array()}};
    for (const auto& r : d.remarks) j["remarks"].push_back({{"place", place(r.span, sources)}, {"text", r.text}});
    list.push_back(std::move(j));
  }
  return print(
      {{"errors", ds.errors()}, {"warnings", ds.warnings()}, {"dropped", ds.dropped()}, {"diagnostics", list}});
}

std::string json(const plan::Plan& plan, const plan::Answer& a) {
  Json j = head(plan.situation());
  j["at"] = "medians";
  j["inside_domains"] = a.inside;
  j["questions"] = Json::object();
  for (const auto& q : a.questions) {
    Json& out = j["questions"][q.name];
    out = account(q.account);
    out["kind"] = q.kind;
    out["worlds"] = Json::array();
    for (const auto& w : q.worlds) {
      Json cells = Json::object();
      for (const auto& c : w.cells) {
        cells[c.name] = {{"value", num(c.value)}, {"unit", c.unit}};
        if (c.reason != ask::Reason::none) cells[c.name]["undefined"] = reason(c.reason);
      }
      out["worlds"].push_back({{"world", w.world}, {"headline", w.headline}, {"quantities", cells}});
    }
  }
  j["claims"] = Json::object();
  for (const auto& c : a.claims)
    j["claims"][c.name] = {{"says", c.says},
                           {"implied", c.implied.empty() ? Json(nullptr) : Json(c.implied)},
                           {"holds", c.holds},
                           {"true", truth(c.truth)},
                           {"margin", num(c.margin)},
                           {"unit", c.margin_unit},
                           {"undefined", reason(c.reason)}};
  return print(j);
}

std::string json(const plan::Plan& plan, const doubt::Doubt& d) {
  Json j = head(plan.situation());
  j["draws"] = d.draws;
  j["seed"] = d.sampling.seed;
  j["design"] = d.sampling.latin ? "latin hypercube, ten replicates" : "random";
  j["claims"] = Json::object();
  for (const auto& f : d.findings) {
    Json& c = j["claims"][f.name];
    c = {{"probability", num(f.share)},
         {"low", num(f.low)},
         {"high", num(f.high)},
         {"bracket", f.bracket},
         {"words", f.words},
         {"error", num(f.error)},
         {"yes", f.yes},
         {"no", f.no},
         {"undefined", f.undefined},
         {"at_medians", truth(f.at_medians)},
         {"margin",
          {{"q5", num(f.margin5)}, {"q50", num(f.margin50)}, {"q95", num(f.margin95)}, {"unit", f.margin_unit}}},
         {"reasons", Json::array()},
         {"drivers", Json::array()}};
    for (const auto& [r, n] : f.reasons) c["reasons"].push_back({{"reason", ask::says(r)}, {"draws", n}});
    for (const auto& x : f.drivers) {
      const auto& p = plan.situation().parameters[x.param];
      Json flips = Json::array();
      for (const auto& v : x.flips)
        flips.push_back(
            {{"value", num(v.value)}, {"quantile", v.quantile}, {"below", truth(v.below)}, {"above", truth(v.above)}});
      Json curve = Json::array();
      for (const double v : x.curve) curve.push_back(num(v));
      c["drivers"].push_back({{"path", p.path},
                              {"unit", p.number.unit.text},
                              {"first_order", num(x.index)},
                              {"low", num(x.low)},
                              {"high", num(x.high)},
                              {"margin_first_order", num(x.margin_index)},
                              {"value_of_information", num(x.worth)},
                              {"flips", flips},
                              {"curve", curve}});
    }
  }
  j["quantities"] = Json::object();
  for (const auto& q : d.spreads)
    j["quantities"][q.name] = {
        {"q5", num(q.q5)}, {"q50", num(q.q50)}, {"q95", num(q.q95)}, {"unit", q.unit}, {"undefined", q.undefined}};
  j["warnings"] = d.warnings;
  return print(j);
}

std::string numbers_json(const situation::Situation& s, const SourceMap& sources) {
  Json j = head(s);
  j["numbers"] = Json::array();
  for (const auto& p : s.parameters)
    if (!p.implicit) j["numbers"].push_back(parameter(s, p, sources));
  j["sources"] = Json::object();
  for (const auto& x : s.sources)
    j["sources"][x.id] = {
        {"title", x.title}, {"publisher", x.publisher}, {"date", x.date}, {"url", x.url}, {"grade", x.grade}};
  return print(j);
}

std::string quantities_json(const plan::Plan& plan) {
  Json j = Json::object();
  for (const auto& q : plan.quantities()) j[q.name] = {{"unit", q.unit.text}, {"says", q.says}};
  for (const auto& [name, id] : plan.situation().drivers)
    j[name] = {{"unit", plan.situation().parameters[id].number.unit.text}, {"says", "driver"}};
  return print(j);
}

std::string json(const plan::Plan& plan, const Explanation& e, const SourceMap& sources) {
  Json j{{"quantity", e.quantity},        {"world", e.world},      {"says", e.says},
         {"value", num(e.value)},         {"unit", e.unit},        {"undefined", reason(e.reason)},
         {"account", account(e.account)}, {"moves", Json::array()}};
  for (const auto& x : e.swings) {
    Json p = parameter(plan.situation(), plan.situation().parameters[x.param], sources);
    p["at_q5"] = num(x.at5);
    p["at_q95"] = num(x.at95);
    j["moves"].push_back(std::move(p));
  }
  return print(j);
}

std::string json(const Diff& d) {
  Json j{{"base", d.base}, {"dissent", d.dissent},         {"draws", d.draws},
         {"seed", d.seed}, {"differences", Json::array()}, {"claims", Json::object()}};
  for (const auto& x : d.differences)
    j["differences"].push_back({{"path", x.path}, {"before", x.before}, {"after", x.after}});
  for (const auto& c : d.changes) {
    Json& out = j["claims"][c.claim];
    out = {{"base", {{"share", num(c.base_share)}, {"at_medians", c.base_truth}}},
           {"dissent", {{"share", num(c.dissent_share)}, {"at_medians", c.dissent_truth}}},
           {"error", num(c.error)},
           {"through", Json::array()}};
    for (const auto& t : c.through)
      out["through"].push_back({{"path", t.path},
                                {"base_with_it_alone", num(t.alone)},
                                {"dissent_without_it", num(t.without)},
                                {"alone_at_medians", t.alone_truth},
                                {"without_at_medians", t.without_truth}});
  }
  return print(j);
}

std::string json(const std::vector<Scored>& rows) {
  Json j = Json::array();
  for (const auto& r : rows) {
    Json x{{"situation", r.situation}, {"name", r.name}, {"outcome", r.outcome},
           {"date", r.date},           {"note", r.note}, {"scored", r.known}};
    if (r.known && r.is_claim)
      x.update(Json{{"probability", num(r.probability)}, {"brier", num(r.brier)}, {"log", num(r.log_score)}});
    if (r.known && !r.is_claim)
      x.update(Json{{"quantity", r.quantity},
                    {"unit", r.unit},
                    {"low", num(r.low)},
                    {"high", num(r.high)},
                    {"q5", num(r.q5)},
                    {"q50", num(r.q50)},
                    {"q95", num(r.q95)},
                    {"absolute_error", num(r.error)},
                    {"undefined", num(r.undefined)}});
    j.push_back(std::move(x));
  }
  return print(j);
}

}  // namespace entente::report
