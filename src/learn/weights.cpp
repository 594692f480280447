// Weighted means and quantiles, and what they are worth.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "entente/base/elementary.hpp"
#include "entente/base/special.hpp"
#include "entente/doubt/words.hpp"
#include "entente/learn/learn.hpp"

namespace entente::learn {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double t9 = 1.8331129326536335, z95 = 1.6448536269514722;  // 95th percentiles

struct Sums {
  double weight = 0, value = 0;
};

// The jackknife over designs: what the ratio would be without each of them.
double jackknife(const std::array<Sums, plan::replicates>& design, const Sums& all) {
  std::array<double, plan::replicates> left{};
  double mean = 0;
  constexpr auto k = static_cast<double>(plan::replicates);
  for (std::size_t r = 0; r < plan::replicates; ++r) {
    left[r] = (all.value - design[r].value) / (all.weight - design[r].weight);
    mean += left[r] / k;
  }
  double squares = 0;
  for (const double x : left) squares += (x - mean) * (x - mean);
  return std::sqrt((k - 1) / k * squares);
}

}  // namespace

double effective_size(std::span<const double> weights) {
  double sum = 0, squares = 0;
  for (const double w : weights) sum += w, squares += w * w;
  return squares > 0 ? sum * sum / squares : 0;
}

Estimate estimate(std::span<const double> y, std::span<const double> weights, std::size_t designs) {
  Estimate out{nothing, nothing, nothing, nothing, 0};
  Sums all;
  std::array<Sums, plan::replicates> design{};
  double squares = 0, first = nothing;
  bool alike = true, same_weights = true, indicator = true;
  double weight = nothing;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double w = weights[i];
    if (!(w > 0) || std::isnan(y[i])) {
      same_weights = same_weights && std::isnan(y[i]);
      continue;
    }
    same_weights = same_weights && (std::isnan(weight) || w == weight);
    weight = w;
    all.weight += w, all.value += w * y[i], squares += w * w;
    if (designs > 0) design[i % designs].weight += w, design[i % designs].value += w * y[i];
    if (std::isnan(first)) first = y[i];
    alike = alike && y[i] == first;
    indicator = indicator && (y[i] == 0 || y[i] == 1);
  }
  if (!(squares > 0)) return out;
  out.effective = all.weight * all.weight / squares;
  if (same_weights) {  // nothing is known: as doubt has it
    const auto m = doubt::mean_of(y, designs);
    return {m.value, m.low, m.high, m.error, out.effective};
  }
  if (out.effective < least) return out;
  out.value = alike ? first : all.value / all.weight;
  if (alike) {  // what was missed has a share under -ln(0.05) / n, nineteen times in twenty
    out.error = 0;
    if (out.effective < enough) return out;
    const double missed = -math::log(0.05) / out.effective;
    out.from = indicator && first == 0 ? 0 : first - missed, out.to = indicator && first == 1 ? 1 : first + missed;
    return out;
  }
  const bool designed =
      designs > 1 && std::ranges::all_of(design, [&](const Sums& x) { return x.weight > 0 && x.weight < all.weight; });
  if (designed) {
    out.error = jackknife(design, all);
  } else {
    double sum = 0;
    for (std::size_t i = 0; i < y.size(); ++i)
      if (weights[i] > 0 && !std::isnan(y[i])) sum += weights[i] * weights[i] * (y[i] - out.value) * (y[i] - out.value);
    out.error = std::sqrt(sum) / all.weight;
  }
  if (out.effective < enough) return out;
  const double half = (designed ? t9 : z95) * out.error, n = out.effective, hits = out.value * n;
  out.from = out.value - half, out.to = out.value + half;
  if (!indicator) return out;
  if (std::min(hits, n - hits) < static_cast<double>(doubt::few_hits)) {
    out.from = hits > 0 ? math::beta_quantile(hits, n - hits + 1, 0.05) : 0;
    out.to = hits < n ? math::beta_quantile(hits + 1, n - hits, 0.95) : 1;
  }
  out.from = std::max(0.0, out.from), out.to = std::min(1.0, out.to);
  return out;
}

Belief belief(const plan::Plan& plan, const doubt::Draws& d, std::size_t claim, std::span<const double> weights) {
  const auto yes = doubt::held(plan, d, claim, 0), defined = doubt::held(plan, d, claim, nothing);
  std::vector<double> no(yes.size());
  if (plan.claims()[claim].shared()) no = d.odds[doubt::odds_at(plan, claim) + 1];
  else
    for (std::size_t i = 0; i < no.size(); ++i) no[i] = d.truth[claim][i] == 0;
  double sum = 0, is = 0, not_ = 0, gone = 0;
  for (std::size_t i = 0; i < yes.size(); ++i) {
    sum += weights[i], is += weights[i] * yes[i], not_ += weights[i] * no[i];
    if (d.truth[claim][i] == 2) gone += weights[i];
  }
  Belief out{.share = {}, .low = is / sum, .high = 1 - not_ / sum, .bracket = 100 * gone > sum, .words = {}};
  const auto& c = plan.claims()[claim];
  if (!out.bracket) {
    out.share = estimate(defined, weights, d.designs());
    if (std::isnan(out.share.value)) return out;
    const double half = std::max(out.share.to - out.share.value, out.share.value - out.share.from);
    out.words = doubt::estimative_words(out.share.value, half);
  } else {
    out.share = estimate(yes, weights, d.designs());
    if (std::isnan(out.share.value)) return out;
    const auto other = estimate(no, weights, d.designs());
    const double half = std::max(out.share.value - out.share.from, other.value - other.from);
    out.share.to = 1 - other.from;
    out.words = doubt::estimative_words(out.low, out.high, half);
  }
  if (c.soft && !plan.record(claim)) out.words = doubt::no_record;
  if (!c.implied.empty() || std::isnan(out.share.to)) out.words.clear();
  return out;
}

Range range(std::span<const double> x, std::span<const double> weights) {
  Range out{nothing, nothing, nothing, nothing, 0};
  std::vector<std::uint32_t> order;
  double sum = 0, gone = 0, mean = 0;
  for (std::uint32_t i = 0; i < x.size(); ++i) {
    if (!(weights[i] > 0)) continue;
    if (std::isnan(x[i])) {
      gone += weights[i];
      continue;
    }
    order.push_back(i);
    sum += weights[i], mean += weights[i] * x[i];
  }
  out.undefined = sum + gone > 0 ? gone / (sum + gone) : 1;
  if (order.empty()) return out;
  out.mean = mean / sum;
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return std::pair(x[i], i); });
  // The least value with at least that share of the weight at or below it.
  const auto at = [&](double u) {
    double below = 0;
    for (const auto i : order)
      if ((below += weights[i]) >= u * sum) return x[i];
    return x[order.back()];
  };
  out.q5 = at(0.05), out.q50 = at(0.5), out.q95 = at(0.95);
  return out;
}

}  // namespace entente::learn
