// From a situation to a plan. Claims are read first, because they say which worlds and which cells are needed; the
// slots of a claim's program are the base parameters followed by the cells, so a program is evaluated on one flat
// array.
#include <algorithm>
#include <map>
#include <set>

#include "entente/base/nearest.hpp"
#include "entente/base/random.hpp"
#include "entente/plan/plan.hpp"

namespace entente::plan {

using situation::Situation;

class Compiler {
 public:
  Compiler(Plan& plan, Diagnostics& out) : p_(plan), s_(*plan.situation_), out_(out) {}

  bool run(const Scope& scope) {
    for (const auto& q : s_.questions) {
      auto model = ask::compile(s_, q, out_);
      if (!model) return false;
      p_.models_.push_back(std::move(model));
    }
    p_.worlds_.push_back({});
    for (std::uint32_t q = 0; q < s_.questions.size(); ++q) {
      std::uint64_t groups = 0;
      if (scope.everything)
        for (const auto& x : p_.models_[q]->quantities()) groups |= std::uint64_t{1} << x.group;
      instance(q, 0, groups);
      const auto& instance = p_.instances_.back();
      const auto& list = p_.models_[q]->quantities();
      for (std::uint32_t i = 0; i < list.size(); ++i)
        p_.named_.push_back({s_.questions[q].name + "." + list[i].name, list[i].says, list[i].unit, instance.offset + i,
                             list[i].headline});
    }
    for (const auto& c : s_.claims) claim(c);
    if (scope.levers)
      for (const auto& l : s_.levers) {
        const auto w = world({{.with = true, .name = l.name, .span = l.span}});
        for (std::uint32_t q = 0; w && q < s_.questions.size(); ++q) instance(q, *w, 1);
      }
    uncertain();
    fingerprint();
    return out_.ok();
  }

 private:
  std::uint32_t instance(std::uint32_t question, std::uint32_t world, std::uint64_t groups) {
    for (std::uint32_t i = 0; i < p_.instances_.size(); ++i)
      if (p_.instances_[i].question == question && p_.instances_[i].world == world) {
        p_.instances_[i].groups |= groups;
        return i;
      }
    p_.instances_.push_back({question, world, groups, static_cast<std::uint32_t>(p_.cells_)});
    p_.cells_ += p_.models_[question]->quantities().size();
    return static_cast<std::uint32_t>(p_.instances_.size() - 1);
  }

  std::optional<std::uint32_t> world(const std::vector<number::Modifier>& modifiers) {
    std::vector<const number::Modifier*> sorted;
    for (const auto& m : modifiers) sorted.push_back(&m);
    std::ranges::sort(sorted,
                      [](auto* a, auto* b) { return std::pair(a->with, a->name) < std::pair(b->with, b->name); });
    World w;
    std::map<ParamId, std::string> set_by;
    for (const auto* m : sorted) {
      w.name += (w.name.empty() ? "" : " ") + std::string(m->with ? "with " : "without ") + m->name;
      if (!(m->with ? lever(*m, w, set_by) : absent(*m, w))) return std::nullopt;
    }
    for (std::uint32_t i = 0; i < p_.worlds_.size(); ++i)
      if (p_.worlds_[i].name == w.name) return i;
    std::set<ParamId> touched;
    for (const auto& patch : w.patches) touched.insert(patch.target);
    for (const auto& d : s_.drivers) w.rules = w.rules || touched.contains(d.second);
    p_.worlds_.push_back(std::move(w));
    return static_cast<std::uint32_t>(p_.worlds_.size() - 1);
  }

  bool lever(const number::Modifier& m, World& w, std::map<ParamId, std::string>& set_by) {
    const auto it = std::ranges::find(s_.levers, m.name, &situation::Lever::name);
    if (it == s_.levers.end()) {
      std::vector<std::string> names;
      for (const auto& l : s_.levers) names.push_back(l.name);
      out_.error("E0410", m.span, "there is no lever `" + m.name + "`", "not under `levers`",
                 did_you_mean(m.name, names));
      return false;
    }
    for (const auto& patch : it->patches) {
      const auto [old, fresh] = set_by.emplace(patch.target, m.name);
      if (!fresh && old->second != m.name) {
        out_.error("E0411", m.span, "`" + old->second + "` and `" + m.name + "` set the same number",
                   s_.parameters[patch.target].path, "a world needs one value for each place");
        return false;
      }
      w.patches.push_back(patch);
    }
    return true;
  }

  bool absent(const number::Modifier& m, World& w) {
    const auto [first, last] = s_.presence.equal_range(m.name);
    const auto found = std::distance(first, last);
    if (found == 1) {
      w.absent.push_back(first->second);
      return true;
    }
    std::vector<std::string> names;
    for (const auto& [name, id] : s_.presence) names.push_back(name);
    if (found == 0)
      out_.error("E0412", m.span, "nothing here is called `" + m.name + "`", "neither actor nor link",
                 did_you_mean(m.name, names));
    else
      out_.error("E0413", m.span, "several things are called `" + m.name + "`", "which one?",
                 "give them names of their own");
    return false;
  }

  std::optional<number::BoundName> resolve(const number::Term& t, Claim& c) {
    const auto dot = t.name.find('.');
    if (dot == std::string::npos) {
      const auto d = s_.drivers.find(t.name);
      if (d != s_.drivers.end()) {
        if (!t.modifiers.empty()) {
          out_.error("E0414", t.span, "a driver is the same in every world",
                     "`with` and `without` follow a question's quantity");
          return std::nullopt;
        }
        return number::BoundName{s_.parameters[d->second].number.unit, d->second};
      }
    }
    const std::string head = t.name.substr(0, dot);
    const auto q = std::ranges::find(s_.questions, head, &situation::Question::name);
    if (q == s_.questions.end() || dot == std::string::npos) {
      std::vector<std::string> names;
      for (const auto& x : p_.named_) names.push_back(x.name);
      for (const auto& [name, id] : s_.drivers) names.push_back(name);
      std::string hint = did_you_mean(t.name, names);
      if (hint.empty()) hint = "`entente quantities` lists every name";
      out_.error("E0415", t.span, "there is no quantity `" + t.name + "`",
                 q == s_.questions.end() ? "no question of that name" : "a question, not a quantity of it", hint);
      return std::nullopt;
    }
    const auto index = static_cast<std::uint32_t>(q - s_.questions.begin());
    const auto& list = p_.models_[index]->quantities();
    const std::string rest = t.name.substr(dot + 1);
    const auto x = std::ranges::find(list, rest, &ask::Quantity::name);
    if (x == list.end()) {
      std::vector<std::string> names;
      for (const auto& y : list) names.push_back(y.name);
      const std::string near = nearest(rest, names);
      out_.error("E0416", t.span, "the question `" + head + "` has no quantity `" + rest + "`", "unknown quantity",
                 near.empty() ? "`entente quantities` lists every name" : "did you mean `" + head + "." + near + "`?");
      return std::nullopt;
    }
    const auto w = world(t.modifiers);
    if (!w) return std::nullopt;
    const std::uint32_t i = instance(index, *w, std::uint64_t{1} << x->group);
    const auto cell = p_.instances_[i].offset + static_cast<std::uint32_t>(x - list.begin());
    c.cells.push_back(cell);
    return number::BoundName{x->unit, static_cast<std::uint32_t>(s_.parameters.size()) + cell};
  }

  void claim(const situation::Claim& from) {
    Claim c{.name = from.name,
            .says = from.says,
            .because = from.because,
            .holds = from.holds,
            .implied = from.implied,
            .span = from.span};
    const auto expression = number::parse_expression(from.holds, from.place, out_);
    if (expression.empty()) return;
    const auto program = number::compile(
        expression, [&](const number::Term& t) { return resolve(t, c); }, out_);
    if (!program) return;
    if (!program->is_condition()) {
      out_.error("E0417", from.place.span, "a claim is a condition", "this is a number", "compare it, such as `> 0`");
      return;
    }
    c.program = *program;
    p_.claims_.push_back(std::move(c));
  }

  void uncertain() {
    for (ParamId id = 0; id < s_.parameters.size(); ++id) {
      const auto& n = s_.parameters[id].number;
      if (n.form != number::Form::distribution || (n.distribution.is_fixed() && !n.chance)) continue;
      p_.uncertain_.push_back(id);
      p_.streams_.push_back(stable_hash(s_.parameters[id].path));
    }
  }

  void fingerprint() {
    std::uint64_t h = stable_hash(s_.title);
    const auto mix = [&](std::string_view text) { h = (h ^ stable_hash(text)) * 0x9e3779b97f4a7c15ull; };
    for (const auto& p : s_.parameters) {
      mix(p.path);
      mix(p.number.text);
      mix(p.number.unit.text);
    }
    for (const auto& c : s_.claims) mix(c.name), mix(c.holds);
    for (const auto& q : p_.named_) mix(q.name);
    p_.fingerprint_ = h;
  }

  Plan& p_;
  const Situation& s_;
  Diagnostics& out_;
};

std::optional<Plan> Plan::compile(std::shared_ptr<const Situation> s, Diagnostics& out, Scope scope) {
  Plan plan;
  plan.situation_ = std::move(s);
  const bool good = Compiler(plan, out).run(scope);
  out.sort();
  if (!good) return std::nullopt;
  return plan;
}

}  // namespace entente::plan
