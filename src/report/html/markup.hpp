// Markup that cannot be written by accident. A Template is a literal of the program, read by the compiler: its slots
// `{}` may stand in text or in a quoted attribute and nowhere else. What fills a slot is plain text, and is escaped for
// the place where it lands; only Markup, which templates alone make, goes in as it is. So a title that reads <script>
// is a title. In text, runs of another script get their language, so that a reader's machine picks the right letters.
#pragma once
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace entente::report::html {

/// Where a slot stands, hence what may fill it.
enum class Place : std::uint8_t {
  text,   ///< between tags
  plain,  ///< inside <title>: text without tags
  value,  ///< a quoted attribute
  link,   ///< href: an address of the web or of this page; else it becomes "#"
  style,  ///< style="": whole numbers only
  raw     ///< inside <style> or <script>: Markup only
};

class Markup {
 public:
  Markup() = default;
  Markup& operator+=(const Markup& other) {
    text_ += other.text_;
    return *this;
  }
  friend Markup operator+(Markup a, const Markup& b) { return a += b; }
  [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
  [[nodiscard]] const std::string& str() const noexcept { return text_; }
  /// What the drawing kit made: markup that was escaped there. The one way around templates; see pictures.cpp.
  [[nodiscard]] static Markup drawn(std::string svg) { return Markup(std::move(svg)); }

 private:
  explicit Markup(std::string text) : text_(std::move(text)) {}
  friend Markup fill(std::string_view text, std::span<const struct Slot> slots, std::span<const class Value> values);
  friend struct Literal;
  std::string text_;
};

struct Slot {
  std::size_t at = 0;  ///< of its `{`
  Place place = Place::text;
};

/// Finds a template's slots and what is wrong with it: "" or a sentence. At most slots.size() slots.
constexpr std::string_view read_template(std::string_view text, std::span<Slot> slots, std::size_t& n) {
  bool tag = false, quoted = false;
  std::string_view name, attribute, within;
  n = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '{') {
      if (i + 1 >= text.size() || text[i + 1] != '}') return "a brace that is no slot";
      if (tag && !quoted) return "a slot in a tag, outside a quoted attribute";
      if (quoted && attribute.substr(0, 2) == "on") return "a slot in a script";
      if (n == slots.size()) return "more slots than values";
      slots[n].at = i++;
      slots[n++].place = quoted ? attribute == "href" || attribute == "src" ? Place::link
                                  : attribute == "style"                    ? Place::style
                                                                            : Place::value
                         : within == "script" || within == "style" ? Place::raw
                         : within == "title"                       ? Place::plain
                                                                   : Place::text;
    } else if (quoted) {
      if (c == '"') quoted = false;
    } else if (tag) {
      if (c == '>') {
        tag = false;
        within = name;
      } else if (c == '"') {
        quoted = true;
        std::size_t begin = i - 1;  // the name before ="
        while (begin > 0 && text[begin - 1] != ' ' && text[begin - 1] != '<') --begin;
        attribute = text.substr(begin, i - 1 - begin);
      } else if (c == '\'') {
        return "an attribute in single quotes";
      }
    } else if (c == '<') {
      tag = true;
      std::size_t end = i + 1;
      while (end < text.size() && text[end] != ' ' && text[end] != '>') ++end;
      name = text.substr(i + 1, end - i - 1);
    }
  }
  return quoted ? "a quote that is not closed" : "";
}

/// A template with N slots: fails to compile where a slot could not be escaped.
template <std::size_t N>
struct Template {
  std::string_view text;
  std::array<Slot, N> slots{};
  consteval Template(const char* literal) : text(literal) {  // NOLINT: a literal is a template
    std::size_t n = 0;
    if (const auto fault = read_template(text, slots, n); !fault.empty()) throw fault;
    if (n != N) throw "fewer slots than values";
  }
};

/// What fills a slot.
class Value {
 public:
  Value(std::string_view text) : text_(text) {}              // NOLINT: text is escaped, so it may come as it is
  Value(const std::string& text) : text_(text) {}            // NOLINT
  Value(const char* text) : text_(text) {}                   // NOLINT
  Value(const Markup& m) : text_(m.str()), markup_(true) {}  // NOLINT
  template <std::integral I>
  Value(I number) : own_(std::to_string(number)), text_(own_), number_(true) {}  // NOLINT
  Value(const Value&) = delete;
  Value& operator=(const Value&) = delete;
  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  [[nodiscard]] bool markup() const noexcept { return markup_; }
  [[nodiscard]] bool number() const noexcept { return number_; }

 private:
  std::string own_;
  std::string_view text_;
  bool markup_ = false, number_ = false;
};

[[nodiscard]] Markup fill(std::string_view text, std::span<const Slot> slots, std::span<const Value> values);

template <class... V>
[[nodiscard]] Markup html(std::type_identity_t<Template<sizeof...(V)>> t, const V&... values) {
  if constexpr (sizeof...(V) == 0) {
    return fill(t.text, {}, {});
  } else {
    const Value all[] = {Value(values)...};
    return fill(t.text, t.slots, all);
  }
}

/// A literal of the program as it is: the stylesheet, the script. No slots.
struct Literal {
  std::string_view text;
  consteval Literal(const char* literal) : text(literal) {}  // NOLINT: literals only, by consteval
  [[nodiscard]] Markup markup() const { return Markup(std::string(text)); }
};

/// Escaped for a place. In text, runs in Cyrillic, Han, Kana, Hangul, Arabic and Hebrew stand in a span with their
/// language; what HTML cannot hold (control characters, broken UTF-8) becomes U+FFFD.
[[nodiscard]] std::string escape(std::string_view text, Place place);

}  // namespace entente::report::html
