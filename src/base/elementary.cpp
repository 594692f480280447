#include "entente/base/elementary.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

namespace entente {
namespace {

constexpr std::size_t lanes = 4;
typedef double Four __attribute__((vector_size(32)));         // NOLINT(modernize-use-using): the attribute needs it
typedef std::int64_t Whole __attribute__((vector_size(32)));  // NOLINT(modernize-use-using)
typedef std::uint64_t Bits __attribute__((vector_size(32)));  // NOLINT(modernize-use-using)

constexpr double ln2_high = 0x1.62e42fefap-1, ln2_low = 0x1.cf79abc9e3b3ap-40;  // 36 bits, and the rest
constexpr double whole_number = 0x1.8p52;  // added, it leaves the nearest whole number in the last bits

// 1 / 3!, ... , 1 / 13!
constexpr auto factorials = [] {
  std::array<double, 14> f{1, 1};
  double product = 1;
  for (int k = 2; k < 14; ++k) f[k] = 1 / (product *= k);
  return f;
}();

[[gnu::always_inline]] inline void exponential(double* at) {
  Four x;
  std::memcpy(&x, at, sizeof x);
  const Four low = Four{} - 708, high = Four{} + 710;
  const Whole below = x < low;
  x = x < low ? low : x;
  x = x > high ? high : x;
  const Four shifted = x * 0x1.71547652b82fep0 + whole_number;
  const Four k = shifted - whole_number;
  const Four r = (x - k * ln2_high) - k * ln2_low;
  const Four r2 = r * r, r4 = r2 * r2;
  const auto& f = factorials;
  const Four a = (f[2] + r * f[3]) + r2 * (f[4] + r * f[5]);
  const Four b = (f[6] + r * f[7]) + r2 * (f[8] + r * f[9]);
  const Four c = (f[10] + r * f[11]) + r2 * (f[12] + r * f[13]);
  const Four e = 1 + (r + r2 * (a + r4 * (b + r4 * c)));
  Bits bits;
  std::memcpy(&bits, &shifted, sizeof bits);
  bits = (bits + 1022) << 52;  // of 2^(k - 1): the bits of the shift itself leave at the top
  Four scale;
  std::memcpy(&scale, &bits, sizeof scale);
  Four out = e * scale * 2;
  out = below ? Four{} : out;
  std::memcpy(at, &out, sizeof out);
}

[[gnu::always_inline]] inline void logarithm(double* at) {
  Bits bits;
  std::memcpy(&bits, at, sizeof bits);
  // How many powers of two x lies above sqrt(1/2), and 1,024: the shift is one of unsigned numbers.
  constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcd, more = 1024;
  const Bits above = (bits - root_half + (more << 52)) >> 52;
  const Bits counted = above + (std::bit_cast<std::uint64_t>(whole_number) - more);
  Four k;
  std::memcpy(&k, &counted, sizeof k);
  k -= whole_number;
  bits -= (above - more) << 52;
  Four m;
  std::memcpy(&m, &bits, sizeof m);
  const Four f = m - 1;
  const Four s = f / (2 + f);
  const Four z = s * s, z2 = z * z, z4 = z2 * z2;
  const Four a = 2.0 / 3 + z * (2.0 / 5) + z2 * (2.0 / 7 + z * (2.0 / 9));
  const Four b = 2.0 / 11 + z * (2.0 / 13) + z2 * (2.0 / 15 + z * (2.0 / 17));
  const Four c = 2.0 / 19 + z * (2.0 / 21);
  const Four rest = z * (a + z4 * (b + z4 * c));  // 2 artanh s = 2 s + s rest
  const Four half = 0.5 * f * f;                  // 2 s = f - s f, and s f = half - s half
  const Four out = k * ln2_high - ((half - (s * (half + rest) + k * ln2_low)) - f);
  std::memcpy(at, &out, sizeof out);
}

[[gnu::always_inline]] inline bool normal(double x) {
  return x >= std::numeric_limits<double>::min() && x <= std::numeric_limits<double>::max();
}

// `fill` stands where the array ends before a four does.
template <void of(double*)>
[[gnu::always_inline]] inline void each(std::span<double> x, double fill) {
  double* at = x.data();
  std::size_t left = x.size();
  for (; left >= lanes; left -= lanes, at += lanes) of(at);
  if (left == 0) return;
  std::array<double, lanes> rest{fill, fill, fill, fill};
  std::copy_n(at, left, rest.begin());
  of(rest.data());
  std::copy_n(rest.begin(), left, at);
}

}  // namespace

ENTENTE_WIDE void exponentials(std::span<double> x) noexcept { each<exponential>(x, 0); }

ENTENTE_WIDE void logarithms(std::span<double> x) noexcept {
  std::size_t strange = 0;
  for (const double v : x) strange += normal(v) ? 0 : 1;
  if (strange == 0) return each<logarithm>(x, 1);
  for (double& v : x)
    if (normal(v)) each<logarithm>({&v, 1}, 1);
    else v = std::log(v);
}

}  // namespace entente
