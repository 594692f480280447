// The JSON Schema of a situation, written from the reader's own table.
#include "entente/situation/schema.hpp"

#include <nlohmann/json.hpp>

#include "entente/report/report.hpp"

namespace entente::report {
namespace {

using Json = nlohmann::ordered_json;
using situation::Field;
using situation::FieldKind;
using situation::Record;

Json reference(const Record& r) { return {{"$ref", "#/$defs/" + r.name}}; }

struct Writer {
  Json defs = Json::object();

  Json field(const Field& f) {
    Json j;
    switch (f.kind) {
      case FieldKind::text:
      case FieldKind::condition:
      case FieldKind::whole:
      case FieldKind::unit:
        j = {{"type", Json::array({"string", "number", "boolean"})}};
        break;
      case FieldKind::date:
        j = {{"type", "string"}, {"pattern", "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}};
        break;
      case FieldKind::year:
        j = {{"type", Json::array({"integer", "string"})}};
        break;
      case FieldKind::years:
        j = {{"anyOf", Json::array({{{"type", "integer"}}, {{"type", "array"}, {"items", {{"type", "integer"}}}}})}};
        break;
      case FieldKind::flag:
        j = {{"type", "boolean"}};
        break;
      case FieldKind::number:
        j = reference(f.by_year ? by_year() : number());
        break;
      case FieldKind::column:
        j = {{"type", "string"}};
        break;
      case FieldKind::word:
        j = {{"type", "string"}};
        if (!f.options.empty()) j["enum"] = f.options;
        break;
      case FieldKind::words:
        j = {{"anyOf", Json::array({{{"type", "string"}}, {{"type", "array"}, {"items", {{"type", "string"}}}}})}};
        break;
      case FieldKind::record:
        record(*f.record);
        j = reference(*f.record);
        break;
      case FieldKind::records:
        record(*f.record);
        j = {{"type", "object"},
             {"properties",
              {{"source", {{"type", "string"}}}, {"table", {{"type", "string"}}}, {"note", {{"type", "string"}}}}},
             {"additionalProperties", reference(*f.record)}};
        break;
      case FieldKind::numbers:
        j = {{"type", "object"}, {"additionalProperties", {{"$ref", "#/$defs/number-by-year"}}}};
        by_year();
        if (!f.options.empty()) j = {{"anyOf", Json::array({j, {{"enum", f.options}}})}};
        break;
      case FieldKind::matrix:
        number();
        j = {{"type", "object"},
             {"additionalProperties", {{"type", "object"}, {"additionalProperties", {{"$ref", "#/$defs/number"}}}}}};
        break;
      case FieldKind::lists:
      case FieldKind::units:
      case FieldKind::patch:
        j = {{"type", "object"}};
        break;
    }
    std::string says = f.says;
    if (!f.unit.empty() && f.unit != "?") says += " Unit: " + f.unit + ".";
    if (f.kind == FieldKind::number) says += " Takes " + f.domain.describe() + ".";
    j["description"] = says;
    return j;
  }

  const Record& number() {
    static const Record r{.name = "number"};
    defs["number"] = {{"description", "A number, an interval, a distribution, a driver's name, or a formula."},
                      {"type", Json::array({"string", "number"})}};
    return r;
  }
  const Record& by_year() {
    static const Record r{.name = "number-by-year"};
    number();
    defs["number-by-year"] = {
        {"anyOf",
         Json::array({{{"$ref", "#/$defs/number"}},
                      {{"type", "object"}, {"patternProperties", {{"^[0-9]{4}$", {{"$ref", "#/$defs/number"}}}}}}})}};
    return r;
  }

  void record(const Record& r) {
    if (defs.contains(r.name)) return;
    defs[r.name] = nullptr;
    defs[r.name] = body(r);
  }

  Json body(const Record& r) {
    Json object{{"type", "object"}, {"description", r.says}, {"additionalProperties", false}};
    Json properties = Json::object(), required = Json::array();
    for (const Field& f : r.fields) {
      properties[f.name] = field(f);
      if (f.required) required.push_back(f.name);
    }
    properties["source"] = {{"type", "string"}, {"description", "The source of every number below that names none."}};
    properties["note"] = {{"type", "string"}};
    object["properties"] = properties;
    if (!required.empty()) object["required"] = required;
    if (r.shorthand.empty()) return object;
    return {{"anyOf", Json::array({field(*r.find(r.shorthand)), object})}};
  }
};

}  // namespace

std::string schema(const situation::Registry& registry) {
  Writer w;
  Json root = w.body(registry.root());
  // A dissent says only what differs; a question is of one of the known kinds.
  Json kinds = Json::array();
  for (const Record* r : registry.questions()) {
    w.record(*r);
    kinds.push_back(reference(*r));
  }
  root["properties"]["questions"]["additionalProperties"] = {{"anyOf", kinds}};
  root["if"] = {{"required", Json::array({"dissents-from"})}};
  root["else"] = {{"required", root["required"]}};
  root.erase("required");
  Json j{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "Entente situation, version 1"}};
  j.update(root);
  j["$defs"] = w.defs;
  return j.dump(2) + "\n";
}

}  // namespace entente::report
