// Formulas and conditions on any bytes: they parse and compile, or are complained about; what compiles evaluates, and a
// margin has the sign of its truth.
#include "entente/number/expression.hpp"

#include <cmath>

#include "checks.hpp"
#include "entente/number/program.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  using namespace entente::number;
  SourceMap sources;
  const auto file = sources.add("f", fuzz::text(data, size));
  Diagnostics out;
  const auto e = parse_expression(sources[file].text(), {{file, 0, static_cast<std::uint32_t>(size)}, true}, out);
  fuzz::check(e.empty() != out.ok());
  static const Unit units[]{{}, *parse_unit("USD/kcm"), *parse_unit("bcm/yr"), *parse_unit("USD/m^3")};
  static const double slots[]{2, 100, 30, 0.2, -1, NAN, 0, 1e90};
  const auto resolve = [&](const Term& t) -> std::optional<BoundName> {
    if (t.name.size() > 2) return std::nullopt;
    const auto c = static_cast<unsigned>(t.name[0]);
    return BoundName{units[c % 4], c % 8};
  };
  if (const auto p = compile(e, resolve, out)) {
    if (p->is_condition()) {
      double margin = 0;
      const Truth t = p->evaluate_truth(slots, margin);
      fuzz::check(std::isnan(margin) == (t == Truth::undefined));
      fuzz::check(t == Truth::undefined || (t == Truth::yes ? margin >= 0 : margin <= 0));
    } else {
      (void)p->evaluate(slots);
    }
  }
  fuzz::complaints(out, sources, size);
  return 0;
}
