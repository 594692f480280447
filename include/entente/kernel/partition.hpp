// The weights of kinds of tie, estimated from observed partitions of actors into two camps.
//
// Problem. Events e, each with n actors, a vector of K kinds of tie f_ab for every pair, and the two camps in which the
// actors stood, neither empty. Wanted: the weights w with which ties p_ab = w . f_ab explain the camps, with one joint
// covariance.
// Theory. P(camps) = exp(w . S) / Z with S = sum of f_ab over pairs in one camp, Z over all 2^(n-1) - 1 partitions into
// two camps: an exponential family, so ln P is concave in w, its gradient is S less its mean, its Hessian the negative
// covariance of S (a Markov random field: Besag 1974, doi:10.1111/j.2517-6161.1974.tb00999.x). A ridge lambda |w|^2 / 2
// makes the maximum unique (Hoerl and Kennard 1970, doi:10.1080/00401706.1970.10488634). A pairwise logistic regression
// would count every pull in a camp of five as if the four others did not transmit it, and its weights are no couplings.
// Choice. Newton's method with exact mean and covariance, by Gray code: one actor changes camps, S changes by its
// K(n-1) ties. Beyond `exact_to` actors an event enters by its pseudo-likelihood, the product over actors of the chance
// of each one's camp given the others' (Besag 1975, doi:10.2307/2987782): consistent, concave, O(n^2 K). The covariance
// of the weights is that of fits to events drawn with replacement (Efron 1979, doi:10.1214/aos/1176344552): pairs
// within an event are not independent, events are taken to be. Cost. O(sum over events of 2^(n-1) (nK + K^2)) an
// iteration; for 350 disputes and 16 kinds a few hundredths of a second.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "entente/base/result.hpp"

namespace entente::partition {

struct Event {
  std::uint32_t actors = 0;
  std::vector<double> ties;        ///< pair (a, b), a < b, row by row: K numbers each
  std::vector<std::uint8_t> camp;  ///< by actor, 0 or 1
};

struct Options {
  double ridge = 1;             ///< lambda, above 0
  std::uint32_t exact_to = 14;  ///< actors; at most 20
  double tolerance = 1e-9;      ///< on every entry of the gradient, per event
  std::uint32_t iterations = 50;
};

struct Fit {
  std::vector<double> weights;
  std::vector<double> information;  ///< K x K: minus the Hessian of the penalised log-likelihood at the weights
  double log_likelihood = 0;        ///< without the penalty
  std::uint32_t iterations = 0;
};

/// Maximises sum of counts[e] ln P(e) - ridge |w|^2 / 2 from `start` (empty: nought). `counts` empty: 1 each; an event
/// of count 0 is not looked at. Errors: invalid where sizes do not fit, a number is not finite, a camp is empty, there
/// is no event or no kind; not_solved when the gradient is not below the tolerance after `iterations`.
[[nodiscard]] Result<Fit> fit(std::span<const Event> events, std::size_t kinds, std::span<const double> counts,
                              std::span<const double> start, const Options& options = {});

/// ln P of the observed camps (pseudo-likelihood beyond exact_to) and its gradient by the weights. For checks.
[[nodiscard]] double log_likelihood(const Event& event, std::span<const double> weights, std::span<double> gradient,
                                    std::uint32_t exact_to = 14);

struct Bootstrap {
  std::vector<double> mean, covariance;  ///< K and K x K, of the weights over replicates
  std::uint64_t replicates = 0;
};
/// Fits to `replicates` samples of the events with replacement; the same for any number of threads.
[[nodiscard]] Result<Bootstrap> bootstrap(std::span<const Event> events, std::size_t kinds, const Fit& fit,
                                          std::uint64_t replicates, std::uint64_t seed, unsigned threads,
                                          const Options& options = {});

/// Lower triangle L of a symmetric positive definite K x K matrix, L L^T = A, row by row with nought above the
/// diagonal; empty if it is not positive definite. O(K^3).
[[nodiscard]] std::vector<double> cholesky(std::span<const double> a, std::size_t k);

}  // namespace entente::partition
