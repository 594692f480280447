// Where a piece of text stands. A span is two byte offsets into one source; line and column are found only when a
// message is written, so carrying a span costs twelve bytes and no search.
#pragma once
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// Half-open byte range [begin, end) in source number `file` of a SourceMap.
struct Span {
  static constexpr std::uint32_t no_file = 0xffffffffu;
  std::uint32_t file = no_file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] bool known() const noexcept { return file != no_file; }
  /// The part [from, from + length) of this span, clipped to it.
  [[nodiscard]] Span sub(std::size_t from, std::size_t length) const noexcept;
  friend bool operator==(const Span&, const Span&) = default;
};

/// One-based line and column; the column counts characters (UTF-8 code points), not bytes.
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// One text with its name and the offsets at which its lines begin.
class Source {
 public:
  Source(std::string name, std::string text);
  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  [[nodiscard]] std::size_t lines() const noexcept { return starts_.size(); }
  /// Text of a one-based line without its line end.
  [[nodiscard]] std::string_view line(std::size_t number) const noexcept;
  /// O(log lines + length of the line).
  [[nodiscard]] Position position(std::size_t offset) const noexcept;
  /// Offset at which a one-based line begins.
  [[nodiscard]] std::size_t start(std::size_t line) const noexcept { return starts_[line - 1]; }

 private:
  std::string name_;
  std::string text_;
  std::vector<std::uint32_t> starts_;
};

/// All sources of one run. Sources never move, so string_views into them stay valid as long as the map lives.
class SourceMap {
 public:
  /// Texts of 4 GiB or more do not fit a span and are refused by whoever reads the file.
  std::uint32_t add(std::string name, std::string text);
  [[nodiscard]] const Source& operator[](std::uint32_t file) const { return sources_[file]; }
  [[nodiscard]] std::size_t size() const noexcept { return sources_.size(); }
  [[nodiscard]] std::string_view text(Span span) const noexcept;

 private:
  std::deque<Source> sources_;
};

}  // namespace entente
