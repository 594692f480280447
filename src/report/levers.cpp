#include "report/levers.hpp"

#include "report/layout.hpp"
#include "report/number_format.hpp"

namespace entente::report {

std::string levers_text(const situation::Situation& s, const Style& style) {
  std::vector<std::vector<std::string>> rows{{"lever", "who", "cost", "works"}};
  bool some = false;
  for (const auto& l : s.levers) {
    std::string who;
    for (const auto a : l.by) who += (who.empty() ? "" : ", ") + s.actors[a].id;
    const auto written = [&](situation::ParamId id) {
      return id == situation::none ? "" : s.parameters[id].number.text;
    };
    std::string cost = written(l.cost);
    if (!cost.empty() && cost.front() != '=' && cost.find(s.cost_unit.text) == std::string::npos)
      cost = with_unit(cost, s.cost_unit.text);
    rows.push_back({l.name, who.size() > 24 ? counted(l.by.size(), "actor") : who, cost, written(l.works)});
    some = some || l.cost != situation::none;
  }
  if (!some) return "";
  return "\nLevers, and what they cost whoever does them (`entente turn " + (style.file.empty() ? "FILE" : style.file) +
         "` looks for packages):\n" + columns(rows, 2, true, 1);
}

}  // namespace entente::report
