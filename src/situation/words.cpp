// What names mean in words. A name that nothing in the file bears is a slip of the pen, and is told so.
#include <algorithm>
#include <set>

#include "entente/base/spelling.hpp"
#include "sections.hpp"

namespace entente::situation {

void CoreBuilder::words(const Entry& root) {
  if (root["words"].entries.empty()) return;
  std::set<std::string, std::less<>> names;
  for (const Parameter& p : s.parameters)  // every part of every path
    for (std::size_t at = 0; at <= p.path.size();) {
      const std::size_t end = std::min(p.path.find('.', at), p.path.size());
      names.insert(p.path.substr(at, end - at));
      at = end + 1;
    }
  for (const auto& x : s.questions) names.insert(x.name);
  for (const auto& x : s.levers) names.insert(x.name);
  bool all_known = true;
  for (const auto& r : readers_) all_known = r->known_names(names) && all_known;
  const std::vector<std::string> all(names.begin(), names.end());
  for (const Entry& e : root["words"].entries) {
    const bool lost = !all_known || std::ranges::any_of(s.registry->root().fields, [&](const Field& f) {
      return unread({f.name, e.name});
    });
    if (!names.contains(e.name) && !lost)
      out.error("E0784", e.name_span, "nothing in this situation is called `" + e.name + "`", "words for no name",
                did_you_mean(e.name, all));
    s.words[e.name] = e["means"].text;
  }
}

}  // namespace entente::situation
