// The market of one zone, as if its arcs had no bounds: one price level, and net supply a sum of non-decreasing curves
// with jumps (flat pieces) and kinks. Find the level at which it crosses minus the imports.
//
// Method. A trial level is evaluated; if the crossing is not in its jump, Newton proposes the next. Between the trial
// and the proposal there may be jumps and kinks: the last of these is tried first, so jumps are hit exactly, and
// between kinks linear pieces are exact after one step. With elastic pieces Newton works on the logarithms of demand
// and supply over the logarithm of the price, which is exact at once for one consumer with fixed supply. The bracket
// shrinks at every trial; after many trials bisection takes over.
//
// The last Newton step is taken in quantities as well as in the level (first order, when what is left is of second
// order below rounding). So the balance holds to the rounding of quantities even where the curve is so flat that the
// level's own rounding moves much: 1e6 units on a rise of 1e-6 around a price of 20 would miss by 4e-9 of themselves.
#include <algorithm>
#include <cmath>

#include "kernel/market/state.hpp"

namespace entente::market {
namespace {

constexpr double rounding = 2.220446049250313e-16;

class Crossing {
 public:
  explicit Crossing(Workspace::Body& w) : w_(w), locals_(w.locals) {}

  Found find(double hint, double& level) {
    gather();
    if (locals_.empty()) {
      level = 0;
      return Found::optimum;
    }
    Found found = Found::optimum;
    double at = hint;
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

 private:
  void gather() {
    locals_.clear();
    fixed_ = 0;
    fixed_size_ = 0;
    for (const std::uint32_t v : w_.order) {
      const Node& node = w_.nodes[v];
      fixed_ += node.imported;
      fixed_size_ += node.passing;
      for (std::int32_t i = node.piece; i >= 0; i = w_.pieces[i].next) {
        const Piece& p = w_.pieces[i];
        const double low = p.low - node.offset, high = p.high - node.offset;
        locals_.push_back({.low = low,
                           .high = high,
                           .least = p.least,
                           .most = p.most,
                           .rate = p.rate,
                           .offset = node.offset,
                           .piece = i,
                           .curve = low < high ? p.curve : Curve::flat,
                           .falling = p.falling});
      }
    }
  }

  // Net supply at `x`: rest_ without the flat pieces that jump there, what they can add (sellers) or take (buyers), and
  // slopes to either side.
  void evaluate(double x) {
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
        const Piece& p = w_.pieces[l.piece];
        const double price = x + l.offset, q = p.a * std::exp(p.b * std::log(price * p.per_p0));
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
  [[nodiscard]] double curve(const Local& l, double x) const {
    if (x <= l.low) return l.least;
    if (x >= l.high) return l.most;
    if (l.curve == Curve::linear) return l.falling ? l.most - (l.high - x) * l.rate : l.least + (x - l.low) * l.rate;
    const Piece& p = w_.pieces[l.piece];
    return std::max(p.behind - p.a * std::exp(p.b * std::log((x + l.offset) * p.per_p0)), l.least);
  }

  [[nodiscard]] double elastic_slope(const Local& l, double price, double supply) const {
    const Piece& p = w_.pieces[l.piece];
    return price > 0 ? -p.b * (p.behind - supply) / price : 0;
  }

  // Elastic demand that responds on the side where the crossing lies, the price of the largest such consumer, and what
  // all others leave for it (summed by itself: the difference of demand and error would lose it).
  void elastic_side(double at, bool right) {
    demand_ = demand_slope_ = demand_price_ = 0;
    left_over_ = fixed_ + (right ? jump_up_ : jump_down_);
    double largest = 0;
    for (const Local& l : locals_) {
      if (l.curve != Curve::elastic || (right ? at < l.low || at >= l.high : at <= l.low || at > l.high)) {
        left_over_ += l.at;
        continue;
      }
      const double behind = w_.pieces[l.piece].behind, q = behind - l.at;
      left_over_ += behind;
      demand_ += q;
      demand_slope_ += l.slope;
      if (!(q > largest)) continue;
      largest = q;
      demand_price_ = at + l.offset;
      demand_offset_ = l.offset;
    }
  }

  // The next trial; `last` when Newton's step is so small, or so exact, that it is the last.
  double proposal(double at, double slope, bool right, bool& last) {
    double to = right ? infinite : -infinite;
    elastic_side(at, right);
    bool plain = true;
    const bool first = !(slope > 0) || !std::isfinite(slope) || !std::isfinite(error_);
    if (!first) {
      to = at - error_ / slope;
      if (demand_ > 0 && std::isfinite(demand_)) {
        const double supply = left_over_;
        if (supply > 0 && std::abs(error_) > 1e-3 * supply) {
          const double fall = demand_slope_ / demand_, rise = (slope - demand_slope_) / supply;
          plain = !(rise < fall);
          const double z = std::log(demand_ / supply) / (demand_price_ * (fall + rise));
          if (!plain)
            to = std::abs(z) < 0.5 ? at + demand_price_ * std::expm1(z) : demand_price_ * std::exp(z) - demand_offset_;
        }
      }
    }
    if (first) {
      const double next = further(at, right);
      last = next == at;  // nothing gives any more: only rounding is left
      return next;
    }
    if (right ? !(to < right_) : !(to > left_)) to = right ? right_ : left_;
    // Jumps and kinks on the way: the last one before `to`.
    double kink = at;
    for (const Local& l : locals_)
      for (const double x : {l.low, l.high})
        if (right ? x > kink && x < to : x < kink && x > to) kink = x;
    if (kink != at) return kink;
    if (to == left_ || to == right_) return std::isfinite(left_ + right_) ? 0.5 * (left_ + right_) : to;
    last = plain && std::abs(error_) <= 0.125 * size_ &&
           (demand_ <= 0 || std::abs(to - at) * demand_slope_ <= 1e-9 * demand_);
    return to;
  }

  // Newton's step from `at` in level and quantities; the steepest piece takes what rounding leaves. False: too much is
  // left for that, and there are other levels to try. Where there are none because numbers end (elastic consumers close
  // to a price of zero), the crossing lies between two numbers, and so does what the pieces take, the first by index
  // first.
  bool finish(double& at, double slope, bool right, double noise) {
    const double to = slope > 0 && std::isfinite(slope) ? std::clamp(at - error_ / slope, left_, right_) : at;
    const double step = to - at;
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
        const double next = curve(*steepest, std::nextafter(to, right ? infinite : -infinite));
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
        const double here = curve(l, at), next = curve(l, std::nextafter(at, right ? infinite : -infinite));
        l.at = std::clamp(here - left, std::min(here, next), std::max(here, next));
        left += l.at - here;
      }
    }
    at = to;
    return true;
  }

  // Any trial beyond `at` where the crossing may be: the nearest jump or kink, or the middle of the bracket; `at`
  // itself when there is none.
  double further(double at, bool right) const {
    double to = right ? right_ : left_;
    bool found = false;
    for (const Local& l : locals_)
      for (const double x : {l.low, l.high})
        if (right ? x > at && x < to : x < at && x > to) to = x, found = true;
    if (found) return to;
    const double middle = 0.5 * (left_ + right_);
    return std::isfinite(middle) && middle > left_ && middle < right_ ? middle : at;
  }

  // The crossing lies in the jump at `x`. What the rest leaves over is bought, or what it lacks is produced, by the
  // flat pieces there, the first by index first: nothing is traded that gains nobody anything.
  void fill(double x, double noise) {
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
  void flood(double& x) {
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
    for (const Local& l : locals_)
      much += std::abs(w_.pieces[l.piece].now) + (std::isfinite(l.at) ? std::abs(l.at) : 0);
    for (Local& l : locals_) {
      if (std::isinf(l.at)) l.at = -2 * much;
      left += l.at;
    }
    source->at -= left;
  }

  Workspace::Body& w_;
  std::vector<Local>& locals_;
  double left_ = -infinite, right_ = infinite;
  double fixed_ = 0, fixed_size_ = 0;
  double rest_ = 0, jump_up_ = 0, jump_down_ = 0, slope_left_ = 0, slope_right_ = 0, size_ = 0, error_ = 0;
  double demand_ = 0, demand_slope_ = 0, demand_price_ = 0, demand_offset_ = 0, left_over_ = 0;
};

}  // namespace

Found local_market(Workspace::Body& w, double hint, double& level) { return Crossing(w).find(hint, level); }

void quote(Workspace::Body& w, double level) {
  double ask = infinite, bid = -infinite, span = 0;
  for (const std::uint32_t v : w.order) {
    const Node& node = w.nodes[v];
    span = std::max(span, std::abs(node.offset));
    for (std::int32_t i = node.piece; i >= 0; i = w.pieces[i].next) {
      const Piece& p = w.pieces[i];
      const double low = p.low - node.offset, high = p.high - node.offset;
      if (p.target < p.most) ask = std::min(ask, low < high ? std::max(level, low) : low);
      if (p.target > p.least) bid = std::max(bid, low < high ? std::min(level, high) : low);
    }
  }
  const bool some = std::isfinite(ask) || std::isfinite(bid);
  const double size = some ? span + std::min(std::abs(ask), std::abs(bid)) : span;
  const std::uint32_t root = w.order.front();
  for (const std::uint32_t v : w.order) {
    Node& node = w.nodes[v];
    node.zone = root;
    node.ask = ask + node.offset;
    node.bid = bid + node.offset;
    node.span = span;
    node.size = size;
  }
}

}  // namespace entente::market
