// What could have been tuned, fixed before any score was computed (the kinds of tie and their constants are in
// src/world/eve.cpp, fixed with it). A change here makes another record: say so, and do not call it the same.
#pragma once
#include <cstdint>

namespace entente::record {

inline constexpr double ridge = 1;             // weights as draws from N(0, 1) in log odds: e^2 either way is much
inline constexpr double clip = 0.005;          // no forecast is nearer to 0 or 1, ours or a baseline's
inline constexpr std::uint32_t exact_to = 12;  // actors; larger events enter the fit by pseudo-likelihood
inline constexpr int near_years = 3;  // events so near in time that share two participants are left out together
inline constexpr int set_aside_from = 1936, set_aside_to = 1946;  // the second world war is asked about elsewhere
inline constexpr std::size_t first_training = 40;          // the rolling origin begins when so many events have ended
inline constexpr std::size_t draws = 32, draws_large = 8;  // of the weights, for a forecast; beyond large_from actors
inline constexpr std::uint32_t large_from = 17;
inline constexpr std::uint64_t replicates = 400;  // of the covariance of the weights
inline constexpr std::uint64_t resamples = 2000;  // of intervals
inline constexpr std::uint64_t seed = 1;
inline constexpr double sure = 0.95;

}  // namespace entente::record
