// The graph as branch and cut sees it, and what finds violated cycles in it. See cycles.cpp.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "kernel/blocs/state.hpp"

namespace entente::blocs {

/// Arcs with a pull, and arcs of cost 0 that join the components to one.
struct Frame {
  struct Arc {
    std::uint32_t a, b;
    double cost;   ///< |c|, paid when the arc is frustrated
    bool hostile;  ///< c < 0: not frustrated when cut
  };
  std::uint32_t nodes = 0;
  std::vector<Arc> arcs;
  std::vector<std::uint32_t> start, to, by;             ///< adjacency: the other end and the arc
  std::vector<std::uint32_t> tree;                      ///< the arcs of a spanning tree
  std::vector<std::array<std::uint32_t, 3>> triangles;  ///< by arcs, at most 400,000

  explicit Frame(const Core& core);
  /// Sides when each arc is frustrated or not as y says (above 1/2), read along the tree.
  void sides(std::span<const double> y, std::vector<std::uint32_t>& out) const;
};

/// An inequality: sum over `plain` of y + sum over `turned` of (1 - y) >= 1, for an odd cycle.
struct Cut {
  std::vector<std::uint32_t> plain, turned;
  double violation = 0;
};

/// Violated cuts for y, the most violated first. pure: those without turned arcs only.
class Separator {
 public:
  explicit Separator(const Frame& frame);
  void triangles(std::span<const double> y, bool pure, std::vector<Cut>& out) const;
  /// At most `most` cycles from shortest paths in the doubled graph (Barahona and Mahjoub 1986,
  /// doi:10.1007/BF02592023), beginning from node `from` on; exact when it returns none after all nodes.
  void cycles(std::span<const double> y, bool pure, std::size_t most, std::vector<Cut>& out);

 private:
  const Frame& frame_;
  std::vector<double> far_;
  std::vector<std::uint32_t> came_;  ///< half-arc by which a doubled node was reached: 4 arc + 2 turned + side left
  std::vector<std::uint32_t> touched_, seen_;
  std::uint32_t next_ = 0;
};

/// By node: a parent and the value of the least cut between the two, no more than `enough`; the least on the way
/// between two nodes is their least cut. Node 0 is the root. n - 1 flows.
struct CutTree {
  std::uint32_t parent;
  double value;
};
[[nodiscard]] std::vector<CutTree> cut_tree(const Frame& frame, std::span<const double> capacity, double enough);

}  // namespace entente::blocs
