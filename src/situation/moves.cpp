// What makes a lever a move: its cost, the chance that it works, its dose, which others it excludes or needs. A dose is
// a fixed number at its largest, which `with LEVER` in a claim means; whoever looks at smaller ones puts another value
// in its place and computes the lever's formulas again. All of it is a lever's, so none of it is drawn where nobody
// asks.
#include <algorithm>

#include "entente/base/spelling.hpp"
#include "sections.hpp"

namespace entente::situation {
namespace {

constexpr int most_steps = 100;

// `dose` in a lever's formula is that lever's own.
void name_dose(number::Number& n, const std::string& own) {
  if (n.form == number::Form::reference && n.reference == "dose") n.reference = own;
  for (auto& t : n.formula.terms)
    if (t.op == number::Op::name && t.name == "dose") t.name = own;
}

std::vector<std::string> names_of(const std::vector<Lever>& levers) {
  std::vector<std::string> names;
  for (const Lever& l : levers) names.push_back(l.name);
  return names;
}

}  // namespace

void CoreBuilder::dose(Lever& l, const Entry& e) {
  if (!e.has("dose")) {
    if (e.wrote("steps") && !e.wrote("dose"))
      out.error("E0831", e["steps"].key, "`" + l.name + "` has steps and no dose", "steps of what?",
                "such as `dose: between 0 and 1`");
    return;
  }
  const ParamId id = e["dose"].number.first();
  Parameter& p = reader.parameters[id];
  auto& d = p.number.distribution;
  if (p.number.form != number::Form::distribution || d.family() != number::Family::uniform) {
    out.error("E0830", e["dose"].span, "a dose lies between two ends, and is chosen", "not drawn from anything",
              "such as `dose: between 0 and 1`");
    return;
  }
  int steps = 10;
  if (e.wrote("steps")) {
    steps = e["steps"].whole().value_or(0);
    if (steps < 1 || steps > most_steps) {
      out.error("E0831", e["steps"].span, "a dose is looked at in 1 to 100 steps", "this is no such number");
      return;
    }
  }
  const double lo = d.lower(), hi = d.upper();
  for (int i = 0; i <= steps; ++i) {
    const double at = i == steps ? hi : lo + (hi - lo) * i / steps;
    if (at != 0) l.doses.push_back(at);  // nought is not doing it
  }
  p.number.distribution = number::Distribution::fixed(hi);
  p.number.domain = {lo, hi, false, false};
  l.dose = id;
  const std::string own = l.name + ".dose";
  reader.tosses.emplace_back(own, id);
  for (const Patch& patch : l.patches) name_dose(reader.parameters[patch.source].number, own);
  if (l.cost != none) name_dose(reader.parameters[l.cost].number, own);
}

// Who excludes and needs whom, and whether anybody's needs can be met.
void CoreBuilder::ties_of_levers(const Entry& root) {
  auto& all = s.levers;
  const auto& entries = root["levers"].entries;
  const auto find = [&](const Word& w) -> std::uint32_t {
    const auto it = std::ranges::find(all, w.text, &Lever::name);
    if (it != all.end()) return static_cast<std::uint32_t>(it - all.begin());
    if (!unread({"levers", w.text}))
      out.error("E0832", w.span, "there is no lever `" + w.text + "`", "not under `levers`",
                did_you_mean(w.text, names_of(all)));
    return none;
  };
  for (std::uint32_t i = 0; i < all.size(); ++i)
    for (const char* field : {"excludes", "needs"}) {
      const auto& words = entries[i][field].words;
      once(words);
      for (const Word& w : words) {
        const std::uint32_t other = find(w);
        if (other == i) out.error("E0833", w.span, "`" + w.text + "` " + field + " itself", "it could never be done");
        else if (other != none) (field[0] == 'n' ? all[i].needs : all[i].excludes).push_back(other);
      }
    }
  if (!out.ok()) return;
  for (std::uint32_t i = 0; i < all.size(); ++i)
    for (const std::uint32_t x : all[i].excludes)
      if (x < i && std::ranges::find(all[x].excludes, i) != all[x].excludes.end())
        out.warning("W0836", entries[i]["excludes"].span,
                    "`" + all[i].name + "` and `" + all[x].name + "` exclude each other twice", "said before",
                    "excluding holds both ways: one of the two will do");
  // All that a lever needs, through others too; in a circle none of them could be the first.
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    std::vector<std::uint32_t> needed{i};
    bool circle = false;
    for (std::size_t k = 0; k < needed.size() && !circle; ++k)
      for (const std::uint32_t n : all[needed[k]].needs) {
        circle = circle || n == i;
        if (std::ranges::find(needed, n) == needed.end()) needed.push_back(n);
      }
    if (circle) {
      out.error("E0834", entries[i]["needs"].span, "these levers need each other in a circle",
                "`" + all[i].name + "` needs itself", "what is only done together is one lever");
      continue;
    }
    for (const std::uint32_t a : needed)
      for (const std::uint32_t b : all[a].excludes)
        if (std::ranges::find(needed, b) != needed.end())
          out.error("E0835", entries[i]["needs"].span, "what `" + all[i].name + "` needs cannot be met",
                    "`" + all[a].name + "` excludes `" + all[b].name + "`");
  }
}

void CoreBuilder::levers(const Entry& root) {
  for (const Entry& e : root["levers"].entries) {
    Lever l{.name = e.name,
            .says = e["says"].text,
            .by = actor_list(e["by"].words),
            .patches = reader.patches[e.name],
            .span = e.name_span,
            .cost_span = e["cost"].span};
    if (e.has("cost")) l.cost = e["cost"].number.first();
    if (e.has("works")) l.works = e["works"].number.first();
    dose(l, e);
    for (const ParamId id : {l.cost, l.works, l.dose}) {
      if (id == none) continue;
      reader.parameters[id].of_lever = true;
      if (id != l.works) reader.parameters[id].role = Role::driver;  // its unit is the one that is written
    }
    s.levers.push_back(std::move(l));
  }
  ties_of_levers(root);
}

// One unit for all: that of `costs-in`, else of the first lever that has a cost.
void CoreBuilder::costs(const Entry& root) {
  if (!out.ok()) return;
  bool known = root.has("costs-in");
  Span said = root["costs-in"].span;
  if (known) s.cost_unit = root["costs-in"].unit();
  for (const Lever& l : s.levers) {
    if (l.cost == none) continue;
    number::Number& n = s.parameters[l.cost].number;
    const bool bare = n.unit.plain() && n.unit.text.empty();
    if (!known) s.cost_unit = n.unit, said = l.cost_span;
    known = true;
    if (bare && n.form == number::Form::distribution && !n.percent) n.unit = s.cost_unit;
    if (!n.unit.same_dimension(s.cost_unit)) {
      const std::string mine = n.unit.text.empty() ? "a plain number" : "`" + n.unit.text + "`";
      auto& d =
          out.error("E0837", l.cost_span, "this lever's cost is in a unit of its own",
                    mine + ", not " + (s.cost_unit.text.empty() ? "a plain number" : "`" + s.cost_unit.text + "`"),
                    "one unit for all levers; `units:` may say what one is in the other, such as `standing: = 2 B "
                    "USD/yr @judgement`");
      d.remarks.push_back({said, "the unit of costs"});
      continue;
    }
    const double factor = number::conversion(n.unit, s.cost_unit);
    if (n.form == number::Form::distribution) n.distribution = n.distribution.scaled(factor);
    for (Rule& r : s.rules) {
      if (r.param != l.cost) continue;
      if (r.reference != none) r.factor *= factor;
      else if (factor != 1.0) {
        const auto resolve = [&](const number::Term& t) -> std::optional<number::BoundName> {
          const ParamId d = s.drivers.at(t.name);
          return number::BoundName{s.parameters[d].number.unit, d, s.parameters[d].number.percent};
        };
        if (auto program = number::compile_to(n.formula, s.cost_unit, resolve, out)) r.program = std::move(*program);
      }
    }
    n.unit = s.cost_unit;
  }
  for (const Lever& l : s.levers) fits(l);
}

// At every dose, the others at their medians, what a lever's formulas give lies within what their places take.
void CoreBuilder::fits(const Lever& l) {
  if (l.dose == none) return;
  std::vector<double> base(s.parameters.size(), 0.0);
  for (ParamId id = 0; id < base.size(); ++id) {
    const auto& n = s.parameters[id].number;
    if (n.form == number::Form::distribution) base[id] = n.distribution.median();
  }
  std::set<ParamId> told;
  for (const double at : l.doses) {
    std::vector<double> p = base;
    p[l.dose] = at;
    for (const Rule& r : s.rules) p[r.param] = r.reference != none ? p[r.reference] * r.factor : r.program.evaluate(p);
    const auto look = [&](ParamId id) {
      const auto& n = s.parameters[id].number;
      if (n.form == number::Form::distribution || n.domain.holds(p[id]) || !told.insert(id).second) return;
      out.error("E0838", s.parameters[id].span,
                "at the dose " + number::show(at) + " this is " + number::show(p[id]) +
                    (n.unit.text.empty() ? "" : " " + n.unit.text),
                "what stands here is " + n.domain.describe(), "a smaller range for the dose, or another formula");
    };
    for (const Patch& patch : l.patches) look(patch.source);
    if (l.cost != none) look(l.cost);
  }
}

}  // namespace entente::situation
