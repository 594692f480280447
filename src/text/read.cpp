// The reader of the YAML subset.
//
// Problem. Say several complaints in one run, each at its place, and never lose the way on hostile input.
// Choice. The text is first cut into lines with their indentation; blank and comment lines fall away. Block structure
// is then recursive descent over lines (a mapping or list is the run of lines of one indentation), flow structure
// recursive descent over characters. After an error in a line the reader goes on with the next line of the same or a
// lesser indentation; after an error inside a flow value, behind that value. Depth is limited, so recursion is too.
// Cost. Each byte is looked at a few times; duplicate keys are found by hashing. O(size).
// Left out on purpose: anchors, aliases, tags, directives, several documents, complex keys, plain and quoted scalars
// over several lines. A single `---` before the content is allowed, because editors write it.
// Whatever is accepted means what YAML says it means, but for one thing: a `>` or `|` text has no line end at its end
// and no blanks at its lines' ends, because nobody sees them.
#include <algorithm>

#include "text/reader.hpp"
#include "text/utf8.hpp"

namespace entente::text {

Document Reader::run() {
  if (text_.size() > o_.size || text_.size() > 0xfffffff0u) {
    out_.error("E0101", span(0, 0), "this file is larger than " + std::to_string(o_.size >> 20) + " MiB");
    return {};
  }
  if (!bytes()) return {};
  d_.nodes.reserve(std::min<std::size_t>(text_.size() / 8, 1u << 20));
  split();
  for (; at_ < lines_.size() && text_[lines_[at_].content] == '%' && lines_[at_].indent() == 0; ++at_)
    complain("E0109", lines_[at_].content, lines_[at_].end, "no directives", "a line beginning with %");
  if (at_ < lines_.size() && content(lines_[at_]) == "---" && lines_[at_].indent() == 0) ++at_;
  bool told = false;
  while (at_ < lines_.size() && !stop_) {
    const Line l = lines_[at_];
    if (is_lone_text(l)) {
      if (!told)
        complain(
            "E0110", l.content, l.end, "expected a mapping", "a line such as `key: value`",
            content(l).find('=') != npos ? "a key is followed by a colon, not by `=`" : "perhaps a colon is missing");
      told = true;
      ++at_;
      continue;
    }
    if (d_.root != no_node) {
      const bool less = l.indent() < lines_.front().indent();
      complain("E0102", l.content, l.end, "this line does not belong to what is above it",
               less ? "indented less than the first line" : "behind the value that is the whole text",
               less ? "give all top-level keys the same indentation" : "");
    }
    const NodeId node = block(-1, 0);
    if (d_.root != no_node || node == no_node) continue;
    d_.root = node;
    if (d_[node].kind == Kind::scalar && !told)
      complain("E0110", l.content, l.end, "expected a mapping", "a line such as `key: value`");
  }
  if (hopeless_) d_.root = no_node;
  return std::move(d_);
}

Diagnostic& Reader::complain(std::string code, std::size_t b, std::size_t e, std::string message, std::string label,
                             std::string hint) {
  return out_.error(std::move(code), span(b, std::min(std::max(e, b + 1), text_.size())), std::move(message),
                    std::move(label), std::move(hint));
}

bool Reader::deep(std::size_t depth, std::size_t at) {
  if (depth <= o_.depth) return false;
  if (!stop_) complain("E0107", at, at + 1, "nested more than " + std::to_string(o_.depth) + " deep", "too deep here");
  stop_ = hopeless_ = true;  // the rest stays unread: what it would have held must not be missed
  return true;
}

void Reader::put(Node& map, Seen& seen, NodeId key, NodeId item) {
  constexpr std::size_t few = 16;
  const std::string_view text = d_[key].text;
  Span first;
  if (map.keys.size() < few) {
    for (const NodeId k : map.keys)
      if (d_[k].text == text) first = d_[k].span;
  } else {
    if (seen.empty())
      for (const NodeId k : map.keys) seen.emplace(d_[k].text, d_[k].span);
    if (const auto [it, fresh] = seen.emplace(text, d_[key].span); !fresh) first = it->second;
  }
  if (first.known()) {
    auto& d = out_.error("E0112", d_[key].span, "the key `" + shorten(text) + "` stands twice", "the second time");
    d.remarks.push_back({first, "first here"});
    return;
  }
  d_.put(map, key, item);
}

Document read(const SourceMap& sources, std::uint32_t file, Diagnostics& out, const ReadOptions& options) {
  return Reader(sources, file, out, options).run();
}

}  // namespace entente::text
