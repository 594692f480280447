// Ties between actors, what they are made of, and what actors weigh; the questions align, wedge, bind and balance.
//
// A tie is the sum over kinds of evidence of weight times value, plus the judgement under `ties`. A pair that a kind of
// evidence does not name gets nothing from it: silence is no tie, and the method page says so.
#include <algorithm>

#include "entente/base/nearest.hpp"
#include "families/alignment/section.hpp"
#include "situation/sections.hpp"

namespace entente::situation {
namespace {

struct AlignmentReader final : FamilyReader {
  using FamilyReader::FamilyReader;
  std::vector<Tie>& all = s.sections.make<std::vector<Tie>>();
  std::vector<Measure>& sizes = s.sections.make<std::vector<Measure>>();

  void sections(const Entry& root) override;
  void question(Question& q, const Entry& e) override;

 private:
  std::map<std::pair<ActorId, ActorId>, std::uint32_t> ties_;  // into `all`, the lower actor first
  std::uint32_t tie_named(const Word& w, bool make);
  std::optional<Camp> camp(const Entry& e, const Value& list, bool sized = true);
  void parting(Question& q, const Entry& e, bool bind);
  bool likely(Camp& c, const Entry& e);
  bool ties_unread_ = false;  // a table of ties could not be read, or a tie's number; complained about already
};

// The tie that `A-B` names, in either order; made when `make` is set. `none` after a complaint.
std::uint32_t AlignmentReader::tie_named(const Word& w, bool make) {
  const auto hyphen = w.text.find('-');
  if (hyphen == std::string::npos) {
    out.error("E0801", w.span, "`" + w.text + "` is no tie", "a tie is named by its two actors", "such as RUS-CHN");
    return none;
  }
  const auto part = [&](std::size_t from, std::size_t n) {
    const bool exact = w.span.end - w.span.begin == w.text.size();
    return Word{w.text.substr(from, n), exact ? w.span.sub(from, n) : w.span};
  };
  const ActorId a = actor(part(0, hyphen)), b = actor(part(hyphen + 1, w.text.size() - hyphen - 1));
  if (a == none || b == none) return none;
  if (a == b) {
    out.error("E0802", w.span, "an actor has no tie with itself", "the same actor twice");
    return none;
  }
  const auto key = std::minmax(a, b);
  if (const auto it = ties_.find(key); it != ties_.end()) return it->second;
  if (!make) {
    out.error("E0803", w.span, "nothing is said of a tie between " + s.actors[a].id + " and " + s.actors[b].id,
              "neither evidence nor judgement", "ties: {" + w.text + ": 0.1 to 0.4}");
    return none;
  }
  const auto id = static_cast<std::uint32_t>(all.size());
  ties_.emplace(key, id);
  all.push_back({.a = a, .b = b, .presence = tie(a, b, w.span), .span = w.span});
  return id;
}

void AlignmentReader::sections(const Entry& root) {
  for (const Entry& e : root["evidence"].entries) {
    std::map<std::uint32_t, Span> seen;
    for (const char* field : {"ties", "table"})
      for (const auto& [word, n] : e[field].numbers()) {
        const std::uint32_t t = tie_named(word, true);
        if (t == none) continue;
        if (const auto [it, fresh] = seen.emplace(t, word.span); !fresh) {
          auto& d = out.error("E0804", word.span, "two values for the tie " + word.text, "the second one",
                              "a tie is the same both ways: A-B is B-A");
          d.remarks.push_back({it->second, "the first one"});
          continue;
        }
        ties_unread_ = ties_unread_ || !n.given();
        if (n.given()) all[t].terms.emplace_back(only(e["weight"].number), only(n));
      }
    ties_unread_ = ties_unread_ || (e.wrote("table") && e["table"].numbers().empty());
    if (!e.wrote("ties") && !e.wrote("table"))
      out.error("E0805", e.name_span, "this evidence says nothing of any tie", "neither `ties` nor `table`",
                "ties: {USA-JPN: 1}, or a table with columns a, b, value");
  }
  std::map<std::uint32_t, Span> judged;
  for (const auto& [word, n] : root["ties"].numbers()) {
    const std::uint32_t t = tie_named(word, true);
    if (t == none) continue;
    if (const auto [it, fresh] = judged.emplace(t, word.span); !fresh) {
      auto& d = out.error("E0804", word.span, "two values for the tie " + word.text, "the second one",
                          "a tie is the same both ways: A-B is B-A");
      d.remarks.push_back({it->second, "the first one"});
      continue;
    }
    all[t].judgement = only(n);
  }
  for (const Entry& e : root["sizes"].entries) {
    Measure m{.name = e.name, .size = std::vector<ParamId>(s.actors.size(), none), .span = e.name_span};
    std::map<ActorId, Span> seen;
    for (const char* field : {"of", "table"})
      for (const auto& [word, n] : e[field].numbers()) {
        ActorId a = s.actor(word.text);
        if (a == none && std::string_view(field) == "of")
          a = actor(word);  // a table may hold more actors than are here
        if (a == none) continue;
        if (const auto [it, fresh] = seen.emplace(a, word.span); !fresh) {
          auto& d = out.error("E0806", word.span, "two sizes for " + word.text, "the second one");
          d.remarks.push_back({it->second, "the first one"});
          continue;
        }
        m.size[a] = only(n);
      }
    m.unread = !e.wrote("of") && e["table"].written && e["table"].numbers().empty();
    if (!e.wrote("of") && !e.wrote("table"))
      out.error("E0807", e.name_span, "this measure gives nobody a size", "neither `of` nor `table`",
                "of: {CHN: 0.22, USA: 0.14}");
    sizes.push_back(std::move(m));
  }
}

// Who is in the question, its sizes and its number of sides.
// `sized`: the question asks for sizes; one that does not is none of a measure's business.
std::optional<Camp> AlignmentReader::camp(const Entry& e, const Value& list, bool sized) {
  Camp c;
  if (list.present) c.actors = actor_list(list.words);
  else
    for (ActorId a = 0; a < s.actors.size(); ++a)
      if (std::ranges::any_of(all, [&](const Tie& t) { return t.a == a || t.b == a; })) c.actors.push_back(a);
  if (!std::ranges::all_of(list.words,
                           [&](const Word& w) { return s.actor(w.text) != none || s.groups.contains(w.text); }))
    return std::nullopt;  // somebody whom nobody declared, which was told
  const Span at = list.present ? list.span : e.name_span;
  bool good = true;
  if (c.actors.size() < 2) {
    out.error("E0808", at, "it takes two actors", std::to_string(c.actors.size()) + " here");
    return std::nullopt;
  }
  if (c.actors.size() > 40) {
    out.error("E0808", at, "more than 40 actors", "that is more than ten thousand draws take",
              "`entente solve blocs` takes larger networks, once");
    return std::nullopt;
  }
  const auto inside = [&](ActorId a) { return std::ranges::find(c.actors, a) != c.actors.end(); };
  for (const ActorId a : c.actors)
    if (!ties_unread_ && std::ranges::none_of(all, [&](const Tie& t) {
          return (t.a == a && inside(t.b)) || (t.b == a && inside(t.a));
        })) {
      out.error("E0809", at, s.actors[a].id + " has no tie with any other here", "neither evidence nor judgement",
                "its side would be anybody's guess: leave it out, or say a tie");
      good = false;
    }
  if (e.record->find("sizes") && e.has("sizes")) {
    c.measure = named(sizes, e["sizes"].words.front(), "measure of size", "E0810", "sizes");
    if (c.measure == none) return std::nullopt;
  }
  for (const Measure& m : sizes)
    for (const ActorId a : c.actors)
      if (m.size[a] == none && !m.unread && sized) {
        out.error("E0811", m.span, "the measure `" + m.name + "` has no size for " + s.actors[a].id,
                  "it is in the question `" + e.name + "`");
        good = false;
      }
  if (e.record->find("blocs") && e.has("blocs")) {
    const std::string& text = e["blocs"].text;
    const auto k = e["blocs"].whole();
    if (text == "free") c.blocs = 0;
    else if (text == "two camps" && e.record->name == "align") c.camps = true;
    else if (k && *k >= 2 && *k <= 40) c.blocs = static_cast<std::uint32_t>(*k);
    else {
      out.error("E0812", e["blocs"].span, "`" + text + "` is no number of sides", "2, a larger number, or free");
      good = false;
    }
  }
  if (!good) return std::nullopt;
  return c;
}

void AlignmentReader::parting(Question& q, const Entry& e, bool bind) {
  const Value& pair = e[bind ? "bind" : "wedge"];
  const auto two = actor_list(pair.words, false);
  const bool known = std::ranges::all_of(
      pair.words, [&](const Word& w) { return s.actor(w.text) != none || s.groups.contains(w.text); });
  auto c = camp(e, e["among"]);
  if (!c || !pair.present || !known || !e.has("by")) return;
  PartingQuestion p{.bind = bind};
  if (two.size() != 2) {
    out.error("E0813", pair.span, std::string(bind ? "two are brought together" : "two are parted"),
              two.size() == 1 ? "one actor, and itself" : std::to_string(two.size()) + " here", "such as [RUS, CHN]");
    return;
  }
  p.camp = std::move(*c);
  p.a = two[0], p.b = two[1];
  p.by = actor(e["by"].words.front());
  if (p.by == none) return;
  const auto inside = [&](ActorId a) { return std::ranges::find(p.camp.actors, a) != p.camp.actors.end(); };
  for (const ActorId a : two)
    if (!inside(a)) {
      out.error("E0814", pair.span, s.actors[a].id + " is not among the actors of this question", "not under `among`");
      return;
    }
  p.margin = only(e["margin"].number);
  p.budget = only(e["budget"].number);
  p.unit = e["unit"].unit();
  for (const Entry& m : e["moves"].entries) {
    const Word name{m.name, m.name_span};
    const std::uint32_t t = tie_named(name, false);
    if (t == none) continue;
    const Tie& moved = all[t];
    if (!inside(moved.a) || !inside(moved.b)) {
      out.error("E0814", m.name_span, "the tie " + m.name + " is not among the actors of this question",
                "not under `among`");
      continue;
    }
    ActorId who = p.by;
    if (m.has("through")) who = actor(m["through"].words.front());
    if (who != none && who != moved.a && who != moved.b)
      out.error("E0815", m.name_span, s.actors[who].id + " has no hand in the tie " + m.name,
                "nobody moves a tie of others", m.has("through") ? "" : "through: " + s.actors[moved.a].id);
    if (std::ranges::find(p.moves, t, &PartingQuestion::Move::tie) != p.moves.end()) {
      out.error("E0804", m.name_span, "the tie " + m.name + " is moved twice", "the second time");
      continue;
    }
    PartingQuestion::Move x{.tie = t,
                            .up = only(m["up-to"].number),
                            .down = only(m["down-to"].number),
                            .cost = only(m["cost"].number),
                            .fixed = only(m["fixed"].number)};
    if (x.up == none && x.down == none)
      out.error("E0816", m.name_span, "nothing says how far " + m.name + " can be moved",
                "neither `up-to` nor `down-to`", "up-to: 0.5");
    else if (x.up != none && x.down != none && reader.parameters[x.up].number.form == number::Form::distribution &&
             reader.parameters[x.down].number.form == number::Form::distribution &&
             reader.parameters[x.up].number.distribution.upper() <
                 reader.parameters[x.down].number.distribution.lower())
      out.error("E0817", m.name_span, "the bounds of " + m.name + " cross", "`up-to` lies below `down-to`");
    p.moves.push_back(x);
  }
  if (p.moves.size() > 16)
    out.error("E0818", e["moves"].span, "more than 16 ties to move", "that is more than this takes");
  q.what = Held(std::move(p));
}

// The cores of the sides, and what makes chances of ties. False after a complaint.
bool AlignmentReader::likely(Camp& c, const Entry& e) {
  const Value& against = e["against"];
  if (against.present) {
    const auto two = actor_list(against.words);
    if (two.size() != 2) {
      out.error("E0821", against.span, "`against` names the two cores of the sides",
                std::to_string(two.size()) + (two.size() == 1 ? " actor here" : " actors here"), "such as [USA, CHN]");
      return false;
    }
    for (const ActorId a : two)
      if (std::ranges::find(c.actors, a) == c.actors.end()) {
        out.error("E0814", against.span, s.actors[a].id + " is not among the actors of this question",
                  "not under `align`");
        return false;
      }
    c.core = two[0], c.other = two[1];
  }
  if (!e.has("temperature")) {
    if (!e.wrote("size-exponent")) return true;
    out.error("E0820", e["size-exponent"].span, "sizes have a power only where there is a temperature",
              "no `temperature` here", "temperature: 1");
    return false;
  }
  const std::size_t most = c.blocs == 2 ? 22 : 12;
  if (c.actors.size() > most) {
    out.error("E0808", e["temperature"].key, "more than " + std::to_string(most) + " actors with a temperature",
              "that is more than ten thousand draws take", "`entente solve blocs --temperature` takes more, once");
    return false;
  }
  c.temperature = only(e["temperature"].number);
  c.size_exponent = only(e["size-exponent"].number);
  c.toss = reader.add_toss(e.path + ".toss", e["temperature"].span);
  return true;
}

void AlignmentReader::question(Question& q, const Entry& e) {
  const std::string& kind = e.record->name;
  if (kind == "wedge" || kind == "bind") parting(q, e, kind == "bind");
  if (kind == "align" && e.has("align"))
    if (auto c = camp(e, e["align"]); c && likely(*c, e)) q.what = Held(AlignQuestion{std::move(*c)});
  if (kind == "balance" && e.has("balance") && e.has("of"))
    if (auto c = camp(e, e["balance"], false)) {
      BalanceQuestion b{.camp = std::move(*c), .tie = tie_named(e["of"].words.front(), false)};
      if (b.tie == none) return;
      const auto inside = [&](ActorId a) { return std::ranges::find(b.camp.actors, a) != b.camp.actors.end(); };
      if (!inside(all[b.tie].a) || !inside(all[b.tie].b)) {
        out.error("E0814", e["of"].span, "the tie is not among the actors of this question", "not under `balance`");
        return;
      }
      b.at = only(e["at"].number);
      b.self = only(e["self"].number);
      q.what = Held(std::move(b));
    }
}

}  // namespace

std::unique_ptr<FamilyReader> read_alignment(const Builder& b) { return std::make_unique<AlignmentReader>(b); }

}  // namespace entente::situation
