// Two sides, sparse: branch and cut on which ties are frustrated.
//
// Theory. y_e = 1 when tie e is frustrated costs |c_e|. A 0/1 vector y comes from a configuration if and only if every
// cycle holds the sum over e in T of (1 - y_e) + sum over the rest of y_e >= 1, for every set T of its ties such that
// the hostile ties and those of T are odd together (Barahona and Mahjoub 1986, doi:10.1007/BF02592023, turned to signed
// graphs). At the root T empty is enough: the least of |c| y over y >= 0 with y(C) >= 1 for each negative cycle C is
// that over all of them, since from a minimal y no tie costs more than the way round it. The dual is a fractional
// packing of negative cycles, which is the certificate: anybody can add it up. Where the graph has no odd K5 minor the
// bound is exact (Guenin 2001, doi:10.1006/jctb.2001.2051); networks of states, with few frustrated ties, are near it.
// Choice. The program grows by negative triangles and then by shortest negative cycles (Dijkstra in the doubled graph),
// re-solved by the dual simplex; each program's y proposes sides along a spanning forest of the ties surest not to be
// frustrated. What is left open is branched on, one tie frustrated or not, depth first. Where all |c| are multiples of
// one unit bounds are rounded up to it. All optima and the second best come from a second search with all cuts kept:
// where the program's answer is a configuration, that is offered, and what is not it is partitioned tie by tie
// along a spanning tree (Lawler 1972, doi:10.1287/mnsc.18.7.401; Murty 1968, doi:10.1287/opre.16.3.682).
// Cost. Exponential at worst. Left out: deleting ties by reduced cost, splitting into blocks (the program is then a
// direct sum, only branching pays for it).
#include "kernel/blocs/cycles.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "lp/program.hpp"

namespace entente::blocs {

double common_unit(std::span<const double> numbers) {
  double least = nothing, most = 0;
  for (const double x : numbers)
    if (x != 0) least = std::min(least, std::abs(x)), most = std::max(most, std::abs(x));
  if (most == 0) return 0;
  for (double parts = 1; parts <= 64 && least / parts > 1e-6 * most; ++parts) {
    const double u = least / parts;
    if (std::all_of(numbers.begin(), numbers.end(),
                    [&](double x) { return std::abs(x / u - std::round(x / u)) < 1e-9; }))
      return u;
  }
  return 0;
}

namespace {

std::vector<double> costs(const Frame& f) {
  std::vector<double> cost;
  for (const Frame::Arc& e : f.arcs) cost.push_back(e.cost);
  return cost;
}

/// Whether an empty side must be looked out for: not where a node has actors on both.
bool may_empty(bool both, const Core& core) {
  return both && std::none_of(core.sign.begin(), core.sign.end(), [](signed char s) { return s < 0; });
}

class Tree {
 public:
  Tree(bool both, Book& book)
      : book_(book),
        core_(book.w.core),
        frame_(core_),
        separator_(frame_),
        search_(core_, may_empty(both, core_)),
        both_(may_empty(both, core_)),
        program_(costs(frame_), std::numeric_limits<double>::max()),
        unit_(common_unit(costs(frame_))),
        noise_(1e-12 * book.w.scale),
        fixed_(frame_.arcs.size(), -1) {
    const int start[] = {0, 1}, column[] = {0};  // a row that never binds: a program has rows
    const double one[] = {1}, least[] = {-1};
    program_.add_rows(start, column, one, least);
    rows_.emplace_back();
    offset_ = core_.constant;
    for (const Frame::Arc& e : frame_.arcs)
      if (e.hostile) offset_ -= e.cost;
  }

  /// Looks for a configuration better than the one known; false when the tree was not exhausted. The bound is of all.
  /// narrow: relations that every better configuration has are given back instead of branching.
  bool improve(bool first, bool packing, std::vector<Condition>* narrow) {
    Solution& out = book_.out;
    if (first) search_.run(core_.nodes <= 300 ? 12 : 4, noise_);
    else know();
    pure_ = true;
    const double root = solve();
    pure_ = false;
    if (first || search_.best() < out.energy - noise_) book_.least(search_.sides());
    bound_ = root;
    if (pruned(root)) {
      if (packing) give_packing();
      return true;
    }
    for (std::uint32_t e = 0; e < frame_.arcs.size(); ++e) program_.bounds(e, 0, 1);
    if (narrow && !halted_) {
      relations_by_cost(*narrow);
      return false;
    }
    down(root);
    if (search_.best() < out.energy - noise_) book_.least(search_.sides());
    bound_ = stopped_ ? std::max(root, open_) : nothing;
    return !stopped_;
  }
  [[nodiscard]] double bound() const { return bound_; }

  /// Offers every configuration near the least to the book, or with `narrow` only the relations they all have.
  bool collect(bool again, std::vector<Condition>* narrow) {
    know();
    collect_ = true;
    pure_ = true;
    const double root = solve();
    pure_ = false;
    for (std::uint32_t e = 0; e < frame_.arcs.size(); ++e) program_.bounds(e, 0, 1);
    if (pruned(root)) return true;
    if (narrow) {
      if (halted_) return false;
      if (again) settle(*narrow);
      else relations_by_cost(*narrow);
      return false;
    }
    down(root);
    return !stopped_;
  }

  /// After improve() has shown the optimum: the relations that all configurations looked for share.
  void shared(std::vector<Condition>& to) {
    collect_ = true;
    near();
    pure_ = true;
    solve();  // the bound may have been rounded up: further, for sharper reduced costs
    pure_ = false;
    if (!halted_) relations_by_cost(to);
  }

  /// Single changes of side from the optimum: the second best is often one of them.
  void near() {
    know();
    std::vector<std::uint32_t> x(search_.sides().begin(), search_.sides().end());
    book_.offer(x);
    for (std::uint32_t v = 0; v < core_.nodes; ++v) {
      const double e = book_.out.energy + search_.change(v);
      if (book_.overflow && e <= book_.threshold()) continue;
      if (e > book_.threshold() + noise_ && e > book_.out.second + noise_) continue;
      std::uint32_t& s = x[v];
      s = 1 - s;
      if (!both_ || std::any_of(x.begin(), x.end(), [&](std::uint32_t t) { return t != x[0]; })) book_.offer(x);
      s = 1 - s;
    }
  }

 private:
  static constexpr int pivots_of_a_node = 2000;  ///< as many count as one more
  [[nodiscard]] bool spent() const {
    return book_.out.nodes > book_.options.nodes || book_.options.stop.stop_requested();
  }
  [[nodiscard]] double round_up(double frustration) const {
    if (unit_ == 0) return frustration;
    const double units = frustration / unit_;
    return std::ceil(units - 1e-5 - 1e-9 * units) * unit_;
  }
  [[nodiscard]] bool pruned(double energy) const {
    if (!collect_) return energy > search_.best() - book_.w.slack;
    if (energy <= book_.threshold() + noise_) return false;
    return !book_.options.second || energy > book_.out.second - book_.w.slack;
  }

  /// Takes over the configuration in the answer.
  void know() {
    std::vector<std::uint32_t> sides(core_.nodes);
    for (std::uint32_t i = book_.g.actors; i-- > 0;) sides[core_.node[i]] = book_.out.bloc[i];
    search_.set(sides);
    search_.note(noise_);
  }

  /// That a and b stand to each other as in the best configuration known.
  void relation(std::uint32_t a, std::uint32_t b, std::vector<Condition>& to) const {
    const auto actor = [&](std::uint32_t node) {  // the first actor of a node has its sign
      return static_cast<Actor>(std::find(core_.node.begin(), core_.node.end(), node) - core_.node.begin());
    };
    to.push_back({actor(a), actor(b), search_.sides()[a] == search_.sides()[b]});
  }

  /// Pairs that stand to each other as in the best configuration in every one looked for. A configuration x costs at
  /// least bound + sum of reduced costs r over the arcs frustrated in x; if x parts a and b otherwise than the best one
  /// does, it differs from it by a cut between a and b, whose arcs, but for those frustrated in the best, are
  /// frustrated in x: at least the least cut between a and b with capacities r.
  void relations_by_cost(std::vector<Condition>& to) const {
    const std::vector<double> reduced(program_.reduced().begin(), program_.reduced().end());
    std::vector<double> capacity(frame_.arcs.size(), 0);
    double whole = 0;
    for (std::uint32_t e = 0; e < frame_.arcs.size(); ++e) {
      const Frame::Arc& arc = frame_.arcs[e];
      const bool cut = search_.sides()[arc.a] != search_.sides()[arc.b];
      if (cut == arc.hostile && arc.cost > 0) capacity[e] = std::max(0.0, reduced[e]);
      whole += capacity[e];
    }
    double enough = whole;  // the least lift that prunes, nearly
    double none = 0;
    for (int i = 0; i < 60 && enough - none > 1e-9 * book_.w.scale; ++i) {
      const double middle = (none + enough) / 2;
      (pruned(round_up(program_.value() + middle) + offset_) ? enough : none) = middle;
    }
    const std::vector<CutTree> tree = cut_tree(frame_, capacity, enough);
    for (std::uint32_t v = 1; v < frame_.nodes; ++v)
      if (tree[v].value >= enough && pruned(round_up(program_.value() + tree[v].value) + offset_))
        relation(v, tree[v].parent, to);
  }

  /// Each arc of the tree is tried the other way round: where that is pruned, its value is one all share.
  void settle(std::vector<Condition>& to) {
    const std::vector<std::uint32_t> best(search_.sides().begin(), search_.sides().end());
    for (const std::uint32_t e : frame_.tree) {
      if (book_.options.stop.stop_requested()) return;
      const Frame::Arc& arc = frame_.arcs[e];
      const int value = (best[arc.a] != best[arc.b]) == arc.hostile ? 0 : 1;
      set(e, 1 - value);
      if (pruned(solve())) {
        set(e, value);
        relation(arc.a, arc.b, to);
      } else {
        set(e, -1);
      }
    }
  }

  /// Cuts and solves until the bound prunes, nothing is violated, or progress ends. Energy of the bound.
  double solve() {
    double before = -nothing;
    unsigned slow = 0;
    std::vector<Cut> cuts;
    while (true) {
      auto status = program_.solve(pivots_of_a_node);
      for (int again = 0; status == lp::Program::Status::limit && again < 40; ++again) {
        ++book_.out.nodes;
        if (spent()) break;
        status = program_.solve(pivots_of_a_node);
      }
      if (status == lp::Program::Status::infeasible) return nothing;
      halted_ = status == lp::Program::Status::limit;
      if (halted_) return std::max(before, offset_);
      const double raw = program_.value() + offset_;
      const double bound = round_up(program_.value()) + offset_;
      propose();
      if (pruned(bound) || spent()) return bound;
      if (const int pivots = program_.pivots() - counted_; pivots > pivots_of_a_node) {
        counted_ = program_.pivots();
        ++book_.out.nodes;
      }
      if (pure_) purge(raw > before + 1e-7 * book_.w.scale);
      slow = raw > before + 1e-4 * std::max(std::abs(search_.best() - raw), noise_) ? 0 : slow + 1;
      before = std::max(before, raw);
      if (slow > (pure_ ? 10u : collect_ ? 1u : 3u)) return bound;
      cuts.clear();
      const std::vector<double> y(program_.x().begin(), program_.x().end());
      separator_.triangles(y, pure_, cuts);
      choose(cuts);
      if (cuts.size() < 20) separator_.cycles(y, pure_, core_.nodes <= 400 ? core_.nodes : 400, cuts);
      if (cuts.empty()) return bound;
      add(cuts);
    }
  }

  /// The most violated, each arc in at most a few of them.
  void choose(std::vector<Cut>& cuts) {
    std::stable_sort(cuts.begin(), cuts.end(), [](const Cut& a, const Cut& b) { return a.violation > b.violation; });
    std::vector<std::uint32_t> used(frame_.arcs.size(), 0);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < cuts.size() && kept < 1000; ++i) {
      bool often = false;
      for (const auto* side : {&cuts[i].plain, &cuts[i].turned})
        for (const std::uint32_t e : *side) often |= used[e] >= 3;
      if (often) continue;
      for (const auto* side : {&cuts[i].plain, &cuts[i].turned})
        for (const std::uint32_t e : *side) ++used[e];
      if (kept != i) cuts[kept] = std::move(cuts[i]);
      ++kept;
    }
    cuts.resize(kept);
  }

  void add(std::vector<Cut>& cuts) {
    start_.assign(1, 0);
    column_.clear();
    value_.clear();
    least_.clear();
    std::set<std::vector<std::uint32_t>> seen;
    for (Cut& cut : cuts) {
      std::vector<std::uint32_t> key = cut.plain;
      for (const std::uint32_t e : cut.turned) key.push_back(e + static_cast<std::uint32_t>(frame_.arcs.size()));
      std::sort(key.begin(), key.end());
      if (!seen.insert(key).second) continue;
      for (const std::uint32_t e : cut.plain) column_.push_back(static_cast<int>(e)), value_.push_back(1);
      for (const std::uint32_t e : cut.turned) column_.push_back(static_cast<int>(e)), value_.push_back(-1);
      start_.push_back(static_cast<int>(column_.size()));
      least_.push_back(1 - static_cast<double>(cut.turned.size()));
      rows_.push_back(std::move(cut.plain));
    }
    program_.add_rows(start_, column_, value_, least_);
  }

  /// Rows that are slack and cost nothing go, when there are many and the bound has risen.
  void purge(bool progress) {
    if (!progress || rows_.size() < 200) return;
    const auto activity = program_.activity(), price = program_.price();
    std::vector<int> drop;
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (activity[i] > 1 + 1e-6 && price[i] < 1e-9) drop.push_back(static_cast<int>(i));
    if (drop.size() < rows_.size() / 4) return;
    std::size_t kept = 0;
    for (std::size_t i = 0, j = 0; i < rows_.size(); ++i) {
      if (j < drop.size() && drop[j] == static_cast<int>(i)) {
        ++j;
        continue;
      }
      if (kept != i) rows_[kept] = std::move(rows_[i]);
      ++kept;
    }
    rows_.resize(kept);
    program_.drop_rows(drop);
  }

  /// Sides along the arcs surest not to be frustrated, then improved.
  void propose() {
    const auto y = program_.x();
    std::vector<double> strength(core_.edges.size(), 0);
    for (std::size_t i = 0, e = 0; i < core_.edges.size(); ++i)
      if (core_.edges[i].c != 0) strength[i] = 1 - y[e++];
    search_.follow_edges(strength);
    search_.descend(noise_);
  }

  /// The arc to branch on: fractional, near one half and heavy; none: y is a configuration.
  [[nodiscard]] std::int64_t fractional() const {
    const auto y = program_.x();
    std::int64_t best = -1;
    double most = 0;
    for (std::uint32_t e = 0; e < frame_.arcs.size(); ++e) {
      const double distance = std::min(y[e], 1 - y[e]);
      if (distance < 1e-6) continue;
      const double score =
          distance * (0.1 * book_.w.scale / static_cast<double>(frame_.arcs.size()) + frame_.arcs[e].cost);
      if (score > most) most = score, best = e;
    }
    return best;
  }

  void set(std::uint32_t e, int value) {
    fixed_[e] = static_cast<signed char>(value);
    program_.bounds(e, value < 0 ? 0 : value, value < 0 ? 1 : value);
  }

  void child(std::uint32_t e, int value, double bound) {
    if (stopped_) {
      open_ = std::min(open_, bound);
      return;
    }
    set(e, value);
    const double b = std::max(bound, solve());
    if (!pruned(b)) down(b);
    set(e, -1);
  }

  /// The program is solved and its bound, an energy, did not prune.
  void down(double bound) {
    ++book_.out.nodes;
    if (spent() || (collect_ && book_.overflow)) stopped_ = true;
    if (stopped_) {
      open_ = std::min(open_, bound);
      return;
    }
    if (const std::int64_t e = fractional(); e >= 0) {
      const int first = program_.x()[static_cast<std::size_t>(e)] > 0.5 ? 1 : 0;
      child(static_cast<std::uint32_t>(e), first, bound);
      if (pruned(bound)) return;
      child(static_cast<std::uint32_t>(e), 1 - first, bound);
      return;
    }
    std::vector<double> y(program_.x().begin(), program_.x().end()),
        reduced(program_.reduced().begin(), program_.reduced().end());
    const double raw = program_.value() + offset_;
    std::vector<std::uint32_t> sides;
    frame_.sides(y, sides);
    const bool proper = !both_ || std::any_of(sides.begin(), sides.end(), [](std::uint32_t s) { return s != 0; });
    if (!collect_) {
      search_.set(sides);
      search_.descend(noise_);
      if (pruned(bound)) return;  // as a rule: the program's value is this configuration's energy
    } else if (proper) {
      book_.offer(sides);
    }
    std::vector<std::uint32_t> held;
    for (const std::uint32_t e : frame_.tree) {
      if (fixed_[e] >= 0) continue;
      const int value = y[e] > 0.5 ? 1 : 0;
      const double lifted = round_up(raw + std::abs(reduced[e]) - offset_) + offset_;
      const double other = std::max(bound, lifted);
      if (!pruned(other)) child(e, 1 - value, other);
      set(e, value);
      held.push_back(e);
    }
    for (const std::uint32_t e : held) set(e, -1);
  }

  void give_packing() {
    Packing& p = book_.out.packing;
    const auto price = program_.price();
    std::vector<double> load(frame_.arcs.size(), 0);
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (price[i] > 0)
        for (const std::uint32_t e : rows_[i]) load[e] += price[i];
    double excess = 1;
    for (std::size_t e = 0; e < load.size(); ++e)
      if (frame_.arcs[e].cost > 0) excess = std::max(excess, load[e] / frame_.arcs[e].cost);
    std::vector<std::uint32_t> tie(frame_.arcs.size(), 0), order;  // arcs and ties of some pull, both sorted by ends
    const Graph& g = book_.g;
    for (std::uint32_t t = 0; t < g.ties.size(); ++t)
      if (g.ties[t].weight != 0) order.push_back(t);
    std::sort(order.begin(), order.end(), [&](std::uint32_t i, std::uint32_t j) {
      const Tie &s = g.ties[i], &t = g.ties[j];
      return std::pair(std::min(s.a, s.b), std::max(s.a, s.b)) < std::pair(std::min(t.a, t.b), std::max(t.a, t.b));
    });
    for (std::size_t i = 0; i < order.size(); ++i) tie[i] = order[i];
    p.start.assign(1, 0);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (!(price[i] > 0)) continue;
      for (const std::uint32_t e : rows_[i]) p.tie.push_back(tie[e]);
      p.start.push_back(static_cast<std::uint32_t>(p.tie.size()));
      p.weight.push_back(price[i] / excess);
      p.bound += p.weight.back();
    }
  }

  Book& book_;
  const Core& core_;
  Frame frame_;
  Separator separator_;
  SideSearch search_;
  bool both_;
  lp::Program program_;
  double unit_, noise_, offset_ = 0, bound_ = 0;  ///< energy = frustration on arcs + offset
  std::vector<signed char> fixed_;
  std::vector<std::vector<std::uint32_t>> rows_;  ///< plain arcs of each row
  std::vector<int> start_, column_;
  std::vector<double> value_, least_;
  bool pure_ = false, collect_ = false, stopped_ = false;
  bool halted_ = false;  ///< the program was left before its optimum: its prices mean nothing
  int counted_ = 0;      ///< pivots that nodes were counted for
  double open_ = nothing;
};

}  // namespace

void branch_and_cut(bool both, std::span<const Condition> conditions, Book& book) {
  Solution& out = book.out;
  if (may_empty(both, book.w.core) && book.w.core.nodes == 1) {
    out.feasible = false;
    return;
  }
  std::vector<Condition> fixed(conditions.begin(), conditions.end());
  std::vector<Condition> shared(conditions.begin(), conditions.end());
  bool known = false;  // `shared` holds what all configurations looked for share
  // First the least energy. Each round narrows the graph by what every better configuration shares.
  bool whole = false;
  for (std::uint32_t nodes = book.w.core.nodes;;) {
    if (out.bloc.size() && book.w.core.nodes <= book.options.enumerate_to) {
      whole = improve_sides(both, book);
      break;
    }
    const bool first = out.bloc.empty(), last = !first && book.w.core.nodes > nodes * 9 / 10;
    nodes = book.w.core.nodes;
    Tree tree(both, book);
    const double energy = out.energy;
    whole = tree.improve(first, first && conditions.empty(), last ? nullptr : &fixed);
    if (first) out.bound = tree.bound();
    if (first && !out.packing.start.empty()) out.proof = Proof::packing;
    if (first && whole && book.options.all) {
      tree.shared(shared);
      known = true;
    }
    if (whole || last) {
      if (!whole) out.bound = std::max(out.bound, std::min(energy, tree.bound()));
      break;
    }
    if (!contract(book.g, true, fixed, book.w)) {  // nothing better is left
      whole = true;
      break;
    }
  }
  if (!whole && book.w.core.nodes <= 400)  // every better configuration is one of the graph as narrowed
    out.bound = std::max(out.bound, lifted_bound(book.w.core, book.options.stop));
  if (whole) out.bound = out.energy;
  out.bound = std::min(out.bound, out.energy);
  out.proven = out.bound >= out.energy - book.w.slack;
  if (out.proof == Proof::none && out.proven) out.proof = Proof::search;
  if (!out.proven || !book.options.all) return;
  // Then all that are near it.
  for (unsigned round = known ? 1 : 0; round < 3; ++round) {
    if (!contract(book.g, true, shared, book.w)) break;
    if (book.w.core.nodes <= book.options.enumerate_to) {
      collect_sides(both, book);
      whole = true;
      break;
    }
    Tree tree(both, book);
    if (round == 0) tree.near();
    whole = tree.collect(round == 1, round == 2 ? nullptr : &shared);
    if (whole || book.overflow) break;
  }
  out.complete = whole && !book.overflow;
  out.second_proven = book.options.second && whole;  // a full list ends a tree, but not an enumeration
}

}  // namespace entente::blocs
