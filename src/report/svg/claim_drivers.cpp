// What drives a claim, as a tornado. Where the claim is open, a bar reaches from its chance while a number is low to
// its chance while that number is high, all others uncertain as they are; on the bar, at the same chances, stands the
// value at which the claim turns when all others are at their medians. Where the claim is nearly always the same, such
// bars would all be short, and what moves the margin is shown instead.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "entente/report/picture.hpp"
#include "report/amount.hpp"
#include "report/display_names.hpp"
#include "report/number_format.hpp"
#include "report/parameter_labels.hpp"
#include "report/svg/rows.hpp"
#include "report/svg/scale.hpp"
#include "report/svg/text.hpp"

namespace entente::report {
namespace {

using namespace svg;
constexpr std::size_t most = 7;

struct Row {
  std::string label, path, unit;
  double low = NAN, high = NAN;                       // the claim's chance while the number is low, high
  std::string at_low, at_high;                        // the number there
  std::vector<std::pair<double, std::string>> turns;  // chance there, value
  std::string beyond;                                 // turns that the curve cannot place
  double part = NAN;                                  // of the variance
};

// As the file writes it: in its unit or in percent. Without `unit` the number alone.
std::string value_of(const number::Number& n, double v, const std::string& unit) {
  if (n.chance) return v > 0.5 ? "happens" : "does not happen";
  return figure(in_percent(n) ? 100 * v : v, 3) + (unit.empty() ? "" : " " + unit);
}

// The chance where the number is at quantile u: straight lines between the middles of the parts of its range.
double along(const std::vector<doubt::Bin>& curve, double u) {
  const auto n = static_cast<double>(curve.size());
  const double at = std::clamp(u * n - 0.5, 0.0, n - 1);
  const auto i = std::min(static_cast<std::size_t>(at), curve.size() - 1), j = std::min(i + 1, curve.size() - 1);
  return curve[i].mean + (at - static_cast<double>(i)) * (curve[j].mean - curve[i].mean);
}

Row row(const plan::Plan& plan, const doubt::Finding& f, const doubt::Driver& x) {
  const auto& s = plan.situation();
  const auto& n = s.parameters[x.param].number;
  Row r{.path = s.parameters[x.param].path, .unit = in_percent(n) ? "%" : n.unit.text};
  const std::string words = place_words(s, x.param);
  r.label = words.empty() ? called(s, s.parameters[x.param].name()) : words;
  r.part = f.by_margin ? x.margin_index : x.index;
  if (!x.curve.empty()) {
    r.low = x.curve.front().mean, r.high = x.curve.back().mean;
    const bool parts = !n.distribution.discrete() && x.curve.size() > 1;
    r.at_low = value_of(n, parts ? n.distribution.quantile(0.05) : x.curve.front().from, "");
    r.at_high = value_of(n, parts ? n.distribution.quantile(0.95) : x.curve.back().to, "");
  }
  for (const auto& flip : x.flips) {
    const std::string v = value_of(n, flip.value, r.unit);
    if (!n.chance && !n.distribution.discrete() && !x.curve.empty() && flip.quantile > 0.02 && flip.quantile < 0.98)
      r.turns.emplace_back(along(x.curve, flip.quantile), v);
    else if (!n.chance) r.beyond += (r.beyond.empty() ? "" : ", ") + v;
  }
  return r;
}

std::string turns(const Row& r) {
  std::vector<std::string> values;
  for (const auto& [at, v] : r.turns) values.push_back(v);
  if (!r.beyond.empty()) values.push_back(r.beyond);
  std::string out;
  for (std::size_t i = 0; i < std::min<std::size_t>(values.size(), 2); ++i)
    out += (i == 0 ? "turns at " : values.size() > 2 ? ", " : " and ") + values[i];
  return values.size() > 2 ? out + " and elsewhere" : out;
}

void chances(Canvas& c, const std::vector<Row>& rows, const doubt::Finding& f) {
  std::vector<RowText> texts;
  for (const auto& r : rows) {
    std::string note = r.at_low.empty() ? "" : r.at_low + " → " + r.at_high + (r.unit.empty() ? "" : " " + r.unit);
    if (const auto t = turns(r); !t.empty()) note += (note.empty() ? "" : "; ") + t;
    texts.push_back({r.label, note, "", false});
  }
  double top = legend(c, {{"dot hollow", "while the number is low"}, {"dot ink", "while it is high"}}, 0);
  Rows frame(c, texts, top + line_height, 20);
  const Scale scale = Scale::linear(0, 1, frame.left() + 8, frame.right() - 8);
  const double y = frame.bottom();
  for (const double t : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    c.line({scale(t), frame.top()}, {scale(t), y}, "grid");
    const std::string text = percentage(t);
    const double half = text_width(text, small) / 2;
    c.text({std::clamp(scale(t), half, c.width() - half), y + line_height}, text, "small muted", Anchor::middle);
  }
  const double base = f.bracket ? f.low : f.share;
  const std::string all = "all draws " + share(base);
  const double half = text_width(all, small) / 2;
  c.line({scale(base), frame.top() - 3}, {scale(base), y}, "cut-off");
  c.text({std::clamp(scale(base), half, c.width() - half), frame.top() - 6}, all, "small", Anchor::middle);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& r = rows[i];
    if (std::isnan(r.low) || std::isnan(r.high)) continue;
    const double m = frame.middle(i), a = scale(r.low), b = scale(r.high);
    c.rect({std::min(a, b), m - 6, std::abs(b - a), 12}, "soft");
    for (const auto& [at, v] : r.turns) c.line({scale(at), m - 10}, {scale(at), m + 10}, "turn");
    c.circle({a, m}, 4.5, "hollow");
    c.circle({b, m}, 4.5, "ink");
  }
  frame.letter();
  double below = y + line_height + 4;
  c.text({frame.left(), below + 14}, shortened("Chance that the claim is true", small, c.width() - frame.left()),
         "small muted");
  below += 20;
  if (std::ranges::any_of(rows, [](const Row& r) { return !r.turns.empty(); })) {
    c.line({4, below + 2}, {4, below + 16}, "turn");
    const auto lines = wrapped("where it turns, the other numbers at their medians", small, c.width() - 14, 2);
    for (const auto& l : lines) c.text({14, below + 13}, l, "small"), below += line_height;
    below += 2;
  }
  c.height(below + 2);
}

void margins(Canvas& c, const std::vector<Row>& rows) {
  std::vector<RowText> texts;
  for (const auto& r : rows) {
    std::string note = r.at_low.empty() ? "" : r.at_low + " → " + r.at_high + (r.unit.empty() ? "" : " " + r.unit);
    if (const auto t = turns(r); !t.empty()) note += (note.empty() ? "" : "; ") + t;
    texts.push_back({r.label, note, std::isnan(r.part) ? "" : share(std::clamp(r.part, 0.0, 1.0)), false});
  }
  Rows frame(c, texts, 2, 16);
  double greatest = 0.1;
  for (const auto& r : rows) greatest = std::max(greatest, std::isnan(r.part) ? 0.0 : r.part);
  const Scale scale = Scale::linear(0, greatest, frame.left(), frame.right());
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].part > 0) c.rect({scale(0), frame.middle(i) - 6, scale(rows[i].part) - scale(0), 12}, "accent");
  c.line({scale(0), frame.top()}, {scale(0), frame.bottom()}, "axis");
  frame.letter();
  double below = frame.bottom() + 2;
  for (const auto& l : wrapped("Share of what varies in the margin by which it holds or fails", small, c.width(), 2))
    below += line_height, c.text({0, below}, l, "small muted");
  c.height(below + 6);
}

}  // namespace

Drawn drivers(const plan::Plan& plan, const doubt::Doubt& d, std::size_t finding) {
  const auto& f = d.findings[finding];
  Drawn out{.id = "claim-" + std::to_string(finding + 1) + "-drivers",
            .title = f.by_margin ? "What moves the margin" : "What moves the chance"};
  if (f.implied) return out;
  std::vector<Row> rows;
  const bool any = std::ranges::any_of(f.drivers, &doubt::Driver::told);
  for (const auto& x : f.drivers)
    if (rows.size() < most && (x.told || !any) && (!f.by_margin || x.margin_index >= 0.01 || rows.empty()))
      rows.push_back(row(plan, f, x));
  if (rows.empty()) return out;
  for (const auto& r : rows) {
    out.text += r.label;
    if (f.by_margin)
      out.text += std::isnan(r.part) ? "" : ": " + share(std::clamp(r.part, 0.0, 1.0)) + " of the margin's variance";
    else if (!std::isnan(r.low))
      out.text += fmt::format(": from {} while it is low ({}) to {} while it is high ({}{})", share(r.low), r.at_low,
                              share(r.high), r.at_high, r.unit.empty() ? "" : " " + r.unit);
    if (const auto t = turns(r); !t.empty()) out.text += "; " + t;
    out.text += ". ";
  }
  out.text.pop_back();
  for (const bool wide : {false, true}) {
    Canvas c(wide ? 720 : 340);
    if (f.by_margin) margins(c, rows);
    else chances(c, rows, f);
    (wide ? out.wide : out.narrow) =
        c.finish(out.id + (wide ? "-w" : "-n"), out.title, out.text, wide ? "pic-wide" : "pic-narrow");
  }
  return out;
}

}  // namespace entente::report
