// One number on any bytes, for places of several kinds: it is read or complained about; what is read draws inside its
// domain, and its description can be written.
#include "entente/number/number.hpp"

#include <cmath>

#include "checks.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  using namespace entente::number;
  static const Expected places[]{{.unit = *parse_unit("USD/kcm"), .domain = Domain::real()},
                                 {.unit = *parse_unit("bcm/yr"), .domain = Domain::positive()},
                                 {.domain = Domain::share(), .chance_allowed = true},
                                 {.domain = {1, INFINITY, true, true}},
                                 {.unit_known = false, .domain_known = false, .chance_allowed = true}};
  for (const Expected& e : places) {
    SourceMap sources;
    const auto file = sources.add("f", fuzz::text(data, size));
    Diagnostics out;
    const auto n = parse_number(sources[file].text(), {{file, 0, static_cast<std::uint32_t>(size)}, true}, e, out);
    fuzz::check(n.has_value() == out.ok());
    fuzz::complaints(out, sources, size);
    if (!n || n->form != Form::distribution) continue;
    double before = -INFINITY;
    for (const double u : {0.0, 1e-9, 0.05, 0.5, 0.95, 1 - 1e-9, 1.0}) {
      const double x = n->distribution.quantile(u);
      fuzz::check(std::isfinite(x) && n->domain.holds(x));
      fuzz::check(x >= before - 1e-9 * std::abs(before));
      before = x;
    }
    fuzz::check(!n->distribution.describe().empty());
  }
  return 0;
}
