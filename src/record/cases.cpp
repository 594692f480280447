#include "record/frozen.hpp"
#include "record/parts.hpp"

namespace entente::record {

std::vector<Case> cases(const world::World& w, Events events, bool sealed, Record* counts) {
  std::vector<Case> out;
  for (const auto& c : events == Events::wars ? w.wars() : w.disputes()) {
    if (c.parts.size() < 3 || c.recent != sealed || !c.ended) continue;
    bool changed = false, both[3] = {};
    Case e{c.number, c.name, c.first.year, c.last.year, {}, {}};
    for (const auto& p : c.parts) {
      changed = changed || p.changed;
      both[p.side] = true;
      e.actors.push_back(p.state);
      e.camp.push_back(p.side == 1 ? 0 : 1);
    }
    if (!both[1] || !both[2]) continue;
    const bool aside = e.first <= set_aside_to && e.last >= set_aside_from;
    if (counts && aside) ++counts->set_aside;
    else if (counts && changed) ++counts->changed;
    if (!aside && !changed) out.push_back(std::move(e));
  }
  return out;
}

partition::Event event(const world::World& w, const Case& c, const world::Ages& ages) {
  return known(w, c, ages).event;
}

Known known(const world::World& w, Case c, const world::Ages& ages) {
  Known k;
  const world::Eve eve(w, c.first, c.actors, ages);
  const std::size_t n = c.actors.size();
  k.event.actors = static_cast<std::uint32_t>(n);
  k.event.camp = c.camp;
  for (std::size_t a = 0; a < n; ++a) {
    const world::Figure cinc = w.capability(c.actors[a], c.first - 1);
    k.size.push_back(cinc.known && cinc.value > 0 ? cinc.value : 1e-4);
    for (std::size_t b = a + 1; b < n; ++b) {
      const world::Dyad& d = eve(a, b);
      k.dyads.push_back(d);
      k.event.ties.insert(k.event.ties.end(), d.value.begin(), d.value.end());
    }
  }
  k.c = std::move(c);
  return k;
}

bool near(const Case& e, const Case& of) {
  if (e.first > of.last + near_years || of.first > e.last + near_years) return false;
  int shared = 0;
  for (const auto a : e.actors)
    for (const auto b : of.actors) shared += a == b;
  return shared >= 2;
}

}  // namespace entente::record
