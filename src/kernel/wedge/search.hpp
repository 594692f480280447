// The tree over patterns. A node settles which movable ties the wanted configuration cuts, and which moves are made or
// left alone; its linear program, over the changes alone, has rows
//   lower(Y) + margin <= F(Q) + Y . pattern(Q),   lower(Y) = f + Y . settled cuts + sum over free ties of chord(Y - w),
// f the least wanted energy in the node with the free ties at w, and chord the line under min(0, Y - w) between the
// bounds: a lower bound of the wanted energy, exact once all are settled. w: the ties as they are. Its dual values give
// Lagrange's bound, at least as high as the program's. More bounds at other w, such as those of Lagrange's question,
// raise the program's value and were measured to cost more questions than the nodes they save.
#pragma once
#include <vector>

#include "kernel/wedge/oracle.hpp"
#include "kernel/wedge/program.hpp"

namespace entente::wedge {

/// What a node is about: bits of moves.
struct Branch {
  std::uint64_t settled = 0, cuts = 0, moves = 0, stays = 0;
  double bound = 0;
  bool known = false;  ///< start is
  Best start;          ///< the best in the node with the free ties as they are and the settled ones at 0
};

class Search {
 public:
  void start(const Problem& p, const Options& options, Answer& out);
  /// Both from the best wanted and unwanted configurations as things are.
  [[nodiscard]] bool singles(const Best& wanted, const Best& unwanted);
  void run(const Best& wanted);

  Terms terms;
  Oracle oracle;
  std::vector<double> energy;  ///< of the best package, or the present ones
  double best = 0;             ///< its cost
  double open = 0;             ///< the least bound of the nodes that were not finished
  bool limited = false;

 private:
  enum class Linear : std::uint8_t { solved, infeasible, failed };

  void node(const Branch& b);
  void set_lower(const Branch& b, double f);
  void columns(const Branch& b);
  Linear linear(Best& unwanted);
  void values();
  [[nodiscard]] std::uint64_t range(const Branch& b) const noexcept;
  [[nodiscard]] bool lagrange(const Branch& b, double& bound);
  double excess();
  void gather();
  void leaf(const Branch& b, double bound, bool refuted, bool empty);
  void give_up(double bound);
  void consider();
  void try_pattern(const Best& wanted);
  std::uint32_t pool(const Best& b);
  [[nodiscard]] double tolerance() const noexcept;
  void branch(const Branch& b, const Best& wanted, const Best& start, bool feasible, double bound);

  const Problem* problem_ = nullptr;
  const Options* options_ = nullptr;
  Answer* out_ = nullptr;
  Program program_;
  std::vector<double> cost_, row_, sum_, w_;
  std::vector<std::int32_t> column_;    // move, negative for down: m + 1 or -(m + 1)
  double lower_constant_ = 0;           // the lower bound of the wanted energy
  std::vector<double> lower_slope_;     // and its slopes, by move
  std::vector<std::uint32_t> of_pool_;  // by row of the program
  std::vector<std::uint64_t> pool_pattern_, tried_;
  std::vector<double> pool_still_;
  std::vector<double> lambda_;  // by pool entry
  std::vector<double> y_;       // energies at the program's optimum
};

}  // namespace entente::wedge
