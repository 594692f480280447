// Nucleolus and prenucleolus.
//
// Problem. Among efficient divisions (individually rational ones, for the nucleolus) minimise the largest excess
// v(S) - x(S), then the next, and so on (Schmeidler 1969, doi:10.1137/0117107).
//
// Theory. A sequence of linear programs (Kopelowitz 1967; Maschler, Peleg, Shapley 1979, doi:10.1287/moor.4.4.303). At
// each level the coalitions settled so far are equations; min e subject to x(S) + e >= v(S) for every coalition S not
// in their span. A row with a positive dual weight is tight in every optimum (complementary slackness) and is settled;
// rows merely tight in the optimum found need not stay tight and are not (Guajardo and Jornsten 2015,
// doi:10.1016/j.ejor.2014.10.037). At least two coalitions have positive weights and they are not in the span, so the
// rank rises with every program and there are at most n - 1 of them. With what is settled, everything in its span is
// settled. A level of many ties may take several programs with the same e; that is sound, and cheaper than to look for
// all that is constant on the optimal face at once.
//
// Choice. Rows are generated: a program is solved over a few hundred rows (program.hpp), then one pass over the table
// (sweep.hpp) finds the most violated of all 2^n, until there is none. Whether S lies in the span is decided exactly
// (subspace.hpp). Weights are fractions of minors of 0/1 matrices, so "positive" has a gap to 0; a weight below 1e-7 is
// not settled, which costs at most another program.
//
// Cost. A pass is O(2^n), a pivot O(n^2 + rows n); a handful of passes a level. Memory: nothing of size 2^n.
//
// Left out: the polynomial methods for special games (convex, assignment, voting with small weights).
#include <algorithm>
#include <cmath>

#include "kernel/coalition/level.hpp"
#include "kernel/coalition/nucleolus_exact.hpp"

namespace entente::coalition {
namespace {

Result<unsigned> solvable(std::span<const double> worth, double tolerance) {
  if (!(tolerance >= 0 && tolerance < 1))
    return std::unexpected(Error{ErrorKind::invalid, "a tolerance is at least 0 and below 1", "tolerance"});
  return players(worth);
}

}  // namespace

struct NucleolusWorkspace::Body {
  Levels levels;
};
NucleolusWorkspace::NucleolusWorkspace() : body_(std::make_unique<Body>()) {}
NucleolusWorkspace::~NucleolusWorkspace() = default;
NucleolusWorkspace::NucleolusWorkspace(NucleolusWorkspace&&) noexcept = default;
NucleolusWorkspace& NucleolusWorkspace::operator=(NucleolusWorkspace&&) noexcept = default;

Result<void> nucleolus(std::span<const double> worth, const NucleolusOptions& options, NucleolusWorkspace& workspace,
                       Nucleolus& out) {
  const auto n = solvable(worth, options.tolerance);
  if (!n) return std::unexpected(n.error());
  out.payoff.clear();
  out.levels.clear();
  out.kohlberg = false;
  out.exists = true;
  out.exact = false;
  out.lps = out.pivots = out.passes = 0;
  const bool rational = options.rationality == Rationality::individual;
  double alone = 0, size = std::abs(worth.back());
  for (unsigned i = 0; i < *n; ++i) {
    alone += worth[std::size_t{1} << i];
    size = std::max(size, std::abs(worth[std::size_t{1} << i]));
  }
  const double rounding = 1e-15 * (*n + 1) * size;
  if (rational && alone > worth.back() + rounding) {
    out.exists = false;
    return {};
  }
  if (*n == 1) {
    out.payoff.push_back(worth[1]);
  } else if (rational && alone >= worth.back() - rounding) {  // one division only
    for (unsigned i = 0; i < *n; ++i) out.payoff.push_back(worth[std::size_t{1} << i]);
  } else if (auto exact = options.exact ? exact_nucleolus(worth, *n, rational) : std::nullopt) {
    out.payoff = std::move(exact->payoff);
    out.levels = std::move(exact->levels);
    out.lps = exact->lps;
    out.pivots = exact->pivots;
    out.exact = true;
  } else {
    Levels& levels = workspace.body().levels;
    levels.begin(worth, *n, rational, options.tolerance, options.threads);
    while (!levels.done()) {
      ++out.lps;
      if (const auto solved = levels.next(); !solved) return std::unexpected(solved.error());
      out.levels.push_back(levels.epsilon());
    }
    levels.division(out.payoff);
    out.pivots = levels.pivots();
    out.passes = levels.passes();
  }
  if (options.judge) {
    // Of an exact division only the rounding to doubles is left, and the judge is told so.
    const auto verdict = out.exact ? kohlberg(worth, out.payoff, options.rationality, 4e-15 * *n)
                                   : kohlberg(worth, out.payoff, options.rationality);
    out.kohlberg = verdict && *verdict;
  }
  return {};
}

Result<Nucleolus> nucleolus(std::span<const double> worth, const NucleolusOptions& options) {
  NucleolusWorkspace workspace;
  Nucleolus out;
  if (const auto done = nucleolus(worth, options, workspace, out); !done) return std::unexpected(done.error());
  return out;
}

Result<LeastCore> least_core(std::span<const double> worth, const SolverOptions& options) {
  const auto n = solvable(worth, options.tolerance);
  if (!n) return std::unexpected(n.error());
  LeastCore out;
  if (*n == 1) {
    out.payoff = {worth[1]};
    out.epsilon = -std::numeric_limits<double>::infinity();  // there is no proper coalition
    return out;
  }
  Levels levels;
  levels.begin(worth, *n, false, options.tolerance, options.threads);
  if (const auto solved = levels.next(); !solved) return std::unexpected(solved.error());
  out.epsilon = levels.epsilon();
  const Program& program = levels.program();
  for (std::size_t k = 0; k < program.basis().size(); ++k)
    if (program.weight()[k] > 0) {
      out.coalitions.push_back(program.basis()[k].set);
      out.weights.push_back(program.weight()[k]);
    }
  levels.division(out.payoff);
  out.pivots = levels.pivots();
  double terms = 0, t = 0;
  for (std::size_t k = 0; k < out.coalitions.size(); ++k) {
    terms += out.weights[k] * std::abs(worth[out.coalitions[k]]);
    if (out.coalitions[k] & 1u) t += out.weights[k];
  }
  terms += t * std::abs(worth.back());
  out.core_empty = out.epsilon > 1e-10 * terms;
  if (auto exact = exact_least_core(worth, *n)) {  // the division as it was found, unless rounding shows in it
    if (!(std::abs(largest_excess(worth, out.payoff) - exact->epsilon) <= 1e-13 * terms)) return std::move(*exact);
    out.epsilon = exact->epsilon;
    out.core_empty = exact->core_empty;
  }
  return out;
}

}  // namespace entente::coalition
