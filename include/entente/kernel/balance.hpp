// Ties that pull on one another: dX/dt = X^2 (Kulakowski, Gawronski, Gronek 2005, doi:10.1142/S012918310500742X; solved
// by Marvel, Kleinberg, Kleinberg, Strogatz 2011, doi:10.1073/pnas.1013213108). Numbers only.
//
// Problem. X is the symmetric matrix of friendliness among n actors. A tie changes by what the two think of every
// third: dx_ij/dt = sum over k of x_ik x_kj; a common friend or a common foe brings i and j together, a friend's foe
// parts them. Where does this lead, when, and what does one tie do to another on the way?
//
// Theory. With X(0) = V diag(l) V^T the equation falls into scalars y' = y^2, hence
//   X(t) = X(0) (I - t X(0))^-1 = V diag(l / (1 - t l)) V^T,  R(t) = (I - t X(0))^-1 = V diag(1 / (1 - t l)) V^T,
// which diverges at t* = 1 / l_1, l_1 the largest eigenvalue, when l_1 > 0; otherwise X(t) goes to 0 and never
// diverges. Near t* the leading eigenvector v takes over, X(t) (t* - t) -> v v^T: two factions, given by the signs of
// v. An entry that is 0 leaves its actor undecided; an eigenvalue l_1 of higher multiplicity leaves v open and only the
// projector P on its space is determined: sign P_ij says how i and j end. A change of the start moves the state by
//   dX(t) = R(t) dX(0) R(t)  at a fixed time;  with the time a fixed share of t*, also X(t)^2 dt*,  dt* = -dl_1 /
//   l_1^2.
//
// The diagonal, what an actor thinks of itself, is no observation but a choice, and part of the input. Adding c to all
// of it moves every eigenvalue by c and no eigenvector: it changes the clock, never the factions (while l_1 + c > 0).
// With diagonal 0 the trace is 0, so l_1 > 0 whenever there is any tie: that it diverges, and that it ends in two
// factions, is implied by the model and no finding.
//
// Choice. Householder tridiagonalisation and implicit QR with Wilkinson's shift, ours: small, deterministic, without
// allocation once the vectors have their size. Cost. About 9 n^3 for analyse(), 3 n^3 / 2 for state_at(), n^2 for the
// effects of one tie. At most 1000 actors. The method page is docs/methods/balance.md.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "entente/base/result.hpp"

namespace entente::balance {

inline constexpr std::size_t most_actors = 1000;

/// Matrices are n x n, row by row; x0[i n + j] == x0[j n + i].
struct Dynamics {
  std::size_t actors = 0;
  std::vector<double> values;   ///< eigenvalues of X(0), the largest first
  std::vector<double> vectors;  ///< row k is the unit eigenvector of values[k]; the first has its first clear entry > 0
  double divergence = 0;        ///< t* = 1 / values[0]; infinity: it never diverges
  std::size_t multiplicity = 0;  ///< eigenvalues within the tolerance of the largest; 0 when it never diverges
  double gap = 0;  ///< (values[0] - the next value that is not one of them) / largest |value|; small: the factions are
                   ///< long in the making and turn with little; infinity: all are one
  std::vector<std::int8_t> side;  ///< +1, -1 by the leading eigenvector, 0 undecided; all 0 unless multiplicity is 1
  std::vector<double> limit;  ///< P, the limit of (t* - t) X(t): sign P_ij is how i and j end; 0 if it never diverges
  std::vector<double> off;    ///< scratch
};

struct Options {
  double tolerance = 1e-9;  ///< eigenvalues this near, relative to the largest |value|, are one; entries of the leading
                            ///< unit eigenvector this small (or within their own rounding error) are 0
};

/// Errors: invalid (not n x n, not symmetric, not finite, larger than 1e100, all below 1e-100 but not
/// all 0, nobody); too_large; not_solved (the
/// iteration's limit, never seen). A largest eigenvalue below `tolerance` of the largest |value| counts as 0.
/// No allocation once `out` has served a matrix of this size.
[[nodiscard]] Result<void> analyse(std::span<const double> x0, std::size_t actors, Dynamics& out,
                                   const Options& options = {});

struct State {
  double time = 0;
  std::vector<double> x;          ///< X(t)
  std::vector<double> resolvent;  ///< R(t) = (I - t X(0))^-1
  std::vector<double> velocity;   ///< dX/dt = X(t)^2
};

/// X at time t, 0 <= t < t*. Errors: invalid (t outside), not_solved (a number beyond the range of double).
[[nodiscard]] Result<void> state_at(const Dynamics& d, double t, State& out);
/// X at `share` of the time to divergence, 0 <= share < 1. Errors: as state_at(); invalid when it never diverges.
[[nodiscard]] Result<void> state_at_share(const Dynamics& d, double share, State& out);

enum class Clock : std::uint8_t { time, share };  ///< what stays fixed while a tie is changed

/// The derivative of all X_ij(t) by the tie between k and l (both of its entries; k == l: the diagonal entry), into
/// effect[i n + j]. Clock::share needs multiplicity 1 (else invalid): at a multiple eigenvalue t* has no derivative.
[[nodiscard]] Result<void> effects_of(const Dynamics& d, const State& s, std::size_t k, std::size_t l, Clock clock,
                                      std::span<double> effect);
/// The derivative of t* by the tie between k and l: -2 v_k v_l / l_1^2 (k == l: half of it). Precondition: multiplicity
/// 1.
[[nodiscard]] double divergence_effect(const Dynamics& d, std::size_t k, std::size_t l) noexcept;

/// The judges, which see the start and an answer only. Largest of |X0 v - l v|, |v_i . v_j - [i = j]|, relative to the
/// norm: n such pairs are all there are, so the first is the largest. O(n^3).
[[nodiscard]] double check(std::span<const double> x0, const Dynamics& d);
/// Largest of |X (I - t X0) - X0|, |R (I - t X0) - I|, |X X - velocity| and of asymmetry, each relative to the size of
/// its terms. O(n^3).
[[nodiscard]] double check(std::span<const double> x0, std::size_t actors, const State& s);

}  // namespace entente::balance
