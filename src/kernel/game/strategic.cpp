// Strategic games: pure equilibria by looking at every cell, two-player ones by vertices.
#include <algorithm>
#include <cmath>
#include <string>

#include "entente/kernel/game.hpp"
#include "kernel/game/bimatrix.hpp"
#include "kernel/game/vertices.hpp"

namespace entente::game {
namespace {

std::unexpected<Error> too_large(const char* what) {
  return std::unexpected(Error{ErrorKind::too_large, what, "strategies"});
}

// a, b: payoffs of the two, i + n * j.
template <class Number>
Result<MixedSet> by_vertices(std::size_t n, std::size_t m, const std::vector<Number>& a, const std::vector<Number>& b,
                             const std::stop_token& stop) {
  Pairs pairs{.stop = stop};
  const auto side = [&](std::size_t mine, std::size_t other, auto&& payoff) {
    std::vector<std::vector<std::uint32_t>> block(1);
    for (std::uint32_t i = 0; i < mine; ++i) block[0].push_back(i);
    std::vector<RowOf<Number>> rows(other);
    for (std::size_t j = 0; j < other; ++j) {
      rows[j].value = 0;
      for (std::size_t i = 0; i < mine; ++i) rows[j].coefficient.push_back(payoff(i, j));
    }
    return best_reply_vertices<Number>(mine, block, 1, rows, 20'000, pairs);
  };
  const Vertices xs = side(n, m, [&](std::size_t i, std::size_t j) { return b[i + n * j]; });
  if (!xs.complete) return too_large("more than 20,000 vertices of one side, or 4e9 pairs of them");
  const Vertices ys = side(m, n, [&](std::size_t j, std::size_t i) { return a[i + n * j]; });
  if (!ys.complete) return too_large("more than 20,000 vertices of one side, or 4e9 pairs of them");
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
  std::ranges::sort(out.extreme, [](const Mixed& e, const Mixed& f) { return e.x != f.x ? e.x > f.x : e.y > f.y; });
  return out;
}

// Short enough that vertices, quotients of determinants of them, stay numbers of some hundred digits.
bool is_short(const Rational& x) {
  return boost::multiprecision::denominator(x) <= 1'000'000'000'000'000 &&
         boost::multiprecision::abs(boost::multiprecision::numerator(x)) < (Integer(1) << 100);
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
  std::vector<std::vector<std::uint32_t>> out;
  std::vector<std::uint32_t> at(n, 0);
  for (std::size_t cell = 0; cell < cells; ++cell) {
    bool fine = true;
    std::size_t stride = 1;
    for (std::size_t p = 0; p < n && fine; ++p) {
      const std::size_t base = cell - at[p] * stride;
      for (std::uint32_t s = 0; s < g.strategies[p] && fine; ++s)
        fine = g.payoff[(base + s * stride) * n + p] <= g.payoff[cell * n + p];
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

Result<MixedSet> bimatrix_of(std::size_t rows, std::size_t columns, const std::vector<Rational>& a,
                             const std::vector<Rational>& b, const std::stop_token& stop) {
  if (rows + columns > 100) return too_large("more than 100 strategies");
  if (rows + columns <= 40 && std::ranges::all_of(a, is_short) && std::ranges::all_of(b, is_short))
    return by_vertices(rows, columns, a, b, stop);
  std::vector<double> u, v;
  for (const Rational& x : a) u.push_back(entente::as_double(x));
  for (const Rational& x : b) v.push_back(entente::as_double(x));
  return by_vertices(rows, columns, u, v, stop);
}

Result<MixedSet> bimatrix(const Strategic& g, const std::stop_token& stop) {
  if (auto ok = validate(g); !ok) return std::unexpected(ok.error());
  if (g.strategies.size() != 2)
    return std::unexpected(Error{ErrorKind::invalid, "vertices give the equilibria of two players", "strategies"});
  if (g.strategies[0] + g.strategies[1] > 100) return too_large("more than 100 strategies");
  std::vector<Rational> payoff[2];
  for (std::size_t k = 0; k < g.payoff.size(); ++k) payoff[k % 2].push_back(exactly(g.payoff[k]));
  return bimatrix_of(g.strategies[0], g.strategies[1], payoff[0], payoff[1], stop);
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
  // What one of the two has and could have, over the range of the payoffs between which that is.
  const auto side = [&](std::size_t mine, std::size_t other, const std::vector<double>& x, const std::vector<double>& y,
                        double claimed, auto&& payoff) {
    double has = 0, best = -infinite;
    std::size_t then = 0;
    for (std::size_t i = 0; i < mine; ++i) {
      double row = 0;
      for (std::size_t j = 0; j < other; ++j) row += y[j] * payoff(i, j);
      has += x[i] * row;
      if (row > best) best = row, then = i;
    }
    double low = infinite, high = -infinite;
    for (std::size_t i = 0; i < mine; ++i)
      for (std::size_t j = 0; j < other; ++j)
        if ((i == then || x[i] > 0) && y[j] > 0) low = std::min(low, payoff(i, j)), high = std::max(high, payoff(i, j));
    double size = high > low ? high - low : std::abs(high);
    if (!(size > 0)) size = 1;
    worst = std::max({worst, (best - has) / size, std::abs(has - claimed) / size});
  };
  side(n, m, e.x, e.y, e.u, [&](std::size_t i, std::size_t j) { return g.payoff[(i + j * n) * 2]; });
  side(m, n, e.y, e.x, e.v, [&](std::size_t j, std::size_t i) { return g.payoff[(i + j * n) * 2 + 1]; });
  return worst;
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
