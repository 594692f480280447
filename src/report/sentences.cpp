#include "report/sentences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "report/amount.hpp"
#include "report/number_format.hpp"
#include "report/parameter_labels.hpp"

namespace entente::report {

using number::Truth;

Sentence& Sentence::add(std::string text) {
  if (text.empty()) return *this;
  if (!pieces_.empty() && pieces_.back().param == situation::none && !pieces_.back().quantity)
    pieces_.back().text += text;
  else pieces_.push_back({std::move(text), situation::none, false});
  return *this;
}

Sentence& Sentence::operator+=(const Sentence& other) {
  for (const auto& p : other.pieces_)
    if (p.quantity) quantity(p.text);
    else if (p.param == situation::none) add(p.text);
    else mention(p.param);
  return *this;
}

Sentence& Sentence::mention(situation::ParamId param) {
  pieces_.push_back({{}, param, false});
  return *this;
}

Sentence& Sentence::quantity(std::string name) {
  pieces_.push_back({std::move(name), situation::none, true});
  return *this;
}

std::string Sentence::text(const situation::Situation& s, std::set<situation::ParamId>& named) const {
  std::string out;
  for (const auto& p : pieces_) {
    if (p.param == situation::none) {
      out += p.text;
      continue;
    }
    const std::string words = place_words(s, p.param), path = typed_name(s, p.param);
    const bool first = named.insert(p.param).second;
    out += words.empty() ? path : first ? words + " [" + path + "]" : words;
  }
  return out;
}

std::string Sentence::text(const situation::Situation& s) const {
  std::set<situation::ParamId> named;
  return text(s, named);
}

const Sentence* Said::part(Part p) const noexcept {
  const auto it = std::ranges::find(parts, p, [](const auto& x) { return x.first; });
  return it == parts.end() ? nullptr : &it->second;
}

std::vector<std::vector<std::size_t>> chapters(const situation::Situation& s) {
  std::vector<std::vector<std::size_t>> out;
  std::map<std::string_view, std::size_t> chapter;  // by the name of the claim at its head
  for (std::size_t i = 0; i < s.claims.size(); ++i) {
    if (!s.claims[i].under.empty()) continue;
    chapter.emplace(s.claims[i].name, out.size());
    out.push_back({i});
  }
  for (std::size_t i = 0; i < s.claims.size(); ++i)
    if (const auto at = chapter.find(s.claims[i].under); at != chapter.end()) out[at->second].push_back(i);
  return out;
}

Said said(const plan::Answer::Claim& c) {
  const bool yes = c.truth == Truth::yes, no = c.truth == Truth::no;
  Said out{.name = c.name, .words = yes ? "true" : no ? "false" : "undefined", .says = c.says};
  if (!c.implied.empty()) {
    out.implied = true;
    out.parts.emplace_back(Said::Part::assumed, "follows from what is assumed, not evidence: " + c.implied);
  } else if (yes || no) {
    const MarginScale scale = margin_scale(c.in_percent, c.margin_unit);
    const std::string by = c.margin == 0          ? "on the very edge"
                           : std::isinf(c.margin) ? (yes ? "clear without limit" : "short without limit")
                                                  : (yes ? "clear by " : "short by ") +
                                                        with_unit(value(std::abs(scale.by * c.margin)), scale.unit);
    if (!c.yes_no) out.turning = by;
    out.parts.emplace_back(Said::Part::compared, fmt::format("{} {}{}", yes ? "holds:" : "fails:", c.holds,
                                                             c.yes_no ? std::string() : "; " + by));
  } else {
    out.parts.emplace_back(Said::Part::sampling, std::string(ask::says(c.reason)));
  }
  if (!c.caveat.empty()) out.parts.emplace_back(Said::Part::caveat, "mind: " + c.caveat);
  return out;
}

std::string numbers_drawn(const plan::Plan& plan) {
  const auto n = plan.numbers();
  std::string out = counted(n.uncertain, "uncertain number");
  if (n.defaults > 0) out += " and " + count(n.defaults) + " more by default";
  return out;
}

std::string draws_said(const plan::Plan& plan, const doubt::Doubt& d) {
  return fmt::format("{} draws of {}, {} of which move{} a claim; seed {}, {}.", count(d.draws), numbers_drawn(plan),
                     count(d.decisive), d.decisive == 1 ? "s" : "", d.sampling.seed,
                     d.sampling.designed() ? "Latin hypercube in ten replicate designs" : "plain random");
}

std::string known_said(const plan::Plan& plan) {
  const auto& s = plan.situation();
  const auto n = plan.numbers();
  std::string more = n.defaults ? fmt::format(", and {} more by default", n.defaults) : "";
  if (n.idle > 0) more += fmt::format("; {} of levers that no claim asks for", n.idle);
  return fmt::format("What was known on {}; every uncertain number at its median ({} of {} numbers {} uncertain{}).",
                     date(s.as_of), n.uncertain, n.written, n.uncertain == 1 ? "is" : "are", more);
}

std::string yes_share(const doubt::Spread& q) {
  if (q.mean == 0) return "no draw";
  if (q.mean == 1) return "all draws";
  const std::string share = q.mean < 0.005 ? "under 1 %" : q.mean > 0.995 ? "over 99 %" : percentage(q.mean);
  return share + " of draws";
}

std::string drivers_legend(const doubt::Doubt& d) {
  std::string out =
      "variance: share of the claim's variance that the number alone explains (first-order index by ranks); margin: "
      "the same of the rank of the margin by which it holds; worth: by how much the expected Brier score, 0.25 where "
      "nothing is known, would fall if the number were known; all four are blank where they cannot be told from those "
      "of a number that does nothing, with so many tried; turns: where the claim changes along this number, the "
      "others at their medians. Standard units measure how unlikely a change is, of all numbers together: one is the "
      "way from the median to the value that a number exceeds in one draw of six (Hasofer and Lind); each number's "
      "part of the way stands in brackets.";
  if (d.draws < 1000)
    out += fmt::format(
        " With {} draws a share of the variance under 20 % may be chance, and so may the number that "
        "has it; run a thousand or more before naming a driver.",
        count(d.draws));
  const auto weak = [](const doubt::Finding& f) { return std::ranges::any_of(f.drivers, &doubt::Driver::weak); };
  if (std::ranges::any_of(d.findings, weak))
    out +=
        " likely less: a number is named because its index is beyond chance, and of many weak ones chance names those "
        "that it helped.";
  if (d.total_draws > 0)
    out += fmt::format(" total: what would be left to explain if only this were unknown, from {} draws (Jansen).",
                       count(d.total_draws));
  return out;
}

ask::Phrase entry_said(const ask::Entry& e) {
  return e.kind == ask::Entry::Kind::number && e.text.empty() ? ask::Phrase(value(e.value, e.digits)) : e.text;
}

// "with LEVER", "without NAME", one behind the other: a world's own name is made of names of the file.
static ask::Phrase world_said(std::string_view world) {
  ask::Phrase out;
  for (std::size_t at = 0; at < world.size();) {
    const std::size_t end = std::min(world.find(' ', at), world.size());
    const std::string word(world.substr(at, end - at));
    if (word == "with" || word == "without") out += word;
    else out += ask::Phrase(ask::Phrase::Kind::name, word);
    if (end < world.size()) out += " ";
    at = end + 1;
  }
  return out;
}

Worlds worlds_said(const plan::Answer::Question& q) {
  Worlds out{.table = {"world by world", {"quantity", "unit"}, {}}, .reasons = {}};
  std::vector<const plan::Answer::InWorld*> worlds;
  for (const auto& w : q.worlds)
    if (!w.same) worlds.push_back(&w);
  if (worlds.size() < 2) return {};
  const auto cell = [](const plan::Answer::InWorld& w, const std::string& name) {
    const auto it = std::ranges::find(w.cells, name, &plan::Answer::Cell::name);
    return it == w.cells.end() ? nullptr : &*it;
  };
  const auto reason = [&](const plan::Answer::Cell& c) { return std::ranges::find(out.reasons, ask::says(c.reason)); };
  for (const auto& c : q.worlds.front().cells)
    if (c.headline)
      for (const auto* w : worlds)
        if (const auto* d = cell(*w, c.name); d && d->reason != ask::Reason::none && reason(*d) == out.reasons.end())
          out.reasons.emplace_back(ask::says(d->reason));
  const auto dash = [&](std::size_t i) {
    return out.reasons.size() < 2 ? "-" : std::string("-") + static_cast<char>('a' + static_cast<char>(i));
  };
  for (const auto* w : worlds) out.table.columns.push_back(w->world.empty() ? "as it is" : world_said(w->world));
  for (const auto& c : q.worlds.front().cells) {
    if (!c.headline) continue;
    // In other worlds only what stands in the first group is asked for: a row with one number compares nothing.
    if (std::none_of(worlds.begin() + 1, worlds.end(), [&](const auto* w) { return cell(*w, c.name) != nullptr; }))
      continue;
    std::vector<ask::Entry> row{q.name + "." + c.name, c.unit};
    for (const auto* w : worlds) {
      const auto* d = cell(*w, c.name);
      row.push_back(
          !d ? ask::Entry::missing("not asked")
          : d->reason == ask::Reason::none
              ? ask::Entry::number(d->value)
              : ask::Entry::missing(dash(static_cast<std::size_t>(reason(*d) - out.reasons.begin())), d->reason));
    }
    out.table.rows.push_back(std::move(row));
  }
  for (std::size_t i = 0; i < out.reasons.size(); ++i) out.reasons[i] = dash(i) + ": " + out.reasons[i];
  return out;
}

}  // namespace entente::report
