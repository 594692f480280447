#include "entente/situation/situation.hpp"

namespace entente::situation {

NumberCount count_numbers(const Situation& s, const std::vector<char>& drawn) {
  NumberCount out;
  for (ParamId id = 0; id < s.parameters.size(); ++id) {
    const Parameter& p = s.parameters[id];
    if (p.implicit && p.tosses()) continue;  // a model's event, no number of anybody's
    if (p.role == Role::news) continue;      // of no answer
    const auto& n = p.number;
    const bool uncertain = n.form == number::Form::distribution && (!n.distribution.is_fixed() || n.chance);
    const bool counts = uncertain && (drawn.empty() ? !p.of_lever : drawn[id] != 0);
    // Of an event whose chance is a driver the number that tosses it is drawn; it was written once.
    out.written += !p.implicit && !p.tosses();
    out.uncertain += !p.implicit && counts;
    out.defaults += p.implicit && counts;
    out.idle += uncertain && !counts;
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
