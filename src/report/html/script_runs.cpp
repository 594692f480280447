#include "report/html/script_runs.hpp"

#include <cstdint>

namespace entente::report::html {
namespace {

constexpr std::string_view broken = "\xef\xbf\xbd";

enum class Script : std::uint8_t { none, latin, greek, cyrillic, hebrew, arabic, kana, hangul, han };

bool within(char32_t c, char32_t from, char32_t to) { return c >= from && c <= to; }

Script script_of(char32_t c) {
  if (within(c, 'a', 'z') || within(c, 'A', 'Z') || within(c, 0xc0, 0x24f) || within(c, 0x1e00, 0x1eff))
    return Script::latin;
  if (within(c, 0x370, 0x3ff)) return Script::greek;
  if (within(c, 0x400, 0x52f)) return Script::cyrillic;
  if (within(c, 0x590, 0x5ff)) return Script::hebrew;
  if (within(c, 0x600, 0x6ff) || within(c, 0x750, 0x77f) || within(c, 0xfb50, 0xfdff)) return Script::arabic;
  if (within(c, 0x3040, 0x30ff)) return Script::kana;
  if (within(c, 0xac00, 0xd7af) || within(c, 0x1100, 0x11ff)) return Script::hangul;
  if (within(c, 0x3400, 0x9fff) || within(c, 0xf900, 0xfaff) || within(c, 0x20000, 0x323af)) return Script::han;
  return Script::none;
}

struct Seen {
  bool kana = false, ukrainian = false;
};

std::string_view language_of(Script s, const Seen& seen) {
  switch (s) {
    case Script::greek:
      return "el";
    case Script::cyrillic:
      return seen.ukrainian ? "uk" : "ru";
    case Script::hebrew:
      return "he";
    case Script::arabic:
      return "ar";
    case Script::kana:
      return "ja";
    case Script::hangul:
      return "ko";
    case Script::han:
      return seen.kana ? "ja" : "zh";
    default:
      return "";
  }
}

}  // namespace

Character next_character(std::string_view text, std::size_t& at) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  const std::size_t size = first < 0x80   ? 1
                           : first < 0xc2 ? 0
                           : first < 0xe0 ? 2
                           : first < 0xf0 ? 3
                           : first < 0xf5 ? 4
                                          : 0;
  if (size == 0 || at + size > text.size()) {
    ++at;
    return {broken, 0xfffd};
  }
  char32_t code = size == 1 ? first : first & (0xffu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xc0u) != 0x80u) {
      ++at;
      return {broken, 0xfffd};
    }
    code = code << 6 | (byte(at + i) & 0x3fu);
  }
  const std::string_view bytes = text.substr(at, size);
  at += size;
  const bool control = (code < 0x20 && code != '\t' && code != '\n') || within(code, 0x7f, 0x9f);
  const bool turns = within(code, 0x202a, 0x202e) || within(code, 0x2066, 0x2069);  // would turn the line around
  const bool none = within(code, 0xd800, 0xdfff) || (code & 0xfffe) == 0xfffe || (size == 3 && code < 0x800) ||
                    (size == 4 && code < 0x10000) || code > 0x10ffff;
  if (control || turns || none) return {broken, 0xfffd};
  return {bytes, code};
}

std::vector<Run> script_runs(std::string_view text) {
  Seen seen;
  bool plain = true;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at).code;
    const Script s = script_of(c);
    if (s != Script::none && s != Script::latin) plain = false;
    seen.kana |= s == Script::kana;
    seen.ukrainian |= c == 0x456 || c == 0x457 || c == 0x454 || c == 0x491 || c == 0x406 || c == 0x407 || c == 0x404;
  }
  if (plain) return {{text, "", false}};
  std::vector<Run> runs;
  // A run ends behind its last letter; what stands between two runs of one language joins them.
  std::size_t begin = 0, letter = 0;
  std::string_view language;
  const auto close = [&](std::size_t end) {
    if (end > begin) runs.push_back({text.substr(begin, end - begin), language, language == "ar" || language == "he"});
    begin = end;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t here = at;
    const Script s = script_of(next_character(text, at).code);
    if (s == Script::none) continue;
    const std::string_view now = language_of(s, seen);
    if (now != language) {
      close(language.empty() ? here : letter);
      if (begin < here) {
        language = "";
        close(here);
      }
      language = now;
    }
    letter = at;
  }
  if (!language.empty() && letter < text.size()) {
    close(letter);
    language = "";
  }
  close(text.size());
  return runs;
}

}  // namespace entente::report::html
