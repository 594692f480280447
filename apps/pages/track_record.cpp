#include "track_record.hpp"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/doubt/compare.hpp"
#include "entente/families/all.hpp"
#include "entente/plan/plan.hpp"
#include "entente/report/report.hpp"
#include "entente/situation/situation.hpp"
#include "entente/text/file.hpp"
#include "entente/text/table.hpp"

namespace entente::pages {
namespace {

constexpr std::uint64_t draws = 1000;

std::string fixed(double x, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, x);
  return text;
}

// Cases whose outcome is another model's result, or is entailed by a treaty that the case puts in: replications.
bool replication(const std::filesystem::path& path) {
  const auto name = path.filename().string();
  return name == "nafta-1993" || name == "tariffs-2018";
}

// What data/world/record.csv says, in the first sentence: whether the best simple rule is beaten.
std::optional<std::string> by_rule(const std::filesystem::path& tables) {
  SourceMap sources;
  Diagnostics out;
  const auto text = text::read_file((tables / "record.csv").string(), std::size_t{1} << 20);
  if (!text) return std::nullopt;
  const auto t = text::read_table(sources, sources.add("record.csv", *text), out);
  if (!out.ok() || t.rows.empty()) return std::nullopt;
  const auto cell = [&](const char* name) { return t.rows.front()[t.column(name)].text; };
  const auto number = [&](const char* name) { return std::stod(cell(name)); };
  const double low = number("low"), high = number("high");
  return std::string(high < 0  ? "In the one kind of question that has a record by rule it beats the best simple rule"
                     : low > 0 ? "In the one kind of question that has a record by rule the best simple rule beats it"
                               : "In the one kind of question that has a record by rule nothing is settled") +
         ": " + cell("of") + ", " + cell("events") + " events, Brier score " + fixed(number("brier"), 3) + " against " +
         fixed(number("baseline-brier"), 3) + " by `" + cell("baseline") +
         "` (95 % of the difference: " + fixed(low, 3) + " to " + fixed(high, 3) + ").";
}

std::string claims_of(const doubt::Record& r) {
  return std::to_string(r.claims) + " claims: mean Brier score " + fixed(r.brier, 3) + ", where always saying " +
         fixed(r.came_true, 2) + ", the share of them that came true, scores " + fixed(r.brier_of_share, 3) +
         "; mean log score " + fixed(r.log_score, 2) + " against " + fixed(r.log_of_share, 2) + ".";
}

}  // namespace

std::optional<std::string> track_record(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> cases;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (std::filesystem::exists(entry.path() / "situation.yaml", error)) cases.push_back(entry.path());
  std::ranges::sort(cases);
  struct Group {
    std::vector<doubt::Scored> rows;
    std::string list;
    std::size_t cases = 0;
  };
  Group authored, replicated;
  for (const auto& path : cases) {
    SourceMap sources;
    Diagnostics out;
    auto s = situation::load(path, families::all(), sources, out);
    std::optional<plan::Plan> plan;
    if (s) plan = plan::Plan::compile(std::make_shared<const situation::Situation>(std::move(*s)), out);
    std::optional<std::vector<doubt::Scored>> scored;
    if (plan && plan->situation().outcomes.empty()) continue;
    if (plan)
      if (const auto d = doubt::run(*plan, {.sampling = {1, draws, true}})) scored = doubt::score(*plan, *d, out);
    if (!scored) {
      std::fputs(render(out, sources).c_str(), stderr);
      return std::nullopt;
    }
    Group& g = replication(path) ? replicated : authored;
    g.list += "- " + plan->situation().title + ": [notes](../../situations/history/" + path.filename().string() + ")\n";
    g.rows.insert(g.rows.end(), scored->begin(), scored->end());
    ++g.cases;
  }
  const auto verdict = by_rule(folder / "../../data/world");
  if (!verdict) {
    std::fputs("data/world/record.csv is not there: cmake --build build --target stands\n", stderr);
    return std::nullopt;
  }
  std::string text = "# The track record\n<!-- Written by the target pages; do not edit. -->\n" + *verdict +
                     " Of wars it is not settled. All other kinds of question have no record.\n\n"
                     "| kind of question | record by rule |\n|---|---|\n"
                     "| `align`, two camps given a dispute among them | [disputes](who-stands-with-whom.md): every "
                     "dispute since 1816 with three participants or more, beside nine baselines |\n"
                     "| the same, wars | [wars](who-stands-with-whom.md#wars): not settled |\n"
                     "| `align` otherwise (`free`, `2`, k, `against`, hand weights, least energy) | no record |\n";
  for (const char* kind :
       {"wedge", "bind", "balance", "deal", "leverage", "mandate", "pressure", "supply", "signal", "choice"})
    text += std::string("| `") + kind + "` | no record |\n";
  const auto r = doubt::record_of(authored.rows), again = doubt::record_of(replicated.rows);
  text +=
      "\nA record is by rule: cases that nobody chose, codings that nobody made for the case, forecasts made before "
      "the outcome was read. What follows is none.\n\n"
      "# Illustrations\nCases whose outcome is known, answered by the engine from what was known beforehand, misses "
      "included (`entente history --draws 1000`). Their authors knew the\noutcomes and chose the claims; each case's "
      "notes say "
      "what was committed before the first run. They show how the engine reasons and where it errs, and prove nothing "
      "of how\noften it is right: " +
      std::to_string(authored.cases) + " cases are at most " + std::to_string(authored.cases) +
      " independent events, however many claims they hold. A miss is a probability on the wrong side of one half, or "
      "an "
      "outcome outside the 90 % interval.\n\n" +
      claims_of(r) + " " + std::to_string(r.quantities) + " quantities: " + std::to_string(r.inside) +
      " inside the 90 % interval. " + std::to_string(r.misses) + " misses in all; " + std::to_string(r.open) +
      " not scored." +
      (r.undecided > 0 ? " " + std::to_string(r.undecided) + " undecided: answered one half." : std::string()) +
      (r.bracketed > 0 ? " " + std::to_string(r.bracketed) + " bracketed, listed apart." : std::string()) + "\n\n" +
      authored.list + report::tables(authored.rows);
  text +=
      "\n# Replications\nHere the outcome is another model's result, or what a treaty itself says: agreement shows "
      "that two programs "
      "compute alike, not that either is right.\n\n" +
      claims_of(again) + "\n\n" + replicated.list + report::tables(replicated.rows);
  return text;
}

}  // namespace entente::pages
