// Strategic games: pure equilibria by looking at every cell, two-player ones by vertices.
#include <algorithm>
#include <cmath>
#include <string>

#include "entente/kernel/game.hpp"
#include "kernel/game/vertices.hpp"

namespace entente::game {
namespace {

double range(const Strategic& g, std::size_t player) {
  const std::size_t n = g.strategies.size();
  double low = g.payoff[player], high = low;
  for (std::size_t k = player; k < g.payoff.size(); k += n) {
    low = std::min(low, g.payoff[k]);
    high = std::max(high, g.payoff[k]);
  }
  return high > low ? high - low : 1;
}

}  // namespace

Result<void> validate(const Strategic& g) {
  const auto fail = [](const char* where, std::string message) {
    return std::unexpected(Error{ErrorKind::invalid, std::move(message), where});
  };
  if (g.strategies.empty()) return fail("strategies", "a game has a player");
  double cells = 1;
  for (const std::uint32_t s : g.strategies) {
    if (s == 0) return fail("strategies", "every player has a strategy");
    cells *= s;
  }
  if (g.strategies.size() > 8 || cells > (1u << 24))
    return std::unexpected(Error{ErrorKind::too_large, "more than 8 players or 16,777,216 cells", "strategies"});
  if (static_cast<double>(g.payoff.size()) != cells * static_cast<double>(g.strategies.size()))
    return fail("payoff", "every cell has a payoff for every player");
  for (const double u : g.payoff)
    if (!(std::abs(u) <= 1e100)) return fail("payoff", "a payoff is a finite number");
  return {};
}

Result<std::vector<std::vector<std::uint32_t>>> pure(const Strategic& g) {
  if (auto ok = validate(g); !ok) return std::unexpected(ok.error());
  const std::size_t n = g.strategies.size(), cells = g.payoff.size() / n;
  std::vector<double> slack(n);
  for (std::size_t p = 0; p < n; ++p) slack[p] = 1e-12 * range(g, p);
  std::vector<std::vector<std::uint32_t>> out;
  std::vector<std::uint32_t> at(n, 0);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    bool fine = true;
    std::size_t stride = 1;
    for (std::size_t p = 0; p < n && fine; ++p) {
      const std::size_t base = cell - at[p] * stride;
      for (std::uint32_t s = 0; s < g.strategies[p] && fine; ++s)
        fine = g.payoff[(base + s * stride) * n + p] <= g.payoff[cell * n + p] + slack[p];
      stride *= g.strategies[p];
    }
    if (fine) out.push_back(at);
    for (std::size_t p = 0; p < n; ++p) {
      if (++at[p] < g.strategies[p]) break;
      at[p] = 0;
    }
  }
  return out;
}

Result<MixedSet> bimatrix(const Strategic& g) {
  if (auto ok = validate(g); !ok) return std::unexpected(ok.error());
  if (g.strategies.size() != 2)
    return std::unexpected(Error{ErrorKind::invalid, "vertices give the equilibria of two players", "strategies"});
  const std::uint32_t n = g.strategies[0], m = g.strategies[1];
  const auto too_large = [](const char* what) {
    return std::unexpected(Error{ErrorKind::too_large, what, "strategies"});
  };
  if (n + m > 100) return too_large("more than 100 strategies");
  const auto side = [&](std::uint32_t mine, std::uint32_t other, auto&& payoff) {
    std::vector<std::vector<std::uint32_t>> block(1);
    for (std::uint32_t i = 0; i < mine; ++i) block[0].push_back(i);
    std::vector<Row> rows(other);
    for (std::uint32_t j = 0; j < other; ++j) {
      rows[j].value = 0;
      for (std::uint32_t i = 0; i < mine; ++i) rows[j].coefficient.push_back(payoff(i, j));
    }
    return best_reply_vertices(mine, block, 1, rows, 20'000);
  };
  const auto cell = [&](std::uint32_t i, std::uint32_t j, std::size_t p) { return g.payoff[(i + j * n) * 2 + p]; };
  const Vertices xs = side(n, m, [&](std::uint32_t i, std::uint32_t j) { return cell(i, j, 1); });
  const Vertices ys = side(m, n, [&](std::uint32_t j, std::uint32_t i) { return cell(i, j, 0); });
  if (!xs.complete || !ys.complete) return too_large("more than 20,000 vertices of one side");
  MixedSet out;
  std::vector<int> shared(ys.all.size(), 0);
  for (const Vertex& x : xs.all) {
    int with = 0;
    for (std::size_t k = 0; k < ys.all.size(); ++k) {
      const Vertex& y = ys.all[k];
      bool fits = true;
      for (std::size_t i = 0; i < n && fits; ++i) fits = x.zero.has(i) || y.tight.has(i);
      for (std::size_t j = 0; j < m && fits; ++j) fits = y.zero.has(j) || x.tight.has(j);
      if (!fits) continue;
      out.degenerate = out.degenerate || ++with > 1 || ++shared[k] > 1;
      out.extreme.push_back({x.x, y.x, y.value[0], x.value[0]});
      if (out.extreme.size() > 100'000) return too_large("more than 100,000 extreme equilibria");
    }
  }
  std::ranges::sort(out.extreme, [](const Mixed& a, const Mixed& b) { return a.x != b.x ? a.x > b.x : a.y > b.y; });
  return out;
}

double check(const Strategic& g, const Mixed& e) {
  const std::uint32_t n = g.strategies[0], m = g.strategies[1];
  const double infinite = std::numeric_limits<double>::infinity();
  if (g.strategies.size() != 2 || e.x.size() != n || e.y.size() != m) return infinite;
  double worst = 0;
  for (const auto* p : {&e.x, &e.y}) {
    double sum = 0;
    for (const double c : *p) {
      if (!(c >= 0)) return infinite;
      sum += c;
    }
    worst = std::max(worst, std::abs(sum - 1));
  }
  double u = 0, v = 0, best_u = -infinite, best_v = -infinite;
  for (std::uint32_t i = 0; i < n; ++i) {
    double row = 0;
    for (std::uint32_t j = 0; j < m; ++j) row += e.y[j] * g.payoff[(i + j * n) * 2];
    u += e.x[i] * row;
    best_u = std::max(best_u, row);
  }
  for (std::uint32_t j = 0; j < m; ++j) {
    double column = 0;
    for (std::uint32_t i = 0; i < n; ++i) column += e.x[i] * g.payoff[(i + j * n) * 2 + 1];
    v += e.y[j] * column;
    best_v = std::max(best_v, column);
  }
  const double a = range(g, 0), b = range(g, 1);
  return std::max({worst, (best_u - u) / a, (best_v - v) / b, std::abs(u - e.u) / a, std::abs(v - e.v) / b});
}

Extensive extensive(const Strategic& g) {
  Extensive out;
  out.players = static_cast<std::uint32_t>(g.strategies.size());
  for (std::uint32_t p = 0; p < out.players; ++p) out.information.push_back({p, g.strategies[p]});
  out.nodes.emplace_back();
  out.payoff.assign(out.players, 0.0);
  std::vector<std::size_t> level{0}, cell{0};
  std::size_t stride = 1;
  for (std::uint32_t p = 0; p < out.players; ++p) {
    std::vector<std::size_t> next, cells;
    for (std::size_t k = 0; k < level.size(); ++k) {
      out.nodes[level[k]].kind = Node::Kind::decision;
      out.nodes[level[k]].information = p;
      for (std::uint32_t s = 0; s < g.strategies[p]; ++s) {
        out.nodes[level[k]].children.push_back(static_cast<std::uint32_t>(out.nodes.size()));
        next.push_back(out.nodes.size());
        cells.push_back(cell[k] + s * stride);
        out.nodes.emplace_back();
        out.payoff.resize(out.payoff.size() + out.players, 0.0);
      }
    }
    level = std::move(next);
    cell = std::move(cells);
    stride *= g.strategies[p];
  }
  for (std::size_t k = 0; k < level.size(); ++k)
    for (std::uint32_t p = 0; p < out.players; ++p)
      out.payoff[level[k] * out.players + p] = g.payoff[cell[k] * out.players + p];
  return out;
}

}  // namespace entente::game
