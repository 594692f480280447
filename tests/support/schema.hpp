// A judge of JSON texts by the part of JSON Schema (2020-12) that answer.schema.json uses: type, const, enum,
// properties, required, additionalProperties, items, minItems, maxItems, anyOf, $ref within the file. Any other word of
// a schema that is no annotation is a fault of the schema, so that nothing is asked for that is not looked at.
#pragma once
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace entente::tests {

class Schema {
 public:
  using Json = nlohmann::ordered_json;
  explicit Schema(Json root) : root_(std::move(root)) {}

  /// What is wrong with a text by one of the schema's definitions, each fault with its place; empty: nothing.
  [[nodiscard]] std::vector<std::string> faults(const Json& text, const std::string& definition) const {
    std::vector<std::string> out;
    look(text, root_.at("$defs").at(definition), "", out);
    return out;
  }

 private:
  static bool is(const Json& j, const std::string& type) {
    return type == "object"    ? j.is_object()
           : type == "array"   ? j.is_array()
           : type == "string"  ? j.is_string()
           : type == "boolean" ? j.is_boolean()
           : type == "null"    ? j.is_null()
           : type == "integer" ? j.is_number_integer()
           : type == "number"  ? j.is_number()
                               : false;
  }

  void look(const Json& j, const Json& schema, const std::string& at, std::vector<std::string>& out) const {
    static const std::set<std::string> words{
        "type",  "const",    "enum",     "properties", "required", "additionalProperties",
        "items", "minItems", "maxItems", "anyOf",      "$ref",     "description"};
    const auto fault = [&](const std::string& what) { out.push_back((at.empty() ? "/" : at) + ": " + what); };
    for (const auto& [word, value] : schema.items())
      if (!words.contains(word)) fault("the schema says `" + word + "`, which this judge does not know");
    if (schema.contains("$ref")) {
      const auto name = schema["$ref"].get<std::string>().substr(std::string("#/$defs/").size());
      return look(j, root_.at("$defs").at(name), at, out);
    }
    if (schema.contains("anyOf")) {
      std::vector<std::string> nearest;
      for (const auto& one : schema["anyOf"]) {
        std::vector<std::string> wrong;
        look(j, one, at, wrong);
        if (wrong.empty()) return;
        if (nearest.empty() || wrong.size() < nearest.size()) nearest = wrong;
      }
      out.insert(out.end(), nearest.begin(), nearest.end());
      return;
    }
    if (schema.contains("const") && j != schema["const"]) fault("is not " + schema["const"].dump());
    if (schema.contains("enum") && std::ranges::find(schema["enum"], j) == schema["enum"].end())
      fault("is none of " + schema["enum"].dump());
    if (schema.contains("type")) {
      const Json types = schema["type"].is_array() ? schema["type"] : Json::array({schema["type"]});
      if (std::ranges::none_of(types, [&](const Json& t) { return is(j, t.get<std::string>()); }))
        return fault("is " + std::string(j.type_name()) + ", not " + types.dump());
    }
    if (j.is_object()) {
      for (const auto& name : schema.value("required", Json::array()))
        if (!j.contains(name.get<std::string>())) fault("has no `" + name.get<std::string>() + "`");
      const Json& known = schema.contains("properties") ? schema["properties"] : none_;
      for (const auto& [key, value] : j.items()) {
        if (known.contains(key)) look(value, known[key], at + "/" + key, out);
        else if (!schema.contains("additionalProperties")) continue;
        else if (schema["additionalProperties"].is_object())
          look(value, schema["additionalProperties"], at + "/" + key, out);
        else if (!schema["additionalProperties"].get<bool>()) fault("has `" + key + "`, which is not told of");
      }
    }
    if (j.is_array()) {
      if (j.size() < schema.value("minItems", std::size_t{0})) fault("is too short");
      if (j.size() > schema.value("maxItems", j.size())) fault("is too long");
      for (std::size_t k = 0; schema.contains("items") && k < j.size(); ++k)
        look(j[k], schema["items"], at + "/" + std::to_string(k), out);
    }
  }

  Json root_, none_ = Json::object();
};

}  // namespace entente::tests
