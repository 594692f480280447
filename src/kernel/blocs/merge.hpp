// Good partitions to begin with, without proof: see merge.cpp.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "kernel/blocs/state.hpp"

namespace entente::blocs {

/// A partition of the nodes, between `least` and `most` blocs, bettered by moves. Conditions "apart" are kept with any
/// number of blocs; with `most` below the number of nodes there must be none.
class PartitionSearch {
 public:
  PartitionSearch(const Core& core, std::uint32_t least, std::uint32_t most);

  /// Blocs are joined from single nodes on, the pair with the largest sum of ties first; then improved.
  void join();
  /// From these labels, improved.
  void from(std::span<const std::uint32_t> bloc);
  /// Blocs along friendly edges, those with the least `strain` first, as long as joining does not cost; then improved.
  void follow(std::span<const double> strain);
  /// Rounds of changing the best a little and improving it again.
  void kick(std::uint32_t rounds, std::uint64_t key, const std::stop_token& stop);

  [[nodiscard]] bool found() const { return best_ < nothing; }
  [[nodiscard]] double best() const { return best_; }  ///< energy
  [[nodiscard]] std::span<const std::uint32_t> blocs() const { return kept_; }

 private:
  void improve();
  bool move_nodes();
  bool merge_blocs(bool down_to_most);
  bool fit();  ///< to the number of blocs; false: cannot be
  void note();
  void compact();
  [[nodiscard]] bool may_join(std::uint32_t a, std::uint32_t b) const;
  [[nodiscard]] bool may_move(std::uint32_t v, std::uint32_t b) const;

  const Core& core_;
  std::uint32_t least_, most_, used_ = 0;
  std::vector<std::uint32_t> bloc_, size_, kept_, touched_;
  std::vector<double> towards_, whole_;  ///< whole: by node, the sum of its |c|
  double best_ = nothing;
};

}  // namespace entente::blocs
