#include "entente/report/record.hpp"
#include "report/json.hpp"

namespace entente::report {

namespace {

Json interval(record::Interval i) { return {num(i.low), num(i.high)}; }

Json score(const record::Score& s) {
  return {
      {"count", s.events},
      {"pairs", s.pairs},
      {"brier", num(s.brier)},
      {"interval", interval(s.brier_interval)},
      {"log", num(s.log)},
      {"accuracy", num(s.accuracy)},
      {"sure", {{"share", num(s.sure_share)}, {"right", num(s.sure_right)}, {"interval", interval(s.sure_interval)}}}};
}

Json part(const record::Part& p) {
  Json j = score(p.score);
  j["from"] = p.from, j["to"] = p.to;
  for (std::size_t k = 0; k < record::sizes; ++k) j["by_n"][record::size_names[k]] = score(p.by_size[k]);
  for (const auto& c : p.baselines) {
    Json b = score(c.score);
    b["difference"] = num(c.difference), b["difference_interval"] = interval(c.difference_interval);
    for (std::size_t k = 0; k < record::sizes; ++k) {
      Json n = score(c.by_size[k]);
      n["difference"] = num(c.size_difference[k]), n["difference_interval"] = interval(c.size_interval[k]);
      b["by_n"][record::size_names[k]] = std::move(n);
    }
    j["baselines"][c.name] = std::move(b);
  }
  if (!p.baselines.empty()) j["best_baseline"] = p.baselines[p.best].name;
  j["curve"] = Json::array();
  for (const auto& b : p.curve)
    j["curve"].push_back({{"told", num(b.forecast)},
                          {"came_true", num(b.came_true)},
                          {"interval", interval(b.interval)},
                          {"share", num(b.share)},
                          {"pairs", b.pairs}});
  return j;
}

}  // namespace

std::string json(const record::Record& r) {
  const bool wars = r.options.events == record::Events::wars;
  Json j{{"entente", 1},
         {"events", wars ? "wars" : "disputes"},
         {"sealed", r.options.sealed},
         {"count", r.events},
         {"pairs", r.pairs},
         {"set_aside", r.set_aside},
         {"changed_sides", r.changed}};
  if (!r.left_out.baselines.empty()) {
    Json whole = part(r.left_out);
    for (auto& [key, value] : whole.items())
      if (key != "count" && key != "pairs") j[key] = std::move(value);
  }
  j["rolling"] = part(r.rolling);
  return print(j);
}

}  // namespace entente::report
