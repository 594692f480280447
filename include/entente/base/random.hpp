// Random numbers that depend on (seed, stream, index) alone: Philox4x32-10 (Salmon, Moraes, Dror, Shaw 2011,
// doi:10.1145/2063384.2063405), a keyed permutation of 0..n-1 by a small-domain Feistel network with cycle walking, and
// Latin hypercube points computed at any index without a table. Adding a number to a file or asking a slice of the
// draws leaves every other draw where it was.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace entente {

/// Ten rounds of Philox 4x32.
[[nodiscard]] std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                                  std::array<std::uint32_t, 2> key) noexcept;

/// Stable 64-bit hash of a name (FNV-1a, then a finaliser); the same on every machine.
[[nodiscard]] std::uint64_t stable_hash(std::string_view name) noexcept;

/// A uniform in the open interval (0,1): (b + 1/2) 2^-52 for 52 random bits b.
[[nodiscard]] double uniform(std::uint64_t seed, std::uint64_t stream, std::uint64_t index) noexcept;

/// A permutation of 0..n-1 chosen by (seed, stream), computed at one point; n >= 1. Expected O(1).
[[nodiscard]] std::uint64_t permute(std::uint64_t seed, std::uint64_t stream, std::uint64_t index,
                                    std::uint64_t n) noexcept;

/// A coordinate of a Latin hypercube of n points with all that its points share made once.
class Latin {
 public:
  Latin(std::uint64_t seed, std::uint64_t stream, std::uint64_t n) noexcept;
  /// The same as latin(seed, stream, index, n), bit for bit.
  [[nodiscard]] double operator()(std::uint64_t index) const noexcept;

 private:
  friend std::uint64_t permute(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t) noexcept;
  [[nodiscard]] std::uint64_t cell(std::uint64_t index) const noexcept;
  std::array<std::uint64_t, 6> round_key_{};
  std::array<std::uint32_t, 2> key_{};
  std::uint64_t stream_, n_, half_ = 0;
  int w_ = 0;
};

/// Point `index` of a Latin hypercube of n points in coordinate `stream`: one point in each of the n cells [i/n,
/// (i+1)/n).
[[nodiscard]] double latin(std::uint64_t seed, std::uint64_t stream, std::uint64_t index, std::uint64_t n) noexcept;

}  // namespace entente
