// The answer on one screen. A reader who has just asked wants every claim that stands for itself with its verdict, its
// number and what turns it, before any table: two lines a claim, then what was taken for granted, then how to see the
// rest. The whole of it, claim by claim, is doubt_text.cpp and ask_text.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "entente/report/report.hpp"
#include "entente/situation/proposed.hpp"
#include "report/layout.hpp"
#include "report/number_format.hpp"
#include "report/sentences.hpp"

namespace entente::report {
namespace {

constexpr std::size_t dots = 10;

// A share as ten dots, to the nearest tenth; neither none nor all of them filled unless no draw says otherwise. Draws
// in which a claim is undefined stand at the right as small dots.
std::string bar(const doubt::Finding& f, std::uint64_t n) {
  const auto tenths = [&](std::uint64_t k) {
    return static_cast<std::size_t>(std::floor(10 * static_cast<double>(k) / static_cast<double>(n) + 0.5));
  };
  const std::size_t full = f.shared ? static_cast<std::size_t>(std::floor(10 * f.low + 0.5)) : tenths(f.yes);
  const std::size_t yes = f.shared ? std::clamp<std::size_t>(full, f.low > 0 ? 1 : 0, f.low < 1 ? dots - 1 : dots)
                                   : std::clamp<std::size_t>(full, f.yes > 0 ? 1 : 0, f.yes < n ? dots - 1 : dots);
  const std::size_t undefined = std::min(tenths(f.undefined), dots - yes);
  std::string out;
  for (std::size_t i = 0; i < dots; ++i) out += i < yes ? "●" : i < dots - undefined ? "○" : "·";
  return out;
}

// Words alone: the first screen names no paths. A number without words of its own is named by the end of its path.
std::string in_words(const Sentence& sentence, const situation::Situation& s) {
  std::set<situation::ParamId> named;
  for (const auto& p : sentence.pieces())
    if (p.param != situation::none) named.insert(p.param);
  return sentence.text(s, named);
}

std::string more(const std::string& verb, const Style& style, std::string_view example, std::string_view table) {
  std::vector<std::array<std::string, 2>> rows;
  const std::string command = "entente " + verb + " " + style.file;
  rows.push_back({command + " " + std::string(example), "tells one whole"});
  if (!table.empty()) rows.push_back({command + " --claims", std::string(table)});
  rows.push_back({command + " --full", "everything"});
  return "More:\n" + described(rows, 2, style.width);
}

std::string lines(std::string text, std::size_t indent, const Style& style) { return wrap(text, indent, style.width); }

// Title, draws and seed.
std::string headed(const plan::Plan& plan, const doubt::Doubt& d, const Style& style) {
  return lines(bold(plan.situation().title, style.color) + ": " + count(d.draws) + " draws of " + numbers_drawn(plan) +
                   fmt::format(", seed {}.", d.sampling.seed),
               0, style);
}

}  // namespace

std::string first_screen(const plan::Plan& plan, const doubt::Doubt& d, const Style& style) {
  const auto& s = plan.situation();
  std::string out = headed(plan, d, style) + "\n";
  std::size_t under = 0, assumed = 0;
  std::string example;  // the first claim that is open
  for (const auto& chapter : chapters(s)) {
    if (chapter.front() >= d.findings.size()) continue;
    under += chapter.size() - 1;
    const auto& f = d.findings[chapter.front()];
    const Said x = said(plan, d, f);
    assumed += x.implied ? 1 : 0;
    if (example.empty() && !x.implied && f.share > 0.05 && f.share < 0.95) example = x.name;
    out += lines(bold(x.name, style.color) + ": " + x.says, 0, style);
    std::string verdict = x.implied ? "" : bar(f, d.draws) + " ";
    verdict += x.words + (x.share.empty() ? "" : ", " + x.share) + told(x, style) + ".";
    if (!x.implied && !x.turning.empty()) verdict += " " + in_words(x.turning, s);
    out += lines(verdict, 2, style);
  }
  std::string granted = "Taken for granted: the models, which no draw doubts, and the file's ranges and sources";
  if (const auto proposed = situation::count_proposed(s); proposed > 0)
    granted += fmt::format(", of whose numbers {} {} an assistant's and no person's yet", proposed,
                           proposed == 1 ? "is" : "are");
  if (assumed > 0)
    granted += fmt::format("; {} of these claims {} from that", assumed, assumed == 1 ? "follows" : "follow");
  if (!d.warnings.empty()) granted += "; " + counted(d.warnings.size(), "warning") + " (--full)";
  out += "\n" + lines(granted + ".", 0, style);
  if (example.empty() && !d.findings.empty()) example = d.findings.front().name;
  if (!example.empty())
    out += more("doubt", style, example,
                under > 0 ? "all " + count(d.findings.size()) + " claims, " + count(under) + " of them under these"
                          : "as a table");
  return out;
}

std::string claims_table(const plan::Plan& plan, const doubt::Doubt& d, const Style& style) {
  const auto& s = plan.situation();
  std::vector<std::vector<std::string>> rows{{"claim", "", "likelihood", "share", "true", "false", "undefined"}};
  for (const auto& chapter : chapters(s))
    for (const auto i : chapter) {
      if (i >= d.findings.size()) continue;
      const auto& f = d.findings[i];
      const Said x = said(plan, d, f);
      const std::string name = (i == chapter.front() ? "" : "  ") + f.name;
      if (x.implied) rows.push_back({name, "", f.yes > f.no ? "implied" : "ruled out", "", count(f.yes), count(f.no)});
      else
        rows.push_back({name, bar(f, d.draws), f.words,
                        f.bracket ? decimal(f.low) + " to " + decimal(f.high) : decimal(f.share), count(f.yes),
                        count(f.no)});
      rows.back().push_back(f.undefined ? count(f.undefined) : "");
    }
  return headed(plan, d, style) + "\n" + columns(rows, 0, true);
}

std::string first_screen(const plan::Plan& plan, const plan::Answer& a, const SourceMap& sources, const Style& style) {
  const auto& s = plan.situation();
  if (!a.inside) return text(plan, a, sources, style);
  std::string out = bold(s.title, style.color) + "\n" + lines(known_said(plan), 0, style) + "\n";
  for (const auto& chapter : chapters(s)) {
    if (chapter.front() >= a.claims.size()) continue;
    const Said x = said(a.claims[chapter.front()]);
    const auto truth = a.claims[chapter.front()].truth;
    const char* code = truth == number::Truth::yes ? "32" : truth == number::Truth::no ? "31" : "33";
    out += lines(bold(x.name, style.color) + ": " + x.says, 0, style);
    std::string verdict = tone(x.words, code, style.color);
    if (x.implied) verdict += "; follows from what is assumed, not evidence";
    else if (!x.turning.empty()) verdict += ", " + in_words(x.turning, s);
    else if (const Sentence* why = x.part(Said::Part::sampling)) verdict += ", " + in_words(*why, s);
    out += lines(verdict + ".", 2, style);
  }
  std::string asked;
  for (const auto& q : a.questions) asked += (asked.empty() ? "" : ", ") + q.name + " (" + q.kind + ")";
  if (!asked.empty()) out += "\n" + lines("Questions: " + asked + ".", 0, style);
  out +=
      "\n" + lines("True or false is told where every number stands at its median; `doubt` says how sure.", 0, style);
  if (!a.questions.empty()) out += more("ask", style, a.questions.front().name, "");
  return out;
}

}  // namespace entente::report
