// Games in the files of Gambit (https://gambitproject.readthedocs.io/en/latest/formats.html): .efg, a tree in the order
// in which it is walked, and .nfg, a table of payoffs. Every part keeps its place; what a game must be beyond its
// grammar (perfect recall) is for whoever uses it.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "entente/base/diagnostic.hpp"

namespace entente::text {

struct Gambit {
  struct Node {
    char kind = 't';  ///< c chance, p player, t end
    std::string label;
    std::uint32_t information = 0;   ///< of a player's node: index into `information`
    std::vector<std::string> moves;  ///< of a chance node
    std::vector<double> chance;
    std::vector<double> payoff;           ///< of its outcome, by player; empty: none
    std::vector<std::uint32_t> children;  ///< later nodes
    Span span;
  };
  struct Information {
    std::uint32_t player = 0;  ///< from 0
    std::uint32_t number = 0;  ///< as in the file
    std::string name;
    std::vector<std::string> moves;
    Span span;
  };
  bool extensive = false;
  std::string title;
  std::vector<std::string> players;
  std::vector<Node> nodes;                           ///< of a tree: node 0 is the root
  std::vector<Information> information;              ///< of a tree
  std::vector<std::vector<std::string>> strategies;  ///< of a table: names by player
  std::vector<double> payoff;  ///< of a table: cell * players + player, first player's strategy fastest
};

/// Complaints E0660 to E0669: no such file, a word that does not belong, a number that is none, a player or outcome
/// that is not there, an information set that is not what it was, chances that do not add up, a file that is cut off or
/// goes on behind its end, too large (a million nodes or payoffs, 64 players). The first fault of grammar ends the
/// reading. O(size).
[[nodiscard]] Gambit read_gambit(const SourceMap& sources, std::uint32_t file, Diagnostics& out);

}  // namespace entente::text
