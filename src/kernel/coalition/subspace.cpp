#include "kernel/coalition/subspace.hpp"

namespace entente::coalition {
namespace {

__extension__ using Wide = unsigned __int128;
constexpr std::uint64_t p = Subspace::prime;

std::uint64_t times(std::uint64_t a, std::uint64_t b) noexcept {
  const auto w = static_cast<Wide>(a) * b;
  return Subspace::plus(static_cast<std::uint64_t>(w) & p, static_cast<std::uint64_t>(w >> 61));
}
std::uint64_t minus(std::uint64_t a, std::uint64_t b) noexcept { return a >= b ? a - b : a + p - b; }
std::uint64_t inverse(std::uint64_t a) noexcept {
  if (a == 1) return 1;
  if (a == p - 1) return a;
  std::uint64_t r = 1;
  for (std::uint64_t e = p - 2; e; e >>= 1, a = times(a, a))
    if (e & 1u) r = times(r, a);
  return r;
}

}  // namespace

bool Subspace::add(Mask s) noexcept {
  Row r{};
  for (unsigned i = 0; i < n_; ++i) r[i] = s >> i & 1u;
  const auto eliminate = [this](Row& from, const Row& row, unsigned pivot) {
    const std::uint64_t k = from[pivot];
    if (k == 0) return;
    for (unsigned i = 0; i < n_; ++i)
      if (row[i] != 0) from[i] = minus(from[i], times(k, row[i]));
  };
  for (unsigned q = 0; q < rank_; ++q) eliminate(r, rows_[q], pivot_[q]);
  unsigned pivot = 0;
  while (pivot < n_ && r[pivot] == 0) ++pivot;
  if (pivot == n_) return false;
  const std::uint64_t k = inverse(r[pivot]);
  if (k != 1)
    for (unsigned i = 0; i < n_; ++i) r[i] = times(r[i], k);
  for (unsigned q = 0; q < rank_; ++q) eliminate(rows_[q], r, pivot);
  rows_[rank_] = r;
  pivot_[rank_++] = pivot;
  return true;
}

std::array<std::uint64_t, most_players> Subspace::functional() const noexcept {
  std::array<std::uint64_t, most_players> f{};
  Mask pivots = 0;
  for (unsigned q = 0; q < rank_; ++q) pivots |= Mask{1} << pivot_[q];
  std::uint64_t state = 0x9e3779b97f4a7c15ull;
  for (unsigned j = 0; j < n_; ++j) {
    if (pivots >> j & 1u) continue;
    state += 0x9e3779b97f4a7c15ull;  // SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195)
    std::uint64_t z = state;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ z >> 27) * 0x94d049bb133111ebull;
    f[j] = (z ^ z >> 31) % p;
    for (unsigned q = 0; q < rank_; ++q) f[pivot_[q]] = minus(f[pivot_[q]], times(rows_[q][j], f[j]));
  }
  return f;
}

}  // namespace entente::coalition
