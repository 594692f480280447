// Sums over the subsets of an index, by folding.
//
// Problem. An array by set (by the bits of its index) is to be summed over all sets with given one or two elements.
// Term by term that is 2^m additions for each of m or m^2 / 2 sums. Choice. Folding the upper half on the lower sums an
// element out; before it goes, the sums of the two halves are those of its bit. All bits take 2 2^m additions, all
// pairs 4 2^m. Nothing is subtracted, so small sums keep their relative precision. Four lanes at a time in the
// compilers' vectors: the order of additions, and so the bits of the result, are the same on any machine.
#include <cstring>

#include "entente/base/elementary.hpp"
#include "kernel/blocs/distribution.hpp"

namespace entente::blocs {
namespace {

typedef double Four __attribute__((vector_size(32)));  // NOLINT(modernize-use-using): the attribute needs it

// By reference: a vector that is returned has another convention with wide lanes than without.
[[gnu::always_inline]] inline void load(Four& x, const double* at) { std::memcpy(&x, at, sizeof x); }

[[gnu::always_inline]] inline void store(double* at, const Four& x) { std::memcpy(at, &x, sizeof x); }

[[gnu::always_inline]] inline double across(const Four& a) { return (a[0] + a[2]) + (a[1] + a[3]); }

/// Sums of the halves of x; the second is added to the first.
[[gnu::always_inline]] inline void fold(double* x, std::size_t half, double& low, double& high) {
  double* const y = x + half;
  if (half < 4) {
    low = high = 0;
    for (std::size_t i = 0; i < half; ++i) low += x[i], high += y[i], x[i] += y[i];
    return;
  }
  Four a{}, b{}, c{}, d{}, x0, x1, y0, y1;
  std::size_t i = 0;
  for (; i + 8 <= half; i += 8) {
    load(x0, x + i), load(x1, x + i + 4), load(y0, y + i), load(y1, y + i + 4);
    a += x0, b += x1, c += y0, d += y1;
    store(x + i, x0 + y0);
    store(x + i + 4, x1 + y1);
  }
  for (; i < half; i += 4) {
    load(x0, x + i), load(y0, y + i);
    a += x0, c += y0;
    store(x + i, x0 + y0);
  }
  low = across(a + b);
  high = across(c + d);
}

[[gnu::always_inline]] inline void bits_of(double* x, unsigned bits, double* zero, double* one) {
  for (unsigned b = bits; b-- > 0;) fold(x, std::size_t{1} << b, zero[b], one[b]);
}

}  // namespace

ENTENTE_WIDE void bit_sums(std::span<double> x, unsigned bits, double* zero, double* one) {
  bits_of(x.data(), bits, zero, one);
}

ENTENTE_WIDE void pair_sums(std::span<double> x, unsigned bits, std::span<double> scratch, std::span<double> both,
                            std::span<double> only) {
  for (unsigned j = bits; j-- > 0;) {
    const std::size_t half = std::size_t{1} << j;
    // The sets that hold j; elements above j are summed out already.
    std::memcpy(scratch.data(), x.data() + half, half * sizeof(double));
    bits_of(scratch.data(), j, only.data() + std::size_t{j} * bits, both.data() + std::size_t{j} * bits);
    for (std::size_t s = 0; s < half; ++s) x[s] += x[s + half];
  }
}

ENTENTE_WIDE double total(std::span<const double> x) {
  Four a{}, b{}, x0, x1;
  std::size_t i = 0;
  for (; i + 8 <= x.size(); i += 8) {
    load(x0, &x[i]), load(x1, &x[i + 4]);
    a += x0, b += x1;
  }
  double rest = 0;
  for (; i < x.size(); ++i) rest += x[i];
  return across(a + b) + rest;
}

ENTENTE_WIDE double product(std::span<const double> x, std::span<const double> y) {
  Four a{}, b{}, x0, x1, y0, y1;
  std::size_t i = 0;
  for (; i + 8 <= x.size(); i += 8) {
    load(x0, &x[i]), load(x1, &x[i + 4]), load(y0, &y[i]), load(y1, &y[i + 4]);
    a += x0 * y0, b += x1 * y1;
  }
  double rest = 0;
  for (; i < x.size(); ++i) rest += x[i] * y[i];
  return across(a + b) + rest;
}

}  // namespace entente::blocs
