// A network in words.
#include <algorithm>
#include <cmath>

#include "report/svg/network.hpp"
#include "report/svg/text.hpp"

namespace entente::report::svg {
namespace {

using Mark = ask::Network::Mark;

std::string name(const ask::Network& scene, const ask::Network::Edge& e) {
  return scene.nodes[e.from].label + (scene.layout == ask::Network::Layout::flows ? " to " : " and ") +
         scene.nodes[e.to].label;
}

const char* word(Mark m) {
  switch (m) {
    case Mark::frustrated:
      return ", against the sides";
    case Mark::moved:
      return ", moved";
    case Mark::cut:
      return ", cut";
    case Mark::fresh:
      return ", built by the deal";
    case Mark::asked:
      return ", the tie in question";
    case Mark::none:
      break;
  }
  return "";
}

}  // namespace

std::string told(const ask::Network& scene, const Context& of) {
  std::string out;
  for (std::size_t g = 0; g < scene.groups.size(); ++g) {
    std::string members;
    for (const auto& n : scene.nodes)
      if (n.group == g) members += (members.empty() ? "" : ", ") + n.label;
    if (!members.empty()) out += scene.groups[g] + ": " + members + ". ";
  }
  const bool flows = scene.layout == ask::Network::Layout::flows;
  const std::string unit = scene.unit.empty() ? "" : " " + scene.unit;
  std::size_t said = 0;
  for (const auto& e : scene.edges) {
    // Of many ties only those that stand out.
    if (scene.edges.size() > 40 && e.mark == Mark::none && !flows) continue;
    if (++said > 80) break;
    out += name(scene, e);
    if (!e.label.empty() && flows) out += " by " + e.label;
    out += ": " + (e.before.given() ? of(e.before).text(2) + " before, " : "") + of(e.width).text(2) + unit +
           word(e.mark) + ". ";
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

}  // namespace entente::report::svg
