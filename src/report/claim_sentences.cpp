// One line first: word with its range, the share, the sentence. Then how good the sources are, by itself, and what
// would turn it; then what is compared, what drives it, and how sure the estimate itself is.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/amount.hpp"
#include "report/display_names.hpp"
#include "report/number_format.hpp"
#include "report/sentences.hpp"

namespace entente::report {
namespace {

std::string share(const doubt::Finding& f, std::uint64_t n) {
  if (f.shared && f.yes + f.no > 0)
    return f.bracket ? "between " + decimal(f.low) + " and " + decimal(f.high) : decimal(f.share);
  if (f.bracket)
    return "between " + (f.yes == 0 ? "none" : decimal(f.low)) + " and " + (f.no == 0 ? "all" : decimal(f.high)) +
           " of the draws";
  if (f.no == 0) return f.undefined ? "in all draws where it is defined" : "in all " + count(n) + " draws";
  if (f.yes == 0) return f.undefined ? "in no draw where it is defined" : "in none of " + count(n) + " draws";
  return decimal(f.share);
}

const char* truth(std::uint8_t t) { return t == 1 ? "true" : t == 0 ? "false" : "undefined"; }

class Claim {
 public:
  Claim(const plan::Plan& plan, const doubt::Doubt& d, const doubt::Finding& f)
      : s_(plan.situation()),
        d_(d),
        f_(f),
        claim_(*std::ranges::find(plan.claims(), f.name, &plan::Claim::name)),
        record_(plan.record(static_cast<std::size_t>(&claim_ - plan.claims().data()))) {}

  Said run() const {
    Said out{.name = f_.name, .words = f_.words, .share = share(f_, d_.draws), .says = claim_.says};
    using enum Said::Part;
    const auto add = [&](Said::Part p, Sentence t) {
      if (!t.empty()) out.parts.emplace_back(p, std::move(t));
    };
    if (f_.implied) {
      out.words = (f_.yes > f_.no ? "implied" : "ruled out") + std::string(" by the assumption, not evidence");
      out.share.clear();
      out.implied = true;
      add(assumed, implied());
      if (!claim_.caveat.empty()) add(caveat, "Mind: " + claim_.caveat);
      return out;
    }
    if (f_.yes + f_.no == 0) {
      out.words = f_.words + " (" + why() + ")";
      out.share.clear();
    }
    if (const std::string by = otherwise(); !by.empty()) out.share += "; otherwise by " + by;
    if (!claim_.implied.empty()) add(assumed, not_implied());
    if (!claim_.caveat.empty()) add(caveat, "Mind: " + claim_.caveat);
    if (f_.yes + f_.no > 0) {
      out.record = record_ ? fmt::format("record {:.3f} against {:.3f} by {}", record_->brier, record_->baseline_brier,
                                         record_->baseline)
                           : "no record";
      if (record_ && record_->events >= ask::Record::least_events) out.calibrated = record_->calibrated(f_.share);
      if (record_) add(record, recorded());
    }
    if (!claim_.resolves.empty()) add(resolves, "It will be known by this: " + claim_.resolves);
    add(confidence, grounds());
    add(turns, turn());
    if (Sentence first = turning(1, false); !first.empty()) {
      out.turning += "It ";
      out.turning += first;
      out.turning += ".";
    }
    add(compared, terms());
    add(driven, drivers());
    if (f_.joint.kind != doubt::Joint::Kind::none || f_.at_medians != 2) add(joint, together());
    add(sampling, estimate());
    return out;
  }

 private:
  // Why it is undefined, most often first: "no deal: the parties' limits do not meet"; with draws where there are
  // several.
  std::string why() const {
    std::string out;
    for (const auto& [reason, draws] : f_.reasons) {
      if (!out.empty()) out += "; ";
      out += ask::says(reason);
      if (f_.reasons.size() > 1) out += ", " + count(draws);
    }
    return out;
  }

  // By which other measures what a claim says is the other way round in most draws: of `camps.together.A-B` that is
  // `camps.gdp.together.A-B`, the same quantity by another measure of size.
  std::string otherwise() const {
    if (!claim_.yes_no || f_.terms.size() != 1) return "";
    const auto& here = d_.spreads[f_.terms.front()];
    const auto dot = here.name.find('.');
    std::string out;
    for (const auto& q : d_.spreads) {
      const std::string_view name = q.name;
      if (!q.yes_no || name.size() <= here.name.size() || !name.starts_with(here.name.substr(0, dot + 1)) ||
          !name.ends_with(here.name.substr(dot)))
        continue;
      const std::string_view by = name.substr(dot + 1, name.size() - here.name.size() - 1);
      if (by.empty() || by.find('.') != std::string_view::npos || !((q.mean - 0.5) * (here.mean - 0.5) < 0)) continue;
      out += (out.empty() ? "" : ", ") + called(s_, by);
    }
    return out;
  }

  // Follows from what was assumed: no word of probability, and nothing that drives it.
  std::string implied() const {
    const bool yes = f_.yes > f_.no, all = f_.yes == 0 || f_.no == 0;
    return "Assumed: " + claim_.implied + ". " + (yes ? "True" : "False") +
           (all && f_.undefined > 0 ? " wherever it is defined," : "") + " in " +
           (f_.yes == d_.draws || f_.no == d_.draws ? "all " : count(yes ? f_.yes : f_.no) + " of ") + count(d_.draws) +
           " draws.";
  }

  // "4.9 -> 5.16 B USD/yr", "30 -> 22.1 %".
  std::string step(plan::ParamId id, double from, double to) const {
    const auto& n = s_.parameters[id].number;
    const auto [a, b] = amounts(n, from, to);
    const std::string unit = in_percent(n) ? " %" : n.unit.text.empty() ? "" : " " + n.unit.text;
    return a.substr(0, a.size() - unit.size()) + " -> " + b;
  }

  // The file says so, and the draws say that it takes more than the assumption: then it is told like any other.
  std::string not_implied() const {
    return "Marked as following from an assumption (" + claim_.implied + "), but " +
           (f_.yes + f_.no == 0 ? "it has no value in any draw."
                                : "it comes out both ways, so the numbers decide it too: true in " + count(f_.yes) +
                                      " and false in " + count(f_.no) + " of " + count(d_.draws) + " draws.");
  }

  std::string recorded() const {
    const auto& r = *record_;
    const char* beats = r.difference_high < 0  ? "which it beats"
                        : r.difference_low > 0 ? "which beats it"
                                               : "which of them is better is not settled";
    return fmt::format(
        "Record: of {}, {} events, Brier score {:.3f} against {:.3f} by the best simple rule, {}, {} (95 %: {:+.3f} to "
        "{:+.3f}). Of what was told about so, {} came true ({}).",
        r.of, count(r.events), r.brier, r.baseline_brier, r.baseline, beats, r.difference_low, r.difference_high,
        decimal(r.calibrated(f_.share)), r.page);
  }

  Sentence terms() const {
    Sentence out;
    for (std::size_t i = 0; i < f_.terms.size(); ++i) {
      const auto& q = d_.spreads[f_.terms[i]];
      if (i) out += "; ";
      out.quantity(q.name) += " ";
      if (std::isnan(q.q50)) {
        out += "has no value in any draw";
        continue;
      }
      const Ranged r = ranged(q.q5, q.q50, q.q95);
      if (q.yes_no) out += "is yes in " + yes_share(q);
      else if (q.q5 == q.q95)
        out += (std::isinf(q.q50) ? "is " + value(q.q50) : with_unit(value(q.q50), q.unit)) + " nine times in ten";
      else out += fmt::format("{} (90 %: {} to {})", with_unit(r.middle, q.unit), r.low, r.high);
    }
    if (!out.empty()) out += ".";
    const std::string m = margin();
    if (!out.empty() && !m.empty()) out += " ";
    return out += m;
  }

  std::string margin() const {
    if (!std::isfinite(f_.margin50) || claim_.yes_no) return "";
    const MarginScale scale =
        f_.shared ? MarginScale{1, "in log odds"} : margin_scale(claim_.program.margin_in_percent(), f_.margin_unit);
    const std::string u = scale.unit.empty() ? "" : " " + scale.unit;
    const double m5 = scale.by * f_.margin5, m50 = scale.by * f_.margin50, m95 = scale.by * f_.margin95;
    if (m5 == 0 && m95 == 0) return "It stands on the very edge.";
    if ((f_.yes == 0 || f_.no == 0) && m50 != 0) {
      const double a = std::abs(m5), b = std::abs(m95);
      const char* verb = f_.no == 0 ? "holds" : "fails";
      if (a == b) return fmt::format("It {} by {}{} nine times in ten.", verb, value(a), u);
      return fmt::format("It {} by {}{} in the middle draw (90 %: {} to {}).", verb, value(std::abs(m50)), u,
                         value(std::min(a, b)), value(std::max(a, b)));
    }
    const auto side = [&](double m) {
      return m == 0 ? std::string("the edge") : (m > 0 ? "holding by " : "failing by ") + value(std::abs(m)) + u;
    };
    std::string middle = "In the middle draw it stands on the very edge";
    if (m50 != 0)
      middle = fmt::format("In the middle draw it {} by {}{}", m50 > 0 ? "holds" : "fails", value(std::abs(m50)), u);
    return middle + " (90 %: from " + side(m5) + " to " + side(m95) + ").";
  }

  Sentence drivers() const {
    Sentence list;
    int shown = 0;
    double sum = 0;
    for (const auto& x : f_.drivers) {
      const double v = f_.by_margin ? x.margin_index : x.index;
      if (!x.told) continue;
      sum += v;
      if (v < 0.005 || shown == 3) continue;
      if (shown) list += ", ";
      list.mention(x.param) += " (" + percentage(v);
      if (shown++ == 0) list += f_.by_margin ? " of the variance of its margin" : " of the variance";
      if (x.weak) list += ", likely less";
      list += ")";
    }
    if (shown == 0) {
      Sentence none(std::string("No single number drives it measurably"));
      int joined = 0;
      for (const auto& x : f_.drivers) {
        if (!(d_.total_draws > 0 && x.total.value > 3 * x.total.error && x.total.value >= 0.05)) continue;
        none += joined == 0 ? "; it hangs on what several do together, among them " : ", ";
        none.mention(x.param) += " (" + percentage(x.total.value) + " in all)";
        if (++joined == 3) break;
      }
      return none += ".";
    }
    Sentence out(f_.by_margin ? "By how much is driven by " : "Driven by ");
    out += list;
    if (sum < 0.5)
      out += fmt::format("; by themselves the numbers explain {} in all, the rest lies in how they act together",
                         percentage(sum));
    return out += ".";
  }

  // "turns true if A is under 5 (median 7), or if B is over 2": the turn nearest to the median, of the first `most`
  // drivers that have one.
  Sentence turning(int most, bool medians) const {
    Sentence out;
    std::string first;
    int shown = 0;
    for (const auto& x : f_.drivers) {
      if (x.flips.empty()) continue;
      const auto at = std::ranges::min_element(x.flips, {}, [](const auto& v) { return std::abs(v.quantile - 0.5); });
      // The side on which it is not what it is at the medians.
      const bool under = at->above == f_.at_medians && at->below != f_.at_medians;
      const std::uint8_t becomes = under ? at->below : at->above;
      const auto& n = s_.parameters[x.param].number;
      const std::string verb = becomes == 2 ? "is undefined if " : becomes == 1 ? "turns true if " : "turns false if ";
      out += shown == 0 ? verb : verb == first ? ", or if " : ", " + verb;
      if (shown == 0) first = verb;
      out.mention(x.param);
      if (n.chance) out += under ? " does not happen" : " happens";
      else if (n.distribution.discrete()) out += " is " + amount(n, at->value) + (under ? " no more" : "");
      else {
        const auto [turning, median] = amounts(n, at->value, n.distribution.median());
        if (turning == median)  // to the ninth digit
          out += fmt::format(" is {} its median, {}", under ? "under" : "over", amount(n, at->value));
        else out += fmt::format(" is {} {}", under ? "under" : "over", turning);
        if (medians && turning != median) out += " (median " + median + ")";
      }
      if (++shown == most) break;
    }
    return out;
  }

  Sentence turn() const {
    Sentence out(std::string("At the medians it is ") + truth(f_.at_medians));
    const Sentence turns = turning(2, true);
    if (turns.empty()) return out += ", and no single number turns it within its range.";
    out += "; it ";
    out += turns;
    return out += ".";
  }

  Sentence together() const {
    const auto& j = f_.joint;
    if (j.kind == doubt::Joint::Kind::none)
      return std::string("No change of all numbers together within six standard units was found that turns it.");
    if (j.kind == doubt::Joint::Kind::edge)
      return std::string("At the medians both sides are equal, and the smallest of changes turns it.");
    if (j.beta == 0) {  // an even chance: one outcome is as near the middle as the other
      Sentence even(std::string("It turns without any number leaving the middle of its distribution: "));
      for (std::size_t i = 0; i < j.changes.size(); ++i) {
        if (i) even += ", ";
        even.mention(j.changes[i].param) += " " + step(j.changes[i].param, j.changes[i].median, j.changes[i].value);
      }
      return even += ".";
    }
    Sentence out(j.kind == doubt::Joint::Kind::form
                     ? fmt::format("The smallest joint change that turns it, {} standard units in all{}: ",
                                   value(j.beta, 2), j.stationary ? "" : " (at a kink; a nearer one may exist)")
                     : fmt::format("The nearest draw in which it turns, {} standard units away: ", value(j.beta, 2)));
    std::size_t shown = 0;
    for (const auto& c : j.changes) {
      if (shown == 4 || (shown > 0 && c.share < 0.01)) break;
      if (shown++) out += ", ";
      out.mention(c.param) += fmt::format(" {} ({})", step(c.param, c.median, c.value), percentage(c.share));
    }
    if (j.changes.size() > shown) out += fmt::format(", and {} smaller", j.changes.size() - shown);
    return out += ".";
  }

  Sentence estimate() const {
    Sentence out;
    if (f_.shared && f_.luck > 0)
      out += fmt::format("Of the variance {} is luck: what is left open within each draw. ", percentage(f_.luck));
    if (f_.error > 0) out += fmt::format("Sampling error {}.", value(f_.error, 2));
    else if (f_.undefined < d_.draws)
      out += fmt::format(
          "No draw was otherwise; a share under {} may have been missed, and no draw doubts the model itself.",
          value(f_.half, 1));
    if (f_.undefined == 0) return out;
    out += (out.empty() ? "Undefined in " : " Undefined in ") +
           (f_.undefined == d_.draws ? std::string("all") : count(f_.undefined)) +
           (f_.undefined == 1 ? " draw" : " draws");
    const std::uint64_t rest = f_.yes + f_.no;
    if (rest == 0) return out += ".";  // why is said with the verdict
    for (std::size_t i = 0; i < f_.reasons.size(); ++i)
      out += fmt::format("{}{} ({})", i ? "; " : ": ", std::string(ask::says(f_.reasons[i].first)),
                         count(f_.reasons[i].second));
    out += "; of the rest " +
           (f_.shared     ? decimal(f_.share)
            : f_.yes == 0 ? std::string("none")
            : f_.no == 0  ? std::string("all")
                          : decimal(static_cast<double>(f_.yes) / static_cast<double>(rest))) +
           (f_.yes == 1 && rest == 1 ? " holds." : " hold.");
    if (f_.undefined_by.empty()) return out;
    out += " Whether it is defined is driven by ";
    for (std::size_t i = 0; i < std::min<std::size_t>(2, f_.undefined_by.size()); ++i) {
      if (i) out += ", ";
      out.mention(f_.undefined_by[i].first) += " (" + percentage(f_.undefined_by[i].second.value) + ")";
    }
    return out += ".";
  }

  std::string grounds() const {
    const auto& g = f_.grounds;
    if (g.numbers == 0) return "";
    std::string out = g.numbers == 1 ? "Sources: the number that drives it is "
                                     : fmt::format("Sources: of the {} numbers that drive it ", g.numbers);
    std::vector<std::string> parts;
    const auto part = [&](std::size_t n, const char* one, const char* many) {
      if (n == 0) return;
      if (g.numbers == 1) parts.emplace_back(one);
      else parts.push_back(fmt::format("{} {} {}", n, n == 1 ? "is" : "are", n == 1 ? one : many));
    };
    part(g.proposed, "proposed by an assistant and by no person", "proposed by an assistant and by no person");
    part(g.judgements, "a judgement", "judgements");
    part(g.below, "graded below C3", "graded below C3");
    part(g.ungraded, "not graded", "not graded");
    if (parts.empty()) out += g.numbers == 1 ? "graded C3 or better" : "all are graded C3 or better";
    for (std::size_t i = 0; i < parts.size(); ++i) out += (i ? ", " : "") + parts[i];
    return out + "." + of_variance();
  }

  // How much of what is not known hangs on judgement: sums of what each number explains by itself.
  std::string of_variance() const {
    const auto& g = f_.grounds;
    if (g.judged + g.assisted + g.sourced < 0.005) return "";
    if (g.proposed > 0)
      return fmt::format(
          " Of the variance{} {} hangs on what an assistant proposed, {} on judgement, {} on numbers with a source, "
          "each "
          "by itself.",
          f_.by_margin ? " of its margin" : "", percentage(std::min(1.0, g.assisted)),
          percentage(std::min(1.0, g.judged)), percentage(std::min(1.0, g.sourced)));
    return fmt::format(" Of the variance{} {} hangs on judgement, {} on numbers with a source, each by itself.",
                       f_.by_margin ? " of its margin" : "", percentage(std::min(1.0, g.judged)),
                       percentage(std::min(1.0, g.sourced)));
  }

  const situation::Situation& s_;
  const doubt::Doubt& d_;
  const doubt::Finding& f_;
  const plan::Claim& claim_;
  const ask::Record* record_;
};

}  // namespace

Said said(const plan::Plan& plan, const doubt::Doubt& d, const doubt::Finding& f) { return Claim(plan, d, f).run(); }

std::string told(const Said& x, const Style& style) {
  std::string out;
  if (style.calibrated && !std::isnan(x.calibrated)) out += "; by the record " + decimal(x.calibrated);
  return out + (x.record.empty() ? "" : "; " + x.record);
}

}  // namespace entente::report
