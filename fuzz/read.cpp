// The YAML subset on any bytes: the tree's spans lie inside the text, indexes inside the arena, and the complaints can
// be written out.
#include "checks.hpp"
#include "entente/text/node.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  SourceMap sources;
  const auto file = sources.add("f.yaml", fuzz::text(data, size));
  Diagnostics out;
  const auto d = text::read(sources, file, out);
  fuzz::check(d.root == text::no_node || d.root < d.nodes.size());
  for (const auto& n : d.nodes) {
    fuzz::check(n.span.begin <= n.span.end && n.span.end <= size);
    fuzz::check(n.keys.size() == (n.kind == text::Kind::map ? n.items.size() : 0));
    for (const auto i : n.items) fuzz::check(i < d.nodes.size());
  }
  fuzz::complaints(out, sources, size);
  return 0;
}
