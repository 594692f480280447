// What is given, and news, as they are asked: conditions in words become claims of a plan, slips are complaints with a
// place, so that a terminal, a notebook and a server refuse the same with the same words.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/learn/learn.hpp"

namespace entente::engine {

/// The situation's plan with conditions behind its own claims. A condition becomes a source called `typed`, where
/// complaints about it point. Null after complaints.
[[nodiscard]] std::shared_ptr<plan::Plan> plan_given(std::shared_ptr<const situation::Situation> s,
                                                     const std::vector<std::string>& conditions,
                                                     const std::string& typed, SourceMap& sources, Diagnostics& out);
/// The situation's plan with all that its news speaks of; E0789 where it has none.
[[nodiscard]] std::shared_ptr<plan::Plan> plan_follow(std::shared_ptr<const situation::Situation> s, Diagnostics& out);
/// Claims by name, as indices; E0719 for one that is not there.
[[nodiscard]] std::vector<std::uint32_t> claims_named(const situation::Situation& s,
                                                      const std::vector<std::string>& names, Diagnostics& out);
/// learn::given with its refusal as a complaint (E0848). `claims`: these alone; empty: all.
[[nodiscard]] std::optional<learn::Given> given(const plan::Plan& plan, const doubt::Draws& d,
                                                const std::vector<std::uint32_t>& claims, Diagnostics& out);

}  // namespace entente::engine
