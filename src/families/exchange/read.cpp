// Exchanges: a client, its patrons, who could step in; and the question about one patron.
#include <algorithm>

#include "entente/base/spelling.hpp"
#include "families/exchange/section.hpp"
#include "situation/sections.hpp"

namespace entente::situation {
namespace {

struct ExchangeReader final : FamilyReader {
  using FamilyReader::FamilyReader;
  std::vector<Exchange>& exchanges = s.sections.make<std::vector<Exchange>>();

  void sections(const Entry& root) override;
  void question(Question& q, const Entry& e) override {
    if (!e.has("leverage") || !e.has("of")) return;
    LeverageQuestion l{named(exchanges, e["leverage"].words.front(), "exchange", "E0396", "exchanges"),
                       actor(e["of"].words.front())};
    if (l.exchange == none || l.of == none) return;
    const auto& patrons = exchanges[l.exchange].patrons;
    if (std::ranges::find(patrons, l.of, &Patron::who) == patrons.end())
      out.error("E0397", e["of"].span, "`" + e["of"].words.front().text + "` is no patron in this exchange",
                "not under `from`");
    q.what = Held(l);
  }
};

void ExchangeReader::sections(const Entry& root) {
  for (const Entry& e : root["exchanges"].entries) {
    Exchange x{.name = e.name, .span = e.name_span};
    if (!e.has("of") || !e.has("from")) continue;
    x.of = actor(e["of"].words.front());
    x.unit = e["unit"].unit();
    if (x.of == none) continue;
    const auto place = [&](const Word& w) -> std::size_t {  // of a patron; made when it is new
      const ActorId a = actor(w);
      if (a == none) return x.patrons.size();
      if (a == x.of) {
        out.error("E0375", w.span, "`" + w.text + "` is the client of this exchange", "a patron is somebody else");
        return x.patrons.size();
      }
      const auto it = std::ranges::find(x.patrons, a, &Patron::who);
      if (it != x.patrons.end()) return static_cast<std::size_t>(it - x.patrons.begin());
      x.patrons.push_back({.who = a, .tie = tie(x.of, a, w.span)});
      return x.patrons.size() - 1;
    };
    std::set<std::size_t> unread;  // patrons with a number that could not be read, complained about already
    for (const Entry& p : e["from"].entries) {
      const std::size_t i = place({p.name, p.name_span});
      if (i >= x.patrons.size()) continue;
      if (p.wrote("gain") && !p.has("gain")) unread.insert(i);
      x.patrons[i].gain = only(p["gain"].number);
      x.patrons[i].gets = only(p["gets"].number);
    }
    for (const auto& [who, n] : e["spare"].numbers())
      if (const std::size_t i = place(who); i < x.patrons.size()) {
        if (!n.given()) unread.insert(i);
        x.patrons[i].spare = only(n);
      }
    for (const auto& [by, row] : e["replaces"].matrix()) {
      const std::size_t k = place(by);
      for (const auto& [of, n] : row) {
        const auto it = std::ranges::find(x.patrons, s.actor(of.text), &Patron::who);
        if (actor(of) == none) continue;
        if (it != x.patrons.end() && unread.contains(static_cast<std::size_t>(it - x.patrons.begin()))) continue;
        if (it == x.patrons.end() || it->gain == none) {
          out.error("E0376", of.span, "`" + of.text + "` gives nothing here", "not under `from`",
                    "`replaces` says who replaces which share of whose goods");
          continue;
        }
        const auto i = static_cast<std::size_t>(it - x.patrons.begin());
        if (i == k) out.error("E0376", of.span, "nobody replaces its own goods", "the same actor");
        else if (k < x.patrons.size()) x.replaces.push_back({k, i, only(n)});
      }
      if (k < x.patrons.size() && x.patrons[k].spare == none && !unread.contains(k))
        out.error("E0377", by.span, "`" + by.text + "` can replace goods but has nothing to spare", "not under `spare`",
                  "spare: {" + by.text + ": 0.2 to 1 " + x.unit.text + "}");
    }
    for (const Patron& p : x.patrons)
      if (unread.empty() && p.spare != none &&
          std::ranges::none_of(x.replaces, [&](const auto& r) { return x.patrons[r.by].who == p.who; }))
        out.error("E0377", e["spare"].span, s.actors[p.who].id + " has something to spare but replaces nobody's goods",
                  "`replaces` is silent", "replaces: {" + s.actors[p.who].id + ": {NAME: 30 to 70 %}}");
    if (x.patrons.size() > 16)
      out.error("E0378", e["from"].span, "more than 16 patrons", "that is more than this takes");
    if (e.has("ces")) {
      x.substitution = only(e["ces"].entries.front()["substitution"].number);
      x.satiation = only(e["ces"].entries.front()["satiation"].number);
    }
    exchanges.push_back(std::move(x));
  }
}

}  // namespace

std::unique_ptr<FamilyReader> read_exchange(const Builder& b) { return std::make_unique<ExchangeReader>(b); }

}  // namespace entente::situation
