// Who may keep a peace: contributors, consents that hang together, and the chance that those admitted suffice. Numbers
// only.
//
// Problem. Contributor c can give x_c; a force needs N. Every consenting state m must agree to every contributor.
// Consents of one state hang together: a state that accepts an unlikely contributor accepts the likelier ones. What is
// the chance that c is agreed to by all, that the admitted contributors suffice, with and without c, and how much does
// each state's refusal bind?
//
// Theory. State m has events e with chances p_e; a contributor points to one of them (several may share one). With the
// chance t_m the state decides by one disposition U, uniform on (0, 1), and admits c when U < p_c; else event by event.
// Hence for a set S of contributors, states being independent given their chances,
//   P(m admits all of S) = t_m min p_e + (1 - t_m) prod p_e, over the distinct events of S;  g(S) = product over m.
// g(S) = P(A contains S) for the random admitted set A, so for any function f of A
//   E f(A) = sum over S of g(S) fhat(S),   fhat(S) = sum over T within S of (-1)^|S - T| f(T)   (Moebius inversion;
//   Rota 1964).
// With f(A) = 1 when the sum of x over A is at least N this is exact: no event is tossed. Removing contributor c from f
// leaves the terms of sets without c; a state that never refuses leaves its factor out of g. So one transform serves
// all.
//
// Cost. O(n 2^n) for the transform, O(M 2^n) for the products, n contributors and M states; n <= 16. Cancellation in
// fhat is at most C(n, n/2) units of rounding, below 1e-11. No allocation once the scratch has grown.
#pragma once
#include <cstdint>
#include <vector>

#include "entente/base/result.hpp"

namespace entente::mandate {

inline constexpr std::uint32_t agrees = 0xffffffffu;  ///< in Consent::event: this state never refuses that contributor

struct Consent {
  double together = 1;               ///< t_m, 0 to 1
  std::vector<double> chance;        ///< p_e, 0 to 1
  std::vector<std::uint32_t> event;  ///< by contributor: an index into chance, or `agrees`
};

struct Force {
  double need = 0;               ///< > 0
  std::vector<double> provides;  ///< by contributor, >= 0
  std::vector<Consent> consents;
};

struct Outcome {
  std::vector<double> joint;    ///< chance that all states agree to c
  double expected = 0;          ///< expected sum of what the admitted can give
  double feasible = 0;          ///< chance that it is at least the need
  std::vector<double> without;  ///< the same if c gave nothing
  std::vector<double>
      relief;  ///< by state: the chance of a feasible force if it never refused, less the chance as it is
};

struct Scratch {
  std::vector<double> sum, transform, least, product, all;
  std::vector<std::vector<double>> factor;
  std::vector<std::uint32_t> seen;
};

/// Errors: invalid (a size, a number out of range); too_large (more than 16 contributors or 32 states or 32 events of
/// one).
[[nodiscard]] Result<void> validate(const Force& f);
/// The force must have passed validate(). `relief` false leaves that vector empty and saves its sums.
void evaluate(const Force& f, Scratch& s, Outcome& out, bool relief = true);

/// The judge, by another road: every world of dispositions is listed. For each state the admitted sets and their
/// chances are enumerated (2^events cases by event, events + 1 by disposition) and multiplied out over the states.
/// Largest difference of any number of `out`. Exponential in the states: refuses (returns NaN) beyond `limit` cases.
[[nodiscard]] double check(const Force& f, const Outcome& out, double limit = 1e7);

/// Sets of contributors that suffice and of which no part does, among those allowed (bits); at most `most`, smallest
/// first.
[[nodiscard]] std::vector<std::uint32_t> minimal(const Force& f, std::uint32_t allowed, std::size_t most = 20);

}  // namespace entente::mandate
