// Who stands with whom: partitions of a signed weighted graph of actors with sizes into blocs, best first, with proof.
//
// Problem. n actors of sizes s > 0; ties (a, b, w), friendly when w > 0, hostile when w < 0, each pair at most once.
// Write c_ab = s_a s_b w_ab. A configuration is a partition of the actors into blocs (blocs have no names; an actor
// nobody is tied to is still somewhere).
//   energy      E = sum of c_ab over ties between different blocs, each unordered pair once
//   frustration F = sum of |c_ab| over friendly ties between blocs and hostile ties within = E + sum of |c| over
//   hostile
// so both have the same minimisers. With two blocs this is the landscape theory of Axelrod and Bennett 1993
// (doi:10.1017/S000712340000973X), whose energy sums over ordered pairs and is 2 E, and the frustration index (line
// index of balance, Harary 1959, doi:10.1002/bs.3830040405) is min F with unit sizes and weights of 1 or -1; with
// any number it is correlation clustering (Bansal, Blum, Chawla 2004, doi:10.1023/B:MACH.0000033116.57574.95). Both are
// NP-hard. Choice. Small graphs by enumeration in Gray code; larger ones as the essays of src/kernel/blocs say. Every
// answer has a lower bound and says whether it is proven. Method page: docs/methods/blocs.md.
//
// Equal. Two configurations are as good as each other when their energies differ by no more than tolerance times the
// sum of |c_ab| over the ties that they treat differently: the ties of large actors have no part in a comparison that
// only small ones are in. The optima are all configurations as good as the best; the second best is the least of the
// others. Bounds are proven to tolerance * scale, scale = sum of |c_ab| over all.
//
// Errors: ErrorKind::invalid for input that is no signed graph, a k or a condition that cannot be met; too_large beyond
// the stated sizes; not_solved, see Options::nodes; cancelled is not an error here: a stopped search answers with its
// bound. Nothing throws but
// std::bad_alloc. All functions are pure and may run in many threads, each with a Workspace of its own.
#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "entente/base/result.hpp"

namespace entente::blocs {

using Actor = std::uint32_t;
inline constexpr std::uint32_t most_actors = 20'000;
inline constexpr std::uint32_t most_ties = 1'000'000;

struct Tie {
  Actor a = 0, b = 0;
  double weight = 0;  ///< > 0 friendly, < 0 hostile, 0 allowed: no pull, no triad
};

struct Graph {
  std::uint32_t actors = 0;
  std::vector<Tie> ties;     ///< each unordered pair at most once
  std::vector<double> size;  ///< by actor, > 0; empty: all 1
};

enum class Number : std::uint8_t {
  two,      ///< at most two sides, one may be empty: the landscape theory
  exactly,  ///< k blocs, none empty
  at_most,  ///< up to k blocs
  free,     ///< any number, 1 to n
};
struct Setting {
  Number number = Number::two;
  std::uint32_t k = 2;  ///< read with `exactly` and `at_most` only; 1 to n
};

/// a and b in one bloc, or in different ones.
struct Condition {
  Actor a = 0, b = 0;
  bool together = true;
};

struct Options {
  double tolerance = 1e-9;    ///< of what is compared: energies this near are equal; 0 to 1e-3
  std::uint32_t optima = 64;  ///< most optima to list, at least 1; one more is looked for to know if all are there
  bool second = true;         ///< look for the second best too (more work on large graphs)
  bool all = true;            ///< false: one optimum is enough, `complete` is then false and `second` is not sought
  std::uint32_t enumerate_to = 22;  ///< with two sides, actors up to which all configurations are looked at; at most 24
  /// Most nodes of a search tree, beyond which the best so far is given with its bound. Where partitions are searched
  /// the first way down is always gone to its end, so that there is an answer (with conditions "apart": for up to 100
  /// nodes by actor more; if no configuration is met by then, the error is not_solved).
  /// Two sides: 1024 placements in a dense graph, or each further 2000 pivots of a program, count as a node too.
  std::uint64_t nodes = 1'000'000;
  std::stop_token stop = {};  ///< ends the search early, with the bound so far
};

/// How the lower bound was reached; check() verifies the first two from their data, and repeats small enumerations.
enum class Proof : std::uint8_t {
  none,         ///< not proven: the bound is below the energy
  trivial,      ///< no frustration at all: no configuration can do better
  packing,      ///< a fractional packing of negative cycles, see Packing
  enumeration,  ///< every configuration was looked at
  search,       ///< a tree of bounds was exhausted
};

/// Lower bound of the frustration: closed walks with an odd number of hostile ties (two blocs) or with exactly one (any
/// other number), each with a weight, such that on no tie the weights of the cycles through it exceed |c|. Each such
/// cycle has at least one frustrated tie in every configuration, so F >= sum of the weights. Cycle i is ties[start[i]]
/// to ties[start[i + 1]].
struct Packing {
  std::vector<std::uint32_t> start, tie;
  std::vector<double> weight;
  double bound = 0;  ///< of the frustration
};

inline constexpr double nothing = std::numeric_limits<double>::infinity();

/// Labels are canonical: actor 0 is in bloc 0, and each new bloc met in the order of actors takes the next number.
struct Solution {
  bool feasible = true;    ///< false: the conditions contradict each other or the number of blocs; rest empty
  double energy = 0;       ///< least found, whatever the length of the list
  double bound = 0;        ///< no configuration has less (up to rounding, 1e-12 of the scale)
  double frustration = 0;  ///< of `bloc`
  bool proven = false;     ///< energy <= bound + tolerance * scale
  Proof proof = Proof::none;
  Packing packing;  ///< with Proof::packing
  /// By actor; the first of the optima listed. Optima are equal within the tolerance only: its own energy may be above
  /// `energy` by up to tolerance * scale, and `frustration` and the figures by tie and actor are those of `bloc`. One
  /// of the optima listed has `energy`.
  std::vector<std::uint32_t> bloc;
  std::uint32_t blocs = 0;  ///< how many
  std::vector<std::uint32_t>
      optima;                  ///< the optima found, n labels each, in lexicographic order; at most options.optima
  std::uint32_t count = 0;     ///< how many are listed
  bool complete = false;       ///< they are all there are
  double second = nothing;     ///< energy of the best configuration that is no optimum; `nothing`: none, or not known
  double gap = nothing;        ///< second - energy
  bool second_proven = false;  ///< second is exact (with `nothing`: there is none)
  std::vector<std::uint32_t> second_bloc;  ///< one configuration of that energy; empty if none
  std::vector<double> tie_frustration;     ///< by tie: |c| where frustrated in `bloc`, else 0
  std::vector<double> actor_frustration;   ///< by actor: sum over its ties; these sum to 2 frustration
  std::uint64_t nodes = 0;                 ///< configurations looked at, or nodes of the search tree
};

/// Memory reused between calls on graphs of any shape. It holds no answers: results never depend on earlier calls.
/// Graphs up to about 12 actors are solved without allocating once workspace and Solution have grown to their size.
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

/// Refuses: no actors or too many; an end of a tie or condition that does not exist; a tie or condition of an actor
/// with itself (a condition "together" with itself too); a pair tied twice; weights that are not finite; sizes not
/// finite and positive, or not one for each actor; products that overflow; k outside 1..n. O(n + m log m).
[[nodiscard]] Result<void> validate(const Graph& g, const Setting& setting = {},
                                    std::span<const Condition> conditions = {});
/// The same with memory to reuse: allocates nothing where a graph of as many ties has been before.
[[nodiscard]] Result<void> validate(const Graph& g, const Setting& setting, std::span<const Condition> conditions,
                                    std::vector<std::uint64_t>& keys);

/// The best configurations under the setting and, if any, the conditions. Conditions that cannot be met together are an
/// answer, not an error: `feasible` is false. Cost: exponential at worst.
[[nodiscard]] Result<void> optimise(const Graph& g, const Setting& setting, std::span<const Condition> conditions,
                                    const Options& options, Workspace& w, Solution& out);
[[nodiscard]] Result<Solution> optimise(const Graph& g, const Setting& setting = {}, const Options& options = {});

/// Energy and frustration of any configuration, labels by actor (any numbers). O(m). Graph and labels must fit.
[[nodiscard]] double energy(const Graph& g, std::span<const std::uint32_t> bloc);
[[nodiscard]] double frustration(const Graph& g, std::span<const std::uint32_t> bloc);
/// sum of |c_ab|: what tolerances are relative to.
[[nodiscard]] double scale(const Graph& g);
/// Renumbers labels into the canonical form, in place; returns the number of blocs. O(n + blocs), allocates.
std::uint32_t canonical(std::span<std::uint32_t> bloc);

// ------------------------------------------------------------------------------------------------------- landscape

/// A configuration from which no single actor can move to lower its own frustration, that is the energy, by more than
/// tolerance times the sum of |c| over its own ties.
struct LocalOptimum {
  double energy = 0, frustration = 0;
  std::uint64_t basin = 0;  ///< configurations (or samples) whose descent ends here, itself included
  double share = 0;         ///< basin over all
  double error = 0;         ///< standard error of the share; 0 when enumerated
  std::vector<std::uint32_t> bloc;
};
struct LandscapeOptions {
  double tolerance = 1e-9;
  std::uint32_t enumerate_to = 22;  ///< actors, at most 24; larger graphs are sampled
  std::uint64_t samples = 10'000;   ///< starts, each actor on either side with equal chance
  std::uint64_t seed = 1;
  std::uint32_t limit = 1000;  ///< most local optima given, best first
};
struct Landscape {
  bool enumerated = false;
  std::uint64_t configurations = 0;  ///< 2^(n-1), or the samples
  std::uint64_t count = 0;           ///< local optima found in all; all there are when enumerated
  std::vector<LocalOptimum> optima;  ///< by energy, then by labels; at most `limit`
};
/// Local optima with two sides, and their basins. The descent is steepest: the actor whose move lowers the energy most
/// moves, the lowest index among equals (within that tolerance of the most), until nobody gains. Configurations
/// that differ by exchange of sides are one. 2^(n-1) configurations at O(n) each and 4 bytes, or
/// O(samples * moves * n).
[[nodiscard]] Result<Landscape> landscape(const Graph& g, const LandscapeOptions& options = {});

/// Triads, triples with all three ties not 0, by number of hostile ties: +++, ++-, +--, --- (Cartwright and Harary
/// 1956, doi:10.1037/h0046049: the first and third are balanced; Davis 1967, doi:10.1177/001872676702000206: the second
/// alone is against any number of blocs). O(m * largest degree).
struct Triads {
  std::array<std::uint64_t, 4> count{};
};
[[nodiscard]] Triads triads(const Graph& g);

// ----------------------------------------------------------------------------------------------------------- judge

struct Verdict {
  bool consistent =
      false;  ///< everything recomputed from the labels agrees: energies, frustrations, canonical labels,
              ///< number of blocs, conditions, optima distinct, sorted and equal, second worse, bound below
  bool bound_verified = false;  ///< the certificate was checked here: trivial, packing, or a repeated enumeration
  std::string fault;            ///< the first thing wrong, empty if none
};
/// Judges an answer however found. Certificates: `trivial` and `packing` are verified from their data; on up to 16
/// actors the two-bloc optimum, and on up to 9 any other, is found again by plain recursion, the list and the second
/// best with it; for the rest bound_verified is false and only consistency is judged.
[[nodiscard]] Verdict check(const Graph& g, const Setting& setting, std::span<const Condition> conditions,
                            const Options& options, const Solution& s);

}  // namespace entente::blocs
