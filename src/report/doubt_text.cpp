// One line first: word with its range, the share, the sentence. Then what is compared, what drives it, what would turn
// it, how sure the estimate itself is; how good the sources are stands by itself.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "entente/report/report.hpp"
#include "report/layout.hpp"
#include "report/place_words.hpp"

namespace entente::report {
namespace {

using number::show;

std::string count(std::uint64_t n) {
  std::string digits = std::to_string(n), out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  return out;
}

// With as many digits as keep it from reading 0 or 1.
std::string decimal(double p) {
  const double least = std::min(p, 1 - p);
  const int digits = least > 0 ? std::clamp(static_cast<int>(std::ceil(-std::log10(least))), 2, 12) : 2;
  return fmt::format("{:.{}f}", p, digits);
}

std::string share(const doubt::Finding& f, std::uint64_t n) {
  if (f.undefined == n) return "in no draw of " + count(n);
  if (f.bracket)
    return "between " + (f.yes == 0 ? "none" : decimal(f.low)) + " and " + (f.no == 0 ? "all" : decimal(f.high)) +
           " of the draws";
  if (f.no == 0) return f.undefined ? "in all draws where it is defined" : "in all " + count(n) + " draws";
  if (f.yes == 0) return f.undefined ? "in no draw where it is defined" : "in none of " + count(n) + " draws";
  return decimal(f.share);
}

const char* truth(std::uint8_t t) { return t == 1 ? "true" : t == 0 ? "false" : "undefined"; }

std::string percentage(double v) { return fmt::format("{:.0f} %", 100 * std::clamp(v, 0.0, 1.0)); }

class Page {
 public:
  Page(const plan::Plan& plan, const doubt::Doubt& d, const Style& style)
      : plan_(plan), s_(plan.situation()), d_(d), style_(style) {}

  std::string run() {
    std::string out = bold(s_.title, style_.color) + "\n";
    out += wrap(fmt::format("{} draws of {} uncertain numbers, {} of which move a claim; seed {}, {}.", count(d_.draws),
                            d_.numbers, d_.decisive, d_.sampling.seed,
                            d_.sampling.designed() ? "Latin hypercube in ten replicate designs" : "plain random"),
                0);
    for (const auto& f : d_.findings) out += "\n" + finding(f);
    out += quantities() + legend();
    for (const auto& w : d_.warnings) out += "\n" + wrap("Warning: " + w + ".", 0);
    return out;
  }

 private:
  std::string path(plan::ParamId id) const { return s_.parameters[id].path; }
  std::string unit(plan::ParamId id) const {
    const auto& u = s_.parameters[id].number.unit.text;
    return u.empty() ? "" : " " + u;
  }

  std::string finding(const doubt::Finding& f) const {
    const auto it = std::ranges::find(plan_.claims(), f.name, &plan::Claim::name);
    if (!it->implied.empty()) return implied(f, *it);
    std::string out =
        wrap(bold(f.name, style_.color) + ": " + f.words + ", " + share(f, d_.draws) + ". " + it->says, 0);
    if (const std::string c = compared(f) + margin(f); !c.empty()) out += wrap(c, 2);
    out += wrap(driven(f) + turns(f), 2);
    if (f.joint.kind != doubt::Joint::Kind::none || f.at_medians != 2) out += wrap(joint(f), 2);
    out += wrap(sampling(f), 2);
    if (const std::string g = grounds(f); !g.empty()) out += wrap(g, 2);
    return out + table(f);
  }

  // Follows from what was assumed: no word of probability, and nothing that drives it.
  std::string implied(const doubt::Finding& f, const plan::Claim& claim) const {
    return wrap(bold(f.name, style_.color) + ": implied by the assumption, not evidence. " + claim.says, 0) +
           wrap("Assumed: " + claim.implied + ". " +
                    (f.yes == d_.draws  ? "True in all " + count(d_.draws)
                     : f.no == d_.draws ? "False in all " + count(d_.draws)
                                        : "True in " + count(f.yes) + " of " + count(d_.draws)) +
                    " draws.",
                2);
  }

  std::string compared(const doubt::Finding& f) const {
    std::string out;
    for (std::size_t i = 0; i < f.terms.size(); ++i) {
      const auto& q = d_.spreads[f.terms[i]];
      out += (i ? "; " : "") + q.name + " ";
      if (std::isnan(q.q50)) out += "has no value in any draw";
      else
        out += fmt::format("{}{} (90 %: {} to {})", show(q.q50, 4), q.unit.empty() ? "" : " " + q.unit, show(q.q5, 4),
                           show(q.q95, 4));
    }
    return out.empty() ? out : out + ". ";
  }

  static std::string margin(const doubt::Finding& f) {
    if (!std::isfinite(f.margin50)) return "";
    const std::string u = f.margin_unit.empty() ? "" : " " + f.margin_unit;
    if (f.margin5 == 0 && f.margin95 == 0) return "It stands on the very edge.";
    if ((f.yes == 0 || f.no == 0) && f.margin50 != 0)
      return fmt::format("It {} by {}{} in the middle draw (90 %: {} to {}).", f.no == 0 ? "holds" : "fails",
                         show(std::abs(f.margin50), 3), u, show(std::min(std::abs(f.margin5), std::abs(f.margin95)), 3),
                         show(std::max(std::abs(f.margin5), std::abs(f.margin95)), 3));
    const auto side = [&](double m) {
      return m == 0 ? std::string("the edge") : (m > 0 ? "holding by " : "failing by ") + show(std::abs(m), 3) + u;
    };
    std::string middle = "In the middle draw it stands on the very edge";
    if (f.margin50 != 0)
      middle = fmt::format("In the middle draw it {} by {}{}", f.margin50 > 0 ? "holds" : "fails",
                           show(std::abs(f.margin50), 3), u);
    return middle + " (90 %: from " + side(f.margin5) + " to " + side(f.margin95) + ").";
  }

  std::string driven(const doubt::Finding& f) const {
    std::string out;
    int shown = 0;
    for (const auto& x : f.drivers) {
      const double v = f.by_margin ? x.margin_index : x.index, low = f.by_margin ? x.margin_low : x.low;
      if (!(low > 0) || v < 0.005 || shown == 3) continue;
      out += (shown ? ", " : "") + path(x.param) + " (" + percentage(v);
      if (shown++ == 0) out += f.by_margin ? " of the variance of its margin" : " of the variance";
      out += ")";
    }
    if (out.empty()) return "No single number drives it measurably. ";
    double sum = 0;
    for (const auto& x : f.drivers) {
      const double v = f.by_margin ? x.margin_index : x.index;
      if (v > 0) sum += v;
    }
    if (sum < 0.5)
      out += fmt::format("; by themselves the numbers explain {} in all, the rest lies in how they act together",
                         percentage(sum));
    return (f.by_margin ? "By how much is driven by " : "Driven by ") + out + ". ";
  }

  // The turn nearest to the median, of the first two drivers that have one.
  std::string turns(const doubt::Finding& f) const {
    std::vector<std::string> parts;
    std::string first;
    for (const auto& x : f.drivers) {
      if (x.flips.empty()) continue;
      const auto at = std::ranges::min_element(x.flips, {}, [](const auto& v) { return std::abs(v.quantile - 0.5); });
      // The side on which it is not what it is at the medians.
      const bool under = at->above == f.at_medians && at->below != f.at_medians;
      const std::uint8_t becomes = under ? at->below : at->above;
      const auto& n = s_.parameters[x.param].number;
      const std::string verb = becomes == 2 ? "is undefined if " : becomes == 1 ? "turns true if " : "turns false if ";
      std::string part = parts.empty() || verb != first ? verb : "or if ";
      if (parts.empty()) first = verb;
      if (n.chance) {
        part += path(x.param) + (under ? " does not happen" : " happens");
      } else if (n.distribution.discrete()) {
        part += path(x.param) + " is " + show(at->value, 4) + unit(x.param) + (under ? " no more" : "");
      } else {
        part += fmt::format("{} is {} {}{} (median {})", path(x.param), under ? "under" : "over", show(at->value, 4),
                            unit(x.param), show(n.distribution.median(), 4));
      }
      parts.push_back(std::move(part));
      if (parts.size() == 2) break;
    }
    std::string out = std::string("At the medians it is ") + truth(f.at_medians);
    if (parts.empty()) return out + ", and no single number turns it within its range.";
    return out + "; it " + parts[0] + (parts.size() > 1 ? ", " + parts[1] : "") + ".";
  }

  std::string joint(const doubt::Finding& f) const {
    const auto& j = f.joint;
    if (j.kind == doubt::Joint::Kind::none)
      return "No change of all numbers together within six standard units was found that turns it.";
    std::string out =
        j.kind == doubt::Joint::Kind::form
            ? fmt::format("The smallest joint change that turns it is {} standard units (Hasofer-Lind{}): ",
                          show(j.beta, 3), j.stationary ? "" : ", at a kink; a nearer one may exist")
            : fmt::format("The nearest draw in which it turns is {} standard units away: ", show(j.beta, 3));
    std::size_t shown = 0;
    for (const auto& c : j.changes) {
      if (shown == 4 || (shown > 0 && c.share < 0.01)) break;
      out += fmt::format("{}{} {} -> {}{} ({})", shown ? ", " : "", path(c.param), show(c.median, 4), show(c.value, 4),
                         unit(c.param), percentage(c.share));
      ++shown;
    }
    if (j.changes.size() > shown) out += fmt::format(", and {} smaller", j.changes.size() - shown);
    return out + ".";
  }

  std::string sampling(const doubt::Finding& f) const {
    std::string out;
    if (f.error > 0) out = fmt::format("Sampling error {}.", show(f.error, 2));
    else if (f.undefined < d_.draws)
      out = fmt::format("No draw was otherwise; a share under {} may have been missed.", show(f.half, 1));
    if (f.undefined == 0) return out;
    out += " Undefined in " + (f.undefined == d_.draws ? std::string("all") : count(f.undefined)) +
           (f.undefined == 1 ? " draw" : " draws");
    for (std::size_t i = 0; i < f.reasons.size(); ++i)
      out += fmt::format("{}{} ({})", i ? "; " : ": ", std::string(ask::says(f.reasons[i].first)),
                         count(f.reasons[i].second));
    const std::uint64_t rest = f.yes + f.no;
    if (rest == 0) return out + ".";
    const double p = static_cast<double>(f.yes) / static_cast<double>(rest);
    out += "; of the rest " +
           (f.yes == 0  ? "none"
            : f.no == 0 ? "all"
                        : decimal(p)) +
           (f.yes == 1 && rest == 1 ? " holds." : " hold.");
    if (!f.undefined_by.empty()) {
      out += " Whether it is defined is driven by ";
      for (std::size_t i = 0; i < std::min<std::size_t>(2, f.undefined_by.size()); ++i)
        out +=
            (i ? ", " : "") + path(f.undefined_by[i].first) + " (" + percentage(f.undefined_by[i].second.value) + ")";
      out += ".";
    }
    return out;
  }

  static std::string grounds(const doubt::Finding& f) {
    const auto& g = f.grounds;
    if (g.numbers == 0) return "";
    std::string out = g.numbers == 1 ? "Sources: the number that drives it is "
                                     : fmt::format("Sources: of the {} numbers that drive it ", g.numbers);
    std::vector<std::string> parts;
    const auto part = [&](std::size_t n, const char* one, const char* many) {
      if (n == 0) return;
      if (g.numbers == 1) parts.emplace_back(one);
      else parts.push_back(fmt::format("{} {} {}", n, n == 1 ? "is" : "are", n == 1 ? one : many));
    };
    part(g.judgements, "a judgement", "judgements");
    part(g.below, "graded below C3", "graded below C3");
    part(g.ungraded, "not graded", "not graded");
    if (parts.empty()) return out + (g.numbers == 1 ? "graded C3 or better." : "all are graded C3 or better.");
    for (std::size_t i = 0; i < parts.size(); ++i) out += (i ? ", " : "") + parts[i];
    return out + ".";
  }

  std::string table(const doubt::Finding& f) const {
    if (f.drivers.empty()) return "";
    const bool total = d_.total_draws > 0;
    std::vector<std::vector<std::string>> rows{{"number", "variance", "90 %", "margin", "worth"}};
    if (total) rows[0].push_back("total");
    std::vector<std::string> notes;
    const auto number = [](double v) { return std::isfinite(v) ? percentage(v) : std::string(); };
    for (std::size_t i = 0; i < std::min<std::size_t>(f.drivers.size(), 6); ++i) {
      const auto& x = f.drivers[i];
      std::vector<std::string> row{
          path(x.param), f.by_margin ? "" : number(x.index),
          std::isfinite(x.low) && std::isfinite(x.high)
              ? fmt::format("{:.0f} to {:.0f}", 100 * std::clamp(x.low, 0.0, 1.0), 100 * std::clamp(x.high, 0.0, 1.0))
              : "",
          number(x.margin_index), x.worth > 0 && !f.by_margin ? show(x.worth, 2) : ""};
      if (total)
        row.push_back(std::isfinite(x.total.value)
                          ? fmt::format("{:.0f} +- {:.0f} %", 100 * x.total.value, 100 * x.total.error)
                          : "");
      rows.push_back(std::move(row));
      notes.push_back(note(x));
    }
    const std::string text = columns(rows, 4, true);
    std::string out;
    std::size_t line = 0;
    for (std::size_t at = 0; at < text.size(); ++line) {
      const auto end = text.find('\n', at);
      out += text.substr(at, end + 1 - at);
      at = end + 1;
      if (line >= 2 && !notes[line - 2].empty()) out += wrap(notes[line - 2], 6);
    }
    if (total) {
      out += "    By source, interactions included:";
      bool first = true;
      for (std::size_t g = 0; g < d_.groups.size(); ++g)
        if (std::isfinite(f.totals[g].value) && f.totals[g].value > 0.005) {
          out += fmt::format("{} {} {:.0f} +- {:.0f} %", first ? "" : ",", d_.groups[g], 100 * f.totals[g].value,
                             100 * f.totals[g].error);
          first = false;
        }
      out += first ? " nothing measurable.\n" : ".\n";
    }
    return out;
  }

  std::string note(const doubt::Driver& x) const {
    std::string out = place_words(s_, x.param);
    const auto& n = s_.parameters[x.param].number;
    std::string turn;
    for (std::size_t i = 0; i < x.flips.size(); ++i) {
      const auto& v = x.flips[i];
      turn += fmt::format("{}{}{} ({} below, {} above{})", i ? ", " : "turns at ", show(v.value, 4), unit(x.param),
                          truth(v.below), truth(v.above),
                          n.chance || n.distribution.discrete() ? "" : fmt::format("; quantile {:.3f}", v.quantile));
    }
    if (turn.empty()) turn = "does not turn it within its range";
    out += (out.empty() ? "" : "; ") + turn;
    if (style_.curves) {
      out += "; share true along it";
      for (const auto& b : x.curve) out += std::isnan(b.mean) ? " -" : fmt::format(" {:.2f}", b.mean);
    }
    return out;
  }

  std::string quantities() const {
    std::vector<std::vector<std::string>> rows{{"quantity", "5 %", "median", "95 %", "unit", "undefined"}};
    for (const auto& q : d_.spreads)
      if (q.headline && q.undefined < d_.draws)
        rows.push_back(
            {q.name, show(q.q5, 4), show(q.q50, 4), show(q.q95, 4), q.unit,
             q.undefined ? percent(static_cast<double>(q.undefined) / static_cast<double>(d_.draws), 1) : ""});
    return rows.size() > 1 ? "\n" + columns(rows, 0, true) : "";
  }

  std::string legend() const {
    if (std::ranges::all_of(d_.findings, [](const auto& f) { return f.drivers.empty(); })) return "";
    std::string out =
        "variance: share of the claim's variance that the number alone explains (first-order index by ranks); margin: "
        "the same of the rank of the margin by which it holds; worth: by how much the expected Brier score would fall "
        "if "
        "the number were known; turns: where the claim changes along this number, the others at their medians.";
    if (d_.total_draws > 0)
      out += fmt::format(" total: what would be left to explain if only this were unknown, from {} draws (Jansen).",
                         count(d_.total_draws));
    return "\n" + wrap(out, 0);
  }

  const plan::Plan& plan_;
  const situation::Situation& s_;
  const doubt::Doubt& d_;
  const Style& style_;
};

}  // namespace

std::string text(const plan::Plan& plan, const doubt::Doubt& d, const Style& style) {
  return Page(plan, d, style).run();
}

}  // namespace entente::report
