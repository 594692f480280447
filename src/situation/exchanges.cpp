// Exchanges: a client, its patrons, who could step in; and the question about one patron.
#include <algorithm>

#include "entente/base/nearest.hpp"
#include "sections.hpp"

namespace entente::situation {
namespace {

ParamId only(const YearNumber& n) { return n.first(); }

}  // namespace

// Whether the section that a complaint of this code is about has such a name, which could then not be read.
bool Builder::written(std::string_view code, std::string_view name) const {
  constexpr std::pair<std::string_view, std::string_view> sections[]{
      {"E0810", "sizes"},  {"E0396", "exchanges"}, {"E0398", "mandates"}, {"E0339", "signals"},
      {"E0894", "scales"}, {"E0876", "supplies"},  {"E0860", "measures"}};
  const auto it = std::ranges::find(sections, code, &std::pair<std::string_view, std::string_view>::first);
  return it != std::end(sections) && unread({it->second, name});
}

// Whether something stands at this place of the file while complaints were made: it could then not be read, and what is
// wrong with it was told.
bool Builder::unread(std::initializer_list<std::string_view> path) const {
  const auto& d = reader.document();
  auto at = out.ok() ? text::no_node : d.root;
  for (const auto name : path)
    if (at != text::no_node) at = d[at].kind == text::Kind::map ? d.find(at, name) : text::no_node;
  return at != text::no_node;
}

template <class Section>
std::uint32_t Builder::named(const std::vector<Section>& sections, const Word& w, const char* what, const char* code) {
  for (std::uint32_t i = 0; i < sections.size(); ++i)
    if (sections[i].name == w.text) return i;
  if (written(code, w.text)) return none;  // what is wrong with it was told
  const auto names = [&] {
    std::vector<std::string> all;
    for (const auto& section : sections) all.push_back(section.name);
    return all;
  };
  out.error(code, w.span, std::string("there is no ") + what + " `" + w.text + "`", "nothing of that name",
            reader.meant(w.text, names));
  return none;
}

template std::uint32_t Builder::named(const std::vector<Exchange>&, const Word&, const char*, const char*);
template std::uint32_t Builder::named(const std::vector<Measure>&, const Word&, const char*, const char*);
template std::uint32_t Builder::named(const std::vector<Display>&, const Word&, const char*, const char*);
template std::uint32_t Builder::named(const std::vector<Scale>&, const Word&, const char*, const char*);
template std::uint32_t Builder::named(const std::vector<Supply>&, const Word&, const char*, const char*);
template std::uint32_t Builder::named(const std::vector<TradeMeasure>&, const Word&, const char*, const char*);
template std::uint32_t Builder::named(const std::vector<Force>&, const Word&, const char*, const char*);

ParamId Builder::tie(ActorId a, ActorId b, Span span) {
  const std::string one = s.actors[a].id + "-" + s.actors[b].id, other = s.actors[b].id + "-" + s.actors[a].id;
  if (const auto it = s.presence.find(one); it != s.presence.end()) return it->second;
  const ParamId id = presence(one, "ties." + one, span);
  s.presence.emplace(other, id);
  return id;
}

void Builder::exchanges(const Entry& root) {
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
    s.exchanges.push_back(std::move(x));
  }
}

}  // namespace entente::situation
