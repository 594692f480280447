// Answers as JSON. Undefined numbers are null with a reason beside them, so that every reader can parse what is
// printed.
#pragma once
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>

#include "entente/report/report.hpp"

namespace entente::report {

using Json = nlohmann::ordered_json;

inline Json num(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }
inline std::string print(const Json& j) { return j.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }
inline Json reason(ask::Reason r) { return r == ask::Reason::none ? Json(nullptr) : Json(std::string(ask::says(r))); }
inline Json truth(std::uint8_t t) { return t > 1 ? Json(nullptr) : Json(t == 1); }
inline Json head(const situation::Situation& s) { return {{"entente", 1}, {"situation", s.title}, {"as_of", s.as_of}}; }

}  // namespace entente::report
