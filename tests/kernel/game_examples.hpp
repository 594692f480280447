// Games from the literature, as the tests know them.
#pragma once
#include "entente/kernel/game_signalling.hpp"

namespace examples {
namespace gm = entente::game;

/// Cho and Kreps 1987, doi:10.2307/1885060. Types strong (.9) and weak, signals beer and quiche, replies duel and not:
/// the preferred breakfast is worth 1, no duel 2; the receiver gains 1 by duelling the weak or leaving the strong
/// alone.
inline gm::Signalling beer_quiche() {
  gm::Signalling g{.types = 2, .signals = 2, .actions = 2, .prior = {0.9, 0.1}};
  for (int t = 0; t < 2; ++t)
    for (int m = 0; m < 2; ++m)
      for (int a = 0; a < 2; ++a) {
        g.sender.push_back((t == m ? 1 : 0) + (a == 1 ? 2 : 0));
        g.receiver.push_back(t != a ? 1 : 0);
      }
  return g;
}

/// Watson, Strategy, ch. 29: the job market. Types high (1/3) and low, signals education or none, replies manager or
/// clerk.
inline gm::Signalling job_market() {
  return {.types = 2,
          .signals = 2,
          .actions = 2,
          .prior = {1.0 / 3, 2.0 / 3},
          .sender = {6, 0, 10, 4, 3, -3, 10, 4},
          .receiver = {10, 4, 10, 4, 0, 4, 0, 4}};
}

/// A tree from a list in the order of Gambit's files: player 0 is chance, an end has no moves.
struct Line {
  int player;
  unsigned set;  // counted from 1
  std::vector<double> chance;
  std::vector<double> payoff;
  unsigned moves = 0;
};
inline gm::Extensive tree(unsigned players, const std::vector<gm::Information>& sets, const std::vector<Line>& lines) {
  gm::Extensive g{.players = players, .information = sets};
  std::vector<std::pair<std::uint32_t, unsigned>> open;  // node, moves still without a node
  for (const Line& l : lines) {
    const auto k = static_cast<std::uint32_t>(g.nodes.size());
    if (!open.empty()) {
      g.nodes[open.back().first].children.push_back(k);
      if (--open.back().second == 0) open.pop_back();
    }
    gm::Node n;
    n.kind = l.moves == 0    ? gm::Node::Kind::terminal
             : l.player == 0 ? gm::Node::Kind::chance
                             : gm::Node::Kind::decision;
    n.information = l.set;
    n.chance = l.chance;
    g.nodes.push_back(n);
    for (unsigned p = 0; p < players; ++p) g.payoff.push_back(l.payoff.empty() ? 0 : l.payoff[p]);
    if (l.moves > 0) open.emplace_back(k, l.moves);
  }
  return g;
}

/// Bagwell 1995, Games and Economic Behavior 8, 271-280: commitment seen with noise, 99 of 100 right.
inline gm::Extensive bagwell() {
  return tree(2, {{0, 2}, {1, 2}, {1, 2}},
              {{1, 0, {}, {}, 2},
               {0, 0, {.99, .01}, {}, 2},
               {2, 1, {}, {}, 2},
               {0, 0, {}, {5, 2}},
               {0, 0, {}, {3, 1}},
               {2, 2, {}, {}, 2},
               {0, 0, {}, {5, 2}},
               {0, 0, {}, {3, 1}},
               {0, 0, {.01, .99}, {}, 2},
               {2, 1, {}, {}, 2},
               {0, 0, {}, {6, 3}},
               {0, 0, {}, {4, 4}},
               {2, 2, {}, {}, 2},
               {0, 0, {}, {6, 3}},
               {0, 0, {}, {4, 4}}});
}

/// Myerson 1991, Game Theory, section 2.1: one-card poker.
inline gm::Extensive poker() {
  return tree(2, {{0, 2}, {0, 2}, {1, 2}},
              {{0, 0, {.5, .5}, {}, 2},
               {1, 0, {}, {}, 2},
               {2, 2, {}, {}, 2},
               {0, 0, {}, {2, -2}},
               {0, 0, {}, {1, -1}},
               {0, 0, {}, {1, -1}},
               {1, 1, {}, {}, 2},
               {2, 2, {}, {}, 2},
               {0, 0, {}, {-2, 2}},
               {0, 0, {}, {1, -1}},
               {0, 0, {}, {-1, 1}}});
}

}  // namespace examples
