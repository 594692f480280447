// From a situation to a plan. Claims are read first, because they say which worlds and which cells are needed; the
// slots of a claim's program are the base parameters followed by the cells, so a program is evaluated on one flat
// array.
#include <algorithm>
#include <map>
#include <set>

#include "entente/base/random.hpp"
#include "entente/base/spelling.hpp"
#include "entente/plan/plan.hpp"
#include "plan/graph.hpp"

namespace entente::plan {

using situation::Situation;

class Compiler {
 public:
  Compiler(Plan& plan, Diagnostics& out) : p_(plan), s_(*plan.situation_), graph_(s_), out_(out) {}

  bool run(const Scope& scope) {
    graph();
    for (const auto& q : s_.questions) {
      auto model = ask::compile(s_, q, out_);
      if (!model) return false;
      p_.models_.push_back(std::move(model));
    }
    p_.worlds_.push_back({});
    keys_.emplace_back();
    for (std::uint32_t q = 0; q < s_.questions.size(); ++q) {
      ask::Groups groups;
      if (scope.everything)
        for (const auto& x : p_.models_[q]->quantities()) groups.add(x.group);
      instance(q, 0, groups);
    }
    for (const auto& c : s_.claims) claim(c);
    for (const auto& c : scope.conditions)
      claim({.name = "given " + c.text, .says = c.text, .holds = c.text, .place = c.place, .span = c.place.span});
    std::vector<std::uint32_t> asked;
    for (const auto& q : scope.quantities) quantity(q, asked);
    if (scope.levers)
      for (const auto& l : s_.levers) {
        const auto w = world({{.with = true, .name = l.name, .span = l.span}});
        const auto reached = graph_.reached(l);
        for (std::uint32_t q = 0; w && q < s_.questions.size(); ++q)
          if (std::ranges::any_of(p_.models_[q]->reads(), [&](ParamId p) { return reached[p] != 0; }))
            instance(q, *w, {0});
      }
    name(asked);
    uncertain(scope.moves);
    groups();
    fingerprint();
    return out_.ok();
  }

 private:
  std::uint32_t instance(std::uint32_t question, std::uint32_t world, const ask::Groups& groups) {
    const auto next = static_cast<std::uint32_t>(p_.instances_.size());
    const auto [at, fresh] = instance_of_.emplace(std::pair(question, world), next);
    if (fresh) {
      p_.instances_.push_back({question, world, {}, static_cast<std::uint32_t>(p_.cells_)});
      p_.cells_ += p_.models_[question]->quantities().size();
    }
    p_.instances_[at->second].groups |= groups;
    return at->second;
  }

  std::optional<std::uint32_t> world(const std::vector<number::Modifier>& modifiers) {
    std::vector<const number::Modifier*> sorted;
    for (const auto& m : modifiers) sorted.push_back(&m);
    std::ranges::stable_sort(sorted, {}, [this](auto* m) { return std::pair(m->with, same(*m)); });
    std::string key;
    World w;
    std::map<ParamId, std::string> set_by;
    Graph::Patches patches;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      const auto* m = sorted[i];
      if (i > 0 && m->with == sorted[i - 1]->with && same(*m) == same(*sorted[i - 1])) continue;
      key += (m->with ? " with " : " without ") + same(*m);
      w.name += (w.name.empty() ? "" : " ") + std::string(m->with ? "with " : "without ") + m->name;
      if (!(m->with ? lever(*m, patches, set_by, w) : absent(*m, w))) return std::nullopt;
    }
    for (std::uint32_t i = 0; i < p_.worlds_.size(); ++i)
      if (keys_[i] == key) return i;
    keys_.push_back(std::move(key));
    graph_.steps(w, patches, {});
    p_.worlds_.push_back(std::move(w));
    return static_cast<std::uint32_t>(p_.worlds_.size() - 1);
  }

  void graph() {
    for (const auto& r : s_.rules) p_.of_lever_.push_back(s_.parameters[r.param].of_lever);
    for (const auto& p : s_.parameters) {
      const auto& n = p.number;
      const double m = n.form == number::Form::distribution ? n.distribution.median() : 0.0;
      p_.medians_.push_back(n.chance ? (m >= 0.5 ? 1.0 : 0.0) : m);
    }
  }

  bool lever(const number::Modifier& m, Graph::Patches& patches, std::map<ParamId, std::string>& set_by, World& w) {
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
      patches.insert_or_assign(patch.target, patch.source);
    }
    w.levers.push_back(static_cast<std::uint32_t>(it - s_.levers.begin()));
    return true;
  }

  // A name for all names of one thing: without A-B and without B-A are one world.
  [[nodiscard]] std::string same(const number::Modifier& m) const {
    const auto it = m.with ? s_.presence.end() : s_.presence.find(m.name);
    if (it == s_.presence.end()) return m.name;
    const std::string& path = s_.parameters[it->second].path;  // its last part is the name that it was made with
    return path.substr(path.rfind('.') + 1);
  }

  bool absent(const number::Modifier& m, World& w) {
    const auto [first, last] = s_.presence.equal_range(m.name);
    const auto found = std::distance(first, last);
    if (found == 1) {
      w.steps.push_back({first->second, World::Step::Kind::absent, 0});
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
    const std::string head = t.name.substr(0, dot);
    const auto q = std::ranges::find(s_.questions, head, &situation::Question::name);
    {  // a driver by year has a dot in its name
      if (const ParamId d = s_.driver(t.name); d != situation::none) {
        if (!t.modifiers.empty()) {
          out_.error("E0414", t.span, "a driver is the same in every world",
                     "`with` and `without` follow a question's quantity");
          return std::nullopt;
        }
        c.drivers.push_back(d);
        c.yes_no = false;
        return number::BoundName{s_.parameters[d].number.unit, d, s_.parameters[d].number.percent};
      }
    }
    if (q == s_.questions.end() || dot == std::string::npos) {
      std::vector<std::string> names;
      for (std::size_t i = 0; i < p_.models_.size(); ++i)
        for (const auto& x : p_.models_[i]->quantities()) names.push_back(s_.questions[i].name + "." + x.name);
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
    auto x = std::ranges::find(list, rest, &ask::Quantity::name);
    if (x == list.end()) x = std::ranges::find(list, s_.turned(rest), &ask::Quantity::name);
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
    const std::uint32_t i = instance(index, *w, {x->group});
    const auto cell = p_.instances_[i].offset + static_cast<std::uint32_t>(x - list.begin());
    c.cells.push_back(cell);
    c.yes_no = c.yes_no && x->yes_no;
    if (x->chance != ask::Quantity::no_chance) {
      const auto first = static_cast<std::uint32_t>(s_.parameters.size()) + p_.instances_[i].offset;
      const auto event = first + static_cast<std::uint32_t>(x - list.begin());
      several_ = several_ || (c.event != situation::none && c.event != event);
      c.event = event, c.chance = first + x->chance, c.soft = true;
    }
    return number::BoundName{x->unit, static_cast<std::uint32_t>(s_.parameters.size()) + cell};
  }

  // A claim's name in a claim stands for its condition, as if it were written there in parentheses. What stands in it
  // is put in first, depth first; a circle is an error.
  bool put_claims(number::Expression& e, const std::string& name) {
    open_.push_back(name);
    bool good = true;
    for (std::size_t i = 0; i < e.terms.size() && good; ++i) {
      const number::Term t = e.terms[i];
      if (t.op != number::Op::name || s_.drivers.contains(t.name)) continue;
      const auto other = std::ranges::find(s_.claims, t.name, &situation::Claim::name);
      if (other == s_.claims.end()) continue;
      if (std::ranges::find(open_, t.name) != open_.end()) {
        out_.error("E0419", t.span, "these claims go round in a circle", "this one needs itself");
        good = false;
      } else if (!t.modifiers.empty()) {
        out_.error("E0414", t.span, "a claim is judged in its own worlds",
                   "`with` and `without` follow a question's quantity");
        good = false;
      } else {
        Diagnostics quiet;  // said where it stands
        auto inner = number::parse_expression(other->holds, {t.span, false}, quiet, &s_.units);
        if (inner.empty()) {
          good = false;
        } else if ((good = put_claims(inner, t.name)) && e.terms.size() + inner.terms.size() > 20'000) {
          out_.error("E0419", t.span, "claims that stand in one another make it too long", "more than 20,000 terms");
          good = false;
        } else if (good) {
          const auto shift = static_cast<std::uint32_t>(e.terms.size());
          for (auto& term : inner.terms) {
            for (auto& a : term.args) a += shift;
            e.terms.push_back(std::move(term));
          }
          e.terms[i] = e.terms[shift + inner.root];
        }
      }
    }
    open_.pop_back();
    return good;
  }

  void claim(const situation::Claim& from) {
    Claim c{.name = from.name,
            .says = from.says,
            .because = from.because,
            .holds = from.holds,
            .implied = from.implied,
            .caveat = from.caveat,
            .resolves = from.resolves,
            .yes_no = true,
            .span = from.span};
    auto expression = number::parse_expression(from.holds, from.place, out_, &s_.units);
    if (expression.empty() || !put_claims(expression, from.name)) return;
    several_ = false;
    const auto program = number::compile(
        expression, [&](const number::Term& t) { return resolve(t, c); }, out_);
    if (!program) return;
    if (!program->is_condition()) {
      out_.error("E0417", from.place.span, "a claim is a condition", "this is a number", "compare it, such as `> 0`");
      return;
    }
    c.program = *program;
    c.yes_no = c.yes_no && !c.cells.empty();
    if (several_) c.event = c.chance = situation::none;
    rounding(c);
    p_.claims_.push_back(std::move(c));
  }

  // Rules are in order of dependence, so what a claim's drivers rest on is found walking them backwards.
  void rounding(Claim& c) const {
    std::vector<char> wanted(s_.parameters.size(), 0);
    for (const ParamId d : c.drivers) wanted[d] = 1;
    for (std::size_t i = s_.rules.size(); i-- > 0;) {
      const ParamId p = s_.rules[i].param;
      if (!wanted[p]) continue;
      c.rules.push_back(static_cast<std::uint32_t>(i));
      for (const ParamId n : graph_.needs(p)) wanted[n] = 1;
    }
    std::ranges::reverse(c.rules);
    for (const auto i : c.rules) wanted[s_.rules[i].param] = 0;
    for (ParamId p = 0; p < wanted.size(); ++p)
      if (wanted[p]) c.leaves.push_back(p);
    for (const auto cell : c.cells) c.leaves.push_back(static_cast<std::uint32_t>(s_.parameters.size()) + cell);
  }

  // A quantity that somebody asks for beside the claims.
  void quantity(const Scope::Asked& from, std::vector<std::uint32_t>& cells) {
    const auto expression = number::parse_expression(from.text, from.place, out_, &s_.units);
    if (expression.empty()) return;
    const auto& term = expression.terms[expression.root];
    if (term.op != number::Op::name) {
      out_.error("E0418", term.span, "one quantity is asked for", "this is an expression",
                 "such as `pos2.price`, or `pos2.price with LEVER`");
      return;
    }
    Claim bag;
    if (resolve(term, bag)) cells.insert(cells.end(), bag.cells.begin(), bag.cells.end());
  }

  // Names the cells that are computed: the base world's by question, then those of other worlds that somebody reads.
  void name(const std::vector<std::uint32_t>& asked) {
    std::vector<std::uint32_t> index(p_.cells_, situation::none), all;
    std::vector<char> read(p_.cells_, 0);
    for (const auto c : asked) read[c] = 1;
    for (const auto& c : p_.claims_)
      for (const auto cell : c.cells) read[cell] = 1;
    for (const bool base : {true, false})
      for (const Instance& i : p_.instances_) {
        if ((i.world == 0) != base) continue;
        const auto& list = p_.models_[i.question]->quantities();
        for (std::uint32_t k = 0; k < list.size(); ++k) {
          const std::uint32_t cell = i.offset + k;
          if (base ? !i.groups[list[k].group] : !read[cell]) continue;
          index[cell] = static_cast<std::uint32_t>(p_.named_.size());
          p_.named_.push_back(
              {s_.questions[i.question].name + "." + list[k].name + (base ? "" : " " + p_.worlds_[i.world].name),
               list[k].says, list[k].unit, cell, i.question, i.world, base && list[k].headline, list[k].yes_no});
        }
      }
    for (auto& c : p_.claims_) {
      c.instances = needed(c.cells);
      all.insert(all.end(), c.cells.begin(), c.cells.end());
    }
    p_.of_claims_ = needed(all);
    for (const auto cell : asked) p_.asked_.push_back(index[cell]);
    for (auto& c : p_.claims_)
      for (const auto cell : c.cells)
        if (std::ranges::find(c.terms, index[cell]) == c.terms.end()) c.terms.push_back(index[cell]);
  }

  // Instances that fill these cells, with no more than the groups they are in.
  std::vector<Instance> needed(const std::vector<std::uint32_t>& cells) const {
    std::map<std::uint32_t, ask::Groups> groups;  // by instance
    for (const auto cell : cells) {
      const auto behind = std::ranges::upper_bound(p_.instances_, cell, {}, &Instance::offset);
      const Instance& i = *std::prev(behind);
      const auto& list = p_.models_[i.question]->quantities();
      groups[static_cast<std::uint32_t>(&i - p_.instances_.data())].add(list[cell - i.offset].group);
    }
    std::vector<Instance> out;
    for (const auto& [i, asked] : groups) {
      out.push_back(p_.instances_[i]);
      out.back().groups = asked;
    }
    return out;
  }

  void uncertain(bool moves) {
    std::set<ParamId> used;
    for (const auto& w : p_.worlds_)
      for (const auto& step : w.steps)
        if (step.kind == World::Step::Kind::copy || step.kind == World::Step::Kind::copy_of_base)
          used.insert(step.from);
    for (ParamId id = 0; id < s_.parameters.size(); ++id) {
      const auto& n = s_.parameters[id].number;
      if (n.form != number::Form::distribution || (n.distribution.is_fixed() && !n.chance)) continue;
      if (s_.parameters[id].of_lever && !moves && !used.contains(id)) continue;
      if (s_.parameters[id].role == situation::Role::news) continue;
      p_.uncertain_.push_back(id);
      p_.streams_.push_back(stable_hash(s_.parameters[id].path));
    }
  }

  void groups() {
    for (const auto& t : s_.together) {
      Group g{.members = {}, .ranks = t.ranks};
      for (const ParamId id : t.members) {
        const auto it = std::ranges::find(p_.uncertain_, id);
        g.members.push_back(static_cast<std::uint32_t>(it - p_.uncertain_.begin()));
      }
      p_.groups_.push_back(std::move(g));
    }
  }

  void fingerprint() {
    std::uint64_t h = s_.digest;
    const auto mix = [&](std::string_view text) { h = (h ^ stable_hash(text)) * 0x9e3779b97f4a7c15ull; };
    for (const ParamId id : p_.uncertain_) mix(s_.parameters[id].path);
    for (const auto& c : p_.claims_) mix(c.name), mix(c.holds);
    for (const auto& q : p_.named_) mix(q.name);
    p_.fingerprint_ = h;
  }

  bool several_ = false;           ///< the claim being read names more than one event
  std::vector<std::string> open_;  ///< claims being read, one in another
  std::vector<std::string> keys_;  ///< by world: what it is, however it was written
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> instance_of_;  // by question and world
  Plan& p_;
  const Situation& s_;
  const Graph graph_;
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
