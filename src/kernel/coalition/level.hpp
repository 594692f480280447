// The sequence of programs that the least core (the first) and the nucleolus (all) are made of. Essay in nucleolus.cpp.
#pragma once
#include <span>
#include <vector>

#include "kernel/coalition/program.hpp"
#include "kernel/coalition/sweep.hpp"

namespace entente::coalition {

class Levels {
 public:
  /// Before anything else: a game of at least two players; `rational`: everyone gets at least what he has alone.
  /// Numbers inside are scaled by a power of two; those that come out are not.
  void begin(std::span<const double> worth, unsigned n, bool rational, double tolerance, unsigned threads);

  [[nodiscard]] bool done() const noexcept { return span_.rank() == n_; }
  /// Solves the next program and settles the rows with a positive dual weight. An error: not_solved.
  [[nodiscard]] Result<void> next();

  [[nodiscard]] double epsilon() const noexcept { return program_.epsilon() / factor_; }  ///< of the last program
  [[nodiscard]] const Program& program() const noexcept { return program_; }
  void division(std::vector<double>& x) const;  ///< of the last program, or when done the only one left
  [[nodiscard]] int pivots() const noexcept { return program_.pivots(); }
  [[nodiscard]] int passes() const noexcept { return sweep_.passes(); }

 private:
  void refresh();
  void start();
  [[nodiscard]] bool solve();
  void add(const Excess& e);
  unsigned n_ = 0;
  double factor_ = 1, tolerance_ = 0;
  Sweep sweep_;
  Subspace span_;
  Program program_;
  std::vector<Row> settled_, rows_, single_;
  std::vector<Excess> top_;
  std::vector<double> x_;
};

}  // namespace entente::coalition
