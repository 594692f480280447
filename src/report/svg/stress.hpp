// Where the nodes of a network stand, so that what they are to one another can be seen as distance.
//
// Problem. For pairs (i, j) a wanted distance d_ij > 0 and a weight w_ij >= 0; find points in the plane with little
// stress = sum of w_ij (|x_i - x_j| - d_ij)^2.
//
// Theory. Stress majorization (SMACOF; de Leeuw 1977; for drawing graphs Gansner, Koren and North 2005,
// doi:10.1007/978-3-540-31843-9_25): stress is bounded above by a quadratic that touches it at the present points; its
// least point is no worse. Taken for one node at a time, the others standing still,
//   x_i <- sum_j w_ij (x_j + d_ij (x_i - x_j) / |x_i - x_j|) / sum_j w_ij,
// each step lowers the stress or leaves it. No step length, no temperature, nothing to tune.
//
// Choice. The result depends on the start only; starts are circles in fixed orders, made with no random number, and the
// best of a few is kept. Ties of stress go to the first. Cost: starts * sweeps * n^2, with fewer starts for more nodes;
// see bench_drawing.
#pragma once
#include <vector>

#include "report/svg/canvas.hpp"

namespace entente::report::svg {

/// n by n, symmetric; the diagonal is not read.
struct Distances {
  std::size_t n = 0;
  std::vector<double> wanted, weight;
  explicit Distances(std::size_t nodes) : n(nodes), wanted(nodes * nodes, 1.0), weight(nodes * nodes, 0.0) {}
  void set(std::size_t i, std::size_t j, double d, double w) {
    wanted[i * n + j] = wanted[j * n + i] = d;
    weight[i * n + j] = weight[j * n + i] = w;
  }
};

[[nodiscard]] double stress(const Distances& d, const std::vector<Point>& at);

/// One sweep over all nodes; returns the stress after it, never above the one before by more than rounding.
double majorize(const Distances& d, std::vector<Point>& at);

/// Deterministic. Points around the origin, turned so that they are widest along x.
[[nodiscard]] std::vector<Point> layout(const Distances& d);

/// The points scaled alike in both directions and moved into a box, then pushed apart where two stand nearer than their
/// radii and `gap`.
[[nodiscard]] std::vector<Point> fitted(std::vector<Point> at, const Box& box, const std::vector<double>& radius,
                                        double gap);

/// What distance a tie from -1 to 1 asks for: friends near, foes far. Falls from 2 to 0.5, 1.25 without a tie.
[[nodiscard]] constexpr double distance_of_tie(double tie) noexcept {
  return 1.25 - 0.75 * (tie < -1 ? -1 : tie > 1 ? 1 : tie);
}

}  // namespace entente::report::svg
