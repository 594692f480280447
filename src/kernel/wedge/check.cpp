// The judge. It shares with the search the statement of the problem and nothing else: values instead of energies,
// configurations from their labels, both constrained optima and every bound by questions of its own to the optimiser.
#include <algorithm>
#include <bit>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "entente/kernel/wedge.hpp"

namespace entente::wedge {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Judge {
  const Problem& p;
  const Options& options;
  const Answer& answer;
  Verdict verdict;
  double size = 0;
  blocs::Workspace workspace;
  blocs::Solution solution;

  Judge(const Problem& of, const Options& o, const Answer& a) : p(of), options(o), answer(a), size(wedge::scale(of)) {}

  bool fault(std::string what) {
    if (verdict.fault.empty()) verdict.fault = std::move(what);
    return false;
  }
  [[nodiscard]] const blocs::Tie& tie(std::size_t m) const { return p.graph.ties[p.moves[m].tie]; }
  [[nodiscard]] double product(const blocs::Tie& t) const {
    return p.graph.size.empty() ? 1.0 : p.graph.size[t.a] * p.graph.size[t.b];
  }

  // The least energy on `g` with a and b as wanted or not, and the ties of the settled moves cut as said; infinity if
  // there is no such configuration.
  Result<double> least(const blocs::Graph& g, bool wanted, std::uint64_t settled = 0, std::uint64_t cuts = 0) {
    std::vector<blocs::Condition> conditions{{p.a, p.b, wanted == p.together}};
    for (std::size_t m = 0; m < p.moves.size(); ++m)
      if (settled >> m & 1u) conditions.push_back({tie(m).a, tie(m).b, (cuts >> m & 1u) == 0});
    blocs::Options o;
    o.tolerance = 1e-11;
    o.optima = 1;
    o.all = o.second = false;
    o.nodes = options.optimiser_nodes;
    if (const auto done = blocs::optimise(g, p.setting, conditions, o, workspace, solution); !done)
      return std::unexpected(done.error());
    if (!solution.feasible) return infinity;
    if (!solution.proven) return std::unexpected(Error{ErrorKind::not_solved, "the optimiser reached its limit"});
    return solution.energy;
  }

  bool margin_at(std::span<const double> value, double& margin) {
    blocs::Graph g = p.graph;
    for (std::size_t m = 0; m < p.moves.size(); ++m) g.ties[p.moves[m].tie].weight = value[m];
    const auto good = least(g, true), bad = least(g, false);
    if (!good || !bad) return fault("the optimiser reached its limit");
    margin = std::isinf(*good) ? -infinity : std::isinf(*bad) ? infinity : (*bad - *good) / (size > 0 ? size : 1);
    return true;
  }

  bool consistent() {
    if (answer.value.size() != p.moves.size()) return fault("not one value for each move");
    bool moved = false;
    for (std::size_t m = 0; m < p.moves.size(); ++m) {
      const double v = answer.value[m];
      if (!(v >= p.moves[m].least && v <= p.moves[m].most)) return fault("a value is outside its bounds");
      moved = moved || v != tie(m).weight;
    }
    if (!margin_at(answer.value, verdict.margin)) return false;
    const bool met = verdict.margin >= options.margin - 1e-9;
    const bool package =
        answer.status == Status::possible || (answer.status == Status::unsolved && std::isfinite(answer.cost));
    if (answer.status == Status::already) {
      if (moved || answer.cost != 0) return fault("a price where nothing has to be paid");
      return met || fault("it does not hold as things are");
    }
    if (!package) {
      if (moved || !(answer.cost == infinity)) return fault("no package, but values that moved or a price");
      return !met || fault("it holds as things are");
    }
    const double paid = wedge::cost(p, answer.value);
    if (!(std::abs(paid - answer.cost) <= 1e-9 * std::abs(paid) + 1e-12)) return fault("the cost is another");
    return met || fault("the margin is missed at the package");
  }

  // Lagrange's bound of a leaf, see the header. NaN: the optimiser's limit.
  double bound_of(const Leaf& l) {
    if (l.empty) {
      const auto any = least(p.graph, true, l.settled, l.cuts);
      return any && std::isinf(*any) ? infinity : -infinity;
    }
    double total = 0, bound = 0;
    std::vector<double> cut(p.moves.size(), 0.0);
    for (std::uint32_t k = l.first; k < l.last; ++k) {
      const Weight& w = answer.weights[k];
      const auto label = std::span(answer.configurations).subspan(w.configuration * p.graph.actors, p.graph.actors);
      double still = blocs::energy(p.graph, label);
      for (std::size_t m = 0; m < p.moves.size(); ++m) {
        if (label[tie(m).a] == label[tie(m).b]) continue;
        still -= product(tie(m)) * tie(m).weight;
        cut[m] += w.weight;
      }
      total += w.weight;
      bound -= w.weight * still;
    }
    bound += total * options.margin * (size > 0 ? size : 1);
    blocs::Graph g = p.graph;
    for (std::size_t m = 0; m < p.moves.size(); ++m) {
      const Move& move = p.moves[m];
      const auto cheapest = [&](double share) {
        const double slope = product(tie(m)) * (total * share - cut[m]), now = tie(m).weight;
        double best = slope * now + (l.moves >> m & 1u && !l.refuted ? move.fixed : 0);
        if (l.stays >> m & 1u) return slope * now;
        for (const double v : {move.least, move.most}) {
          if (v == now) continue;
          const double price = move.fixed + (v > now ? move.up * (v - now) : move.down * (now - v));
          best = std::min(best, slope * v + (l.refuted ? 0 : price));
        }
        return best;
      };
      const double joined = cheapest(0), apart = cheapest(1);
      double& weight = g.ties[move.tie].weight;
      weight = 0;
      if (l.settled >> m & 1u) {
        bound += l.cuts >> m & 1u ? apart : joined;
      } else {
        bound += joined;
        if (total > 0) weight = (apart - joined) / total / product(tie(m));
      }
    }
    if (total == 0) return l.refuted ? -infinity : bound;
    const auto energy = least(g, true, l.settled, l.cuts);
    if (!energy) return std::numeric_limits<double>::quiet_NaN();
    bound += total * *energy;
    if (!l.refuted) return bound;
    return bound > 1e-14 * total * size ? infinity : -infinity;
  }

  // The leaves of a binary tree: any two disagree on something, and 2^-depth sums to 1.
  bool covered() {
    double sum = 0;
    const std::uint64_t all = p.moves.empty() ? 0 : ~std::uint64_t{0} >> (64 - p.moves.size());
    for (std::size_t i = 0; i < answer.leaves.size(); ++i) {
      const Leaf& x = answer.leaves[i];
      if ((x.settled | x.moves | x.stays) & ~all || x.cuts & ~x.settled || x.moves & x.stays)
        return fault("a leaf that is no case");
      sum += math::ldexp(1.0, -std::popcount(x.settled) - std::popcount(x.moves | x.stays));
      for (std::size_t j = 0; j < i; ++j) {
        const Leaf& y = answer.leaves[j];
        const auto differ = (x.settled & y.settled & (x.cuts ^ y.cuts)) | (x.moves & y.stays) | (x.stays & y.moves);
        if (differ == 0) return fault("two leaves overlap");
      }
    }
    return std::abs(sum - 1) < 1e-12 || fault("the leaves leave a case out");
  }

  bool proven() {
    verdict.bound = answer.status == Status::already ? 0 : -infinity;
    if (answer.status == Status::already) return true;
    if (answer.status == Status::unsolved) return fault("nothing is proven");
    if (!options.certificate) return fault("no certificate was kept");
    const std::size_t n = p.graph.actors, count = answer.configurations.size() / n;
    if (answer.configurations.size() % n) return fault("a configuration is cut short");
    for (std::size_t q = 0; q < count; ++q)
      if (!allowed(std::span(answer.configurations).subspan(q * n, n)))
        return fault("a configuration of the proof is no unwanted one");
    for (const Weight& w : answer.weights)
      if (w.configuration >= count || !(w.weight >= 0) || std::isinf(w.weight)) return fault("a weight that is none");
    if (!covered()) return false;
    verdict.bound = infinity;
    for (const Leaf& l : answer.leaves) {
      if (l.first > l.last || l.last > answer.weights.size()) return fault("a leaf without its weights");
      const double b = bound_of(l);
      if (std::isnan(b)) return fault("the optimiser reached its limit");
      verdict.bound = std::min(verdict.bound, b);
    }
    if (answer.status == Status::impossible) return std::isinf(verdict.bound) || fault("a leaf refutes nothing");
    return verdict.bound >= answer.cost * (1 - 1e-6) - 1e-12 || fault("the bound is below the cost");
  }

  // An unwanted configuration, of a number of blocs that the setting takes.
  bool allowed(std::span<const std::uint32_t> label) {
    if ((label[p.a] == label[p.b]) == p.together) return false;
    std::vector<std::uint32_t> seen(label.begin(), label.end());
    std::ranges::sort(seen);
    const auto blocs = static_cast<std::uint32_t>(std::ranges::unique(seen).begin() - seen.begin());
    switch (p.setting.number) {
      case blocs::Number::two:
        return blocs <= 2;
      case blocs::Number::exactly:
        return blocs == p.setting.k;
      case blocs::Number::at_most:
        return blocs <= p.setting.k;
      case blocs::Number::free:
        return true;
    }
    return false;
  }
};

}  // namespace

Verdict check(const Problem& p, const Options& options, const Answer& answer) {
  Judge judge(p, options, answer);
  judge.verdict.consistent = judge.consistent();
  judge.verdict.bound_verified = judge.verdict.consistent && judge.proven();
  return judge.verdict;
}

}  // namespace entente::wedge
