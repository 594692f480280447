// From bytes to lines. First every byte is looked at once: UTF-8, control characters, the length of lines; a text with
// a byte that does not belong is refused as a whole, because what follows would point at nonsense. Then the text is cut
// into lines with their indentation; blank and comment lines fall away, and so do comments behind a value.
#include <algorithm>

#include "text/reader.hpp"
#include "text/utf8.hpp"

namespace entente::text {
namespace {

// Nothing but printable ASCII. Without a way out, so that many bytes are looked at in one step.
bool plain_bytes(std::string_view s) {
  bool plain = true;
  for (const char c : s) plain &= static_cast<unsigned char>(c - 0x20) < 0x5f;
  return plain;
}

}  // namespace

bool Reader::bytes() {
  start_ = text_.starts_with("\xef\xbb\xbf") ? 3 : 0;
  for (std::size_t line = start_; line < text_.size();) {
    const std::size_t end = std::min(text_.find('\n', line), text_.size());
    if (!plain_bytes(text_.substr(line, end - line)) || end - line > o_.line_length)
      if (!bytes(line, end)) return false;
    line = end + 1;
  }
  return true;
}

bool Reader::bytes(std::size_t line, std::size_t end) {
  for (std::size_t i = line; i < end;) {
    if (i - line >= o_.line_length) {
      complain("E0103", line, line + 1, "a line of more than " + std::to_string(o_.line_length) + " bytes",
               "begins here", "break it into lines");
      return false;
    }
    const std::size_t n = utf8_length(text_, i);
    if (n == 0) {
      complain("E0104", i, i + 1, "this is no UTF-8 text", "this byte", "save the file as UTF-8");
      return false;
    }
    if (const char* why = refused(text_, i, n)) {
      complain("E0105", i, i + n, "a character that cannot stand in a text",
               n > 1 ? why + (": " + shown(text_.substr(i, n))) : why,
               text_[i] == '\r' ? "lines end with LF or CR LF"
               : n > 1          ? "delete it, or write the word anew"
                                : "");
      return false;
    }
    if (const char* blank = n > 1 ? other_blank(text_, i) : nullptr; blank && parts(line, i, i + n, end)) {
      auto& d = complain("E0140", i, i + n, std::string(blank) + " stands where a blank is meant",
                         "no blank to this reader", "write a plain blank");
      blanks_for(d, line, end);
      return false;
    }
    i += n;
  }
  return true;
}

// Every such blank from this line on: reading ends at the first.
void Reader::blanks_for(Diagnostic& d, std::size_t line, std::size_t end) const {
  while (line < text_.size()) {
    for (std::size_t i = line; i < end;) {
      const std::size_t n = std::max<std::size_t>(utf8_length(text_, i), 1);
      if (n > 1 && other_blank(text_, i) && parts(line, i, i + n, end)) d.edits.push_back({span(i, i + n), " "});
      i += n;
    }
    line = end + 1;
    end = std::min(text_.find('\n', line), text_.size());
  }
}

// Whether a blank of another kind at b to e stands where blanks part a line: at its begin, at its end, or behind the
// colon of a key. Inside a text it may stand.
bool Reader::parts(std::size_t line, std::size_t b, std::size_t e, std::size_t end) const {
  if (text_.substr(e, end - e).find_first_not_of(" \r") == npos) return true;
  std::size_t i = b;
  while (i > line && text_[i - 1] == ' ') --i;
  if (i == line) return true;
  if (text_[i - 1] != ':') return false;
  const auto name = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
  };
  const std::size_t colon = --i;
  while (i > line && name(text_[i - 1])) --i;
  if (i == colon) return false;
  while (i > line && text_[i - 1] == ' ') --i;
  return i == line || text_[i - 1] == '{' || text_[i - 1] == ',' || text_[i - 1] == '-';
}

// Quotes open only where a key or a value begins: `it's - 'so # this` has a comment, `k: 'so # this'` has none. What
// stands inside a flow value is not looked at here: its own reader knows its comments, and needs no end of line.
std::size_t Reader::content_end(std::size_t from, std::size_t to) const {
  std::size_t i = from;
  const auto skip = [&] {
    while (i < to && blank(text_[i])) ++i;
  };
  while (is_item(i, to)) {
    ++i;
    skip();
  }
  if (const std::size_t colon = key_colon(i, to); colon != npos) {
    i = colon + 1;
    skip();
  }
  if (i < to && (text_[i] == '"' || text_[i] == '\'')) {
    const std::size_t close = quote_end(i, to);
    i = close == npos ? to : close + 1;
  }
  while (i < to && !(text_[i] == '#' && (i == from || blank(text_[i - 1])))) ++i;
  while (i > from && (blank(text_[i - 1]) || text_[i - 1] == '\r')) --i;
  return i;
}

void Reader::split() {
  for (std::size_t at = start_; at < text_.size();) {
    const std::size_t next = std::min(text_.find('\n', at), text_.size());
    Line l{.begin = at, .content = at};
    while (l.content < next && text_[l.content] == ' ') ++l.content;
    while (const std::size_t n = odd_blank(l.content, next)) {
      l.odd = true;
      l.content += n;
      l.begin += n - 1;  // it counts as one space
      while (l.content < next && text_[l.content] == ' ') ++l.content;
    }
    if (l.content < next && text_[l.content] == '\t') {
      l.tab = true;
      while (l.content < next && (blank(text_[l.content]) || text_[l.content] == '\r')) ++l.content;
    }
    l.end = content_end(l.content, next);
    if (l.end > l.content) lines_.push_back(l);
    at = next + 1;
  }
}

// Length of a blank at `at` that is no space (no-break, thin, ideographic), or 0.
std::size_t Reader::odd_blank(std::size_t at, std::size_t to) const {
  if (at + 1 >= to || static_cast<unsigned char>(text_[at]) < 0xc2) return 0;
  const std::string_view rest = text_.substr(at, to - at);
  if (rest.starts_with("\u00a0")) return 2;
  for (const std::string_view blank : {"\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007",
                                       "\u2008", "\u2009", "\u200a", "\u202f", "\u205f", "\u3000", "\u1680"})
    if (rest.starts_with(blank)) return blank.size();
  return 0;
}

std::size_t Reader::line_end(std::size_t at) {
  if (at < line_from_ || at > line_to_) {
    line_from_ = at;
    line_to_ = std::min(text_.find('\n', at), text_.size());
  }
  return line_to_;
}

bool Reader::is_marker(std::size_t begin) const {
  const std::string_view three = text_.substr(begin, 3);
  return (three == "---" || three == "...") && blank_at(begin + 3, text_.size());
}

}  // namespace entente::text
