// Peace forces: what contributors can give, who agrees to whom. A consent that nobody stated is an error: silence is
// not agreement, and independence is not assumed by silence either.
#include <algorithm>

#include "families/force/section.hpp"
#include "situation/sections.hpp"

namespace entente::situation {
namespace {

struct ForceReader final : FamilyReader {
  using FamilyReader::FamilyReader;
  std::vector<Force>& forces = s.sections.make<std::vector<Force>>();

  void sections(const Entry& root) override;
  void question(Question& q, const Entry& e) override {
    if (!e.has("mandate")) return;
    if (const auto f = named(forces, e["mandate"].words.front(), "force", "E0398", "mandates"); f != none)
      q.what = Held(MandateQuestion{f});
  }
};

void ForceReader::sections(const Entry& root) {
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
    forces.push_back(std::move(f));
  }
}

}  // namespace

std::unique_ptr<FamilyReader> read_force(const Builder& b) { return std::make_unique<ForceReader>(b); }

}  // namespace entente::situation
