// Counting by halves (Horowitz and Sahni 1974, doi:10.1145/321812.321823, used for power indices by Klinz and Woeginger
// 2005, doi:10.1016/j.mathsocsci.2004.06.002). The voters are cut in two; for a subset `a` of one half, the subsets of
// the other half that win with it are one bit row: for every majority the subsets with a large enough sum are a prefix
// of the list sorted by that sum, and prefixes are kept as bit rows at every 64th place. Majorities are joined by AND,
// ways by OR, and popcounts by size give the counts with every voter of a's half; then the halves change roles. Weights
// may be of any size; the work is 2^n / 64 words a majority.
#include <algorithm>
#include <bit>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "kernel/coalition/voting_counts.hpp"

namespace entente::voting {
namespace {

constexpr unsigned most_voters = 36;
using Word = std::uint64_t;

#if defined(__SANITIZE_THREAD__)
#define ENTENTE_THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define ENTENTE_THREAD_SANITIZER 1
#endif
#endif

// Bits set. The instruction for it is not in the x86-64 that everyone has, so it is chosen when the program starts: too
// early for the thread sanitizer, whose every program would end there.
#if defined(__x86_64__) && defined(__GNUC__) && defined(__linux__) && !defined(ENTENTE_THREAD_SANITIZER)
__attribute__((target_clones("popcnt", "default")))
#endif
std::uint64_t
ones(const Word* from, const Word* to) {
  std::uint64_t sum = 0;
  for (; from != to; ++from) sum += static_cast<std::uint64_t>(__builtin_popcountll(*from));
  return sum;
}

struct Half {
  unsigned first = 0, voters = 0;
  std::vector<std::vector<std::int64_t>> sums;  // [dimension][subset]
};

Half half(const Reduced& r, unsigned first, unsigned voters) {
  Half h{.first = first, .voters = voters};
  for (const auto& d : r.dimensions) {
    std::vector<std::int64_t> sum(std::size_t{1} << voters, 0);
    for (std::size_t s = 1; s < sum.size(); ++s)
      sum[s] = sum[s & (s - 1)] + d[first + static_cast<unsigned>(std::countr_zero(s))];
    h.sums.push_back(std::move(sum));
  }
  return h;
}

// The other half's subsets as bits, grouped by size, every group from a word of its own.
class Rows {
 public:
  explicit Rows(const Half& h) {
    const std::size_t count = std::size_t{1} << h.voters;
    std::vector<std::size_t> size(h.voters + 1, 0), place(count);
    for (std::size_t b = 0; b < count; ++b) ++size[static_cast<unsigned>(std::popcount(b))];
    std::size_t words = 0;
    std::vector<std::size_t> next;
    for (unsigned k = 0; k <= h.voters; ++k) {
      begin.push_back(words);
      next.push_back(words * 64);
      words += (size[k] + 63) / 64;
    }
    begin.push_back(words);
    for (std::size_t b = 0; b < count; ++b) place[b] = next[static_cast<unsigned>(std::popcount(b))]++;
    full.assign(words, 0);
    for (const std::size_t p : place) full[p / 64] |= Word{1} << p % 64;
    for (const auto& sums : h.sums) {
      Sorted s;
      std::vector<std::uint32_t> order(count);
      for (std::size_t b = 0; b < count; ++b) order[b] = static_cast<std::uint32_t>(b);
      std::ranges::sort(order, [&](auto x, auto y) { return sums[x] != sums[y] ? sums[x] > sums[y] : x < y; });
      std::vector<Word> row(words, 0);
      for (std::size_t k = 0; k < count; ++k) {
        if (k % 64 == 0) s.checkpoints.insert(s.checkpoints.end(), row.begin(), row.end());
        const std::size_t p = place[order[k]];
        s.sum.push_back(sums[order[k]]);
        s.place.push_back(static_cast<std::uint32_t>(p));
        row[p / 64] |= Word{1} << p % 64;
      }
      s.checkpoints.insert(s.checkpoints.end(), row.begin(), row.end());
      sorted.push_back(std::move(s));
    }
  }
  [[nodiscard]] std::size_t words() const { return full.size(); }

  // row (&)= subsets with a sum of at least `least` in the dimension.
  void narrow(std::size_t dimension, std::int64_t least, bool fresh, std::vector<Word>& row,
              std::vector<Word>& scratch) const {
    const Sorted& s = sorted[dimension];
    const auto rank = static_cast<std::size_t>(
        std::ranges::partition_point(s.sum, [&](std::int64_t x) { return x >= least; }) - s.sum.begin());
    const Word* mark = s.checkpoints.data() + rank / 64 * words();
    std::vector<Word>& to = fresh ? row : scratch;
    std::copy(mark, mark + words(), to.begin());
    for (std::size_t k = rank / 64 * 64; k < rank; ++k) to[s.place[k] / 64] |= Word{1} << s.place[k] % 64;
    if (!fresh)
      for (std::size_t w = 0; w < words(); ++w) row[w] &= scratch[w];
  }

  std::vector<std::size_t> begin;  // by size: first word
  std::vector<Word> full;          // the bits that stand for subsets

 private:
  struct Sorted {
    std::vector<std::int64_t> sum;
    std::vector<std::uint32_t> place;
    std::vector<Word> checkpoints;
  };
  std::vector<Sorted> sorted;
};

// Counts with every voter of half a; all, when asked.
void count(const Reduced& r, const Half& a, const Half& b, Counts& out, bool totals) {
  const Rows rows(b);
  std::vector<Word> any(rows.words()), one(rows.words()), scratch(rows.words());
  std::vector<std::uint64_t> found(b.voters + 1);
  for (std::size_t s = 0; s < std::size_t{1} << a.voters; ++s) {
    const auto size = static_cast<unsigned>(std::popcount(s));
    std::ranges::fill(any, 0);
    for (const Need& need : r.needs) {
      const unsigned least = need.size > size ? need.size - size : 0;
      if (least > b.voters) continue;
      if (need.sums.empty()) one = rows.full;
      bool fresh = true;
      for (const auto& [dimension, quota] : need.sums) {
        rows.narrow(dimension, quota - a.sums[dimension][s], fresh, one, scratch);
        fresh = false;
      }
      for (std::size_t w = rows.begin[least]; w < rows.words(); ++w) any[w] |= one[w];
    }
    for (unsigned k = 0; k <= b.voters; ++k) {
      found[k] = ones(any.data() + rows.begin[k], any.data() + rows.begin[k + 1]);
      if (totals) out.all[size + k] += found[k];
    }
    for (std::size_t rest = s; rest; rest &= rest - 1) {
      auto& with = out.with[a.first + static_cast<unsigned>(std::countr_zero(rest))];
      for (unsigned k = 0; k <= b.voters; ++k) with[size + k] += found[k];
    }
  }
}

}  // namespace

std::optional<double> halves_steps(const Reduced& r) {
  if (r.voters > most_voters) return std::nullopt;
  double majorities = 3;
  for (const Need& need : r.needs) majorities += 3 * static_cast<double>(need.sums.size()) + 1;
  const double rows = 2 * math::ldexp(1.0, static_cast<int>(r.voters + 1) / 2);
  return rows * (majorities * (math::ldexp(1.0, static_cast<int>(r.voters) / 2 - 6) + 32) + 4.0 * r.voters * r.voters);
}

Counts count_by_halves(const Reduced& r) {
  Counts out;
  out.all.assign(r.voters + 1, 0);
  out.with.assign(r.voters, out.all);
  const Half a = half(r, 0, r.voters / 2), b = half(r, r.voters / 2, r.voters - r.voters / 2);
  count(r, a, b, out, true);
  count(r, b, a, out, false);
  return out;
}

}  // namespace entente::voting
