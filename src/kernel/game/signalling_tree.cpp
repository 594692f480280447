// Signalling games as trees, and trees that are signalling games.
#include <algorithm>

#include "base/short_number.hpp"
#include "entente/kernel/game_signalling.hpp"

namespace entente::game {

Extensive extensive(const Signalling& g) {
  const std::uint32_t T = g.types, M = g.signals, A = g.actions;
  Extensive out{.players = 2};
  const auto add = [&](Node::Kind kind, std::uint32_t information) {
    out.nodes.push_back({.kind = kind, .information = information});
    out.payoff.insert(out.payoff.end(), {0.0, 0.0});
    return static_cast<std::uint32_t>(out.nodes.size() - 1);
  };
  for (std::uint32_t t = 0; t < T; ++t) {
    std::uint32_t moves = 0;
    for (std::uint32_t m = 0; m < M; ++m) moves += g.may(t, m);
    out.information.push_back({0, moves});
  }
  for (std::uint32_t m = 0; m < M; ++m) out.information.push_back({1, A});
  add(Node::Kind::chance, 0);
  for (std::uint32_t t = 0; t < T; ++t) {
    const auto type = add(Node::Kind::decision, t);
    out.nodes[0].children.push_back(type);
    out.nodes[0].chance.push_back(g.prior[t]);
    for (std::uint32_t m = 0; m < M; ++m) {
      if (!g.may(t, m)) continue;
      const auto signal = add(Node::Kind::decision, T + m);
      out.nodes[type].children.push_back(signal);
      for (std::uint32_t a = 0; a < A; ++a) {
        const auto end = add(Node::Kind::terminal, 0);
        out.nodes[signal].children.push_back(end);
        out.payoff[end * 2] = g.sender[(t * M + m) * A + a];
        out.payoff[end * 2 + 1] = g.receiver[(t * M + m) * A + a];
      }
    }
  }
  return out;
}

std::optional<Shape> signalling(const Extensive& g) {
  if (g.players != 2 || g.nodes.empty() || g.nodes[0].kind != Node::Kind::chance) return std::nullopt;
  Shape s;
  std::uint32_t sender = 2;
  std::vector<std::uint32_t> index(g.information.size(), 0xffffffffu);
  for (const std::uint32_t k : g.nodes[0].children) {
    const Node& type = g.nodes[k];
    if (type.kind != Node::Kind::decision || std::ranges::find(s.type, type.information) != s.type.end())
      return std::nullopt;
    if (sender == 2) sender = g.information[type.information].player;
    if (g.information[type.information].player != sender) return std::nullopt;
    s.type.push_back(type.information);
    for (const std::uint32_t c : type.children) {
      const Node& heard = g.nodes[c];
      if (heard.kind != Node::Kind::decision || g.information[heard.information].player == sender) return std::nullopt;
      for (const std::uint32_t end : heard.children)
        if (g.nodes[end].kind != Node::Kind::terminal) return std::nullopt;
      if (index[heard.information] == 0xffffffffu) {
        index[heard.information] = static_cast<std::uint32_t>(s.signal.size());
        s.signal.push_back(heard.information);
      }
      if (heard.children.size() != g.nodes[g.nodes[g.nodes[0].children[0]].children[0]].children.size())
        return std::nullopt;
    }
  }
  Signalling& to = s.game;
  to.types = static_cast<std::uint32_t>(s.type.size());
  to.signals = static_cast<std::uint32_t>(s.signal.size());
  to.actions = g.information[s.signal[0]].moves;
  const std::size_t size = std::size_t{to.types} * to.signals;
  to.sender.assign(size * to.actions, 0.0);
  to.receiver = to.sender;
  to.can.assign(size, 0);
  for (std::size_t t = 0; t < to.types; ++t) {
    to.prior.push_back(g.nodes[0].chance[t]);
    const std::uint32_t k = g.nodes[0].children[t];
    for (const std::uint32_t c : g.nodes[k].children) {
      const std::size_t at = t * to.signals + index[g.nodes[c].information];
      if (to.can[at]) return std::nullopt;  // two moves that the receiver cannot tell apart
      to.can[at] = 1;
      for (std::size_t a = 0; a < to.actions; ++a)
        for (std::uint32_t i = 0; i < 2; ++i) {
          Rational sum = 0;
          int terms = 0;
          double u = 0;
          for (const std::uint32_t n : {0u, k, c, g.nodes[c].children[a]})
            if (const double x = g.payoff[n * 2 + i]; x != 0) u = x, sum += exactly(x), ++terms;
          if (terms > 1) u = entente::as_double(sum);
          (i == sender ? to.sender : to.receiver)[at * to.actions + a] = u;
        }
    }
  }
  if (std::ranges::all_of(to.can, [](std::uint8_t c) { return c != 0; })) to.can.clear();
  return validate(to) ? std::optional(std::move(s)) : std::nullopt;
}

}  // namespace entente::game
