// Which language a run of letters is probably in, told by its script alone: enough for a reader's machine to choose
// the right letters (the same code point is drawn otherwise in Chinese, Japanese and Korean) and the right voice.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace entente::report::html {

struct Character {
  std::string_view bytes;  ///< U+FFFD where the text is broken or HTML cannot hold it
  char32_t code = 0;
};
/// The character at `at`, which moves behind it.
[[nodiscard]] Character next_character(std::string_view text, std::size_t& at) noexcept;

struct Run {
  std::string_view text;
  std::string_view
      language;  ///< "" Latin and whatever has no script; else "ru", "uk", "zh", "ja", "ko", "ar", "he", "el"
  bool right_to_left = false;
};
/// The text cut where its script changes; blanks, digits and punctuation between two runs of one language belong to it.
/// Han is Japanese where Kana stands in the same text, else Chinese (Korean is hardly written in it any more); Cyrillic
/// is Ukrainian where it has one of the letters that Russian lacks.
[[nodiscard]] std::vector<Run> script_runs(std::string_view text);

}  // namespace entente::report::html
