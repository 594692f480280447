// Coverings of the cycles with exactly one hostile tie: the program, its rows and what follows from its prices. See
// cover.cpp. The search that uses it is in clusters.cpp.
#pragma once
#include <memory>
#include <vector>

#include "kernel/blocs/state.hpp"
#include "lp/program.hpp"

namespace entente::blocs {

class Cover {
 public:
  struct Arc {
    std::uint32_t a, b;
    double cost;  ///< |c|; 0 for a condition "apart"
    bool hostile;
    std::uint32_t edge;  ///< of the core
  };
  struct Row {
    double violation = 0;
    std::vector<std::uint32_t> arcs;
  };

  explicit Cover(const Core& core);

  [[nodiscard]] const std::vector<Arc>& arcs() const { return arcs_; }
  [[nodiscard]] lp::Program& program() { return *program_; }
  /// Energy of the program's value, which no partition falls below, rounded up to the unit.
  [[nodiscard]] double bound() const { return round_up(program_->value()) + offset_; }
  [[nodiscard]] double raw() const { return program_->value() + offset_; }
  [[nodiscard]] double offset() const { return offset_; }  ///< energy = frustration + offset
  [[nodiscard]] double round_up(double frustration) const;
  /// Rows that the program's solution violates, the most violated first.
  void separate(std::vector<Row>& out);
  void add(std::vector<Row>& rows);
  void purge();  ///< rows that are slack and cost nothing go, when there are many
  /// y by edge of the core, to 2^-20: the last digits are those of a library that may choose by the processor.
  [[nodiscard]] std::vector<double> strain(const Core& core) const;
  /// The prices as a certificate; without conditions only, when nodes are actors.
  [[nodiscard]] Packing packing(const SolutionPool& pool) const;

 private:
  std::uint32_t nodes_;
  std::vector<Arc> arcs_;
  double offset_ = 0, unit_ = 0;
  std::unique_ptr<lp::Program> program_;
  std::vector<std::vector<std::uint32_t>> rows_;
  std::vector<std::uint32_t> start_, by_;            ///< friendly arcs by node
  std::vector<std::vector<std::uint32_t>> hostile_;  ///< by lower end
  std::vector<double> far_;
  std::vector<std::uint32_t> came_, touched_;
};

/// More than two blocs, or any number. False: no configuration found (out.feasible tells if there is none).
[[nodiscard]] bool find_clusters(std::uint32_t least_blocs, std::uint32_t most_blocs,
                                 std::span<const Condition> conditions, SolutionPool& pool);

}  // namespace entente::blocs
