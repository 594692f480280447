// Characters of word processors, web pages and other scripts, each with what is written in its place. Nothing is taken
// silently: a sign that looks like a minus may be a range, and digits that look alike have different values.
#include <array>
#include <cstdint>

#include "number/lexer.hpp"

namespace entente::number {
namespace {

struct Sign {
  std::uint32_t code;
  const char *ascii, *name;  // name: said where the sign itself cannot be seen
};
constexpr Sign signs[]{
    {0x00A0, " ", "a no-break space"},
    {0x2007, " ", "a figure space"},
    {0x2009, " ", "a thin space"},
    {0x200A, " ", "a hair space"},
    {0x202F, " ", "a narrow no-break space"},
    {0x3000, " ", "an ideographic space"},
    {0x200B, "", "a zero-width space"},
    {0xFEFF, "", "a zero-width no-break space"},
    {0x2010, "-", nullptr},
    {0x2011, "-", nullptr},
    {0x2012, "-", nullptr},
    {0x2013, "-", nullptr},
    {0x2014, "-", nullptr},
    {0x2212, "-", nullptr},
    {0xFE63, "-", nullptr},
    {0xFF0D, "-", nullptr},
    {0x00B1, "+-", nullptr},
    {0xFF0B, "+", nullptr},
    {0x00D7, "*", nullptr},
    {0x00B7, "*", nullptr},
    {0x22C5, "*", nullptr},
    {0x2217, "*", nullptr},
    {0x00F7, "/", nullptr},
    {0x2044, "/", nullptr},
    {0x2215, "/", nullptr},
    {0x2264, "<=", nullptr},
    {0x2265, ">=", nullptr},
    {0x2A7D, "<=", nullptr},
    {0x2A7E, ">=", nullptr},
    {0x00B2, "^2", nullptr},
    {0x00B3, "^3", nullptr},
    {0xFF05, "%", nullptr},
    {0x066A, "%", nullptr},
    {0x066B, ".", nullptr},
    {0x066C, "", "an Arabic thousands separator"},
    {0x20AC, "EUR", nullptr},
    {0x00A3, "GBP", nullptr},
    {0x00A5, "JPY", nullptr},
    {0x20BD, "RUB", nullptr},
    {0x20B9, "INR", nullptr},
    {0x20AA, "ILS", nullptr},
    {0x03C0, "pi", nullptr},
    {0x2227, "and", nullptr},
    {0x2228, "or", nullptr},
    {0x00AC, "not", nullptr},
};
// Zeros of decimal digits in other scripts: Arabic, Persian, Devanagari, Bengali, Thai, fullwidth.
constexpr std::array<std::uint32_t, 6> zeros{0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0xFF10};

std::uint32_t decode(std::string_view c) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(c[i])); };
  switch (c.size()) {
    case 2:
      return (byte(0) & 0x1Fu) << 6 | (byte(1) & 0x3Fu);
    case 3:
      return (byte(0) & 0x0Fu) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu);
    case 4:
      return (byte(0) & 0x07u) << 18 | (byte(1) & 0x3Fu) << 12 | (byte(2) & 0x3Fu) << 6 | (byte(3) & 0x3Fu);
    default:
      return byte(0);
  }
}

std::string hex(std::uint32_t code) {
  std::string out;
  for (int shift = code > 0xFFFF ? 20 : 12; shift >= 0; shift -= 4) out += "0123456789ABCDEF"[code >> shift & 15u];
  return "U+" + out;
}

}  // namespace

std::string_view character_at(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size()) return {};
  const auto first = static_cast<unsigned char>(text[at]);
  const std::size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  return text.substr(at, length);
}

std::optional<Foreign> foreign_at(std::string_view text, std::size_t at) {
  const std::string_view c = character_at(text, at);
  if (c.size() < 2) return std::nullopt;
  const std::uint32_t code = decode(c);
  Foreign f{.length = c.size(), .ascii = {}, .says = "`" + std::string(c) + "` (" + hex(code) + ")"};
  for (const Sign& s : signs)
    if (s.code == code) {
      f.ascii = s.ascii;
      if (s.name) f.says = std::string(s.name) + " (" + hex(code) + ")";
      f.unit = !f.ascii.empty() && (is_letter(f.ascii[0]) || f.ascii[0] == '%' || f.ascii[0] == '^');
      return f;
    }
  for (const auto zero : zeros)
    if (code >= zero && code < zero + 10) {
      f.ascii = std::string(1, static_cast<char>('0' + (code - zero)));
      return f;
    }
  return std::nullopt;
}

std::string in_ascii(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto f = foreign_at(text, at);
    const std::string_view c = character_at(text, at);
    if (f && f->ascii == "^3" && out.ends_with('m')) out += '3';
    else if (f) out += f->ascii;
    else if (c == "$") out += "USD";
    else out += c;
    at += c.size();
  }
  return out;
}

}  // namespace entente::number
