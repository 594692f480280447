#include "report/svg/text.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "entente/number/number.hpp"
#include "report/number_format.hpp"
#include "report/svg/font_widths.hpp"

namespace entente::report::svg {
namespace {

constexpr char32_t replacement = 0xfffd;
constexpr std::string_view ellipsis = "…";

// Chinese, Japanese and Korean: as wide as high.
bool square(char32_t c) {
  return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) || (c >= 0xa960 && c <= 0xa97f) ||
         (c >= 0xac00 && c <= 0xd7ff) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) ||
         (c >= 0xff01 && c <= 0xff60) || (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff) ||
         (c >= 0x20000 && c <= 0x3fffd);
}

bool combining(char32_t c) {
  return (c >= 0x300 && c <= 0x36f) || (c >= 0x483 && c <= 0x489) || (c >= 0x1ab0 && c <= 0x1aff) ||
         (c >= 0x1dc0 && c <= 0x1dff) || (c >= 0x20d0 && c <= 0x20ff) || (c >= 0xfe00 && c <= 0xfe0f) ||
         (c >= 0xfe20 && c <= 0xfe2f) || (c >= 0x200b && c <= 0x200f) || c == 0x00ad || c == 0xfeff;
}

double em(char32_t c, bool bold) {
  const auto* range = std::ranges::upper_bound(letters, c, {}, &Letters::first);
  if (range != letters.begin() && c <= (range - 1)->last) {
    const std::size_t i = (range - 1)->at + (c - (range - 1)->first);
    const auto w = bold ? bold_widths[i] : regular_widths[i];
    if (w > 0) return w / 2048.0;
  }
  if (combining(c) || c < 0x20) return 0;
  return square(c) || c == replacement ? 1.0 : 0.9;
}

// Places at which a line may end, in bytes: behind a space, a hyphen, a slash, and between square characters.
std::vector<std::size_t> breaks(std::string_view text) {
  std::vector<std::size_t> out;
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = next_character(text, at);
    // No line begins with a percent sign or a closing mark.
    const bool closing = c == '%' || c == 0x3001 || c == 0x3002 || c == 0xff0c || c == ')';
    const bool after = before == ' ' || before == '-' || before == '/' || before == 0x2013;
    if (start > 0 && !closing && (after || (square(before) && c != ' ') || (square(c) && before != ' ')))
      out.push_back(start);
    before = c;
  }
  out.push_back(text.size());
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at++);
  if (first < 0x80) return first;
  const std::size_t more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
  if (first < 0xc2 || first > 0xf4 || at + more > text.size()) return replacement;
  char32_t c = first & (0x3fu >> more);
  for (std::size_t i = 0; i < more; ++i) {
    if ((byte(at + i) & 0xc0u) != 0x80u) return replacement;
    c = (c << 6) | (byte(at + i) & 0x3fu);
  }
  const char32_t least = more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
  if (c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) return replacement;
  at += more;
  return c == 0xfffe || c == 0xffff ? replacement : c;
}

double text_width(std::string_view text, double size, bool bold) {
  double sum = 0;
  for (std::size_t at = 0; at < text.size();) sum += em(next_character(text, at), bold);
  return sum * size;
}

std::string shortened(std::string_view text, double size, double width, bool bold) {
  if (text_width(text, size, bold) <= width) return std::string(text);
  const double room = width - text_width(ellipsis, size, bold);
  double used = 0;
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    used += em(next_character(text, at), bold) * size;
    if (used > room) break;
    end = at;
  }
  return std::string(trimmed(text.substr(0, end))) + std::string(ellipsis);
}

std::vector<std::string> wrapped(std::string_view text, double size, double width, std::size_t lines, bool bold) {
  text = trimmed(text);
  std::vector<std::string> out;
  const auto ends = breaks(text);
  std::size_t from = 0;
  while (from < text.size()) {
    if (out.size() + 1 >= lines) {
      out.push_back(shortened(trimmed(text.substr(from)), size, width, bold));
      return out;
    }
    std::size_t to = 0;
    for (const std::size_t e : ends) {
      if (e <= from) continue;
      if (to != 0 && text_width(trimmed(text.substr(from, e - from)), size, bold) > width) break;
      to = e;
    }
    out.push_back(shortened(trimmed(text.substr(from, to - from)), size, width, bold));
    from = to;
    while (from < text.size() && text[from] == ' ') ++from;
  }
  if (out.empty()) out.emplace_back();
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = next_character(text, at);
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else if (c == '\'') out += "&#39;";
    else if (c == replacement || c == 0x7f || (c < 0x20 && c != '\t' && c != '\n')) out += "\xef\xbf\xbd";
    else out += text.substr(start, at - start);
  }
  return out;
}

std::string true_minus(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool before = i > 0 && (std::isalnum(static_cast<unsigned char>(text[i - 1])) ||
                                  static_cast<unsigned char>(text[i - 1]) >= 0x80);
    const bool number = i + 1 < text.size() && std::isdigit(static_cast<unsigned char>(text[i + 1]));
    if (text[i] == '-' && number && !before) out += "−";
    else out += text[i];
  }
  return out;
}

std::string figure(double value, int digits) {
  if (std::isnan(value)) return "undefined";
  if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
  std::string s = number::show(value == 0 ? 0.0 : value, digits);
  if (s.starts_with('-')) s = "−" + s.substr(1);
  return s;
}

std::string share(double value) {
  if (std::isnan(value)) return "undefined";
  if (value > 0 && value < 0.01) return "under 1 %";
  if (value < 1 && value > 0.99) return "over 99 %";
  return percentage(value);
}

}  // namespace entente::report::svg
