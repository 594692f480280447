// A cooperative game from a file, read as a stream: a table of coalitions and worths, or the compact binary form.
//
// CSV: a header with `mask` and `worth` in any order (other columns are passed over, lines beginning with # may stand
// before it), a row for every coalition that is worth something. Binary: 16 bytes of header, "EntenteG", then version 1
// and the number of players n as little-endian 32-bit integers; then 2^n little-endian doubles in order of masks.
// Nothing but the worths is kept, so 20 players (a million rows) take 8 MB. docs/guide/kernels.md shows both.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "opened.hpp"

namespace entente::cli {

struct GameFile {
  unsigned players = 0;
  std::vector<double> worth;                           ///< 2^players, or what lies below 2^25 of a larger game
  std::vector<std::pair<std::uint64_t, double>> more;  ///< the rest of a larger game, by mask
  std::uint64_t missing = 0;                           ///< coalitions that no row names; they are worth 0

  [[nodiscard]] double operator()(std::uint64_t members) const;
};

/// `players`: 0 to take the number from the largest mask. `large`: games of more than 25 players are wanted (up to 64).
/// False: complaints are in `o` (with places, up to 20 of them).
[[nodiscard]] bool read_game(const std::string& path, unsigned players, bool large, Opened& o, GameFile& out);

}  // namespace entente::cli
