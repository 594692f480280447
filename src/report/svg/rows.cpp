#include "report/svg/rows.hpp"

#include <algorithm>
#include <cmath>

#include "report/svg/scale.hpp"
#include "report/svg/text.hpp"

namespace entente::report::svg {
namespace {
constexpr double gutter = 14, wide_enough = 500;

// What a row comes to: its lines, each no wider than `width`.
std::vector<std::string> value_lines(std::string_view value, double width) {
  std::vector<std::string> out;
  while (true) {
    const auto end = std::min(value.find('\n'), value.size());
    for (auto& l : wrapped(value.substr(0, end), body, width, 3)) out.push_back(std::move(l));
    if (end == value.size()) return out;
    value.remove_prefix(end + 1);
  }
}
}  // namespace

Rows::Rows(Canvas& c, std::vector<RowText> rows, double top, double strip) : c_(c), top_(top), bottom_(top) {
  if (c.width() >= wide_enough) beside(rows, strip);
  else over(rows, strip);
}

void Rows::say(Point at, const std::string& text, const std::string& look, Anchor anchor, double size, bool strong) {
  if (text.empty()) return;
  words_.push_back({at, text, look, anchor});
  const double w = text_width(text, size, strong);
  const double x = anchor == Anchor::start ? at.x : anchor == Anchor::end ? at.x - w : at.x - w / 2;
  boxes_.push_back({x, at.y - 0.8 * size, w, size});
}

void Rows::beside(const std::vector<RowText>& rows, double strip) {
  const double most = 0.36 * c_.width(), most_value = 0.27 * c_.width();
  double label = 0, value = 0;
  for (const auto& r : rows) {
    for (const auto& l : wrapped(r.label, body, most, 3, r.strong))
      label = std::max(label, text_width(l, body, r.strong));
    for (const auto& l : wrapped(r.note, small, most, 3)) label = std::max(label, text_width(l, small));
    for (const auto& l : value_lines(r.value, most_value)) value = std::max(value, text_width(l, body));
  }
  left_ = label > 0 ? label + gutter : 0;
  right_ = c_.width() - (value > 0 ? value + gutter : 0);
  double y = top_;
  for (const auto& r : rows) {
    const auto labels = wrapped(r.label, body, most, 3, r.strong);
    const auto notes = r.note.empty() ? std::vector<std::string>{} : wrapped(r.note, small, most, 3);
    const auto values = value_lines(r.value, most_value);
    const double lines = static_cast<double>(std::max(labels.size() + notes.size(), values.size()));
    const double height = std::max(strip, lines * line_height) + 8, mid = y + height / 2;
    double at = mid - static_cast<double>(labels.size() + notes.size()) * line_height / 2 + 12;
    for (const auto& l : labels)
      say({0, at}, l, r.strong ? "strong" : "", Anchor::start, body, r.strong), at += line_height;
    for (const auto& l : notes) say({0, at}, l, "small muted", Anchor::start, small, false), at += line_height;
    at = mid - static_cast<double>(values.size()) * line_height / 2 + 12;
    for (const auto& l : values) say({c_.width(), at}, l, "", Anchor::end, body, false), at += line_height;
    middle_.push_back(mid);
    y += height;
  }
  bottom_ = y;
}

void Rows::over(const std::vector<RowText>& rows, double strip) {
  left_ = 4, right_ = c_.width() - 4;
  double y = top_;
  for (const auto& r : rows) {
    y += line_height;
    const auto values = value_lines(r.value, c_.width());
    double value = 0;
    for (const auto& l : values) value = std::max(value, text_width(l, body));
    const auto beside_value = wrapped(r.label, body, c_.width() - value - gutter, 2, r.strong);
    const bool shares = value <= 0.62 * c_.width() && !beside_value.back().ends_with("…");
    const auto labels = shares ? beside_value : wrapped(r.label, body, c_.width(), 3, r.strong);
    double at = y;
    if (shares)
      for (const auto& l : values) say({c_.width(), at}, l, "halo", Anchor::end, body, false), at += line_height;
    for (const auto& l : labels)
      say({0, y}, l, r.strong ? "strong halo" : "halo", Anchor::start, body, r.strong), y += line_height;
    if (!shares)
      for (const auto& l : values) say({0, y}, l, "halo", Anchor::start, body, false), y += line_height;
    y = std::max(y, at);
    if (!r.note.empty())
      for (const auto& l : wrapped(r.note, small, c_.width(), 3))
        say({0, y}, l, "small muted halo", Anchor::start, small, false), y += line_height;
    y -= line_height - 6;
    middle_.push_back(y + strip / 2);
    y += strip + 8;
  }
  bottom_ = y;
}

void Rows::letter() {
  for (const auto& w : words_) c_.text(w.at, w.text, w.look, w.anchor);
}

void range(Canvas& c, const Scale& scale, double y, double low, double high, std::string_view look) {
  if (std::isnan(low) || std::isnan(high)) return;
  const double a = scale(low), b = scale(high);
  c.line({a, y}, {b, y}, look);
  const auto end = [&](double v, double at, double way) {
    if (std::isinf(v)) c.path(move_to({at, y - 4}) + line_to({at + 6 * way, y}) + line_to({at, y + 4}) + "Z", "ink");
    else c.line({at, y - 3.5}, {at, y + 3.5}, look);
  };
  end(low, std::isinf(low) && low > 0 ? b - 6 : a, low > 0 ? 1 : -1);
  end(high, std::isinf(high) ? b - 6 : b, 1);
}

double legend(Canvas& c, const std::vector<Swatch>& swatches, double top) {
  double x = 0, y = top + 12;
  for (const auto& s : swatches) {
    const double w = text_width(s.name, small) + 18;
    if (x > 0 && x + w > c.width()) x = 0, y += line_height + 2;
    if (s.look.starts_with("dot ")) c.circle({x + 6, y - 4}, 5, s.look.substr(4));
    else c.rect({x, y - 10, 12, 12}, s.look);
    c.text({x + 18, y}, shortened(s.name, small, c.width() - 18), "small");
    x += w + 18;
  }
  return y + 8;
}

}  // namespace entente::report::svg
