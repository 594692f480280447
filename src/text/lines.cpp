// From bytes to lines. First every byte is looked at once: UTF-8, control bytes, the length of lines; a text with a
// byte that does not belong is refused as a whole, because what follows would point at nonsense. Then the text is cut
// into lines with their indentation; blank and comment lines fall away, and so do comments behind a value.
#include <algorithm>

#include "text/reader.hpp"
#include "text/utf8.hpp"

namespace entente::text {

bool Reader::bytes() {
  start_ = text_.starts_with("\xef\xbb\xbf") ? 3 : 0;
  std::size_t line = start_;
  bool ok = true;
  for (std::size_t i = start_; i < text_.size();) {
    const auto c = static_cast<unsigned char>(text_[i]);
    if (c == '\n') line = i + 1;
    if (i >= line && i - line > o_.line_length) {
      complain("E0103", line, line + 1, "a line of more than " + std::to_string(o_.line_length) + " bytes",
               "begins here", "break it into lines");
      return false;
    }
    const std::size_t n = c < 0x80 ? 1 : utf8_length(text_, i);
    if (n == 0) {
      complain("E0104", i, i + 1, "this is no UTF-8 text", "this byte", "save the file as UTF-8");
      return false;
    }
    if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f) {
      complain("E0105", i, i + 1, "a control byte in the text",
               c == 0 ? "a NUL byte: is this a text file?" : "this byte");
      return false;
    }
    i += n;
  }
  return ok;
}

std::size_t Reader::content_end(std::size_t from, std::size_t to) const {
  char quote = 0;
  bool fresh = true;  // a quote opens only where a value may begin
  std::size_t i = from;
  for (; i < to; ++i) {
    const char c = text_[i];
    if (quote) {
      if (quote == '"' && c == '\\') ++i;
      else if (c == quote) quote = 0;
      continue;
    }
    if (c == '#' && (i == from || text_[i - 1] == ' ' || text_[i - 1] == '\t')) break;
    if ((c == '"' || c == '\'') && fresh) quote = c;
    if (c != ' ' && c != '\t') fresh = c == ',' || c == '[' || c == '{' || c == ':' || c == '-';
  }
  i = std::min(i, to);
  while (i > from && (text_[i - 1] == ' ' || text_[i - 1] == '\t' || text_[i - 1] == '\r')) --i;
  return i;
}

bool Reader::split() {
  for (std::size_t at = start_; at < text_.size();) {
    const std::size_t next = std::min(text_.find('\n', at), text_.size());
    Line l{.begin = at, .content = at};
    while (l.content < next && text_[l.content] == ' ') ++l.content;
    if (l.content < next && text_[l.content] == '\t') {
      std::size_t c = l.content;
      while (c < next && (text_[c] == ' ' || text_[c] == '\t' || text_[c] == '\r')) ++c;
      if (c < next && text_[c] != '#') {
        complain("E0106", l.content, l.content + 1, "a tab in the indentation", "a tab", "indent with spaces");
        l.content = c;
      } else l.content = c;
    }
    l.end = content_end(l.content, next);
    if (l.end > l.content) lines_.push_back(l);
    at = next + 1;
  }
  return true;
}

}  // namespace entente::text
