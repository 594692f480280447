// Which level a zone's market tries next (essay in local.cpp, which alone includes this).
#pragma once
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "kernel/market/crossing.hpp"

namespace entente::market {

// Elastic demand that responds on the side where the crossing lies, the price of the largest such consumer, and what
// all others leave for it (summed by itself: the difference of demand and error would lose it).
inline void Crossing::elastic_side(double at, bool right) {
  demand_ = demand_slope_ = demand_price_ = 0;
  alone_ = nullptr;
  shrinks_ = false;
  std::size_t responding = 0;
  bool linear = false;
  left_over_ = fixed_ + (right ? jump_up_ : jump_down_);
  double largest = 0;
  for (Local& l : locals_) {
    if (l.curve != Curve::elastic || (right ? at < l.low || at >= l.high : at <= l.low || at > l.high)) {
      left_over_ += l.at;
      linear = linear || l.slope > 0;
      shrinks_ = shrinks_ || (l.slope > 0 && (right ? l.most <= 0 : l.least >= 0));
      continue;
    }
    const double behind = w_.pieces[l.piece].behind, q = behind - l.at;
    left_over_ += behind;
    demand_ += q;
    demand_slope_ += l.slope;
    alone_ = responding++ == 0 ? &l : nullptr;
    if (!(q > largest)) continue;
    largest = q;
    demand_price_ = at + l.offset;
    demand_offset_ = l.offset;
  }
  if (linear) alone_ = nullptr;
}

// The next trial; `last` when Newton's step is so small, or so exact, that it is the last.
inline double Crossing::proposal(double at, double slope, bool right, bool& last) {
  double to = right ? infinite : -infinite;
  elastic_side(at, right);
  bool plain = true;
  const bool first = !(slope > 0) || !std::isfinite(slope) || !std::isfinite(error_);
  if (!first) {
    to = at - error_ / slope;
    if (!(left_over_ > 0)) alone_ = nullptr;
    if (demand_ > 0 && std::isfinite(demand_)) {
      const double supply = left_over_;
      if (alone_ || (supply > 0 && std::abs(error_) > 1e-3 * supply)) {
        const double fall = demand_slope_ / demand_, rise = (slope - demand_slope_) / supply;
        plain = !(rise < fall);
        const double z = math::log(demand_ / supply) / (demand_price_ * (fall + rise));
        if (!plain)
          to = std::abs(z) < 0.5 ? at + demand_price_ * math::expm1(z) : demand_price_ * math::exp(z) - demand_offset_;
      }
    }
    // A price that is small beside what it is the difference of has lost digits, and a far step would scale their loss.
    const double clear = 16 * demand_price_;
    if (plain || (clear < std::abs(at) && to + demand_offset_ > clear)) alone_ = nullptr;
  }
  if (first) {
    alone_ = nullptr;
    const double next = further(at, right);
    last = next == at;  // nothing gives any more: only rounding is left
    return next;
  }
  // A step that leaves nothing but rounding: what shrinks by much would keep the rounding of what it was.
  const double step = error_ / slope;
  const bool good = plain && std::abs(error_) <= (demand_ <= 0 && !shrinks_ ? 1 : 0.125) * size_ &&
                    (demand_ <= 0 || std::abs(step) * demand_slope_ <= 2e-8 * demand_);
  if (to == at) {
    alone_ = nullptr;
    last = good;  // less than the level's own rounding is missing: the rest is taken in quantities
    return last ? to : further(at, right);
  }
  if (right ? !(to < right_) : !(to > left_)) to = right ? right_ : left_, alone_ = nullptr;
  const double kink = next_kink(at, right);
  if (right ? kink < to : kink > to) {
    alone_ = nullptr;
    return locals_.size() <= 16 ? walk(at, slope - demand_slope_, right) : last_kink(at, to, right);
  }
  if (same(kink, to) && kink != (right ? right_ : left_)) {
    alone_ = nullptr;
    return kink;
  }
  if (alone_) return to;
  if (to == left_ || to == right_) return std::isfinite(left_ + right_) ? 0.5 * (left_ + right_) : to;
  last = good;
  return to;
}

// The next jump or kink from `x` on, or the end of the bracket.
inline double Crossing::next_kink(double x, bool right) const {
  double to = right ? right_ : left_;
  for (const Local& l : locals_) {
    if (right) {
      if (l.low > x) to = std::min(to, l.low);
      else if (l.high > x) to = std::min(to, l.high);
    } else {
      if (l.high < x) to = std::max(to, l.high);
      else if (l.low < x) to = std::max(to, l.low);
    }
  }
  return to;
}

// The last jump or kink before `to`: where there are many of them, walking costs more than it saves.
inline double Crossing::last_kink(double at, double to, bool right) const {
  double kink = at;
  for (const Local& l : locals_)
    for (const double x : {l.low, l.high})
      if (right ? x > kink && x < to : x < kink && x > to) kink = x;
  return kink;
}

// Where the crossing should lie beyond the next kink: from kink to kink, with supply as it is and demand as one
// consumer of the present elasticity would have it. In a jump: that level; between kinks: where a straight line
// crosses. Only a guess for the next trial, as is where it stops early.
inline double Crossing::walk(double at, double rise, bool right) const {
  const double power = demand_ > 0 ? -demand_slope_ * demand_price_ / demand_ : 0;
  double x = at, supply = left_over_, demand = demand_;
  for (int step = 0; step < 16; ++step) {
    const double next = next_kink(x, right);
    if (next == (right ? right_ : left_)) return std::isfinite(next) ? 0.5 * (x + next) : x;
    const double before = supply - demand, ahead = 1 + (next - at) / demand_price_;
    if (!(demand_ <= 0 || ahead > 0)) return next;
    supply += rise * (next - x);
    if (demand_ > 0) demand = demand_ * math::exp(power * math::log(ahead));
    const double after = supply - demand;
    if (right ? !(after < 0) : !(after > 0)) {
      const double to = x - before * (next - x) / (after - before);
      return step > 0 && (right ? to > x && to < next : to < x && to > next) ? to : next;
    }
    double jump = 0;
    for (const Local& l : locals_) {
      if (l.low != next && l.high != next) continue;
      if (l.curve == Curve::elastic) return next;
      if (l.curve == Curve::flat) jump += l.most - l.least;
      else rise += (l.low == next) == right ? l.rate : -l.rate;
    }
    supply += right ? jump : -jump;
    if (right ? !(supply < demand) : !(supply > demand)) return next;
    x = next;
  }
  return x;
}

// Any trial beyond `at` where the crossing may be: the nearest jump or kink, or the middle of the bracket; `at`
// itself when there is none.
inline double Crossing::further(double at, bool right) const {
  double to = right ? right_ : left_;
  bool found = false;
  for (const Local& l : locals_)
    for (const double x : {l.low, l.high})
      if (right ? x > at && x < to : x < at && x > to) to = x, found = true;
  if (found) return to;
  const double middle = 0.5 * (left_ + right_);
  return std::isfinite(middle) && middle > left_ && middle < right_ ? middle : at;
}

}  // namespace entente::market
