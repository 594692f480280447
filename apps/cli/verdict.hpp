// The last word on what a kernel answers by itself: its checker's.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "commands.hpp"

namespace entente::cli {

/// Where a checker's verdicts stand in an answer: keys from the outside in, "*" for every element of a list.
using Verdicts = std::vector<std::vector<std::string>>;

/// Prints the answer of a kernel and gives its exit code: `otherwise`, or not_solved where one of the verdicts rejects
/// it: false, no number, a violation above `most` (they are relative to the scale of the problem), or words other than
/// "consistent". The answer then says so: `status` is "not_solved", `rejected` names the verdict. A verdict that is not
/// there was not asked for.
int conclude(nlohmann::ordered_json& out, const Verdicts& verdicts, int otherwise = ok, double most = 1e-6);

}  // namespace entente::cli
