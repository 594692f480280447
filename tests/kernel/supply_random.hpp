// Random chains for RapidCheck: they shrink to few origins and routes and to small numbers.
#pragma once
#include <rapidcheck.h>

#include <iostream>

#include "entente/kernel/supply.hpp"

namespace entente::supply {

inline void showValue(const Chain& c, std::ostream& os) {
  os.precision(17);
  for (const Origin& o : c.origins)
    os << "  {.capacity = " << o.capacity << ", .cost = " << o.cost << ", .rise = " << o.rise << "},\n";
  for (const Route& r : c.routes)
    os << "  {.carries = " << r.carries << ", .capacity = " << r.capacity << ", .mark_up = " << r.mark_up
       << ", .stretch = " << r.stretch << ", .dearer = " << r.dearer << ", .stopped = " << r.stopped
       << ", .toll = " << r.toll << "},\n";
  os << "  demand {" << c.demand.quantity << ", " << c.demand.price << ", " << c.demand.elasticity << ", "
     << c.demand.choke << "}\n";
}

/// `tied`: small whole numbers, so that many things cost the same; otherwise five digits, so that nothing does.
inline rc::Gen<Chain> chains(int most_origins, int most_routes, bool tied) {
  return rc::gen::exec([=] {
    const auto pick = [](int low, int below) { return *rc::gen::inRange(low, below); };
    const auto chance = [&](int percent) { return pick(0, 100) >= 100 - percent; };
    const auto amount = [&] { return tied ? static_cast<double>(pick(0, 5)) : pick(0, 1'000'000) / 99'991.0; };
    const auto extra = [&] { return tied ? 0.5 * pick(0, 4) : pick(0, 300'000) / 99'991.0; };
    Chain c;
    const int origins = pick(1, most_origins + 1), routes = pick(1, most_routes + 1);
    for (int i = 0; i < origins; ++i)
      c.origins.push_back({.capacity = amount(), .cost = extra(), .rise = chance(50) ? extra() : 0});
    for (int i = 0; i < routes; ++i) {
      Route r{.capacity = amount(), .mark_up = extra()};
      for (int o = 0; o < origins; ++o)
        if (chance(60)) r.carries |= Set{1} << o;
      if (chance(40)) r.stretch = amount(), r.dearer = extra();
      if (chance(30)) r.stopped = tied ? 0.5 * pick(0, 3) : pick(0, 101) / 100.0;
      if (chance(30)) r.toll = extra();
      c.routes.push_back(r);
    }
    c.demand.quantity = chance(5) ? 0 : 1 + (tied ? pick(0, 12) : pick(0, 3000) / 100.0);
    c.demand.price = 0.5 + 0.5 * pick(0, 6);
    c.demand.elasticity = -pick(1, 50) / 20.0;
    c.demand.choke = c.demand.price * pick(1, 20) / 2.0;
    return c;
  });
}

}  // namespace entente::supply
