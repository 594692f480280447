// The challenge model, to replicate what was published; see the header for what it is worth.
//
// Each round: with risk exponents of 1 every actor's security is what all others expect from challenging it; its risk
// exponent follows from where that lies between the least and the most secure; with these exponents every pair weighs a
// challenge, i judging both sides by its own exponent. j's offer to i is a confrontation that i loses (both expect to
// gain, j more), a compromise (j gains more than i loses: i moves part of the way), or i gives in. An actor takes a
// lost confrontation before a compromise before giving in, of several the nearest; all move at once. The key by which
// the published code picks among compromises, (|E_i| x_i + |E_j| x_j) / (|E_i| + |E_j|) at its least, is not the least
// move that the text says; only it gives the published figures.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "kernel/choice/parts.hpp"

namespace entente::choice {
namespace {

class Model {
 public:
  Model(const Scale& s, const ChallengeOptions& o) : o_(o), n_(s.actors.size()), x_(n_), w_(n_), s_(n_), r_(n_, 1.0) {
    for (std::size_t i = 0; i < n_; ++i) {
      x_[i] = s.actors[i].position;
      s_[i] = s.actors[i].salience;
      w_[i] = s.actors[i].capability * s.actors[i].salience;
    }
    const auto [low, high] = std::ranges::minmax(x_);
    range_ = high - low;
  }
  [[nodiscard]] double range() const { return range_; }

  ChallengeRound round() {
    middle_ = median();
    std::ranges::fill(r_, 1.0);
    measure();
    std::vector<double> danger(n_, 0.0);
    for (std::size_t i = 0; i < n_; ++i)
      for (std::size_t j = 0; j < n_; ++j)
        if (j != i) danger[i] += expected(j, i, 1);
    const auto [least, most] = std::ranges::minmax(danger);
    for (std::size_t i = 0; i < n_; ++i) {
      const double share = most > least ? (2 * danger[i] - most - least) / (most - least) : 0;
      r_[i] = (1 - share / 3) / (1 + share / 3);
    }
    if (o_.risk_in_votes) measure();
    ChallengeRound out;
    std::vector<double> next = x_;
    for (std::size_t i = 0; i < n_; ++i) answer(i, next, out);
    x_ = next;
    out.position = x_;
    out.risk = r_;
    out.median = median();
    double sum = 0, weight = 0;
    for (std::size_t i = 0; i < n_; ++i) {
      sum += w_[i] * x_[i];
      weight += w_[i];
    }
    out.mean = sum / weight;
    return out;
  }

 private:
  [[nodiscard]] double median() const {
    std::vector<std::size_t> order(n_);
    for (std::size_t i = 0; i < n_; ++i) order[i] = i;
    std::ranges::sort(order, {}, [&](std::size_t i) { return std::pair(x_[i], i); });
    double all = 0, below = 0;
    for (const double w : w_) all += w;
    for (const std::size_t i : order) {
      below += w_[i];
      if (below >= all / 2 * (1 - 1e-12)) return x_[i];
    }
    return x_[order.back()];
  }

  // k's vote between the positions of a and b.
  [[nodiscard]] double vote(std::size_t k, std::size_t a, std::size_t b) const {
    const double to_a = std::abs(x_[k] - x_[a]) / range_, to_b = std::abs(x_[k] - x_[b]) / range_;
    return w_[k] * (math::pow(to_b, r_[k]) - math::pow(to_a, r_[k]));
  }

  // Chance of i against j: votes for i over the votes of all pairs of positions.
  void measure() {
    double all = 0;
    chance_.assign(n_ * n_, 0.0);
    for (std::size_t i = 0; i < n_; ++i)
      for (std::size_t j = 0; j < n_; ++j) {
        if (x_[i] == x_[j]) continue;
        for (std::size_t k = 0; k < n_; ++k) {
          const double v = vote(k, i, j);
          all += std::abs(v);
          chance_[i * n_ + j] += std::max(0.0, v);
        }
      }
    if (all > 0)
      for (double& p : chance_) p /= all;
  }

  // What i expects from challenging j, by the exponent r of whoever asks.
  [[nodiscard]] double expected(std::size_t i, std::size_t j, double r) const {
    const auto utility = [&](double t) { return 2 - 4 * math::pow(std::max(t, 0.0), r); };
    const double d = std::abs(x_[i] - x_[j]) / range_, p = chance_[i * n_ + j];
    const double win = utility(0.5 - 0.5 * d), lose = utility(0.5 + 0.5 * d), same = utility(0.5);
    double e = s_[j] * (p * win + (1 - p) * lose) + (1 - s_[j]) * win - o_.stay * same;
    if (o_.stay < 1) {
      const double drift = 0.25 * (std::abs(x_[i] - middle_) / range_ + d);
      e -= (1 - o_.stay) * (o_.better * utility(0.5 - drift) + (1 - o_.better) * utility(0.5 + drift));
    }
    return e;
  }

  void answer(std::size_t i, std::vector<double>& next, ChallengeRound& out) const {
    Move best = Move::stays;
    std::size_t towards = i;
    double key = 0;
    for (std::size_t j = 0; j < n_; ++j) {
      if (x_[i] == x_[j]) continue;
      const double mine = expected(i, j, r_[i]), theirs = expected(j, i, r_[i]);
      Move m = Move::stays;
      double to = x_[j];
      if (theirs > mine && mine > 0) m = Move::loses;
      else if (theirs > 0 && mine < 0 && theirs > -mine) {
        m = Move::compromises;
        to = x_[i] + (x_[j] - x_[i]) * (-mine / theirs);
      } else if (theirs > 0 && mine < 0) m = Move::gives_in;
      if (m == Move::stays) continue;
      const double k = m == Move::compromises && !o_.least_move ? (-mine * x_[i] + theirs * x_[j]) / (-mine + theirs)
                                                                : std::abs(to - x_[i]);
      if (best == Move::stays || m < best || (m == best && k < key)) {
        best = m;
        towards = j;
        key = k;
        next[i] = to;
      }
    }
    out.move.push_back(best);
    out.towards.push_back(static_cast<std::uint32_t>(towards));
  }

  const ChallengeOptions& o_;
  std::size_t n_;
  std::vector<double> x_, w_, s_, r_, chance_;
  double range_ = 0, middle_ = 0;
};

}  // namespace

Result<std::vector<ChallengeRound>> challenge(const Scale& s, const ChallengeOptions& o) {
  if (auto ok = validate(s); !ok) return std::unexpected(ok.error());
  if (o.rounds < 1 || o.rounds > 1000)
    return std::unexpected(Error{ErrorKind::invalid, "rounds lie from 1 to 1000", "rounds"});
  if (!(o.stay >= 0 && o.stay <= 1) || !(o.better >= 0 && o.better <= 1))
    return std::unexpected(Error{ErrorKind::invalid, "a chance lies from 0 to 1", "options"});
  if (s.actors.size() > 200)
    return std::unexpected(Error{ErrorKind::too_large, "more than 200 actors in a challenge model", "actors"});
  std::vector<ChallengeRound> out;
  Model m(s, o);
  if (!(m.range() > 0)) return out;
  for (unsigned k = 0; k < o.rounds; ++k) {
    out.push_back(m.round());
    if (std::ranges::all_of(out.back().move, [](Move v) { return v == Move::stays; })) break;
  }
  return out;
}

}  // namespace entente::choice
