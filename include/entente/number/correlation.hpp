// Numbers that hang together: rank correlations and the normal ones behind them.
#pragma once
#include <optional>
#include <vector>

namespace entente::number {

/// The correlation of two normal numbers whose ranks correlate by `rank` (Spearman's rho): 2 sin(pi rank / 6) (Pearson
/// 1907; Kruskal 1958, doi:10.1080/01621459.1958.10501481).
[[nodiscard]] double normal_of_rank(double rank) noexcept;
/// Its inverse.
[[nodiscard]] double rank_of_normal(double r) noexcept;

/// A symmetric matrix of n rows, row by row.
using Matrix = std::vector<double>;

/// The lower triangle L with L L' = r; nothing where r is not positive definite (a pivot under 1e-10). O(n^3).
[[nodiscard]] std::optional<Matrix> cholesky(const Matrix& r, std::size_t n);
/// The same of r, drawn towards the identity by as little as makes it definite.
[[nodiscard]] Matrix cholesky_near(Matrix r, std::size_t n);
/// The correlation matrix nearest to r in the sum of squares (Higham 2002, doi:10.1093/imanum/22.3.329): alternating
/// projections with Dykstra's correction onto the positive semidefinite and the unit diagonal, to 1e-10.
[[nodiscard]] Matrix nearest_correlation(const Matrix& r, std::size_t n);

}  // namespace entente::number
