// All eigenvalues and eigenvectors of a symmetric matrix: Householder's tridiagonal form (Householder 1958,
// doi:10.1145/320941.320947) and implicit QR steps with Wilkinson's shift (Golub and Van Loan, Matrix Computations,
// algorithms 8.3.1 to 8.3.3). Backward stable: the residual is a small multiple of the rounding unit times the norm.
#pragma once
#include <cstddef>
#include <span>

namespace entente::balance {

/// a: n x n symmetric, destroyed. d: n eigenvalues, in no order. z: row k becomes the unit eigenvector of d[k].
/// e: n scratch. False: more than 50 n steps. About 9 n^3 operations.
[[nodiscard]] bool eigen(std::size_t n, std::span<double> a, std::span<double> d, std::span<double> e,
                         std::span<double> z) noexcept;

}  // namespace entente::balance
