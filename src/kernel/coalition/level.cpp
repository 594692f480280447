#include "kernel/coalition/level.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "entente/base/elementary.hpp"

namespace entente::coalition {
namespace {

constexpr double settling_weight = 1e-7;  // a dual weight above this is surely positive; a smaller one can wait
constexpr std::size_t most_rows = 400;
constexpr int most_attempts = 4;

double power_of_two(std::span<const double> worth) {
  double largest = 0;
  for (const double v : worth) largest = std::max(largest, std::abs(v));
  if (largest == 0) return 1;
  return math::ldexp(1.0, std::clamp(-math::exponent(largest), -1000, 1000));
}
std::size_t length(unsigned n) { return n < 6 ? std::size_t{1} << n : 16 + 4 * std::size_t{n}; }

}  // namespace

void Levels::begin(std::span<const double> worth, unsigned n, bool rational, double tolerance, unsigned threads) {
  n_ = n;
  factor_ = power_of_two(worth);
  sweep_.begin(worth, n, factor_, threads);
  span_.clear(n);
  program_.players(n);
  x_.assign(n, 0.0);
  settled_.clear();
  rows_.clear();
  single_.clear();
  const Mask all = static_cast<Mask>(worth.size() - 1);
  double alone = 0;
  for (unsigned i = 0; i < n; ++i) alone += x_[i] = sweep_.worth(Mask{1} << i);
  // Violations are measured against the game less what each has alone, so that a shift changes nothing; but no finer
  // than the rounding of sums.
  tolerance_ = std::max(tolerance * sweep_.largest(x_), 1e-15 * n);
  for (unsigned i = 0; i < n; ++i) {
    if (rational) single_.push_back({Mask{1} << i, false, x_[i]});
    x_[i] += (sweep_.worth(all) - alone) / n;
  }
  settled_.push_back({all, false, sweep_.worth(all)});
  span_.add(all);
  sweep_.leave_out(span_);
  refresh();
}

void Levels::add(const Excess& e) { rows_.push_back({e.coalition, true, sweep_.worth(e.coalition)}); }

void Levels::refresh() {
  sweep_.top(x_, length(n_), top_);
  for (const Excess& e : top_)
    if (std::ranges::find(rows_, e.coalition, &Row::set) == rows_.end()) add(e);
}

// Rows in order of their excess at the last division: the first and its complement start the program.
void Levels::start() {
  std::erase_if(rows_, [&](const Row& r) { return !r.with_excess || !sweep_.open(r.set); });
  if (rows_.size() < n_ - span_.rank() + 1) refresh();
  top_.clear();
  for (const Row& r : rows_) {
    double e = r.value;
    for (Mask s = r.set; s; s &= s - 1) e -= x_[static_cast<unsigned>(std::countr_zero(s))];
    top_.push_back({e, r.set});
  }
  std::ranges::sort(top_, [](const Excess& a, const Excess& b) {
    return a.value != b.value ? a.value > b.value : a.coalition < b.coalition;
  });
  if (top_.size() > most_rows) top_.resize(most_rows);
  rows_.clear();
  for (const Excess& e : top_) add(e);
  program_.start(settled_, span_, rows_, [&](Mask s) { return sweep_.worth(s); });
  for (const Row& r : single_)
    if (sweep_.open(r.set)) rows_.push_back(r);
}

bool Levels::solve() {
  start();
  while (true) {
    if (!program_.optimise(rows_, 0.5 * tolerance_)) return false;
    sweep_.top(program_.x(), length(n_), top_);
    bool grows = false;
    for (const Excess& e : top_) {
      if (e.value <= program_.epsilon() + tolerance_) break;
      const bool known =
          std::ranges::any_of(rows_, [&](const Row& r) { return r.with_excess && r.set == e.coalition; });
      if (known) continue;
      add(e);
      grows = true;
    }
    if (!grows) return true;
  }
}

Result<void> Levels::next() {
  // Earlier levels are right within the tolerance only, so what they settled can fall short of a player's own worth by
  // a little more than it, and the program then has no solution: a wider tolerance lets that pass.
  for (int attempt = 0; !solve(); ++attempt) {
    if (attempt == most_attempts)
      return std::unexpected(Error{ErrorKind::not_solved, "the simplex method of a level found no optimum"});
    tolerance_ *= 4;
  }
  std::ranges::copy(program_.x(), x_.begin());
  for (const Excess& e : top_)  // near the optimum: rows to start the next program from
    if (std::ranges::find(rows_, e.coalition, &Row::set) == rows_.end()) add(e);
  bool any = false;
  for (std::size_t k = 0; k < program_.basis().size(); ++k) {
    const Row& r = program_.basis()[k];
    if (program_.weight()[k] <= settling_weight || !span_.add(r.set)) continue;
    settled_.push_back({r.set, false, r.value - (r.with_excess ? program_.epsilon() : 0)});
    any = true;
  }
  if (!any) return std::unexpected(Error{ErrorKind::not_solved, "no coalition could be settled at a level"});
  sweep_.leave_out(span_);
  return {};
}

void Levels::division(std::vector<double>& x) const {
  x = x_;
  if (done()) (void)solve_rows(settled_, x);
  for (double& v : x) v /= factor_;
}

}  // namespace entente::coalition
