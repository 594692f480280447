// What was learnt, as JSON.
#include "report/json.hpp"

namespace entente::report {
namespace {

Json belief(const learn::Belief& b) {
  Json j{{"probability", num(b.share.value)}};
  if (b.bracket) j["probability"] = std::isnan(b.share.value) ? Json(nullptr) : Json::array({num(b.low), num(b.high)});
  j["interval"] = std::isnan(b.share.from) ? Json(nullptr) : Json::array({num(b.share.from), num(b.share.to)});
  j["effective"] = num(b.share.effective);
  j["words"] = b.words.empty() ? Json(nullptr) : Json(b.words);
  return j;
}

Json range(const learn::Range& r) {
  return {{"q5", num(r.q5)},
          {"q50", num(r.q50)},
          {"q95", num(r.q95)},
          {"mean", num(r.mean)},
          {"undefined", num(r.undefined)}};
}

}  // namespace

std::string json(const plan::Plan& plan, const learn::Given& g) {
  const auto& s = plan.situation();
  Json j = head(s);
  for (std::size_t c = s.claims.size(); c < plan.claims().size(); ++c) j["given"].push_back(plan.claims()[c].holds);
  j["draws"] = g.draws;
  j["chance"] = num(g.chance);
  j["chance_interval"] = Json::array({num(g.from), num(g.to)});
  j["effective"] = num(g.effective);
  j["draws_for_intervals"] = g.ask_for > 0 ? Json(g.ask_for) : Json(nullptr);
  Json claims = Json::object(), quantities = Json::object();
  for (const auto& c : g.claims)
    claims[plan.claims()[c.claim].name] = {{"before", belief(c.before)}, {"given", belief(c.after)}};
  for (const auto& q : g.quantities) {
    const auto& named = plan.quantities()[q.quantity];
    quantities[named.name] = {{"unit", named.unit.text}, {"before", range(q.before)}, {"given", range(q.after)}};
  }
  j["claims"] = std::move(claims);
  j["quantities"] = std::move(quantities);
  return print(j);
}

std::string json(const plan::Plan& plan, const learn::Follow& f) {
  const auto& s = plan.situation();
  Json j = head(s);
  j["draws"] = f.draws;
  j["effective"] = num(f.effective);
  Json before = Json::object(), news = Json::array(), watch = Json::object();
  for (std::size_t c = 0; c < f.claims.size(); ++c) before[plan.claims()[f.claims[c]].name] = belief(f.before[c]);
  for (const auto& h : f.heard) {
    const auto& n = s.news[h.news];
    Json claims = Json::object();
    for (std::size_t c = 0; c < f.claims.size(); ++c) {
      Json b = belief(h.after[c]);
      b["ratio"] = num(h.ratio[c]);
      claims[plan.claims()[f.claims[c]].name] = std::move(b);
    }
    news.push_back({{"name", n.name},
                    {"date", n.date},
                    {"says", n.says},
                    {"source", n.source == situation::none ? Json(nullptr) : Json(s.sources[n.source].id)},
                    {"counts", h.counts},
                    {"chance", num(h.chance)},
                    {"effective", num(h.effective)},
                    {"claims", std::move(claims)}});
  }
  for (std::size_t c = 0; c < f.signposts.size(); ++c) {
    Json list = Json::array();
    for (const auto& x : f.signposts[c])
      list.push_back({{"quantity", plan.quantities()[x.quantity].name}, {"move", num(x.move)}});
    watch[plan.claims()[f.claims[c]].name] = std::move(list);
  }
  j["before"] = std::move(before);
  j["news"] = std::move(news);
  j["signposts"] = std::move(watch);
  return print(j);
}

}  // namespace entente::report
