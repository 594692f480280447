#include "kernel/trade/domestic_block.hpp"

#include "kernel/trade/anderson.hpp"

namespace entente::trade {

void DomesticBlock::factor(std::span<const double> input, std::span<const double> share, std::size_t countries,
                           std::size_t sectors) {
  m_ = sectors;
  lu_.resize(input.size());
  pivot_.resize(countries * m_);
  for (std::size_t n = 0; n < countries; ++n) {
    double* a = &lu_[n * m_ * m_];
    const double* in = &input[n * m_ * m_];
    const double* s = &share[n * m_];
    for (std::size_t k = 0; k < m_; ++k)
      for (std::size_t j = 0; j < m_; ++j) a[k * m_ + j] = (k == j ? 1 : 0) - in[k * m_ + j] * s[j];
    for (std::size_t k = 0; k < m_; ++k) {
      const double* top = a + k * m_;
      const double pivot = pivot_[n * m_ + k] = top[k] > 1e-8 ? 1 / top[k] : 1;
      for (std::size_t r = k + 1; r < m_; ++r) {
        double* row = a + r * m_;
        if (row[k] == 0) continue;
        const double f = row[k] *= pivot;
        for (std::size_t j = k + 1; j < m_; ++j) row[j] -= f * top[j];
      }
    }
  }
}

void DomesticBlock::prices(std::size_t country, double* x) const noexcept {
  const double* a = &lu_[country * m_ * m_];
  const double* pivot = &pivot_[country * m_];
  for (std::size_t r = 1; r < m_; ++r) x[r] -= dot(a + r * m_, x, r);
  for (std::size_t r = m_; r-- > 0;) x[r] = (x[r] - dot(a + r * m_ + r + 1, x + r + 1, m_ - r - 1)) * pivot[r];
}

void DomesticBlock::sales(std::size_t country, double* x) const noexcept {
  const double* a = &lu_[country * m_ * m_];
  const double* pivot = &pivot_[country * m_];
  for (std::size_t r = 0; r < m_; ++r) {
    const double f = x[r] *= pivot[r];
    const double* row = a + r * m_;
    for (std::size_t j = r + 1; j < m_; ++j) x[j] -= f * row[j];
  }
  for (std::size_t r = m_; r-- > 1;) {
    const double f = x[r];
    const double* row = a + r * m_;
    for (std::size_t j = 0; j < r; ++j) x[j] -= f * row[j];
  }
}

}  // namespace entente::trade
