// Scalars: where a key ends, plain text and what it may not begin with, quotes and their escapes, `>` and `|` texts.
// Each refusal says what to write instead.
#include <algorithm>

#include "text/reader.hpp"
#include "text/utf8.hpp"

namespace entente::text {

std::size_t Reader::key_colon(std::size_t b, std::size_t e) const {
  if (b >= e || text_[b] == '{' || text_[b] == '[' || text_[b] == '#') return npos;  // `#`: a comment
  if (text_[b] == '"' || text_[b] == '\'') {
    const std::size_t q = quote_end(b, e);
    std::size_t i = q == npos ? e : q + 1;
    while (i < e && blank(text_[i])) ++i;
    return i < e && text_[i] == ':' && blank_at(i + 1, e) ? i : npos;
  }
  for (std::size_t i = b; i < e; ++i) {
    if (text_[i] == '#' && i > b && blank(text_[i - 1])) return npos;
    if (text_[i] == ':' && blank_at(i + 1, e)) return i;
  }
  return npos;
}

std::size_t Reader::quote_end(std::size_t b, std::size_t e) const {
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
  while (e > b && blank(text_[e - 1])) --e;
  if (e == b) {
    complain("E0113", colon, colon + 1, "a key is missing before this colon", "no key");
    return no_node;
  }
  if (e - b > 1000) {
    complain("E0138", b, e, "a key of more than 1000 bytes", "too long for a key");
    return no_node;
  }
  if (text_[b] == '"' || text_[b] == '\'') return quoted(b, e);
  if (!begins_well(b, e, false)) return no_node;
  return d_.add({.kind = Kind::scalar, .span = span(b, e), .text = text_.substr(b, e - b)});
}

bool Reader::begins_well(std::size_t b, std::size_t e, bool flow) {
  const char c = text_[b];
  const auto say = [&](const char* hint) {
    complain("E0126", b, b + 1, std::string("a value cannot begin with `") + c + "`", "here", hint);
    return true;
  };
  switch (c) {
    case '&':
    case '*':
      complain("E0122", b, e, "no anchors and aliases", c == '&' ? "an anchor" : "an alias",
               "give shared numbers a name under `drivers`");
      return false;
    case '!':
      complain("E0123", b, e, "no tags", "a tag", "nothing here needs one: what a value is follows from its key");
      return false;
    case '@':
    case '`':
      complain("E0124", b, b + 1, std::string("a value cannot begin with `") + c + "`", "here",
               c == '@' ? "a source stands behind its number: `38 @ft-2024`; as text, quote it" : "quote it");
      return true;
    case '>':
    case '|':
      complain("E0125", b, e, std::string("a value beginning with `") + c + "` is read as a folded text",
               "text behind it on the same line",
               "quote it: '" + shorten(text_.substr(b, e - b), 40) + "', or write the text on the lines below");
      return true;
    case '%':
    case ',':
    case ']':
    case '}':
    case '#':
      return say("quote it");
    case '-':
      if (blank_at(b + 1, e))
        return say(flow ? "quote it" : "a list begins on a line of its own, or is written [a, b]");
      return true;
    case '?':
    case ':':
      if (flow || blank_at(b + 1, e)) return say("quote it");
      return true;
    default:
      return true;
  }
}

NodeId Reader::plain(std::size_t b, std::size_t e, bool flow) {
  if (!begins_well(b, e, flow)) return no_node;
  const auto share = [&](std::size_t colon) {  // `80 %: 5 to 10` is a number
    std::size_t i = b;
    while (i < colon && ((text_[i] >= '0' && text_[i] <= '9') || text_[i] == '.')) ++i;
    const bool digits = i > b;
    while (i < colon && text_[i] == ' ') ++i;
    return digits && i + 1 == colon && text_[i] == '%';
  };
  for (std::size_t i = b; !flow && i < e; ++i)
    if (text_[i] == ':' && blank_at(i + 1, e) && !share(i)) {
      complain("E0127", i, i + 1, "a second colon in one line",
               i + 1 == e ? "at the end of a sentence" : "`: ` inside a sentence", "quote the sentence");
      break;
    }
  return d_.add({.kind = Kind::scalar, .span = span(b, e), .text = text_.substr(b, e - b)});
}

NodeId Reader::quoted(std::size_t b, std::size_t e) {
  const bool twice = text_[b] == '"';
  Node n{.kind = Kind::scalar,
         .style = twice ? Style::double_quoted : Style::single_quoted,
         .span = span(b, e),
         .text = text_.substr(b + 1, e - b - 2)};
  if (n.text.find(twice ? '\\' : '\'') == npos) return d_.add(n);
  std::string text;
  for (std::size_t i = b + 1; i + 1 < e; ++i) {
    const char c = text_[i];
    if (twice && c == '\\') {
      escape(++i, e, text);
      continue;
    }
    text += c;
    if (!twice && c == '\'') ++i;
  }
  n.text = d_.keep(text);
  return d_.add(n);
}

void Reader::escape(std::size_t& i, std::size_t e, std::string& out) {
  const std::size_t from = i - 1;
  const char x = text_[i];
  const auto bad = [&](std::string message, std::string hint) {
    complain("E0128", from, from + 1 + std::max<std::size_t>(utf8_length(text_, i), 1), std::move(message),
             "in double quotes", std::move(hint));
  };
  if (x == 'n') out += '\n';
  else if (x == 't') out += '\t';
  else if (x == '"' || x == '\\' || x == '/') out += x;
  else if (x == 'x' || x == 'u') {
    const std::size_t digits = x == 'x' ? 2 : 4;
    unsigned code = 0;
    bool good = i + digits + 1 < e;
    for (std::size_t k = 1; good && k <= digits; ++k) {
      const char h = text_[i + k];
      if (h >= '0' && h <= '9') code = code * 16 + static_cast<unsigned>(h - '0');
      else if (h >= 'a' && h <= 'f') code = code * 16 + static_cast<unsigned>(h - 'a' + 10);
      else if (h >= 'A' && h <= 'F') code = code * 16 + static_cast<unsigned>(h - 'A' + 10);
      else good = false;
    }
    std::string character;
    if (code < 0x80) character += static_cast<char>(code);
    else if (code < 0x800)
      character += static_cast<char>(0xc0 | code >> 6), character += static_cast<char>(0x80 | (code & 63));
    else
      character += static_cast<char>(0xe0 | code >> 12), character += static_cast<char>(0x80 | (code >> 6 & 63)),
          character += static_cast<char>(0x80 | (code & 63));
    const bool known = good && utf8_length(character, 0) == character.size() && code != '\r' &&
                       !refused(character, 0, character.size());
    if (!known) return bad("this escape is not complete or names no character", "");
    i += digits;
    out += character;
  } else {
    const std::size_t n = std::max<std::size_t>(utf8_length(text_, i), 1);
    bad("no escape `\\" + std::string(text_.substr(i, n)) + "`", "single quotes take everything as it stands");
    i += n - 1;
  }
}

// The following deeper lines of the raw text. Lines of the first line's indentation are joined by a blank (`>`) or a
// line end (`|`); around lines indented more every line end stays; n empty lines are n line ends more, or, between
// lines that are joined, n in place of the blank.
NodeId Reader::folded(std::size_t from, Indent indent) {
  const bool literal = text_[from] == '|';
  Node n{.kind = Kind::scalar, .style = literal ? Style::literal : Style::folded, .span = span(from, from + 1)};
  std::string text;
  Indent own = -1;
  std::size_t empty = 0;
  bool deeper_before = false, told = false;
  for (std::size_t end = line_end(from); end + 1 < text_.size();) {
    const std::size_t b = end + 1;
    const std::size_t e = end = line_end(b);
    std::size_t c = b, stop = e;
    while (c < e && text_[c] == ' ') ++c;
    while (stop > c && blank_at(stop - 1, text_.size())) --stop;
    if (c == stop) {
      ++empty;
      continue;
    }
    const auto here = static_cast<Indent>(c - b);
    if (here <= indent || (here < own && text_[c] == '#')) break;  // less indented, a comment ends the text
    const bool first = own < 0;
    if (first) own = here;
    if (first && text_[c] == '\t')
      complain("E0106", c, c + 1, "a tab in the indentation", "a tab", "indent with spaces")
          .edits.push_back({span(c, c + 1), "  "});
    if (here < own && !told) {
      complain("E0139", c, stop, "this line is indented less than the text's first line",
               "expected at column " + std::to_string(own + 1));
      told = true;
    }
    const std::size_t begin = std::min(b + static_cast<std::size_t>(own), c);
    const bool deeper = blank(text_[begin]);
    const bool joined = !literal && !deeper && !deeper_before && !first;
    if (joined && empty == 0) text += ' ';
    text.append(empty + (first || joined ? 0 : 1), '\n');
    text += text_.substr(begin, stop - begin);
    n.span.end = static_cast<std::uint32_t>(stop);
    empty = 0;
    deeper_before = deeper;
  }
  while (at_ < lines_.size() && lines_[at_].content < n.span.end) ++at_;
  if (own < 0) complain("E0129", from, from + 1, "no text follows", "expected indented lines below");
  n.text = d_.keep(text);
  return d_.add(n);
}

}  // namespace entente::text
