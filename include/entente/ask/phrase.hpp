// What a question says, kept in parts: the text as a terminal and JSON show it, and in it the names of the file, each
// with what it is. Whoever shows it to a reader puts words in the place of names by walking the parts; nobody looks for
// names in a finished sentence, where a name may be an ordinary word ("made") and a word a name.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace entente::ask {

class Phrase {
 public:
  enum class Kind : std::uint8_t {
    actor,   ///< an actor by itself, as in a list or a label: "United States"
    within,  ///< an actor within a sentence, with an article where it takes one: "the United States"
    pair,    ///< two actors joined by a hyphen: "CHN-RUS"
    name     ///< any other name of the file: a place, a link, a type, a measure
  };
  /// A name: the bytes from `begin` to `end` of the text stand for what the file calls `name`.
  struct Mark {
    std::size_t begin = 0, end = 0;
    Kind kind = Kind::name;
    std::string name;
  };

  Phrase() = default;
  Phrase(std::string text) : text_(std::move(text)) {}  // NOLINT: a text is said as it stands
  Phrase(std::string_view text) : text_(text) {}        // NOLINT
  Phrase(const char* text) : text_(text) {}             // NOLINT
  /// `text`, which stands for what the file calls `name`.
  Phrase(Kind kind, std::string text, std::string name);
  /// A name that is shown as the file writes it.
  Phrase(Kind kind, const std::string& name) : Phrase(kind, name, name) {}

  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  operator const std::string&() const noexcept { return text_; }  // NOLINT: for whoever shows it as written
  operator std::string_view() const noexcept { return text_; }    // NOLINT
  [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
  /// From left to right; they neither overlap nor touch the text's outside.
  [[nodiscard]] const std::vector<Mark>& marks() const noexcept { return marks_; }

  Phrase& operator+=(const Phrase& more);
  friend Phrase operator+(Phrase a, const Phrase& b) { return std::move(a += b); }
  /// Of the texts alone.
  friend bool operator==(const Phrase& a, std::string_view b) noexcept { return a.text_ == b; }

 private:
  std::string text_;
  std::vector<Mark> marks_;
};

}  // namespace entente::ask
