// One request of the contract taken apart: what it says, and what it should not.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/base/shown.hpp"
#include "entente/base/spelling.hpp"

namespace entente::engine {

using Json = nlohmann::ordered_json;

class Request {
 public:
  Request(const Json& json, Diagnostics& out) : json_(json), out_(out) {}

  [[nodiscard]] std::string text(const char* key, std::string otherwise = {}) {
    const Json* j = find(key);
    if (!j) return otherwise;
    if (j->is_string()) return j->get<std::string>();
    wrong(key, "a text");
    return otherwise;
  }
  [[nodiscard]] bool flag(const char* key) {
    const Json* j = find(key);
    if (j && !j->is_boolean()) wrong(key, "true or false");
    return j && j->is_boolean() && j->get<bool>();
  }
  [[nodiscard]] std::uint64_t whole(const char* key, std::uint64_t otherwise, std::uint64_t least, std::uint64_t most) {
    const Json* j = find(key);
    if (!j) return otherwise;
    if (j->is_number_unsigned())
      if (const auto n = j->get<std::uint64_t>(); n >= least && n <= most) return n;
    wrong(key, fmt::format("a whole number from {} to {}", least, most));
    return otherwise;
  }
  [[nodiscard]] std::vector<std::string> texts(const char* key) {
    std::vector<std::string> all;
    const Json* j = find(key);
    if (!j) return all;
    const bool good = j->is_array() && std::ranges::all_of(*j, [](const Json& x) { return x.is_string(); });
    if (!good) wrong(key, "a list of texts");
    else
      for (const Json& x : *j) all.push_back(x.get<std::string>());
    return all;
  }
  [[nodiscard]] std::map<std::string, std::string> pairs(const char* key) {
    std::map<std::string, std::string> all;
    const Json* j = find(key);
    if (!j) return all;
    if (!j->is_object() || !std::ranges::all_of(*j, [](const Json& x) { return x.is_string(); }))
      wrong(key, "an object of texts");
    else
      for (const auto& [name, value] : j->items()) all[name] = value.get<std::string>();
    return all;
  }
  void one_of(const char* key, const std::string& is, const std::vector<std::string>& of) {
    if (std::ranges::find(of, is) != of.end()) return;
    std::string list;
    for (const auto& x : of)
      if (!x.empty()) list += (list.empty() ? "" : " or ") + x;
    wrong(key, list);
  }
  [[nodiscard]] bool has(const char* key) const { return json_.contains(key); }
  /// A key that nobody asked for is a slip.
  void end() {
    for (const auto& [key, value] : json_.items())
      if (key != "do" && std::ranges::find(known_, key) == known_.end())
        out_.error("E0776", {}, "this request takes no `" + shown(key) + "`", "", did_you_mean(key, known_));
  }

 private:
  [[nodiscard]] const Json* find(const char* key) {
    known_.emplace_back(key);
    const auto it = json_.find(key);
    return it == json_.end() ? nullptr : &*it;
  }
  void wrong(const char* key, const std::string& expected) {
    out_.error("E0775", {}, fmt::format("`{}` of a request is {}", key, expected), "", "");
  }

  const Json& json_;
  Diagnostics& out_;
  std::vector<std::string> known_;
};

}  // namespace entente::engine
