// The least-squares problem is solved through its Gram matrix, kept up to date by one row a step (window * size
// multiplications), by Cholesky with the smallest shift that keeps it positive: near the solution the columns are
// nearly dependent, and a shift of 1e-14 of the trace costs nothing in the rate. Vectors of a few thousand numbers and
// a window of ten cost about as much as half a sweep.
#include "kernel/trade/anderson.hpp"

#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"

namespace entente::trade {

void Anderson::begin(std::size_t size) {
  size_ = size;
  held_ = at_ = 0;
  first_ = true;
  if (f_.size() < size) {
    f_.resize(size);
    g_.resize(size);
    df_.resize(size * window);
    dg_.resize(size * window);
  }
}

ENTENTE_WIDE void Anderson::step(std::span<double> now, std::span<double> next) {
  if (first_) {
    first_ = false;
    for (std::size_t i = 0; i < size_; ++i) {
      f_[i] = next[i] - now[i];
      g_[i] = next[i];
      now[i] = next[i];
    }
    return;
  }
  double* f_new = df(at_);
  double* g_new = dg(at_);
  for (std::size_t i = 0; i < size_; ++i) {
    const double f = next[i] - now[i];
    f_new[i] = f - f_[i];
    g_new[i] = next[i] - g_[i];
    f_[i] = f;
    g_[i] = next[i];
  }
  held_ = std::min(held_ + 1, window);
  std::array<double, window> right{}, x{};
  std::array<std::array<double, window>, window> l{};
  double trace = 0;
  for (int k = 0; k < held_; ++k) {
    gram_[at_][k] = gram_[k][at_] = dot(df(at_), df(k), size_);
    right[k] = dot(df(k), f_.data(), size_);
  }
  for (int k = 0; k < held_; ++k) trace += gram_[k][k];
  at_ = (at_ + 1) % window;
  for (double shift = 1e-14 * trace;; shift = shift * 100 + 1e-300) {  // Cholesky
    bool good = true;
    for (int r = 0; r < held_ && good; ++r)
      for (int c = 0; c <= r && good; ++c) {
        double s = gram_[r][c] + (r == c ? shift : 0);
        for (int k = 0; k < c; ++k) s -= l[r][k] * l[c][k];
        if (r == c) good = s > 0, l[r][r] = good ? std::sqrt(s) : 0;
        else l[r][c] = s / l[c][c];
      }
    if (good) break;
    if (!(shift <= 1e3 * trace)) {  // nothing moves, or not a number: the plain step
      std::copy(next.begin(), next.end(), now.begin());
      return;
    }
  }
  for (int r = 0; r < held_; ++r) {
    double s = right[r];
    for (int k = 0; k < r; ++k) s -= l[r][k] * x[k];
    x[r] = s / l[r][r];
  }
  for (int r = held_ - 1; r >= 0; --r) {
    double s = x[r];
    for (int k = r + 1; k < held_; ++k) s -= l[k][r] * x[k];
    x[r] = s / l[r][r];
  }
  std::copy(next.begin(), next.end(), now.begin());
  for (int k = 0; k < held_; ++k) {
    const double* g = dg(k);
    const double c = x[k];
    for (std::size_t i = 0; i < size_; ++i) now[i] -= c * g[i];
  }
}

}  // namespace entente::trade
