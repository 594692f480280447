// Made by scripts/font_widths.py: the tables that text.cpp measures with.
#pragma once
#include <array>
#include <cstdint>

namespace entente::report::svg {

struct Letters {
  std::uint32_t first, last, at;  ///< characters, and where their widths begin
};
extern const std::array<std::uint16_t, 1163> regular_widths, bold_widths;
extern const std::array<Letters, 15> letters;

}  // namespace entente::report::svg
