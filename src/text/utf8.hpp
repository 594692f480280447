// Bytes that no text of ours may hold.
#pragma once
#include <string>
#include <string_view>

#include "entente/base/shown.hpp"

namespace entente::text {

// Length of the valid UTF-8 character at `at` (no surrogates, no overlong forms), or 0.
[[nodiscard]] inline std::size_t utf8_length(std::string_view s, std::size_t at) noexcept {
  const auto byte = [&](std::size_t i) { return at + i < s.size() ? static_cast<unsigned char>(s[at + i]) : 0u; };
  const unsigned c = byte(0);
  const auto tail = [&](std::size_t n) {
    for (std::size_t i = 1; i < n; ++i)
      if ((byte(i) & 0xc0u) != 0x80u) return false;
    return true;
  };
  if (c < 0x80) return 1;
  if (c >= 0xc2 && c < 0xe0) return tail(2) ? 2 : 0;
  if (c >= 0xe0 && c < 0xf0)
    return tail(3) && !(c == 0xe0 && byte(1) < 0xa0) && !(c == 0xed && byte(1) >= 0xa0) ? 3 : 0;
  if (c >= 0xf0 && c < 0xf5)
    return tail(4) && !(c == 0xf0 && byte(1) < 0x90) && !(c == 0xf4 && byte(1) >= 0x90) ? 4 : 0;
  return 0;
}

// Why the valid character of `length` bytes at `at` may not stand in a text, or nullptr. Refused are the control
// characters but tab and line ends, a carriage return that ends no line, and the invisible characters that some readers
// take for a line end or an order of writing and others do not (U+0085, U+2028, U+2029, U+202A-E, U+2066-9, a BOM that
// is not the first character; joiners and the like but where their scripts need them): what a person sees must be what
// the program reads.
[[nodiscard]] inline const char* refused(std::string_view s, std::size_t at, std::size_t length) noexcept {
  const auto c = static_cast<unsigned char>(s[at]);
  if (c == '\r') return at + 1 == s.size() || s[at + 1] == '\n' ? nullptr : "a carriage return inside a line";
  if (c == 0) return "a NUL byte: is this a text file?";
  if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f) return "a control character";
  if (length < 2) return nullptr;
  unsigned code = length == 2 ? c & 0x1fu : length == 3 ? c & 0x0fu : c & 0x07u;
  for (std::size_t i = 1; i < length; ++i) code = code << 6 | (static_cast<unsigned char>(s[at + i]) & 0x3fu);
  if (code < 0xa0 && code != 0x85) return "a control character";
  if (code == 0x85 || code == 0x2028 || code == 0x2029) return "an invisible line separator";
  if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069))
    return "an invisible change of direction";
  if (code == 0xfeff) return "a byte order mark inside the text";
  if (code == 0xfffe || code == 0xffff) return "no character";
  // What joins, parts or turns letters belongs to some scripts and to pictures, and there stands behind one of theirs.
  const bool joins = code == 0x034f || code == 0x061c || (code >= 0x180b && code <= 0x180f) || code == 0x200c ||
                     code == 0x200d || code == 0x200e || code == 0x200f || (code >= 0xfe00 && code <= 0xfe0f);
  const bool other_script = at > 0 && (static_cast<unsigned char>(s[at - 1]) & 0x80u) != 0;
  if (invisible(code) && !(joins && other_script)) return "an invisible character";
  return nullptr;
}

// What a blank is called that is none here, or nullptr: those of word processors and web pages.
[[nodiscard]] inline const char* other_blank(std::string_view s, std::size_t at) noexcept {
  const std::string_view two = s.substr(at, 2), three = s.substr(at, 3);
  if (two == "\xc2\xa0") return "a no-break space (U+00A0)";
  if (three == "\xe2\x80\xaf") return "a narrow no-break space (U+202F)";
  if (three == "\xe2\x80\x87") return "a figure space (U+2007)";
  if (three == "\xe2\x80\x89") return "a thin space (U+2009)";
  if (three == "\xe2\x80\x8a") return "a hair space (U+200A)";
  if (three == "\xe3\x80\x80") return "an ideographic space (U+3000)";
  return nullptr;
}

// The first `limit` bytes and no half character, for messages.
[[nodiscard]] inline std::string shorten(std::string_view s, std::size_t limit = 60) {
  if (s.size() <= limit) return std::string(s);
  while (limit > 0 && (static_cast<unsigned char>(s[limit]) & 0xc0u) == 0x80u) --limit;
  return std::string(s.substr(0, limit)) + "...";
}

}  // namespace entente::text
