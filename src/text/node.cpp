#include "entente/text/node.hpp"

#include <algorithm>
#include <memory_resource>

namespace entente::text {

// Only grows. A copy of a document writes into a store of its own and keeps the one that its nodes came from.
struct Document::Store {
  explicit Store(std::shared_ptr<const Store> from = {}) : before(std::move(from)) {}
  std::pmr::monotonic_buffer_resource memory;
  std::shared_ptr<const Store> before;
};

Document::Document(const Document& other)
    : nodes(other.nodes), root(other.root), store_(std::make_shared<Store>(other.store_)) {
  // Both documents read the old lists; whoever adds to one, or changes one, makes his own.
  for (Node& n : nodes)
    for (Nodes* list : {&n.items, &n.keys}) list->room_ = 0;
}

Document& Document::operator=(const Document& other) {
  if (this != &other) *this = Document(other);
  return *this;
}

Document::Store& Document::store() {
  if (!store_) store_ = std::make_shared<Store>();
  return *store_;
}

NodeId Document::add(const Node& node) {
  nodes.push_back(node);
  return static_cast<NodeId>(nodes.size() - 1);
}

void Document::push(Nodes& list, NodeId node) {
  if (list.size_ >= list.room_) own(list, std::max<std::uint32_t>(4, 2 * list.size_));
  list.begin_[list.size_++] = node;
}

void Document::replace(NodeId map, std::size_t at, NodeId item) {
  Nodes& list = nodes[map].items;
  if (list.room_ == 0) own(list, list.size_);
  list.begin_[at] = item;
}

void Document::own(Nodes& list, std::uint32_t room) {
  auto* to = static_cast<NodeId*>(store().memory.allocate(room * sizeof(NodeId), alignof(NodeId)));
  std::ranges::copy(list, to);
  list.begin_ = to;
  list.room_ = room;
}

std::string_view Document::keep(std::string_view text) {
  if (text.empty()) return {};
  auto* to = static_cast<char*>(store().memory.allocate(text.size(), 1));
  std::ranges::copy(text, to);
  return {to, text.size()};
}

std::span<const NodeId> Document::elements(const NodeId& node) const {
  const Node& n = nodes[node];
  return n.kind == Kind::list ? std::span(n.items.begin(), n.items.size()) : std::span(&node, 1);
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
