// Block structure: recursive descent over lines. A mapping or list is the run of lines of one indentation; what is
// indented deeper belongs to the line above. After an error in a line the reader goes on with the next line of the same
// or a lesser indentation.
#include <algorithm>

#include "text/reader.hpp"
#include "text/utf8.hpp"

namespace entente::text {

NodeId Reader::block(Indent outer, std::size_t depth) {
  const Line& l = lines_[at_];
  if (deep(depth, l.content)) {
    at_ = lines_.size();
    return no_node;
  }
  if (line_stops()) return no_node;
  if (is_item(l.content, l.end)) return list(outer, depth);
  const bool asked = text_[l.content] == '?' && blank_at(l.content + 1, l.end);
  if (asked || key_colon(l.content, l.end) != npos) return map(depth);
  return value(l.content, outer, depth);
}

// The indentation with a space for every other blank, and for a tab as many as the file's first indented line has;
// nothing where tabs and blanks are mixed: how wide the tab was is not known then.
std::vector<Edit> Reader::spaced(const Line& l) const {
  const std::string_view written = text_.substr(l.begin, l.content - l.begin);
  if (written.find('\t') != npos && written.find_first_not_of('\t') != npos) return {};
  std::size_t step = 2;
  for (const Line& other : lines_)
    if (other.content > other.begin && other.content < other.end && text_[other.begin] == ' ') {
      step = std::min<std::size_t>(other.content - other.begin, 8);
      break;
    }
  std::string out;
  for (std::size_t i = l.begin; i < l.content;) {
    out.append(text_[i] == '\t' ? step : 1, ' ');
    i += std::max<std::size_t>(utf8_length(text_, i), 1);
  }
  return {{span(l.begin, l.content), std::move(out)}};
}

bool Reader::line_stops() {
  Line& l = lines_[at_];
  if (l.tab)
    complain("E0106", l.begin, l.content, "a tab in the indentation", "holds a tab", "indent with spaces").edits =
        spaced(l);
  if (l.odd)
    complain("E0106", l.begin, l.content, "a blank that is no space in the indentation",
             "such as a no-break space (U+00A0)", "indent with spaces; a pasted text often brings others")
        .edits = spaced(l);
  l.tab = l.odd = false;
  if (l.indent() != 0 || !is_marker(l.content)) return false;
  complain("E0108", l.content, l.end, "one document to a file",
           "`" + std::string(text_.substr(l.content, 3)) + "` begins or ends another");
  stop_ = true;
  at_ = lines_.size();
  return true;
}

bool Reader::is_lone_text(const Line& l) const {
  const char c = text_[l.content];
  if (c == '{' || c == '[' || c == '"' || c == '\'' || c == '>' || c == '|' || is_marker(l.content)) return false;
  if (c == '?' && blank_at(l.content + 1, l.end)) return false;
  return !is_item(l.content, l.end) && key_colon(l.content, l.end) == npos;
}

void Reader::skip_deeper(Indent indent) {
  while (at_ < lines_.size() && lines_[at_].indent() > indent) ++at_;
}

NodeId Reader::list(Indent outer, std::size_t depth) {
  const Indent indent = lines_[at_].indent();
  Node n{.kind = Kind::list, .span = span(lines_[at_].content, lines_[at_].end)};
  while (at_ < lines_.size() && !stop_) {
    Line& l = lines_[at_];
    if (l.indent() < indent || line_stops()) break;
    if (l.indent() > indent) {
      complain("E0111", l.content, l.end, "this line is indented more than the list it stands in",
               "expected `- ` at column " + std::to_string(indent + 1));
      skip_deeper(indent);
      continue;
    }
    if (!is_item(l.content, l.end)) {
      if (outer == indent) break;  // a list may stand at the indentation of its key; then this is the next key
      complain("E0137", l.content, l.end, "a line without a dash among list items", "expected `- `",
               "a key stands further left than the items of the list before it");
      ++at_;
      skip_deeper(indent);
      continue;
    }
    const NodeId item = list_item(l, depth);
    n.span.end = std::max(n.span.end, d_[item].span.end);
    d_.push(n.items, item);
  }
  return d_.add(n);
}

NodeId Reader::list_item(Line& l, std::size_t depth) {
  const Indent indent = l.indent();
  const std::size_t dash = l.content, end = l.end, before = out_.errors();
  std::size_t inner = dash + 1;
  while (inner < end && blank(text_[inner])) ++inner;
  const auto tab = text_.substr(dash, inner - dash).find('\t');
  if (inner < end && tab != npos)
    complain("E0106", dash + tab, dash + tab + 1, "a tab behind the dash", "a tab", "indent with spaces")
        .edits.push_back({span(dash + tab, dash + tab + 1), " "});
  NodeId item = no_node;
  if (inner >= end) {
    ++at_;
    if (at_ < lines_.size() && lines_[at_].indent() > indent) item = block(indent, depth + 1);
  } else if (is_item(inner, end) || key_colon(inner, end) != npos) {
    l.content = inner;  // `- key: value`: a block that begins behind the dash
    item = block(indent, depth + 1);
  } else {
    item = value(inner, indent, depth + 1);
  }
  return item == no_node ? null(dash, end, inner < end || out_.errors() > before) : item;
}

std::size_t Reader::key_of(const Line& l) {
  const std::string_view c = content(l);
  if (is_item(l.content, l.end)) {
    complain("E0115", l.content, l.end, "a list item among keys", "expected `key: value`",
             "a list stands below its key, and has no keys beside it");
    return npos;
  }
  if (c[0] == '?' && blank_at(l.content + 1, l.end)) {
    complain("E0116", l.content, l.content + 1, "a key is one plain or quoted word", "`? ` keys are not read here");
    return npos;
  }
  const std::size_t colon = key_colon(l.content, l.end);
  if (colon != npos) return colon;
  const bool glued = c.find(':') != std::string_view::npos;
  complain("E0117", l.content, l.end, "this line has no key", "expected `key: value`",
           c[0] == '{' || c[0] == '[' || c[0] == '}' || c[0] == ']' ? "a flow value stands behind its key"
           : glued                                                  ? "a colon is followed by a space"
                   : "a sentence on several lines begins with `>`, or stands in quotes");
  return npos;
}

NodeId Reader::map(std::size_t depth) {
  const Indent indent = lines_[at_].indent();
  Node n{.kind = Kind::map, .span = span(lines_[at_].content, lines_[at_].end)};
  Seen seen;
  while (at_ < lines_.size() && !stop_) {
    const Line l = lines_[at_];
    if (l.indent() < indent || line_stops()) break;
    if (l.indent() > indent) {
      complain("E0114", l.content, l.end, "this line is indented more than its neighbours",
               "expected at column " + std::to_string(indent + 1),
               "align it with the key above, or check that key's value");
      skip_deeper(indent);
      continue;
    }
    const std::size_t colon = key_of(l);
    if (colon == npos) {
      ++at_;
      skip_deeper(indent);
      continue;
    }
    const NodeId key = key_node(l.content, colon);
    const NodeId item = map_value(l, colon, depth);
    n.span.end = std::max(n.span.end, d_[item].span.end);
    if (key != no_node) put(n, seen, key, item);
  }
  return d_.add(n);
}

NodeId Reader::map_value(const Line& l, std::size_t colon, std::size_t depth) {
  std::size_t from = colon + 1;
  const std::size_t before = out_.errors();
  while (from < l.end && blank(text_[from])) ++from;
  NodeId item = no_node;
  if (from < l.end) {
    item = value(from, l.indent(), depth + 1);
  } else {
    ++at_;
    if (at_ < lines_.size()) {
      const Line& next = lines_[at_];
      const bool list_here = next.indent() == l.indent() && is_item(next.content, next.end);
      if (next.indent() > l.indent() || list_here) item = block(l.indent(), depth + 1);
    }
  }
  return item == no_node ? null(l.content, colon, from < l.end || out_.errors() > before) : item;
}

NodeId Reader::value(std::size_t from, Indent indent, std::size_t depth) {
  const Line l = lines_[at_];
  const char c = text_[from];
  if (c == '{' || c == '[') return flow_block(from, indent, depth);
  if (c == '"' || c == '\'') return quoted_value(from, indent);
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

NodeId Reader::quoted_value(std::size_t from, Indent indent) {
  const Line l = lines_[at_++];
  const std::size_t close = quote_end(from, line_end(from));
  if (close == npos) {
    complain("E0118", from, from + 1, "this quote is not closed on its line", "opened here",
             "a longer text is written with `>` and indented lines");
    skip_deeper(indent);
    return no_node;
  }
  if (close + 1 < l.end) {
    complain("E0119", close + 1, l.end, "text behind a closing quote", "expected the line's end",
             "put the whole value into the quotes");
    return no_node;
  }
  return quoted(from, close + 1);
}

}  // namespace entente::text
