#include "entente/base/shown.hpp"

#include <algorithm>
#include <array>

namespace entente {
namespace {

struct Range {
  std::uint32_t from, to;
};

// Unicode 15, property Default_Ignorable_Code_Point, and the separators of lines and paragraphs.
constexpr std::array<Range, 18> nothing_to_see{{{0x00ad, 0x00ad},
                                                {0x034f, 0x034f},
                                                {0x061c, 0x061c},
                                                {0x115f, 0x1160},
                                                {0x17b4, 0x17b5},
                                                {0x180b, 0x180f},
                                                {0x200b, 0x200f},
                                                {0x2028, 0x202e},
                                                {0x2060, 0x206f},
                                                {0x3164, 0x3164},
                                                {0xfe00, 0xfe0f},
                                                {0xfeff, 0xfeff},
                                                {0xffa0, 0xffa0},
                                                {0xfff0, 0xfff8},
                                                {0xfffe, 0xffff},
                                                {0x1bca0, 0x1bca3},
                                                {0x1d173, 0x1d17a},
                                                {0xe0000, 0xe0fff}}};

// The character at s[i] and its length, 0 where there is no valid one.
std::uint32_t decode(std::string_view s, std::size_t i, std::size_t& length) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(s[k]); };
  const unsigned c = byte(i);
  length = c < 0x80 ? 1 : c >= 0xc2 && c < 0xe0 ? 2 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xf0 && c < 0xf5 ? 4 : 0;
  if (length == 0 || i + length > s.size()) return length = 0;
  std::uint32_t code = length == 1 ? c : c & (0x7fu >> length);
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte(i + k) & 0xc0u) != 0x80u) return length = 0;
    code = code << 6 | (byte(i + k) & 0x3fu);
  }
  return code;
}

void hex(std::string& out, std::uint32_t x, int digits) {
  for (int at = digits - 1; at >= 0; --at) out += "0123456789abcdef"[x >> (4 * at) & 15u];
}

}  // namespace

bool invisible(std::uint32_t code) noexcept {
  return std::ranges::any_of(nothing_to_see, [&](const Range& r) { return code >= r.from && code <= r.to; });
}

std::string shown(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = 0;
    const std::uint32_t code = decode(text, i, length);
    if (length == 0) {
      out += "\\x";
      hex(out, static_cast<unsigned char>(text[i++]), 2);
      continue;
    }
    if (code == '\n') out += "\\n";
    else if (code == '\t') out += ' ';
    else if (code < 0x20 || (code >= 0x7f && code < 0xa0)) out += "\\x", hex(out, code, 2);
    else if (invisible(code)) out += "\\u", hex(out, code, code > 0xffff ? 5 : 4);
    else out.append(text.substr(i, length));
    i += length;
  }
  return out;
}

}  // namespace entente
