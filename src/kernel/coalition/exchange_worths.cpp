// The worth of every coalition of an exchange network, from one table.
//
// best[state] = the largest value of ties among the actors so far, where a state says how many exchanges every actor
// may still make. An actor whose limit is its degree needs only "in or out"; one with a lower limit needs limit + 1
// digits. Actors are added one at a time as the most significant digit: the table is repeated for each of the digits,
// and each tie to an earlier actor is offered once, in falling order of states, so that the state read has not been
// offered the tie yet. v(S) is the entry where members have their full limit and the others none. With one exchange
// each all digits are 0 and 1 and the table is v itself. Cost: ties times states.
#include "kernel/coalition/exchange_worths.hpp"

#include <algorithm>
#include <bit>

namespace entente::exchange {
namespace {

constexpr double most_states = 1 << 26;

}  // namespace

Result<std::vector<double>> worths(const Network& network) {
  const auto s = shape(network);
  if (!s) return std::unexpected(s.error());
  const unsigned n = s->actors;
  std::vector<std::size_t> radix(n), stride(n);
  double states = 1;
  for (unsigned i = 0; i < n; ++i) {
    radix[i] = s->limit[i] == s->degree[i] ? 2 : s->limit[i] + 1;
    states *= static_cast<double>(radix[i]);
  }
  if (states > most_states) return worths_by_branching(*s);
  std::vector<double> best(static_cast<std::size_t>(states), 0.0);
  std::size_t size = 1;
  for (unsigned i = 0; i < n; ++i) {
    stride[i] = size;
    for (std::size_t digit = 1; digit < radix[i]; ++digit)
      std::copy_n(best.begin(), size, best.begin() + static_cast<std::ptrdiff_t>(digit * size));
    const std::size_t spent_i = s->limit[i] == s->degree[i] ? 0 : size;
    for (const auto& [j, value, tie] : s->below[i]) {
      if (s->limit[i] == 0 || s->limit[j] == 0) continue;
      const std::size_t spent = spent_i + (s->limit[j] == s->degree[j] ? 0 : stride[j]);
      const std::size_t run = stride[j], cycle = run * radix[j];
      for (std::size_t digit = radix[i] - 1; digit > 0; --digit)
        for (std::size_t outer = size; outer > 0; outer -= cycle)
          for (std::size_t d = radix[j] - 1; d > 0; --d) {
            double* to = best.data() + digit * size + (outer - cycle) + d * run;
            const double* from = to - spent;
            for (std::size_t x = 0; x < run; ++x) to[x] = std::max(to[x], value + from[x]);
          }
    }
    size *= radix[i];
  }
  const std::size_t count = std::size_t{1} << n;
  if (std::ranges::all_of(radix, [](std::size_t r) { return r == 2; })) return best;
  std::vector<double> v(count);
  std::vector<std::size_t> index(count, 0);
  for (std::size_t t = 1; t < count; ++t) {
    const auto i = static_cast<unsigned>(std::countr_zero(t));
    index[t] = index[t & (t - 1)] + (radix[i] - 1) * stride[i];
    v[t] = best[index[t]];
  }
  return v;
}

}  // namespace entente::exchange
