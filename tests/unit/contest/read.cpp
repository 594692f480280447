// Contests from entries to structures.
#include <algorithm>

#include "situation/sections.hpp"
#include "unit/contest/section.hpp"

namespace entente::situation {
namespace {

struct ContestReader final : FamilyReader {
  using FamilyReader::FamilyReader;
  std::vector<Contest>& contests = s.sections.make<std::vector<Contest>>();

  void sections(const Entry& root) override {
    for (const Entry& e : root["contests"].entries) {
      Contest c{.name = e.name, .unit = e["unit"].unit(), .prize = only(e["prize"].number), .efforts = {}};
      for (const auto& [who, n] : e["efforts"].numbers())
        if (const ActorId a = actor(who); a != none && n.given()) c.efforts.emplace_back(a, only(n));
      contests.push_back(std::move(c));
    }
  }
  void question(Question& q, const Entry& e) override {
    if (!e.has("contest") || !e.has("of")) return;
    const ContestQuestion x{named(contests, e["contest"].words.front(), "contest", "E9901", "contests"),
                            actor(e["of"].words.front())};
    if (x.contest == none || x.of == none) return;
    const auto& all = contests[x.contest].efforts;
    if (std::ranges::find(all, x.of, &std::pair<ActorId, ParamId>::first) == all.end())
      out.error("E9902", e["of"].span, "`" + e["of"].words.front().text + "` does not strive for this prize",
                "not under `efforts`");
    q.what = Held(x);
  }
};

}  // namespace

std::unique_ptr<FamilyReader> read_contest(const Builder& b) { return std::make_unique<ContestReader>(b); }

}  // namespace entente::situation
