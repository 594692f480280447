// Doubt: the claims over many draws of everything uncertain; how sure, what drives it, what would flip it.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "entente/base/result.hpp"
#include "entente/plan/plan.hpp"

namespace entente::doubt {

struct Options {
  plan::Sampling sampling;
  std::uint64_t from = 0, to = UINT64_MAX;  ///< the slice of the draws to answer
  unsigned threads = 0;                     ///< 0: as many as the machine has
  const std::atomic<bool>* cancel = nullptr;
  std::function<void(std::uint64_t done, std::uint64_t of)> progress;
};

/// What was drawn and what came out, column by column; bit-identical for any number of threads and any slicing.
struct Draws {
  plan::Sampling sampling;
  std::uint64_t from = 0, to = 0, fingerprint = 0;
  std::vector<std::vector<double>> input;        ///< [uncertain parameter][draw]
  std::vector<std::vector<std::uint8_t>> truth;  ///< [claim][draw]: 0 no, 1 yes, 2 undefined
  std::vector<std::vector<double>> margin;       ///< [claim][draw]: by how much it holds; NaN undefined
  std::vector<std::vector<std::uint8_t>> why;    ///< [claim][draw]: Reason when undefined
  std::vector<std::vector<double>> quantity;     ///< [named quantity][draw]; NaN undefined
  [[nodiscard]] std::uint64_t size() const noexcept { return to - from; }
};

[[nodiscard]] Result<Draws> run(const plan::Plan& plan, const Options& options);

/// Slices of one run, put together; they must cover 0..N without gap or overlap and come from one situation and seed.
[[nodiscard]] Result<Draws> join(std::vector<Draws> parts);
[[nodiscard]] Result<void> save(const Draws& draws, const std::string& situation_path, const std::string& path);
struct Saved {
  Draws draws;
  std::string situation_path;
};
[[nodiscard]] Result<Saved> restore(const std::string& path);

struct Flip {
  double value = 0;                   ///< the driver's value at which the claim turns, others at their medians
  double quantile = 0;                ///< where in the driver's own distribution that is
  std::uint8_t below = 0, above = 0;  ///< truth on either side: 0 no, 1 yes, 2 undefined
};

struct Driver {
  plan::ParamId param = 0;
  double index = 0, low = 0, high = 0;  ///< first-order index of the indicator, 90 % interval
  double margin_index = 0;              ///< first-order index of the margin
  double worth = 0;                     ///< value of information: expected fall of the Brier score if it were known
  std::vector<Flip> flips;              ///< empty: does not turn within its range
  std::vector<double> curve;            ///< share true in ten equal-count bins along it
};

struct Finding {
  std::string name;
  std::uint64_t yes = 0, no = 0, undefined = 0;
  double share = 0;             ///< of the defined draws, or the bracket's lower end where more than 1 % are undefined
  double low = 0, high = 0;     ///< the bracket [yes / n, 1 - no / n]
  bool bracket = false;         ///< more than 1 % undefined
  double error = 0;             ///< standard error from ten replicate designs
  std::string words;            ///< "likely (55-80 %)", by ICD 203; see words.hpp for the edges
  std::uint8_t at_medians = 0;  ///< truth with every number at its median
  double margin5 = 0, margin50 = 0, margin95 = 0;
  std::string margin_unit;
  std::vector<std::pair<ask::Reason, std::uint64_t>> reasons;
  std::vector<Driver> drivers;  ///< by falling index; those whose interval reaches above 0 or that flip
};

struct Spread {  ///< a quantity over the draws
  std::string name, unit, says;
  double q5 = 0, q50 = 0, q95 = 0;
  std::uint64_t undefined = 0;
  bool headline = false;
};

struct Doubt {
  plan::Sampling sampling;
  std::uint64_t draws = 0;
  std::vector<Finding> findings;
  std::vector<Spread> spreads;
  std::vector<std::string> warnings;  ///< numbers treated as independent that share a source or a subject
};

/// Judges finished draws: shares, errors, words, drivers, flips. Deterministic.
[[nodiscard]] Doubt judge(const plan::Plan& plan, const Draws& draws, unsigned threads = 0);

}  // namespace entente::doubt
