// What tests of readers share: a text read into a tree, the tree as one line, the complaints as code and place.
#pragma once
#include <string>

#include "entente/base/diagnostic.hpp"
#include "entente/text/node.hpp"

namespace entente::tests {

struct Reading {
  SourceMap sources;
  Diagnostics out{100'000};
  text::Document document;
};

inline Reading reading(std::string text, const text::ReadOptions& options = {}) {
  Reading r;
  const auto file = r.sources.add("t.yaml", std::move(text));
  r.document = text::read(r.sources, file, r.out, options);
  return r;
}

/// JSON-like, every scalar in quotes: {"a": "1", "b": ["x", null]}.
inline std::string dump(const text::Document& d, text::NodeId id) {
  if (id == text::no_node) return "nothing";
  const auto quote = [](std::string_view s) {
    std::string out = "\"";
    for (const char c : s)
      if (c == '\n') out += "\\n";
      else if (c == '"' || c == '\\') out += std::string("\\") + c;
      else out += c;
    return out + "\"";
  };
  const auto& n = d[id];
  std::string out;
  switch (n.kind) {
    case text::Kind::null:
      return "null";
    case text::Kind::scalar:
      return quote(n.text);
    case text::Kind::list:
      for (const auto i : n.items) out += (out.empty() ? "" : ", ") + dump(d, i);
      return "[" + out + "]";
    case text::Kind::map:
      for (std::size_t i = 0; i < n.keys.size(); ++i)
        out += (out.empty() ? "" : ", ") + quote(d[n.keys[i]].text) + ": " + dump(d, n.items[i]);
      return "{" + out + "}";
  }
  return out;
}
inline std::string dump(const Reading& r) { return dump(r.document, r.document.root); }

/// "E0112 2:1; E0120 4:3", in the order found.
inline std::string places(const Diagnostics& ds, const SourceMap& sources) {
  std::string out;
  for (const auto& d : ds.all()) {
    out += (out.empty() ? "" : "; ") + d.code;
    if (!d.span.known()) continue;
    const auto p = sources[d.span.file].position(d.span.begin);
    out += " " + std::to_string(p.line) + ":" + std::to_string(p.column);
  }
  return out;
}
inline std::string places(const Reading& r) { return places(r.out, r.sources); }

/// The text under the first complaint's carets.
inline std::string marked(const Reading& r) {
  return r.out.all().empty() ? "" : std::string(r.sources.text(r.out.all().front().span));
}

}  // namespace entente::tests
