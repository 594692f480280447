// Questions to the exact optimiser: the best wanted or unwanted configuration for given energies of the movable ties,
// of those that cut the settled ones as asked. Small graphs are looked through once and answer from a table.
#pragma once
#include <array>
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
  // Of a table by hubs: the best partitions of a set by what a and b do in it (anything, together, apart), and by
  // pattern the hub's bloc and what the rest does.
  struct State {
    std::vector<double> best;
    std::vector<std::uint16_t> first;  // the bloc of the first actor of the set
  };
  struct Found {
    double value = 0;
    std::uint16_t set = 0;
    std::uint8_t state = 0;
  };
  static constexpr std::uint32_t most_actors = 13;  // in a table

  void tabulate(const Problem& p);
  [[nodiscard]] std::uint32_t hub(const Problem& p) const;
  void star(const Problem& p, std::uint32_t hub);
  [[nodiscard]] Entry entry(const Problem& p, std::uint32_t hub, std::uint64_t pattern, const Found& f);
  void place(std::uint32_t actor, std::uint32_t used, double still, std::uint64_t pattern, std::uint64_t code);
  [[nodiscard]] bool optimise(bool wanted, std::span<const double> energy, std::uint64_t settled, std::uint64_t cuts,
                              Best& out);

  const Terms* terms_ = nullptr;
  const Problem* problem_ = nullptr;
  bool tabled_ = false;
  std::uint64_t asked_ = 0;
  std::uint32_t least_blocs_ = 1, most_blocs_ = 1;
  std::uint32_t hub_ = 0;        // actors: there is none
  std::vector<Entry> table_[2];  // by wanted
  std::vector<Entry> first_[2];  // by pattern, while the table is made; code ~0: none
  std::vector<double> pair_;     // n x n, energies of ties that do not move
  std::vector<double> pull_;     // by bloc and actor, while a table is filled
  std::vector<std::uint64_t> reach_;
  std::array<State, 3> states_;
  std::vector<Found> found_[2];
  std::vector<double> within_, to_hub_;  // by set of actors but the hub: ties within it; its ties to the hub
  std::vector<std::uint64_t> moved_;     // n x n, bit of the move of that pair
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
