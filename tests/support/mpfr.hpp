// Numbers of MPFR (Fousse and others, ACM TOMS 33, 2007) as judges of ours: 160 bits, and distances in units of the
// last place.
#pragma once
#include <mpfr.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

namespace entente::testing {

class Exact {
 public:
  Exact() { mpfr_init2(x_, 160); }
  explicit Exact(double x) : Exact() { mpfr_set_d(x_, x, MPFR_RNDN); }
  ~Exact() { mpfr_clear(x_); }
  Exact(const Exact&) = delete;
  Exact& operator=(const Exact&) = delete;
  operator mpfr_ptr() { return x_; }
  operator mpfr_srcptr() const { return x_; }
  [[nodiscard]] double nearest() const { return mpfr_get_d(x_, MPFR_RNDN); }

  // How far `got` lies from it, in units of the last place of a double of its size.
  [[nodiscard]] double units(double got) const {
    if (mpfr_nan_p(x_)) return std::isnan(got) ? 0 : std::numeric_limits<double>::infinity();
    const double rounded = nearest();
    if (std::isinf(rounded) || std::isinf(got) || std::isnan(got))
      return got == rounded ? 0 : std::numeric_limits<double>::infinity();
    if (mpfr_zero_p(x_)) return got == 0 ? 0 : std::numeric_limits<double>::infinity();
    Exact off;
    mpfr_sub_d(off, x_, got, MPFR_RNDN);
    mpfr_mul_2si(off, off, -std::max<long>(mpfr_get_exp(x_) - 53, -1074), MPFR_RNDN);
    return std::abs(off.nearest());
  }

  // |got - it| over |it|.
  [[nodiscard]] double relative(double got) const {
    if (mpfr_zero_p(x_)) return got == 0 ? 0 : std::numeric_limits<double>::infinity();
    Exact off;
    mpfr_sub_d(off, x_, got, MPFR_RNDN);
    mpfr_div(off, off, x_, MPFR_RNDN);
    return std::abs(off.nearest());
  }

 private:
  mutable mpfr_t x_;
};

// A hundred thousand unless ENTENTE_POINTS says another number: MPFR takes 1 to 150 microseconds for each.
inline std::size_t points() {
  const char* asked = std::getenv("ENTENTE_POINTS");
  return asked ? std::strtoull(asked, nullptr, 10) : 100000;
}

// The same numbers in every run (Knuth's linear congruence, its upper 53 bits).
class Uniform {
 public:
  explicit Uniform(std::uint64_t seed = 1) : state_(seed) {}
  std::uint64_t word() { return state_ = state_ * 6364136223846793005u + 1442695040888963407u; }
  double operator()(double from, double to) {
    return from + (to - from) * (static_cast<double>(word() >> 11) * 0x1p-53);
  }
  // Any sign asked for, any significand, exponents from `low` to `high`.
  double scaled(int low, int high) {
    const int power = low + static_cast<int>((word() >> 32) % static_cast<unsigned>(high - low + 1));
    return std::ldexp((*this)(1, 2), power);
  }

 private:
  std::uint64_t state_;
};

}  // namespace entente::testing
