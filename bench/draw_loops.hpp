// The loops of which a draw is made, one number each from its place u between 0 and 1. Compiled twice: as they are, and
// with the C library's functions under another name of the namespace.
#pragma once

#define DRAW_LOOPS                                                                  \
  [[nodiscard]] double normal(double u) noexcept;    /* mean 5, deviation 2 */      \
  [[nodiscard]] double lognormal(double u) noexcept; /* median 70, 90 % 60 to 82 */ \
  [[nodiscard]] double share(double u) noexcept;     /* between 0 and 1, probit */  \
  [[nodiscard]] double beta(double u) noexcept;      /* shapes 2.5 and 4 */         \
  [[nodiscard]] double long_beta(double u) noexcept; /* shapes 0.3 and 60 */        \
  [[nodiscard]] double power(double u) noexcept      /* a lognormal number to 1.7 */

namespace entente::loops {
DRAW_LOOPS;
}
namespace entente_libm::loops {
DRAW_LOOPS;
}
