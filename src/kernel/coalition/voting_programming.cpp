// Counting by dynamic programming (Mann and Shapley 1962; several majorities: Algaba, Bilbao, Fernandez Garcia, Lopez
// 2003, doi:10.1016/S0165-4896(02)00086-0). count[size][sums] over all voters, the sums of several dimensions as one
// index, so that a voter is one shift of the table. A voter's own counts come from dividing its factor out again:
// without_i[s][x] = count[s][x] - without_i[s-1][x - shift_i], two rows at a time. Voters with the same shift share the
// work. Rows are cut to the sums that `size` voters can reach.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "kernel/coalition/voting_counts.hpp"

namespace entente::voting {
namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 30;
constexpr std::uint8_t never = 255;

// Product of (sum + 1) over the dimensions; infinite when beyond counting.
double width(const Reduced& r) {
  double cells = 1;
  for (const auto& d : r.dimensions)
    cells *= static_cast<double>(std::accumulate(d.begin(), d.end(), std::int64_t{0})) + 1;
  return cells;
}
std::size_t cell_bytes(unsigned voters) { return voters <= 32 ? 4 : voters <= 63 ? 8 : 16; }

struct Layout {
  std::size_t width = 1;
  std::vector<std::size_t> stride, shift;  // by dimension, by voter
  std::vector<std::size_t> low, high;      // by size: the reachable indices [low, high)
  std::vector<std::uint8_t> need;          // by index: the smallest winning size, or never
};

Layout layout(const Reduced& r) {
  Layout out;
  std::vector<std::int64_t> sum;
  for (const auto& d : r.dimensions) {
    sum.push_back(std::accumulate(d.begin(), d.end(), std::int64_t{0}));
    out.stride.push_back(out.width);
    out.width *= static_cast<std::size_t>(sum.back()) + 1;
  }
  out.shift.assign(r.voters, 0);
  for (std::size_t j = 0; j < r.dimensions.size(); ++j)
    for (unsigned i = 0; i < r.voters; ++i)
      out.shift[i] += out.stride[j] * static_cast<std::size_t>(r.dimensions[j][i]);
  auto sorted = out.shift;
  std::ranges::sort(sorted);
  out.low.assign(1, 0);
  out.high.assign(1, 1);
  for (unsigned s = 0; s < r.voters; ++s) {
    out.low.push_back(out.low.back() + sorted[s]);
    out.high.push_back(out.high.back() + sorted[r.voters - 1 - s]);
  }
  out.need.assign(out.width, never);
  std::vector<std::int64_t> at(r.dimensions.size(), 0);
  for (std::size_t x = 0; x < out.width; ++x) {
    for (const Need& need : r.needs)
      if (std::ranges::all_of(need.sums, [&](const auto& q) { return at[q.first] >= q.second; }))
        out.need[x] = std::min(out.need[x], static_cast<std::uint8_t>(need.size));
    for (std::size_t j = 0; j < at.size() && ++at[j] > sum[j]; ++j) at[j] = 0;
  }
  return out;
}

template <class Cell>
Uint128 winners(const Layout& l, const Cell* row, unsigned size) {
  using Sum = std::conditional_t<sizeof(Cell) == 16, Uint128, std::uint64_t>;
  Sum sum = 0;
  for (std::size_t x = l.low[size]; x < l.high[size]; ++x) sum += l.need[x] <= size ? row[x] : Cell{0};
  return sum;
}

template <class Cell>
Counts count(const Reduced& r) {
  const Layout l = layout(r);
  const unsigned n = r.voters;
  std::vector<Cell> table((n + 1) * l.width, Cell{0});
  table[0] = 1;
  for (unsigned i = 0; i < n; ++i)
    for (unsigned s = i + 1; s-- > 0;) {
      const Cell* from = table.data() + s * l.width;
      Cell* to = table.data() + (s + 1) * l.width + l.shift[i];
      const std::size_t end = std::min(l.high[s], l.width - l.shift[i]);  // i is not among the s in favour
      for (std::size_t x = l.low[s]; x < end; ++x) to[x] += from[x];
    }
  Counts out;
  for (unsigned s = 0; s <= n; ++s) out.all.push_back(winners(l, table.data() + s * l.width, s));
  out.with.resize(n);
  std::vector<Cell> row(2 * l.width);
  for (unsigned i = 0; i < n; ++i) {
    const auto same = static_cast<unsigned>(std::ranges::find(l.shift, l.shift[i]) - l.shift.begin());
    if (same < i) {
      out.with[i] = out.with[same];
      continue;
    }
    // without_i, row by row; a row's cells outside its reach are 0 and stay so.
    std::ranges::fill(row, Cell{0});
    Cell *before = row.data(), *now = row.data() + l.width;
    before[0] = 1;
    out.with[i].push_back(out.all[0] - winners(l, before, 0));
    for (unsigned s = 1; s <= n; ++s) {
      const Cell* t = table.data() + s * l.width;
      const std::size_t from = l.low[s], to = l.high[s], d = l.shift[i];
      const std::size_t split = std::clamp(d, from, to);
      for (std::size_t x = from; x < split; ++x) now[x] = t[x];
      for (std::size_t x = split; x < to; ++x) now[x] = t[x] - before[x - d];
      out.with[i].push_back(out.all[s] - winners(l, now, s));
      std::fill(before + l.low[s - 1], before + l.high[s - 1], Cell{0});
      std::swap(before, now);
    }
  }
  return out;
}

}  // namespace

std::optional<double> programming_steps(const Reduced& r) {
  const double cells = width(r) * (r.voters + 1.0);
  if (cells * static_cast<double>(cell_bytes(r.voters)) > static_cast<double>(most_bytes)) return std::nullopt;
  std::size_t kinds = 0;
  for (unsigned i = 0; i < r.voters; ++i) {
    bool fresh = true;
    for (unsigned k = 0; k < i && fresh; ++k)
      fresh = !std::ranges::all_of(r.dimensions, [&](const auto& d) { return d[i] == d[k]; });
    kinds += fresh;
  }
  return 0.7 * cells * (0.5 * r.voters + static_cast<double>(kinds));
}

Counts count_by_programming(const Reduced& r) {
  switch (cell_bytes(r.voters)) {
    case 4:
      return count<std::uint32_t>(r);
    case 8:
      return count<std::uint64_t>(r);
    default:
      return count<Uint128>(r);
  }
}

}  // namespace entente::voting
