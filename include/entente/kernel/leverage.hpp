// What patrons can cost a client by walking away, when others can step in. Numbers only.
//
// Problem. A client gains a_i from the flow of patron i, who gets g_i out of it. If i leaves, patron k has spare_k to
// give and can replace the share s_ki of i's goods. What does i's leaving cost the client, what does it cost i, and
// what is each patron's place worth?
//
// Theory. Emerson 1962 (doi:10.2307/2089716): the power of i over j is j's dependence on i, the more the less j finds
// elsewhere.
//   replaced(i) = min(a_i, sum over k != i of min(spare_k, s_ki a_i))     threat(i) = a_i - replaced(i)
//   cost(i) = g_i     hold(i) = threat(i) - cost(i)     dependence(i) = threat(i) / sum of all a
// The game of the exchange: without the client nothing is worth anything; a set S of patrons with it is worth
//   v(S) = sum over S of (a_i + g_i) + the most that S can replace of what is missing,
// a maximum flow from spare_k over arcs s_ki a_i to the missing a_i. Hence v(all) - v(all without i) = threat(i) + g_i,
// which is what check() compares: one side is the formula, the other the flow.
//
// A second view, labelled as such: constant elasticity of substitution. With utility
//   V(x) = A / gamma (sum w_i (x_i / a_i)^rho)^(gamma / rho),  w_i = a_i / A,  A = sum a,  rho = 1 - 1 / sigma,
// whose slope at the present flows is 1 in every x_i, the threat is A / gamma (1 - (1 - w_i)^(gamma / rho)). Whether a
// second patron lowers it is decided by gamma / rho: below 1 satiation wins, above 1 the flows complete each other. The
// sign is an assumption; that is why this is only a view.
//
// Cost. O(n^2) for the holds, O(n^3) for one worth with n patrons, 2^n of them for the game.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "entente/base/result.hpp"

namespace entente::leverage {

using Mask = std::uint32_t;  ///< a set of patrons; patron i is bit i

struct Exchange {
  std::vector<double> gain;      ///< a_i >= 0, money a year
  std::vector<double> gets;      ///< g_i >= 0, money a year
  std::vector<double> spare;     ///< >= 0, money a year
  std::vector<double> replaces;  ///< [k n + i]: share of i's goods that k can replace, 0 to 1; the diagonal is not read
  [[nodiscard]] std::size_t patrons() const noexcept { return gain.size(); }
};

struct Holds {
  std::vector<double> replaced, threat, hold, dependence;  ///< by patron; dependence is NaN where nobody gives anything
};

/// Errors: invalid (sizes, a number below 0 or not finite, a share outside 0 to 1); too_large (more than 16 patrons).
[[nodiscard]] Result<void> validate(const Exchange& e);
/// The exchange must have passed validate(). No allocation once `out` has its size.
void holds(const Exchange& e, Holds& out);
/// v(S). Precondition: validate().
[[nodiscard]] double worth(const Exchange& e, Mask members);
/// The game with the client as the last player: 2^(n + 1) entries, 0 without it.
void worths(const Exchange& e, std::span<double> worth);
/// Largest difference between threat(i) + g_i and v(all) - v(all without i), over the largest flow.
[[nodiscard]] double check(const Exchange& e, const Holds& h);

/// sigma > 1, gamma in (0, 1]. NaN where nobody gives anything.
[[nodiscard]] double ces_threat(const Exchange& e, std::size_t patron, double sigma, double gamma) noexcept;

}  // namespace entente::leverage
