#include "kernel/coalition/sweep.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>

#include "entente/base/pool.hpp"

namespace entente::coalition {
namespace {

constexpr unsigned run = 16;

std::uint32_t scatter(Mask s) noexcept {  // an invertible mix (Mueller's; any would do)
  s = (s ^ s >> 16) * 0x45d9f3bu;
  s = (s ^ s >> 16) * 0x45d9f3bu;
  return s ^ s >> 16;
}
bool before(const Excess& a, const Excess& b) noexcept {
  return a.value != b.value ? a.value > b.value : scatter(a.coalition) < scatter(b.coalition);
}

// Keeps the first `count` in the order above, in no order.
struct Shortlist {
  std::vector<Excess>& list;
  std::size_t count;
  double least = -std::numeric_limits<double>::infinity();  // an excess below this is not among them
  void add(double value, Mask s) {
    list.push_back({value, s});
    if (list.size() == 2 * count) cut();
  }
  void cut() {
    if (list.size() < count) return;
    const auto last = list.begin() + static_cast<std::ptrdiff_t>(count) - 1;
    std::nth_element(list.begin(), last, list.end(), before);
    list.resize(count);
    least = list.back().value;
  }
};

template <class T, class Add>
void sums(std::vector<T>& out, std::span<const T> parts, unsigned first, const Add& add) {
  out[0] = T{};
  for (std::size_t s = 1; s < out.size(); ++s)
    out[s] = add(out[s & (s - 1)], parts[first + static_cast<unsigned>(std::countr_zero(s))]);
}

}  // namespace

void Sweep::begin(std::span<const double> worth, unsigned n, double factor, unsigned threads) {
  worth_ = worth;
  low_bits_ = n <= 10 ? n : 10 + (n - 10) / 8;
  threads_ = n < 14 ? 1 : threads;
  factor_ = factor;
  passes_ = 0;
  low_x_.resize(std::size_t{1} << low_bits_);
  high_x_.resize(std::size_t{1} << (n - low_bits_));
  low_test_.resize(low_x_.size());
  high_test_.resize(high_x_.size());
  found_.resize(std::min<std::size_t>(high_x_.size(), 32));
}

void Sweep::leave_out(const Subspace& span) {
  const auto f = span.functional();
  const std::span<const std::uint64_t> players(f);
  sums<std::uint64_t>(low_test_, players, 0, Subspace::plus);
  sums<std::uint64_t>(high_test_, players, low_bits_, Subspace::plus);
}

void Sweep::divide(std::span<const double> x) {
  sums<double>(low_x_, x, 0, std::plus<>());
  sums<double>(high_x_, x, low_bits_, std::plus<>());
}

void Sweep::top(std::span<const double> x, std::size_t count, std::vector<Excess>& out) {
  ++passes_;
  divide(x);
  const std::size_t width = low_x_.size(), last = worth_.size() - 1, each = high_x_.size() / found_.size();
  const auto part = [&](std::size_t task, unsigned) {
    found_[task].clear();
    Shortlist list{.list = found_[task], .count = count};
    for (std::size_t h = task * each; h < (task + 1) * each; ++h) {
      const double* v = worth_.data() + h * width;
      const double* low = low_x_.data();
      const double base = high_x_[h], factor = factor_;
      const std::uint64_t in_span = high_test_[h] == 0 ? 0 : Subspace::prime - high_test_[h];
      const auto look = [&](std::size_t j) {
        const double e = v[j] * factor - low[j] - base;
        const std::size_t s = h * width + j;
        if (e >= list.least && low_test_[j] != in_span && s != 0 && s != last) list.add(e, static_cast<Mask>(s));
      };
      if (width < run) {
        for (std::size_t j = 0; j < width; ++j) look(j);
        continue;
      }
      for (std::size_t j = 0; j < width; j += run) {
        double most[4];
        for (std::size_t k = 0; k < 4; ++k) most[k] = v[j + k] * factor - low[j + k];
        for (std::size_t b = 4; b < run; b += 4)
          for (std::size_t k = 0; k < 4; ++k) {
            const double e = v[j + b + k] * factor - low[j + b + k];
            most[k] = e > most[k] ? e : most[k];
          }
        const double top = std::max(std::max(most[0], most[1]), std::max(most[2], most[3]));
        if (top - base < list.least) continue;
        for (std::size_t k = 0; k < run; ++k) look(j + k);
      }
    }
    list.cut();
  };
  Pool(threads_).run(found_.size(), std::ref(part));  // by reference: a copy would be allocated
  out.clear();
  for (const auto& list : found_) out.insert(out.end(), list.begin(), list.end());
  std::ranges::sort(out, before);
  if (out.size() > count) out.resize(count);
}

double Sweep::largest(std::span<const double> x) {
  ++passes_;
  divide(x);
  const std::size_t width = low_x_.size();
  double most = 0;
  for (std::size_t h = 0; h < high_x_.size(); ++h) {
    const double* v = worth_.data() + h * width;
    double here = 0;
    for (std::size_t j = 0; j < width; ++j) here = std::max(here, std::abs(v[j] * factor_ - low_x_[j] - high_x_[h]));
    most = std::max(most, here);
  }
  return most;
}

}  // namespace entente::coalition
