// Questions to the exact optimiser: the best wanted or unwanted configuration for given energies of the movable ties,
// of those that cut the settled ones as asked. Small graphs are looked through once and answer from a table.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "entente/kernel/wedge.hpp"

namespace entente::wedge {

/// A problem in units of energy: a move's energy is its tie times both sizes.
struct Terms {
  std::uint32_t actors = 0;
  std::size_t moves = 0;
  std::vector<double> size;                  ///< by move: product of the sizes
  std::vector<double> present, least, most;  ///< energies
  std::vector<double> up, down, fixed;       ///< cost of a unit of energy; fixed cost
  double scale = 1, margin = 0;              ///< margin as an energy
  double dearest = 1;                        ///< the largest cost of one move
  void read(const Problem& p, const Options& options);
  [[nodiscard]] double cost(std::size_t m, double energy) const noexcept;
};

struct Best {
  bool exists = false;
  double energy = 0;          ///< of all ties
  double still = 0;           ///< of the ties that do not move
  std::uint64_t pattern = 0;  ///< movable ties that it cuts
};

class Oracle {
 public:
  void start(const Problem& p, const Options& options, const Terms& t);
  /// The best configuration for the energies of the movable ties, with the pattern `cuts` on `settled`. False: the
  /// optimiser reached its limit.
  [[nodiscard]] bool ask(bool wanted, std::span<const double> energy, std::uint64_t settled, std::uint64_t cuts,
                         Best& out);
  /// Labels of the configuration that ask() found last.
  [[nodiscard]] std::span<const std::uint32_t> labels() const noexcept { return labels_; }
  [[nodiscard]] std::uint64_t asked() const noexcept { return asked_; }

 private:
  struct Entry {
    std::uint64_t pattern = 0, code = 0;  // labels, four bits each
    double still = 0;
  };
  void tabulate(const Problem& p);
  void place(std::uint32_t actor, std::uint32_t used, double still, std::uint64_t pattern, std::uint64_t code);
  [[nodiscard]] bool optimise(bool wanted, std::span<const double> energy, std::uint64_t settled, std::uint64_t cuts,
                              Best& out);

  const Terms* terms_ = nullptr;
  const Problem* problem_ = nullptr;
  bool tabled_ = false;
  std::uint64_t asked_ = 0;
  std::uint32_t least_blocs_ = 1, most_blocs_ = 1;
  std::vector<Entry> table_[2];  // by wanted
  std::vector<Entry> first_[2];  // by pattern, while the table is made; code ~0: none
  std::vector<double> pair_;     // n x n, energies of ties that do not move
  std::vector<double> pull_;     // by bloc and actor, while a table is filled
  std::vector<std::uint64_t> reach_;
  std::vector<std::uint64_t> moved_;  // n x n, bit of the move of that pair
  std::vector<std::uint32_t> labels_;
  std::vector<std::uint32_t> bloc_;
  std::vector<std::uint8_t> is_move_;  // by tie
  blocs::Graph graph_;
  blocs::Options options_;
  std::vector<blocs::Condition> conditions_;
  blocs::Workspace workspace_;
  blocs::Solution solution_;
};

}  // namespace entente::wedge
