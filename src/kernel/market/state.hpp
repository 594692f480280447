// What a solve works on. Producers and consumers become pieces of a net supply curve at a node, links become arcs, and
// arcs that run between their bounds join nodes into zones (essay in solve.cpp).
#pragma once
#include <cstdint>
#include <limits>
#include <vector>

#include "entente/kernel/market.hpp"

namespace entente::market {

inline constexpr double infinite = std::numeric_limits<double>::infinity();
inline constexpr std::uint32_t no_node = 0xffffffffu;

enum class Curve : std::uint8_t { flat, linear, elastic };

/// Net supply (production less consumption) as a non-decreasing function of the node's price p: `least` up to `low`,
/// `most` from `high` on, between them
///   flat     (low = high) anything from least to most at p = low,
///   linear   least + rate (p - low), or most - (high - p) rate where `falling`, whichever end is finite,
///   elastic  behind - a (p / p0)^b.
/// A consumer of constant elasticity is two pieces: a flat one at its choke price and an elastic one below it.
struct Piece {
  double low = 0, high = 0, least = 0, most = 0;
  double rate = 0;
  double a = 0, b = 0, per_p0 = 0, behind = 0;
  double asked = -1, bought = 0;  ///< the last price at which demand was computed, and that demand
  double shift = 0;        ///< the price where it stands, less the price at the node that holds it (folded leaves)
  double now = 0;          ///< net supply in the present flow
  double target = 0;       ///< net supply in the optimum of the zone
  std::int32_t next = -1;  ///< next piece at the same node
  std::uint32_t home = 0;  ///< the node where it stands
  Curve curve = Curve::flat;
  bool falling = false;
};

enum class Status : std::uint8_t {
  lower,
  upper,
  inside
};  ///< flow 0 | flow = capacity | between, part of a zone's tree

struct Arc {
  std::uint32_t from = 0, to = 0;
  double cost = 0, capacity = 0;
  double flow = 0, target = 0;
  std::uint32_t link = 0;
  Status status = Status::lower;
};

/// A node in the tree of its zone. The zone is named by the tree's root.
struct Node {
  std::uint32_t zone = 0, parent = no_node, depth = 0;
  std::int32_t parent_arc = -1, piece = -1;  ///< piece: the first at this node
  std::uint32_t arcs_begin = 0, arcs_end = 0;
  std::uint32_t degree = 0, sole = 0;  ///< while folding: arcs here, and their indices combined by exclusive or
  double offset = 0;                   ///< price here less price at the root
  double ask = 0, bid = 0;             ///< what one more unit costs here, what it fetches, within the zone
  double sells = 0,
         buys = 0;            ///< how much more for a rise of the ask, how much less for a fall of the bid, each by one
  double span = 0;            ///< largest offset in the zone, to judge rounding by
  double size = 0;            ///< the same and the size of the zone's ask or bid, whichever is less
  double imported = 0;        ///< flow in over full arcs less flow out
  double passing = 0;         ///< the sum of both, to judge rounding by
  double net = 0, gross = 0;  ///< of the subtree: net supply, and sum of the absolute terms
};

/// A leaf that was folded into its neighbour, with the one arc that joined them (fold.cpp).
struct Fold {
  Arc arc;
  std::uint32_t leaf = 0;
  std::int32_t first = -1, last = -1;  ///< the pieces that were moved, as a chain
  double shift = 0;                    ///< price at the leaf less price at the neighbour
  bool out = false;                    ///< the arc leads out of the leaf
  bool clipped = false;                ///< the one piece was cut to the arc's capacity; before that it was
  double low = 0, high = 0, least = 0, most = 0;
};

/// A zone's piece in the coordinates of the zone: prices at the root.
struct Local {
  double low = 0, high = 0, least = 0, most = 0, rate = 0, at = 0, slope = 0, offset = 0;
  std::int32_t piece = 0;
  Curve curve = Curve::flat;
  bool falling = false;
};

/// What a consumer of constant elasticity takes at its choke price, kept with the numbers that it is a function of: the
/// coalitions and worlds of a draw ask for the same over and over.
struct AtChoke {
  double a = 0, b = 0, p0 = 0, choke = 0, quantity = 0;
};

struct Trade {
  std::int32_t arc = -1;  ///< the arc that closes a cycle, or the last arc of the path; -1: none pays
  bool cycle = false;
  double profit = 0;
};

struct Workspace::Body {
  std::vector<Piece> pieces;
  std::vector<Arc> arcs;
  std::vector<Node> nodes;
  std::vector<Fold> folds;                                                            ///< in the order of folding
  std::vector<std::uint32_t> active;                                                  ///< nodes that were not folded
  std::uint32_t connected = 0;                                                        ///< nodes that have arcs
  std::vector<AtChoke> at_choke;                                                      ///< by consumer
  std::vector<std::int32_t> producer_piece, consumer_flat, consumer_curve, link_arc;  ///< -1: takes no part
  std::vector<std::int32_t> incident;                                                 ///< arcs by node
  std::vector<std::uint32_t> order;                                                   ///< nodes of one zone, root first
  std::vector<std::uint32_t> other;                                                   ///< the same of the seller's zone
  std::vector<Local> locals;
  std::vector<std::uint32_t> pending, cut;
  std::vector<double> hint;
  std::vector<double> ask, bid;   ///< by zone's root: with arcs between zones
  std::vector<double> reach;      ///< by zone's root: the largest number on the way of `ask`
  std::vector<std::int32_t> via;  ///< by zone's root: the arc over which `ask` comes
  std::vector<std::int32_t> path;
  std::vector<double> level;  ///< by zone's root: the price there
  std::vector<std::uint8_t> priced;
  // build or not, and coalitions
  std::vector<std::uint32_t> options, table;
  std::vector<std::uint64_t> sets, key, keys;
  std::vector<std::uint8_t> reached, wanted;
  std::vector<double> known;
  Solution trial, best;
};

/// Pieces, arcs and incidence of the elements that take part, at rest: nothing flows.
void build(const Network& n, Mask members, std::uint64_t built, Workspace::Body& w);

/// Folds leaves into their neighbours while the links of `w.link_arc` are in `w.arcs`; arcs that are left stay in
/// order. `unfold` gives all of them back, with their flows, once the flow of the rest is optimal.
void fold(Workspace::Body& w);
void unfold(Workspace::Body& w);

/// The zone of `root` as a tree over arcs inside their bounds: order, parents, offsets, imports.
void grow(Workspace::Body& w, std::uint32_t root);

/// The optimum of the zone in `order` if its arcs had no bounds: a price at the root at which net supply and imports
/// add up to zero, and targets of its pieces. `hint`: where to begin. Unlimited: there is none, and the targets are
/// better than any flow and more than the arcs that have bounds can carry.
enum class Found : std::uint8_t { optimum, unlimited };
Found local_market(Workspace::Body& w, double hint, double& level);

/// Ask and bid of the zone in `order`, from its targets at `level` (that may be unlimited).
void quote(Workspace::Body& w, double level);

/// Moves the flow to the optimum of the zone around `root`, arcs that are in the way leaving the zone. False:
/// unbounded.
bool settle(Workspace::Body& w, std::uint32_t root, double hint);

/// Fills the arc of a trade between two zones if it will be full in their common optimum, and settles both. False, and
/// nothing has changed: it will not, or a zone would overrun its own arcs; then the two have to settle as one, at no
/// less than `least` at the seller.
enum class Filled : std::uint8_t { full, not_full, unbounded };
Filled fill_arc(Workspace::Body& w, std::int32_t arc, double& least);

/// The trade that pays most; with `path` filled for a trade between zones. `left`: the largest relative profit there
/// is.
Trade best_trade(Workspace::Body& w, double& left);

/// A cycle of arcs that pays though nobody near it buys or sells (possible where an arc costs less than nothing).
Trade free_cycle(Workspace::Body& w);

/// A supporting price at every node, by the rule of the header.
void set_prices(Workspace::Body& w, std::vector<double>& price);

void report(const Network& n, const Workspace::Body& w, std::uint64_t built, Solution& out);

}  // namespace entente::market
