// Ties and sizes from plain tables, for the kernels of alignment: `a,b,weight` and `actor,size`, columns in any order,
// others passed over; the columns may have the names that others give them (`source,target,rating`). Networks of
// Pajek's
// (.net: *Vertices, *Edges, *Arcs, *Matrix) are read too. Actors are numbered in the order in which the ties name them.
//
// Ties have no direction here. Two arcs between a pair, one each way, are one tie when they say the same; when they do
// not, how to join them is asked for.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "entente/kernel/blocs.hpp"
#include "entente/text/table.hpp"
#include "opened.hpp"

namespace entente::cli {

/// What becomes of two arcs between a pair that say different things.
enum class BothWays : std::uint8_t { refuse, sum, mean };

struct TiesFile {
  struct Tie {
    std::uint32_t a = 0, b = 0;
    double weight = 0;
  };
  std::vector<std::string> actors;
  std::vector<Tie> ties;     ///< each pair once
  std::vector<double> size;  ///< by actor; empty when no sizes were read

  [[nodiscard]] std::optional<std::uint32_t> actor(const std::string& name) const;
};

/// `2` (at most two sides), another whole number (exactly so many), `free`; none for anything else.
[[nodiscard]] std::optional<blocs::Setting> blocs_setting(const std::string& word);

/// Actors and ties in the words of the file, for complaints of a kernel.
[[nodiscard]] NameOf named(const TiesFile& t);

/// A table from a file; none, with `code` the exit code, when it cannot be read.
[[nodiscard]] std::optional<text::Table> open_table(const std::string& path, Opened& o, const Common& c,
                                                    std::uint32_t& file, int& code);
/// A finite number, or a complaint with this code that `what` is none.
[[nodiscard]] std::optional<double> number_in(const text::Table::Cell& cell, const char* what, const char* code,
                                              Diagnostics& out);

/// Ties as they come from a file, joined to one for each pair of actors.
class TiesTaken {
 public:
  TiesTaken(TiesFile& to, Diagnostics& out, BothWays both) : to_(to), out_(out), both_(both) {}
  void add(const std::string& a, Span a_place, const std::string& b, Span b_place, double weight, bool directed);
  std::uint32_t actor(const std::string& name);

 private:
  struct Seen {
    std::size_t tie;
    Span place;
    bool directed, forth, back;  ///< which ways there were arcs
    double first;
  };
  TiesFile& to_;
  Diagnostics& out_;
  BothWays both_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Seen> seen_;
};

/// A network of Pajek's from its text.
void read_pajek(std::string_view text, std::uint32_t file, Diagnostics& out, TiesFile& to, BothWays both);

/// Reads ties and, where `sizes` is not empty, sizes; says all complaints. The exit code, `ok` when all is well.
[[nodiscard]] int read_ties_file(const std::string& path, const std::string& sizes, Opened& o, const Common& c,
                                 TiesFile& out, BothWays both = BothWays::refuse);

}  // namespace entente::cli
