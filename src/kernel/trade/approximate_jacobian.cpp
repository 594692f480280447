// The guide of trade_jacobian.hpp: slopes by differences, what is kept of their inverse, and its product with a step.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "entente/kernel/trade_jacobian.hpp"
#include "kernel/trade/state.hpp"

namespace entente::trade {
namespace {

constexpr double step_of_slopes = 1e-6;  // of logs
constexpr std::size_t lanes = 4;

}  // namespace

// A matrix by rows, only for making a guide.
struct ApproximateJacobian::Matrix {
  std::size_t rows = 0, columns = 0;
  std::vector<double> x;
  Matrix(std::size_t r, std::size_t c) : rows(r), columns(c), x(r * c) {}
  double* operator[](std::size_t r) { return x.data() + r * columns; }
  const double* operator[](std::size_t r) const { return x.data() + r * columns; }

  [[nodiscard]] Matrix block(std::size_t row, std::size_t column, std::size_t r, std::size_t c) const {
    Matrix out(r, c);
    for (std::size_t i = 0; i < r; ++i) std::copy_n((*this)[row + i] + column, c, out[i]);
    return out;
  }
  // this + f a b
  Matrix& add(double f, const Matrix& a, const Matrix& b) {
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t k = 0; k < a.columns; ++k) {
        const double y = f * a[i][k];
        for (std::size_t j = 0; j < columns; ++j) (*this)[i][j] += y * b[k][j];
      }
    return *this;
  }
};

namespace {

using Matrix = ApproximateJacobian::Matrix;

Matrix operator*(const Matrix& a, const Matrix& b) { return Matrix(a.rows, b.columns).add(1, a, b); }

// By Gauss and Jordan with row pivots, in place. False where there is no inverse.
bool invert(Matrix& a) {
  const std::size_t size = a.rows;
  std::vector<std::size_t> from(size);
  for (std::size_t k = 0; k < size; ++k) {
    std::size_t pivot = k;
    for (std::size_t r = k + 1; r < size; ++r)
      if (std::abs(a[r][k]) > std::abs(a[pivot][k])) pivot = r;
    from[k] = pivot;
    double* top = a[k];
    if (pivot != k) std::swap_ranges(top, top + size, a[pivot]);
    if (!(std::abs(top[k]) > 1e-12) || !std::isfinite(top[k])) return false;
    const double over = 1 / top[k];
    top[k] = 1;
    for (std::size_t c = 0; c < size; ++c) top[c] *= over;
    for (std::size_t r = 0; r < size; ++r) {
      const double f = a[r][k];
      if (r == k || f == 0) continue;
      double* row = a[r];
      row[k] = 0;
      for (std::size_t c = 0; c < size; ++c) row[c] -= f * top[c];
    }
  }
  for (std::size_t k = size; k-- > 0;)  // rows that changed places are columns of the inverse
    if (from[k] != k)
      for (std::size_t r = 0; r < size; ++r) std::swap(a[r][k], a[r][from[k]]);
  return true;
}

// 1 less the slopes of the sweep at the base; no value where there is no base.
bool slopes(const World& w, const Options& o, Workspace::Body& b, Matrix& a) {
  if (!build(w, {}, o.deficits, b)) return false;
  begin(w, {}, b);
  paces(w, b);
  sweep(b);
  const std::vector<double> at = b.now, image = b.next;
  for (std::size_t k = 0; k < a.rows; ++k) {
    std::copy(at.begin(), at.end(), b.now.begin());
    b.now[k] += step_of_slopes;
    sweep(b);
    for (std::size_t r = 0; r < a.rows; ++r) a[r][k] = (r == k) - (b.next[r] - image[r]) / step_of_slopes;
  }
  return true;
}

}  // namespace

// Matrices side by side, column by column, in single precision.
ApproximateJacobian::Packed ApproximateJacobian::pack(std::initializer_list<const Matrix*> parts) {
  std::size_t columns = 0;
  for (const Matrix* a : parts) columns += a->columns;
  const auto padded = [](std::size_t x) { return (x + lanes - 1) / lanes * lanes; };
  Packed out{padded((*parts.begin())->rows), padded(columns), {}};
  out.x.assign(out.rows * out.columns, 0);
  auto to = out.x.begin();
  for (const Matrix* a : parts)
    for (std::size_t c = 0; c < a->columns; ++c, to += static_cast<std::ptrdiff_t>(out.rows))
      for (std::size_t r = 0; r < a->rows; ++r) to[static_cast<std::ptrdiff_t>(r)] = static_cast<float>((*a)[r][c]);
  return out;
}

// With the blocks of 1 - J named by what they lead from and to (prices do not depend on spending):
//   P = -pp^-1 pw,   X = -xx^-1 (xw + xp P),   S = ww + wp P + wx X,
//   W = S^-1 (1, -(wp - wx xx^-1 xp) pp^-1, -wx xx^-1).
Result<ApproximateJacobian> ApproximateJacobian::make(const World& w, const Options& o, Workspace& memory) {
  const std::size_t n = w.countries, m = w.sectors, p = w.places(), size = n + 2 * p;
  if (size > most) return std::unexpected(Error{ErrorKind::too_large, "too large a world for a guide", "guide"});
  const auto none = [] {
    return std::unexpected(Error{ErrorKind::not_solved, "the slopes at the base have no inverse", "guide"});
  };
  Matrix a(size, size);
  if (!slopes(w, o, memory.body(), a)) return none();
  const Matrix pw = a.block(n, 0, p, n), xw = a.block(n + p, 0, p, n), xp = a.block(n + p, n, p, p),
               wp = a.block(0, n, n, p), wx = a.block(0, n + p, n, p);
  Matrix pp = a.block(n, n, p, p), xx = a.block(n + p, n + p, p, p), s = a.block(0, 0, n, n);
  ApproximateJacobian g;
  g.countries_ = n;
  g.sectors_ = m;
  for (const Matrix* of : {&pp, &xx})
    for (std::size_t i = 0; i < n; ++i) {
      Matrix home = of->block(i * m, i * m, m, m);
      if (!invert(home)) return none();
      g.home_.push_back(pack({&home}));
    }
  if (!invert(pp) || !invert(xx)) return none();
  const Matrix price = Matrix(p, n).add(-1, pp, pw);
  Matrix moved = xw;
  const Matrix spend = Matrix(p, n).add(-1, xx, moved.add(1, xp, price));
  if (!invert(s.add(1, wp, price).add(1, wx, spend))) return none();
  const Matrix of_spend = Matrix(n, p).add(-1, wx, xx);
  Matrix direct = wp;
  const Matrix of_price = Matrix(n, p).add(-1, direct.add(1, of_spend, xp), pp);
  const Matrix by_price = s * of_price, by_spend = s * of_spend;
  g.wage_ = pack({&s, &by_price, &by_spend});
  g.response_ = {pack({&price}), pack({&spend})};
  const auto finite = [](const Packed& x) {
    return std::all_of(x.x.begin(), x.x.end(), [](float y) { return std::isfinite(y); });
  };
  if (!finite(g.wage_) || !std::all_of(g.home_.begin(), g.home_.end(), finite) || !finite(g.response_[0]) ||
      !finite(g.response_[1]))
    return none();
  return g;
}

// Adds a d to `sum`: four columns at a time, so that a row's sum is loaded and stored once for four products.
ENTENTE_WIDE void ApproximateJacobian::Packed::add(const float* d, float* sum) const {
  const float* a = x.data();
  for (std::size_t c = 0; c < columns; c += lanes, a += lanes * rows) {
    const float f0 = d[c], f1 = d[c + 1], f2 = d[c + 2], f3 = d[c + 3];
    const float *a1 = a + rows, *a2 = a1 + rows, *a3 = a2 + rows;
    for (std::size_t r = 0; r < rows; ++r) sum[r] += (a[r] * f0 + a1[r] * f1) + (a2[r] * f2 + a3[r] * f3);
  }
}

void ApproximateJacobian::step(std::span<const double> now, std::span<double> next, std::vector<float>& scratch) const {
  const std::size_t n = countries_, m = sectors_, p = n * m, all = size();
  const std::size_t wages = wage_.rows, places = response_[0].rows, sectors = home_[0].rows;
  scratch.assign(wage_.columns + wages + places + 2 * sectors, 0);  // what is padded stays 0
  float* off = scratch.data();
  float* wage = off + wage_.columns;
  float* sum = wage + wages;
  float* here = sum + places;
  float* turned = here + sectors;
  for (std::size_t k = 0; k < all; ++k) off[k] = static_cast<float>(next[k] - now[k]);
  wage_.add(off, wage);
  for (std::size_t k = 0; k < n; ++k) next[k] = now[k] + static_cast<double>(wage[k]);
  for (std::size_t part = 0; part < 2; ++part) {
    const std::size_t first = n + part * p;
    std::fill_n(sum, places, 0.0F);
    response_[part].add(wage, sum);
    for (std::size_t i = 0; i < n; ++i) {
      std::copy_n(off + first + i * m, m, here);
      std::fill_n(turned, sectors, 0.0F);
      home_[part * n + i].add(here, turned);
      for (std::size_t k = 0; k < m; ++k) sum[i * m + k] += turned[k];
    }
    for (std::size_t k = 0; k < p; ++k) next[first + k] = now[first + k] + static_cast<double>(sum[k]);
  }
}

}  // namespace entente::trade
