// diff and history as text.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "entente/base/shown.hpp"
#include "entente/report/report.hpp"
#include "report/layout.hpp"
#include "report/number_format.hpp"

namespace entente::report {

namespace {

const char* truth(std::uint8_t t) { return t == 1 ? "true" : t == 0 ? "false" : "undefined"; }

std::string signed_by(const doubt::Shift& s) {
  if (!s.known) return "-";
  if (s.by == 0 && s.half == 0) return "0";
  // As many decimals as the error has digits to give: two of it, between two and four decimals.
  const int digits = s.half > 0 ? std::clamp(1 - static_cast<int>(std::floor(math::log10(s.half))), 2, 4) : 3;
  return fmt::format("{:+.{}f} +- {:.{}f}", s.by, digits, s.half, digits);
}

bool beyond_error(const doubt::Shift& s) { return s.known && std::abs(s.by) > s.half; }

// Never as 0 or 1: a share of draws is no certainty.
std::string share(const doubt::Change::Side& s) {
  const double least = std::min(s.share, 1 - s.share);
  const int digits = least > 0 ? std::clamp(static_cast<int>(std::ceil(-math::log10(least) - 1e-9)), 2, 12) : 2;
  if (s.undefined == 1) return "no answer in any draw";
  std::string out = s.share == 0   ? "none of the draws"
                    : s.share == 1 ? "all of the draws"
                                   : fmt::format("{:.{}f}", s.share, digits);
  if (s.undefined > 0) out += fmt::format(" (undefined {:.3g})", s.undefined);
  return out;
}

bool moved(const doubt::Change& c) { return beyond_error(c.shift) || c.base.at_medians != c.dissent.at_medians; }

// Whether anything is to be told of it beyond that it stands.
bool stands(const doubt::Change& c) {
  return c.base.there && c.dissent.there && !moved(c) &&
         std::ranges::none_of(c.through, [](const auto& t) { return beyond_error(t.alone) || beyond_error(t.taken); });
}

// Where a share is no evidence: as doubt says it of the base and of the dissent, each by itself.
std::string assumed(const doubt::Change& c) {
  const bool base = c.base.there && c.base.implied, dissent = c.dissent.there && c.dissent.implied;
  if (base == dissent || c.base.there != c.dissent.there)
    return base || dissent ? " (Follows from what is assumed: the shares are no evidence.)" : "";
  return std::string(" (In the ") + (base ? "base" : "dissent") +
         " it follows from what is assumed: that share is no evidence.)";
}

std::string change(const doubt::Diff& d, const doubt::Change& c, const Style& style) {
  const std::string says = (c.says.empty() ? "" : " " + c.says) + assumed(c);
  if (!c.base.there || !c.dissent.there) {
    const auto& side = c.base.there ? c.base : c.dissent;
    return wrap(bold(c.claim, style.color) + (c.base.there ? ": only in the base, " : ": only in the dissent, ") +
                    share(side) + "; " + truth(side.at_medians) + " at the medians." + says,
                0);
  }
  std::string out = bold(c.claim, style.color) + ": " + share(c.base) + " -> " + share(c.dissent);
  if (c.base.at_medians != c.dissent.at_medians)
    out += fmt::format("; at the medians {} -> {}", truth(c.base.at_medians), truth(c.dissent.at_medians));
  else out += fmt::format("; {} at the medians, as before", truth(c.base.at_medians));
  out += c.shift.by == 0 && c.shift.half == 0 ? "; the same in every draw."
         : moved(c)                           ? "; change " + signed_by(c.shift) + "."
                                              : "; unmoved within the sampling error, " + signed_by(c.shift) + ".";
  out = wrap(out + says, 0);
  std::vector<std::vector<std::string>> rows{{"through", "put in alone", "the rest without it"}};
  std::size_t nothing = 0;
  for (const auto& t : c.through) {
    const bool still = t.alone.known && t.taken.known && t.alone.by == 0 && t.taken.by == 0;
    if (still) ++nothing;
    else rows.push_back({d.differences[t.difference].path, signed_by(t.alone), signed_by(t.taken)});
  }
  if (rows.size() > 1) out += columns(rows, 2, true);
  if (nothing > 0 && rows.size() > 1)
    out += fmt::format("  {} other difference{} no part in it.\n", nothing, nothing == 1 ? " has" : "s have");
  return out;
}

// Claims that stand, in one line each way.
std::string unmoved(const doubt::Diff& d) {
  std::string same, within;
  for (const auto& c : d.changes) {
    if (!stands(c)) continue;
    auto& list = c.shift.by == 0 && c.shift.half == 0 ? same : within;
    list += (list.empty() ? "" : ", ") + c.claim + " (" + share(c.dissent) + ")";
  }
  std::string out;
  if (!within.empty()) out += "\n" + wrap("Unmoved within the sampling error: " + within + ".", 0);
  if (!same.empty()) out += "\n" + wrap("The same in every draw: " + same + ".", 0);
  return out;
}

// Never as 0 or 1, as with every share of draws.
std::string answered(double p) { return p > 0.995 ? "over 0.99" : p < 0.005 ? "under 0.01" : fmt::format("{:.2f}", p); }

std::string scored(const doubt::Scored& r, const Style& style) {
  std::string out = bold(r.situation + " / " + r.name, style.color) + "\n";
  const std::string note = r.note.empty() ? "" : " " + r.note;
  if (!r.known) return out + wrap("Outcome " + r.outcome + " (" + r.date + "): not scored." + note, 2);
  if (r.is_claim) {
    out += wrap(fmt::format("Outcome {} ({}); answered {}: {}. Brier score {:.3f}, logarithmic score {:.3f}.{}{}",
                            r.outcome, r.date, answered(r.probability),
                            r.undecided ? "undecided, neither hit nor miss"
                            : r.miss    ? "a miss"
                                        : "on the right side",
                            r.brier, r.log_score,
                            r.undefined > 0.01 ? fmt::format(" Undefined in {} of the draws, so the middle of the "
                                                             "bracket counts.",
                                                             percent(r.undefined, 1))
                                               : "",
                            note),
                2);
    return out;
  }
  const std::string what = r.low == r.high ? value(r.low, 4) : value(r.low, 4) + " to " + value(r.high, 4);
  if (std::isnan(r.q50))
    return out + wrap(fmt::format("{}: outcome {} {} ({}); a miss: no draw gives it a value.{}", r.quantity, what,
                                  r.unit, r.date, note),
                      2);
  const Ranged q = ranged(r.q5, r.q50, r.q95);
  out += wrap(fmt::format("{}: outcome {} {} ({}); answered {} (90 %: {} to {}): {}. {} of the draws lie below the "
                          "outcome; the median {}.{}{}",
                          r.quantity, what, r.unit, r.date, q.middle, q.low, q.high,
                          r.miss ? "a miss, outside the interval" : "inside the interval", percent(r.place),
                          r.error > 0 ? "is off by " + value(r.error) + " " + r.unit : "lies in the outcome's range",
                          r.undefined > 0 ? " No value in " + percent(r.undefined, 1) + " of the draws." : "", note),
              2);
  return out;
}

}  // namespace

std::string text(const doubt::Diff& d, const Style& style) {
  std::string out = bold(shown(d.dissent), style.color) + " against " + shown(d.base) + "\n";
  out += wrap(
      fmt::format("{} difference{}, {} draws for each side, the same ones; seed {}, {}. Changes with the half-width "
                  "of their 90 % interval.",
                  d.differences.size(), d.differences.size() == 1 ? "" : "s", d.sampling.draws, d.sampling.seed,
                  d.sampling.designed() ? "Latin hypercube" : "plain random"),
      0);
  for (const auto& x : d.differences)
    out += fmt::format("  {}: {} -> {}\n", x.path, x.before.empty() ? "(nothing)" : x.before, x.after);
  for (const auto& c : d.changes)
    if (!stands(c)) out += "\n" + change(d, c, style);
  return out + unmoved(d);
}

std::string text(const std::vector<doubt::Scored>& rows, const Style& style) {
  if (rows.empty()) return "No outcomes: nothing to score.\n";
  std::string out;
  for (const auto& r : rows) out += scored(r, style);
  const doubt::Record r = doubt::record_of(rows);
  out += "\n" + bold("The record", style.color) + "\n";
  if (r.claims > 0)
    out += wrap(fmt::format("{} claim{}: mean Brier score {:.3f}, {} always saying {:.2f}, the share that came true "
                            "({:.3f}); mean logarithmic score {:.3f} ({:.3f}); lower is better.",
                            r.claims, r.claims == 1 ? "" : "s", r.brier,
                            r.brier < r.brier_of_share ? "better than" : "no better than", r.came_true,
                            r.brier_of_share, r.log_score, r.log_of_share),
                2);
  if (r.quantities > 0)
    out += wrap(fmt::format("{} quantit{}: {} inside the 90 % interval (expected {:.1f}); median off by {:.2f} times "
                            "half the interval on average.",
                            r.quantities, r.quantities == 1 ? "y" : "ies", r.inside,
                            0.9 * static_cast<double>(r.quantities), r.relative_error),
                2);
  const auto list = [&](auto which) {
    std::string names;
    for (const auto& x : rows)
      if (x.known && which(x)) names += (names.empty() ? "" : ", ") + x.situation + " / " + x.name;
    return names;
  };
  if (r.claims + r.quantities > 0)
    out += wrap(r.misses == 0 ? "No misses."
                              : fmt::format("{} miss{}: {}.", r.misses, r.misses == 1 ? "" : "es",
                                            list([](const auto& x) { return x.miss; })),
                2);
  if (r.undecided > 0)
    out += wrap(fmt::format("{} undecided, answered one half, neither hit nor miss: {}.", r.undecided,
                            list([](const auto& x) { return x.undecided; })),
                2);
  if (r.bracketed > 0)
    out +=
        wrap(fmt::format("{} bracketed, undefined in more than one draw in a hundred and scored at the middle of what "
                         "is possible: {}.",
                         r.bracketed, list([](const auto& x) { return x.bracketed; })),
             2);
  if (r.open > 0) out += wrap(fmt::format("{} not scored: the outcome is not known yet.", r.open), 2);
  return out;
}

std::string tables(const std::vector<doubt::Scored>& rows) {
  std::string claims, bracketed, quantities, open;
  for (const auto& r : rows) {
    const std::string name = r.situation + ": " + r.name;
    if (!r.known) open += fmt::format("| {} | {} | {} | {} |\n", name, r.outcome, r.date, r.note);
    else if (r.is_claim)
      (r.bracketed ? bracketed : claims) +=
          fmt::format("| {} | {} | {}{} | {:.2f} | {:.2f} | {} |\n", name, r.outcome, answered(r.probability),
                      r.bracketed ? " (" + percent(r.undefined) + " undefined)" : "", r.brier, r.log_score,
                      r.undecided ? "undecided"
                      : r.miss    ? "**miss**"
                                  : "");
    else
      quantities +=
          fmt::format("| {} | {} {} | {} ({} to {}) | {} | {} |\n", name,
                      r.low == r.high ? value(r.low, 3) : value(r.low, 3) + " to " + value(r.high, 3), r.unit,
                      value(r.q50, 3), value(r.q5, 3), value(r.q95, 3), value(r.error, 2), r.miss ? "**miss**" : "");
  }
  std::string out;
  if (!claims.empty())
    out += "\n## Claims\n| case | outcome | probability given | Brier | log | |\n|---|---|---|---|---|---|\n" + claims;
  if (!bracketed.empty())
    out +=
        "\n## Bracketed claims\nUndefined in more than one draw in a hundred: between the share of the draws that hold "
        "and that share with the\nundefined ones, the middle is scored, which says little where the bracket is "
        "wide.\n\n| case | outcome | middle of the bracket | Brier | log | |\n|---|---|---|---|---|---|\n" +
        bracketed;
  if (!quantities.empty())
    out +=
        "\n## Quantities\n| case | outcome | answer (90 %) | absolute error of the median | "
        "|\n|---|---|---|---|---|\n" +
        quantities;
  if (!open.empty()) out += "\n## Not scored\n| case | outcome | date | why |\n|---|---|---|---|\n" + open;
  return out;
}

}  // namespace entente::report
