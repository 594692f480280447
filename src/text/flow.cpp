// Flow values, `{…}` and `[…]`: recursive descent over the characters of the raw text; comments and line ends are
// skipped and indentation says nothing. After an error the whole value is given up (broken_), and the block reader goes
// on behind it.
#include <algorithm>
#include <cctype>

#include "text/reader.hpp"

namespace entente::text {

NodeId Reader::flow_block(std::size_t from, std::size_t indent, std::size_t depth) {
  pos_ = from;
  broken_ = false;
  const NodeId node = flow(depth);
  std::size_t i = pos_;
  if (!broken_ && !stop_) {
    while (i < text_.size() && (text_[i] == ' ' || text_[i] == '\t' || text_[i] == '\r')) ++i;
    if (i < text_.size() && text_[i] != '\n' && !(text_[i] == '#' && (text_[i - 1] == ' ' || text_[i - 1] == '\t'))) {
      const std::size_t e = std::min(text_.find('\n', i), text_.size());
      complain("E0130", i, e, "text behind a closing bracket", "expected the line's end");
    }
  }
  const std::size_t reached = std::min(text_.find('\n', std::min(pos_, text_.size())), text_.size());
  ++at_;
  while (at_ < lines_.size() && lines_[at_].begin <= (broken_ ? from : reached) && lines_[at_].begin < text_.size()) {
    if (lines_[at_].begin > reached) break;
    ++at_;
  }
  if (broken_) skip_deeper(indent);
  return node;
}

void Reader::blanks() {
  while (pos_ < text_.size()) {
    const char c = text_[pos_];
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') ++pos_;
    else if (c == '#' && pos_ > 0 && (text_[pos_ - 1] == ' ' || text_[pos_ - 1] == '\n' || text_[pos_ - 1] == '\t'))
      pos_ = std::min(text_.find('\n', pos_), text_.size());
    else break;
  }
}

NodeId Reader::unclosed(std::size_t open) {
  if (!broken_) {
    complain("E0131", open, open + 1, text_[open] == '{' ? "this brace is not closed" : "this bracket is not closed",
             "opened here");
    broken_ = true;
  }
  return no_node;
}

bool Reader::ran_out(std::size_t open) {
  if (pos_ < text_.size() && (pos_ == 0 || text_[pos_ - 1] == '\n') && is_key_line(pos_)) {
    unclosed(open);
    return true;
  }
  return pos_ >= text_.size();
}

bool Reader::is_key_line(std::size_t b) const {
  const std::size_t e = std::min(text_.find('\n', b), text_.size());
  std::size_t i = b;
  while (i < e && (std::isalnum(static_cast<unsigned char>(text_[i])) || text_[i] == '-' || text_[i] == '_')) ++i;
  return i > b && i < e && text_[i] == ':' && (i + 1 == e || text_[i + 1] == ' ');
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
    const std::size_t line_stop = std::min(text_.find('\n', b), text_.size());
    const std::size_t close = quote_end(b, line_stop);
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
    if (c == ',' || c == ']' || c == '}' || c == '\n' || c == '[' || c == '{') break;
    if (c == ':' && (pos_ + 1 == text_.size() || text_[pos_ + 1] == ' ' || text_[pos_ + 1] == '\n')) break;
    if (c == '#' && pos_ > b && text_[pos_ - 1] == ' ') break;
    ++pos_;
  }
  std::size_t e = pos_;
  while (e > b && (text_[e - 1] == ' ' || text_[e - 1] == '\r' || text_[e - 1] == '\t')) --e;
  if (e == b) return null(b, b);
  if (text_.substr(b, e - b).find('(') != npos && text_.substr(b, e - b).find(')') == npos && pos_ < text_.size() &&
      text_[pos_] == ',') {
    const std::size_t line_stop = std::min(text_.find('\n', b), text_.size());
    const std::size_t close = text_.find(')', pos_);
    complain("E0132", b, close < line_stop ? close + 1 : e, "a comma in an unquoted value",
             "ends at the comma as it stands",
             "put it in quotes: \"" + std::string(text_.substr(b, close < line_stop ? close + 1 - b : e - b)) + "\"");
    if (close < line_stop) pos_ = close + 1;
    return null(b, e);
  }
  return plain(b, e, true);
}

NodeId Reader::flow_list(std::size_t depth) {
  const std::size_t open = pos_++;
  Node n{.kind = Kind::list, .span = span(open, open + 1)};
  while (true) {
    blanks();
    if (ran_out(open)) return unclosed(open);
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
    if (item != no_node) n.items.push_back(item);
    if (!separator(open, ']')) return no_node;
  }
  n.span.end = static_cast<std::uint32_t>(++pos_);
  return d_.add(std::move(n));
}

bool Reader::separator(std::size_t open, char close) {
  blanks();
  if (ran_out(open)) {
    unclosed(open);
    return false;
  }
  if (text_[pos_] == ',') {
    ++pos_;
    return true;
  }
  if (text_[pos_] == close) return true;
  if (text_[pos_] == ']' || text_[pos_] == '}') {
    complain("E0133", pos_, pos_ + 1, std::string("expected `") + close + "`", "another bracket")
        .remarks.push_back({span(open, open + 1), "opened here"});
  } else {
    const bool colon = text_[pos_] == ':';
    complain("E0135", pos_, pos_ + 1, colon ? "a colon where a comma or the end is expected" : "a comma is missing",
             "before this",
             colon ? "a value with `: ` in it needs quotes"
                   : "a value over several lines needs quotes; commas stand between elements");
  }
  broken_ = true;
  return false;
}

NodeId Reader::flow_map(std::size_t depth) {
  const std::size_t open = pos_++;
  Node n{.kind = Kind::map, .span = span(open, open + 1)};
  Seen seen;
  while (true) {
    blanks();
    if (ran_out(open)) return unclosed(open);
    if (text_[pos_] == '}') break;
    if (text_[pos_] == ',') {
      complain("E0134", pos_, pos_ + 1, "nothing stands before this comma", "expected `key: value`");
      ++pos_;
      continue;
    }
    if (text_[pos_] == '{' || text_[pos_] == '[' || text_[pos_] == ']') {
      complain("E0116", pos_, pos_ + 1, "a key is one plain or quoted word", "found a bracket");
      broken_ = true;
      return no_node;
    }
    const std::size_t from = pos_;
    const NodeId key = flow_scalar();
    if (broken_ || key == no_node) {
      broken_ = true;
      return no_node;
    }
    blanks();
    if (pos_ >= text_.size() || text_[pos_] != ':') {
      const bool after_value = !n.items.empty() && d_[n.items.back()].kind == Kind::scalar && pos_ < text_.size() &&
                               (text_[pos_] == ',' || text_[pos_] == '}');
      const std::string before = after_value ? d_[n.items.back()].text : "";
      const bool digits = after_value && !before.empty() && before.back() >= '0' && before.back() <= '9' &&
                          text_[from] >= '0' && text_[from] <= '9';
      complain("E0136", from, std::max(d_[key].span.end, static_cast<std::uint32_t>(from + 1)),
               "`" + d_[key].text.substr(0, 60) + "` has no value", "expected `key: value`",
               digits        ? "a number has no comma: write 13600 or 13.6"
               : after_value ? "a value with a comma in it needs quotes"
                             : "");
      if (pos_ < text_.size() && (text_[pos_] == ',' || text_[pos_] == '}')) {
        if (text_[pos_] == ',') ++pos_;
        continue;
      }
      broken_ = true;
      return no_node;
    }
    ++pos_;
    blanks();
    if (pos_ >= text_.size()) return unclosed(open);
    NodeId item = text_[pos_] == ',' || text_[pos_] == '}' ? null(from, d_[key].span.end) : flow(depth + 1);
    if (broken_ || stop_) return no_node;
    if (item == no_node) item = null(from, d_[key].span.end);
    if (fresh(seen, d_[key].text, d_[key].span)) {
      n.keys.push_back(key);
      n.items.push_back(item);
    }
    if (!separator(open, '}')) return no_node;
  }
  n.span.end = static_cast<std::uint32_t>(++pos_);
  return d_.add(std::move(n));
}

}  // namespace entente::text
