// Pictures that a question offers, as scenes that say what is to be seen and nothing of how it is drawn. A number in a
// scene is a reference to a quantity of the question, so that whoever draws can show its range over the draws, or a
// plain value. Report knows scenes, and no question by name.
#pragma once
#include <cstdint>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "entente/ask/phrase.hpp"

namespace entente::ask {

/// A number in a picture. With `quantity` an index into Model::quantities(): its median and 90 % range over the draws,
/// or its value at the medians where nothing was drawn, or "undefined" with the reason. Without: `value` as it is, NaN
/// meaning that there is none.
struct Figure {
  static constexpr std::uint32_t none = 0xffffffffu;
  double value = std::numeric_limits<double>::quiet_NaN();
  std::uint32_t quantity = none;
  [[nodiscard]] bool given() const noexcept { return quantity != none || value == value; }
  [[nodiscard]] static Figure fixed(double value) { return {value, none}; }
  [[nodiscard]] static Figure of(std::size_t quantity) {
    return {std::numeric_limits<double>::quiet_NaN(), static_cast<std::uint32_t>(quantity)};
  }
};

/// Actors or places, and what joins them.
struct Network {
  enum class Layout : std::uint8_t {
    ties,  ///< distances speak: hostile ties are long, friendly ones short
    flows  ///< left to right in the direction of the flows, whose widths are quantities
  };
  enum class Mark : std::uint8_t {
    none,
    frustrated,  ///< the best configuration goes against it
    moved,       ///< changed by the package or lever that is shown
    cut,         ///< no longer there: struck through
    fresh,       ///< there only if the deal is made: built
    asked        ///< the tie that the question is about
  };
  struct Node {
    Phrase label;
    std::string kind = "actor";         ///< word for the text alternative and the shape: actor, producer, consumer, hub
    std::uint32_t group = 0;            ///< side or bloc, from 0; beyond `groups`: none
    Figure size;                        ///< area; not given: all the same
    Phrase note;                        ///< a short second line
    std::uint32_t layer = 0xffffffffu;  ///< flows: its column, where the question wants one
  };
  struct Edge {
    std::uint32_t from = 0, to = 0;
    Figure width;  ///< flows: how much flows. Ties: how strong, with its sign
    Phrase label;  ///< "PoS-2", "+0.3"; empty: none
    Mark mark = Mark::none;
    Figure before;  ///< what it was without the change that is shown; given: both are told
  };
  Layout layout = Layout::ties;
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  std::vector<Phrase> groups;  ///< names of the sides, may be empty
  std::string unit;            ///< of widths
};

/// Points on one scale: limits, a zone between them, solutions, what each side is reported to ask.
struct PriceLine {
  enum class Role : std::uint8_t {
    limit,     ///< least or most that a party would take or give
    solution,  ///< what a theory says
    asked,     ///< what somebody is reported to ask or offer
    reference  ///< a price that is there anyway
  };
  struct Point {
    Phrase label;
    Figure at;
    Role role = Role::reference;
    Phrase note;
  };
  std::string unit;
  std::vector<Point> points;
  std::uint32_t zone_from = Figure::none, zone_to = Figure::none;  ///< points; a zone where the first is below
  std::string zone, no_zone;                                       ///< its name; what is said where there is none
  std::string unbounded;  ///< what an infinite price means: "no package does it"
};

/// Rows of one measure, each with its interval; paired where `other` is given (with and without, before and after).
struct Bars {
  struct Row {
    Phrase label;
    Figure value, other;
    Phrase note;
  };
  std::string unit;
  std::string value_name, other_name;  ///< what the two of a row are, where paired
  std::vector<Row> rows;
  Figure line;  ///< a value to compare with: a threshold
  std::string line_name;
};

/// Rows by columns: who passes what.
struct Matrix {
  enum class Kind : std::uint8_t {
    chance,  ///< 0..1
    yes,     ///< 0 or 1; over draws the share of 1
    number   ///< in the column's unit
  };
  struct Column {
    Phrase label;
    Kind kind = Kind::chance;
    std::string unit;
    double passes = 0.5;   ///< chance, yes: at least this passes
    bool summary = false;  ///< set apart: what follows from the others
  };
  std::vector<Phrase> rows;
  std::vector<Column> columns;
  std::vector<Figure> cells;  ///< row by row; one that is not given does not apply
  std::string row_name;       ///< what a row is: "contributor"
};

/// A game as a tree, drawn from its root; parents stand before their children.
struct Tree {
  static constexpr std::uint32_t root = 0xffffffffu;
  struct Node {
    std::uint32_t parent = root;
    Phrase branch;             ///< what leads here: "parade"
    Phrase who;                ///< who moves here; empty: an end
    Figure chance;             ///< of the branch, where chance decides, or where the equilibrium says
    bool chosen = false;       ///< on the path that the answer shows
    std::string outcome;       ///< at an end: "2, 1"
    std::uint32_t set = root;  ///< nodes that the mover cannot tell apart share a number
    Figure least, most;        ///< belief to be here, given that its set is reached: over the answers
  };
  std::vector<Node> nodes;
};

/// Trade between two columns, before and after; what comes to little is gathered in a rest.
struct Flows {
  std::vector<Phrase> from, to;
  struct Flow {
    std::uint32_t from = 0, to = 0;
    Figure before, after;
  };
  std::vector<Flow> flows;
  std::string unit, before_name = "before", after_name = "after";
};

struct Picture {
  Phrase title;  ///< what is to be seen, in a line
  Phrase says;   ///< a sentence under it: how to read it, what it leaves out
  std::variant<Network, PriceLine, Bars, Matrix, Tree, Flows> scene;
};

}  // namespace entente::ask
