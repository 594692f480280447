// The reader of the YAML subset, one class in four rooms: lines.cpp (bytes and lines), block.cpp, flow.cpp,
// scalars.cpp. They share the text, the place reached and the two ways of giving up: broken_ (this flow value is beyond
// saving) and stop_ (the whole text is).
#pragma once
#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "entente/text/node.hpp"

namespace entente::text {

using Indent = std::ptrdiff_t;  // -1: outside of everything

struct Line {
  std::size_t begin = 0, content = 0, end = 0;  // offsets; end without trailing blanks and comment
  bool tab = false;                             // in the indentation; complained about where indentation matters
  bool odd = false;                             // the same of a blank that is no space
  [[nodiscard]] Indent indent() const { return static_cast<Indent>(content - begin); }
};

class Reader {
 public:
  Reader(const SourceMap& sources, std::uint32_t file, Diagnostics& out, const ReadOptions& o)
      : text_(sources[file].text()), file_(file), out_(out), o_(o) {}
  Document run();

 private:
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
  static bool blank(char c) { return c == ' ' || c == '\t'; }
  // A blank, a line's end or the end of [.., e).
  [[nodiscard]] bool blank_at(std::size_t i, std::size_t e) const {
    return i >= e || blank(text_[i]) || text_[i] == '\n' || text_[i] == '\r';
  }

  [[nodiscard]] Span span(std::size_t b, std::size_t e) const {
    return {file_, static_cast<std::uint32_t>(b), static_cast<std::uint32_t>(e)};
  }
  Diagnostic& complain(std::string code, std::size_t b, std::size_t e, std::string message, std::string label = {},
                       std::string hint = {});
  bool deep(std::size_t depth, std::size_t at);
  NodeId null(std::size_t b, std::size_t e, bool refused = false) {
    return d_.add({.kind = Kind::null, .refused = refused, .span = span(b, e)});
  }
  // The keys of one mapping: few are looked through, many are hashed.
  using Seen = std::unordered_map<std::string_view, Span>;
  // Adds key and value, or complains that the key stands already.
  void put(Node& map, Seen& seen, NodeId key, NodeId item);

  // lines.cpp
  bool bytes();
  bool bytes(std::size_t line, std::size_t end);
  [[nodiscard]] bool parts(std::size_t line, std::size_t b, std::size_t e, std::size_t end) const;  // of one line
  void blanks_for(Diagnostic& d, std::size_t line, std::size_t end) const;
  void split();
  // Where the content of [from, to) ends: before a comment, without trailing blanks.
  [[nodiscard]] std::size_t content_end(std::size_t from, std::size_t to) const;
  [[nodiscard]] std::string_view content(const Line& l) const { return text_.substr(l.content, l.end - l.content); }
  // Offset of the end of the line that `at` stands in; amortised over one line.
  std::size_t line_end(std::size_t at);
  [[nodiscard]] std::size_t odd_blank(std::size_t at, std::size_t to) const;
  // `---` or `...` at the beginning of a line, alone or with something behind it.
  [[nodiscard]] bool is_marker(std::size_t begin) const;

  // block.cpp
  // The block value whose first line is lines_[at_]; it belongs to a line of indentation `outer`.
  NodeId block(Indent outer, std::size_t depth);
  NodeId list(Indent outer, std::size_t depth);
  NodeId map(std::size_t depth);
  NodeId list_item(Line& l, std::size_t depth);
  // The key's colon in this line, or npos after a complaint.
  std::size_t key_of(const Line& l);
  NodeId map_value(const Line& l, std::size_t colon, std::size_t depth);
  // A value that begins at `from` in lines_[at_], which belongs to a line of indentation `indent`; leaves at_ behind
  // its last line.
  NodeId value(std::size_t from, Indent indent, std::size_t depth);
  NodeId quoted_value(std::size_t from, Indent indent);
  void skip_deeper(Indent indent);
  // Complains about tabs in the present line's indentation; true where the text ends with a marker.
  [[nodiscard]] std::vector<Edit> spaced(const Line& l) const;
  bool line_stops();
  // Nothing in this line says mapping, list, flow value, quotes or folded text.
  [[nodiscard]] bool is_lone_text(const Line& l) const;
  [[nodiscard]] bool is_item(std::size_t b, std::size_t e) const {
    return b < e && text_[b] == '-' && (b + 1 == e || blank(text_[b + 1]));
  }

  // flow.cpp
  NodeId flow_block(std::size_t from, Indent indent, std::size_t depth);
  NodeId flow(std::size_t depth);
  NodeId flow_list(std::size_t depth);
  NodeId flow_map(std::size_t depth);
  // One `key: value`; false: broken.
  bool flow_pair(Node& map, Seen& seen, std::size_t open, std::size_t depth);
  void no_value(const Node& map, std::size_t from, const Node& key);
  NodeId flow_scalar();
  NodeId cut_call(std::size_t b, std::size_t e);
  // Skips blanks, line ends and comments. False: nothing more belongs to this value.
  bool blanks();
  [[nodiscard]] bool outside(std::size_t line) const;
  NodeId unclosed(std::size_t open);
  // Behind an element: a comma, or the end. False: broken.
  bool separator(std::size_t open, char close);

  // scalars.cpp
  // Offset of the colon that ends a key beginning at b, or npos.
  [[nodiscard]] std::size_t key_colon(std::size_t b, std::size_t e) const;
  [[nodiscard]] std::size_t quote_end(std::size_t b, std::size_t e) const;  // of the closing quote
  NodeId key_node(std::size_t b, std::size_t colon);
  NodeId plain(std::size_t b, std::size_t e, bool flow);
  // What a plain text may not begin with. False: no node should be made of it.
  bool begins_well(std::size_t b, std::size_t e, bool flow);
  NodeId quoted(std::size_t b, std::size_t e);  // [b, e) with its quotes, on one line
  // One escape of a double-quoted text; i stands at the character behind the backslash.
  void escape(std::size_t& i, std::size_t e, std::string& out);
  NodeId folded(std::size_t from, Indent indent);  // `>` and `|`

  std::string_view text_;
  std::uint32_t file_;
  Diagnostics& out_;
  ReadOptions o_;
  Document d_;
  std::vector<Line> lines_;
  std::size_t start_ = 0, at_ = 0, pos_ = 0;   // first byte, line reached, byte reached in a flow value
  Indent flow_indent_ = -1;                    // of the line that the present flow value belongs to
  std::size_t line_from_ = 1, line_to_ = 0;    // the line that line_end() saw last
  std::size_t paren_from_ = 1, paren_to_ = 0;  // where cut_call() looked for `)` last
  bool stop_ = false, broken_ = false, hopeless_ = false;
};

}  // namespace entente::text
