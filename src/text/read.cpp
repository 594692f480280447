// The reader of the YAML subset.
//
// Problem. Say several complaints in one run, each at its place, and never lose the way on hostile input.
// Choice. The text is first cut into lines with their indentation; blank and comment lines fall away. Block structure
// is then recursive descent over lines (a mapping or list is the run of lines of one indentation), flow structure
// recursive descent over characters. After an error in a line the reader goes on with the next line of the same or a
// lesser indentation; after an error inside a flow value, behind that value. Depth is limited, so recursion is too.
// Cost. Each byte is looked at a few times; duplicate keys are found by hashing. O(size).
// Left out on purpose: anchors, aliases, tags, directives, several documents, complex keys, plain scalars over several
// lines. A single `---` before the content is allowed, because editors write it.
#include <algorithm>
#include <unordered_map>

#include "entente/text/node.hpp"
#include "text/utf8.hpp"

namespace entente::text {
namespace {

struct Line {
  std::size_t begin = 0, content = 0, end = 0;  // offsets; end without trailing blanks and comment
  [[nodiscard]] std::size_t indent() const { return content - begin; }
};

class Reader {
 public:
  Reader(const SourceMap& sources, std::uint32_t file, Diagnostics& out, const ReadOptions& o)
      : text_(sources[file].text()), file_(file), out_(out), o_(o) {}

  Document run() {
    if (text_.size() > o_.size || text_.size() > 0xfffffff0u) {
      out_.error("E0101", span(0, 0), "this file is larger than " + std::to_string(o_.size >> 20) + " MiB");
      return {};
    }
    if (!bytes() || !split()) return {};
    if (lines_.empty()) return {};
    at_ = 0;
    if (text_.substr(lines_[0].content, lines_[0].end - lines_[0].content) == "---" && lines_[0].indent() == 0) ++at_;
    if (at_ >= lines_.size()) return {};
    d_.root = block(lines_[at_].indent(), 0);
    while (at_ < lines_.size() && !stop_) {
      complain("E0102", lines_[at_].content, lines_[at_].end, "this line does not belong to what is above it",
               "indented less than the first line", "give all top-level keys the same indentation");
      const std::size_t here = lines_[at_].indent();
      while (at_ < lines_.size() && lines_[at_].indent() >= here) ++at_;
      break;
    }
    return std::move(d_);
  }

 private:
  Span span(std::size_t b, std::size_t e) const {
    return {file_, static_cast<std::uint32_t>(b), static_cast<std::uint32_t>(e)};
  }
  Diagnostic& complain(std::string code, std::size_t b, std::size_t e, std::string message, std::string label = {},
                       std::string hint = {}) {
    return out_.error(std::move(code), span(b, std::max(e, b + 1)), std::move(message), std::move(label),
                      std::move(hint));
  }

  bool bytes() {
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

  // Where the content of [from, to) ends: before ` #` outside quotes, without trailing blanks.
  std::size_t content_end(std::size_t from, std::size_t to) const {
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

  bool split() {
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

  std::string_view content(const Line& l) const { return text_.substr(l.content, l.end - l.content); }

  bool deep(std::size_t depth, std::size_t at) {
    if (depth <= o_.depth) return false;
    if (!stop_)
      complain("E0107", at, at + 1, "nested more than " + std::to_string(o_.depth) + " deep", "too deep here");
    stop_ = true;
    return true;
  }

  // The block value whose first line is lines_[at_], of indentation `indent`.
  NodeId block(std::size_t indent, std::size_t depth) {
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

  bool is_item(std::size_t b, std::size_t e) const {
    return b < e && text_[b] == '-' && (b + 1 == e || text_[b + 1] == ' ');
  }

  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  // Offset of the colon that ends a key beginning at b, or npos.
  std::size_t key_colon(std::size_t b, std::size_t e) const {
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

  std::size_t quote_end(std::size_t b, std::size_t e) const {  // of the closing quote
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

  NodeId lone(std::size_t depth) {  // a scalar or flow value that is a whole block
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

  NodeId list(std::size_t indent, std::size_t depth) {
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

  void skip_deeper(std::size_t indent) {
    while (at_ < lines_.size() && lines_[at_].indent() > indent) ++at_;
  }

  NodeId null(std::size_t b, std::size_t e) { return d_.add({.kind = Kind::null, .span = span(b, e)}); }

  struct Seen {
    std::unordered_map<std::string, Span> keys;
  };
  // False: the key stands already.
  bool fresh(Seen& seen, const std::string& key, Span at) {
    const auto [it, first] = seen.keys.emplace(key, at);
    if (first) return true;
    auto& d = out_.error("E0112", at, "the key `" + key.substr(0, 60) + "` stands twice", "the second time");
    d.remarks.push_back({it->second, "first here"});
    return false;
  }

  NodeId key_node(std::size_t b, std::size_t colon) {
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

  NodeId map(std::size_t indent, std::size_t depth) {
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

  // A value that begins at `from` in lines_[at_]; leaves at_ behind its last line.
  NodeId value(std::size_t from, std::size_t indent, std::size_t depth) {
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

  void forbidden(std::size_t b, std::size_t e) {
    const char c = text_[b];
    if (c == '&' || c == '*')
      complain("E0122", b, e, "no anchors and aliases", c == '&' ? "an anchor" : "an alias",
               "give shared numbers a name under `drivers`");
    else complain("E0123", b, e, "no tags", "a tag");
  }

  NodeId plain(std::size_t b, std::size_t e, bool flow) {
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

  NodeId quoted(std::size_t b, std::size_t e) {  // [b, e) with its quotes, on one line
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

  // `>` and `|`: the following deeper lines of the raw text. Folding: lines joined by a space, an empty line is a line
  // end.
  NodeId folded(std::size_t from, std::size_t indent) {
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

  // ---- flow values: characters of the raw text, comments and line ends skipped, indentation free ----
  NodeId flow_block(std::size_t from, std::size_t indent, std::size_t depth) {
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

  void blanks() {
    while (pos_ < text_.size()) {
      const char c = text_[pos_];
      if (c == ' ' || c == '\n' || c == '\r' || c == '\t') ++pos_;
      else if (c == '#' && pos_ > 0 && (text_[pos_ - 1] == ' ' || text_[pos_ - 1] == '\n' || text_[pos_ - 1] == '\t'))
        pos_ = std::min(text_.find('\n', pos_), text_.size());
      else break;
    }
  }

  NodeId unclosed(std::size_t open) {
    if (!broken_) {
      complain("E0131", open, open + 1, text_[open] == '{' ? "this brace is not closed" : "this bracket is not closed",
               "opened here");
      broken_ = true;
    }
    return no_node;
  }

  // A key at column 1 of a new line inside a flow value: somebody forgot to close it.
  bool ran_out(std::size_t open) {
    if (pos_ < text_.size() && (pos_ == 0 || text_[pos_ - 1] == '\n') && is_key_line(pos_)) {
      unclosed(open);
      return true;
    }
    return pos_ >= text_.size();
  }
  bool is_key_line(std::size_t b) const {
    const std::size_t e = std::min(text_.find('\n', b), text_.size());
    std::size_t i = b;
    while (i < e && (std::isalnum(static_cast<unsigned char>(text_[i])) || text_[i] == '-' || text_[i] == '_')) ++i;
    return i > b && i < e && text_[i] == ':' && (i + 1 == e || text_[i + 1] == ' ');
  }

  NodeId flow(std::size_t depth) {
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

  NodeId flow_scalar() {
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

  NodeId flow_list(std::size_t depth) {
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

  // Behind an element: a comma, or the end. False: broken.
  bool separator(std::size_t open, char close) {
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

  NodeId flow_map(std::size_t depth) {
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

  std::string_view text_;
  std::uint32_t file_;
  Diagnostics& out_;
  ReadOptions o_;
  Document d_;
  std::vector<Line> lines_;
  std::size_t start_ = 0, at_ = 0, pos_ = 0;
  bool stop_ = false, broken_ = false;
};

}  // namespace

Document read(const SourceMap& sources, std::uint32_t file, Diagnostics& out, const ReadOptions& options) {
  return Reader(sources, file, out, options).run();
}

}  // namespace entente::text
