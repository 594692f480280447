#include "doubt/provenance.hpp"

#include <algorithm>
#include <cctype>
#include <map>

#include "entente/base/elementary.hpp"
#include "entente/situation/proposed.hpp"

namespace entente::doubt {

std::string source_of(const plan::Plan& plan, plan::ParamId param) {
  const auto& s = plan.situation();
  const auto source = s.parameters[param].source;
  return source == situation::none ? "no source" : s.sources[source].id;
}

Grounds grounds(const plan::Plan& plan, const Finding& f) {
  const bool any = std::ranges::any_of(f.drivers, &Driver::told);
  const auto proposed = [&](const Driver& x) {
    return situation::proposed(plan.situation(), plan.situation().parameters[x.param]);
  };
  Grounds g;
  for (const Driver& x : f.drivers) {
    if (!x.told) continue;
    const double part = std::max(0.0, f.by_margin ? x.margin_index : x.index) * (f.by_margin ? 1 : 1 - f.luck);
    (proposed(x) ? g.assisted : situation::is_judgement(source_of(plan, x.param)) ? g.judged : g.sourced) += part;
  }
  for (const Driver& x : f.drivers) {
    if (any && !x.told) continue;
    if (!any && x.flips.empty()) continue;
    ++g.numbers;
    const std::string source = source_of(plan, x.param);
    const std::string& grade = plan.situation().parameters[x.param].grade;
    if (proposed(x)) ++g.proposed;
    else if (situation::is_judgement(source)) ++g.judgements;
    else if (grade.size() < 2) ++g.ungraded;
    else if (grade[0] > 'C' || grade[1] > '3') ++g.below;
  }
  return g;
}

std::string proposals(const plan::Plan& plan, const std::vector<Finding>& findings) {
  const auto count = situation::count_proposed(plan.situation());
  if (count == 0) return {};
  std::string text = count == 1 ? "one number is" : std::to_string(count) + " numbers are";
  text += " an assistant's proposal, which no person has checked (grade E5)";
  const auto most = std::ranges::max_element(
      findings, [](const auto& a, const auto& b) { return a.grounds.assisted < b.grounds.assisted; });
  if (most == findings.end() || !(most->grounds.assisted >= 0.005)) return text + "; no claim hangs on them measurably";
  const auto percent = static_cast<int>(math::round(100 * std::min(1.0, most->grounds.assisted)));
  return text + "; of the variance of `" + most->name + "` " + std::to_string(percent) + " % hangs on them" +
         (findings.size() > 1 ? ", more than of any other claim" : "");
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
