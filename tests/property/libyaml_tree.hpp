// The oracle: a text as libyaml understands it, written like dump() writes ours, or nothing where libyaml refuses it.
// What our reader drops on purpose is dropped here too: line ends at the end of `>` and `|` texts; blanks at line ends
// are cut from the input by whoever calls.
#pragma once
#include <yaml.h>

#include <optional>
#include <string>

namespace entente::tests {

class LibyamlTree {
 public:
  static std::optional<std::string> of(const std::string& text) {
    LibyamlTree t(text);
    return t.document();
  }

 private:
  explicit LibyamlTree(const std::string& text) {
    yaml_parser_initialize(&parser_);
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  }
  ~LibyamlTree() {
    drop();
    yaml_parser_delete(&parser_);
  }
  LibyamlTree(const LibyamlTree&) = delete;

  void drop() {
    if (held_) yaml_event_delete(&event_);
    held_ = false;
  }
  bool next() {
    drop();
    held_ = yaml_parser_parse(&parser_, &event_) == 1;
    return held_;
  }

  std::optional<std::string> document() {
    if (!next() || event_.type != YAML_STREAM_START_EVENT || !next()) return std::nullopt;
    if (event_.type == YAML_STREAM_END_EVENT) return "nothing";
    if (event_.type != YAML_DOCUMENT_START_EVENT || !next()) return std::nullopt;
    auto tree = node();
    if (!tree || !next() || event_.type != YAML_DOCUMENT_END_EVENT) return std::nullopt;
    if (!next() || event_.type != YAML_STREAM_END_EVENT) return std::nullopt;
    return tree;
  }

  static std::string quote(const std::string& s) {
    std::string out = "\"";
    for (const char c : s)
      if (c == '\n') out += "\\n";
      else if (c == '"' || c == '\\') out += std::string("\\") + c;
      else out += c;
    return out + "\"";
  }

  std::optional<std::string> node() {  // the event at hand begins it
    if (event_.type == YAML_SCALAR_EVENT) {
      const auto& s = event_.data.scalar;
      std::string text(reinterpret_cast<const char*>(s.value), s.length);
      if (s.style == YAML_LITERAL_SCALAR_STYLE || s.style == YAML_FOLDED_SCALAR_STYLE)
        while (text.ends_with('\n')) text.pop_back();
      return s.style == YAML_PLAIN_SCALAR_STYLE && text.empty() ? "null" : quote(text);
    }
    const bool map = event_.type == YAML_MAPPING_START_EVENT;
    if (!map && event_.type != YAML_SEQUENCE_START_EVENT) return std::nullopt;  // an alias
    std::string out;
    while (true) {
      if (!next()) return std::nullopt;
      if (event_.type == YAML_MAPPING_END_EVENT || event_.type == YAML_SEQUENCE_END_EVENT) break;
      auto part = node();
      if (!part) return std::nullopt;
      if (map) {
        if (!next()) return std::nullopt;
        const auto value = node();
        if (!value) return std::nullopt;
        part = *part + ": " + *value;
      }
      out += (out.empty() ? "" : ", ") + *part;
    }
    return map ? "{" + out + "}" : "[" + out + "]";
  }

  yaml_parser_t parser_{};
  yaml_event_t event_{};
  bool held_ = false;
};

}  // namespace entente::tests
