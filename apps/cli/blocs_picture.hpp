// An answer of the blocs kernel as a picture: Graphviz (friends near, foes far apart, frustrated ties thick) and
// GEXF 1.2 for Gephi and its like.
#pragma once
#include <string>

#include "entente/kernel/blocs.hpp"
#include "ties_file.hpp"

namespace entente::cli {

[[nodiscard]] std::string blocs_dot(const TiesFile& t, const blocs::Graph& g, const blocs::Solution& s);
[[nodiscard]] std::string blocs_gexf(const TiesFile& t, const blocs::Graph& g, const blocs::Solution& s);

}  // namespace entente::cli
