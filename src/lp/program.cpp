#include "lp/program.hpp"

#include <coin/ClpSimplex.hpp>

namespace entente::lp {

struct Program::Body {
  ClpSimplex model;
  int pivots = 0;
};

Program::Program(std::span<const double> cost, double upper) : body_(std::make_unique<Body>()) {
  ClpSimplex& m = body_->model;
  m.setLogLevel(0);
  m.setPrimalTolerance(1e-9);
  m.setDualTolerance(1e-9);
  m.resize(0, static_cast<int>(cost.size()));
  for (int i = 0; i < static_cast<int>(cost.size()); ++i) {
    m.setObjectiveCoefficient(i, cost[static_cast<std::size_t>(i)]);
    m.setColumnBounds(i, 0, upper);
  }
}
Program::~Program() = default;
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;

void Program::add_rows(std::span<const int> start, std::span<const int> column, std::span<const double> value,
                       std::span<const double> least) {
  const std::vector<double> most(least.size(), COIN_DBL_MAX);
  const std::vector<CoinBigIndex> from(start.begin(), start.end());
  body_->model.addRows(static_cast<int>(least.size()), least.data(), most.data(), from.data(), column.data(),
                       value.data());
}

void Program::drop_rows(std::span<const int> rows) {
  if (!rows.empty()) body_->model.deleteRows(static_cast<int>(rows.size()), rows.data());
}

void Program::bounds(std::uint32_t column, double lower, double upper) {
  body_->model.setColumnBounds(static_cast<int>(column), lower, upper);
}

Program::Status Program::solve(int pivots) {
  ClpSimplex& m = body_->model;
  m.setMaximumIterations(pivots);
  m.dual();
  body_->pivots += m.numberIterations();
  return m.status() == 0 ? Status::optimal : m.status() == 1 ? Status::infeasible : Status::limit;
}

double Program::value() const { return body_->model.objectiveValue(); }
std::span<const double> Program::x() const {
  return {body_->model.primalColumnSolution(), static_cast<std::size_t>(body_->model.numberColumns())};
}
std::span<const double> Program::reduced() const {
  return {body_->model.dualColumnSolution(), static_cast<std::size_t>(body_->model.numberColumns())};
}
std::span<const double> Program::price() const {
  return {body_->model.dualRowSolution(), static_cast<std::size_t>(body_->model.numberRows())};
}
std::span<const double> Program::activity() const {
  return {body_->model.primalRowSolution(), static_cast<std::size_t>(body_->model.numberRows())};
}
std::uint32_t Program::rows() const { return static_cast<std::uint32_t>(body_->model.numberRows()); }
int Program::pivots() const { return body_->pivots; }

}  // namespace entente::lp
