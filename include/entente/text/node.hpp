// A strict YAML subset as a tree with spans. Every scalar keeps its text and its place; nothing is typed here: `NO` is
// the text "NO". Keys are kept in the order written; a duplicate key is an error and its second value is dropped.
// Nodes live in one arena and are named by index, so a document of a megabyte is a few vectors.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/base/span.hpp"

namespace entente::text {

using NodeId = std::uint32_t;
inline constexpr NodeId no_node = 0xffffffffu;

enum class Kind : std::uint8_t { null, scalar, map, list };
enum class Style : std::uint8_t { plain, single_quoted, double_quoted, folded, literal };

struct Node {
  Kind kind = Kind::null;
  Style style = Style::plain;
  bool refused = false;  ///< null: something stood here and was complained about
  Span span;             ///< of the whole value (quotes included; for a block value from its first to its last child)
  std::string text;      ///< scalar: the value after unquoting and folding
  std::vector<NodeId> items;  ///< list: elements; map: values, parallel to keys
  std::vector<NodeId> keys;   ///< map: scalar nodes
};

/// A document; `root` is no_node when the text is empty or hopeless.
struct Document {
  std::vector<Node> nodes;
  NodeId root = no_node;

  [[nodiscard]] const Node& operator[](NodeId id) const { return nodes[id]; }
  /// The value under `key`, or no_node; O(number of keys).
  [[nodiscard]] NodeId find(NodeId map, std::string_view key) const;
  NodeId add(Node node);
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
