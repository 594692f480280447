// Scalars: where a key ends, plain text and what it may not begin with, quotes and their escapes, `>` and `|` texts.
// Each refusal says what to write instead.
#include <algorithm>

#include "text/reader.hpp"

namespace entente::text {

std::size_t Reader::key_colon(std::size_t b, std::size_t e) const {
  if (b >= e) return npos;
  if (text_[b] == '"' || text_[b] == '\'') {
    const std::size_t q = quote_end(b, e);
    std::size_t i = q == npos ? e : q + 1;
    while (i < e && text_[i] == ' ') ++i;
    return i < e && text_[i] == ':' && (i + 1 == e || text_[i + 1] == ' ') ? i : npos;
  }
  if (text_[b] == '{' || text_[b] == '[') return npos;
  for (std::size_t i = b; i < e; ++i)
    if (text_[i] == ':' && (i + 1 == e || text_[i + 1] == ' ' || text_[i + 1] == '\t')) return i;
  return npos;
}

std::size_t Reader::quote_end(std::size_t b, std::size_t e) const {  // of the closing quote
  const char q = text_[b];
  for (std::size_t i = b + 1; i < e; ++i) {
    if (q == '"' && text_[i] == '\\') ++i;
    else if (text_[i] == q) {
      if (q == '\'' && i + 1 < e && text_[i + 1] == '\'') ++i;
      else return i;
    }
  }
  return npos;
}

NodeId Reader::key_node(std::size_t b, std::size_t colon) {
  std::size_t e = colon;
  while (e > b && text_[e - 1] == ' ') --e;
  if (e == b) {
    complain("E0113", colon, colon + 1, "a key is missing before this colon", "no key");
    return no_node;
  }
  if (text_[b] == '"' || text_[b] == '\'') return quoted(b, e);
  if (text_[b] == '&' || text_[b] == '*' || text_[b] == '!') {
    forbidden(b, e);
    return no_node;
  }
  return d_.add({.kind = Kind::scalar, .span = span(b, e), .text = std::string(text_.substr(b, e - b))});
}

void Reader::forbidden(std::size_t b, std::size_t e) {
  const char c = text_[b];
  if (c == '&' || c == '*')
    complain("E0122", b, e, "no anchors and aliases", c == '&' ? "an anchor" : "an alias",
             "give shared numbers a name under `drivers`");
  else complain("E0123", b, e, "no tags", "a tag");
}

NodeId Reader::plain(std::size_t b, std::size_t e, bool flow) {
  const char c = text_[b];
  const std::string_view t = text_.substr(b, e - b);
  if (c == '&' || c == '*' || c == '!') {
    forbidden(b, e);
    return no_node;
  }
  if (c == '@' || c == '`')
    complain("E0124", b, b + 1, std::string("a value cannot begin with `") + c + "`", "here",
             c == '@' ? "a source stands behind its number: `38 @ft-2024`; as text, quote it" : "quote it");
  else if (c == '>' || c == '|')
    complain("E0125", b, e, std::string("a value beginning with `") + c + "` is read as a folded text",
             "text behind it on the same line", "quote it: '" + std::string(t.substr(0, 40)) + "'");
  else if (c == '%') complain("E0126", b, b + 1, "a value cannot begin with `%`", "here", "quote it");
  else if (const auto colon = t.find(": "); colon != npos && !flow)
    complain("E0127", b + colon, b + colon + 1, "a second colon in one line", "`: ` inside a sentence",
             "quote the sentence");
  else if (!flow && t.ends_with(':'))
    complain("E0127", e - 1, e, "a second colon in one line", "at the end of a sentence", "quote the sentence");
  return d_.add({.kind = Kind::scalar, .span = span(b, e), .text = std::string(t)});
}

NodeId Reader::quoted(std::size_t b, std::size_t e) {  // [b, e) with its quotes, on one line
  const bool dbl = text_[b] == '"';
  Node n{.kind = Kind::scalar, .style = dbl ? Style::double_quoted : Style::single_quoted, .span = span(b, e)};
  for (std::size_t i = b + 1; i + 1 < e; ++i) {
    const char c = text_[i];
    if (!dbl) {
      n.text += c;
      if (c == '\'') ++i;
      continue;
    }
    if (c != '\\') {
      n.text += c;
      continue;
    }
    const char x = text_[++i];
    switch (x) {
      case 'n':
        n.text += '\n';
        break;
      case 't':
        n.text += '\t';
        break;
      case '"':
      case '\\':
      case '/':
        n.text += x;
        break;
      case 'x':
      case 'u': {
        const std::size_t digits = x == 'x' ? 2 : 4;
        unsigned code = 0;
        bool good = i + digits + 1 < e + 0;
        for (std::size_t k = 1; good && k <= digits; ++k) {
          const char h = text_[i + k];
          if (h >= '0' && h <= '9') code = code * 16 + static_cast<unsigned>(h - '0');
          else if (h >= 'a' && h <= 'f') code = code * 16 + static_cast<unsigned>(h - 'a' + 10);
          else if (h >= 'A' && h <= 'F') code = code * 16 + static_cast<unsigned>(h - 'A' + 10);
          else good = false;
        }
        if (!good || code < 0x20 || (code >= 0xd800 && code < 0xe000)) {
          complain("E0128", i - 1, i + 1, "this escape is not complete or names no character", "in double quotes");
          break;
        }
        i += digits;
        if (code < 0x80) n.text += static_cast<char>(code);
        else if (code < 0x800)
          n.text += static_cast<char>(0xc0 | code >> 6), n.text += static_cast<char>(0x80 | (code & 63));
        else
          n.text += static_cast<char>(0xe0 | code >> 12), n.text += static_cast<char>(0x80 | (code >> 6 & 63)),
              n.text += static_cast<char>(0x80 | (code & 63));
        break;
      }
      default:
        complain("E0128", i - 1, i + 1, std::string("no escape `\\") + x + "`", "in double quotes",
                 "single quotes take everything as it stands");
    }
  }
  return d_.add(std::move(n));
}

NodeId Reader::folded(std::size_t from, std::size_t indent) {
  const bool literal = text_[from] == '|';
  Node n{.kind = Kind::scalar, .style = literal ? Style::literal : Style::folded, .span = span(from, from + 1)};
  std::size_t at = text_.find('\n', from), own = npos;
  bool gap = false, any = false;
  while (at != npos && at + 1 < text_.size()) {
    const std::size_t b = at + 1, e = std::min(text_.find('\n', b), text_.size());
    std::size_t c = b;
    while (c < e && text_[c] == ' ') ++c;
    std::size_t stop = e;
    while (stop > c && (text_[stop - 1] == '\r' || text_[stop - 1] == ' ')) --stop;
    if (c < stop) {
      if (c - b <= indent) break;
      if (own == npos) own = c - b;
      if (any) n.text += literal ? (gap ? "\n\n" : "\n") : (gap ? "\n" : " ");
      n.text += text_.substr(std::min(b + own, c), stop - std::min(b + own, c));
      n.span.end = static_cast<std::uint32_t>(stop);
      any = true;
      gap = false;
    } else {
      gap = true;
    }
    at = e < text_.size() ? e : npos;
  }
  while (at_ < lines_.size() && lines_[at_].content < n.span.end) ++at_;
  if (!any) complain("E0129", from, from + 1, "no text follows", "expected indented lines below");
  return d_.add(std::move(n));
}

}  // namespace entente::text
