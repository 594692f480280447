// A linear fixed point x = T x + b by GMRES (Saad and Schultz 1986, doi:10.1137/0907058): of all combinations of the
// images seen, the one whose residual is least in the Euclidean norm.
//
// Anderson's acceleration with a memory of ten is the same method cut short; where the spectrum has more than ten
// parts, keeping all images takes a fifth of the steps. Memory: `memory` + 1 vectors; work: 2 k vectors a step, k the
// steps since the last start.
#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace entente::trade {

class Gmres {
 public:
  static constexpr int memory = 40;  ///< steps before it begins again from the best point

  /// `residual`: T x + b - x at the point x where it begins.
  void begin(std::span<const double> residual);
  /// The vector whose image under T (without b) step() wants next.
  [[nodiscard]] std::span<const double> direction() const noexcept;
  /// `image`: T times direction(). Returns the norm of the residual that is left.
  double step(std::span<const double> image);
  [[nodiscard]] bool full() const noexcept { return steps_ == memory; }
  /// Adds to x what has been found.
  void finish(std::span<double> x);

 private:
  [[nodiscard]] double* base(int k) noexcept { return base_.data() + static_cast<std::size_t>(k) * size_; }

  std::size_t size_ = 0;
  int steps_ = 0;
  std::vector<double> base_;                                    // orthonormal
  std::array<std::array<double, memory + 1>, memory> upper_{};  // columns of R
  std::array<double, memory + 1> right_{};
  std::array<double, memory> cos_{}, sin_{};
};

}  // namespace entente::trade
