// Columns and wrapped lines for a terminal of 100 characters.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente::report {

[[nodiscard]] std::string bold(std::string_view text, bool color);
[[nodiscard]] std::string tone(std::string_view text, std::string_view code, bool color);
/// Words wrapped at `width`; every line begins with `indent` spaces.
[[nodiscard]] std::string wrap(std::string_view text, std::size_t indent, std::size_t width = 100);
/// First column to the left, the others to the right, those from `left` on to the left again; rows may be short.
[[nodiscard]] std::string columns(const std::vector<std::vector<std::string>>& rows, std::size_t indent,
                                  bool head = false, std::size_t left = SIZE_MAX);
/// Two columns: what stands on the left, and a text on the right that wraps under itself.
[[nodiscard]] std::string described(const std::vector<std::array<std::string, 2>>& rows, std::size_t indent,
                                    std::size_t width = 100);
/// Characters, not bytes.
[[nodiscard]] std::size_t length(std::string_view text) noexcept;
[[nodiscard]] std::string percent(double share, int digits = 0);

}  // namespace entente::report
