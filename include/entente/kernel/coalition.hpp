// Cooperative games with transferable utility (TU games) as a table of 2^n worths, n from 1 to 25.
//
// Problem. Players 1..n; every coalition S, a bitmask with player 1 at bit 0, can secure worth[S]; worth[0] = 0. What
// does each get (values), which divisions can nobody overturn (core, least core, nucleolus), and how is that proved?
// Theory. Values are linear in the game and are sums over coalitions; the core family are linear programs with 2^n
// rows. Choice. Sums run over the table once or by a Moebius transform in place; programs are solved in their few
// columns with all rows priced by one pass over the table. Every answer of the core family carries its certificate, and
// a judge that knows nothing of the solver (kohlberg, largest_excess, imbalance). Cost. Stated at each function; memory
// beyond the caller's table is small unless said. Beyond 25 players: coalition_sampling.hpp; exact fractions:
// coalition_exact.hpp; weighted voting: voting.hpp; exchange networks: exchange.hpp. The method page is
// docs/methods/coalition.md.
//
// Errors, the same everywhere: ErrorKind::invalid for a table that is no game (size not 2^n, worth[0] not 0, a worth
// not finite) or arguments of the wrong length or outside their domain; too_large beyond 25 players; not_solved when a
// program reaches its pivot limit. Nothing throws but std::bad_alloc. All functions are pure and may run in many
// threads at once; `threads` arguments change the time taken, never a bit of the result.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "entente/base/result.hpp"

namespace entente::coalition {

using Mask = std::uint32_t;
inline constexpr unsigned most_players = 25;

/// The number of players n of a table of 2^n worths; worth[0] must be 0, all finite, n from 1 to 25. O(2^n).
[[nodiscard]] Result<unsigned> players(std::span<const double> worth);

// ---------------------------------------------------------------------------------------------------------- values

/// Harsanyi dividends by the Moebius transform, in place: d(S) = sum over T in S of (-1)^(|S|-|T|) v(T)
/// (Harsanyi 1963, doi:10.2307/2525487). The size must be a power of two. O(n 2^n), no allocation.
void dividends(std::span<double> worth) noexcept;
/// The inverse (zeta transform), in place: v(S) = sum over T in S of d(T). O(n 2^n), no allocation.
void worths_from_dividends(std::span<double> dividend) noexcept;

/// Shapley value (Shapley 1953, doi:10.1515/9781400881970-018): x_i = sum over S without i of
/// |S|! (n-|S|-1)! / n! (v(S+i) - v(S)). Efficient, symmetric, null player, additive. `out`: n payoffs.
/// O(n 2^n) additions, no copy of the table.
[[nodiscard]] Result<void> shapley(std::span<const double> worth, std::span<double> out, unsigned threads = 1);

/// Weighted Shapley value with positive weights (Kalai and Samet 1987, Int. J. Game Theory 16:205-222):
/// x_i = sum over S with i of w_i / w(S) d(S), d the Harsanyi dividends. Equal weights: the Shapley value.
/// `weights`: n finite numbers above 0. One copy of the table; O(n 2^n).
[[nodiscard]] Result<void> weighted_shapley(std::span<const double> worth, std::span<const double> weights,
                                            std::span<double> out);

/// Banzhaf value (Banzhaf 1965; Dubey and Shapley 1979, doi:10.1287/moor.4.2.99), not normalised: the mean marginal
/// contribution x_i = 2^-(n-1) sum over S without i of v(S+i) - v(S). Not efficient. O(n 2^n), no copy.
[[nodiscard]] Result<void> banzhaf(std::span<const double> worth, std::span<double> out, unsigned threads = 1);
/// The same scaled so that the payoffs sum to v(N). False when the mean marginal contributions sum to 0 (to 1e-12 of
/// their sizes): no scale does it, and `out` holds the values not normalised.
[[nodiscard]] Result<bool> normalised_banzhaf(std::span<const double> worth, std::span<double> out,
                                              unsigned threads = 1);

/// Owen value with a priori unions (Owen 1977, doi:10.1007/978-3-642-45494-3_7): the mean marginal contribution over
/// all orders in which every union's members stand together. `unions`: disjoint nonempty masks; a player in none of
/// them is a union of its own. All alone, or all in one union: the Shapley value. O(n 2^n) at most, no copy.
[[nodiscard]] Result<void> owen(std::span<const double> worth, std::span<const Mask> unions, std::span<double> out);

/// A link between players a and b, counted from 0; a != b. Repeated links count once.
using Link = std::pair<unsigned, unsigned>;
/// The game restricted by communication (Myerson 1977, doi:10.1287/moor.2.3.225), in place: S gets the sum of the
/// worths of its connected components. O(n 2^n), no allocation.
[[nodiscard]] Result<void> restrict_to_links(std::span<double> worth, std::span<const Link> links);
/// Myerson value: the Shapley value of the restricted game. Efficient within each component. One copy of the table.
[[nodiscard]] Result<void> myerson(std::span<const double> worth, std::span<const Link> links, std::span<double> out);

/// Solidarity value (Nowak and Radzik 1994, doi:10.1007/BF01242845): the Shapley formula with the marginal contribution
/// replaced by the mean one in S, A(S) = 1/|S| sum over k in S of v(S) - v(S-k):
/// x_i = sum over S with i of (|S|-1)! (n-|S|)! / n! A(S). Efficient, symmetric, additive; a null player may be paid.
/// O(n 2^n), no copy.
[[nodiscard]] Result<void> solidarity(std::span<const double> worth, std::span<double> out);

/// Nash bargaining over the grand coalition with transferable utility: x_i = d_i + w_i / sum(w) (v(N) - sum d).
/// No agreement (not an error) when the sum of d exceeds v(N): then x = d.
struct Bargain {
  bool agreement = false;
  double gain = 0;
};
[[nodiscard]] Result<Bargain> nash(double grand, std::span<const double> disagreement, std::span<const double> weights,
                                   std::span<double> out);

// ------------------------------------------------------------------------------------------- core and least core

struct SolverOptions {
  double tolerance = 1e-11;  ///< violations up to this, relative to max |v(S) - sum over S of v({i})|, count as none
  unsigned threads = 1;      ///< for passes over the table
};

/// Smallest e such that some efficient x (x(N) = v(N)) has x(S) >= v(S) - e for every proper nonempty S (Maschler,
/// Peleg, Shapley 1979, doi:10.1287/moor.4.4.303), with one such x. Certificate that no smaller e does: weights
/// w_S > 0, sum of w_S = 1, on coalitions such that sum over S with i of w_S is the same t for every player i;
/// then e >= sum of w_S v(S) - t v(N) for all efficient x, and equality holds here.
struct LeastCore {
  double epsilon = 0;  ///< -infinity for one player: there is no proper coalition
  std::vector<double> payoff;
  std::vector<Mask> coalitions;
  std::vector<double> weights;
  bool core_empty = false;  ///< epsilon > 0: exactly where the worths are short numbers, see Nucleolus::exact; else by
                            ///< more than 1e-10 of the worths that the certificate adds up
  int pivots = 0;
};
[[nodiscard]] Result<LeastCore> least_core(std::span<const double> worth, const SolverOptions& options = {});

/// Is the core empty (Gillies 1959; Bondareva 1963; Shapley 1967, doi:10.1002/nav.3800140404)? Either way with a proof:
/// not empty: `payoff` is in it. Empty: a balanced collection, sum over S with i of weights_S = 1 for every i, with
/// sum of weights_S v(S) = v(N) + margin, margin > 0 (weights of at most n coalitions).
struct Core {
  bool empty = false;
  std::vector<double> payoff;    ///< a core division, or when empty one of the least core
  std::vector<Mask> coalitions;  ///< only when empty
  std::vector<double> weights;   ///< only when empty
  double margin = 0;             ///< only when empty
  double epsilon = 0;            ///< the least core's value
};
[[nodiscard]] Result<Core> core(std::span<const double> worth, const SolverOptions& options = {});

/// Judge: largest excess v(S) - x(S) over proper nonempty S (-infinity for one player); x is in the core when it is
/// <= 0 and x is efficient. O(2^n), no allocation for n <= 25. `x`: n payoffs.
[[nodiscard]] double largest_excess(std::span<const double> worth, std::span<const double> x) noexcept;
/// Judge: max over players i of |sum over S with i of weights_S - 1|: 0 when the weights are balanced.
[[nodiscard]] double imbalance(unsigned n, std::span<const Mask> coalitions, std::span<const double> weights) noexcept;

// ------------------------------------------------------------------------------------------------------- nucleolus

enum class Rationality : std::uint8_t { individual, none };  ///< none: the prenucleolus

struct NucleolusOptions {
  Rationality rationality = Rationality::individual;
  double tolerance = 1e-11;  ///< as SolverOptions::tolerance
  bool judge = true;         ///< run Kohlberg's criterion on the answer
  unsigned threads = 1;      ///< for passes over the table
  bool exact = true;         ///< in fractions where possible: milliseconds, and memory of their own
};
struct Nucleolus {
  std::vector<double> payoff;
  std::vector<double>
      levels;             ///< the excesses fixed, from the largest down; equal ones where one level took two programs
  bool kohlberg = false;  ///< the independent check's verdict (false when not judged)
  bool exact = false;     ///< solved in fractions: up to 8 players, worths of at most 15 digits or short fractions
  bool exists = true;     ///< false: sum of v({i}) > v(N), no individually rational division; payoff is empty
  int lps = 0, pivots = 0;
  int passes = 0;  ///< over the table of worths
};
/// The efficient (and individually rational) division whose excesses, sorted downwards, are lexicographically least
/// (Schmeidler 1969, doi:10.1137/0117107; prenucleolus: Sobolev 1975). Unique; in the core when the core is not empty.
/// At most n - 1 linear programs, each a few passes over the table. Essay in nucleolus.cpp.
[[nodiscard]] Result<Nucleolus> nucleolus(std::span<const double> worth, const NucleolusOptions& options = {});

/// Memory reused between calls; it holds no answers.
class NucleolusWorkspace {
 public:
  NucleolusWorkspace();
  ~NucleolusWorkspace();
  NucleolusWorkspace(NucleolusWorkspace&&) noexcept;
  NucleolusWorkspace& operator=(NucleolusWorkspace&&) noexcept;
  struct Body;
  [[nodiscard]] Body& body() noexcept { return *body_; }

 private:
  std::unique_ptr<Body> body_;
};
/// The same answer, bit for bit. Without judge and fractions, nothing is allocated once workspace and answer have
/// served a game of as many players that took as many rows.
[[nodiscard]] Result<void> nucleolus(std::span<const double> worth, const NucleolusOptions& options,
                                     NucleolusWorkspace& workspace, Nucleolus& out);

/// Kohlberg's criterion (Kohlberg 1971, doi:10.1137/0120009): judges x without knowing how it was found. True when x is
/// efficient (and individually rational) and for every level of excess the collection of coalitions at or above it is
/// balanced (with the binding individual constraints as allowed). Excesses that differ by less than `tolerance`,
/// relative to the largest |worth|, are one level: room for the rounding of x, and no more. x that is off by much more
/// than the tolerance is refused.
[[nodiscard]] Result<bool> kohlberg(std::span<const double> worth, std::span<const double> x,
                                    Rationality rationality = Rationality::individual, double tolerance = 1e-10);

// ----------------------------------------------------------------------------------------------------------- tests

/// Two coalitions that break a property, and by how much.
struct Violation {
  Mask a = 0, b = 0;
  double gap = 0;
};
/// Disjoint a, b with v(a) + v(b) > v(a or b) by more than the tolerance times the sizes of these three: the first
/// found, or none (superadditive). O(3^n) when there is none, so n = 16 takes tens of milliseconds, n = 20 seconds and
/// n = 25 minutes; a convex game is told in O(n^2 2^n).
[[nodiscard]] std::optional<Violation> superadditivity_violation(std::span<const double> worth,
                                                                 double tolerance = 1e-12) noexcept;
/// a, b with v(a) + v(b) > v(a or b) + v(a and b) by more than the tolerance times the sizes of these four: the first
/// found, or none (convex: Shapley 1971, doi:10.1007/BF01753431). Looks at pairs S+i, S+j only, which suffices. O(n^2
/// 2^n).
[[nodiscard]] std::optional<Violation> convexity_violation(std::span<const double> worth,
                                                           double tolerance = 1e-12) noexcept;
[[nodiscard]] bool superadditive(std::span<const double> worth, double tolerance = 1e-12) noexcept;
[[nodiscard]] bool convex(std::span<const double> worth, double tolerance = 1e-12) noexcept;

}  // namespace entente::coalition
