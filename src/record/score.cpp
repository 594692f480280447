#include <algorithm>
#include <cmath>
#include <numeric>

#include "entente/base/elementary.hpp"
#include "entente/base/random.hpp"
#include "record/frozen.hpp"
#include "record/parts.hpp"

namespace entente::record {

namespace {

constexpr std::size_t bins = 10;

// Weighted sums over an event's pairs.
struct Sums {
  double weight = 0, brier = 0, log = 0, right = 0, sure = 0, sure_right = 0;
  std::array<double, bins> in{}, forecast{}, true_in{};
  std::array<std::size_t, bins> pairs_in{};
};

Sums sums(const Known& e, std::span<const double> chance) {
  Sums s;
  const double w = e.weight();
  for (std::size_t a = 0, p = 0; a < e.event.actors; ++a)
    for (std::size_t b = a + 1; b < e.event.actors; ++b, ++p) {
      const double q = std::clamp(chance[p], clip, 1 - clip);
      const bool together = e.event.camp[a] == e.event.camp[b];
      const double of_outcome = together ? q : 1 - q;
      double l = of_outcome;
      logarithms({&l, 1});
      s.weight += w;
      s.brier += w * (1 - of_outcome) * (1 - of_outcome);
      s.log -= w * l;
      s.right += of_outcome > 0.5 ? w : of_outcome == 0.5 ? w / 2 : 0;
      if (q >= sure || q <= 1 - sure) {
        s.sure += w;
        if (of_outcome > 0.5) s.sure_right += w;
      }
      const auto bin = std::min(bins - 1, static_cast<std::size_t>(q * bins));
      s.in[bin] += w, s.forecast[bin] += w * q, ++s.pairs_in[bin];
      if (together) s.true_in[bin] += w;
    }
  return s;
}

double ratio(double a, double b) { return b > 0 ? a / b : 0; }

// Events drawn with replacement: how often each is in each of the resamples. The same for all forecasts, so that
// differences are paired.
class Resamples {
 public:
  explicit Resamples(std::size_t events) : events_(events), count_(resamples * events, 0) {
    const std::uint64_t stream = stable_hash("record intervals");
    for (std::size_t r = 0; r < resamples; ++r)
      for (std::size_t i = 0; i < events; ++i) {
        const double u = uniform(seed, stream, r * events + i);
        ++count_[r * events + static_cast<std::size_t>(u * static_cast<double>(events))];
      }
  }
  /// The 2.5 and 97.5 % points of sum of a over sum of b; resamples in which b is nought are left out.
  template <class A, class B>
  [[nodiscard]] Interval interval(A&& a, B&& b) const {
    std::vector<double> values;
    for (std::size_t r = 0; r < resamples; ++r) {
      double above = 0, below = 0;
      for (std::size_t i = 0; i < events_; ++i)
        if (const double c = count_[r * events_ + i]; c > 0) above += c * a(i), below += c * b(i);
      if (below > 0) values.push_back(above / below);
    }
    if (values.empty()) return {};
    std::ranges::sort(values);
    const auto at = [&](double q) {
      return values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1) + 0.5)];
    };
    return {at(0.025), at(0.975)};
  }

 private:
  std::size_t events_;
  std::vector<std::uint8_t> count_;
};

std::size_t size_class(const Known& e) { return std::min<std::size_t>(e.event.actors, 5) - 3; }

}  // namespace

Part score(std::span<const Known> events, std::span<const Forecasts> forecasts) {
  Part part;
  std::vector<const Known*> asked;
  std::vector<std::vector<Sums>> by(forecasts.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (forecasts[0].chance[i].empty()) continue;
    asked.push_back(&events[i]);
    for (std::size_t f = 0; f < forecasts.size(); ++f) by[f].push_back(sums(events[i], forecasts[f].chance[i]));
  }
  if (asked.empty()) return part;
  part.from = asked.front()->c.first, part.to = asked.back()->c.first;
  const Resamples resampled(asked.size());
  const auto in = [&](std::size_t i, std::size_t size) { return size == sizes || size_class(*asked[i]) == size; };
  const auto scored = [&](const std::vector<Sums>& s, std::size_t size) {
    Score out;
    Sums all;
    for (std::size_t i = 0; i < s.size(); ++i) {
      if (!in(i, size)) continue;
      ++out.events, out.pairs += asked[i]->pairs();
      all.weight += s[i].weight, all.brier += s[i].brier, all.log += s[i].log, all.right += s[i].right;
      all.sure += s[i].sure, all.sure_right += s[i].sure_right;
    }
    out.brier = ratio(all.brier, all.weight), out.log = ratio(all.log, all.weight);
    out.accuracy = ratio(all.right, all.weight);
    out.sure_share = ratio(all.sure, all.weight), out.sure_right = ratio(all.sure_right, all.sure);
    const auto only = [&](std::size_t i, double x) { return in(i, size) ? x : 0; };
    out.brier_interval = resampled.interval([&](std::size_t i) { return only(i, s[i].brier); },
                                            [&](std::size_t i) { return only(i, s[i].weight); });
    out.sure_interval = resampled.interval([&](std::size_t i) { return only(i, s[i].sure_right); },
                                           [&](std::size_t i) { return only(i, s[i].sure); });
    return out;
  };
  part.score = scored(by[0], sizes);
  for (std::size_t k = 0; k < sizes; ++k) part.by_size[k] = scored(by[0], k);
  for (std::size_t f = 1; f < forecasts.size(); ++f) {
    Compared c{.name = forecasts[f].name, .score = scored(by[f], sizes)};
    const auto difference = [&](std::size_t size, double& value, Interval& interval) {
      const auto gain = [&](std::size_t i) { return in(i, size) ? by[0][i].brier - by[f][i].brier : 0; };
      const auto weight = [&](std::size_t i) { return in(i, size) ? by[0][i].weight : 0; };
      double above = 0, below = 0;
      for (std::size_t i = 0; i < asked.size(); ++i) above += gain(i), below += weight(i);
      value = ratio(above, below);
      interval = resampled.interval(gain, weight);
    };
    difference(sizes, c.difference, c.difference_interval);
    for (std::size_t k = 0; k < sizes; ++k) {
      c.by_size[k] = scored(by[f], k);
      difference(k, c.size_difference[k], c.size_interval[k]);
    }
    part.baselines.push_back(std::move(c));
    if (part.baselines.back().score.brier < part.baselines[part.best].score.brier)
      part.best = part.baselines.size() - 1;
  }
  for (std::size_t b = 0; b < bins; ++b) {
    Bin bin;
    double weight = 0, all = 0;
    for (const Sums& s : by[0]) {
      weight += s.in[b], all += s.weight, bin.forecast += s.forecast[b], bin.came_true += s.true_in[b];
      bin.pairs += s.pairs_in[b];
    }
    if (bin.pairs == 0) continue;
    bin.forecast /= weight, bin.came_true /= weight, bin.share = weight / all;
    bin.interval = resampled.interval([&](std::size_t i) { return by[0][i].true_in[b]; },
                                      [&](std::size_t i) { return by[0][i].in[b]; });
    part.curve.push_back(bin);
  }
  return part;
}

}  // namespace entente::record
