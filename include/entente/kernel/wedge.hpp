// What it would take to part two actors, or to bind them: the cheapest bounded changes of ties after which a and b
// stand apart (together) in every best configuration of the others. Numbers only.
//
// Problem. A signed graph (blocs.hpp) and m moves, each a declared tie with bounds on its value, a cost per unit up and
// per unit down, and a fixed cost paid if it moves at all. The wanted configurations W have a and b apart (bind:
// together), the unwanted U are the others. Find the values x within the bounds of least cost with
//   min over P in W of E(x, P) + margin * scale  <=  min over Q in U of E(x, Q).
// scale is the most that the sum of |c| can become: every tie at its |value|, a movable one at the larger |bound|. It
// does not depend on x, so the condition is the same for all packages; c = product of the two sizes and the tie.
//
// Theory. E is linear in x, so both minima are concave: the set of x that will do is a union of polyhedra, one for each
// wanted P, and only the pattern of P counts, which of the movable ties it cuts. For one pattern the problem is a
// linear program whose rows, one for each Q, are found by the exact optimiser. Over patterns it is a tree. The bound of
// a node is Lagrange's: for weights l_Q >= 0 with sum L, every package that does it costs at least
//   L margin scale - sum l_Q F(Q) + min over P of [ L F(P) + sum over moves v(P cuts it) ],
//   v(cut) = min over the values x of the move of  cost(x) + (L [cut] - r) s x,   r = sum l_Q over Q that cut it,
// F the energy of the ties that do not move, s the product of the sizes: the minimum over P is once more one question
// to the exact optimiser, on the same graph with other weights. Choice. Trees over patterns and over "moves or stays",
// weights from the linear program of the node (bounded dual simplex, ours), a table of all patterns where the graph is
// small. Cost. Exponential at worst, in the number of moves as well; see docs/methods/wedge.md.
//
// Certificate. The leaves of the tree, each with its weights on unwanted configurations: they prove the least cost, or
// with costs left out that no package within the bounds does it. check() verifies them by one call to the optimiser for
// each leaf.
#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "entente/kernel/blocs.hpp"

namespace entente::wedge {

inline constexpr std::uint32_t most_moves = 60;

struct Move {
  std::uint32_t tie = 0;       ///< index into graph.ties; each tie at most once
  double least = 0, most = 0;  ///< bounds on its value, finite; the present value lies within
  double up = 0, down = 0;     ///< cost of one unit upwards and downwards, finite and >= 0
  double fixed = 0;            ///< paid once if the value moves, finite and >= 0
};

struct Problem {
  blocs::Graph graph;
  blocs::Setting setting;
  blocs::Actor a = 0, b = 0;
  bool together = false;  ///< false: wedge, part a and b; true: bind them
  std::vector<Move> moves;
};

struct Options {
  double margin = 1e-6;           ///< of the scale, 1e-8 to 1
  bool singles = true;            ///< also what each tie would do alone: four questions to the optimiser for each move
  bool certificate = true;        ///< keep what check() needs for the bound
  std::uint64_t nodes = 100'000;  ///< most nodes of the tree, beyond which the answer is `unsolved` with its bound
  std::uint64_t optimiser_nodes = 1'000'000;  ///< most nodes of one question to the optimiser
  std::stop_token stop = {};
};

enum class Status : std::uint8_t {
  already,     ///< it holds as things are: cost 0
  possible,    ///< the cheapest package, proven
  impossible,  ///< proven: no package within the bounds does it; cost is infinite
  unsolved,  ///< a limit was reached; cost is that of the best package found (infinite if none), `bound` what is proven
};

inline constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// One tie moved alone, the others as they are, whatever its bounds: it holds at values <= `below` and at values >=
/// `above`; NaN where there is no such value.
struct Single {
  double below = none, above = none;
};

/// Part of the proof: no package whose wanted configuration agrees with `cuts` on the moves in `settled`, and which
/// moves (leaves alone) those in `moves` (`stays`), costs less than its bound; with `refuted`, none exists. Weights are
/// Wedge::weights[first] up to [last]. `empty`: there is no wanted configuration of that pattern.
struct Leaf {
  std::uint64_t settled = 0, cuts = 0, moves = 0, stays = 0;  ///< bit = index of the move
  bool refuted = false, empty = false;
  double bound = 0;
  std::uint32_t first = 0, last = 0;
};
struct Weight {
  std::uint32_t configuration = 0;  ///< index into Wedge::configurations
  double weight = 0;                ///< >= 0, cost per unit of energy (refuted: without unit)
};

struct Answer {
  Status status = Status::unsolved;
  double cost = 0;                    ///< 0, the least, infinity; see Status
  double bound = 0;                   ///< no package costs less
  std::vector<double> value;          ///< by move; the present ones unless a package was found
  double before = 0, after = 0;       ///< (best unwanted - best wanted energy) / scale, as things are and with `value`;
                                      ///< +-infinity where there is no such configuration
  std::vector<std::uint32_t> wanted;  ///< best wanted configuration at `value`, labels by actor; empty if none
  std::vector<std::uint32_t> unwanted;     ///< best unwanted one at `value`
  std::vector<Single> singles;             ///< by move
  std::uint64_t nodes = 0, questions = 0;  ///< of the tree; to the optimiser (or table)
  std::vector<Leaf> leaves;
  std::vector<Weight> weights;
  std::vector<std::uint32_t> configurations;  ///< unwanted ones, labels by actor, one after the other
};

/// Memory reused between calls; it holds no answers.
class Workspace {
 public:
  Workspace();
  ~Workspace();
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;
  struct Body;
  [[nodiscard]] Body& body() noexcept { return *body_; }

 private:
  std::unique_ptr<Body> body_;
};

/// Refuses what blocs::validate() refuses, a wedge between an actor and itself or one that is not there, a move of a
/// tie that is not there or moves twice, bounds that cross, are not finite or leave out the present value, costs below
/// 0 or not finite, options outside their ranges; too_large: more than 60 moves.
[[nodiscard]] Result<void> validate(const Problem& p, const Options& options = {});
/// The same with memory to reuse.
[[nodiscard]] Result<void> validate(const Problem& p, const Options& options, std::vector<std::uint64_t>& keys);

/// The least package. Errors: as validate(); not_solved when the optimiser reaches its limit on a question that cannot
/// be left open. A stopped or limited search is an answer: `unsolved`. On graphs of few configurations (up to 13
/// actors with two sides, or with moves of one actor's ties alone; else up to 8; at most 10 moves) nothing is allocated
/// once workspace and answer have served such a problem.
[[nodiscard]] Result<void> solve(const Problem& p, const Options& options, Workspace& w, Answer& out);
[[nodiscard]] Result<Answer> solve(const Problem& p, const Options& options = {});

/// The scale that the margin is relative to.
[[nodiscard]] double scale(const Problem& p);
/// What the values cost, from the present ones. Precondition: validate(), one value for each move.
[[nodiscard]] double cost(const Problem& p, std::span<const double> value);

struct Verdict {
  bool consistent = false;      ///< values within bounds, cost recomputed, margin met at them (missed as things are)
  bool bound_verified = false;  ///< the leaves cover every case and each bound was found again
  double margin = 0;            ///< (best unwanted - best wanted) / scale at `value`, found again
  double bound = 0;             ///< the least of the leaves' bounds, found again
  std::string fault;            ///< the first thing wrong, empty if none
};
/// Judges an answer however found: both constrained optima at the package by blocs::optimise(), the leaves by
/// Lagrange's bound. Precondition: validate(). Cost: 3 + leaves calls to the optimiser.
[[nodiscard]] Verdict check(const Problem& p, const Options& options, const Answer& answer);

}  // namespace entente::wedge
