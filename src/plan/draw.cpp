// Parameters of a draw: own values by their quantile functions at numbers that depend on seed, path and draw alone,
// then what numbers have together, then the rules. A block of draws is made number by number, because what the points
// of a hypercube share (the keys of its permutation) costs as much as a point.
#include <algorithm>
#include <bit>
#include <cmath>

#include "entente/base/random.hpp"
#include "entente/number/correlation.hpp"
#include "entente/plan/plan.hpp"
#include "number/normal.hpp"

namespace entente::plan {

namespace {
constexpr std::uint64_t toss_stream = 0x746f7373ull;  // a second stream for events whose chance is itself uncertain
constexpr std::uint64_t golden = 0x9e3779b97f4a7c15ull;
}  // namespace

bool Sampling::designed() const noexcept { return latin && draws >= 10 * replicates && draws % replicates == 0; }

std::uint64_t Sampling::whole(std::uint64_t draws) noexcept {
  return draws < 10 * replicates ? draws : (draws + replicates - 1) / replicates * replicates;
}

situation::NumberCount Plan::numbers(const std::vector<char>& of) const {
  const auto& all = situation_->parameters;
  std::vector<char> asked(all.size(), 0), drawn(all.size(), 0);  // numbers of levers that a claim asks for
  for (const Instance& i : of_claims_)
    for (const auto& step : worlds_[i.world].steps)
      if (step.kind == World::Step::Kind::copy || step.kind == World::Step::Kind::copy_of_base) asked[step.from] = 1;
  for (std::size_t i = 0; i < uncertain_.size(); ++i) {
    const ParamId id = uncertain_[i];
    drawn[id] = (of.empty() || of[i] != 0) && (!all[id].of_lever || asked[id]);
  }
  return situation::count_numbers(*situation_, drawn);
}

namespace {

// A draw's seed, the point of its design, and how many points a design has.
struct At {
  At(const Sampling& s, std::uint64_t k)
      : designed(s.designed()),
        seed(designed ? s.seed + golden * (k % replicates + 1) : s.seed),
        point(designed ? k / replicates : k),
        per(s.draws / replicates) {}
  [[nodiscard]] double u(std::uint64_t stream) const {
    return designed ? latin(seed, stream, point, per) : uniform(seed, stream, point);
  }
  bool designed;
  std::uint64_t seed, point, per;
};

}  // namespace

bool Plan::draw(const Sampling& sampling, std::uint64_t k, std::span<double> p) const {
  std::ranges::copy(medians_, p.begin());
  const At at(sampling, k);
  for (std::size_t i = 0; i < uncertain_.size(); ++i) {
    const auto& n = situation_->parameters[uncertain_[i]].number;
    const double v = n.distribution.quantile(at.u(streams_[i]));
    p[uncertain_[i]] = n.chance ? (at.u(streams_[i] ^ toss_stream) < v ? 1.0 : 0.0) : v;
  }
  return finish(sampling, k, p);
}

// Number by number, and of each number design by design, so that a number's family and a design's keys stay at hand.
void Plan::draw_own(const Sampling& sampling, std::uint64_t from, std::size_t n, std::span<double> own) const {
  const std::size_t designs = sampling.designed() ? replicates : 1;
  for (std::size_t i = 0; i < uncertain_.size(); ++i) {
    const auto& number = situation_->parameters[uncertain_[i]].number;
    const auto& distribution = number.distribution;
    double* const out = own.data() + i * n;
    for (std::size_t d = 0; d < std::min(designs, n); ++d) {
      const At at(sampling, from + d);
      const auto each = [&](std::uint64_t stream, const auto& take) {
        if (at.designed) {
          const Latin points(at.seed, stream, at.per);
          for (std::size_t j = d; j < n; j += designs) take(out[j], points((from + j) / replicates));
        } else {
          for (std::size_t j = 0; j < n; ++j) take(out[j], uniform(at.seed, stream, from + j));
        }
      };
      each(streams_[i], [&](double& v, double u) { v = distribution.quantile(u); });
      if (number.chance) each(streams_[i] ^ toss_stream, [](double& v, double u) { v = u < v ? 1.0 : 0.0; });
    }
  }
}

bool Plan::drawn(const Sampling& sampling, std::uint64_t from, std::size_t n, std::span<const double> own,
                 std::size_t j, std::span<double> p) const {
  std::ranges::copy(medians_, p.begin());
  for (std::size_t i = 0; i < uncertain_.size(); ++i) p[uncertain_[i]] = own[i * n + j];
  return finish(sampling, from + j, p);
}

// What numbers have together, and what follows from them.
bool Plan::finish(const Sampling& sampling, std::uint64_t k, std::span<double> p) const {
  if (!groups_.empty()) {
    const At at(sampling, k);
    thread_local std::vector<double> z;  // kept, so that the loop allocates nothing
    for (const Group& g : groups_) {
      z.clear();
      for (const auto i : g.members) z.push_back(number::normal_quantile(at.u(streams_[i])));
      together(g, z, p);
    }
  }
  return apply_rules(p);
}

namespace {

// L of the correlations that these rank correlations make, which are nearly always those of the draw before: a thread
// keeps what it computed last. A function of the values alone, so it cannot matter which thread asks.
struct Factors {
  struct Factor {
    std::vector<double> ranks;
    number::Matrix l;
  };
  std::vector<Factor> kept;
  std::vector<double> asked;

  template <class Make>
  const number::Matrix& of(Make make) {
    const auto same = [&](double a, double b) {
      return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
    };
    for (const Factor& f : kept)
      if (std::ranges::equal(f.ranks, asked, same)) return f.l;
    if (kept.size() >= 16) kept.clear();
    kept.push_back({asked, make()});
    return kept.back().l;
  }
};

}  // namespace

// A Gaussian copula: with L L' the correlations, L z has them; each number is the quantile of its own score. The first
// of a group keeps its stratum, the others do not: their scores are mixed from several strata, and the ten designs know
// it.
void Plan::together(const Group& g, std::span<const double> z, std::span<double> p) const {
  const std::size_t n = g.members.size();
  std::vector<double> followed;
  std::span<const double> ranked = p;
  for (const ParamId id : g.ranks)  // a correlation may be a driver's
    if (id != situation::none && situation_->parameters[id].number.form != number::Form::distribution) {
      followed.assign(p.begin(), p.end());
      (void)apply_rules(followed);
      ranked = followed;
      break;
    }
  thread_local Factors factors;
  factors.asked.clear();  // as many as there are pairs, so that their number tells that of the members
  for (const ParamId id : g.ranks) factors.asked.push_back(id == situation::none ? 0.0 : ranked[id]);
  const auto& l = factors.of([&] { return number::cholesky_near(correlations(g, ranked), n); });
  for (std::size_t i = 0; i < n; ++i) {
    double mixed = 0;
    for (std::size_t j = 0; j <= i; ++j) mixed += l[i * n + j] * z[j];
    const ParamId id = uncertain_[g.members[i]];
    p[id] = situation_->parameters[id].number.distribution.quantile(number::normal_cdf(mixed));
  }
}

std::vector<double> Plan::correlations(const Group& g, std::span<const double> p) const {
  const std::size_t n = g.members.size();
  std::vector<double> r(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    r[i * n + i] = 1;
    for (std::size_t j = 0; j < i; ++j) {
      const ParamId id = g.ranks[i * (i - 1) / 2 + j];
      if (id != situation::none && std::isfinite(p[id]))
        r[i * n + j] = r[j * n + i] = number::normal_of_rank(std::clamp(p[id], -1.0, 1.0));
    }
  }
  return r;
}

}  // namespace entente::plan
