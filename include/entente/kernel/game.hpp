// Finite games: strategic and extensive ones with any number of players; pure and two-player mixed equilibria, logit
// quantal response. Signalling games are in game_signalling.hpp. Numbers only: players, moves and nodes are indices.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "entente/base/result.hpp"

namespace entente::game {

// ------------------------------------------------------------------------------------------------ strategic games

/// payoff[cell * players + p], cells in the order in which the first player's strategy changes fastest.
struct Strategic {
  std::vector<std::uint32_t> strategies;  ///< by player, each >= 1
  std::vector<double> payoff;
};
/// Errors: invalid (no player, a size, a payoff that is not finite); too_large (more than 8 players or 2^24 cells).
[[nodiscard]] Result<void> validate(const Strategic& g);

/// All profiles in which nobody gains by another strategy, in the order of cells. Payoffs are compared as they are:
/// equal means equal, whatever other cells hold. O(cells * sum of strategies).
[[nodiscard]] Result<std::vector<std::vector<std::uint32_t>>> pure(const Strategic& g);

/// One extreme equilibrium of a two-player game: x and y are vertices of their best-reply polyhedra.
struct Mixed {
  std::vector<double> x, y;  ///< chance of each strategy
  double u = 0, v = 0;       ///< payoffs of the two
};
struct MixedSet {
  std::vector<Mixed> extreme;  ///< every equilibrium is a mixture of those among these that share a side
  bool degenerate = false;     ///< two extreme ones share a side: there is a continuum between them
};
/// Where all payoffs are decimals of at most 15 digits or fractions with denominators up to a million, and there are at
/// most 40 strategies, the vertices are computed in fractions and compared exactly; otherwise in doubles, where numbers
/// count as equal within 1e-10 of the terms that they are sums of.
/// All extreme equilibria of a bimatrix game by enumeration of vertices (Mangasarian 1964, doi:10.1137/0112064; Avis,
/// Rosenberg, Savani, von Stengel 2010, doi:10.1007/s00199-009-0449-x). Errors: invalid unless two players; too_large
/// beyond 100 strategies in all, 20,000 vertices of one side or 4e9 pairs of them looked at, or when stopped.
[[nodiscard]] Result<MixedSet> bimatrix(const Strategic& g, const std::stop_token& stop = {});
/// Judge: the most that either could gain by another strategy, over the range of the payoffs that it has now or would
/// have then: payoffs that neither meets are no measure.
[[nodiscard]] double check(const Strategic& g, const Mixed& m);

// ------------------------------------------------------------------------------------------------ extensive games

struct Node {
  enum class Kind : std::uint8_t { terminal, chance, decision };
  Kind kind = Kind::terminal;
  std::uint32_t information = 0;        ///< of a decision: the information set
  std::vector<std::uint32_t> children;  ///< later nodes, one for each move
  std::vector<double> chance;           ///< of a chance node: by move, adding up to 1
};
struct Information {
  std::uint32_t player = 0;
  std::uint32_t moves = 0;
};
/// Node 0 is the root; every other node is the child of exactly one earlier node. A player's payoff at the end is the
/// sum over the nodes of the path.
struct Extensive {
  std::uint32_t players = 0;
  std::vector<Node> nodes;
  std::vector<Information> information;
  std::vector<double> payoff;  ///< node * players + player
};
/// Errors: invalid (a node that nothing leads to or that several lead to, chances that do not add up to 1 within 1e-9,
/// an information set whose nodes differ in moves; unless allowed, a player who forgets: Kuhn 1953); too_large (a
/// million nodes). `where` is "node k".
enum class Recall : std::uint8_t { perfect, any };
[[nodiscard]] Result<void> validate(const Extensive& g, Recall recall = Recall::perfect);

/// A behaviour: by information set, the chance of each move. NaN: the player's own moves never lead there.
using Behaviour = std::vector<std::vector<double>>;

/// Expected payoffs by player. NaN counts as the first move.
[[nodiscard]] std::vector<double> expected(const Extensive& g, const Behaviour& b);
/// All pure behaviours (a move at every information set) in which no player gains by another one. Players may forget:
/// a pure behaviour is then one move for all nodes of a set. Errors: too_large beyond 2^20 behaviours, or as
/// pure_plans.
[[nodiscard]] Result<std::vector<std::vector<std::uint32_t>>> pure(const Extensive& g);

/// The work of a search, to be stated before it begins.
struct Work {
  std::vector<double>
      plans;            ///< by player: reduced pure strategies (all of them where the player forgets), up to a limit
  double profiles = 0;  ///< their product
};
/// The same up to moves that never matter: at sets that a player's own moves never lead to its plan holds `any_move`.
/// Expected payoffs are sums of chance times payoff over the common denominator, in 128-bit integers or longer ones,
/// and compared exactly. Errors: too_large beyond 4096 plans of one player or 2^21 profiles, or when stopped.
/// O(profiles * players + sum over ends of the profiles that lead there).
inline constexpr std::uint32_t any_move = 0xffffffffu;
struct PurePlans {
  std::vector<std::vector<std::uint32_t>> profile;  ///< by equilibrium and information set
  Work work;
};
[[nodiscard]] Result<PurePlans> pure_plans(const Extensive& g, const std::stop_token& stop = {});
/// Does every player remember what it knew and did?
[[nodiscard]] bool perfect_recall(const Extensive& g);
/// Two players: extreme equilibria of the reduced strategic form, as behaviours (Kuhn 1953), each once.
struct BehaviourSet {
  std::vector<Behaviour> extreme;
  bool degenerate = false;
};
/// Errors: invalid unless two players with perfect recall; too_large beyond 100 plans of one player, or as bimatrix.
[[nodiscard]] Result<BehaviourSet> mixed(const Extensive& g, const std::stop_token& stop = {});
/// Judge: the most that any player could gain by another behaviour, over the range of the payoffs at the ends that
/// are reached now or would be then. O(length of all paths); where a player forgets every pure plan is tried, NaN
/// beyond 2^20.
[[nodiscard]] double check(const Extensive& g, const Behaviour& b);
/// Every information set is one node: then a behaviour is subgame perfect, which here is sequential, exactly when no
/// move anywhere could be bettered alone.
[[nodiscard]] bool perfect_information(const Extensive& g) noexcept;
/// Judge: the most that one move anywhere could be bettered by, given what follows, over the size of what it is
/// compared with. For games of perfect information.
[[nodiscard]] double check_everywhere(const Extensive& g, const Behaviour& b);

/// The strategic game as an extensive one in which nobody sees anything.
[[nodiscard]] Extensive extensive(const Strategic& g);

// ------------------------------------------------------------------------------------------- quantal response

/// Logit agent quantal response (McKelvey and Palfrey 1998, doi:10.1023/A:1009905800005): at every information set
///   chance(move) proportional to exp(lambda * U(move)),
/// U(move) the payoff expected from it given that the set is reached. The branch that begins at equal chances at lambda
/// 0 is followed by predictor and corrector in arc length (Turocy 2005, doi:10.1016/j.geb.2004.04.003), through turning
/// points; it ends near a sequential equilibrium.
struct LogitOptions {
  std::vector<double> at;  ///< lambdas at which the first point of the branch is wanted
  double regret = 1e-6;    ///< the branch ends when no move could gain more than this share of the payoffs' range ...
  double lambda = 1e6;     ///< ... or here (over that range) ...
  std::uint32_t steps = 20'000;  ///< ... or after so many steps
  std::stop_token stop = {};     ///< ... or when asked to stop
};
struct LogitPoint {
  double lambda = 0;
  Behaviour behaviour;
  double residual = 0;  ///< largest |log chance ratio - lambda * difference of payoffs|, by check_logit
  double regret = 0;    ///< largest gain by one move at one set, given that it is reached, over the range of payoffs
};
enum class LogitStop : std::uint8_t { regret, lambda, steps, stuck, stopped };
struct LogitPath {
  std::vector<LogitPoint> at;  ///< in the order asked; residual NaN where the branch never came there
  LogitPoint last;
  LogitStop stop = LogitStop::regret;
  std::uint32_t steps = 0, turns = 0;  ///< turns: how often lambda went back
};
/// The game must be valid. Errors: invalid (an option); too_large (more than 2000 moves in all, or logit_work above
/// 2e10). O(steps * moves^3).
[[nodiscard]] Result<LogitPath> logit(const Extensive& g, const LogitOptions& options = {});
/// Operations that the branch takes as a rule: some hundred steps of a few systems of equations each.
[[nodiscard]] double logit_work(const Extensive& g);
/// Judge: the residual above at a point, payoffs by walking the tree.
[[nodiscard]] double check_logit(const Extensive& g, double lambda, const Behaviour& b);

}  // namespace entente::game
