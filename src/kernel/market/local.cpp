// The market of one zone, as if its arcs had no bounds: one price level, and net supply a sum of non-decreasing curves
// with jumps (flat pieces) and kinks. Find the level at which it crosses minus the imports.
//
// Method. A trial level is evaluated; if the crossing is not in its jump, Newton proposes the next, on the logarithms
// of demand and supply over the logarithm of the price where demand is elastic. Where jumps and kinks lie between,
// supply is added up from one to the next, and demand is taken as one consumer's of the present elasticity, up to where
// the two should meet (propose.hpp): in a jump that is hit exactly, between kinks Newton's next start. The bracket
// shrinks at every trial; after many trials bisection takes over. A level that differs from a jump or kink by rounding
// alone is put there: beside it a curve would trade the rounding, and a price that nobody fixes would look fixed.
//
// One elastic consumer that alone responds needs no last trial: it buys what the others leave, and the price follows
// from its curve. Not where that price is a small difference of large levels and far away: its digits would be lost.
//
// The last Newton step is taken in quantities as well as in the level (first order, when what is left is of second
// order below rounding). So the balance holds to the rounding of quantities even where the curve is so flat that the
// level's own rounding moves much: 1e6 units on a rise of 1e-6 around a price of 20 would miss by 4e-9 of themselves.
//
// Cost. Elements of the zone a trial; one or two trials where curves are flat or linear, about three where two elastic
// consumers and rising costs meet. An elastic curve costs a logarithm and an exponential at each new price.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "kernel/market/propose.hpp"

namespace entente::market {

inline Found Crossing::find(double hint, double& level) {
  gather();
  if (locals_.empty()) {
    level = 0;
    return Found::optimum;
  }
  Found found = Found::optimum;
  double at = snapped(hint);
  for (int trial = 0;; ++trial) {
    evaluate(at);
    const double noise = std::isfinite(size_) ? 4 * rounding * size_ : 0;
    if (std::isnan(rest_ + jump_up_)) {
      found = Found::unlimited;
      flood(at);
      break;
    }
    if (rest_ + jump_down_ <= noise && rest_ + jump_up_ >= -noise) {
      fill(at, noise);
      break;
    }
    bool right = rest_ + jump_up_ < 0;
    error_ = rest_ + (right ? jump_up_ : jump_down_);
    (right ? left_ : right_) = at;
    double slope = right ? slope_right_ : slope_left_;
    bool last = false;
    const bool halve = trial > 60 && std::isfinite(left_ + right_);
    const double next = halve ? 0.5 * (left_ + right_) : proposal(at, slope, right, last);
    if (alone_) {
      take(at, right);
      at = next;
      break;
    }
    if (!last && next > left_ && next < right_) {
      at = next;
      continue;
    }
    if (!std::isfinite(error_) && std::isfinite(right ? right_ : left_) && further(at, right) == at) {
      at = right ? right_ : left_;  // next to a price of zero: the other end of the bracket has numbers
      evaluate(at);
      right = !right;
      error_ = rest_ + (right ? jump_up_ : jump_down_);
      slope = right ? slope_right_ : slope_left_;
    }
    if (finish(at, slope, right, noise)) break;
    at = further(at, right);
  }
  level = at;
  for (const Local& l : locals_) w_.pieces[l.piece].target = l.at;
  return found;
}

inline void Crossing::gather() {
  locals_.clear();
  fixed_ = 0;
  fixed_size_ = 0;
  span_ = 0;
  for (const std::uint32_t v : w_.order) {
    const Node& node = w_.nodes[v];
    fixed_ += node.imported;
    fixed_size_ += node.passing;
    for (std::int32_t i = node.piece; i >= 0; i = w_.pieces[i].next) {
      const Piece& p = w_.pieces[i];
      const double offset = node.offset + p.shift, low = p.low - offset, high = p.high - offset;
      span_ = std::max(span_, std::abs(offset));
      locals_.push_back({.low = low,
                         .high = high,
                         .least = p.least,
                         .most = p.most,
                         .rate = p.rate,
                         .offset = offset,
                         .piece = i,
                         .curve = low < high ? p.curve : Curve::flat,
                         .falling = p.falling});
    }
  }
}

// `x`, or the jump or kink that it should be: next to one, a curve would sell or buy the rounding of the level.
inline double Crossing::snapped(double x) const {
  for (const Local& l : locals_) {
    if (same(x, l.low)) return l.low;
    if (same(x, l.high)) return l.high;
  }
  return x;
}

// Net supply at `x`: rest_ without the flat pieces that jump there, what they can add (sellers) or take (buyers), and
// slopes to either side.
inline void Crossing::evaluate(double x) {
  rest_ = fixed_;
  size_ = fixed_size_;
  jump_up_ = jump_down_ = slope_left_ = slope_right_ = 0;
  for (Local& l : locals_) {
    if (x <= l.low) {
      l.at = l.least;
      l.slope = 0;
      if (x == l.low) {
        if (l.curve == Curve::flat) {
          jump_up_ += l.most;
          jump_down_ += l.least;
          l.at = 0;
          continue;
        }
        if (l.curve == Curve::linear) l.slope = l.rate;
        else if (std::isfinite(l.least)) l.slope = elastic_slope(l, w_.pieces[l.piece].low, l.least);
        slope_right_ += l.slope;
      }
    } else if (x >= l.high) {
      l.at = l.most;
      l.slope = 0;
      if (x == l.high && l.curve != Curve::flat) {
        l.slope = l.curve == Curve::linear ? l.rate : elastic_slope(l, w_.pieces[l.piece].high, l.most);
        slope_left_ += l.slope;
      }
    } else if (l.curve == Curve::linear) {
      l.at = l.falling ? l.most - (l.high - x) * l.rate : l.least + (x - l.low) * l.rate;
      l.slope = l.rate;
      slope_left_ += l.rate;
      slope_right_ += l.rate;
    } else {
      Piece& p = w_.pieces[l.piece];
      const double price = x + l.offset;
      if (price != p.asked) p.asked = price, p.bought = p.a * math::exp(p.b * math::log(price * p.per_p0));
      const double q = p.bought;
      l.at = std::max(p.behind - q, l.least);
      l.slope = -p.b * q / price;
      slope_left_ += l.slope;
      slope_right_ += l.slope;
    }
    rest_ += l.at;
    size_ += std::abs(l.at);
  }
}

/// Net supply of a piece that is not flat.
inline double Crossing::curve(const Local& l, double x) const {
  if (x <= l.low) return l.least;
  if (x >= l.high) return l.most;
  if (l.curve == Curve::linear) return l.falling ? l.most - (l.high - x) * l.rate : l.least + (x - l.low) * l.rate;
  const Piece& p = w_.pieces[l.piece];
  return std::max(p.behind - p.a * math::exp(p.b * math::log((x + l.offset) * p.per_p0)), l.least);
}

inline double Crossing::elastic_slope(const Local& l, double price, double supply) const {
  const Piece& p = w_.pieces[l.piece];
  return price > 0 ? -p.b * (p.behind - supply) / price : 0;
}

// From `at` to the crossing, between which one elastic consumer alone responds: it buys what the others leave.
inline void Crossing::take(double at, bool right) {
  for (Local& l : locals_)
    if (l.curve == Curve::flat && l.low == at) l.at = right ? l.most : l.least;
  const Piece& p = w_.pieces[alone_->piece];
  alone_->at = std::clamp(p.behind - left_over_, alone_->least, alone_->most);
}

// Newton's step from `at` in level and quantities; the steepest piece takes what rounding leaves. False: too much is
// left for that, and there are other levels to try. Where there are none because numbers end (elastic consumers close
// to a price of zero), the crossing lies between two numbers, and so does what the pieces take, the first by index
// first.
inline bool Crossing::finish(double& at, double slope, bool right, double noise) {
  const double newton = slope > 0 && std::isfinite(slope) ? -error_ / slope : 0;
  const double to = std::clamp(at + newton, left_, right_);
  const double step =
      to == at + newton ? newton : to - at;  // unrounded: the level's rounding can be much in quantities
  double left = error_;
  Local* steepest = nullptr;
  for (Local& l : locals_) {
    if (l.curve == Curve::flat) {
      if (l.low == at) l.at = right ? l.most : l.least;
      continue;
    }
    if (l.slope == 0 || (right ? at >= l.high : at <= l.low)) continue;
    const double before = l.at;
    l.at = std::clamp(l.at + step * l.slope, l.least, l.most);
    left += l.at - before;
    if (!steepest || l.slope > steepest->slope) steepest = &l;
  }
  if (steepest) {
    const double before = steepest->at;
    double least = steepest->least, most = steepest->most;
    if (std::abs(left) > 2 * noise) {
      const double next = curve(*steepest, math::next_after(to, right ? infinite : -infinite));
      least = std::min(before, next);
      most = std::max(before, next);
    }
    steepest->at = std::clamp(before - left, least, most);
    left += steepest->at - before;
  }
  if (std::abs(left) > 2 * noise) {
    if (further(at, right) != at) return false;
    left = std::isfinite(error_) ? error_ : 0;
    for (Local& l : locals_) {
      if (l.curve == Curve::flat || left == 0) continue;
      const double here = curve(l, at), next = curve(l, math::next_after(at, right ? infinite : -infinite));
      l.at = std::clamp(here - left, std::min(here, next), std::max(here, next));
      left += l.at - here;
    }
  }
  at = to;
  return true;
}

// The crossing lies in the jump at `x`. What the rest leaves over is bought, or what it lacks is produced, by the
// flat pieces there, the first by index first: nothing is traded that gains nobody anything.
inline void Crossing::fill(double x, double noise) {
  double need = std::abs(rest_);
  while (need > noise) {
    Local* next = nullptr;
    for (Local& l : locals_)
      if (l.curve == Curve::flat && l.low == x && l.at == 0 && (rest_ > 0) == (l.least < 0) &&
          (!next || l.piece < next->piece))
        next = &l;
    if (!next) return;
    const double room = next->most - next->least;
    const double share = need >= room - noise ? room : need;
    next->at = rest_ > 0 ? -share : share;
    need -= share;
  }
}

// Supply without limit meets demand that has none at its price, which is not above 0. More of both is always better:
// more, then, than all arcs of the zone could carry besides what all others do at that price.
inline void Crossing::flood(double& x) {
  Local* source = nullptr;
  for (Local& l : locals_)
    if (std::isinf(l.most) && (!source || l.low < source->low)) source = &l;
  if (!source) return;  // numbers beyond the machine's
  x = source->low;
  evaluate(x);
  double much = 1 + fixed_size_, left = fixed_;
  for (const std::uint32_t v : w_.order) {
    const std::int32_t arc = w_.nodes[v].parent_arc;
    if (arc >= 0 && std::isfinite(w_.arcs[arc].capacity)) much += w_.arcs[arc].capacity;
  }
  for (const Local& l : locals_) much += std::abs(w_.pieces[l.piece].now) + (std::isfinite(l.at) ? std::abs(l.at) : 0);
  for (Local& l : locals_) {
    if (std::isinf(l.at)) l.at = -2 * much;
    left += l.at;
  }
  source->at -= left;
}

Found local_market(Workspace::Body& w, double hint, double& level) { return Crossing(w).find(hint, level); }

}  // namespace entente::market
