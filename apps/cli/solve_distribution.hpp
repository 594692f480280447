// The part of `solve blocs` that answers with chances.
#pragma once
#include <nlohmann/json.hpp>
#include <stop_token>
#include <vector>

#include "commands.hpp"
#include "entente/kernel/blocs.hpp"
#include "ties_file.hpp"

namespace entente::cli {

/// The condition that two named actors are apart; nothing without names. The exit code, `ok` when all is well.
[[nodiscard]] int against(const TiesFile& t, const std::vector<std::string>& names, const Common& c,
                          std::vector<blocs::Condition>& out);

/// Prints ln Z, entropy and each pair's chance as JSON.
[[nodiscard]] int solve_distribution(const TiesFile& t, const blocs::Graph& g, const blocs::Setting& setting,
                                     const std::vector<blocs::Condition>& conditions, const BlocsArgs& a,
                                     std::stop_token stop, const Common& c);

}  // namespace entente::cli
