// Two situations against each other, and answers against what happened.
#pragma once
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "entente/doubt/doubt.hpp"
#include "entente/situation/situation.hpp"

namespace entente::doubt {

/// By how much a share of draws moves. Both sides see the same draws (every number that they share has the same value
/// in draw k), so the error is that of the paired difference, far smaller than that of two independent shares.
struct Shift {
  double by = 0, error = 0, half = 0;  ///< half: of the 90 % interval
  bool known = false;                  ///< false: the claim is not on both sides, or the situation cannot be read
};

/// One claim in a base and in a dissent from it. Shares are of draws in which it is true; undefined is not true.
struct Change {
  struct Side {
    bool there = false;  ///< the claim exists
    std::uint8_t at_medians = 2;
    double share = 0, undefined = 0;
    bool implied = false;  ///< follows from what is assumed there, as Finding::implied says it
  };
  std::string claim, says;
  Side base, dissent;
  Shift shift;
  struct Through {  ///< one difference by itself, both ways
    std::size_t difference = 0;
    Shift alone;  ///< the base with it alone, against the base
    Shift taken;  ///< the dissent, against the dissent without it
    std::uint8_t alone_truth = 2, without_truth = 2;
  };
  std::vector<Through> through;  ///< by falling |alone| + |taken|
};

struct Diff {
  std::string base, dissent;
  plan::Sampling sampling;
  std::vector<situation::Difference> differences;
  std::vector<Change> changes;  ///< claims of the dissent in its order, then those that only the base has
};

/// 2 + 2 k runs for k differences. Nothing, after complaints, where the base or the dissent is wrong; a difference that
/// cannot stand alone (a driver and the place that names it) leaves its shifts unknown.
[[nodiscard]] std::optional<Diff> diff(const situation::Dissent& dissent, const Options& options, SourceMap& sources,
                                       Diagnostics& out);

/// An outcome against the answer. Brier score (Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2) and
/// logarithmic score (Good 1952, doi:10.1111/j.2517-6161.1952.tb00104.x) of claims; of quantities the distance of the
/// median from the outcome's range, and whether the outcome lies within the 90 % interval.
struct Scored {
  std::string situation, name, quantity, unit, outcome, date, note;
  bool is_claim = false, known = false;
  bool undecided = false;  ///< a claim answered one half: neither hit nor miss
  bool bracketed = false;  ///< a claim undefined in more than one draw in a hundred: scored at its bracket's middle
  bool miss = false;  ///< the claim's probability lies on the wrong side of one half; the quantity outside its interval
  double probability = 0, brier = 0, log_score = 0;  ///< claims
  double low = 0, high = 0, q5 = 0, q50 = 0, q95 = 0,
         error = 0;      ///< quantities: outcome's range, answer's quantiles, distance of the median from that range
  double place = 0;      ///< share of draws under the middle of the outcome's range
  double undefined = 0;  ///< share of draws without a value
};

/// Scores of all outcomes of the plan's situation. Nothing, after complaints, where an outcome belongs to nothing.
[[nodiscard]] std::optional<std::vector<Scored>> score(const plan::Plan& plan, const Draws& draws, Diagnostics& out);

/// Whether all outcomes belong to something and can be read; complaints (E0420, E0421) where not.
bool outcomes_fit(const plan::Plan& plan, Diagnostics& out);

/// What a record of scores amounts to, beside what always saying the share p of claims that came true would have
/// scored, p (1 - p) and the entropy of p: whoever chooses claims that mostly come true scores well by that alone. Of
/// the 90 % intervals nine tenths are expected.
struct Record {
  std::size_t claims = 0, misses = 0;
  std::size_t undecided = 0, bracketed = 0;                    ///< of the claims
  double brier = 0, log_score = 0;                             ///< means
  double came_true = 0, brier_of_share = 0, log_of_share = 0;  ///< of the claims; what always saying it would score
  std::size_t quantities = 0, inside = 0;
  double relative_error = 0;  ///< mean over quantities of error / half the 90 % interval
  std::size_t open = 0;       ///< outcomes that cannot be scored yet
};
[[nodiscard]] Record record_of(const std::vector<Scored>& rows);

}  // namespace entente::doubt
