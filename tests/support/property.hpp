// How many random instances a property test runs: a few thousand, and as many times more as ENTENTE_TEST_EFFORT says.
#pragma once
#include <cstdlib>
#include <string>

namespace entente::tests {

/// Sets RapidCheck's number of successes and its seed for this program: the same instances in every run. A value in
/// RC_PARAMS of the caller's own wins.
inline bool instances(int count) {
  const char* effort = std::getenv("ENTENTE_TEST_EFFORT");
  const int factor = effort ? std::max(1, std::atoi(effort)) : 1;
  return setenv("RC_PARAMS", ("max_success=" + std::to_string(count * factor) + " seed=20250509").c_str(), 0) == 0;
}

}  // namespace entente::tests
