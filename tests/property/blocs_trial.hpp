// From the oracle's words to the blocs kernel's and back, and what one answer is asked.
#pragma once
#include <cstdlib>

#include "entente/kernel/blocs.hpp"
#include "kernel/blocs_random.hpp"

namespace entente::tests::blocs {

namespace kernel = entente::blocs;

/// Lists long enough to be whole in all but the emptiest graphs.
inline const kernel::Options every{.optima = 5000};

inline std::size_t at(int i) { return static_cast<std::size_t>(i); }

inline kernel::Graph translate(const Graph& g) {
  kernel::Graph out{.actors = static_cast<std::uint32_t>(g.n()), .ties = {}, .size = g.size};
  for (const Pair& t : g.ties)
    out.ties.push_back({static_cast<kernel::Actor>(t.a), static_cast<kernel::Actor>(t.b), t.weight});
  return out;
}

inline std::vector<kernel::Condition> translate(const std::vector<Wish>& wishes) {
  std::vector<kernel::Condition> out;
  for (const Wish& w : wishes)
    out.push_back({static_cast<kernel::Actor>(w.a), static_cast<kernel::Actor>(w.b), w.together});
  return out;
}

inline Range range(const kernel::Setting& s) {
  switch (s.number) {
    case kernel::Number::two:
      return {1, 2};
    case kernel::Number::exactly:
      return {static_cast<int>(s.k), static_cast<int>(s.k)};
    case kernel::Number::at_most:
      return {1, static_cast<int>(s.k)};
    case kernel::Number::free:
      return {};
  }
  return {};
}

inline Labels labels(std::span<const std::uint32_t> bloc) { return {bloc.begin(), bloc.end()}; }

inline std::vector<Labels> list(const kernel::Solution& s, int n) {
  std::vector<Labels> out;
  for (std::size_t i = 0; i + at(n) <= s.optima.size(); i += at(n))
    out.push_back(labels(std::span(s.optima).subspan(i, at(n))));
  return out;
}

inline void close(const char* what, double a, double b, double noise) {
  if (a == b) return;
  if (!(std::abs(a - b) <= noise)) RC_LOG() << what << ": " << a << " against " << b << " within " << noise << "\n";
  RC_ASSERT(std::abs(a - b) <= noise);
}

inline kernel::Solution solved(const Graph& g, const kernel::Setting& setting, const std::vector<Wish>& wishes,
                               const kernel::Options& options, kernel::Workspace& w) {
  kernel::Solution s;
  const auto done = kernel::optimise(translate(g), setting, translate(wishes), options, w, s);
  if (!done) RC_LOG() << done.error().message << " at " << done.error().where << "\n";
  RC_ASSERT(done.has_value());
  return s;
}

/// The kernel's own judge is content, and where it says that it looks for itself, it did.
inline void judged(const Graph& g, const kernel::Setting& setting, const std::vector<Wish>& wishes,
                   const kernel::Options& options, const kernel::Solution& s) {
  const auto v = kernel::check(translate(g), setting, translate(wishes), options, s);
  if (!v.consistent) RC_LOG() << v.fault << "\n";
  RC_ASSERT(v.consistent);
  if (g.n() <= (setting.number == kernel::Number::two ? 16 : 9)) RC_ASSERT(v.bound_verified);
}

/// Everything that an answer says, against every partition there is.
inline void agree(const Graph& g, const kernel::Setting& setting, const std::vector<Wish>& wishes,
                  kernel::Workspace& w) {
  kernel::Options options = every;  // some small graphs go the way of the large ones, by branch and cut
  const Products m(g);
  double least = m.scale();  // where weights differ by many decades, so do the bounds' last digits
  for (const Pair& t : g.ties)
    if (m(t.a, t.b) != 0) least = std::min(least, std::abs(m(t.a, t.b)));
  if (g.ties.size() <= 9 && g.n() <= 8 && least > 1e-4 * m.scale()) options.enumerate_to = *rc::gen::element(1u, 22u);
  const kernel::Solution s = solved(g, setting, wishes, options, w);
  const double rounding = 1e-12 * m.scale(), equal = options.tolerance * m.scale();
  const Alike truth = alike(m, range(setting), options.tolerance, wishes);
  RC_ASSERT(s.feasible == truth.any);
  judged(g, setting, wishes, options, s);
  if (!truth.any) return;

  close("energy", s.energy, truth.energy, rounding + equal);
  RC_ASSERT(s.proven && s.proof != kernel::Proof::none);
  RC_ASSERT(s.bound <= truth.energy + rounding);
  close("bound", s.bound, s.energy, equal + rounding);
  const Labels bloc = labels(s.bloc);
  RC_ASSERT(bloc == canonical(bloc));
  RC_ASSERT(static_cast<int>(s.blocs) == blocs(bloc));
  // The labels are those of the first optimum, the energy is the least: they are equal within the tolerance.
  close("energy of the labels", energy(m, bloc), s.energy, rounding + equal);
  close("frustration of the labels", frustration(m, bloc), s.frustration, rounding);
  close("energy()", kernel::energy(translate(g), s.bloc), energy(m, bloc), rounding);
  close("frustration()", kernel::frustration(translate(g), s.bloc), s.frustration, rounding);
  close("scale()", kernel::scale(translate(g)), m.scale(), rounding);

  std::vector<double> by_actor(at(g.n()), 0.0);
  RC_ASSERT(s.tie_frustration.size() == g.ties.size());
  RC_ASSERT(s.actor_frustration.size() == at(g.n()));
  double total = 0;
  for (std::size_t i = 0; i < g.ties.size(); ++i) {
    const Pair& t = g.ties[i];
    const bool cut = bloc[at(t.a)] != bloc[at(t.b)];
    const double c = m(t.a, t.b), share = cut ? std::max(0.0, c) : std::max(0.0, -c);
    close("tie", s.tie_frustration[i], share, 1e-12 * std::abs(c));
    total += share;
    by_actor[at(t.a)] += share;
    by_actor[at(t.b)] += share;
  }
  for (int i = 0; i < g.n(); ++i) close("actor", s.actor_frustration[at(i)], by_actor[at(i)], rounding);
  close("total", s.frustration, total, rounding);

  // Where an energy stands on the edge of what counts as equal, rounding decides, and the lists may differ.
  if (truth.edge) return;
  RC_ASSERT(s.complete == (truth.optima.size() <= options.optima));
  RC_ASSERT(s.count == std::min<std::size_t>(truth.optima.size(), options.optima));
  const auto found = list(s, g.n());
  if (s.complete) RC_ASSERT(found == truth.optima);
  RC_ASSERT(std::adjacent_find(found.begin(), found.end(), std::greater_equal<>{}) == found.end());
  RC_ASSERT(std::includes(truth.optima.begin(), truth.optima.end(), found.begin(), found.end()));
  RC_ASSERT(bloc == found.front());
  RC_ASSERT(s.second_proven);
  RC_ASSERT(std::isfinite(s.second) == std::isfinite(truth.second));
  if (std::isfinite(truth.second)) {
    close("second", s.second, truth.second, rounding);
    close("gap", s.gap, s.second - s.energy, rounding);
    close("second's labels", energy(m, labels(s.second_bloc)), s.second, rounding);
    RC_ASSERT(grants(labels(s.second_bloc), wishes));
  } else {
    RC_ASSERT(s.second_bloc.empty() && s.gap == kernel::nothing);
  }
}

namespace random {

/// Any of the four ways to say how many blocs, two among them.
inline kernel::Setting setting(int n) {
  const auto number =
      *rc::gen::element(kernel::Number::free, kernel::Number::exactly, kernel::Number::at_most, kernel::Number::two);
  return {number, static_cast<std::uint32_t>(pick(1, n + 1))};
}

inline std::vector<int> shuffled(int n) {
  std::vector<int> order;
  for (int i = 0; i < n; ++i) order.push_back(i);
  for (int i = n; i-- > 1;) std::swap(order[at(i)], order[at(pick(0, i + 1))]);
  return order;
}

}  // namespace random

}  // namespace entente::tests::blocs
