// The reader of the YAML subset, one class in four rooms: lines.cpp (bytes and lines), block.cpp, flow.cpp,
// scalars.cpp. They share the text, the place reached and the two ways of giving up: broken_ (this flow value is beyond
// saving) and stop_ (the whole text is).
#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "entente/text/node.hpp"

namespace entente::text {

struct Line {
  std::size_t begin = 0, content = 0, end = 0;  // offsets; end without trailing blanks and comment
  [[nodiscard]] std::size_t indent() const { return content - begin; }
};

class Reader {
 public:
  Reader(const SourceMap& sources, std::uint32_t file, Diagnostics& out, const ReadOptions& o)
      : text_(sources[file].text()), file_(file), out_(out), o_(o) {}
  Document run();

 private:
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
  struct Seen {
    std::unordered_map<std::string, Span> keys;
  };

  [[nodiscard]] Span span(std::size_t b, std::size_t e) const {
    return {file_, static_cast<std::uint32_t>(b), static_cast<std::uint32_t>(e)};
  }
  Diagnostic& complain(std::string code, std::size_t b, std::size_t e, std::string message, std::string label = {},
                       std::string hint = {});
  bool deep(std::size_t depth, std::size_t at);
  NodeId null(std::size_t b, std::size_t e) { return d_.add({.kind = Kind::null, .span = span(b, e)}); }
  // False: the key stands already.
  bool fresh(Seen& seen, const std::string& key, Span at);

  // lines.cpp
  bool bytes();
  bool split();
  // Where the content of [from, to) ends: before ` #` outside quotes, without trailing blanks.
  [[nodiscard]] std::size_t content_end(std::size_t from, std::size_t to) const;
  [[nodiscard]] std::string_view content(const Line& l) const { return text_.substr(l.content, l.end - l.content); }

  // block.cpp
  // The block value whose first line is lines_[at_], of indentation `indent`.
  NodeId block(std::size_t indent, std::size_t depth);
  NodeId list(std::size_t indent, std::size_t depth);
  NodeId map(std::size_t indent, std::size_t depth);
  NodeId lone(std::size_t depth);  // a scalar or flow value that is a whole block
  // A value that begins at `from` in lines_[at_]; leaves at_ behind its last line.
  NodeId value(std::size_t from, std::size_t indent, std::size_t depth);
  void skip_deeper(std::size_t indent);
  [[nodiscard]] bool is_item(std::size_t b, std::size_t e) const {
    return b < e && text_[b] == '-' && (b + 1 == e || text_[b + 1] == ' ');
  }

  // flow.cpp
  NodeId flow_block(std::size_t from, std::size_t indent, std::size_t depth);
  NodeId flow(std::size_t depth);
  NodeId flow_list(std::size_t depth);
  NodeId flow_map(std::size_t depth);
  NodeId flow_scalar();
  void blanks();
  NodeId unclosed(std::size_t open);
  bool ran_out(std::size_t open);
  // A key at column 1 of a new line inside a flow value: somebody forgot to close it.
  [[nodiscard]] bool is_key_line(std::size_t b) const;
  // Behind an element: a comma, or the end. False: broken.
  bool separator(std::size_t open, char close);

  // scalars.cpp
  // Offset of the colon that ends a key beginning at b, or npos.
  [[nodiscard]] std::size_t key_colon(std::size_t b, std::size_t e) const;
  [[nodiscard]] std::size_t quote_end(std::size_t b, std::size_t e) const;  // of the closing quote
  NodeId key_node(std::size_t b, std::size_t colon);
  NodeId plain(std::size_t b, std::size_t e, bool flow);
  NodeId quoted(std::size_t b, std::size_t e);  // [b, e) with its quotes, on one line
  // `>` and `|`: the following deeper lines of the raw text. Folding: lines joined by a space, an empty line is a line
  // end.
  NodeId folded(std::size_t from, std::size_t indent);
  void forbidden(std::size_t b, std::size_t e);

  std::string_view text_;
  std::uint32_t file_;
  Diagnostics& out_;
  ReadOptions o_;
  Document d_;
  std::vector<Line> lines_;
  std::size_t start_ = 0, at_ = 0, pos_ = 0;
  bool stop_ = false, broken_ = false;
};

}  // namespace entente::text
