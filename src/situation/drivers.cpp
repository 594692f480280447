// Numbers that refer to drivers: an ordered list of rules. A depth-first walk finds the order; meeting a number that is
// still being walked is a cycle, reported once with every place on it. Units are checked as soon as what a rule needs
// is known, so a driver's formula gets its unit before the places that use it are checked.
#include <algorithm>
#include <functional>

#include "entente/base/nearest.hpp"
#include "sections.hpp"

namespace entente::situation {
namespace {

enum class State : unsigned char { fresh, open, done, failed };

struct Walk {
  Builder& b;
  std::vector<State> state;
  std::vector<ParamId> trail;
  std::vector<std::string> names;

  std::optional<ParamId> driver(const std::string& name, Span at) {
    const auto it = b.s.drivers.find(name);
    if (it != b.s.drivers.end()) return it->second;
    std::string hint = did_you_mean(name, names);
    if (hint.empty() && name.find('-') != std::string::npos) hint = "a minus sign needs spaces around it";
    b.out.error("E0380", at, "there is no driver `" + name + "`", "not under `drivers`", hint);
    return std::nullopt;
  }

  bool visit(ParamId id) {
    if (state[id] == State::done) return true;
    if (state[id] == State::failed) return false;
    if (state[id] == State::open) {
      const auto from = std::ranges::find(trail, id);
      auto& d =
          b.out.error("E0381", b.s.parameters[id].span, "these drivers go round in a circle", "this one needs itself");
      for (auto it = from; it != trail.end(); ++it)
        if (*it != id) d.remarks.push_back({b.s.parameters[*it].span, "through this one"});
      return false;
    }
    state[id] = State::open;
    trail.push_back(id);
    const bool good = rule(id);
    trail.pop_back();
    state[id] = good ? State::done : State::failed;
    return good;
  }

  bool rule(ParamId id) {
    Parameter& p = b.s.parameters[id];
    number::Number& n = p.number;
    if (n.form == number::Form::distribution) return true;
    const bool free = p.path.starts_with("drivers.") || p.path.starts_with("levers.");
    const bool unit_known = !(free && n.unit.text.empty() && n.unit.plain() && n.unit.factor == 1.0);
    if (n.form == number::Form::reference) {
      const auto d = driver(n.reference, n.span);
      if (!d || !visit(*d)) return false;
      const Parameter& from = b.s.parameters[*d];
      if (!unit_known) n.unit = from.number.unit;
      if (!n.unit.same_dimension(from.number.unit)) {
        auto& e = b.out.error("E0382", n.span,
                              "`" + n.reference + "` is " + number::describe_dimension(from.number.unit) + ", not " +
                                  number::describe_dimension(n.unit),
                              "expected " + (n.unit.text.empty() ? "a plain number" : n.unit.text));
        e.remarks.push_back({from.span, "the driver"});
        return false;
      }
      Rule r{.param = id, .reference = *d, .factor = number::conversion(from.number.unit, n.unit)};
      const auto& dist = from.number.distribution;
      const auto& dom = n.domain;
      if (from.number.form == number::Form::distribution &&
          (dist.lower() * r.factor < dom.lo || dist.upper() * r.factor > dom.hi)) {
        auto& e = b.out.error("E0383", n.span, "`" + n.reference + "` may lie outside what stands here",
                              "this place takes " + dom.describe(), "bound the driver with `between`");
        e.remarks.push_back({from.span, "the driver: " + dist.describe()});
        return false;
      }
      b.s.rules.push_back(std::move(r));
      return true;
    }
    bool good = true;
    const auto resolve = [&](const number::Term& t) -> std::optional<number::BoundName> {
      if (!t.modifiers.empty()) {
        b.out.error("E0384", t.span, "`with` and `without` belong to claims", "a driver's formula has no other worlds");
        good = false;
        return std::nullopt;
      }
      const auto d = driver(t.name, t.span);
      if (!d || !visit(*d)) {
        good = false;
        return std::nullopt;
      }
      return number::BoundName{b.s.parameters[*d].number.unit, *d};
    };
    const auto program =
        unit_known ? number::compile_to(n.formula, n.unit, resolve, b.out) : number::compile(n.formula, resolve, b.out);
    if (!program || !good) return false;
    if (program->is_condition()) {
      b.out.error("E0385", n.span, "a formula gives a number, not a condition", "comparison");
      return false;
    }
    if (!unit_known) n.unit = program->unit();
    b.s.rules.push_back(Rule{.param = id, .program = *program});
    return true;
  }
};

}  // namespace

void Builder::drivers(const Entry&) {
  Walk walk{*this, std::vector<State>(s.parameters.size(), State::fresh), {}, {}};
  for (const auto& [name, id] : s.drivers) walk.names.push_back(name);
  for (ParamId id = 0; id < s.parameters.size(); ++id) walk.visit(id);
}

}  // namespace entente::situation
