// Vertices of polyhedra by double description (Motzkin, Raiffa, Thompson, Thrall 1953; Fukuda and Prodon 1996,
// doi:10.1007/3-540-61576-8_77): begin with the generators of a simple polyhedron and cut with one halfspace after the
// other. A new vertex lies on the edge between a generator that stays and one that goes; two generators share an edge
// exactly when no third one lies on all the constraints that both lie on.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

namespace entente::game {

struct Bits {
  std::array<std::uint64_t, 8> word{};
  void set(std::size_t i) noexcept { word[i / 64] |= std::uint64_t{1} << (i % 64); }
  [[nodiscard]] bool has(std::size_t i) const noexcept { return word[i / 64] >> (i % 64) & 1u; }
  [[nodiscard]] Bits with(const Bits& o) const noexcept {
    Bits out;
    for (std::size_t k = 0; k < word.size(); ++k) out.word[k] = word[k] & o.word[k];
    return out;
  }
  [[nodiscard]] bool covers(const Bits& o) const noexcept {
    for (std::size_t k = 0; k < word.size(); ++k)
      if (o.word[k] & ~word[k]) return false;
    return true;
  }
  [[nodiscard]] int count() const noexcept;
  static constexpr std::size_t capacity = 512;
};

template <class Number>
struct GeneratorOf {
  std::vector<Number> at;
  bool ray = false;
  Bits tight;  // constraints that hold with equality
};
using Generator = GeneratorOf<double>;

/// What a search may still take: pairs of generators looked at.
struct Pairs {
  double left = 4e9;
  std::stop_token stop;
  [[nodiscard]] bool spend(double n) {
    left -= n;
    return left > 0 && !stop.stop_requested();
  }
};

/// Cuts with normal . x + offset >= 0, constraint number `index`. Fractions are compared exactly; a double counts as 0
/// within `share` of the sum of the sizes of its terms, or within `least`. `dimension` of the whole. False: more than
/// `most` generators, or the search has taken all it may.
template <class Number>
bool cut(std::vector<GeneratorOf<Number>>& g, std::span<const Number> normal, const Number& offset, std::size_t index,
         std::size_t dimension, double share, double least, std::size_t most, Pairs& pairs);

/// Points (x, v) with x in a product of simplices and v_j >= row . x for the rows of value j: the vertices. Rows whose
/// value is `no_value` are left out, and count as tight everywhere.
inline constexpr std::uint32_t no_value = 0xffffffffu;
template <class Number>
struct RowOf {
  std::uint32_t value = no_value;
  std::vector<Number> coefficient;  // by variable
};
using Row = RowOf<double>;
struct Vertex {
  std::vector<double> x, value;
  Bits zero, tight;  // by variable; by row
};
struct Vertices {
  std::vector<Vertex> all;
  bool complete = true;  // false: a limit was reached
};
/// Number: double or Rational (base/short_number.hpp).
template <class Number>
Vertices best_reply_vertices(std::size_t variables, const std::vector<std::vector<std::uint32_t>>& blocks,
                             std::size_t values, const std::vector<RowOf<Number>>& rows, std::size_t most,
                             Pairs& pairs);

}  // namespace entente::game
