// Peace forces: what contributors can give, who agrees to whom. A consent that nobody stated is an error: silence is
// not agreement, and independence is not assumed by silence either.
#include <algorithm>

#include "sections.hpp"

namespace entente::situation {
namespace {

ParamId only(const YearNumber& n) { return n.first(); }

}  // namespace

std::vector<ParamId> Builder::spread(const Numbers& numbers, const std::vector<ActorId>& all, const std::string& path) {
  std::vector<ParamId> ids(all.size(), none);
  std::vector<int> rank(all.size(), 0);  // 3 named, 2 by a group, 1 as one of the others
  std::vector<Span> said(all.size());
  for (const auto& [word, n] : numbers) {
    if (!n.given()) continue;
    const bool each = word.text.starts_with("each ");
    const std::string name = each ? word.text.substr(5) : word.text;
    const auto group = s.groups.find(name);
    std::vector<std::size_t> meant;
    int how = 3;
    if (name == "others") {
      how = 1;
      for (std::size_t i = 0; i < all.size(); ++i)
        if (std::ranges::none_of(numbers, [&](const auto& x) {
              const std::string other = x.first.text.starts_with("each ") ? x.first.text.substr(5) : x.first.text;
              const auto g = s.groups.find(other);
              return other == s.actors[all[i]].id ||
                     (g != s.groups.end() && std::ranges::find(g->second, all[i]) != g->second.end());
            }))
          meant.push_back(i);
    } else if (group != s.groups.end()) {
      how = 2;
      for (std::size_t i = 0; i < all.size(); ++i)
        if (std::ranges::find(group->second, all[i]) != group->second.end()) meant.push_back(i);
    } else {
      const ActorId a = actor({name, word.span});
      if (a == none) continue;
      const auto it = std::ranges::find(all, a);
      if (it == all.end()) {
        out.error("E0379", word.span, "`" + name + "` is none of those meant here",
                  "not in the list that this speaks of");
        continue;
      }
      meant.push_back(static_cast<std::size_t>(it - all.begin()));
    }
    const ParamId first = n.first();
    bool used = false;
    for (const std::size_t i : meant) {
      if (rank[i] == how) {
        auto& d = out.error("E0386", word.span, "two numbers for " + s.actors[all[i]].id, "the second one");
        d.remarks.push_back({said[i], "the first one"});
        continue;
      }
      if (rank[i] > how) continue;  // the more particular word holds
      rank[i] = how;
      said[i] = word.span;
      ids[i] = first;
      if (each && used) ids[i] = reader.copy(first, path + "." + s.actors[all[i]].id);
      used = true;
    }
  }
  return ids;
}

void Builder::forces(const Entry& root) {
  for (const Entry& e : root["mandates"].entries) {
    Force f{.name = e.name, .span = e.name_span};
    f.needs = only(e["needs"].number);
    f.share = only(e["share"].number);
    f.chance = only(e["chance"].number);
    std::vector<ActorId> all;
    for (const Entry& c : e["provides"].entries) {
      Force::Contributor x{.who = actor({c.name, c.name_span})};
      if (x.who == none) continue;
      for (const char* part : {"total", "deployed", "standby", "stretch"})
        if (c.has(part)) x.provides.push_back(only(c[part].number));
      if (x.provides.empty() || (c.has("total") && x.provides.size() > 1))
        out.error("E0387", c.name_span, "`" + c.name + "` gives one number, or `deployed`, `standby` and `stretch`",
                  x.provides.empty() ? "nothing stands here" : "both forms");
      all.push_back(x.who);
      f.contributors.push_back(std::move(x));
    }
    if (all.size() > 16)
      out.error("E0388", e["provides"].span, "more than 16 contributors", "that is more than this takes");
    const auto willing = spread(e["willing"].numbers(), all, e.path + ".willing");
    for (std::size_t i = 0; i < all.size(); ++i) f.contributors[i].willing = willing[i];
    const bool council = e.has("rule") && e["rule"].text == "security-council";
    const auto parties = actor_list(e["parties"].words), permanent = actor_list(e["permanent"].words);
    if (council) f.council = presence("security-council", e.name + ".security-council", e["rule"].span);
    if (council && permanent.size() != 5)
      out.error("E0389", e.has("permanent") ? e["permanent"].span : e["rule"].span,
                "the Security Council has five permanent members", std::to_string(permanent.size()) + " are named",
                "permanent: [USA, CHN, FRA, GBR, RUS]");
    if (!council && (e.has("permanent") || e.has("elected")))
      out.error("E0389", e[e.has("permanent") ? "permanent" : "elected"].span, "only the Council's rule has members",
                "`rule` is not security-council");
    f.elected = only(e["elected"].number);
    std::vector<ActorId> asked = parties;
    for (const ActorId a : permanent)
      if (std::ranges::find(asked, a) == asked.end()) asked.push_back(a);
    Numbers apart = e["together"].numbers();
    const auto together = spread(apart, asked, e.path + ".together");
    const bool all_known = std::ranges::all_of(
        e["parties"].words, [&](const Word& w) { return s.actor(w.text) != none || s.groups.contains(w.text); });
    for (const auto& [who, row] : e["consent"].matrix())
      if (const ActorId a = actor(who); a != none && all_known && std::ranges::find(asked, a) == asked.end())
        out.error("E0379", who.span, "the consent of `" + who.text + "` is not asked",
                  "neither a party nor a permanent member");
    for (std::size_t m = 0; m < asked.size(); ++m) {
      const ActorId who = asked[m];
      const auto row =
          std::ranges::find_if(e["consent"].matrix(), [&](const auto& x) { return x.first.text == s.actors[who].id; });
      Force::Consent c{.who = who, .party = std::ranges::find(parties, who) != parties.end(), .together = together[m]};
      if (row == e["consent"].matrix().end()) {
        out.error("E0395", e["consent"].span, "nobody says whom " + s.actors[who].id + " agrees to",
                  "its row is missing", s.actors[who].id + ": {others: 60 %}");
        continue;
      }
      c.chance = spread(row->second, all, e.path + ".consent." + s.actors[who].id);
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (c.chance[i] != none || all[i] == who) continue;  // a state agrees to its own offer
        out.error("E0395", row->first.span,
                  "nobody says whether " + s.actors[who].id + " agrees to " + s.actors[all[i]].id, "not in this row",
                  "a name, a group, or `others`");
      }
      f.consents.push_back(std::move(c));
    }
    s.forces.push_back(std::move(f));
  }
}

}  // namespace entente::situation
