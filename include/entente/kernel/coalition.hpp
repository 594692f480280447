// Transferable-utility games as a table of 2^n worths; player 1 is bit 0, worth[0] = 0. Numbers only.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "entente/base/result.hpp"

namespace entente::coalition {

using Mask = std::uint32_t;

/// 2^n worths, n from 1 to 25; worth[0] must be 0; all finite.
[[nodiscard]] Result<unsigned> players(std::span<const double> worth);

/// Harsanyi dividends by the Moebius transform, in place. O(n 2^n).
void dividends(std::span<double> worth) noexcept;
/// Shapley value (Shapley 1953), exact. O(n 2^n) time, no allocation for n <= 20 beyond `out`.
[[nodiscard]] Result<void> shapley(std::span<const double> worth, std::span<double> out);

/// Nash bargaining over the grand coalition with transferable utility: x_i = d_i + w_i / sum(w) (v(N) - sum d).
/// Undefined (not an error) when the sum of d exceeds v(N): no agreement.
struct Bargain {
  bool agreement = false;
  double gain = 0;
};
[[nodiscard]] Result<Bargain> nash(double grand, std::span<const double> disagreement, std::span<const double> weights,
                                   std::span<double> out);

/// Smallest e such that some efficient x has x(S) >= v(S) - e for all proper S (S nonempty): the least core's value,
/// with one such x and the coalitions' dual weights (a certificate: balanced weights proving that no smaller e does).
struct LeastCore {
  double epsilon = 0;
  std::vector<double> payoff;
  std::vector<Mask> coalitions;
  std::vector<double> weights;
  bool core_empty = false;  ///< epsilon > tolerance
};
[[nodiscard]] Result<LeastCore> least_core(std::span<const double> worth);
/// Largest excess v(S) - x(S) over proper nonempty S: x is in the core when it is <= 0 and x is efficient. O(2^n).
[[nodiscard]] double largest_excess(std::span<const double> worth, std::span<const double> x) noexcept;

enum class Rationality : std::uint8_t { individual, none };  ///< none: the prenucleolus

struct NucleolusOptions {
  Rationality rationality = Rationality::individual;
  double tolerance = 1e-10;  ///< relative to the largest |worth|
  bool judge = true;         ///< run Kohlberg's criterion on the answer
};
struct Nucleolus {
  std::vector<double> payoff;
  std::vector<double> levels;  ///< the excesses fixed, from the largest down
  bool kohlberg = false;       ///< the independent check's verdict
  bool exists = true;          ///< false: sum of v({i}) > v(N), no individually rational division
  int lps = 0, pivots = 0;
};
/// Schmeidler 1969, doi:10.1137/0117107. Essay in nucleolus.cpp.
[[nodiscard]] Result<Nucleolus> nucleolus(std::span<const double> worth, const NucleolusOptions& options = {});

/// Kohlberg's criterion (Kohlberg 1971, doi:10.1137/0120009): judges x without knowing how it was found. For every
/// level of excess the collection of coalitions at or above it (with the binding individual constraints as allowed) is
/// balanced.
[[nodiscard]] Result<bool> kohlberg(std::span<const double> worth, std::span<const double> x,
                                    Rationality rationality = Rationality::individual, double tolerance = 1e-7);

[[nodiscard]] bool superadditive(std::span<const double> worth, double tolerance = 1e-9) noexcept;  ///< O(3^n)
[[nodiscard]] bool convex(std::span<const double> worth, double tolerance = 1e-9) noexcept;

}  // namespace entente::coalition
