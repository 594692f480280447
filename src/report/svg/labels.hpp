// Where labels stand, so that none hides another.
//
// Problem. Each label is a box of known size that belongs to a point; find places near the points such that no two
// boxes overlap, none lies on a mark, and few lie on lines. Finding the most labels that fit is NP-hard (Formann and
// Wagner 1991), but pictures have room, and may grow.
//
// Choice. Eight directions at growing distances are the places of a label (Christensen, Marks and Shieber 1995,
// doi:10.1145/212332.212334, call them candidate positions). Greedily, those in the tightest spots first, each takes
// the cheapest place that overlaps no label; then rounds of single moves, each to a cheaper free place, until none
// gains. No random number: the same labels stand at the same places. Overlaps with labels are never bought; where a
// label finds no place the caller gets to know it and makes the picture larger. Cost: rounds * labels * places *
// (labels + marks + lines).
#pragma once
#include <vector>

#include "report/svg/canvas.hpp"

namespace entente::report::svg {

struct Label {
  Point at;              ///< the point it belongs to
  double away = 0;       ///< radius of the mark there
  double w = 0, h = 0;   ///< of the text
  bool centred = false;  ///< may stand on its point: labels of lines
  Box box;               ///< found
  bool far = false;      ///< found so far away that a thin line should lead there
  bool placed = false;
};

struct Obstacles {
  std::vector<Box> marks;                      ///< dear to hide
  std::vector<std::pair<Point, Point>> lines;  ///< cheap to cross
};

/// Places every label within `room`; true if all found a place.
bool place_labels(std::vector<Label>& labels, const Obstacles& obstacles, const Box& room);

}  // namespace entente::report::svg
