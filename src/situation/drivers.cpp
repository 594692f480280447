// Numbers that refer to drivers: an ordered list of rules. A depth-first walk finds the order; meeting a number that is
// still being walked is a cycle, reported once with the places on it. The walk keeps its own stack, because a file may
// hang a hundred thousand drivers upon one another. Units are checked as soon as what a rule needs is known, so a
// driver's formula gets its unit before the places that use it are checked.
#include <algorithm>

#include "sections.hpp"

namespace entente::situation {
namespace {

enum class State : unsigned char { fresh, open, done, failed };

struct Walk {
  Builder& b;
  std::vector<State> state;
  struct Step {
    ParamId id;
    std::vector<ParamId> needs;
    std::size_t next = 0;
    bool good = true;
  };
  std::vector<Step> trail;
  std::unordered_map<std::string_view, ParamId> known = {b.s.drivers.begin(), b.s.drivers.end()};

  std::optional<ParamId> driver(const std::string& name, Span at) {
    if (const auto it = known.find(name); it != known.end()) return it->second;
    if (b.unread({"drivers", name})) return std::nullopt;
    const auto names = [&] {
      std::vector<std::string> all;
      for (const auto& [one, id] : b.s.drivers) all.push_back(one);
      return all;
    };
    std::string hint = b.reader.meant(name, names);
    for (const auto& [one, id] : b.s.drivers)  // in this place a number is one for all years
      if (one.starts_with(name + ".") && !one.ends_with(".toss")) {
        hint = "it differs by year: `" + one + "` is one of its numbers";
        break;
      }
    if (hint.empty() && name.find('-') != std::string::npos) hint = "a minus sign needs spaces around it";
    b.out.error("E0380", at, "there is no driver `" + name + "`", "not under `drivers`", hint);
    return std::nullopt;
  }

  void open(ParamId id) {
    Step step{.id = id, .needs = {}};
    const number::Number& n = b.s.parameters[id].number;
    const auto need = [&](const std::string& name, Span at) {
      if (const auto d = driver(name, at)) step.needs.push_back(*d);
      else step.good = false;
    };
    if (n.form == number::Form::reference) need(n.reference, n.span);
    if (n.form == number::Form::formula)
      for (const auto& t : n.formula.terms)
        if (t.op == number::Op::name) need(t.name, t.span);
    state[id] = State::open;
    trail.push_back(std::move(step));
  }

  void cycle(ParamId id) {
    auto& d =
        b.out.error("E0381", b.s.parameters[id].span, "these drivers go round in a circle", "this one needs itself");
    auto it = std::ranges::find(trail, id, &Step::id);
    for (int told = 0; it != trail.end() && told < 10; ++it)
      if (it->id != id) d.remarks.push_back({b.s.parameters[it->id].span, "through this one"}), ++told;
  }

  // Most numbers need nothing.
  bool settled(ParamId id) {
    if (state[id] == State::fresh && b.s.parameters[id].number.form == number::Form::distribution)
      state[id] = State::done;
    return state[id] == State::done;
  }

  void visit(ParamId root) {
    if (settled(root)) return;
    if (state[root] == State::fresh) open(root);
    while (!trail.empty()) {
      Step& step = trail.back();
      if (step.next < step.needs.size()) {
        const ParamId need = step.needs[step.next++];
        if (settled(need)) continue;
        if (state[need] == State::open) cycle(need);
        if (state[need] == State::open || state[need] == State::failed) step.good = false;
        else if (state[need] == State::fresh) open(need);
        continue;
      }
      const bool good = step.good && rule(step.id);
      state[step.id] = good ? State::done : State::failed;
      trail.pop_back();
      if (!good && !trail.empty()) trail.back().good = false;
    }
  }

  bool rule(ParamId id) {
    Parameter& p = b.s.parameters[id];
    number::Number& n = p.number;
    if (n.form == number::Form::distribution) return true;
    const bool free = p.role == Role::driver;
    const bool unit_known = !(free && n.unit.text.empty() && n.unit.plain() && n.unit.factor == 1.0);
    if (n.form == number::Form::reference) {
      const ParamId d = known.at(n.reference);
      const Parameter& from = b.s.parameters[d];
      if (!unit_known) n.unit = from.number.unit;
      n.percent = from.number.percent;
      if (!n.unit.same_dimension(from.number.unit)) {
        auto& e = b.out.error("E0382", n.span,
                              "`" + n.reference + "` is " + number::describe_dimension(from.number.unit) + ", not " +
                                  number::describe_dimension(n.unit),
                              "expected " + (n.unit.text.empty() ? "a plain number" : n.unit.text));
        e.remarks.push_back({from.span, "the driver"});
        return false;
      }
      Rule r{.param = id, .reference = d, .factor = number::conversion(from.number.unit, n.unit)};
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
      const ParamId d = known.at(t.name);
      return number::BoundName{b.s.parameters[d].number.unit, d, b.s.parameters[d].number.percent};
    };
    const auto program =
        unit_known ? number::compile_to(n.formula, n.unit, resolve, b.out) : number::compile(n.formula, resolve, b.out);
    if (!program || !good) return false;
    if (program->is_condition()) {
      b.out.error("E0385", n.span, "a formula gives a number, not a condition", "comparison");
      return false;
    }
    if (!unit_known) n.unit = program->unit();
    n.percent = program->in_percent();
    b.s.rules.push_back(Rule{.param = id, .program = *program});
    return true;
  }
};

// What a number with a standard deviation may be is what its uses can take, where it does not say so itself: it is cut
// there, once, so that every use sees the same number.
void cut_to_uses(Builder& b) {
  std::vector<std::optional<number::Domain>> needed(b.s.parameters.size());
  for (const Parameter& p : b.s.parameters) {
    if (p.number.form != number::Form::reference) continue;
    const auto it = b.s.drivers.find(p.number.reference);
    if (it == b.s.drivers.end()) continue;
    const number::Number& d = b.s.parameters[it->second].number;
    if (!d.unbounded || d.form != number::Form::distribution || !d.unit.same_dimension(p.number.unit)) continue;
    const double factor = number::conversion(d.unit, p.number.unit);
    auto& domain = needed[it->second];
    if (!domain) domain = number::Domain::real();
    const number::Domain& use = p.number.domain;
    if (use.lo / factor >= domain->lo) domain->lo_open = use.lo_open, domain->lo = use.lo / factor;
    if (use.hi / factor <= domain->hi) domain->hi_open = use.hi_open, domain->hi = use.hi / factor;
  }
  for (ParamId id = 0; id < needed.size(); ++id) {
    if (!needed[id]) continue;
    number::Number& n = b.s.parameters[id].number;
    const auto& d = n.distribution;
    if (d.lower() >= needed[id]->lo && d.upper() <= needed[id]->hi) continue;
    auto cut = d.within(*needed[id]);
    if (!cut) continue;  // said where it is used
    n.distribution = std::move(*cut);
    n.domain = *needed[id];
  }
}

}  // namespace

// A driver is used where a number that is no driver, a claim or an outcome needs it, or a driver that is used. A lever
// that sets one uses none.
void CoreBuilder::unused() {
  std::vector<char> used(s.parameters.size(), 0);
  std::vector<ParamId> open;
  const auto use = [&](std::string_view name) {
    const auto it = s.drivers.find(name);
    if (it != s.drivers.end() && !used[it->second]) used[it->second] = 1, open.push_back(it->second);
  };
  const auto needs = [&](const number::Number& n) {
    if (n.form == number::Form::reference) use(n.reference);
    for (const auto& t : n.formula.terms)
      if (t.op == number::Op::name) use(t.name);
  };
  for (const Parameter& p : s.parameters)
    if (p.role != Role::driver) needs(p.number);
  Diagnostics elsewhere;  // what is wrong with a condition is told when it is compiled
  for (const Claim& c : s.claims)
    for (const auto& t : number::parse_expression(c.holds, c.place, elsewhere, &s.units).terms)
      if (t.op == number::Op::name) use(t.name);
  for (const Outcome& o : s.outcomes) use(o.quantity.empty() ? o.name : o.quantity);
  while (!open.empty()) {
    const ParamId id = open.back();
    open.pop_back();
    needs(s.parameters[id].number);
  }
  // Of a driver by year one year that is used will do.
  const auto of_year = [](const std::string& name) { return name.substr(0, name.rfind('.')); };
  std::set<std::string> years;
  for (const auto& [name, id] : s.drivers)
    if (used[id] && name.find('.') != std::string::npos) years.insert(of_year(name));
  for (const auto& [name, id] : s.drivers)
    if (!used[id] && !s.parameters[id].of_lever &&
        !(name.find('.') != std::string::npos && years.contains(of_year(name))))
      s.unused.push_back(id);
}

void CoreBuilder::drivers(const Entry&) {
  cut_to_uses(*this);
  Walk walk{*this, std::vector<State>(s.parameters.size(), State::fresh), {}};
  for (ParamId id = 0; id < s.parameters.size(); ++id) walk.visit(id);
  // What a lever puts in the place of a driver whose unit came out of a formula.
  for (const Lever& l : s.levers)
    for (const Patch& patch : l.patches) {
      number::Number& mine = s.parameters[patch.source].number;
      const Parameter& target = s.parameters[patch.target];
      const auto& unit = target.number.unit;
      if (s.parameters[patch.source].role != Role::driver || walk.state[patch.source] == State::failed ||
          walk.state[patch.target] == State::failed)
        continue;
      const bool bare = mine.form == number::Form::distribution && mine.unit.plain();
      if (bare && !unit.plain() && !mine.percent && mine.unit.text.empty()) mine.unit = unit;
      if (!mine.unit.same_dimension(unit)) {
        auto& e = out.error("E0382", s.parameters[patch.source].span,
                            "`" + mine.text + "` is " + number::describe_dimension(mine.unit) + ", not " +
                                number::describe_dimension(unit),
                            "expected " + (unit.text.empty() ? "a plain number" : unit.text));
        e.remarks.push_back({target.span, "the driver"});
      } else if (mine.form == number::Form::distribution) {
        mine.distribution = mine.distribution.scaled(number::conversion(mine.unit, unit));
        mine.unit = unit;
        if (mine.unbounded)
          if (auto cut = mine.distribution.within(target.number.domain)) mine.distribution = std::move(*cut);
      } else if (number::conversion(mine.unit, unit) != 1.0) {
        for (Rule& r : s.rules)
          if (r.param == patch.source) r.factor *= number::conversion(mine.unit, unit);
        mine.unit = unit;
      }
    }
}

}  // namespace entente::situation
