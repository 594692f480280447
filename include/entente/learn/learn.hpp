// Learn: what the same draws say once something is known. Nothing is drawn again: draws are weighted.
//
// Theory. Let draw k have weight w_k, how likely what became known was in it. Then P(claim | known) is estimated by
// sum w y / sum w, y the part of the draw in which the claim is true (importance sampling from the prior, normalised by
// itself: Bayes's rule over the draws). What so many weighted draws are worth is told by the effective size
// (sum w)^2 / sum w^2 (Kish 1965; Kong, Liu, Wong 1994, doi:10.1080/01621459.1994.10476469). Items of news are
// independent given the draw, so their weights multiply, and in whatever order they came the product is the same.
#pragma once
#include <string>
#include <vector>

#include "entente/doubt/doubt.hpp"

namespace entente::learn {

/// Below `least` of effective size no number is told; from `enough` on it has an interval.
inline constexpr double least = 50, enough = 400;

/// (sum w)^2 / sum w^2; 0 where all are 0. O(n).
[[nodiscard]] double effective_size(std::span<const double> weights);

/// A weighted mean of y, draws with NaN left out, and its 90 % interval.
struct Estimate {
  double value = 0;         ///< NaN where the effective size is under `least`
  double from = 0, to = 0;  ///< NaN where it is under `enough`
  double error = 0;         ///< standard error
  double effective = 0;     ///< of the draws in which y is defined
};
/// Standard error: the delete-a-design jackknife of the ratio over the ten replicate designs, t(9, 0.95) times it
/// (Miller 1974, doi:10.1093/biomet/61.1.1); of plain draws, sum w^2 (y - m)^2 / (sum w)^2 and z(0.95). Where y is 0 or
/// 1 and fewer than doubt::few_hits of the effective size are of one kind, Clopper and Pearson's interval for so many
/// plain draws. With all weights equal it is doubt::mean_of. O(n).
[[nodiscard]] Estimate estimate(std::span<const double> y, std::span<const double> weights, std::size_t designs);

/// A claim as the weighted draws have it.
struct Belief {
  Estimate share;            ///< of the defined part, or where that is bracketed of the part that is true
  double low = 0, high = 0;  ///< the bracket: true at least, true or undefined
  bool bracket = false;      ///< more than 1 % undefined
  std::string words;         ///< as doubt says it; empty where no number is told
};
[[nodiscard]] Belief belief(const plan::Plan& plan, const doubt::Draws& d, std::size_t claim,
                            std::span<const double> weights);

/// Quantiles of a quantity, draws weighted; NaN where nothing is defined.
struct Range {
  double q5 = 0, q50 = 0, q95 = 0, mean = 0, undefined = 0;
};
[[nodiscard]] Range range(std::span<const double> x, std::span<const double> weights);

/// --given: the conditions are the plan's claims behind the situation's own (plan::Scope::conditions).
struct Given {
  double chance = 0;  ///< of all conditions together, mean over the draws
  double from = 0, to = 0;
  double effective = 0;
  std::uint64_t draws = 0;
  std::uint64_t ask_for = 0;  ///< draws that would make the effective size `enough`; 0: it is
  struct Claim {
    std::uint32_t claim = 0;
    Belief before, after;
  };
  std::vector<Claim> claims;
  struct Quantity {
    std::uint32_t quantity = 0;
    Range before, after;
  };
  std::vector<Quantity> quantities;  ///< headlines, and what claims compare
};
/// An error of kind `invalid` where the conditions hold in no draw, or are worth fewer than `least`.
[[nodiscard]] Result<Given> given(const plan::Plan& plan, const doubt::Draws& d);

/// What one item of news does.
struct Heard {
  std::uint32_t news = 0;  ///< into Situation::news
  bool counts = true;
  double chance = 0;     ///< of hearing it, by all that was heard before
  double effective = 0;  ///< of the draws afterwards
  /// By claim: the likelihood ratio that it carried, P(heard | true) / P(heard | false) given what was heard before
  /// (its diagnosticity); NaN where one of the two has no weight, 1: it says nothing of the claim.
  std::vector<double> ratio;
  std::vector<Belief> after;  ///< by claim
};

/// What knowing a quantity would do to a claim: by how much its probability would move, root mean square.
struct Signpost {
  std::uint32_t quantity = 0;
  double move = 0;
};

struct Follow {
  std::vector<std::uint32_t> claims;             ///< that are followed
  std::vector<Belief> before;                    ///< by claim
  std::vector<Heard> heard;                      ///< in order of date
  std::vector<std::vector<Signpost>> signposts;  ///< by claim: the strongest first, at most five
  double effective = 0;                          ///< at the end
  std::uint64_t draws = 0;
};

/// What a plan must hold for its situation's news to be followed: conditions and quantities.
[[nodiscard]] plan::Scope scope(const situation::Situation& s);

/// Follows the situation's news through the draws of a plan with scope(). `claims`: which; empty: those that stand for
/// themselves, and those that an item names. Complaints (an item that fits no draw, a reading in a wrong unit, draws in
/// which what it speaks of is undefined and no `else`) go to `out`; nothing is returned then. O(items * draws *
/// claims).
[[nodiscard]] std::optional<Follow> follow(const plan::Plan& plan, const doubt::Draws& d,
                                           const std::vector<std::uint32_t>& claims, Diagnostics& out);

}  // namespace entente::learn
