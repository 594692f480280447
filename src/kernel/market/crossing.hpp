// What finding a zone's level works on; the essay is in local.cpp.
#pragma once
#include <cmath>

#include "kernel/market/state.hpp"

namespace entente::market {

class Crossing {
 public:
  explicit Crossing(Workspace::Body& w) : w_(w), locals_(w.locals) {}
  Found find(double hint, double& level);

 private:
  static constexpr double rounding = 2.220446049250313e-16;

  // local.cpp
  void gather();
  [[nodiscard]] double snapped(double x) const;
  void evaluate(double x);
  [[nodiscard]] double curve(const Local& l, double x) const;
  [[nodiscard]] double elastic_slope(const Local& l, double price, double supply) const;
  void take(double at, bool right);
  bool finish(double& at, double slope, bool right, double noise);
  void fill(double x, double noise);
  void flood(double& x);
  // propose.hpp
  void elastic_side(double at, bool right);
  double proposal(double at, double slope, bool right, bool& last);
  [[nodiscard]] double next_kink(double x, bool right) const;
  [[nodiscard]] double last_kink(double at, double to, bool right) const;
  [[nodiscard]] double walk(double at, double rise, bool right) const;
  [[nodiscard]] double further(double at, bool right) const;

  // Levels that differ by no more than the rounding of offsets are one.
  [[nodiscard]] bool same(double x, double y) const { return std::abs(x - y) <= 4 * rounding * (std::abs(x) + span_); }

  Workspace::Body& w_;
  std::vector<Local>& locals_;
  double left_ = -infinite, right_ = infinite;
  double fixed_ = 0, fixed_size_ = 0, span_ = 0;
  double rest_ = 0, jump_up_ = 0, jump_down_ = 0, slope_left_ = 0, slope_right_ = 0, size_ = 0, error_ = 0;
  double demand_ = 0, demand_slope_ = 0, demand_price_ = 0, demand_offset_ = 0, left_over_ = 0;
  bool shrinks_ = false;    ///< a linear curve that responds, and trades less for it
  Local* alone_ = nullptr;  ///< the one curve that responds, where it is elastic: its crossing is known without a trial
};

}  // namespace entente::market
