// How goods under control reach a buyer: who makes them, who ships them, at what price, and what is left when a maker
// or a shipper withdraws or the worst k routes are cut. Numbers only.
//
// Problem. One buyer. Origins make the goods: origin o offers up to K_o at a cost that rises from c_o by `rise` at K_o.
// Routes ship them: route r carries the goods of some origins, all within one capacity, U_r at a mark-up m_r and a
// further stretch V_r at a higher one. Enforcement stops a share of a route and adds a toll to every unit. The buyer's
// demand has constant elasticity and ends at a choke price. An origin and a route are different things: who withdraws
// as a maker takes its goods out of everybody's routes; who withdraws as a shipper leaves them to others.
//
// Theory. A spatial price equilibrium (market.hpp): origins are producers, a route is a node that every origin which it
// carries reaches and, for its capacity and its stretch, an arc each to the buyer. Arcs out of the route's node are
// shared by whatever comes in, so a route's capacity binds all origins together and nothing is approximated. Delivered
// quantity and price are unique (demand falls strictly); so are the sums by route but for routes that cost exactly the
// same, and the sums by origin but for origins that do. Such twins, where they serve the same, share in proportion to
// their capacity; which origin's goods go over which route is never unique and is not told.
//
// Interdiction. The worst set of at most k routes to lose (Wood 1993, doi:10.1016/0895-7177(93)90236-R), by delivered
// quantity. Every arc of a route ends at the buyer, and two arcs that share a node lie on any simple cycle in one
// relation only. By the theory of substitutes and complements in network flows (Gale and Politof 1981,
// Discrete Applied Mathematics 3; Granot and Veinott 1985, doi:10.1287/moor.10.3.471; neither was at hand) routes are
// therefore substitutes for one another and complements of demand: losing a route never raises what is delivered and
// never lowers what another route ships. Hence, for a set S of routes lost and a further set T,
//   delivered(S and T) >= delivered(S) - sum over T of shipped_r(S),
// since the routes outside T ship no less than before. That bound, the j largest flows where j cuts are left, prunes a
// tree over sets; each node costs one solve, and the answer is exact. tests/property/supply_property_test.cpp holds
// the bound, the monotony and the optimum against enumeration.
//
// Cost. A solve takes some microseconds; the tree at most C(R, k) of them, mostly a few. Left out: goods that are lost
// on the way after having been paid for, more than one buyer, stocks, power over price.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "entente/base/result.hpp"
#include "entente/kernel/market.hpp"

namespace entente::supply {

using Set = std::uint64_t;  ///< of origins or of routes; the i-th is bit i
inline constexpr std::size_t most = 64;

struct Origin {
  double capacity = 0;  ///< >= 0, finite: what it could make for this buyer in a year
  double cost = 1;      ///< >= 0: of the first unit
  double rise = 0;      ///< >= 0: the last unit costs this much more
};

struct Route {
  Set carries = 0;      ///< origins whose goods it takes
  double capacity = 0;  ///< >= 0, finite
  double mark_up = 0;   ///< >= 0: what a unit costs to bring, over its cost where it is made
  double stretch = 0;   ///< >= 0, finite: what it could ship beyond its capacity
  double dearer = 0;    ///< >= 0: what the stretch costs a unit beyond the mark-up
  double stopped = 0;   ///< 0 to 1: share of capacity and stretch that enforcement keeps from passing
  double toll = 0;      ///< >= 0: what enforcement adds to a unit's cost
};

/// q(p) = quantity (p / price)^elasticity up to the price `choke`, above which nothing is bought.
struct Demand {
  double quantity = 0, price = 1, elasticity = -1, choke = 10;
};

struct Chain {
  std::vector<Origin> origins;
  std::vector<Route> routes;
  Demand demand;
};

/// Who is not there.
struct Out {
  Set origins = 0, routes = 0;
};

struct Delivery {
  double quantity = 0;
  double price = 0;                   ///< at the buyer; NaN where nothing is delivered
  std::vector<double> made, shipped;  ///< by origin, by route
  double making = 0;                  ///< cost of making what is delivered
  double bringing = 0;                ///< mark-ups and tolls
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

/// Refuses more than 64 origins or routes, a route that carries an origin that is not there, numbers outside the ranges
/// above, demand that rises with the price.
[[nodiscard]] Result<void> validate(const Chain& c);

/// The equilibrium without those in `out`, if the buyer pays no more than `at_most` a unit. Errors: those of
/// market::solve. Precondition: validate(). Allocates only when workspace or answer are smaller than needed.
[[nodiscard]] Result<void> solve(const Chain& c, Out out, double at_most, Workspace& w, Delivery& d);

struct Interdiction {
  Set routes = 0;        ///< a worst set; none whose loss makes no difference
  double delivered = 0;  ///< with it cut
  double bound = 0;      ///< no set of k routes leaves less
  bool proven = false;   ///< bound = delivered but for rounding
  std::uint64_t solves = 0;
};

/// The k routes whose loss leaves least, those in `out` being gone already. `limit`: most solves; beyond it the best
/// set found and the bound reached are the answer. Precondition and errors: as solve().
[[nodiscard]] Result<void> interdict(const Chain& c, Out out, unsigned k, std::uint64_t limit, Workspace& w,
                                     Interdiction& worst);

/// The judge: the equilibrium conditions of the whole network by market::check() on the flows that solve() found, and
/// the sums of `d` against them. Largest relative violation. Solves once more.
[[nodiscard]] double check(const Chain& c, Out out, double at_most, Workspace& w, const Delivery& d);

/// What the worst set leaves, by trying every set of at most k routes; NaN where there are more than `limit` sets.
[[nodiscard]] double enumerate(const Chain& c, Out out, unsigned k, std::uint64_t limit, Workspace& w);

}  // namespace entente::supply
