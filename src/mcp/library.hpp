// The guide, the methods and llms.txt as they were when the program was built (cmake/Embed.cmake writes the texts).
#pragma once
#include <string_view>
#include <vector>

namespace entente::mcp {

struct Text {
  std::string_view path;  ///< from the project's root: docs/guide/claims.md
  std::string_view text;
};
[[nodiscard]] const std::vector<Text>& library();

}  // namespace entente::mcp
