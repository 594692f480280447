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
  /// Blocs from a fractional answer, strain from 0 (the edge is not frustrated) to 1: joined greedily with edges
  /// weighing the less the more they are strained, and along friendly edges of little strain; then improved.
  void follow(std::span<const double> strain, std::uint64_t key = 0);  ///< key: weights shaken a little by it, unless 0
  /// Rounds of changing the best a little and improving it again.
  void kick(std::uint32_t rounds, std::uint64_t key, const std::stop_token& stop);

  [[nodiscard]] bool found() const { return best_ < nothing; }
  [[nodiscard]] double best() const { return best_; }  ///< energy
  [[nodiscard]] std::span<const std::uint32_t> blocs() const { return kept_; }

 private:
  void improve();
  bool move_nodes();
  bool merge_blocs(bool down_to_most, std::span<const double> weight = {});  ///< weight: by edge, in place of c
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
