// Counting by a table of sums, for many voters.
//
// Problem. The Banzhaf index of voter i needs the number of coalitions of the others that lose without i and win with
// it: those of weight q - w_i to q - 1. With hundreds of voters counts have hundreds of bits.
// Theory. Let C(x) be the number of coalitions of all voters with weight at most x, and C_i(x) that of the others.
// Voter i is in a coalition or not, so C(x) = C_i(x) + C_i(x - w_i), hence C_i(x) = C(x) - C(x - w) + C(x - 2 w) - ...,
// and the swings are C_i(q - 1) - C_i(q - 1 - w_i) (Mann and Shapley 1962, RAND RM-3158, in sums). Only weights below
// the quota are met. A game and its dual, with quota W - q + 1, have the same swings: the smaller of the two quotas is
// taken. Choice. One row of counts by weight, each of so many words as hold 2^n; a voter is one pass of additions with
// carry. Weights and quota are divided by their greatest common divisor first: where the quota is no multiple of it,
// rounded up. Cost. n q words additions and q words of memory; then q / w additions for each different weight. Counts
// by size, which Shapley-Shubik needs, would take n times as much.
#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <numeric>

#include "base/short_number.hpp"
#include "kernel/coalition/voting_counts.hpp"

namespace entente::voting {
namespace {

using Integer = boost::multiprecision::cpp_int;
using Word = std::uint64_t;

constexpr double most_words = 1 << 27;  // 1 GiB
constexpr double most_steps = 6e10;

class Table {
 public:
  Table(std::size_t cells, std::size_t words) : words_(words), at_(cells * words, 0) { at_[0] = 1; }
  void add_voter(std::size_t weight, std::size_t reach) {
    for (std::size_t x = reach + 1; x-- > weight;) add(x, x - weight);
  }
  void accumulate(std::size_t cells) {
    for (std::size_t x = 1; x < cells; ++x) add(x, x - 1);
  }
  [[nodiscard]] Integer at(std::size_t x) const {
    Integer out;
    const Word* from = at_.data() + x * words_;
    boost::multiprecision::import_bits(out, from, from + words_, 64, false);
    return out;
  }

 private:
  void add(std::size_t to, std::size_t from) {
    Word* a = at_.data() + to * words_;
    const Word* b = at_.data() + from * words_;
    unsigned char carry = 0;
    for (std::size_t k = 0; k < words_; ++k) {
      const Word sum = a[k] + b[k], with = sum + carry;
      carry = static_cast<unsigned char>(sum < a[k]) | static_cast<unsigned char>(with < sum);
      a[k] = with;
    }
  }
  std::size_t words_;
  std::vector<Word> at_;
};

std::unexpected<Error> too_large(std::string what) {
  return std::unexpected(Error{ErrorKind::too_large, std::move(what), "weights"});
}

}  // namespace

Result<LargePower> large_power(const Rule& rule, const std::stop_token& stop) {
  if (const auto good = validate(rule); !good) return std::unexpected(good.error());
  if (rule.voters > 100'000) return too_large("more than 100,000 voters");
  std::vector<char> veto(rule.voters, 0);
  for (const unsigned v : rule.veto) veto[v] = 1;
  const Reduced r = reduce(rule, veto);
  if (r.needs.size() != 1 || r.dimensions.size() > 1)
    return too_large("so many voters are counted under one majority, not under several at once");
  const Need& need = r.needs[0];
  std::vector<std::int64_t> weights(r.voters, 1);
  std::int64_t quota = need.size;
  if (!need.sums.empty()) {
    if (need.size > 0) return too_large("so many voters are counted under one majority, not under several at once");
    weights = r.dimensions[0];
    quota = need.sums[0].second;
  }
  LargePower out{.voters = rule.voters};
  const Integer all = Integer(1) << r.voters;
  Integer winning = all;
  std::vector<Integer> swings(r.voters, 0);
  if (quota > 0) {
    std::int64_t divisor = 0, sum = 0;
    for (const std::int64_t w : weights) divisor = std::gcd(divisor, w);
    for (std::int64_t& w : weights) sum += w /= divisor;
    quota = (quota + divisor - 1) / divisor;
    const bool dual = sum - quota + 1 < quota;
    const std::int64_t q = dual ? sum - quota + 1 : quota;
    const std::size_t words = r.voters / 64 + 1;
    const double cells = static_cast<double>(q) * static_cast<double>(words);
    out.steps = cells * r.voters;
    if (cells > most_words || out.steps > most_steps)
      return too_large("a table of " + std::to_string(q) + " sums of " + std::to_string(64 * words) + " bits for " +
                       std::to_string(r.voters) + " voters is too much: smaller weights can be counted");
    const auto reach = static_cast<std::size_t>(q - 1);
    Table table(reach + 1, words);
    std::int64_t seen = 0;
    for (const std::int64_t w : weights) {
      if (stop.stop_requested()) return too_large("stopped before all voters were counted");
      seen = std::min(seen + w, q - 1);
      if (w < q) table.add_voter(static_cast<std::size_t>(w), static_cast<std::size_t>(seen));
    }
    table.accumulate(reach + 1);
    const Integer below = table.at(reach);
    winning = dual ? below : Integer(all - below);
    for (unsigned i = 0; i < r.voters; ++i) {
      const auto same = static_cast<unsigned>(std::ranges::find(weights, weights[i]) - weights.begin());
      if (same < i) {
        swings[i] = swings[same];
        continue;
      }
      if (weights[i] == 0) continue;
      const auto without = [&](std::int64_t x) {  // coalitions of the others of weight at most x
        Integer c = 0;
        bool plus = true;
        for (; x >= 0; x -= weights[i], plus = !plus) {
          const Integer at = table.at(static_cast<std::size_t>(x));
          if (plus) c += at;
          else c -= at;
        }
        return c;
      };
      swings[i] = without(q - 1) - without(q - 1 - weights[i]);
    }
  }
  Integer sum = 0;
  std::vector<Integer> by_voter;
  for (unsigned i = 0, free = 0; i < rule.voters; ++i) {
    by_voter.push_back(veto[i] ? winning : swings[free++]);
    sum += by_voter.back();
  }
  out.winning = winning.str();
  out.coalitions = Integer(Integer(1) << rule.voters).str();
  for (const Integer& s : by_voter) {
    using boost::multiprecision::cpp_rational;
    out.swings.push_back(s.str());
    const cpp_rational share(s, sum);
    out.banzhaf.push_back(as_double(share));
    out.banzhaf_exact.push_back(share.str());
    out.banzhaf_raw.push_back(as_double(cpp_rational(s, Integer(1) << (rule.voters - 1))));
  }
  return out;
}

}  // namespace entente::voting
