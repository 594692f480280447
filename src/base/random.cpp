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

}  // namespace

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> c, std::array<std::uint32_t, 2> k) noexcept {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t p0 = std::uint64_t{0xD2511F53u} * c[0], p1 = std::uint64_t{0xCD9E8D57u} * c[2];
    c = {static_cast<std::uint32_t>(p1 >> 32) ^ c[1] ^ k[0], static_cast<std::uint32_t>(p1),
         static_cast<std::uint32_t>(p0 >> 32) ^ c[3] ^ k[1], static_cast<std::uint32_t>(p0)};
    k[0] += 0x9E3779B9u;
    k[1] += 0xBB67AE85u;
  }
  return c;
}

std::uint64_t stable_hash(std::string_view name) noexcept {
  std::uint64_t h = 0xcbf29ce484222325ull;
  for (const char ch : name) h = (h ^ static_cast<unsigned char>(ch)) * 0x100000001b3ull;
  return mix(h);
}

double uniform(std::uint64_t seed, std::uint64_t stream, std::uint64_t index) noexcept {
  const auto r = philox({static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(index >> 32),
                         static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(stream >> 32)},
                        key_of(seed));
  const std::uint64_t bits = (std::uint64_t{r[0]} << 32 | r[1]) >> 12;  // 52 bits, so that adding a half stays exact
  return (static_cast<double>(bits) + 0.5) * 0x1.0p-52;
}

// A balanced Feistel network on 2 w bits with 2^(2w) >= n, walked until it lands in 0..n-1: at most about four steps on
// average. Six rounds whose round function is one multiplication and a shift, keyed by Philox.
std::uint64_t permute(std::uint64_t seed, std::uint64_t stream, std::uint64_t index, std::uint64_t n) noexcept {
  if (n <= 1) return 0;
  const auto r =
      philox({0x7065726du, 0x75746500u, static_cast<std::uint32_t>(stream), static_cast<std::uint32_t>(stream >> 32)},
             key_of(seed));
  const std::uint64_t keys[2]{std::uint64_t{r[0]} << 32 | r[1], std::uint64_t{r[2]} << 32 | r[3]};
  const int w = static_cast<int>((std::bit_width(n - 1) + 1) / 2);
  const std::uint64_t half = (std::uint64_t{1} << w) - 1;
  std::array<std::uint64_t, 6> round_key;
  for (std::size_t round = 0; round < 6; ++round)
    round_key[round] = mix(keys[round & 1] + round * 0x9e3779b97f4a7c15ull);
  std::uint64_t x = index;
  do {
    std::uint64_t left = x >> w, right = x & half;
    for (const std::uint64_t k : round_key) {
      const std::uint64_t next = left ^ (mix(right + k) & half);
      left = right;
      right = next;
    }
    x = left << w | right;
  } while (x >= n);
  return x;
}

double latin(std::uint64_t seed, std::uint64_t stream, std::uint64_t index, std::uint64_t n) noexcept {
  return (static_cast<double>(permute(seed, stream, index, n)) + uniform(seed ^ 0x6c6174696eull, stream, index)) /
         static_cast<double>(n);
}

}  // namespace entente
