// Random networks for RapidCheck: they shrink to few elements and small numbers.
#pragma once
#include <rapidcheck.h>

#include <cmath>
#include <iostream>

#include "entente/kernel/market.hpp"

namespace entente::market {

enum class Kind { ties, exact, mixed, elastic, wide, hostile };

inline void showValue(const Network& n, std::ostream& os) {
  os.precision(17);
  os << "nodes " << n.nodes << "\n";
  for (const Producer& p : n.producers)
    os << "  {.node = " << p.node << ", .capacity = " << p.capacity << ", .cost_first = " << p.cost_first
       << ", .cost_last = " << p.cost_last << ", .needs = " << p.needs << "},\n";
  for (const Consumer& c : n.consumers)
    os << "  {.node = " << c.node << ", .form = " << (c.form == Demand::linear ? "linear" : "constant_elasticity")
       << ", .a = " << c.a << ", .b = " << c.b << ", .p0 = " << c.p0 << ", .choke = " << c.choke
       << ", .most = " << c.most << ", .needs = " << c.needs << "},\n";
  for (const Link& l : n.links)
    os << "  {.from = " << l.from << ", .to = " << l.to << ", .capacity = " << l.capacity << ", .cost = " << l.cost
       << ", .fixed = " << l.fixed << ", .optional = " << l.optional << ", .needs = " << l.needs << "},\n";
}

namespace random {

inline int pick(int low, int below) { return *rc::gen::inRange(low, below); }
inline bool chance(int percent) { return pick(0, 100) >= 100 - percent; }  // shrinks to false

/// A positive number of the kind's size: small whole numbers; halves, or tenths and their like, whose sums agree on
/// paper and in the machine only to the last bits; hundredths; six decades either way; the ends of the machine's range.
inline double size(Kind kind) {
  if (kind == Kind::ties) return pick(1, 6);
  if (kind == Kind::exact)
    return chance(50) ? 0.5 * pick(1, 3) : *rc::gen::element(0.1, 0.2, 0.3, 0.45, 0.55, 0.7, 0.9, 0.95);
  if (kind == Kind::wide) return std::pow(10.0, pick(-600, 601) / 100.0);
  if (kind == Kind::hostile)
    return *rc::gen::element(1.0, 2.0, 1e-300, 1e300, 5e-324, 1.7e308, 1e-16, 1e16, 1.0 + 0x1p-52, 1e150, 1e-150);
  return pick(1, 2000) / 100.0;
}

inline Producer producer(Kind kind, std::uint32_t nodes) {
  Producer p{.node = static_cast<std::uint32_t>(pick(0, static_cast<int>(nodes)))};
  p.capacity = chance(5) ? 0 : size(kind);
  p.cost_first = chance(10) ? -size(kind) : chance(10) ? 0 : size(kind);
  p.cost_last = p.cost_first;
  if (chance(kind == Kind::ties || kind == Kind::exact ? 20 : 50)) p.cost_last += size(kind);
  else if (chance(15) && p.cost_first > 0) p.capacity = std::numeric_limits<double>::infinity();
  return p;
}

inline Consumer consumer(Kind kind, std::uint32_t nodes) {
  Consumer c{.node = static_cast<std::uint32_t>(pick(0, static_cast<int>(nodes)))};
  const int form = pick(0, 100);
  const int elastic = kind == Kind::elastic ? 80 : kind == Kind::ties ? 5 : 35;
  if (form < elastic) {
    c.form = Demand::constant_elasticity;
    c.a = chance(5) ? 0 : size(kind);
    c.b = -pick(1, 60) / 20.0;
    c.p0 = kind == Kind::exact ? 1 : size(kind);
    c.choke = kind == Kind::exact ? size(kind) : c.p0 * pick(1, 40) / 2.0;
    if (chance(kind == Kind::exact ? 60 : 25)) c.most = size(kind);
    return c;
  }
  c.a = chance(5) ? 0 : kind == Kind::wide ? size(kind) : 2 * size(kind);
  const bool flat = kind == Kind::ties || kind == Kind::exact;
  c.b = form < (elastic + 100) / 2 && !flat ? size(kind) : chance(flat ? 20 : 0) ? 1 : 0;
  if (c.b == 0 || chance(25)) c.most = chance(5) ? 0 : size(kind);
  return c;
}

inline Link link(Kind kind, std::uint32_t nodes) {
  Link l{.from = static_cast<std::uint32_t>(pick(0, static_cast<int>(nodes)))};
  l.to = (l.from + static_cast<std::uint32_t>(pick(1, static_cast<int>(nodes)))) % nodes;
  l.capacity = chance(15) ? std::numeric_limits<double>::infinity() : chance(5) ? 0 : size(kind);
  l.cost = chance(25) ? 0 : kind == Kind::wide || kind == Kind::exact ? size(kind) : size(kind) / 4;
  if (std::isfinite(l.capacity) && chance(5)) l.cost = -l.cost;  // a sale that must be made
  return l;
}

}  // namespace random

/// Up to 12 nodes. `players` > 0: elements need random sets of them; `options` > 0: up to so many links to build.
inline rc::Gen<Network> networks(Kind kind, int players = 0, int options = 0) {
  return rc::gen::exec([=] {
    using namespace random;
    Network n;
    n.nodes = static_cast<std::uint32_t>(pick(1, 13));
    const int most = static_cast<int>(n.nodes) + 3;
    const int producers = pick(0, most), consumers = pick(0, most), links = n.nodes > 1 ? pick(0, 2 * most) : 0;
    const auto needs = [&] {
      Mask m = 0;
      for (int i = 0; i < players; ++i)
        if (chance(25)) m |= Mask{1} << i;
      return m;
    };
    for (int i = 0; i < producers; ++i)
      n.producers.push_back(producer(kind, n.nodes)), n.producers.back().needs = needs();
    for (int i = 0; i < consumers; ++i)
      n.consumers.push_back(consumer(kind, n.nodes)), n.consumers.back().needs = needs();
    int built = 0;
    for (int i = 0; i < links; ++i) {
      const bool parallel = kind == Kind::exact && i > 0 && chance(20);
      n.links.push_back(parallel ? n.links[static_cast<std::size_t>(pick(0, i))] : link(kind, n.nodes));
      Link& l = n.links.back();
      l.needs = needs();
      if (built < options && chance(50)) {
        ++built;
        l.optional = true;
        l.fixed = chance(20) ? 0 : size(kind);
      }
    }
    return n;
  });
}

}  // namespace entente::market
