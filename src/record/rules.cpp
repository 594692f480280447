#include <algorithm>

#include "record/parts.hpp"

namespace entente::record {

namespace {

int any(const world::Dyad&) { return 0; }
int last(const world::Dyad& d) { return d.last_side > 0 ? 2 : d.last_side < 0 ? 0 : 1; }
int pact(const world::Dyad& d) { return d.pact; }
int dispute(const world::Dyad& d) { return d.opposed <= 0 ? 0 : d.opposed < 0.25 ? 1 : d.opposed < 0.5 ? 2 : 3; }

std::size_t size(const Known& e) { return std::min<std::size_t>(e.event.actors, 5); }

}  // namespace

std::span<const Rule> rules() {
  static constexpr Rule all[] = {
      {"base-rate", any, false},      {"rate-by-n", any, true},         {"last-side", last, false},
      {"last-side-by-n", last, true}, {"pacts", pact, false},           {"pacts-by-n", pact, true},
      {"disputes", dispute, false},   {"disputes-by-n", dispute, true},
  };
  return all;
}

std::vector<double> share(const Rule& rule, std::span<const Known* const> training, const Known& ask) {
  struct Sum {
    double together = 0, weight = 0;
  };
  Sum base;
  std::array<Sum, 4> by{};
  for (const Known* e : training) {
    const bool counts = !rule.by_size || size(*e) == size(ask);
    for (std::size_t a = 0, p = 0; a < e->event.actors; ++a)
      for (std::size_t b = a + 1; b < e->event.actors; ++b, ++p) {
        const double w = e->weight(), y = e->event.camp[a] == e->event.camp[b] ? w : 0;
        base.together += y, base.weight += w;
        if (!counts) continue;
        Sum& s = by[static_cast<std::size_t>(rule.category(e->dyads[p]))];
        s.together += y, s.weight += w;
      }
  }
  const double rate = base.weight > 0 ? base.together / base.weight : 0.5;
  std::vector<double> out;
  for (const auto& d : ask.dyads) {
    const Sum& s = by[static_cast<std::size_t>(rule.category(d))];
    out.push_back((s.together + rate) / (s.weight + 1));
  }
  return out;
}

}  // namespace entente::record
