// Anderson's acceleration of a fixed-point iteration (Anderson 1965, doi:10.1145/321296.321305; Walker and Ni 2011,
// doi:10.1137/10078356X): the next state is the combination of the last images whose combined residual is least.
#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace entente::trade {

class Anderson {
 public:
  static constexpr int window = 10;

  /// Forgets everything; vectors of `size` numbers.
  void begin(std::size_t size);
  /// `now` a state, `next` its image: writes the accelerated state over `now`.
  void step(std::span<double> now, std::span<double> next);

 private:
  [[nodiscard]] double* df(int k) noexcept { return df_.data() + static_cast<std::size_t>(k) * size_; }
  [[nodiscard]] double* dg(int k) noexcept { return dg_.data() + static_cast<std::size_t>(k) * size_; }

  std::size_t size_ = 0;
  int held_ = 0, at_ = 0;
  bool first_ = true;
  std::vector<double> df_, dg_;  // differences of residuals and of images, `window` columns
  std::vector<double> f_, g_;    // the last ones
  std::array<std::array<double, window>, window> gram_{};
};

/// Sum of products in a fixed order, four lanes wide.
[[gnu::always_inline]] inline double dot(const double* x, const double* y, std::size_t n) noexcept {
  double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  std::size_t i = 0;
  for (; i + 4 <= n; i += 4) {
    s0 += x[i] * y[i];
    s1 += x[i + 1] * y[i + 1];
    s2 += x[i + 2] * y[i + 2];
    s3 += x[i + 3] * y[i + 3];
  }
  for (; i < n; ++i) s0 += x[i] * y[i];
  return (s0 + s1) + (s2 + s3);
}

}  // namespace entente::trade
