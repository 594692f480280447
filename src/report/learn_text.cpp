// What was learnt, for a terminal: claims before and after what is given; claims through the news, item by item.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "entente/report/report.hpp"
#include "report/layout.hpp"
#include "report/number_format.hpp"

namespace entente::report {
namespace {

constexpr std::size_t most_moved = 10;

// "0.56", "0.56 to 0.61", "-" where the draws are worth too few.
std::string share(const learn::Belief& b) {
  if (std::isnan(b.share.value)) return "-";
  return b.bracket ? decimal(b.low) + " to " + decimal(b.high) : decimal(b.share.value);
}

std::string within(const learn::Belief& b) {
  return std::isnan(b.share.from) ? ""
                                  : decimal(std::max(0.0, b.share.from)) + " to " + decimal(std::min(1.0, b.share.to));
}

// "3.2", "1/3.2": how many times likelier the news was where the claim is true.
std::string times(double ratio) {
  if (std::isnan(ratio)) return "1";
  if (std::isinf(ratio)) return "proves";
  if (ratio == 0) return "refutes";
  const std::string size = value(ratio >= 1 ? ratio : 1 / ratio, 2);
  return ratio >= 1 || size == "1.0" ? size : "1/" + size;
}

std::string size_of(double effective, std::uint64_t draws) {
  return count(static_cast<std::uint64_t>(std::floor(effective + 0.5))) + " of " + count(draws) + " draws";
}

std::vector<std::string> range_row(const plan::Plan& plan, const learn::Given::Quantity& q) {
  const auto& named = plan.quantities()[q.quantity];
  const auto said = [](const learn::Range& r) {
    if (std::isnan(r.q50)) return std::string("undefined");
    const Ranged x = ranged(r.q5, r.q50, r.q95);
    return x.middle + " (" + x.low + " to " + x.high + ")";
  };
  return {named.name, said(q.before), said(q.after), named.unit.text};
}

}  // namespace

std::string text(const plan::Plan& plan, const learn::Given& g, const Style& style) {
  const auto& s = plan.situation();
  const auto lines = [&](const std::string& t, std::size_t indent = 0) { return wrap(t, indent, style.width); };
  std::string given;
  for (std::size_t c = s.claims.size(); c < plan.claims().size(); ++c)
    given += (given.empty() ? "" : " and ") + plan.claims()[c].holds;
  std::string out = lines(bold(s.title, style.color) + ": given " + given + ".");
  out += lines(fmt::format("It holds in {} of the draws ({} to {}), which are worth {}.", percentage(g.chance),
                           percentage(g.from), percentage(g.to), size_of(g.effective, g.draws)));
  if (g.ask_for > 0) out += lines("Too few for intervals: --draws " + std::to_string(g.ask_for) + " would do.");
  std::vector<std::vector<std::string>> rows{{"", "before", "given", "90 %", "moved by", "in words"}};
  const auto wanted = [&](const std::string& name) {
    return style.only.empty() || std::ranges::find(style.only, name) != style.only.end();
  };
  for (const auto& c : g.claims) {
    const auto& claim = plan.claims()[c.claim];
    const bool tells_more = !s.claims[c.claim].under.empty();
    if (!wanted(claim.name) || (style.only.empty() && tells_more)) continue;
    const double move = c.after.share.value - c.before.share.value;
    rows.push_back({claim.name, share(c.before), share(c.after), within(c.after),
                    std::isnan(move) ? "" : fmt::format("{:+.2f}", move == 0 ? 0.0 : move), c.after.words});
  }
  out += "\n" + columns(rows, 0, true, 5);
  // Quantities whose median moves by a tenth of their range or more, the farthest first.
  std::vector<std::pair<double, const learn::Given::Quantity*>> moved;
  for (const auto& q : g.quantities) {
    const auto& named = plan.quantities()[q.quantity];
    const double width = q.before.q95 - q.before.q5, by = std::abs(q.after.q50 - q.before.q50) / width;
    if (named.headline && !named.yes_no && by >= 0.1) moved.emplace_back(by, &q);
  }
  std::ranges::stable_sort(moved, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::vector<std::string>> ranges{{"what moves most", "before (90 %)", "given (90 %)", ""}};
  for (std::size_t i = 0; i < std::min(most_moved, moved.size()); ++i)
    ranges.push_back(range_row(plan, *moved[i].second));
  if (style.only.empty() && ranges.size() > 1) out += "\n" + columns(ranges, 0, true, 3);
  return out + "\n" + lines("Draws are weighted, none drawn again; what the models take for granted is as it was.");
}

std::string text(const plan::Plan& plan, const learn::Follow& f, const Style& style) {
  const auto& s = plan.situation();
  const auto lines = [&](const std::string& t, std::size_t indent = 0) { return wrap(t, indent, style.width); };
  std::string out = lines(bold(s.title, style.color) + ": " + counted(f.heard.size(), "piece") + " of news since " +
                          date(s.as_of) + ", by " + count(f.draws) + " draws.");
  out += "\n";
  std::vector<std::vector<std::string>> rows{{"", "on the day", "now", "90 %", "in words"}};
  for (std::size_t c = 0; c < f.claims.size(); ++c) {
    const auto& last = f.heard.empty() ? f.before[c] : f.heard.back().after[c];
    rows.push_back({plan.claims()[f.claims[c]].name, share(f.before[c]), share(last), within(last), last.words});
  }
  out += columns(rows, 0, true, 4);
  for (const auto& h : f.heard) {
    const auto& n = s.news[h.news];
    out += "\n" + lines(bold(date(n.date), style.color) + ": " + n.says);
    std::string moved;
    for (std::size_t c = 0; c < f.claims.size(); ++c) {
      const double ratio = h.ratio[c];
      if (std::isnan(ratio) || (ratio > 1 / 1.05 && ratio < 1.05)) continue;
      moved += (moved.empty() ? "" : "; ") + plan.claims()[f.claims[c]].name + " " + times(ratio) + " times";
      if (h.counts) moved += ", now " + share(h.after[c]);
    }
    if (!h.counts) {
      out += lines("Not weighed: it tells what another of `" + n.group + "` tells." +
                       (moved.empty() ? "" : " It would speak for " + moved + "."),
                   2);
      continue;
    }
    out += lines(moved.empty() ? "It speaks for and against no claim by more than a twentieth."
                               : "Likelier where the claim is true: " + moved + ".",
                 2);
    if (h.chance < 0.05)
      out += lines("A surprise: by what was known before its chance was " + percentage(h.chance) + ".", 2);
    if (h.effective < learn::least)
      out += lines("From here on no number is told: the draws are worth " + size_of(h.effective, f.draws) + ".", 2);
  }
  std::string watch;
  for (std::size_t c = 0; c < f.signposts.size(); ++c) {
    if (f.signposts[c].empty()) continue;
    watch += "  " + plan.claims()[f.claims[c]].name + ":";
    for (std::size_t i = 0; i < f.signposts[c].size() && i < 3; ++i)
      watch += fmt::format("{} {} (would move it by {:.2f})", i ? "," : "",
                           plan.quantities()[f.signposts[c][i].quantity].name, f.signposts[c][i].move);
    watch += "\n";
  }
  if (!watch.empty()) out += "\n" + lines("What is worth watching next:") + watch;
  return out + "\n" +
         lines("Draws are weighted, none drawn again, and are worth " + size_of(f.effective, f.draws) +
               " now. How likely each piece was is judged in the file; items are independent given the draw.");
}

}  // namespace entente::report
