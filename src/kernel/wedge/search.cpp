#include "kernel/wedge/search.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace entente::wedge {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double objects = 1e-11;  // a configuration objects when a row fails by more, over the scale
constexpr double holds = 1e-10;    // a package does it when the margin is met but
                                   // for this, over the scale
constexpr int most_cuts = 2000;

bool bit(std::uint64_t set, std::size_t m) { return (set >> m & 1u) != 0; }
std::uint64_t only(std::size_t m) { return std::uint64_t{1} << m; }

}  // namespace

void Search::start(const Problem& p, const Options& options, Answer& out) {
  problem_ = &p;
  options_ = &options;
  out_ = &out;
  terms.read(p, options);
  oracle.start(p, options, terms);
  energy.assign(terms.present.begin(), terms.present.end());
  y_ = energy;
  best = infinity;
  open = infinity;
  limited = false;
  pool_pattern_.clear();
  pool_still_.clear();
  tried_.clear();
  w_.resize(terms.moves);
  sum_.resize(terms.moves);
}

double Search::tolerance() const noexcept { return (std::isfinite(best) ? 1e-9 * best : 0) + 1e-13 * terms.dearest; }

// Moves that a node leaves open: free to change and not settled.
std::uint64_t Search::range(const Branch& b) const noexcept {
  std::uint64_t set = 0;
  for (std::size_t m = 0; m < terms.moves; ++m)
    if (terms.least[m] < terms.most[m] && !bit(b.stays | b.settled, m)) set |= only(m);
  return set;
}

std::uint32_t Search::pool(const Best& b) {
  pool_pattern_.push_back(b.pattern);
  pool_still_.push_back(b.still);
  const auto labels = oracle.labels();
  out_->configurations.insert(out_->configurations.end(), labels.begin(), labels.end());
  return static_cast<std::uint32_t>(pool_pattern_.size() - 1);
}

// Columns run from 0, no change, to 1, the bound; costs over the dearest.
void Search::columns(const Branch& b) {
  column_.clear();
  cost_.clear();
  for (std::size_t m = 0; m < terms.moves; ++m) {
    if (bit(b.stays, m)) continue;
    const double fixed = bit(b.moves, m) ? 0 : terms.fixed[m];
    const auto id = static_cast<std::int32_t>(m) + 1;
    if (terms.most[m] > terms.present[m]) {
      column_.push_back(id);
      cost_.push_back((terms.up[m] * (terms.most[m] - terms.present[m]) + fixed) / terms.dearest);
    }
    if (terms.least[m] < terms.present[m]) {
      column_.push_back(-id);
      cost_.push_back((terms.down[m] * (terms.present[m] - terms.least[m]) + fixed) / terms.dearest);
    }
  }
  row_.resize(column_.size());
  program_.start(cost_);
  of_pool_.clear();
}

// The lower bound of the wanted energy in the node, from its least value f at the free energies w (settled ones at 0).
void Search::set_lower(const Branch& b, double f) {
  lower_constant_ = f;
  lower_slope_.resize(terms.moves);
  for (std::size_t m = 0; m < terms.moves; ++m) {
    double& slope = lower_slope_[m];
    slope = 0;
    if (bit(b.settled, m)) {
      slope = bit(b.cuts, m) ? 1 : 0;
      continue;
    }
    const bool stays = bit(b.stays, m);
    const double low = stays ? terms.present[m] : terms.least[m], high = stays ? low : terms.most[m];
    const double at_low = std::min(0.0, low - w_[m]), at_high = std::min(0.0, high - w_[m]);
    if (high > low) slope = (at_high - at_low) / (high - low);
    lower_constant_ += at_low - slope * low;
  }
}

void Search::values() {
  std::ranges::copy(terms.present, y_.begin());
  const auto t = program_.t();
  for (std::size_t j = 0; j < column_.size(); ++j) {
    const auto m = static_cast<std::size_t>(std::abs(column_[j]) - 1);
    y_[m] += t[j] * ((column_[j] > 0 ? terms.most[m] : terms.least[m]) - terms.present[m]);
  }
  for (std::size_t m = 0; m < terms.moves; ++m) {  // up and down may both be used where they cost nothing
    const double near = 1e-12 * (terms.most[m] - terms.least[m]);
    for (const double exact : {terms.least[m], terms.most[m], terms.present[m]})
      if (std::abs(y_[m] - exact) <= near) y_[m] = exact;
  }
}

// Rows until no unwanted configuration objects to the program's optimum.
Search::Linear Search::linear(Best& unwanted) {
  const std::size_t k = terms.moves;
  for (int cut = 0; cut < most_cuts; ++cut) {
    const auto end = program_.optimise();
    if (end == Program::End::limit) return Linear::failed;
    if (end == Program::End::infeasible) return Linear::infeasible;
    values();
    double lower = lower_constant_;
    for (std::size_t m = 0; m < k; ++m) lower += lower_slope_[m] * y_[m];
    std::size_t over = 0;
    double least = infinity;
    for (std::size_t q = 0; q < pool_pattern_.size(); ++q) {
      double x = pool_still_[q];
      for (std::uint64_t s = pool_pattern_[q]; s; s &= s - 1) x += y_[static_cast<std::size_t>(std::countr_zero(s))];
      if (x < least) least = x, over = q;
    }
    if (!(lower + terms.margin - least > objects * terms.scale)) {
      if (!oracle.ask(false, y_, 0, 0, unwanted)) return Linear::failed;
      if (!(lower + terms.margin - unwanted.energy > objects * terms.scale)) return Linear::solved;
      over = pool(unwanted);
    }
    double right = pool_still_[over] - lower_constant_ - terms.margin;
    for (std::size_t m = 0; m < k; ++m) {
      sum_[m] = lower_slope_[m] - (bit(pool_pattern_[over], m) ? 1 : 0);
      right -= sum_[m] * terms.present[m];
    }
    for (std::size_t j = 0; j < column_.size(); ++j) {
      const auto m = static_cast<std::size_t>(std::abs(column_[j]) - 1);
      const double bound = column_[j] > 0 ? terms.most[m] : terms.least[m];
      row_[j] = sum_[m] * (bound - terms.present[m]) / terms.scale;
    }
    program_.add(row_, right / terms.scale);
    of_pool_.push_back(static_cast<std::uint32_t>(over));
  }
  return Linear::failed;
}

// The program's weights by unwanted configuration, in units of cost over energy.
void Search::gather() {
  lambda_.assign(pool_pattern_.size(), 0.0);
  const auto weights = program_.weights();
  for (std::size_t r = 0; r < weights.size(); ++r) lambda_[of_pool_[r]] += weights[r] * terms.dearest / terms.scale;
}

// Lagrange's bound of the node for lambda_, and in w_ the free energies of its question. False: the optimiser's limit.
bool Search::lagrange(const Branch& b, double& bound) {
  double total = 0;
  bound = 0;
  std::ranges::fill(sum_, 0.0);
  for (std::size_t q = 0; q < lambda_.size(); ++q) {
    if (lambda_[q] == 0) continue;
    total += lambda_[q];
    bound -= lambda_[q] * pool_still_[q];
    for (std::uint64_t s = pool_pattern_[q]; s; s &= s - 1)
      sum_[static_cast<std::size_t>(std::countr_zero(s))] += lambda_[q];
  }
  bound += total * terms.margin;
  for (std::size_t m = 0; m < terms.moves; ++m) {
    const auto least = [&](double cut) {
      const double slope = total * cut - sum_[m];
      const double here = slope * terms.present[m];
      if (bit(b.stays, m)) return here;
      const auto end = [&](double y) { return terms.cost(m, y) + slope * y; };
      const double moved = std::min(end(terms.least[m]), end(terms.most[m]));
      const double forced = bit(b.moves, m) ? terms.fixed[m] : 0;
      return std::min(here + forced, moved);
    };
    w_[m] = 0;
    if (bit(b.settled, m)) {
      bound += least(bit(b.cuts, m) ? 1 : 0);
      continue;
    }
    const double apart = least(1), joined = least(0);
    bound += joined;
    w_[m] = total > 0 ? (apart - joined) / total : 0;
  }
  if (total == 0) return true;
  Best wanted;
  if (!oracle.ask(true, w_, b.settled, b.cuts, wanted)) return false;
  bound += total * wanted.energy;
  return true;
}

void Search::leaf(const Branch& b, double bound, bool refuted, bool empty) {
  if (!options_->certificate) return;
  Leaf l{b.settled, b.cuts, b.moves, b.stays, refuted, empty, bound, 0, 0};
  l.first = static_cast<std::uint32_t>(out_->weights.size());
  if (!empty)
    for (std::size_t q = 0; q < lambda_.size(); ++q)
      if (lambda_[q] > 0) out_->weights.push_back({static_cast<std::uint32_t>(q), lambda_[q]});
  l.last = static_cast<std::uint32_t>(out_->weights.size());
  out_->leaves.push_back(l);
}

void Search::give_up(double bound) {
  limited = true;
  open = std::min(open, bound);
}

// The package at the program's optimum does it: is it the cheapest so far?
void Search::consider() {
  double sum = 0;
  for (std::size_t m = 0; m < terms.moves; ++m) sum += terms.cost(m, y_[m]);
  if (sum >= best) return;
  best = sum;
  energy = y_;
}

// The program of one pattern whole, fixed costs spread over the range: a package that does it, if there is one.
void Search::try_pattern(const Best& wanted) {
  if (std::ranges::find(tried_, wanted.pattern) != tried_.end()) return;
  tried_.push_back(wanted.pattern);
  Branch whole;
  whole.settled = terms.moves == 64 ? ~std::uint64_t{0} : only(terms.moves) - 1;
  whole.cuts = wanted.pattern;
  columns(whole);
  set_lower(whole, wanted.still);
  Best unwanted;
  if (linear(unwanted) == Linear::solved) consider();
}

void Search::node(const Branch& b) {
  if (limited) return give_up(b.bound);
  if (out_->nodes >= options_->nodes || options_->stop.stop_requested()) return give_up(b.bound);
  ++out_->nodes;
  const std::size_t k = terms.moves;
  // The lower bound: the free ties as they are.
  for (std::size_t m = 0; m < k; ++m) w_[m] = bit(b.settled, m) ? 0 : terms.present[m];
  Best wanted, unwanted;
  if (b.known) wanted = b.start;
  else if (!oracle.ask(true, w_, b.settled, b.cuts, wanted)) return give_up(b.bound);
  if (!wanted.exists) return leaf(b, infinity, true, true);
  const Best start = wanted;
  columns(b);
  set_lower(b, wanted.energy);
  double forced = 0;
  for (std::size_t m = 0; m < k; ++m)
    if (bit(b.moves, m)) forced += terms.fixed[m];
  const Linear end = linear(unwanted);
  if (end == Linear::failed) return give_up(b.bound);
  gather();
  if (end == Linear::infeasible) {
    double total = 0;
    for (const double l : lambda_) total += l;
    if (excess() > 1e-13 * total * terms.scale) return leaf(b, infinity, true, false);
    return branch(b, wanted, start, false,
                  b.bound);  // by rounding only: smaller nodes decide
  }
  const double value = program_.value() * terms.dearest + forced;
  if (value >= best - tolerance()) return leaf(b, value, false, false);
  const bool whole = range(b) == 0;  // the lower bound is the wanted energy itself
  if (!whole && !oracle.ask(true, y_, b.settled, b.cuts, wanted)) return give_up(b.bound);
  const bool feasible = whole || wanted.energy + terms.margin <= unwanted.energy + holds * terms.scale;
  if (feasible) consider();
  if (value >= best - tolerance()) return leaf(b, value, false, false);
  double lower = value;
  if (!whole && !lagrange(b, lower)) return give_up(b.bound);
  if (lower >= best - tolerance()) return leaf(b, lower, false, false);
  branch(b, wanted, start, feasible, std::max(b.bound, lower));
}

// What the weights make of the rows of an infeasible program at the least within the bounds: above 0, they refute it.
double Search::excess() {
  double total = 0, sum = 0;
  std::ranges::fill(sum_, 0.0);
  for (std::size_t q = 0; q < lambda_.size(); ++q) {
    total += lambda_[q];
    sum += lambda_[q] * (lower_constant_ + terms.margin - pool_still_[q]);
    for (std::uint64_t s = pool_pattern_[q]; s; s &= s - 1)
      sum_[static_cast<std::size_t>(std::countr_zero(s))] -= lambda_[q];
  }
  for (std::size_t m = 0; m < terms.moves; ++m) {
    const double slope = sum_[m] + total * lower_slope_[m];
    double least = slope * terms.present[m];
    for (const std::int32_t c : column_) {
      if (static_cast<std::size_t>(std::abs(c) - 1) != m) continue;
      least = std::min(least, slope * (c > 0 ? terms.most[m] : terms.least[m]));
    }
    sum += least;
  }
  return sum;
}

// Where the program is too kind: a fixed cost spread over the range, or a chord under a tie that is not settled.
void Search::branch(const Branch& b, const Best& wanted, const Best& start, bool feasible, double bound) {
  const std::size_t k = terms.moves;
  const std::uint64_t free = range(b);
  std::size_t pick = k;
  bool by_move = false;
  double most = 0;
  if (!feasible) {
    for (std::size_t m = 0; m < k; ++m) {
      if (!bit(free, m)) continue;
      const double w = terms.present[m], low = terms.least[m], high = terms.most[m];
      const double at_low = std::min(0.0, low - w), at_high = std::min(0.0, high - w);
      const double chord = at_low + (at_high - at_low) / (high - low) * (y_[m] - low);
      double gap = std::min(0.0, y_[m] - w) - chord;
      gap += 1e-9 * (terms.most[m] - terms.least[m]);
      if (gap > most) most = gap, pick = m;
    }
  }
  if (pick == k) {
    most = 0;
    for (std::size_t m = 0; m < k; ++m) {
      if (bit(b.moves | b.stays, m) || terms.fixed[m] == 0 || y_[m] == terms.present[m]) continue;
      const double bound_at = y_[m] > terms.present[m] ? terms.most[m] : terms.least[m];
      const double gap = terms.fixed[m] * (1 - (y_[m] - terms.present[m]) / (bound_at - terms.present[m]));
      if (gap > most) most = gap, pick = m, by_move = true;
    }
  }
  if (pick == k && free != 0) pick = static_cast<std::size_t>(std::countr_zero(free));
  if (pick == k) return give_up(bound);
  if (!feasible) {
    try_pattern(wanted);
    if (limited) return give_up(bound);
  }
  Branch first = b, second = b;
  first.bound = second.bound = bound;
  first.start = second.start = start;
  first.known = second.known = by_move;
  if (by_move) {
    first.moves |= only(pick);
    second.stays |= only(pick);
  } else {
    first.settled |= only(pick);
    second.settled |= only(pick);
    Branch& cuts = bit(wanted.pattern, pick) ? first : second;
    cuts.cuts |= only(pick);
    // The best at the ties as they are is still the best in the child that agrees with it.
    const bool cut = bit(start.pattern, pick);
    Branch& agrees = bit(first.cuts, pick) == cut ? first : second;
    agrees.known = true;
    if (cut) agrees.start.energy -= terms.present[pick];
  }
  node(first);
  node(second);
}

void Search::run(const Best& wanted) {
  Branch root;
  root.known = true;
  root.start = wanted;
  node(root);
}

// With the others as they are, the energies that count are those of the best with the tie and without it: it holds at t
// if W0 + margin <= min(U0, U1 + t) or W1 + t + margin <= min(U0, U1 + t).
bool Search::singles(const Best& wanted, const Best& unwanted) {
  out_->singles.resize(terms.moves);
  for (std::size_t m = 0; m < terms.moves; ++m) {
    y_ = terms.present;
    y_[m] = 0;
    Best w[2], u[2];
    // As things are the best of both is known; left are those that treat this tie the other way.
    const auto both = [&](bool side, const Best& now, Best* to) {
      const int cut = now.exists && bit(now.pattern, m) ? 1 : 0;
      to[cut] = now;
      if (cut) to[cut].energy -= terms.present[m];
      return !now.exists || oracle.ask(side, y_, only(m), cut ? 0 : only(m), to[1 - cut]);
    };
    if (!both(true, wanted, w) || !both(false, unwanted, u)) return false;
    const auto level = [&](const Best& b) { return b.exists ? b.energy : infinity; };
    Single& s = out_->singles[m];
    s = {};
    const double room = holds * terms.scale;
    if (w[0].exists && level(w[0]) + terms.margin <= level(u[0]) + room)
      s.above = (level(w[0]) + terms.margin - level(u[1])) / terms.size[m];
    if (w[1].exists && level(w[1]) + terms.margin <= level(u[1]) + room)
      s.below = (level(u[0]) - level(w[1]) - terms.margin) / terms.size[m];
  }
  return true;
}

}  // namespace entente::wedge
