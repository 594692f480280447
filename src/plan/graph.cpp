#include "plan/graph.hpp"

#include <algorithm>
#include <set>

namespace entente::plan {

Graph::Graph(const situation::Situation& s)
    : s_(s), rule_(s.parameters.size(), situation::none), needs_(s.parameters.size()), uses_(s.parameters.size()) {
  for (std::uint32_t i = 0; i < s.rules.size(); ++i) {
    const auto& r = s.rules[i];
    rule_[r.param] = i;
    if (r.reference != situation::none) needs_[r.param].push_back(r.reference);
    else
      for (const auto& t : s.parameters[r.param].number.formula.terms)
        if (t.op == number::Op::name) needs_[r.param].push_back(s.drivers.at(t.name));
  }
  for (ParamId p = 0; p < needs_.size(); ++p)
    for (const ParamId n : needs_[p]) uses_[n].push_back(p);
  for (const auto& l : s.levers)
    for (const auto& patch : l.patches) uses_[patch.source].push_back(patch.target);
}

std::vector<char> Graph::reached(const situation::Lever& lever) const {
  std::vector<char> out(needs_.size(), 0);
  std::vector<ParamId> open;
  for (const auto& patch : lever.patches) open.push_back(patch.target);
  while (!open.empty()) {
    const ParamId p = open.back();
    open.pop_back();
    if (out[p]) continue;
    out[p] = 1;
    open.insert(open.end(), uses_[p].begin(), uses_[p].end());
  }
  return out;
}

void Graph::steps(World& w, const Patches& patches, std::span<const std::pair<ParamId, double>> doses) const {
  const auto needs = [&](ParamId p, auto&& each) {
    if (const auto it = patches.find(p); it != patches.end()) each(it->second);
    else
      for (const ParamId n : needs_[p]) each(n);
  };
  const auto reaches = [&](ParamId from, ParamId to) {
    std::set<ParamId> seen;
    const auto walk = [&](auto&& self, ParamId p) -> bool {
      if (p == to) return true;
      if (!seen.insert(p).second) return false;
      bool found = false;
      needs(p, [&](ParamId n) { found = found || self(self, n); });
      return found;
    };
    return walk(walk, from);
  };
  std::map<ParamId, bool> changed;
  for (const auto& [dose, value] : doses) {
    w.steps.push_back({dose, World::Step::Kind::value, 0, value});
    changed.emplace(dose, true);
  }
  std::set<ParamId> circles;  // targets
  for (const auto& [target, source] : patches) {
    if (!reaches(source, target)) continue;
    circles.insert(target);
    const auto dosed = [&](ParamId n) { return changed.contains(n); };
    if (!doses.empty() && rule_[source] != situation::none && std::ranges::any_of(needs_[source], dosed)) {
      w.steps.push_back({source, World::Step::Kind::rule, rule_[source], 0});  // before anything else is another
      changed.emplace(source, true);
    }
  }
  const auto visit = [&](auto&& self, ParamId p) -> bool {
    if (const auto it = changed.find(p); it != changed.end()) return it->second;
    bool moves = false;
    if (const auto it = patches.find(p); it != patches.end()) {
      const bool circle = circles.contains(p), anew = changed.contains(it->second);
      if (!circle) self(self, it->second);
      w.steps.push_back(
          {p, circle && !anew ? World::Step::Kind::copy_of_base : World::Step::Kind::copy, it->second, 0});
      moves = true;
    } else if (rule_[p] != situation::none) {
      for (const ParamId n : needs_[p]) moves = self(self, n) || moves;
      if (moves) w.steps.push_back({p, World::Step::Kind::rule, rule_[p], 0});
    }
    changed.emplace(p, moves);
    return moves;
  };
  for (const auto& [target, source] : patches) visit(visit, target);
  for (const auto& r : s_.rules)
    if (!s_.parameters[r.param].of_lever) visit(visit, r.param);
}

}  // namespace entente::plan
