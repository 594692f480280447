// General equilibrium of world trade after a change of tariffs and trade costs: exact hat algebra.
//
// Problem. Countries n, sectors j. A sector's goods are made with labour and with the goods of all sectors, bought at
// home and abroad; tariffs return to the importer's income. Given who buys how much from whom in a base year, what do
// new tariffs, dearer trade or an embargo do to every price, wage, flow and real income?
//
// Theory. Caliendo and Parro 2015 (doi:10.1093/restud/rdu035) on Eaton and Kortum 2002; one sector without inputs is
// Armington's model. Written in changes (x^ = new / old; Dekle, Eaton, Kortum 2008, doi:10.1057/imfsp.2008.17) it needs
// no productivities and no levels of trade costs. With t = 1 + tariff, k^ = change of (trade cost * t):
//   c^_nj = w^_n^g_nj  prod_k P^_nk^G_nkj                                  cost of a bundle of inputs
//   P^_nj = (sum_i share_nij (k^_nij c^_ij)^-theta_j)^(-1/theta_j)         price, theta the trade elasticity
//   share'_nij = share_nij (k^_nij c^_ij / P^_nj)^-theta_j
//   Y_ik = sum_n share'_nik X_nk / t'_nik                                  sales of i's sector k, tariffs not counted
//   X_nj = sum_k G_njk Y_nk + a_nj I_n                                     spending of n on j
//   I_n = w^_n L_n + tariff revenue_n + deficit_n
//   w^_n L_n = sum_j g_nj Y_nj                                             labour is employed: trade balances
// The numeraire is the value added of all countries, which stays what it was. Uniqueness is not proved with inputs and
// tariff revenue; every answer carries its residual, and check() computes it anew from the answer alone.
//
// Choice. Wages, prices and spending are moved together, one sweep over the table of shares a step, in logs, with
// Anderson's acceleration (sweep.hpp, solve.cpp): nothing is solved inside anything, and no matrix of (countries x
// sectors)^2 is ever made. An embargo is exactly no trade: its cells leave the sums, and who loses every supplier of an
// input stops, or leaves the world without an answer, in words (supply.cpp).
//
// Cost. A step is 3 sectors countries^2 + 2 countries sectors^2 multiplications and 3 countries sectors logs or powers;
// a large shock takes 15 to 40 steps to a residual of 1e-10. Method page: docs/methods/trade.md.
//
// Errors: ErrorKind::invalid for input outside its domain, too_large, not_solved with the residual reached.
#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "entente/base/result.hpp"

namespace entente::trade {

inline constexpr double embargo = std::numeric_limits<double>::infinity();  ///< as a cost: exactly no trade

/// The base year. Layouts, row-major: cell (sector, importer, exporter); place (country, sector); input (country,
/// source sector, using sector). Money in any one unit.
struct World {
  std::uint32_t countries = 0, sectors = 0;
  std::vector<double> theta;   ///< [sector] trade elasticity, > 0
  std::vector<double> share;   ///< [cell] of the importer's spending; adds up to 1, or all 0 where nothing is bought
  std::vector<double> tariff;  ///< [cell] ad-valorem rate, > -1; at home 0, but for an aggregate of several countries
  std::vector<double> value_added_share;  ///< [place] g, of the value of sales, from 0 to 1
  std::vector<double> input;              ///< [input] G: with g adds up to 1 over sources where the sector sells
  std::vector<double> final_share;        ///< [place] a, adds up to 1 over sectors
  std::vector<double> value_added;        ///< [country] w L, > 0
  std::vector<double> deficit;            ///< [country] imports less exports; adds up to 0
  std::vector<double> expenditure;        ///< [place] X, tariffs counted

  [[nodiscard]] std::size_t cell(std::size_t sector, std::size_t importer, std::size_t exporter) const noexcept {
    return (sector * countries + importer) * countries + exporter;
  }
  [[nodiscard]] std::size_t place(std::size_t country, std::size_t sector) const noexcept {
    return country * sectors + sector;
  }
  [[nodiscard]] std::size_t io(std::size_t country, std::size_t source, std::size_t use) const noexcept {
    return (country * sectors + source) * sectors + use;
  }
  [[nodiscard]] std::size_t cells() const noexcept { return std::size_t{sectors} * countries * countries; }
  [[nodiscard]] std::size_t places() const noexcept { return std::size_t{countries} * sectors; }
};

/// What changes. Empty vectors: nothing of the kind.
struct Shock {
  std::vector<double> tariff;  ///< [cell] the new ad-valorem rate, > -1
  std::vector<double> cost;    ///< [cell] multiplies the iceberg cost, > 0; `embargo`: exactly no trade
};

/// A barrier that leaves less than this part of what its buyer's row is worth (share k^^-theta against the row's
/// largest) is an embargo: what trade it would leave once wages have moved is below 1e-100 of anybody's income.
inline constexpr double no_trade = 1e-260;

/// What becomes of deficits: the same share of the world's value added; in step with the world's income (value added
/// and tariff revenue); none any more; or each in step with its own country's income, as structural gravity has it
/// ("multiplicative"). Those of a part of the world must add up to 0, and incomes that move apart do not let them: so
/// spending over income is rho_n / lambda, rho_n that of the base and lambda = sum rho_n income_n / sum income_n.
/// Packages of structural gravity leave lambda out and print w^ / P^ as welfare: that is `real_wage`, exactly, since
/// wages and prices are the same either way; `real_income` holds lambda.
enum class Deficits : std::uint8_t { fixed, scaled, closed, own };

/// A country's sector that cannot get what it needs.
struct Lack {
  std::uint32_t country = 0;
  std::uint32_t input = 0;  ///< the sector of the goods without a supplier
  static constexpr std::uint32_t households = 0xffffffffu;
  std::uint32_t user = households;  ///< the sector that stops for want of it, or households
};

enum class Status : std::uint8_t {
  solved,
  no_supplier,  ///< households, or all production of a country, lack a good they need: no equilibrium. See `lacks`
};

/// New over old unless said. A part of the world is a set of countries between any two of which goods find a way, both
/// ways; goods that would leave it and nothing come back are not sold. A part keeps its own value added as its
/// numeraire and owes nothing to others (its deficits add up to 0 by a shift in proportion to value added).
struct Solution {
  Status status = Status::solved;
  std::vector<Lack> lacks;  ///< solved: sectors that stopped; no_supplier: what is needed and cannot be had
  std::vector<double> wage, real_income;         ///< [country] w^; exact: (I'/I) / prod_j P^_j^a_j
  std::vector<double> real_wage;                 ///< [country] w^ / prod_j P^_j^a_j
  std::vector<double> consumer_price;            ///< [country] prod_j P^_j^a_j
  std::vector<double> price;                     ///< [place] P^
  std::vector<double> expenditure;               ///< [place] X', money; 0 where nothing is bought
  std::vector<double> income, revenue, deficit;  ///< [country] money, new
  /// [country] fractions: the first-order formula of Caliendo and Parro (equation 17) evaluated at the change, with the
  /// base's values and hats less one: first_order = terms_of_trade + volume_of_trade. A large change's first_order is
  /// not its real_income.
  std::vector<double> first_order, terms_of_trade, volume_of_trade;
  std::vector<double> flow;  ///< [cell] money, without tariff; only if asked
  double residual = 0;       ///< largest violation of an equilibrium condition, relative (logs) to its own size
  int iterations = 0;        ///< sweeps
  std::uint32_t parts = 1;   ///< parts of the world that trade joins
};

class ApproximateJacobian;

struct Options {
  double tolerance = 1e-10;  ///< on the residual, from 1e-14 to 1e-2
  int limit = 2000;          ///< sweeps
  Deficits deficits = Deficits::fixed;
  bool flows = false;                          ///< fill Solution::flow
  const Solution* start = nullptr;             ///< begin at a solved solution of a world of the same size
  const ApproximateJacobian* guide = nullptr;  ///< of a world of the same size: fewer sweeps (trade_jacobian.hpp)
};

/// Memory between solves. It holds no answers: no solve depends on an earlier one but through Options::start.
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

/// Scales shares that nearly add up (as published tables do, to six digits or so) to add up to rounding: suppliers of a
/// row and final shares to 1, inputs to 1 less value added; takes what deficits add up to from all by value added.
/// Returns the largest correction. Without it no wage could clear all markets beyond the table's own error. O(size).
double normalise(World& w);

/// Refuses sizes that do not fit, numbers outside their domain, shares that do not add up (to 1e-12). O(size).
[[nodiscard]] Result<void> validate(const World& w);
/// Sizes, tariffs above -1, costs above 0, home trade without either. O(cells).
[[nodiscard]] Result<void> validate(const World& w, const Shock& s);

/// The equilibrium after the shock. The world and the shock must have passed validate(). Allocates only where the
/// workspace or `out` is smaller than needed. Errors: not_solved with the residual.
[[nodiscard]] Result<void> solve(const World& w, const Shock& s, const Options& options, Workspace& memory,
                                 Solution& out);

/// Of sum over n of weight_n ln(real_income_n).
struct Gradient {
  std::vector<double> tariff;  ///< [cell] by the new tariff; 0 where there is no trade
  std::vector<double> cost;    ///< [cell] by the cost factor; 0 where there is no trade
  double residual = 0;         ///< of the transposed system, relative to the largest weight
  int iterations = 0;
};

/// The gradient at a solved solution of this world, shock and rule, in all tariffs and costs, by one transposed solve
/// of about a solution's cost (adjoint.cpp). `weight`: a finite number for every country. The tolerance of the options
/// holds for the multipliers; an error of the solution goes into the gradient in proportion. Errors: invalid;
/// not_solved.
[[nodiscard]] Result<void> gradient(const World& w, const Shock& s, const Options& options, const Solution& at,
                                    std::span<const double> weight, Workspace& memory, Gradient& out);

/// A base that is an equilibrium: the shares, spending and value added after the shock (for a base that is not quite
/// one, the empty shock), and tariffs as they then are; deficits as solved. `s` must be solved, with flows.
[[nodiscard]] Result<World> rebase(const World& w, const Shock& shock, const Solution& s);

/// The judge: wages, prices and expenditure of an answer put into the equilibrium conditions above, written out again
/// without the solver's shortcuts, and the balance of trade. The largest relative violation; infinity for an answer of
/// another size or with a number that is not positive. Stopped sectors and parts are found anew. O(cells + inputs).
[[nodiscard]] double check(const World& w, const Shock& s, Deficits deficits, const Solution& answer);

}  // namespace entente::trade
