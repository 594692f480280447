// What the parts of the trade kernel share: the shocked world as tables that a sweep reads from end to end, the state
// that is iterated, and what the last sweep found.
#pragma once
#include <array>
#include <span>
#include <vector>

#include "entente/kernel/trade.hpp"
#include "kernel/trade/anderson.hpp"
#include "kernel/trade/domestic_block.hpp"
#include "kernel/trade/gmres.hpp"

namespace entente::trade {

struct Workspace::Body {
  std::uint32_t n = 0, sectors = 0;
  const World* world = nullptr;
  Deficits rule = Deficits::fixed;

  // The shock, by cell: a = share * k^^-theta, and over 1 + the new tariff. Where a row would leave the range of
  // doubles its logs are shifted (row_shift, by sector and importer).
  std::vector<double> a, net, row_shift;
  std::vector<std::uint8_t> joined;    ///< [sector] some trade between different countries
  std::vector<std::uint8_t> produces;  ///< [sector, country]
  std::vector<std::uint8_t> bought;    ///< [sector, country] somebody needs it and somebody supplies it
  std::vector<std::uint32_t> part;     ///< [country] number of its part of the world
  std::uint32_t parts = 1;
  std::vector<std::uint8_t> way, seen;  ///< of the search for parts
  std::vector<std::uint32_t> stack;
  std::vector<double> part_size;  ///< [part] value added
  std::vector<double> deficit;    ///< [country] after the rule and the parts, before scaling
  std::vector<double> pace;       ///< [country] step of the wage for one of excess demand for labour
  double base_income = 0;         ///< of the world
  std::vector<double> ratio;      ///< [country] rule own: spending over income in the base, rho
  std::vector<double> paid_in, paid_out, pull_in, pull_out;  ///< [country] of balance_trade(): trade, and times theta
  std::vector<double> own, kept_own;  ///< [part] rule own: sum of incomes, and of rho times income
  std::vector<Lack> lacks;

  // State and its image, one vector each: ln wage [n], then ln price [place], then ln expenditure [place].
  std::vector<double> now, next;
  Anderson anderson;
  std::vector<float> guided;  ///< of ApproximateJacobian::step()

  // Of the last sweep.
  std::vector<double> cost;                           ///< [place] ln c^
  std::vector<double> column_cost;                    ///< [country] of one sector
  std::vector<double> factor, row_sum, row_level;     ///< [sector, country] c^^-theta; what a buyer's price is made of
  std::vector<double> least;                          ///< [sector] theta ln c^ of the cheapest
  std::vector<double> sales_factor;                   ///< [country] of one sector: c^^-theta
  std::vector<double> rise;                           ///< of report()
  std::vector<double> hat;                            ///< [country] e^wage, then excess demand for labour
  std::vector<double> sold;                           ///< [country] of one sector
  std::vector<double> spending, sales;                ///< [place] X and Y
  std::vector<double> revenue, income, labour, line;  ///< [country] (line: by sector)
  double residual = 0;

  // Of the transposed system (adjoint.cpp): shares, over 1 + tariff, what of spending is not tariff; multipliers.
  std::vector<double> pi, mu;                               ///< [cell]
  std::vector<double> kept, lambda, back_sales, back_cost;  ///< [place]
  std::vector<double> earned, back_revenue, back_wage;      ///< [country]
  std::vector<double> part_sum;
  std::vector<double> home, home_kept;  ///< [place] pi and mu of what is bought at home
  std::vector<double> change;           ///< [sector] of one country
  std::vector<double> multipliers;      ///< of the state's layout
  DomesticBlock rounds;
  Gmres gmres;

  [[nodiscard]] double* wage(std::vector<double>& u) const noexcept { return u.data(); }
  [[nodiscard]] double* price(std::vector<double>& u) const noexcept { return u.data() + n; }
  [[nodiscard]] double* spend(std::vector<double>& u) const noexcept { return u.data() + n + std::size_t{n} * sectors; }
};

/// Tables of the shocked world; who stops, who is cut off. False: no equilibrium, `lacks` says why.
bool build(const World& w, const Shock& s, Deficits rule, Workspace::Body& b);

/// The change of the iceberg cost times tariff of a cell, in logs; +infinity for an embargo.
double log_barrier(const World& w, const Shock& s, std::size_t cell);

/// Who can sell what to whom at all: marks `produces`, `bought`, `lacks`, parts of the world. `a` holds the cells.
bool supply(const World& w, Workspace::Body& b);

/// The state at the start, and the pace of wages with the world's income.
void begin(const World& w, const Options& o, Workspace::Body& b);
void paces(const World& w, Workspace::Body& b);

/// One sweep: the image of `now` into `next`, and the residual of `now`.
void sweep(Workspace::Body& b);

/// Wages such that every part of the world keeps its value added.
void numeraire(Workspace::Body& b, double* wage);
/// After a sweep: the image of wages by the balance of trade instead of the demand for labour (far.cpp), its step times
/// `caution`; the residual with the log of the balance.
void balance_trade(const World& w, double caution, Workspace::Body& b);

/// Of what the last sweep found, for one sector: c^^-theta of every seller, times that of the cheapest to the power of
/// theta, whose log is returned.
double sellers(const World& w, const Workspace::Body& b, std::size_t sector, double* factor);
/// (c^_i / P^)^-theta of one row of the tables, with its shift: what multiplies b.a to give shares, to the rounding of
/// P^. `factor`, `least`: of sellers(). One exponential, or one for each cell where that would leave the range.
void against(const World& w, const Workspace::Body& b, std::size_t sector, std::size_t to, const double* factor,
             double least, double* out);

void report(const World& w, const Options& o, Workspace::Body& b, Solution& out);

}  // namespace entente::trade
