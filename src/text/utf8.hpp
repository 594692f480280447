// Bytes that no text of ours may hold.
#pragma once
#include <string_view>

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

}  // namespace entente::text
