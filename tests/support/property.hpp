// How many random instances a property test runs: a few thousand, times what ENTENTE_TEST_EFFORT says. 20 for a long
// run; less than 1 where a program is slow, as the sanitizers' are.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>

namespace entente::tests {

/// The factor; 1 unless the caller of the program says otherwise.
inline double effort() {
  const char* said = std::getenv("ENTENTE_TEST_EFFORT");
  const double factor = said ? std::atof(said) : 1;
  return factor > 0 ? factor : 1;
}

/// So many instances instead of the usual number, at least one.
template <class Count>
Count times(Count usual) {
  return static_cast<Count>(std::max(1.0, std::round(effort() * static_cast<double>(usual))));
}

/// Sets RapidCheck's number of successes and its seed for this program: the same instances in every run. A value in
/// RC_PARAMS of the caller's own wins.
inline bool instances(int count) {
  return setenv("RC_PARAMS", ("max_success=" + std::to_string(times(count)) + " seed=20250509").c_str(), 0) == 0;
}

}  // namespace entente::tests
