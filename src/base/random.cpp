#include "entente/base/random.hpp"

#include <bit>

namespace entente {
namespace {

std::uint64_t mix(std::uint64_t x) noexcept {  // finaliser of splitmix64
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
  return x ^ (x >> 31);
}

std::array<std::uint32_t, 2> key_of(std::uint64_t seed) noexcept {
  const std::uint64_t k = mix(seed + 0x9e3779b97f4a7c15ull);
  return {static_cast<std::uint32_t>(k), static_cast<std::uint32_t>(k >> 32)};
}

std::array<std::uint32_t, 4> rounds(std::array<std::uint32_t, 4> c, std::array<std::uint32_t, 2> k) noexcept {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = std::uint64_t{0xD2511F53u} * c[0], p1 = std::uint64_t{0xCD9E8D57u} * c[2];
    c = {static_cast<std::uint32_t>(p1 >> 32) ^ c[1] ^ k[0], static_cast<std::uint32_t>(p1),
         static_cast<std::uint32_t>(p0 >> 32) ^ c[3] ^ k[1], static_cast<std::uint32_t>(p0)};
    k[0] += 0x9E3779B9u;
    k[1] += 0xBB67AE85u;
  }
  return c;
}

double uniform_of(std::uint64_t stream, std::uint64_t index, std::array<std::uint32_t, 2> key) noexcept {
  const auto r = rounds({static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32),
                         static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(stream >> 32)},
                        key);
  const std::uint64_t bits = (std::uint64_t{r[0]} << 32 | r[1]) >> 12;  // 52 bits, so that adding a half stays exact
  return (static_cast<double>(bits) + 0.5) * 0x1.0p-52;
}

}  // namespace

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> c, std::array<std::uint32_t, 2> k) noexcept {
  return rounds(c, k);
}

std::uint64_t stable_hash(std::string_view name) noexcept {
  std::uint64_t h = 0xcbf29ce484222325ull;
  for (const char ch : name) h = (h ^ static_cast<unsigned char>(ch)) * 0x100000001b3ull;
  return mix(h);
}

double uniform(std::uint64_t seed, std::uint64_t stream, std::uint64_t index) noexcept {
  return uniform_of(stream, index, key_of(seed));
}

// A balanced Feistel network on 2 w bits with 2^(2w) >= n, walked until it lands in 0..n-1: at most about four steps on
// average. Six rounds whose round function is one multiplication and a shift, keyed by Philox.
Latin::Latin(std::uint64_t seed, std::uint64_t stream, std::uint64_t n) noexcept
    : key_(key_of(seed ^ 0x6c6174696eull)), stream_(stream), n_(n) {
  if (n <= 1) return;
  const auto r =
      philox({0x7065726du, 0x75746500u, static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(stream >> 32)},
             key_of(seed));
  const std::uint64_t keys[2]{std::uint64_t{r[0]} << 32 | r[1], std::uint64_t{r[2]} << 32 | r[3]};
  w_ = static_cast<int>((std::bit_width(n - 1) + 1) / 2);
  half_ = (std::uint64_t{1} << w_) - 1;
  for (std::size_t round = 0; round < 6; ++round)
    round_key_[round] = mix(keys[round & 1] + round * 0x9e3779b97f4a7c15ull);
}

std::uint64_t Latin::cell(std::uint64_t index) const noexcept {
  if (n_ <= 1) return 0;
  std::uint64_t x = index;
  do {
    std::uint64_t left = x >> w_, right = x & half_;
    for (const std::uint64_t k : round_key_) {
      const std::uint64_t next = left ^ (mix(right + k) & half_);
      left = right;
      right = next;
    }
    x = left << w_ | right;
  } while (x >= n_);
  return x;
}

double Latin::operator()(std::uint64_t index) const noexcept {
  return (static_cast<double>(cell(index)) + uniform_of(stream_, index, key_)) / static_cast<double>(n_);
}

std::uint64_t permute(std::uint64_t seed, std::uint64_t stream, std::uint64_t index, std::uint64_t n) noexcept {
  return Latin(seed, stream, n).cell(index);
}

double latin(std::uint64_t seed, std::uint64_t stream, std::uint64_t index, std::uint64_t n) noexcept {
  return Latin(seed, stream, n)(index);
}

}  // namespace entente
