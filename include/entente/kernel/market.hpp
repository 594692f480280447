// Spatial price equilibrium on a network (Samuelson 1952, doi:10.2307/1810381; Takayama and Judge 1971): producers with
// rising cost, consumers with a demand curve, links with capacity and unit cost, investments built or not, and for
// every element the set of players without whom it cannot be used. Numbers only: no names, no units.
#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "entente/base/result.hpp"

namespace entente::market {

using Mask = std::uint32_t;  ///< a set of players; player i is bit i
inline constexpr std::uint32_t nobody = 0xffffffffu;

struct Producer {
  std::uint32_t node = 0;
  double capacity = 0;    ///< >= 0, may be infinite
  double cost_first = 0;  ///< marginal cost of the first unit
  double cost_last = 0;   ///< marginal cost at capacity, >= cost_first (linear between); equal if capacity is infinite
  Mask needs = 0;         ///< players without whom it does not produce
};

enum class Demand : std::uint8_t { linear, constant_elasticity };

struct Consumer {
  std::uint32_t node = 0;
  Demand form = Demand::linear;
  // linear: price(q) = a - b q, a >= 0, b >= 0 (b = 0 needs a finite `most`);
  // constant elasticity: q(p) = a (p / p0)^b with b < 0, a >= 0; willingness to pay is cut at `choke` (finite, > 0), so
  // that gross surplus is finite for b >= -1 too.
  double a = 0, b = 0, p0 = 1;
  double choke = std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();  ///< largest quantity taken
  Mask needs = 0;
};

struct Link {
  std::uint32_t from = 0, to = 0;
  double capacity = 0;  ///< >= 0, may be infinite
  double cost = 0;      ///< per unit; below 0 where flow is paid for (a sale that must be made)
  double fixed = 0;     ///< annuity paid if built, >= 0; > 0 or `optional` makes it a build-or-not link
  bool optional = false;
  Mask needs = 0;
};

struct Network {
  std::uint32_t nodes = 0;
  std::vector<Producer> producers;
  std::vector<Consumer> consumers;
  std::vector<Link> links;
};

/// What holds in the solution. Surpluses per year in money: producer p q - cost(q); consumer gross - p q; link (p_to -
/// p_from - cost) flow. total = sum of all = gross consumer surplus - production cost - transport cost - fixed.
struct Solution {
  std::vector<double> produced, consumed, flow;  ///< by element
  std::vector<double> price;  ///< by node; the supporting price nearest the reference rule, see solve()
  std::vector<double> producer_surplus, consumer_surplus, link_rent;
  std::uint64_t built = 0;  ///< build-or-not links built, bit = index of the link among such links
  double total = 0;
  double gross = 0, production_cost = 0, transport_cost = 0, fixed = 0;
  double residual = 0;  ///< largest violation of optimality left by the solver, relative to prices
  int pivots = 0;       ///< trades that it took
};

/// Memory reused between solves of networks of any shape. It holds no answers: every solve begins from its own crash
/// start, so an answer never depends on what was solved before.
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

/// Refuses sizes out of range, NaN, negative capacity, falling cost, upward demand. O(size).
[[nodiscard]] Result<void> validate(const Network& n);

/// Which elements take part: element i is in when its `needs` is a subset of `members`, and a build-or-not link also
/// needs its bit in `built`. The optimum of the concave program, without fixed costs being decided. Prices: where the
/// optimum leaves a node's price an interval, the middle of the lowest and the highest supporting prices is given, or
/// the end that is finite; a node that nothing can reach or leave has price 0. Errors: not_solved when demand is
/// unbounded at the supply's cost, or the limit on trades is reached. The network must have passed validate().
/// Allocates only when the workspace or `out` is smaller than needed.
[[nodiscard]] Result<void> solve(const Network& n, Mask members, std::uint64_t built, Workspace& w, Solution& out);

/// The same with build-or-not links chosen to maximise total surplus less fixed costs (enumeration with a bound; at
/// most 16 such links). Ties: the fewest built, then the lowest indices.
[[nodiscard]] Result<void> optimise(const Network& n, Mask members, Workspace& w, Solution& out);

/// v(S) for all S of `players` players (at most 20): total of optimise(n, S) less that of nothing (always 0 for the
/// empty network). Coalitions that use the same elements share one solve. worth has 2^players entries.
[[nodiscard]] Result<void> worths(const Network& n, unsigned players, Workspace& w, std::span<double> worth,
                                  std::uint64_t* solves = nullptr);

/// The judge: stationarity, complementary slackness, capacity and balance, of an answer however found; the largest
/// violation relative to the scale of prices and quantities.
[[nodiscard]] double check(const Network& n, Mask members, std::uint64_t built, const Solution& s);

}  // namespace entente::market
