#include "report/layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "entente/number/number.hpp"

namespace entente::report {

std::string tone(std::string_view text, std::string_view code, bool color) {
  return color ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

std::string bold(std::string_view text, bool color) { return tone(text, "1", color); }

std::size_t length(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; }));
}

std::string wrap(std::string_view text, std::size_t indent, std::size_t width) {
  std::string out, line(indent, ' ');
  std::size_t used = indent;
  while (!text.empty()) {
    std::size_t n = std::min(text.find(' '), text.size());
    while (text.substr(n).starts_with(" %")) n = std::min(text.find(' ', n + 1), text.size());
    const std::string_view word = text.substr(0, n);
    text.remove_prefix(std::min(n + 1, text.size()));
    if (word.empty()) continue;
    if (used > indent && used + 1 + length(word) > width) {
      out += line + "\n";
      line.assign(indent, ' ');
      used = indent;
    }
    if (used > indent) line += ' ', ++used;
    line += word;
    used += length(word);
  }
  return out + line + "\n";
}

std::string columns(const std::vector<std::vector<std::string>>& rows, std::size_t indent, bool head,
                    std::size_t left) {
  std::vector<std::size_t> widths;
  for (const auto& r : rows)
    for (std::size_t c = 0; c < r.size(); ++c) {
      if (widths.size() <= c) widths.push_back(0);
      widths[c] = std::max(widths[c], length(r[c]));
    }
  std::string out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::string line(indent, ' ');
    for (std::size_t c = 0; c < rows[i].size(); ++c) {
      const std::string pad(widths[c] - length(rows[i][c]), ' ');
      line += c == 0     ? rows[i][c] + pad
              : c < left ? "  " + pad + rows[i][c]
                         : (c == left ? " " : "  ") + rows[i][c] + pad;
    }
    while (line.ends_with(' ')) line.pop_back();
    out += line + "\n";
    if (head && i == 0) {
      std::size_t all = 0;
      for (const auto w : widths) all += w + 2;
      out += std::string(indent, ' ') + std::string(all > 2 ? all - 2 : 0, '-') + "\n";
    }
  }
  return out;
}

std::string described(const std::vector<std::array<std::string, 2>>& rows, std::size_t indent, std::size_t width) {
  std::size_t left = 0;
  for (const auto& r : rows) left = std::max(left, length(r[0]));
  const std::size_t at = indent + left + 2;
  std::string out;
  for (const auto& r : rows) {
    const std::string head = std::string(indent, ' ') + r[0] + std::string(left - length(r[0]) + 2, ' ');
    std::string body = wrap(r[1], at, std::max(width, at + 40));
    out += head + body.substr(std::min(at, body.size() - 1));
    while (out.ends_with(" \n")) out.erase(out.size() - 2, 1);
  }
  return out;
}

std::string percent(double share, int digits) {
  return std::isfinite(share) ? number::fixed(100 * share, digits) + " %" : "undefined";
}

}  // namespace entente::report
