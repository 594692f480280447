// A linear program that grows by rows:  min c.t  subject to  a.t <= b for every row,  0 <= t <= 1,  c >= 0.
//
// t = 0 is dual feasible, and stays so when rows are added: the dual simplex method on a dense dictionary with bounded
// variables (Dantzig; Lemke 1954, doi:10.1002/nav.3800010107). A row that no column can mend is a proof: its weights
// combine the rows into one that fails for every t. Columns are at most two for a move, rows as many as the optimiser
// finds configurations that object.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace entente::wedge {

class Program {
 public:
  enum class End : std::uint8_t { optimal, infeasible, limit };

  void start(std::span<const double> cost);
  void add(std::span<const double> a, double b);
  End optimise();

  [[nodiscard]] std::span<const double> t() const noexcept { return t_; }
  [[nodiscard]] double value() const noexcept { return value_; }
  /// By row in the order added: dual values, or when infeasible the weights of the proof; >= 0.
  [[nodiscard]] std::span<const double> weights() const noexcept { return weights_; }

 private:
  // Dictionary: x_basic = constant + sum over j of body * x_nonbasic. Variables 0..n-1 are columns, n + r is the slack
  // of row r.
  [[nodiscard]] double& at(std::size_t i, std::size_t j) noexcept { return body_[i * n_ + j]; }
  [[nodiscard]] double top(std::uint32_t variable) const noexcept;
  [[nodiscard]] double basic_value(std::size_t i) const noexcept;
  void pivot(std::size_t i, std::size_t j);
  void read(End end, std::size_t stuck, bool below);

  std::size_t n_ = 0, rows_ = 0;
  std::vector<double> body_, constant_, reduced_, t_, weights_, cost_;
  std::vector<std::uint32_t> basic_, nonbasic_;
  std::vector<std::uint8_t> at_top_;  // by place among the nonbasic
  double value_ = 0;
};

}  // namespace entente::wedge
