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

#include "text/reader.hpp"

namespace entente::text {

Document Reader::run() {
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

Diagnostic& Reader::complain(std::string code, std::size_t b, std::size_t e, std::string message, std::string label,
                             std::string hint) {
  return out_.error(std::move(code), span(b, std::max(e, b + 1)), std::move(message), std::move(label),
                    std::move(hint));
}

bool Reader::deep(std::size_t depth, std::size_t at) {
  if (depth <= o_.depth) return false;
  if (!stop_) complain("E0107", at, at + 1, "nested more than " + std::to_string(o_.depth) + " deep", "too deep here");
  stop_ = true;
  return true;
}

bool Reader::fresh(Seen& seen, const std::string& key, Span at) {
  const auto [it, first] = seen.keys.emplace(key, at);
  if (first) return true;
  auto& d = out_.error("E0112", at, "the key `" + key.substr(0, 60) + "` stands twice", "the second time");
  d.remarks.push_back({it->second, "first here"});
  return false;
}

Document read(const SourceMap& sources, std::uint32_t file, Diagnostics& out, const ReadOptions& options) {
  return Reader(sources, file, out, options).run();
}

}  // namespace entente::text
