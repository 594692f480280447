// Exchange networks: checks, the outcome, the judge. Essay in exchange.hpp; worths in exchange_worths.cpp.
#include "entente/kernel/exchange.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <string>

#include "kernel/coalition/exchange_worths.hpp"

namespace entente::exchange {
namespace {

constexpr unsigned most_actors = 20;

std::unexpected<Error> invalid(std::string message, std::string where) {
  return std::unexpected(Error{ErrorKind::invalid, std::move(message), std::move(where)});
}

// One best set of ties: actor by actor from the last, with the worth of those who still have exchanges left as a bound.
class Best {
 public:
  Best(const Shape& shape, const std::vector<double>& v) : shape_(shape), v_(v), left_(shape.limit) {
    slack_ = 1e-12 * v.back();
  }
  bool find(std::uint32_t active, double target) {
    while (active != 0 && left_[last(active)] == 0) active ^= 1u << last(active);
    if (active == 0) return target <= slack_;
    if (v_[active] < target - slack_) return false;
    return use(active, 0, target);
  }
  std::vector<std::size_t> used;

 private:
  static unsigned last(std::uint32_t s) { return static_cast<unsigned>(std::bit_width(s)) - 1; }
  // The ties of the last active actor from the k-th on.
  bool use(std::uint32_t active, std::size_t k, double target) {
    const unsigned i = last(active);
    const auto& below = shape_.below[i];
    for (; k < below.size() && left_[i] > 0; ++k) {
      const auto& [j, value, tie] = below[k];
      if (!(active >> j & 1u) || left_[j] == 0) continue;
      used.push_back(tie);
      --left_[i];
      --left_[j];
      const double rest = target - value;
      if (bounded(active, i, k + 1, rest) && use(active, k + 1, rest)) return true;
      ++left_[i];
      ++left_[j];
      used.pop_back();
    }
    return find(active ^ (1u << i), target);
  }
  // Can the rest still be reached: the others' worth and the best of i's remaining ties?
  bool bounded(std::uint32_t active, unsigned i, std::size_t k, double target) const {
    double most = 0;
    unsigned count = left_[i];
    for (; k < shape_.below[i].size() && count > 0; ++k)
      if (active >> shape_.below[i][k].other & 1u) {
        most += shape_.below[i][k].value;
        --count;
      }
    return v_[active ^ (1u << i)] + most >= target - slack_;
  }
  const Shape& shape_;
  const std::vector<double>& v_;
  std::vector<unsigned> left_;
  double slack_;
};

}  // namespace

Result<Shape> shape(const Network& network) {
  const unsigned n = network.actors;
  if (n == 0) return invalid("there are no actors", "actors");
  if (n > most_actors) return std::unexpected(Error{ErrorKind::too_large, "more than 20 actors", "actors"});
  if (!network.exchanges.empty() && network.exchanges.size() != n)
    return invalid("one limit for every actor", "exchanges");
  Shape out{.actors = n, .below = std::vector<std::vector<Shape::Below>>(n), .degree = std::vector<unsigned>(n, 0)};
  std::vector<std::uint32_t> joined(n, 0);
  for (std::size_t k = 0; k < network.ties.size(); ++k) {
    const Tie& t = network.ties[k];
    const std::string where = "ties[" + std::to_string(k) + "]";
    if (t.a >= n || t.b >= n) return invalid("a tie names an actor beyond the last", where);
    if (t.a == t.b) return invalid("a tie joins two actors", where);
    if (!std::isfinite(t.value) || t.value < 0)
      return invalid("the value of a tie is a finite number, at least 0", where);
    if (joined[t.a] >> t.b & 1u) return invalid("this pair has a tie already", where);
    joined[t.a] |= 1u << t.b;
    joined[t.b] |= 1u << t.a;
    out.below[std::max(t.a, t.b)].push_back({std::min(t.a, t.b), t.value, k});
    ++out.degree[t.a];
    ++out.degree[t.b];
  }
  for (auto& list : out.below)
    std::ranges::stable_sort(list, [](const auto& x, const auto& y) { return x.value > y.value; });
  for (unsigned i = 0; i < n; ++i)
    out.limit.push_back(std::min(network.exchanges.empty() ? 1u : network.exchanges[i], out.degree[i]));
  return out;
}

Result<Outcome> solve(const Network& network, const coalition::SolverOptions& options) {
  const auto s = shape(network);
  if (!s) return std::unexpected(s.error());
  const auto v = worths(network);
  if (!v) return std::unexpected(v.error());
  Outcome out{.worth = v->back()};
  Best best(*s, *v);
  if (best.find(static_cast<std::uint32_t>(v->size() - 1), v->back())) out.used = std::move(best.used);
  std::ranges::sort(out.used);
  auto core = coalition::core(*v, options);
  if (!core) return std::unexpected(core.error());
  out.core = std::move(*core);
  out.balanced = !out.core.empty;
  auto nucleolus = coalition::nucleolus(*v, {.tolerance = options.tolerance, .threads = options.threads});
  if (!nucleolus) return std::unexpected(nucleolus.error());
  out.nucleolus = std::move(nucleolus->payoff);
  out.kohlberg = nucleolus->kohlberg;
  out.shapley.resize(network.actors);
  if (const auto done = coalition::shapley(*v, out.shapley, options.threads); !done)
    return std::unexpected(done.error());
  const bool one = std::ranges::all_of(network.exchanges, [](unsigned b) { return b == 1; });
  out.pairwise = one ? pairwise_imbalance(network, out.used, out.nucleolus) : std::numeric_limits<double>::quiet_NaN();
  return out;
}

double pairwise_imbalance(const Network& network, const std::vector<std::size_t>& used,
                          const std::vector<double>& x) noexcept {
  double worst = 0;
  std::uint32_t matched = 0;
  const auto outside = [&](unsigned i, std::size_t but) {
    double best = 0;
    for (std::size_t k = 0; k < network.ties.size(); ++k) {
      const Tie& t = network.ties[k];
      if (k != but && (t.a == i || t.b == i)) best = std::max(best, t.value - x[t.a == i ? t.b : t.a]);
    }
    return best;
  };
  for (const Tie& t : network.ties) worst = std::max(worst, t.value - x[t.a] - x[t.b]);
  for (const std::size_t k : used) {
    const Tie& t = network.ties[k];
    matched |= 1u << t.a | 1u << t.b;
    worst = std::max(worst, std::abs(x[t.a] + x[t.b] - t.value));
    worst = std::max(worst, std::abs(x[t.a] - outside(t.a, k) - (x[t.b] - outside(t.b, k))));
  }
  for (unsigned i = 0; i < network.actors; ++i)
    if (!(matched >> i & 1u)) worst = std::max(worst, std::abs(x[i]));
  return worst;
}

}  // namespace entente::exchange
