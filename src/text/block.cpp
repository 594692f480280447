// Block structure: recursive descent over lines. A mapping or list is the run of lines of one indentation; what is
// indented deeper belongs to the line above. After an error in a line the reader goes on with the next line of the same
// or a lesser indentation.
#include <algorithm>

#include "text/reader.hpp"

namespace entente::text {

NodeId Reader::block(std::size_t indent, std::size_t depth) {
  const Line& l = lines_[at_];
  if (deep(depth, l.content)) {
    at_ = lines_.size();
    return no_node;
  }
  if (is_item(l.content, l.end)) return list(indent, depth);
  if (key_colon(l.content, l.end) != npos || text_.substr(l.content, 2) == "? " || text_.substr(l.content, 1) == ":")
    return map(indent, depth);
  return lone(depth);
}

NodeId Reader::lone(std::size_t depth) {  // a scalar or flow value that is a whole block
  const Line l = lines_[at_];
  const std::string_view c = content(l);
  if (c[0] == '{' || c[0] == '[' || c[0] == '"' || c[0] == '\'') return value(l.content, l.indent(), depth);
  ++at_;
  if (c == "---" || c == "...") {
    complain("E0108", l.content, l.end, "one document to a file", "`" + std::string(c) + "` begins or ends another");
    stop_ = true;
    at_ = lines_.size();
    return no_node;
  }
  if (c[0] == '%') {
    complain("E0109", l.content, l.end, "no directives", "a line beginning with %");
    return no_node;
  }
  const NodeId node = plain(l.content, l.end, false);
  if (depth == 0)
    complain("E0110", l.content, l.end, "expected a mapping", "a line such as `key: value`",
             c.find('=') != std::string_view::npos ? "a key is followed by a colon, not by `=`"
                                                   : "perhaps a colon is missing");
  return node;
}

NodeId Reader::list(std::size_t indent, std::size_t depth) {
  Node n{.kind = Kind::list, .span = span(lines_[at_].content, lines_[at_].end)};
  while (at_ < lines_.size() && !stop_) {
    Line& l = lines_[at_];
    if (l.indent() != indent || !is_item(l.content, l.end)) {
      if (l.indent() <= indent) break;
      complain("E0111", l.content, l.end, "this line is indented more than the list it stands in",
               "expected `- ` at column " + std::to_string(indent + 1));
      skip_deeper(indent);
      continue;
    }
    std::size_t inner = l.content + 1;
    while (inner < l.end && text_[inner] == ' ') ++inner;
    NodeId item;
    if (inner >= l.end) {
      ++at_;
      item = at_ < lines_.size() && lines_[at_].indent() > indent ? block(lines_[at_].indent(), depth + 1)
                                                                  : null(l.content, l.end);
    } else if (is_item(inner, l.end) || (key_colon(inner, l.end) != npos)) {
      l.content = inner;  // `- key: value`: a block that begins behind the dash
      item = block(l.indent(), depth + 1);
    } else {
      item = value(inner, indent, depth + 1);
    }
    if (item == no_node) item = null(inner, inner);
    n.span.end = std::max(n.span.end, d_[item].span.end);
    n.items.push_back(item);
  }
  return d_.add(std::move(n));
}

void Reader::skip_deeper(std::size_t indent) {
  while (at_ < lines_.size() && lines_[at_].indent() > indent) ++at_;
}

NodeId Reader::map(std::size_t indent, std::size_t depth) {
  Node n{.kind = Kind::map, .span = span(lines_[at_].content, lines_[at_].end)};
  Seen seen;
  while (at_ < lines_.size() && !stop_) {
    const Line l = lines_[at_];
    if (l.indent() < indent) break;
    if (l.indent() > indent) {
      complain("E0114", l.content, l.end, "this line is indented more than its neighbours",
               "expected at column " + std::to_string(indent + 1),
               "align it with the key above, or check that key's value");
      skip_deeper(indent);
      continue;
    }
    if (is_item(l.content, l.end)) {
      if (n.items.empty()) break;
      complain("E0115", l.content, l.end, "a list item among keys", "expected `key: value`");
      ++at_;
      skip_deeper(indent);
      continue;
    }
    const std::string_view c = content(l);
    if (c.starts_with("? ")) {
      complain("E0116", l.content, l.content + 1, "a key is one plain or quoted word", "`? ` keys are not read here");
      ++at_;
      skip_deeper(indent);
      continue;
    }
    const std::size_t colon = key_colon(l.content, l.end);
    if (colon == npos) {
      if (c == "---" || c == "...") {
        complain("E0108", l.content, l.end, "one document to a file",
                 "`" + std::string(c) + "` begins or ends another");
        at_ = lines_.size();
        stop_ = true;
        break;
      }
      const bool glued = c.find(':') != std::string_view::npos;
      complain("E0117", l.content, l.end, "this line has no key", "expected `key: value`",
               c[0] == '{' || c[0] == '[' ? ""
               : glued                    ? "a colon is followed by a space"
                                          : "a sentence on several lines begins with `>`, or stands in quotes");
      ++at_;
      skip_deeper(indent);
      continue;
    }
    const NodeId key = key_node(l.content, colon);
    std::size_t from = colon + 1;
    while (from < l.end && (text_[from] == ' ' || text_[from] == '\t')) ++from;
    NodeId item = no_node;
    if (from >= l.end) {
      ++at_;
      const bool deeper = at_ < lines_.size() && lines_[at_].indent() > indent;
      const bool list_here =
          at_ < lines_.size() && lines_[at_].indent() == indent && is_item(lines_[at_].content, lines_[at_].end);
      if (deeper || list_here) item = block(lines_[at_].indent(), depth + 1);
      else item = null(l.content, colon);
    } else {
      item = value(from, indent, depth + 1);
    }
    if (item == no_node) item = null(l.content, colon);
    if (key == no_node) continue;
    n.span.end = std::max(n.span.end, d_[item].span.end);
    if (!fresh(seen, d_[key].text, d_[key].span)) continue;
    n.keys.push_back(key);
    n.items.push_back(item);
  }
  return d_.add(std::move(n));
}

NodeId Reader::value(std::size_t from, std::size_t indent, std::size_t depth) {
  const Line l = lines_[at_];
  const char c = text_[from];
  if (c == '{' || c == '[') return flow_block(from, indent, depth);
  if (c == '"' || c == '\'') {
    const std::size_t close = quote_end(from, text_.size());
    const std::size_t line_stop = std::min(text_.find('\n', from), text_.size());
    if (close == npos || close >= line_stop) {
      ++at_;
      complain("E0118", from, from + 1, "this quote is not closed on its line", "opened here",
               "a longer text is written with `>` and indented lines");
      skip_deeper(indent);
      return no_node;
    }
    ++at_;
    if (close + 1 < l.end) {
      complain("E0119", close + 1, l.end, "text behind a closing quote", "expected the line's end",
               "put the whole value into the quotes");
      return no_node;
    }
    return quoted(from, close + 1);
  }
  if ((c == '>' || c == '|') &&
      (from + 1 == l.end || ((text_[from + 1] == '-' || text_[from + 1] == '+') && from + 2 == l.end)))
    return folded(from, indent);
  ++at_;
  const NodeId node = plain(from, l.end, false);
  if (at_ < lines_.size() && lines_[at_].indent() > indent) {
    const Line& next = lines_[at_];
    if (key_colon(next.content, next.end) != npos)
      complain("E0120", next.content, next.end, "a key inside a single value", "the line above has a value already",
               "a key with keys below it has nothing behind its colon");
    else
      complain("E0121", next.content, next.end, "a value that goes on in a second line", "not read here",
               "begin it with `>` on the first line, or quote it on one line");
    skip_deeper(indent);
  }
  return node;
}

}  // namespace entente::text
