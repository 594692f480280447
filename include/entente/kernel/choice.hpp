// Collective choice on one line: where do actors with a position, a capability and a salience come out? Numbers only.
//
// Problem. An issue is a scale; actor i wants x_i, can do c_i, and cares s_i. What is decided, and how sure is that?
// Theory. Weights w_i = c_i s_i. Under single-peaked preferences and votes by weight the weighted median beats every
// other point (Black 1948, doi:10.1086/256633). Asymmetric Nash bargaining over a status quo that all find much worse
// comes close to the weighted mean (Achen 2006, in Thomson et al., The European Union Decides, ch. 10). With quotas and
// vetoes a decision lies in the win-set of the status quo (Tsebelis 2002, Veto Players), or nothing changes.
// Evidence. On 351 decisions of the European Union the weighted mean misses by 22.99 of 100 on average, the challenge
// model by 26.83, the median by 28.37; nothing beats the mean. So the centre is the mean, and what is worth adding is
// how far decisions fall from it: see Evidence. The challenge model (Bueno de Mesquita 1994) is there to replicate what
// was published, never as the default.
#pragma once
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "entente/base/result.hpp"

namespace entente::choice {

inline constexpr double none = std::numeric_limits<double>::quiet_NaN();

struct Actor {
  double position = 0;    ///< x_i, finite
  double salience = 1;    ///< s_i, 0 to 1
  double capability = 1;  ///< c_i, finite, >= 0
  bool veto = false;      ///< nothing is decided that this actor finds worse than the status quo
};
struct Scale {
  std::vector<Actor> actors;          ///< 1 to 1000, at least one with c_i s_i > 0
  double status_quo = none;           ///< what stays without a decision; NaN: not known
  double lower = none, upper = none;  ///< the poles of the scale; NaN: the outermost position or status quo
};

/// Errors: invalid (no actor, a number out of range, a pole inside the positions, lower above upper); too_large.
[[nodiscard]] Result<void> validate(const Scale& s);

/// Weighted mean sum w x / sum w, and the weighted median: the least x with at least half of the weight at or below it
/// and the largest with at least half at or above it; the same unless the weight splits in exact halves (to 1e-12), and
/// then `median` is their middle. `mean_equal` weighs all actors alike. O(n log n). The scale must be valid.
struct Centre {
  double mean = 0, mean_equal = 0;
  double median = 0, median_low = 0, median_high = 0;
  double weight = 0;  ///< sum of w
};
[[nodiscard]] Centre centre(const Scale& s);
/// What the functions below keep between calls, so that a loop over draws allocates nothing after the first.
struct Workspace {
  std::vector<std::uint32_t> order;
  std::vector<std::pair<double, std::uint32_t>> reach;
};
[[nodiscard]] Centre centre(const Scale& s, Workspace& w);
/// Judge: |sum w (x - mean)| and the weight by which either side of the median exceeds one half, over sum w and the
/// range: 0 to rounding.
[[nodiscard]] double check(const Scale& s, const Centre& c);

enum class Loss : std::uint8_t {
  absolute,  ///< u_i(x) = -|x - x_i|
  quadratic  ///< u_i(x) = -(x - x_i)^2
};
enum class Parties : std::uint8_t {
  all,    ///< every actor with w_i > 0 has to gain
  vetoes  ///< only the veto players; the others have no say
};
/// Asymmetric Nash bargaining (Nash 1950, doi:10.2307/1907266; Kalai 1977, doi:10.1007/BF01774658): the x that
/// maximises sum over parties of w_i log(u_i(x) - u_i(q)) among those where every party gains. All gain between q and
/// the nearest reflection 2 x_i - q, if all want to move the same way; otherwise there is no agreement and q stays. The
/// sum is strictly concave there: bisection of its derivative, to rounding.
struct Bargain {
  bool agreement = false;
  double outcome = none;              ///< the status quo without agreement
  double lower = none, upper = none;  ///< of the points at which every party gains (open), within the declared scale
};
/// Errors: invalid when the scale has no status quo, or `vetoes` and nobody has one.
[[nodiscard]] Result<Bargain> nash(const Scale& s, Loss loss = Loss::quadratic, Parties parties = Parties::all);
/// Judge: by how much the best of 20,000 points between the ends has a larger sum, 0 when none.
[[nodiscard]] double check(const Scale& s, const Bargain& b, Loss loss = Loss::quadratic,
                           Parties parties = Parties::all);

/// A rule of decision: x replaces the status quo when those who find it strictly better hold at least `quota` votes and
/// no veto player finds it worse (who is indifferent abstains, and an abstention is no veto: UN Charter Article 27 in
/// its practice since 1946).
struct Rule {
  std::vector<double> votes;  ///< by actor, >= 0; empty: the capabilities
  double quota = none;        ///< NaN: more than half of all votes
};
/// Points that beat the status quo: an interval below and one above it, either of which may be empty (its ends are the
/// status quo). Ends: `low` and `high` themselves are not in it, but everything nearer to the status quo is; unless the
/// scale's own declared end cuts it off, which is in it then.
struct WinSet {
  double low = none, high = none;
  bool low_is_end = false, high_is_end = false;  ///< the scale ends there, not what beats the status quo
  [[nodiscard]] bool empty() const noexcept { return !(low < high); }
  /// The weighted mean, or the nearest point of the closed win-set to it; the status quo when the set is empty.
  double nearest = none;
  std::vector<std::uint32_t> pivots;  ///< actors whose reflection ends it; of an empty set the veto players who hold it
};
/// Symmetric single-peaked preferences: i prefers x to q exactly between q and 2 x_i - q. O(n log n).
/// Errors: invalid (no status quo, votes or quota out of range).
[[nodiscard]] Result<WinSet> win_set(const Scale& s, const Rule& rule = {});
[[nodiscard]] Result<void> win_set(const Scale& s, const Rule& rule, Workspace& w, WinSet& into);
/// Judge: does x beat the status quo? By counting, without the win-set.
[[nodiscard]] bool beats(const Scale& s, const Rule& rule, double x);

/// How far decisions fall from the weighted mean. `error` is the mean absolute error of the weighted mean over 351
/// decisions, as a share of the scale. The shares are counts of data/evidence/deu3.csv (DEU III, Arregui and Perarnaud
/// 2021, doi:10.34810/data53; a test counts them): 353 outcomes. Where the status quo is a pole (236), 46 stay there
/// and 33 go to the other pole; where it lies between (18), 6 stay and 1 goes to a pole; where it is not known (99), 29
/// are at a pole. So poles: (2 * 33 + 29) of 335 whatever the status quo, and 13 of 236 more at a pole that is the
/// status quo. For veto players there is no count: `veto` is judgement.
struct Evidence {
  double error = 0.2299;
  double poles = 95.0 / 335;            ///< at both together, unless the status quo lies between them
  double poles_between = 1.0 / 18;      ///< the same if it does: few cases
  double status_quo = 6.0 / 18;         ///< at a status quo between the poles: few cases
  double status_quo_pole = 13.0 / 236;  ///< further mass at a pole that is the status quo
  double veto = 0.10;                   ///< in all, at the veto players' positions; judgement
};
struct Atom {
  double position = 0, mass = 0;
};
/// Mass at single points, and a normal curve around the centre cut at the poles for the rest. The poles share their
/// mass by the square of nearness (1 - distance / range)^2. The spread is such that the mean absolute distance from the
/// centre is `error` of the range, within [0.02, 2] ranges; where the atoms alone say otherwise it cannot be, and
/// `calibrated` is false.
///
/// Whether before what: with a status quo and veto players, a decision that one of them finds worse than the status quo
/// is not taken, and the status quo stays. So what lies outside `from` to `to` is at the status quo instead, in all
/// `vetoed`; the curve and the other points within are as they are without vetoes. `error` is that of the result.
struct Forecast {
  double centre = 0, lower = 0, upper = 0;
  double spread = 0;        ///< standard deviation of the curve before it is cut
  std::vector<Atom> atoms;  ///< by position
  double continuous = 1;    ///< mass of the curve, before vetoes
  double from = 0, to = 0;  ///< what no veto player finds worse than the status quo; lower and upper without any
  double vetoed = 0;        ///< mass that vetoes hold at the status quo
  double error = 0;         ///< mean absolute distance from the centre, in the scale's unit
  bool calibrated = true;
};
[[nodiscard]] Result<Forecast> forecast(const Scale& s, const Evidence& e = {});
[[nodiscard]] Result<void> forecast(const Scale& s, const Evidence& e, Workspace& w, Forecast& into);
/// Mean of the distribution.
[[nodiscard]] double mean(const Forecast& f);
[[nodiscard]] double probability_at_most(const Forecast& f, double x);
/// Smallest x with probability_at_most(x) >= u, 0 < u < 1.
[[nodiscard]] double quantile(const Forecast& f, double u);
/// Judge, by numerical integration of the distribution function: the largest of |mass - 1|, a fall of the function, and
/// |mean absolute distance - error| over the range.
[[nodiscard]] double check(const Forecast& f);

// ------------------------------------------------------------------------------------------ replication only

/// The challenge or expected-utility model (Bueno de Mesquita 1994, in European Community Decision Making, Yale) as
/// reconstructed by Scholz, Calbert and Smith (2011, doi:10.1177/0951629811418142). Readings that the texts leave open:
struct ChallengeOptions {
  unsigned rounds = 8;        ///< 1 to 1000
  double stay = 1;            ///< Q: chance that an unchallenged actor stays where it is
  double better = 1;          ///< T: chance that a move without challenge would be for the better
  bool risk_in_votes = true;  ///< distances in votes raised to the voter's risk exponent (their figures), or not
  bool least_move = false;    ///< among compromises the one that asks the least move (their text), or their code's key
};
enum class Move : std::uint8_t { stays, loses, compromises, gives_in };
struct ChallengeRound {
  double median = 0, mean = 0;
  std::vector<double> position, risk;  ///< after the round; risk exponents that were used in it
  std::vector<Move> move;
  std::vector<std::uint32_t> towards;  ///< whose position it moved to; itself when it stays
};
/// Rounds 1, 2, ...; stops early when nobody moves. O(rounds n^3). With fewer than two positions: no rounds.
[[nodiscard]] Result<std::vector<ChallengeRound>> challenge(const Scale& s, const ChallengeOptions& o = {});

}  // namespace entente::choice
