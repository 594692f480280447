// Input checked, and what follows from the labels alone: energies, frustrations, triads, canonical numbers.
#include <algorithm>
#include <cmath>
#include <string>

#include "kernel/blocs/state.hpp"

namespace entente::blocs {
namespace {

std::unexpected<Error> fail(const char* what, std::size_t i, std::string message) {
  return std::unexpected(Error{ErrorKind::invalid, std::move(message), what + (" " + std::to_string(i))});
}

double size(const Graph& g, Actor i) { return g.size.empty() ? 1.0 : g.size[i]; }

}  // namespace

double pull(const Graph& g, const Tie& t) { return size(g, t.a) * size(g, t.b) * t.weight; }

Result<void> validate(const Graph& g, const Setting& setting, std::span<const Condition> conditions,
                      std::vector<std::uint64_t>& keys) {
  if (g.actors == 0) return std::unexpected(Error{ErrorKind::invalid, "a graph without actors"});
  if (g.actors > most_actors) return std::unexpected(Error{ErrorKind::too_large, "more than 20,000 actors"});
  if (g.ties.size() > most_ties) return std::unexpected(Error{ErrorKind::too_large, "more than a million ties"});
  if (!g.size.empty() && g.size.size() != g.actors)
    return std::unexpected(Error{ErrorKind::invalid, "sizes are not one for each actor"});
  for (std::size_t i = 0; i < g.size.size(); ++i)
    if (!std::isfinite(g.size[i]) || !(g.size[i] > 0)) return fail("size", i, "a size is a finite number above 0");
  keys.clear();
  double total = 0;
  for (std::size_t i = 0; i < g.ties.size(); ++i) {
    const Tie& t = g.ties[i];
    if (t.a >= g.actors || t.b >= g.actors) return fail("tie", i, "a tie of an actor that does not exist");
    if (t.a == t.b) return fail("tie", i, "a tie of an actor with itself");
    if (!std::isfinite(t.weight)) return fail("tie", i, "a weight is a finite number");
    const double c = pull(g, t);
    total += std::abs(c);
    if (!std::isfinite(total)) return fail("tie", i, "sizes times weight are too large a number");
    if (c == 0 && t.weight != 0) return fail("tie", i, "sizes times weight are too small a number");
    keys.push_back(std::uint64_t{std::min(t.a, t.b)} << 32 | std::max(t.a, t.b));
  }
  std::sort(keys.begin(), keys.end());
  if (const auto twice = std::adjacent_find(keys.begin(), keys.end()); twice != keys.end())
    for (std::size_t i = g.ties.size(); i-- > 0;)
      if ((std::uint64_t{std::min(g.ties[i].a, g.ties[i].b)} << 32 | std::max(g.ties[i].a, g.ties[i].b)) == *twice)
        return fail("tie", i, "a pair of actors is tied twice");
  if ((setting.number == Number::exactly || setting.number == Number::at_most) &&
      (setting.k == 0 || setting.k > g.actors))
    return std::unexpected(Error{ErrorKind::invalid, "the number of blocs is not between 1 and the number of actors"});
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (conditions[i].a >= g.actors || conditions[i].b >= g.actors)
      return fail("condition", i, "a condition on an actor that does not exist");
    if (conditions[i].a == conditions[i].b) return fail("condition", i, "a condition between an actor and itself");
  }
  return {};
}

Result<void> validate(const Graph& g, const Setting& setting, std::span<const Condition> conditions) {
  std::vector<std::uint64_t> keys;
  return validate(g, setting, conditions, keys);
}

double energy(const Graph& g, std::span<const std::uint32_t> bloc) {
  double e = 0;
  for (const Tie& t : g.ties)
    if (bloc[t.a] != bloc[t.b]) e += pull(g, t);
  return e;
}

double frustration(const Graph& g, std::span<const std::uint32_t> bloc) {
  double f = 0;
  for (const Tie& t : g.ties) f += frustrated(g, t, bloc);
  return f;
}

Difference difference(const Graph& g, std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  Difference d;
  for (const Tie& t : g.ties) {
    const bool cut = a[t.a] != a[t.b];
    if (cut == (b[t.a] != b[t.b])) continue;
    const double c = pull(g, t);
    d.more += cut ? c : -c;
    d.terms += std::abs(c);
  }
  return d;
}

double frustrated(const Graph& g, const Tie& t, std::span<const std::uint32_t> bloc) {
  return (bloc[t.a] != bloc[t.b]) == (t.weight > 0) ? std::abs(pull(g, t)) : 0;
}

double scale(const Graph& g) {
  double total = 0;
  for (const Tie& t : g.ties) total += std::abs(pull(g, t));
  return total;
}

std::uint32_t canonical(std::span<std::uint32_t> bloc, std::vector<std::uint32_t>& renumbered) {
  std::uint32_t most = 0;
  for (const std::uint32_t b : bloc) most = std::max(most, b);
  std::uint32_t next = 0;
  if (most < 2 * bloc.size() + 2) {
    renumbered.assign(std::size_t{most} + 1, 0xffffffffu);
    for (std::uint32_t& b : bloc) {
      if (renumbered[b] == 0xffffffffu) renumbered[b] = next++;
      b = renumbered[b];
    }
    return next;
  }
  std::vector<std::uint32_t> sorted(bloc.begin(), bloc.end());
  std::sort(sorted.begin(), sorted.end());
  for (std::uint32_t& b : bloc)
    b = static_cast<std::uint32_t>(std::lower_bound(sorted.begin(), sorted.end(), b) - sorted.begin());
  return canonical(bloc, renumbered);
}

std::uint32_t canonical(std::span<std::uint32_t> bloc) {
  std::vector<std::uint32_t> renumbered;
  return canonical(bloc, renumbered);
}

Triads triads(const Graph& g) {
  std::vector<std::vector<std::pair<Actor, bool>>> later(g.actors);  // the end of higher number, and whether hostile
  for (const Tie& t : g.ties)
    if (t.weight != 0) later[std::min(t.a, t.b)].emplace_back(std::max(t.a, t.b), t.weight < 0);
  std::vector<signed char> mark(g.actors, -1);
  Triads out;
  for (const auto& from : later) {
    for (const auto& [b, hostile] : from) mark[b] = hostile;
    for (const auto& [b, first] : from)
      for (const auto& [c, second] : later[b])
        if (mark[c] >= 0) ++out.count[std::size_t{first} + std::size_t{second} + static_cast<std::size_t>(mark[c])];
    for (const auto& [b, hostile] : from) mark[b] = -1;
  }
  return out;
}

}  // namespace entente::blocs
