// Flow values, `{…}` and `[…]`: recursive descent over the characters of the raw text; comments and line ends are
// skipped. After an error the whole value is given up (broken_), and the block reader goes on behind it. The usual
// error is a bracket that is never closed: a line that looks like a key and is indented no more than the line on which
// the value began ends the value, so that one slip does not swallow the rest of the file.
#include <algorithm>
#include <array>

#include "text/reader.hpp"
#include "text/utf8.hpp"

namespace entente::text {
namespace {
bool letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}
bool bracket_or_comma(char c) { return c == ',' || c == '[' || c == ']' || c == '{' || c == '}'; }
// What may end a plain text inside a flow value.
constexpr auto may_end = [] {
  std::array<bool, 256> all{};
  for (const char c : {'\n', ',', '[', ']', '{', '}', ':', '#'}) all[static_cast<unsigned char>(c)] = true;
  return all;
}();
}  // namespace

NodeId Reader::flow_block(std::size_t from, Indent indent, std::size_t depth) {
  pos_ = from;
  broken_ = false;
  flow_indent_ = indent;
  const NodeId node = flow(depth);
  ++at_;
  if (stop_) return no_node;
  if (broken_) {
    skip_deeper(indent);
    const auto closes = [&](const Line& l) { return content(l).find_first_not_of("]}, ") == npos; };
    while (at_ < lines_.size() && closes(lines_[at_])) ++at_;
    return no_node;
  }
  const std::size_t end = line_end(pos_);
  std::size_t i = pos_;
  while (i < end && blank(text_[i])) ++i;
  if (i < end && text_[i] != '\r' && !(text_[i] == '#' && blank(text_[i - 1])))
    complain("E0130", i, end, "text behind a closing bracket", "expected the line's end");
  while (at_ < lines_.size() && lines_[at_].begin < end) ++at_;
  return node;
}

bool Reader::blanks() {
  while (pos_ < text_.size()) {
    const char c = text_[pos_];
    if (c == '\n') {
      ++pos_;
      if (outside(pos_)) return false;
    } else if (blank(c) || c == '\r') {
      ++pos_;
    } else if (c == '#' && pos_ > 0 && blank_at(pos_ - 1, text_.size())) {
      pos_ = line_end(pos_);
    } else {
      return true;
    }
  }
  return false;
}

bool Reader::outside(std::size_t line) const {
  std::size_t i = line;
  while (i < text_.size() && text_[i] == ' ') ++i;
  const auto indent = static_cast<Indent>(i - line);
  if (indent == 0 && is_marker(line)) return true;
  if (indent > flow_indent_) return false;
  const std::size_t from = i;
  while (i < text_.size() && letter_or_digit(text_[i])) ++i;
  return i > from && i < text_.size() && text_[i] == ':' && blank_at(i + 1, text_.size());
}

NodeId Reader::unclosed(std::size_t open) {
  if (!broken_)
    complain("E0131", open, open + 1, text_[open] == '{' ? "this brace is not closed" : "this bracket is not closed",
             "opened here");
  broken_ = true;
  return no_node;
}

NodeId Reader::flow(std::size_t depth) {
  if (deep(depth, pos_)) {
    broken_ = true;
    at_ = lines_.size();
    return no_node;
  }
  const char c = text_[pos_];
  if (c == '{') return flow_map(depth);
  if (c == '[') return flow_list(depth);
  return flow_scalar();
}

NodeId Reader::flow_scalar() {
  const std::size_t b = pos_;
  if (text_[b] == '"' || text_[b] == '\'') {
    const std::size_t close = quote_end(b, line_end(b));
    if (close == npos) {
      complain("E0118", b, b + 1, "this quote is not closed on its line", "opened here");
      broken_ = true;
      return no_node;
    }
    pos_ = close + 1;
    return quoted(b, pos_);
  }
  while (pos_ < text_.size()) {
    const char c = text_[pos_];
    if (!may_end[static_cast<unsigned char>(c)]) {
      ++pos_;
      continue;
    }
    if (c == '\n' || bracket_or_comma(c)) break;
    if (c == ':' && (blank_at(pos_ + 1, text_.size()) || bracket_or_comma(text_[pos_ + 1]) || text_[pos_ + 1] == '?'))
      break;  // `:?` inside a flow value is refused by other readers of YAML too
    if (c == '#' && pos_ > b && blank(text_[pos_ - 1])) break;
    ++pos_;
  }
  std::size_t e = pos_;
  while (e > b && blank_at(e - 1, text_.size())) --e;
  if (e == b) return null(b, b);
  const auto t = text_.substr(b, e - b);
  if (pos_ < text_.size() && text_[pos_] == ',' && t.find('(') != npos && t.find(')') == npos) return cut_call(b, e);
  return plain(b, e, true);
}

// `triangular(1, 2, 4)` without quotes: the comma cuts it.
NodeId Reader::cut_call(std::size_t b, std::size_t e) {
  const std::size_t end = line_end(pos_);
  if (pos_ < paren_from_ || pos_ > paren_to_) {
    paren_from_ = pos_;
    paren_to_ = std::min(text_.substr(0, end).find(')', pos_), end);
  }
  const bool closed = paren_to_ < end;
  if (closed) pos_ = paren_to_ + 1;
  const std::string_view value = text_.substr(b, (closed ? pos_ : e) - b);
  auto& d = complain("E0132", b, b + value.size(), "a comma in an unquoted value", "ends at the comma as it stands",
                     "put it in quotes: \"" + shorten(value) + "\"");
  if (closed && value.find_first_of("\"\\\n#") == npos)
    d.edits.push_back({span(b, b + value.size()), "\"" + std::string(value) + "\""});
  return null(b, e, true);
}

NodeId Reader::flow_list(std::size_t depth) {
  const std::size_t open = pos_++;
  Node n{.kind = Kind::list, .span = span(open, open + 1)};
  while (true) {
    if (!blanks()) return unclosed(open);
    if (text_[pos_] == ']') break;
    if (text_[pos_] == '}') {
      complain("E0133", pos_, pos_ + 1, "a brace closes a bracket", "expected `]`")
          .remarks.push_back({span(open, open + 1), "opened here"});
      broken_ = true;
      return no_node;
    }
    if (text_[pos_] == ',') {
      complain("E0134", pos_, pos_ + 1, "nothing stands before this comma", "expected a value");
      ++pos_;
      continue;
    }
    const NodeId item = flow(depth + 1);
    if (broken_ || stop_) return no_node;
    if (item != no_node) d_.push(n.items, item);
    if (!separator(open, ']')) return no_node;
  }
  n.span.end = static_cast<std::uint32_t>(++pos_);
  return d_.add(n);
}

bool Reader::separator(std::size_t open, char close) {
  if (!blanks()) {
    unclosed(open);
    return false;
  }
  const char c = text_[pos_];
  if (c == ',') {
    ++pos_;
    return true;
  }
  if (c == close) return true;
  if (c == ']' || c == '}') {
    complain("E0133", pos_, pos_ + 1, std::string("expected `") + close + "`", "another bracket")
        .remarks.push_back({span(open, open + 1), "opened here"});
  } else if (c == ':') {
    complain("E0135", pos_, pos_ + 1, "a colon where a comma or the end is expected", "before this",
             close == ']' ? "keys with values stand in braces; a value with `: ` in it needs quotes"
                          : "a value with `: ` in it needs quotes");
  } else {
    complain("E0135", pos_, pos_ + utf8_length(text_, pos_), "a comma is missing", "before this",
             "a value over several lines needs quotes; commas stand between elements");
  }
  broken_ = true;
  return false;
}

NodeId Reader::flow_map(std::size_t depth) {
  const std::size_t open = pos_++;
  Node n{.kind = Kind::map, .span = span(open, open + 1)};
  Seen seen;
  while (true) {
    if (!blanks()) return unclosed(open);
    if (text_[pos_] == '}') break;
    if (text_[pos_] == ',') {
      complain("E0134", pos_, pos_ + 1, "nothing stands before this comma", "expected `key: value`");
      ++pos_;
      continue;
    }
    if (!flow_pair(n, seen, open, depth)) return no_node;
  }
  n.span.end = static_cast<std::uint32_t>(++pos_);
  return d_.add(n);
}

bool Reader::flow_pair(Node& n, Seen& seen, std::size_t open, std::size_t depth) {
  const std::size_t from = pos_;
  const char c = text_[from];
  broken_ = c == '{' || c == '[' || c == ']';
  if (broken_) {
    complain("E0116", from, from + 1, "a key is one plain or quoted word", "found a bracket");
    return false;
  }
  const NodeId key = flow_scalar();
  if (broken_ || key == no_node) {
    broken_ = true;
    return false;
  }
  const std::size_t end = line_end(pos_);  // the colon stands on the key's line
  const bool more = blanks();
  const bool plain_key = d_[key].style == Style::plain;
  if (!more || text_[pos_] != ':' || pos_ > end || (plain_key && !blank_at(pos_ + 1, text_.size()))) {
    no_value(n, from, d_[key]);
    if (more && text_[pos_] == ',') {
      ++pos_;
      return true;
    }
    broken_ = !more || text_[pos_] != '}';
    return !broken_;
  }
  if (d_[key].kind == Kind::null) {
    complain("E0113", pos_, pos_ + 1, "a key is missing before this colon", "no key");
  } else if (pos_ - from > 1000) {
    complain("E0138", from, pos_, "a key of more than 1000 bytes", "too long for a key");
  }
  ++pos_;
  if (!blanks()) {
    unclosed(open);
    return false;
  }
  const std::uint32_t key_end = d_[key].span.end;
  const bool nothing = text_[pos_] == ',' || text_[pos_] == '}';
  NodeId item = nothing ? no_node : flow(depth + 1);
  if (broken_ || stop_) return false;
  if (item == no_node) item = null(from, key_end, !nothing);
  put(n, seen, key, item);
  return separator(open, '}');
}

void Reader::no_value(const Node& map, std::size_t from, const Node& key) {
  const bool cut = pos_ < text_.size() && (text_[pos_] == ',' || text_[pos_] == '}');
  const bool after_value = cut && !map.items.empty() && d_[map.items.back()].kind == Kind::scalar;
  const auto digit = [](char x) { return x >= '0' && x <= '9'; };
  const std::string_view before = after_value ? d_[map.items.back()].text : "";
  const bool number = !before.empty() && digit(before.back()) && digit(text_[from]);
  const bool glued =
      key.style == Style::plain && (key.text.find(':') != npos || (pos_ < text_.size() && text_[pos_] == ':'));
  complain("E0136", from, std::max<std::size_t>(key.span.end, from + 1), "`" + shorten(key.text) + "` has no value",
           "expected `key: value`",
           number        ? "a number has no comma: write 13600 or 13.6"
           : glued       ? "a colon is followed by a space"
           : after_value ? "a value with a comma in it needs quotes"
                         : "");
}

}  // namespace entente::text
