// Numbers that can hardly be meant: a warning with the likely meaning, under --strict an error. Two signs of a slip. A
// share or rate that its field says is never so large, where a percent sign is missing. And an amount beyond all there
// is in the world, where a number of dollars stands in a place of billions of dollars.
//
// What there is: a product of about 110 T USD a year (World Bank, World Development Indicators, 2024), 590 EJ of energy
// a year, 37 billion barrels of oil and 4,100 bcm of gas (Energy Institute, Statistical Review of World Energy
// 2025), 8.2 billion persons (United Nations, World Population Prospects 2024), 38 Gt of carbon dioxide a year (Global
// Carbon Budget 2024). The bounds are twice that and more; of a volume, all the rain on land in a year (110,000 km3;
// Oki and Kanae 2006, doi:10.1126/science.1128845).
#include <algorithm>
#include <cmath>

#include "sections.hpp"

namespace entente::situation {
namespace {

using number::Dimension;
using number::show;

struct All {
  std::string_view unit;  // of the same dimension
  double most;            // in that unit
  std::string_view says;
};
constexpr All everything[]{
    {"T USD/yr", 250, "twice the product of the world"},
    {"T USD", 1000, "all that the world owns"},
    {"T EUR/yr", 250, "twice the product of the world"},
    {"T EUR", 1000, "all that the world owns"},
    {"EJ/yr", 1500, "twice the energy that the world uses"},
    {"B bbl/yr", 100, "twice the oil that the world lifts"},
    {"km3/yr", 120000, "all the rain on land"},
    {"B persons", 20, "twice the people of the world"},
    {"GtCO2/yr", 150, "three times what the world emits"},
    {"Gt/yr", 300, "three times all that the world digs"},
};

const All* of_dimension(const number::Unit& u) {
  static const std::vector<number::Unit> units = [] {
    std::vector<number::Unit> out;
    for (const All& a : everything) out.push_back(*number::parse_unit(a.unit));
    return out;
  }();
  for (std::size_t i = 0; i < units.size(); ++i)
    if (units[i].same_dimension(u)) return &everything[i];
  return nullptr;
}

}  // namespace

void CoreBuilder::plausible(bool strict) {
  const auto tell = [&](const Parameter& p, std::string message, std::string label, std::string hint) {
    if (strict) out.error("E0218", p.span, std::move(message), std::move(label), std::move(hint));
    else out.warning("W0218", p.span, std::move(message), std::move(label), std::move(hint));
  };
  for (const Parameter& p : s.parameters) {
    if (p.implicit) continue;
    const number::Number* n = &p.number;
    double factor = 1;
    if (n->form == number::Form::reference) {  // the driver's value in this place
      const auto it = s.drivers.find(n->reference);
      if (it == s.drivers.end() || !std::isfinite(p.most)) continue;
      n = &s.parameters[it->second].number;
      if (!n->unit.same_dimension(p.number.unit)) continue;
      factor = number::conversion(n->unit, p.number.unit);
    }
    if (n->form != number::Form::distribution || n->chance) continue;
    const double m = factor * n->distribution.median();
    if (std::abs(m) > p.most) {
      const bool rate = p.number.unit.text.empty() && p.most <= 10 && p.number.domain.hi > 0;  // no elasticity
      const bool missing = rate && !n->percent && std::abs(m) / 100 <= p.most && n == &p.number;
      tell(p,
           rate ? "a value of " + show(100 * m) + " % is more than this can well be"
                : "a value of " + show(m) + (p.number.unit.text.empty() ? "" : " " + p.number.unit.text) +
                      " is more than this can well be",
           rate && !n->percent ? show(m) + " is " + show(100 * m) + " % where a share is meant" : "taken as it stands",
           missing ? "is a `%` missing? write `" + p.number.text + " %`" : "");
      continue;
    }
    if (p.number.form != number::Form::distribution) continue;
    const All* all = of_dimension(n->unit);
    if (!all) continue;
    const double most = all->most * number::parse_unit(all->unit)->factor, value = std::abs(m) * n->unit.factor;
    if (value <= most) continue;
    std::string hint;
    for (const double k : {1e9, 1e6, 1e3})  // written in the unit without its scale
      if (hint.empty() && value / k <= most && n->unit.factor >= k)
        hint = "this place is in " + n->unit.text + ": was " + show(m / k) + " " + n->unit.text + " meant?";
    if (hint.empty()) hint = "was a smaller unit meant than " + n->unit.text + "?";
    tell(p, "a value of " + show(m) + " " + n->unit.text + " is more than " + std::string(all->says),
         "taken as it stands", hint);
  }
}

}  // namespace entente::situation
