// Essay in symmetric.hpp.
#include "kernel/coalition/symmetric.hpp"

#include <algorithm>
#include <bit>

#include "entente/base/pool.hpp"

namespace entente::coalition {
namespace {

constexpr unsigned low_bits = 9;
constexpr std::size_t block = std::size_t{1} << low_bits;

void small(std::span<const double> worth, unsigned n, const Coefficients& c, std::span<double> out) {
  for (unsigned i = 0; i < n; ++i) {
    const std::size_t bit = std::size_t{1} << i;
    double sum = 0;
    for (std::size_t s = 0; s < worth.size(); ++s) {
      if (s & bit) continue;
      const auto size = static_cast<unsigned>(std::popcount(s));
      sum += c.with[size + 1] * worth[s | bit] - c.without[size] * worth[s];
    }
    out[i] = sum;
  }
}

// The two coefficients of every position of a block whose high part has p members.
struct Row {
  std::array<double, block> with, without;
};

}  // namespace

void symmetric_form(std::span<const double> worth, const Coefficients& c, std::span<double> out, unsigned threads) {
  const auto n = static_cast<unsigned>(std::bit_width(worth.size()) - 1);
  if (n <= low_bits) return small(worth, n, c, out);
  const unsigned high = n - low_bits;
  std::vector<Row> rows(high + 1);
  for (unsigned p = 0; p <= high; ++p)
    for (std::size_t j = 0; j < block; ++j) {
      const auto size = p + static_cast<unsigned>(std::popcount(j));
      rows[p].with[j] = size > 0 ? c.with[size] : 0;
      rows[p].without[j] = size < n ? c.without[size] : 0;
    }
  const std::size_t blocks = worth.size() / block;
  const std::size_t tasks = std::min<std::size_t>(blocks, 64), each = blocks / tasks;
  std::vector<double> with(blocks), without(blocks), low(tasks * low_bits, 0.0);
  Pool(threads).run(tasks, [&](std::size_t task, unsigned) {
    alignas(64) std::array<double, block> by_with{}, by_without{};
    for (std::size_t h = task * each; h < (task + 1) * each; ++h) {
      const double* v = worth.data() + h * block;
      const Row& row = rows[static_cast<unsigned>(std::popcount(h))];
      std::array<double, 8> in{}, not_in{};
      for (std::size_t j = 0; j < block; j += 8)
        for (std::size_t k = 0; k < 8; ++k) {
          const double a = row.with[j + k] * v[j + k], b = row.without[j + k] * v[j + k];
          by_with[j + k] += a;
          by_without[j + k] += b;
          in[k] += a;
          not_in[k] += b;
        }
      with[h] = without[h] = 0;
      for (std::size_t k = 0; k < 8; ++k) {
        with[h] += in[k];
        without[h] += not_in[k];
      }
    }
    for (unsigned i = 0; i < low_bits; ++i)
      for (std::size_t j = 0; j < block; ++j)
        if (!(j >> i & 1u)) low[task * low_bits + i] += by_with[j | std::size_t{1} << i] - by_without[j];
  });
  for (unsigned i = 0; i < low_bits; ++i) {
    out[i] = 0;
    for (std::size_t task = 0; task < tasks; ++task) out[i] += low[task * low_bits + i];
  }
  for (unsigned i = 0; i < high; ++i) {
    const std::size_t bit = std::size_t{1} << i;
    double sum = 0;
    for (std::size_t h = 0; h < blocks; ++h)
      if (!(h & bit)) sum += with[h | bit] - without[h];
    out[low_bits + i] = sum;
  }
}

Coefficients shapley_coefficients(unsigned n) noexcept {
  Coefficients c;
  for (unsigned k = 0; k < n; ++k) {  // k! (n - k - 1)! / n! = 1 / (n C(n - 1, k))
    double choose = 1;
    for (unsigned j = 1; j <= k; ++j) choose = choose * (n - 1 - k + j) / j;
    c.with[k + 1] = c.without[k] = 1.0 / (n * choose);
  }
  return c;
}

}  // namespace entente::coalition
