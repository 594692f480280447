#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "entente/kernel/wedge.hpp"

namespace entente::wedge {
namespace {

std::unexpected<Error> refuse(std::string message, std::string where, ErrorKind kind = ErrorKind::invalid) {
  return std::unexpected(Error{kind, std::move(message), std::move(where)});
}
double size_of(const blocs::Graph& g, blocs::Actor i) { return g.size.empty() ? 1.0 : g.size[i]; }

}  // namespace

Result<void> validate(const Problem& p, const Options& options) {
  std::vector<std::uint64_t> keys;
  return validate(p, options, keys);
}

Result<void> validate(const Problem& p, const Options& options, std::vector<std::uint64_t>& keys) {
  if (const auto good = blocs::validate(p.graph, p.setting, {}, keys); !good) return good;
  if (p.a >= p.graph.actors || p.b >= p.graph.actors) return refuse("there is no such actor", "pair");
  if (p.a == p.b) return refuse("an actor can be neither parted from itself nor bound to itself", "pair");
  if (!(options.margin >= 1e-8 && options.margin <= 1)) return refuse("a margin lies from 1e-8 to 1", "margin");
  if (p.moves.size() > most_moves) return refuse("more than 60 moves", "moves", ErrorKind::too_large);
  for (std::size_t m = 0; m < p.moves.size(); ++m) {
    const Move& move = p.moves[m];
    const auto refuse_move = [m](std::string message) {
      return refuse(std::move(message), "move " + std::to_string(m));
    };
    if (move.tie >= p.graph.ties.size()) return refuse_move("there is no such tie");
    for (std::size_t before = 0; before < m; ++before)
      if (p.moves[before].tie == move.tie) return refuse_move("a tie moves twice");
    if (!std::isfinite(move.least) || !std::isfinite(move.most)) return refuse_move("bounds are finite");
    if (move.least > move.most) return refuse_move("the bounds cross");
    const blocs::Tie& tie = p.graph.ties[move.tie];
    if (tie.weight < move.least || tie.weight > move.most) return refuse_move("the bounds leave out the present value");
    for (const double c : {move.up, move.down, move.fixed})
      if (!(c >= 0) || !std::isfinite(c)) return refuse_move("a cost is finite and at least 0");
    const double s = size_of(p.graph, tie.a) * size_of(p.graph, tie.b);
    const double reach = std::max(std::abs(move.least), std::abs(move.most));
    if (!std::isfinite(s * reach) || !std::isfinite(move.fixed + (move.up + move.down) * 2 * reach))
      return refuse_move("numbers overflow");
    if (!std::isfinite(move.up / s + move.down / s)) return refuse_move("numbers overflow");
  }
  if (!std::isfinite(scale(p))) return refuse("numbers overflow", "graph");
  return {};
}

double scale(const Problem& p) {
  double sum = blocs::scale(p.graph);
  for (const Move& m : p.moves) {
    const blocs::Tie& tie = p.graph.ties[m.tie];
    const double reach = std::max(std::abs(m.least), std::abs(m.most));
    sum += size_of(p.graph, tie.a) * size_of(p.graph, tie.b) * (reach - std::abs(tie.weight));
  }
  return sum;
}

double cost(const Problem& p, std::span<const double> value) {
  double sum = 0;
  for (std::size_t m = 0; m < p.moves.size(); ++m) {
    const Move& move = p.moves[m];
    const double change = value[m] - p.graph.ties[move.tie].weight;
    if (change != 0) sum += move.fixed + (change > 0 ? move.up * change : -move.down * change);
  }
  return sum;
}

}  // namespace entente::wedge
