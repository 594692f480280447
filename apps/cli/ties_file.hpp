// Ties and sizes from plain tables, for the kernels of alignment: `a,b,weight` and `actor,size`, columns in any order,
// others passed over. Actors are numbered in the order in which the ties name them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "entente/kernel/blocs.hpp"
#include "entente/text/table.hpp"
#include "opened.hpp"

namespace entente::cli {

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

/// Reads ties and, where `sizes` is not empty, sizes; says all complaints. The exit code, `fine` when all is well.
[[nodiscard]] int read_ties_file(const std::string& path, const std::string& sizes, Opened& o, const Common& c,
                                 TiesFile& out);

}  // namespace entente::cli
