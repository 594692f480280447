// The two ways of drawing a network.
#pragma once
#include "report/svg/scenes.hpp"

namespace entente::report::svg {

void draw_ties(Canvas& c, const ask::Network& scene, const Context& of);
void draw_flows(Canvas& c, const ask::Network& scene, const Context& of);

/// Where the parts of a flow drawing are; for the drawing, and for tests of it.
struct FlowPlan {
  struct Stop {
    double x = 0, top = 0, height = 0;  ///< of a node's bar
  };
  struct Ribbon {
    Point from, to;    ///< middles of its two ends
    double width = 0;  ///< in proportion to the flow
  };
  std::vector<std::uint32_t> column;  ///< by node
  std::uint32_t columns = 1;
  std::vector<Stop> stops;
  std::vector<Ribbon> ribbons;  ///< by edge
  double scale = 0;             ///< units of drawing by unit of flow
  double bottom = 0;
};
/// `flow` by edge, as it is drawn: at least 0. Nodes in columns from left to right: each right of all that flow into
/// it; what nothing flows into stands just left of where it goes to, ends stand in the last column.
[[nodiscard]] FlowPlan plan_flows(const ask::Network& scene, const std::vector<double>& flow, double left, double right,
                                  double top, double most);

/// A mark across a line: it is cut, or the configuration goes against it.
void cross(Canvas& c, Point at, double r, std::string_view look);

}  // namespace entente::report::svg
