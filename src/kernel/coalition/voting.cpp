// Weighted voting: checks, reduction, power from counts. Essay in voting.hpp.
#include "entente/kernel/voting.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "entente/base/elementary.hpp"
#include "kernel/coalition/voting_counts.hpp"

namespace entente::voting {
namespace {

constexpr std::int64_t largest_sum = std::int64_t{1} << 62;
constexpr unsigned most_voters = 120, most_exact = 33;

std::unexpected<Error> invalid(std::string message, std::string where) {
  return std::unexpected(Error{ErrorKind::invalid, std::move(message), std::move(where)});
}

std::vector<char> vetoes(const Rule& rule) {
  std::vector<char> has(rule.voters, 0);
  for (const unsigned v : rule.veto) has[v] = 1;
  return has;
}

}  // namespace

Reduced reduce(const Rule& rule, const std::vector<char>& veto) {
  Reduced out;
  out.voters = static_cast<unsigned>(std::ranges::count(veto, 0));
  for (const Way& way : rule.ways) {
    Need need;
    for (const Majority& m : way) {
      std::int64_t quota = m.quota;
      std::vector<std::int64_t> weights;
      for (unsigned i = 0; i < rule.voters; ++i)
        if (veto[i]) quota -= m.weights[i];
        else weights.push_back(m.weights[i]);
      if (quota <= 0) continue;
      const auto [least, most] = std::ranges::minmax(weights);
      if (least == most) {  // most > 0, because the quota is within the sum
        need.size = std::max(need.size, static_cast<unsigned>((quota + most - 1) / most));
        continue;
      }
      const auto found = std::ranges::find(out.dimensions, weights);
      const auto at = static_cast<std::size_t>(found - out.dimensions.begin());
      if (found == out.dimensions.end()) out.dimensions.push_back(std::move(weights));
      need.sums.emplace_back(at, quota);
    }
    out.needs.push_back(std::move(need));
  }
  return out;
}

Result<void> validate(const Rule& rule) {
  if (rule.voters == 0) return invalid("there are no voters", "voters");
  if (rule.ways.empty()) return invalid("a rule has a way to pass", "ways");
  for (std::size_t k = 0; k < rule.ways.size(); ++k) {
    const std::string way = rule.ways.size() > 1 ? "way " + std::to_string(k + 1) + ", " : "";
    if (rule.ways[k].empty()) return invalid("a way has a majority", "way " + std::to_string(k + 1));
    for (std::size_t j = 0; j < rule.ways[k].size(); ++j) {
      const Majority& m = rule.ways[k][j];
      const std::string where = way + "majority " + std::to_string(j + 1);
      if (m.weights.size() != rule.voters)
        return invalid(std::to_string(m.weights.size()) + " weights for " + std::to_string(rule.voters) + " voters",
                       where);
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < m.weights.size(); ++i) {
        if (m.weights[i] < 0) return invalid("a weight is below 0", where + ", voter " + std::to_string(i + 1));
        if (m.weights[i] > largest_sum - sum) return invalid("the weights sum to more than 2^62", where);
        sum += m.weights[i];
      }
      if (m.quota < 1) return invalid("with a quota below 1 nobody at all would pass", where);
      if (m.quota > sum)
        return invalid(
            "the quota " + std::to_string(m.quota) + " is above the sum of the weights, " + std::to_string(sum), where);
    }
  }
  for (const unsigned v : rule.veto)
    if (v >= rule.voters) return invalid("a veto of voter " + std::to_string(v + 1) + ", who is not there", "veto");
  return {};
}

bool wins(const Rule& rule, std::uint64_t members) noexcept {
  for (const unsigned v : rule.veto)
    if (!(members >> v & 1u)) return false;
  for (const Way& way : rule.ways) {
    const bool passed = std::ranges::all_of(way, [&](const Majority& m) {
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < m.weights.size() && i < 64; ++i)
        if (members >> i & 1u) sum += m.weights[i];
      return sum >= m.quota;
    });
    if (passed) return true;
  }
  return false;
}

Result<std::vector<double>> worths(const Rule& rule) {
  if (const auto good = validate(rule); !good) return std::unexpected(good.error());
  if (rule.voters > 25) return std::unexpected(Error{ErrorKind::too_large, "more than 25 voters", "voters"});
  std::vector<double> v(std::size_t{1} << rule.voters);
  for (std::size_t s = 0; s < v.size(); ++s) v[s] = wins(rule, s) ? 1 : 0;
  return v;
}

Result<Power> power(const Rule& rule, const Options& options) {
  if (const auto good = validate(rule); !good) return std::unexpected(good.error());
  const unsigned n = rule.voters;
  if (n > most_voters) return std::unexpected(Error{ErrorKind::too_large, "more than 120 voters", "voters"});
  const std::vector<char> veto = vetoes(rule);
  const Reduced reduced = reduce(rule, veto);
  const auto programming = programming_steps(reduced), halves = halves_steps(reduced);
  Power out{.voters = n, .used = options.method};
  if (options.method == Method::automatic)
    out.used = halves && (!programming || *halves < *programming) ? Method::halves : Method::programming;
  if (!(out.used == Method::halves ? halves : programming))
    return std::unexpected(Error{ErrorKind::too_large,
                                 "too many voters with too large weights to count exactly; smaller weights, or at most "
                                 "36 voters without a veto, can be counted",
                                 "weights"});
  const Counts counts = out.used == Method::halves ? count_by_halves(reduced) : count_by_programming(reduced);

  const unsigned fixed = n - reduced.voters;  // in every winning coalition
  for (const Uint128 w : counts.all) out.winning += w;
  std::array<Int128, most_exact + 1> factorial{1};
  for (unsigned k = 1; k <= std::min(n, most_exact); ++k) factorial[k] = factorial[k - 1] * k;
  out.exact = n <= most_exact;
  Uint128 swings = 0;
  for (unsigned i = 0, free = 0; i < n; ++i) {
    const auto& with = veto[i] ? counts.all : counts.with[free];
    if (!veto[i]) ++free;
    Uint128 winning = 0, critical = 0;
    Int128 numerator = 0;
    double index = 0;
    for (const Uint128 w : with) winning += w;
    for (unsigned t = 0; t < with.size(); ++t) {
      // S + i has t free members (and all vetoes); S has one member less. S wins without i only when i has no veto.
      const Uint128 without = !veto[i] && t > 0 ? counts.all[t - 1] - with[t - 1] : Uint128{0};
      const Uint128 turned = with[t] - without;
      if (turned == 0) continue;
      const unsigned others = t + fixed - 1;
      critical += turned;
      if (out.exact) numerator += static_cast<Int128>(turned) * (factorial[others] * factorial[n - 1 - others]);
      double choose = 1;
      for (unsigned j = 1; j <= others; ++j) choose = choose * (n - 1 - others + j) / j;
      index += static_cast<double>(turned) / (n * choose);
    }
    out.winning_with.push_back(winning);
    out.swings.push_back(critical);
    swings += critical;
    if (out.exact) {
      out.shapley_shubik_fraction.push_back(entente::reduced(numerator, factorial[n]));
      index = out.shapley_shubik_fraction.back().value();
    }
    out.shapley_shubik.push_back(index);
  }
  for (const Uint128 s : out.swings) {
    out.banzhaf_raw.push_back(math::ldexp(static_cast<double>(s), 1 - static_cast<int>(n)));
    out.banzhaf_fraction.push_back(entente::reduced(static_cast<Int128>(s), static_cast<Int128>(swings)));
    out.banzhaf.push_back(out.banzhaf_fraction.back().value());
  }
  return out;
}

}  // namespace entente::voting
