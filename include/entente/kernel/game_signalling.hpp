// Signalling games: a sender knows its type and sends a signal; a receiver sees the signal and replies.
//
// Problem. What do the types send, what does the receiver reply and believe, in every perfect Bayesian equilibrium, and
// which of them survive refinement?
// Theory. Nature draws type t with chance p_t; the sender's payoff is u(t, m, a), the receiver's r(t, m, a). In
// equilibrium no type gains by another signal, the receiver's reply to every signal is best against its belief, and
// beliefs follow Bayes' rule after signals that are sent; after others they are free (Fudenberg and Tirole 1991,
// doi:10.1016/0022-0531(91)90155-W). Any such belief is a limit of trembles in a game of this shape, so every perfect
// Bayesian equilibrium here is sequential (Kreps and Wilson 1982, doi:10.2307/1912767). The beliefs under which given
// replies are best form a polytope: it is given by its vertices. Given who sends what at all, the conditions on the
// sender's chances and on the receiver's are linear and apart: mixed equilibria are pairs of vertices of two polyhedra.
// Choice. Pure ones: run over replies, A^M, and take the signals best against each. Mixed ones: double description.
#pragma once
#include <optional>

#include "entente/kernel/game.hpp"

namespace entente::game {

struct Signalling {
  std::uint32_t types = 0, signals = 0, actions = 0;
  std::vector<double> prior;             ///< by type, > 0, adding up to 1 within 1e-9
  std::vector<double> sender, receiver;  ///< (t * signals + m) * actions + a
  std::vector<std::uint8_t> can;         ///< t * signals + m: may type t send m? Empty: all may
  [[nodiscard]] bool may(std::size_t t, std::size_t m) const noexcept { return can.empty() || can[t * signals + m]; }
};
/// Errors: invalid (sizes, chances that do not add up, a payoff that is not finite, a signal nobody can send, a type
/// that can send none); too_large (more than 64 types, signals or actions).
[[nodiscard]] Result<void> validate(const Signalling& g);

/// Vertices of a set of beliefs (each a distribution over types); empty: no belief does.
using Beliefs = std::vector<std::vector<double>>;
/// Beliefs over the types that can send m under which every one of `actions` is a best reply to m.
[[nodiscard]] Beliefs beliefs(const Signalling& g, std::uint32_t m, std::span<const std::uint32_t> actions);

struct Equilibrium {
  std::vector<std::vector<double>> signal;  ///< by type: chance of each signal
  std::vector<std::vector<double>> reply;   ///< by signal: chance of each action
  std::vector<std::uint8_t> sent;           ///< by signal: does any type send it?
  std::vector<Beliefs> belief;  ///< by signal: Bayes' (one point) when sent, else all that support the reply
  std::vector<double> payoff;   ///< by type
  double receiver = 0;          ///< its expected payoff
  bool pure = false;
  bool separating = false;  ///< no signal is sent by two types
  bool pooling = false;     ///< all types send alike
  bool intuitive = false;   ///< survives Cho and Kreps (1987, doi:10.2307/1885060)
};
/// All pure perfect Bayesian equilibria, by replies then signals in order. Payoffs are compared exactly where all
/// numbers are short decimals or fractions (see pure of a strategic game), else within 1e-10 of the pair compared.
/// Errors: too_large when A^M or the ties among best signals exceed 10^7.
[[nodiscard]] Result<std::vector<Equilibrium>> pure(const Signalling& g);
/// Extreme equilibria, mixed ones and pure ones, each way of sending and replying on the path once; off the path one
/// reply that deters. `continuum`: two share what is sent or what is replied on the path, so that mixtures may be
/// equilibria too. Errors: too_large beyond 4096 pure plans of the sender, 10 actions or 20,000 vertices.
struct EquilibriumSet {
  std::vector<Equilibrium> extreme;
  bool continuum = false;
};
[[nodiscard]] Result<EquilibriumSet> mixed(const Signalling& g, const std::stop_token& stop = {});

/// Does the equilibrium survive the intuitive criterion? For an unsent signal m let J be the types that would get less
/// from the best reply that any belief could bring than they have. It fails when some type outside J would get more
/// than it has from every reply that is best against some belief without J (nothing is asked when J is everyone).
[[nodiscard]] bool intuitive(const Signalling& g, const Equilibrium& e);

/// Judge, from the game alone: the largest gain of a type by another signal, of the receiver by another reply at any
/// of the beliefs reported, each over the range of the payoffs that it is between; distance of beliefs from Bayes'
/// rule. Infinite when a chance is none.
[[nodiscard]] double check(const Signalling& g, const Equilibrium& e);

/// The game as a tree: information sets 0 to T - 1 are the types, T to T + M - 1 the signals.
[[nodiscard]] Extensive extensive(const Signalling& g);
/// A tree that is a signalling game: chance, then one player who sees it, then another who sees the move alone.
struct Shape {
  Signalling game;
  std::vector<std::uint32_t> type;    ///< information set of each type
  std::vector<std::uint32_t> signal;  ///< information set of each signal
};
[[nodiscard]] std::optional<Shape> signalling(const Extensive& g);

}  // namespace entente::game
