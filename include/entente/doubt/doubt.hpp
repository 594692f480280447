// Doubt: the claims over many draws of everything uncertain; how sure, what drives it, what would flip it.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "entente/base/result.hpp"
#include "entente/doubt/indices.hpp"
#include "entente/plan/plan.hpp"

namespace entente::doubt {

struct Options {
  plan::Sampling sampling;
  std::uint64_t from = 0, to = UINT64_MAX;  ///< the slice of the draws to answer
  unsigned threads = 0;                     ///< 0: as many as the machine has
  const std::atomic<bool>* cancel = nullptr;
  bool partial = false;  ///< when cancelled, give the draws that are finished without a gap, from the first on
  std::function<void(std::uint64_t done, std::uint64_t of)> progress;
};

/// What was drawn and what came out, column by column; bit-identical for any number of threads and any slicing.
struct Draws {
  plan::Sampling sampling;
  std::uint64_t from = 0, to = 0, fingerprint = 0;
  std::vector<std::vector<double>> input;        ///< [uncertain parameter][draw]
  std::vector<std::vector<std::uint8_t>> truth;  ///< [claim][draw]: 0 no, 1 yes, 2 undefined
  /// [2 x claim that hangs on one event][draw]: the parts of the draw in which it is true, and false.
  std::vector<std::vector<double>> odds;
  std::vector<std::vector<double>> margin;     ///< [claim][draw]: by how much it holds; NaN undefined
  std::vector<std::vector<std::uint8_t>> why;  ///< [claim][draw]: Reason when undefined
  std::vector<std::vector<double>> quantity;   ///< [named quantity][draw]; NaN undefined
  [[nodiscard]] std::uint64_t size() const noexcept { return to - from; }
  /// Draw k of the whole run belongs to replicate design k mod 10; 0 where there are none.
  [[nodiscard]] std::size_t designs() const noexcept { return sampling.designed() ? plan::replicates : 0; }
};

/// Threads that work when so many are asked for; 0: as many as the machine has.
[[nodiscard]] unsigned threads_of(unsigned asked);
[[nodiscard]] Result<Draws> run(const plan::Plan& plan, const Options& options);

/// Where in Draws::odds the two columns of a claim that hangs on one event begin; of a claim behind the last: how many
/// there are.
[[nodiscard]] std::size_t odds_at(const plan::Plan& plan, std::size_t claim);
/// By draw the part in which a claim is true: 1 or 0, or of a claim that hangs on one event its chance; `missing` where
/// it is undefined, and as a part of what is defined where `missing` is NaN.
[[nodiscard]] std::vector<double> held(const plan::Plan& plan, const Draws& d, std::size_t claim, double missing);

/// Slices of one run, put together; they must cover 0..N without gap or overlap and come from one situation and seed.
/// `whole` false: any range without gap or overlap.
[[nodiscard]] Result<Draws> join(std::vector<Draws> parts, bool whole = true);
/// The draws from `from` to `to` of these, which lie within what they cover.
[[nodiscard]] Draws cut(Draws draws, std::uint64_t from, std::uint64_t to);
/// A file that a slice carries, so that it can be judged where the situation is not: its name from a common folder on.
struct Carried {
  std::string name, text;
};
[[nodiscard]] Result<void> save(const Draws& draws, const std::string& situation_path, const std::string& path,
                                const std::vector<Carried>& files = {});
/// How every file of saved draws begins, whatever its version.
inline constexpr std::string_view slice_mark = "Entdraw";
struct Saved {
  Draws draws;
  std::string situation_path;
  std::vector<Carried> files;  ///< the situation first, then all that it reads; or none
};
[[nodiscard]] Result<Saved> restore(const std::string& path);

/// Mean of y and its standard error: from the spread of the means of the ten replicate designs (a Latin hypercube's own
/// error is smaller than that of plain sampling, and unknown otherwise), else s / sqrt(n). NaN in y is left out.
/// `half` is the half-width of the 90 % interval: t(9, 0.95) or z(0.95) times the error; where all y are the same, what
/// may still have been missed, -ln(0.05) / n for a share. Where y is 0 or 1 and fewer than `few_hits` are of one kind,
/// ten designs tell little of their error: `low` to `high` is then that of Clopper and Pearson (1934) for as many plain
/// draws as these are worth, n over the variance of the designs' counts in units of the binomial one plus a half, and
/// at least n; `half` is the way to its further end.
struct Mean {
  double value = 0, error = 0, half = 0, low = 0, high = 0;
  std::uint64_t n = 0;
};
/// Quantile u of sorted values, of which there are some: type 7 of Hyndman and Fan (1996,
/// doi:10.1080/00031305.1996.10473566). O(1). Values may be infinite.
[[nodiscard]] double quantile_of(std::span<const double> sorted, double u);
inline constexpr std::uint64_t few_hits = 50;
[[nodiscard]] Mean mean_of(std::span<const double> y, std::size_t designs);

struct Flip {
  double value = 0;                   ///< the driver's value at which the claim turns, others at their medians
  double quantile = 0;                ///< where in the driver's own distribution that is
  std::uint8_t below = 0, above = 0;  ///< truth on either side: 0 no, 1 yes, 2 undefined
};

/// Total-order index (Jansen): share of the variance that is left while the number or group alone is unknown, its part
/// in all interactions included; standard error from ten replicates.
struct Total {
  double value = 0, error = 0;
};

struct Driver {
  plan::ParamId param = 0;
  double index = 0, low = 0, high = 0;                       ///< first-order index of the indicator, 90 % interval
  double margin_index = 0, margin_low = 0, margin_high = 0;  ///< the same of the margin
  bool told = false;  ///< above what a number that does nothing would reach: worth a name among those that drive it
  /// Told, and the lower end of its interval lies below that bound: of many weak numbers those are told that chance
  /// helped, so it is likely smaller than its index says.
  bool weak = false;
  double worth = 0;         ///< value of information: expected fall of the Brier score if it were known
  std::vector<Flip> flips;  ///< empty: does not turn within its range
  std::vector<Bin> curve;   ///< share true along it
  Total total;              ///< of the indicator, on request
};

/// The least that would have to change together for the claim to turn, in standard normal units of each number's own
/// quantile function, from the medians.
struct Joint {
  enum class Kind : std::uint8_t {
    none,  ///< undefined at the medians, or nothing found within six standard units
    edge,  ///< at the medians both sides are equal, and the smallest of changes turns it
    form,  ///< first-order reliability method: the point of the turning surface nearest to the medians that was found
    draw   ///< the nearest draw in which it turns, with what need not change put back: events, choices, jumps
  };
  Kind kind = Kind::none;
  double beta = 0;          ///< distance (Hasofer and Lind)
  bool stationary = false;  ///< form: the point satisfies the first-order condition (else a kink, or a search's end)
  struct Change {
    plan::ParamId param = 0;
    double median = 0, value = 0;
    double z = 0;      ///< in standard units
    double share = 0;  ///< z^2 / beta^2, the importance factor
  };
  std::vector<Change> changes;  ///< by falling share
};

/// How good the numbers are that drive a claim; never a part of its probability.
struct Grounds {
  std::size_t numbers = 0, judgements = 0, below = 0, ungraded = 0;  ///< below: graded, under C3; no judgement
  std::size_t proposed = 0;  ///< by an assistant, and no person's yet (situation/proposed.hpp); in none of the others
  /// Of the claim's variance (of its margin's, where that is what is driven): what hangs on numbers that are judgement,
  /// on those that an assistant proposed, on others, each by itself; luck apart. The rest lies in how they act
  /// together.
  double judged = 0, assisted = 0, sourced = 0;
};

struct Finding {
  std::string name;
  std::uint64_t yes = 0, no = 0, undefined = 0;  ///< draws; of a claim that hangs on one event by what is likelier
  bool shared = false;                           ///< it hangs on one event: `share` is the mean chance
  double luck = 0;              ///< of a shared claim's variance, the part that is the toss within draws
  double share = 0;             ///< of the defined draws, or the bracket's lower end where more than 1 % are undefined
  double low = 0, high = 0;     ///< the bracket [yes / n, 1 - no / n]
  bool bracket = false;         ///< more than 1 % undefined
  bool implied = false;         ///< follows from what is assumed: see implied()
  double error = 0;             ///< standard error of the share (of the bracket's wider end)
  double half = 0;              ///< half-width of its 90 % interval, not 0 even where all draws agree
  double from = 0, to = 0;      ///< that interval: about the share, or about the bracket
  std::string words;            ///< "likely (55-80 %)", by ICD 203; see words.hpp for the edges
  std::uint8_t at_medians = 0;  ///< truth with every number at its median
  double margin5 = 0, margin50 = 0, margin95 = 0;
  std::string margin_unit;
  std::vector<std::pair<ask::Reason, std::uint64_t>> reasons;
  bool by_margin = false;       ///< the same in all defined draws: drivers are those of the margin, in its order
  std::vector<Driver> drivers;  ///< by falling index; those whose interval lies above 0 or that flip
  std::vector<std::pair<plan::ParamId, Index>> undefined_by;  ///< bracket: what drives whether it is defined at all
  std::vector<std::uint32_t> terms;  ///< quantities that it compares: indices of Doubt::spreads
  Joint joint;
  Grounds grounds;
  std::vector<Total> totals;  ///< on request, by group
};

/// Whether a claim follows from what is assumed: the file says so, and 99 % of the draws in which it has a value agree.
[[nodiscard]] bool implied(const plan::Claim& claim, std::uint64_t yes, std::uint64_t no) noexcept;

struct Spread {  ///< a quantity over the draws
  std::string name, unit;
  ask::Phrase says;
  double q5 = 0, q50 = 0, q95 = 0;
  std::uint64_t undefined = 0;
  bool headline = false;
  bool yes_no = false;       ///< 1 or 0
  double mean = 0;           ///< of the defined draws: the share where a quantity is 0 or 1
  std::vector<double> dots;  ///< headlines and what claims compare: quantiles at (i + 1/2) / 50; empty: none defined
};
inline constexpr std::size_t dots_of_a_spread = 50;

struct Doubt {
  plan::Sampling sampling;
  std::uint64_t draws = 0;
  std::size_t numbers = 0;   ///< uncertain ones
  std::size_t decisive = 0;  ///< of these, those that move any claim
  std::vector<Finding> findings;
  std::vector<Spread> spreads;
  std::vector<std::string> groups;    ///< of Finding::totals: sources
  std::uint64_t total_draws = 0;      ///< 0: total-order indices were not asked for
  std::vector<std::string> warnings;  ///< numbers treated as independent that share a source or a subject
};

struct JudgeOptions {
  unsigned threads = 0;
  std::uint64_t total = 0;  ///< draws for total-order indices of the drivers and of the sources; 0: none
};

/// Judges the finished draws of a whole run: shares, errors, words, drivers, flips. Deterministic. An error where the
/// draws are not of this plan or not whole.
[[nodiscard]] Result<Doubt> judge(const plan::Plan& plan, const Draws& draws, const JudgeOptions& options = {});

}  // namespace entente::doubt
