// A strict YAML subset as a tree with spans. Every scalar keeps its text and its place; nothing is typed here: `NO` is
// the text "NO". Keys are kept in the order written; a duplicate key is an error and its second value is dropped.
// Nodes live in one arena and are named by index. Their texts are pieces of the source, or of a store that the document
// shares with its copies, so that nothing is allocated for a node alone.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/base/span.hpp"

namespace entente::text {

using NodeId = std::uint32_t;
inline constexpr NodeId no_node = 0xffffffffu;

enum class Kind : std::uint8_t { null, scalar, map, list };
enum class Style : std::uint8_t { plain, single_quoted, double_quoted, folded, literal };

/// A list of nodes in a document's store.
class Nodes {
 public:
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] const NodeId& operator[](std::size_t i) const noexcept { return begin_[i]; }
  [[nodiscard]] NodeId back() const noexcept { return begin_[size_ - 1]; }
  [[nodiscard]] const NodeId* begin() const noexcept { return begin_; }
  [[nodiscard]] const NodeId* end() const noexcept { return begin_ + size_; }

 private:
  friend struct Document;
  NodeId* begin_ = nullptr;
  std::uint32_t size_ = 0, room_ = 0;
};

struct Node {
  Kind kind = Kind::null;
  Style style = Style::plain;
  bool refused = false;  ///< null: something stood here and was complained about
  Span span = {};        ///< of the whole value (quotes included; for a block value from its first to its last child)
  std::string_view text = {};  ///< scalar: the value after unquoting and folding
  Nodes items = {};            ///< list: elements; map: values, parallel to keys
  Nodes keys = {};             ///< map: scalar nodes
};

/// A document; `root` is no_node when the text is empty or hopeless. It lives no longer than the map of its sources. A
/// copy may be changed without the other; both may be read at once.
struct Document {
  std::vector<Node> nodes;
  NodeId root = no_node;

  Document() = default;
  Document(const Document& other);
  Document& operator=(const Document& other);
  Document(Document&&) noexcept = default;
  Document& operator=(Document&&) noexcept = default;
  ~Document() = default;

  [[nodiscard]] const Node& operator[](NodeId id) const { return nodes[id]; }
  /// The elements of a list; anything else is its own and only one, where `node` stands.
  [[nodiscard]] std::span<const NodeId> elements(const NodeId& node) const;
  /// The value under `key`, or no_node; O(number of keys).
  [[nodiscard]] NodeId find(NodeId map, std::string_view key) const;
  NodeId add(const Node& node);
  /// Adds to one of this document's lists; O(1) on the average.
  void push(Nodes& list, NodeId node);
  void put(Node& map, NodeId key, NodeId item) { push(map.keys, key), push(map.items, item); }
  void replace(NodeId map, std::size_t at, NodeId item);  ///< the value at a place
  /// A copy of a text that is no piece of the source.
  [[nodiscard]] std::string_view keep(std::string_view text);

 private:
  struct Store;
  Store& store();
  void own(Nodes& list, std::uint32_t room);
  std::shared_ptr<Store> store_;
};

struct ReadOptions {
  std::size_t depth = 64;                ///< deepest nesting of maps and lists
  std::size_t line_length = 1'000'000;   ///< longest line in bytes
  std::size_t size = 256 * 1024 * 1024;  ///< largest text in bytes
};

/// Reads one source. Recovers after an error and goes on, so several complaints come out of one run; a node is present
/// for everything that could be understood. O(size of the text).
/// Block and flow maps and lists, plain scalars on one line, single- and double-quoted scalars on one line, `>` and `|`
/// scalars, comments. What is accepted means what YAML 1.2 says, but that a `>` or `|` text ends without a line end and
/// its lines end without blanks. Refused, each with its own code and hint: tabs in indentation, anchors, aliases, tags,
/// directives, several documents, duplicate, empty, non-scalar or very long keys, `? ` keys, plain text beginning with
/// an indicator (@ ` > | % , # ] }), `: ` inside a plain text, a plain or quoted text over several lines, control and
/// invisible characters, invalid UTF-8, nesting beyond options.depth, lines and texts beyond their limits.
[[nodiscard]] Document read(const SourceMap& sources, std::uint32_t file, Diagnostics& out,
                            const ReadOptions& options = {});

/// The place of byte range [from, from+length) of a scalar's text in its source: exact for plain scalars and for quoted
/// ones without escapes, else the whole scalar.
[[nodiscard]] Span inside(const Node& scalar, std::size_t from, std::size_t length);

}  // namespace entente::text
