// What one equilibrium of a small world tells the solver about others like it.
//
// Problem. Ten thousand draws solve much the same world again and again, each from its own base, and each solve learns
// anew how wages, prices and spending answer one another: 25 to 30 sweeps, of which most only find that out.
//
// Theory. With F the sweep and J its slope at some state, x + (1 - J)^-1 (F(x) - x) is Newton's step there, and a
// contraction wherever the true slope is near J (the chord method; Kelley 1995, doi:10.1137/1.9781611970944). Wages are
// few, and prices and spending follow them: with w, p, x the three parts of what is off,
//   dw = W (w, p, x)      the rows of the inverse that belong to wages, all of the inverse that is worth its price
//   dp = H p + P dw       H the home rounds of prices, country by country; P what a wage does to prices in the end
//   dx = K x + X dw       the same of spending
// The fixed point is F's own: the guide decides how fast it is reached and not where it lies, and the residual that
// ends a solve is the sweep's as without it.
//
// Choice. W, P and X are exact, with all rounds of inputs in them; H and K leave out rounds through other countries,
// and dx leaves out dp. The whole inverse would take 10.1 sweeps in place of 11.8 and ten times the multiplications.
// Anderson's acceleration stays on top. Where a guided solve goes astray it begins anew without (solve.cpp). A guide
// belongs to a situation and is made once; it depends on nothing that is drawn, so no answer depends on an earlier
// draw.
//
// Cost. To make: countries + 2 places sweeps for the slopes by differences, and two inverses of places^3
// multiplications. To use: 4 countries places + 2 countries sectors^2 multiplications a sweep, in single precision.
#pragma once
#include <array>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <vector>

#include "entente/kernel/trade.hpp"

namespace entente::trade {

class ApproximateJacobian {
 public:
  static constexpr std::size_t most = 1024;  ///< numbers of a state: countries + 2 places

  /// At the base of this world, unshocked, with the deficits of the options. Errors: too_large; not_solved where the
  /// slopes have no inverse.
  [[nodiscard]] static Result<ApproximateJacobian> make(const World& w, const Options& options, Workspace& memory);

  /// Replaces the image `next` of the state `now` by the guided step. `scratch` is of any size.
  void step(std::span<const double> now, std::span<double> next, std::vector<float>& scratch) const;
  [[nodiscard]] std::size_t size() const noexcept { return countries_ + 2 * countries_ * sectors_; }

  struct Matrix;  ///< of approximate_jacobian.cpp

 private:
  // Columns one after another; rows and columns padded with zeros to a multiple of four.
  struct Packed {
    std::size_t rows = 0, columns = 0;
    std::vector<float> x;
    void add(const float* d, float* sum) const;
  };
  static Packed pack(std::initializer_list<const Matrix*> parts);

  std::size_t countries_ = 0, sectors_ = 0;
  Packed wage_;                     ///< W: [country, number of the state]
  std::array<Packed, 2> response_;  ///< P and X: [place, country]
  std::vector<Packed> home_;        ///< H and then K by country: [sector, sector]
};

}  // namespace entente::trade
