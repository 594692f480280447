#include "entente/text/node.hpp"

namespace entente::text {

NodeId Document::add(Node node) {
  nodes.push_back(std::move(node));
  return static_cast<NodeId>(nodes.size() - 1);
}

NodeId Document::find(NodeId map, std::string_view key) const {
  const Node& m = nodes[map];
  for (std::size_t i = 0; i < m.keys.size(); ++i)
    if (nodes[m.keys[i]].text == key) return m.items[i];
  return no_node;
}

Span inside(const Node& n, std::size_t from, std::size_t length) {
  if (n.style == Style::plain) return n.span.sub(from, length);
  const bool quoted = n.style == Style::single_quoted || n.style == Style::double_quoted;
  if (quoted && n.span.end - n.span.begin == n.text.size() + 2) return n.span.sub(from + 1, length);  // no escapes
  return n.span;
}

}  // namespace entente::text
