// How good the numbers are on which a claim rests, and which of them are drawn as if they had nothing to do with one
// another although they may.
#pragma once
#include <string>
#include <vector>

#include "entente/doubt/doubt.hpp"

namespace entente::doubt {

/// The id of the source that a number cites; "no source" without one.
[[nodiscard]] std::string source_of(const plan::Plan& plan, plan::ParamId param);

/// Of the numbers that drive a claim (told from idle ones; without any, those at which it turns): how many are
/// judgements (a source called judgement), how many are graded below C3 (reliability under C, or credibility under 3;
/// F and 6, which cannot be judged, are below), how many have no grade.
[[nodiscard]] Grounds grounds(const plan::Plan& plan, const Finding& f);

/// That numbers are an assistant's, and how much hangs on them at most; empty where none is.
[[nodiscard]] std::string proposals(const plan::Plan& plan, const std::vector<Finding>& findings);
[[nodiscard]] std::vector<std::string> warnings(const plan::Plan& plan);

}  // namespace entente::doubt
