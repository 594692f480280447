// What a situation says and what follows from it, as JSON.
#include "report/json.hpp"

#include "report/sentences.hpp"

namespace entente::report {
namespace {

using number::Truth;

Json place(Span span, const SourceMap& sources) {
  if (span.file >= sources.size()) return nullptr;
  const auto& s = sources[span.file];
  const auto b = s.position(span.begin), e = s.position(span.end);
  return {{"file", s.name()}, {"line", b.line}, {"column", b.column}, {"end_line", e.line}, {"end_column", e.column}};
}

Json truth(Truth t) { return t == Truth::undefined ? Json(nullptr) : Json(t == Truth::yes); }

// What it is, beside how it is told; a text is its words alone.
Json entry(const ask::Entry& c) {
  using Kind = ask::Entry::Kind;
  Json j{{"text", entry_said(c)}};
  switch (c.kind) {
    case Kind::text:
      break;
    case Kind::number:
      j["value"] = num(c.value);
      if (!c.unit.empty()) j["unit"] = c.unit;
      break;
    case Kind::actor:
      j["actor"] = c.text;
      break;
    case Kind::yes_no:
      j["holds"] = c.value != 0;
      break;
    case Kind::missing:
      j["value"] = nullptr;
      if (c.reason != ask::Reason::none) j["undefined"] = reason(c.reason);
      break;
  }
  return j;
}

Json account(const ask::Account& a) {
  Json j{{"headline", a.headline}, {"lines", Json::array()}, {"tables", Json::array()}};
  for (const auto& l : a.lines)
    j["lines"].push_back({{"name", l.label}, {"value", num(l.value)}, {"unit", l.unit}, {"text", l.text}});
  for (const auto& t : a.tables) {
    Json rows = Json::array();
    for (const auto& r : t.rows) {
      rows.push_back(Json::array());
      for (const auto& c : r) rows.back().push_back(entry(c));
    }
    j["tables"].push_back({{"title", t.title}, {"columns", t.columns}, {"rows", std::move(rows)}});
  }
  j["notes"] = a.notes;
  j["method"] = a.method;
  j["certificate"] = a.certificate;
  j["assumptions"] = a.assumptions;
  return j;
}

Json parameter(const situation::Situation& s, const situation::Parameter& p, const SourceMap& sources) {
  const auto& n = p.number;
  Json j{{"path", p.path}, {"written", n.text}, {"unit", n.unit.text}, {"place", place(p.span, sources)}};
  if (n.form == number::Form::distribution) {
    j["distribution"] = n.distribution.describe();
    j["median"] = num(n.distribution.median());
    j["q5"] = num(n.distribution.quantile(0.05));
    j["q95"] = num(n.distribution.quantile(0.95));
    if (n.chance) j["event"] = true;
    for (const auto& o : n.opinions)
      j["opinions"].push_back({{"weight", num(o.weight)},
                               {"written", o.text},
                               {"distribution", o.distribution.describe()},
                               {"median", num(o.distribution.median())},
                               {"q5", num(o.distribution.quantile(0.05))},
                               {"q95", num(o.distribution.quantile(0.95))},
                               {"source", o.citation ? Json(o.citation->source) : Json(nullptr)}});
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
                           {"caveat", c.caveat.empty() ? Json(nullptr) : Json(c.caveat)},
                           {"holds", c.holds},
                           {"true", truth(c.truth)},
                           {"margin", num(c.margin)},
                           {"unit", c.margin_unit},
                           {"undefined", reason(c.reason)}};
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
  for (const auto& q : plan.quantities())
    if (q.world == 0) j[q.name] = {{"unit", q.unit.text}, {"says", q.says}};
  for (const auto& [name, id] : plan.situation().drivers)
    if (!plan.situation().parameters[id].of_lever)
      j[name] = {{"unit", plan.situation().parameters[id].number.unit.text}, {"says", "driver"}};
  return print(j);
}

std::string json(const plan::Plan& plan, const Explanation& e, const SourceMap& sources) {
  Json j{{"quantity", e.quantity},        {"world", e.world},         {"says", e.says},
         {"value", num(e.value)},         {"unit", e.unit},           {"undefined", reason(e.reason)},
         {"account", account(e.account)}, {"altered", Json::array()}, {"moves", Json::array()}};
  for (const auto& x : e.altered)
    j["altered"].push_back(
        {{"path", plan.situation().parameters[x.param].path}, {"before", num(x.before)}, {"after", num(x.after)}});
  for (const auto& x : e.swings) {
    Json p = parameter(plan.situation(), plan.situation().parameters[x.param], sources);
    p["at_q5"] = num(x.at5);
    p["at_q95"] = num(x.at95);
    j["moves"].push_back(std::move(p));
  }
  return print(j);
}

}  // namespace entente::report
