#include "entente/situation/situation.hpp"

namespace entente::situation {

NumberCount count_numbers(const Situation& s) noexcept {
  NumberCount out;
  for (const Parameter& p : s.parameters) {
    if (p.path.ends_with(".toss")) continue;  // a part of its event
    const auto& n = p.number;
    const bool uncertain = n.form == number::Form::distribution && (!n.distribution.is_fixed() || n.chance);
    out.written += !p.implicit;
    out.uncertain += !p.implicit && uncertain;
    out.defaults += p.implicit && uncertain;
  }
  return out;
}

void note_cuts(const Situation& s, Diagnostics& out) {
  for (const Parameter& p : s.parameters) {
    const auto& n = p.number;
    if (p.implicit || n.form != number::Form::distribution || n.distribution.lost() <= 1e-4) continue;
    // A likely value within bounds: the ends were chosen for what stays (W0215 where they could not).
    if (n.distribution.family() == number::Family::two_piece && !n.unbounded) continue;
    const double one = n.percent ? 100 : 1;
    out.add({.severity = Severity::note,
             .code = "N0217",
             .message = "what stands here is cut: " + number::show(100 * n.distribution.lost(), 2) +
                        " % of it lies outside what " +
                        (n.unbounded ? "the places take that use it" : "this place takes"),
             .span = p.span,
             .label = n.distribution.describe(one) + (n.percent             ? " %"
                                                      : n.unit.text.empty() ? ""
                                                                            : " " + n.unit.text),
             .hint = {},
             .remarks = {}});
  }
}

}  // namespace entente::situation
