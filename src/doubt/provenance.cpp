#include "doubt/provenance.hpp"

#include <algorithm>
#include <cctype>
#include <map>

namespace entente::doubt {

namespace {
bool judged(const std::string& source) { return source.starts_with("judgement") || source.starts_with("judgment"); }
}  // namespace

std::string source_of(const plan::Plan& plan, plan::ParamId param) {
  const auto& s = plan.situation();
  const auto source = s.parameters[param].source;
  return source == situation::none ? "no source" : s.sources[source].id;
}

Grounds grounds(const plan::Plan& plan, const Finding& f) {
  const bool any = std::ranges::any_of(f.drivers, &Driver::told);
  Grounds g;
  for (const Driver& x : f.drivers) {
    if (!x.told) continue;
    const double part = std::max(0.0, f.by_margin ? x.margin_index : x.index) * (f.by_margin ? 1 : 1 - f.luck);
    (judged(source_of(plan, x.param)) ? g.judged : g.sourced) += part;
  }
  for (const Driver& x : f.drivers) {
    if (any && !x.told) continue;
    if (!any && x.flips.empty()) continue;
    ++g.numbers;
    const std::string source = source_of(plan, x.param);
    const std::string& grade = plan.situation().parameters[x.param].grade;
    if (judged(source)) ++g.judgements;
    else if (grade.size() < 2) ++g.ungraded;
    else if (grade[0] > 'C' || grade[1] > '3') ++g.below;
  }
  return g;
}

std::vector<std::string> warnings(const plan::Plan& plan) {
  const auto& s = plan.situation();
  std::map<std::uint32_t, std::vector<std::string>> by_source;
  std::map<std::string, std::vector<std::string>> by_subject;
  std::vector<char> together(plan.parameters(), 0);
  for (const auto& g : plan.groups())
    for (const auto m : g.members) together[plan.uncertain()[m]] = 1;
  for (const auto id : plan.uncertain()) {
    const auto& p = s.parameters[id];
    if (together[id]) continue;
    if (p.source != situation::none) by_source[p.source].push_back(p.path);
    if (const auto dot = p.path.rfind('.'); dot != std::string::npos && p.path.size() - dot == 5 &&
                                            std::isdigit(static_cast<unsigned char>(p.path[dot + 1])))
      by_subject[p.path.substr(0, dot)].push_back(p.path.substr(dot + 1));
  }
  std::vector<std::string> out;
  // One warning for all sources: their names and counts, the largest first.
  std::vector<std::pair<std::size_t, std::string>> shared;
  for (const auto& [source, paths] : by_source)
    if (paths.size() > 1) shared.emplace_back(paths.size(), s.sources[source].id);
  std::ranges::stable_sort(shared, [](const auto& a, const auto& b) { return a.first > b.first; });
  if (!shared.empty()) {
    std::string text = "numbers that rest on one source are drawn independently of one another (";
    for (std::size_t i = 0; i < shared.size(); ++i) {
      if (i == 6) {
        text += ", and " + std::to_string(shared.size() - i) + " more";
        break;
      }
      text += (i ? ", " : "") + std::to_string(shared[i].first) + " on `" + shared[i].second + "`";
    }
    out.push_back(text +
                  "); if a source errs it may err in all of them, so the probabilities look surer than they are");
  }
  for (const auto& [subject, years] : by_subject)
    if (years.size() > 1)
      out.push_back("`" + subject + "` is drawn independently for its " + std::to_string(years.size()) +
                    " years; a driver would let them move together");
  return out;
}

}  // namespace entente::doubt
