// A linear program that grows by rows: min c x, rows >= their bounds, columns between bounds. Built for cutting planes:
// rows are added and taken away, bounds move, and the dual simplex goes on from where it stood. Clp does the work and
// is seen by program.cpp alone. One Program is for one thread; several may live in several threads. Deterministic.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace entente::lp {

class Program {
 public:
  /// One column for each cost, between 0 and `upper`.
  Program(std::span<const double> cost, double upper);
  ~Program();
  Program(Program&&) noexcept;
  Program& operator=(Program&&) noexcept;

  /// Rows: entries start[i] to start[i + 1] of column and value, each >= least[i].
  void add_rows(std::span<const int> start, std::span<const int> column, std::span<const double> value,
                std::span<const double> least);
  /// The given rows, in rising order, go; those after them move up.
  void drop_rows(std::span<const int> rows);
  void bounds(std::uint32_t column, double lower, double upper);

  enum class Status : std::uint8_t { optimal, infeasible, limit };
  /// Re-solves by the dual simplex, at most `pivots` of them.
  [[nodiscard]] Status solve(int pivots);

  [[nodiscard]] double value() const;
  [[nodiscard]] std::span<const double> x() const;
  [[nodiscard]] std::span<const double> reduced() const;   ///< reduced cost by column
  [[nodiscard]] std::span<const double> price() const;     ///< dual by row, >= 0 up to the tolerance 1e-9
  [[nodiscard]] std::span<const double> activity() const;  ///< by row
  [[nodiscard]] std::uint32_t rows() const;
  [[nodiscard]] int pivots() const;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace entente::lp
