#include "verdict.hpp"

#include <cmath>
#include <cstdio>
#include <span>

#include "opened.hpp"

namespace entente::cli {
namespace {

using Json = nlohmann::ordered_json;

bool rejects(const Json& v, double most) {
  if (v.is_boolean()) return !v.get<bool>();
  if (v.is_number()) return !(std::abs(v.get<double>()) <= most);
  if (v.is_string()) return !v.get<std::string>().starts_with("consistent");
  return true;
}

// The place of the first verdict that rejects; empty when none does.
std::string rejected(const Json& at, std::span<const std::string> keys, double most) {
  if (keys.empty()) return rejects(at, most) ? ":" : "";
  const auto below = [&](const std::string& key, const Json& value) {
    const std::string bad = rejected(value, keys.subspan(1), most);
    return bad.empty() ? bad : key + (bad == ":" ? "" : "." + bad);
  };
  if (keys.front() != "*")
    return at.is_object() && at.contains(keys.front()) ? below(keys.front(), at[keys.front()]) : "";
  for (std::size_t k = 0; at.is_array() && k < at.size(); ++k)
    if (std::string bad = below(std::to_string(k + 1), at[k]); !bad.empty()) return bad;
  return "";
}

}  // namespace

int conclude(Json& out, const Verdicts& verdicts, int otherwise, double most) {
  for (const auto& keys : verdicts) {
    const std::string bad = rejected(out, keys, most);
    if (bad.empty()) continue;
    out["status"] = "not_solved";
    out["rejected"] = bad;
    std::fprintf(stderr, "error[E0703]: the answer is rejected by its own check: `%s`\n", bad.c_str());
    otherwise = not_solved;
    break;
  }
  print(out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  return otherwise;
}

}  // namespace entente::cli
