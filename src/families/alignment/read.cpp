// Ties between actors, what they are made of, and what actors weigh; the questions align, wedge, bind and balance.
//
// A tie is the sum over kinds of evidence of weight times value, plus the judgement under `ties`. A pair that a kind of
// evidence does not name gets nothing from it: silence is no tie, and the method page says so.
#include <algorithm>

#include "entente/base/spelling.hpp"
#include "families/alignment/estimated.hpp"

namespace entente::situation {
namespace {

struct AlignmentReader final : FamilyReader {
  using FamilyReader::FamilyReader;
  std::vector<Tie>& all = s.sections.make<std::vector<Tie>>();
  std::vector<Measure>& sizes = s.sections.make<std::vector<Measure>>();

  void sections(const Entry& root) override;
  void question(Question& q, const Entry& e) override;
  [[nodiscard]] std::uint64_t digest() const override { return world_.digest(); }

 private:
  std::vector<Evidence> evidence_;
  WorldEvidence world_{*this};
  std::map<std::pair<ActorId, ActorId>, std::uint32_t> ties_;  // into `all`, the lower actor first
  std::uint32_t tie_named(const Word& w, bool make);
  std::uint32_t tie_of(ActorId a, ActorId b, Span at);
  bool heard(std::uint32_t t, const Camp& c, const Word& w);
  std::optional<Camp> camp(const Entry& e, const Value& list, bool sized = true);
  void parting(Question& q, const Entry& e, bool bind);
  bool likely(Camp& c, const Entry& e);
  bool counted(Camp& c, const Entry& e, Span at);
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
  if (!make && !ties_.contains(std::minmax(a, b))) {
    out.error("E0803", w.span, "nothing is said of a tie between " + s.actors[a].id + " and " + s.actors[b].id,
              "neither evidence nor judgement", "ties: {" + w.text + ": 0.1 to 0.4}");
    return none;
  }
  return tie_of(a, b, w.span);
}

std::uint32_t AlignmentReader::tie_of(ActorId a, ActorId b, Span at) {
  const auto [it, fresh] = ties_.emplace(std::minmax(a, b), static_cast<std::uint32_t>(all.size()));
  if (fresh) all.push_back({.a = a, .b = b, .presence = tie(a, b, at), .span = at});
  return it->second;
}

void AlignmentReader::sections(const Entry& root) {
  world_.folder(root);
  for (const Entry& e : root["evidence"].entries) {
    const std::size_t before = out.errors();
    const bool worlds = world_.read(e, evidence_.emplace_back());
    ties_unread_ = ties_unread_ || out.errors() > before;
    if (worlds) continue;
    evidence_.back().weight = only(e["weight"].number);
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
  world_.together();
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
    all[t].chance = n.given() && reader.parameters[only(n)].number.domain.lo == 0;
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

// Which evidence makes its ties: what it names, else what has a weight of its own, else what is estimated. False after
// a complaint.
bool AlignmentReader::counted(Camp& c, const Entry& e, Span at) {
  std::vector<const Evidence*> world;
  const auto add = [&](const Evidence& x) {
    if (!x.kinds.empty()) world.push_back(&x);
    else if (x.weight != none) c.evidence.push_back(x.weight);
  };
  if (const Value& named = e["evidence"]; named.present) {
    once(named.words);
    c.judged = false;
    for (const Word& w : named.words) {
      const auto it = std::ranges::find(evidence_, w.text, &Evidence::name);
      if (it != evidence_.end()) {
        add(*it);
      } else if (w.text == "ties") {
        c.judged = true;
      } else {
        std::vector<std::string> names{"ties"};
        for (const Evidence& x : evidence_) names.push_back(x.name);
        out.error("E0823", w.span, "there is no evidence `" + w.text + "`", "nothing of that name under `evidence`",
                  did_you_mean(w.text, names));
        return false;
      }
    }
  } else {
    const bool own = std::ranges::any_of(evidence_, [](const Evidence& x) { return x.weight != none; });
    for (const Evidence& x : evidence_)
      if (own != x.estimated || (!x.estimated && !x.kinds.empty())) add(x);
  }
  if (world.empty()) return true;
  if (c.actors.empty())
    for (ActorId a = 0; a < s.actors.size(); ++a) c.actors.push_back(a);
  if (c.actors.size() < 2 || c.actors.size() > 40) return true;  // told below
  c.world = world_.of(c.actors, world, at);
  if (!c.world) return false;
  for (std::size_t i = 0; i < c.actors.size(); ++i)
    for (std::size_t j = i + 1; j < c.actors.size(); ++j) (void)tie_of(c.actors[i], c.actors[j], at);
  return true;
}

// Who is in the question, its sizes and its number of sides.
// `sized`: the question asks for sizes; one that does not is none of a measure's business.
std::optional<Camp> AlignmentReader::camp(const Entry& e, const Value& list, bool sized) {
  Camp c;
  if (list.present) c.actors = actor_list(list.words);
  if (!std::ranges::all_of(list.words,
                           [&](const Word& w) { return s.actor(w.text) != none || s.groups.contains(w.text); }))
    return std::nullopt;  // somebody whom nobody declared, which was told
  const Span at = list.present ? list.span : e.name_span;
  bool good = true;
  if (!counted(c, e, at)) return std::nullopt;
  if (!list.present && c.actors.empty())
    for (ActorId a = 0; a < s.actors.size(); ++a)
      if (std::ranges::any_of(all, [&](const Tie& t) { return (t.a == a || t.b == a) && speaks(t, c); }))
        c.actors.push_back(a);
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
          return ((t.a == a && inside(t.b)) || (t.b == a && inside(t.a))) && speaks(t, c);
        })) {
      out.error("E0809", at, s.actors[a].id + " has no tie with any other here", "neither evidence nor judgement",
                "its side would be anybody's guess: leave it out, or say a tie");
      good = false;
    }
  if (e.record->find("sizes") && e.has("sizes")) {
    c.measure = named(sizes, e["sizes"].words.front(), "measure of size", "E0810", "sizes");
    if (c.measure == none) return std::nullopt;
  }
  const bool odds = e.wrote("temperature") || (c.world && !c.world->set.empty());  // ties in log odds
  for (const Tie& t : all)
    if (!odds && c.judged && t.chance && inside(t.a) && inside(t.b)) {
      auto& d =
          out.error("E0824", reader.parameters[t.judgement].span, "how likely two are together needs a temperature",
                    "a log odds, beside weights that are none", "temperature: 1, or evidence that is estimated");
      d.remarks.push_back({e.name_span, "the question without one"});
      good = false;
    }
  sized = sized && (!(odds && e.record->find("temperature")) || e.wrote("size-exponent") || e.has("sizes"));
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
    if (!heard(t, p.camp, name)) continue;
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

// Whether the evidence of a question says anything of a tie; else a complaint.
bool AlignmentReader::heard(std::uint32_t t, const Camp& c, const Word& w) {
  if (speaks(all[t], c)) return true;
  out.error("E0803", w.span, "the evidence of this question says nothing of " + w.text,
            "neither evidence nor judgement", "`evidence` of the question says which kinds count");
  return false;
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
  const bool estimated = c.world && !c.world->set.empty();
  if (!e.has("temperature") && (!estimated || e.wrote("temperature"))) {
    if (!e.wrote("size-exponent")) return true;
    out.error("E0820", e["size-exponent"].span, "sizes have a power only where there is a temperature",
              "no `temperature` here", "temperature: 1");
    return false;
  }
  const std::size_t most = c.blocs == 2 ? 22 : 12;
  if (c.actors.size() > most) {
    out.error("E0808", e.has("temperature") ? e["temperature"].key : e["align"].span,
              "more than " + std::to_string(most) + " actors with a temperature",
              "that is more than ten thousand draws take", "`entente solve blocs --temperature` takes more, once");
    return false;
  }
  c.temperature =
      e.has("temperature") ? only(e["temperature"].number) : reader.add_fixed(e.path + ".temperature", 1, e.name_span);
  c.size_exponent = only(e["size-exponent"].number);
  c.toss = reader.add_toss(e.path + ".toss", e.has("temperature") ? e["temperature"].span : e.name_span);
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
      if (b.tie == none || !heard(b.tie, b.camp, e["of"].words.front())) return;
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
