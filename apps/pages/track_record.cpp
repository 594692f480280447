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

namespace entente::pages {
namespace {

constexpr std::uint64_t draws = 1000;

std::string fixed(double x, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, x);
  return text;
}

}  // namespace

std::optional<std::string> track_record(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> cases;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (std::filesystem::exists(entry.path() / "situation.yaml", error)) cases.push_back(entry.path());
  std::ranges::sort(cases);
  std::vector<doubt::Scored> rows;
  std::string list;
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
    list += "- " + plan->situation().title + ": [notes](../../situations/history/" + path.filename().string() + ")\n";
    rows.insert(rows.end(), scored->begin(), scored->end());
  }
  const auto r = doubt::record_of(rows);
  std::string apart;  // what is neither hit nor miss, and what is scored at the middle of a bracket
  if (r.undecided > 0)
    apart += " " + std::to_string(r.undecided) + " undecided: answered one half, neither hit nor miss.";
  if (r.bracketed > 0) apart += " " + std::to_string(r.bracketed) + " bracketed, listed apart.";
  std::string text = "# The track record\n<!-- Written by the target pages; do not edit. -->\n";
  text +=
      "Cases whose outcome is known, answered from what was known beforehand, misses included: what `entente history "
      "--draws 1000`\n"
      "finds. Always saying one half would score 0.25 (Brier) and 0.69 (log); lower is better. A miss is a probability "
      "on the wrong\n"
      "side of one half, or an outcome outside the 90 % interval; one half exactly is undecided. "
      "Most codings were written by people who knew how it ended; each case's\n"
      "notes say so, and what was committed before the first run. Where a case holds several claims about one war or "
      "one talk they stand or fall\n"
      "together: fewer than they look.\n\n";
  text += std::to_string(r.claims) + " claims: mean Brier score " + fixed(r.brier, 2) + ", mean log score " +
          fixed(r.log_score, 2) + ". " + std::to_string(r.quantities) + " quantities: " + std::to_string(r.inside) +
          " inside the 90 % interval. " + std::to_string(r.misses) + " misses in all; " + std::to_string(r.open) +
          " not scored." + apart + "\n\n" + list;
  return text + report::tables(rows);
}

}  // namespace entente::pages
