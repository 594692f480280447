// What the coalition kernel's property tests share: how many games, which, and how a failing one is told.
#pragma once
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdlib>
#include <sstream>

#include "property/coalition_games.hpp"
#include "support/property.hpp"

namespace trial {

using oracle::Mask;
using oracle::Vec;

using entente::tests::times;

/// Each kind of game in turn, and each number of players in [low, high] for each kind.
inline oracle::Game numbered(std::uint64_t k, unsigned low, unsigned high) {
  return oracle::game(k, low + static_cast<unsigned>(k / oracle::games::number_of_kinds % (high - low + 1)));
}

inline std::string written(const oracle::Game& g, const Vec& x) {
  std::ostringstream out;
  out.precision(17);
  out << g.name << "; worth:";
  for (std::size_t s = 0; s < g.worth.size() && s < 64; ++s) out << ' ' << g.worth[s];
  out << "; x:";
  for (double a : x) out << ' ' << a;
  return out.str();
}

inline Mask grand(const Vec& v) { return static_cast<Mask>(v.size() - 1); }
inline double distance(const Vec& a, const Vec& b) {
  if (a.size() != b.size()) return INFINITY;
  double d = 0;
  for (std::size_t i = 0; i < a.size(); ++i) d = std::max(d, std::abs(a[i] - b[i]));
  return d;
}
inline Vec sum(const Vec& a, const Vec& b) {
  Vec c = a;
  for (std::size_t i = 0; i < c.size(); ++i) c[i] += b[i];
  return c;
}

/// A property over `cases` random instances, the same ones in every run; a failing one is made small and told.
template <class F>
void property(std::uint64_t cases, F f) {
  rc::detail::TestParams params;
  params.seed = 20'250'509;
  params.maxSuccess = static_cast<int>(times(cases));
  const auto result = rc::detail::checkTestable(std::move(f), rc::detail::TestMetadata{}, params);
  std::ostringstream told;
  rc::detail::printResultMessage(result, told);
  EXPECT_TRUE(result.template is<rc::detail::SuccessResult>()) << told.str();
}

/// A whole number in [low, high], evenly from the first case on; RapidCheck would begin with the smallest.
inline unsigned any_of(unsigned low, unsigned high) { return *rc::gen::resize(100, rc::gen::inRange(low, high + 1)); }
/// Throws of one's own, for what is not to be made smaller.
inline oracle::Dice any_dice() { return oracle::Dice(any_of(0, 1U << 30)); }

/// A table of whole numbers from -9 to 9 for n players from `low` to `high`; it shrinks towards few players and zeros.
inline Vec any_game(unsigned low, unsigned high) {
  const unsigned n = any_of(low, high);
  const auto whole = *rc::gen::container<std::vector<int>>(std::size_t{1} << n, rc::gen::inRange(-9, 10));
  Vec v(whole.begin(), whole.end());
  v[0] = 0;
  return v;
}
inline Vec any_weights(unsigned n) {
  const auto whole = *rc::gen::container<std::vector<int>>(n, rc::gen::inRange(1, 10));
  return Vec(whole.begin(), whole.end());
}
/// An order of the players: player i is called order[i] in the other game.
inline std::vector<unsigned> any_order(unsigned n) {
  std::vector<unsigned> order(n);
  std::iota(order.begin(), order.end(), 0U);
  for (unsigned i = n; i > 1; --i) std::swap(order[i - 1], order[any_of(0, i - 1)]);
  return order;
}
inline Mask renamed(Mask s, const std::vector<unsigned>& order) {
  Mask t = 0;
  for (unsigned i = 0; i < order.size(); ++i)
    if (oracle::in(s, i)) t |= oracle::bit(order[i]);
  return t;
}
inline Vec renamed(const Vec& v, const std::vector<unsigned>& order) {
  Vec w(v.size());
  for (Mask s = 0; s < v.size(); ++s) w[renamed(s, order)] = v[s];
  return w;
}

}  // namespace trial
