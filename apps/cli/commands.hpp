// The commands. Exit codes: 0 ok, 1 the input is bad, 2 usage, 3 not solved.
#pragma once
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace entente::cli {

inline constexpr const char* version = "entente 0.1.0";

enum Exit : int { ok = 0, bad_input = 1, usage = 2, not_solved = 3 };

struct Common {
  bool json = false, strict = false, quiet = false;
  std::vector<std::string> allow;  ///< folders that may be read besides the situation's own
  bool force = false;              ///< write over a file that is there and not ours
};

/// What of an answer is printed: the first screen, some of it whole, or all.
struct Shown {
  std::vector<std::string> only;  ///< claims (ask: or questions); empty: the first screen
  bool full = false, claims = false;
  bool calibrated = false;  ///< the number after its record too
};

struct DoubtArgs {
  std::uint64_t draws = 10000, seed = 1, from = 0, to = UINT64_MAX;
  unsigned threads = 0;
  bool random = false, curves = false;
  std::uint64_t total = 0;  ///< draws for total-order indices; 0: none
  bool turn = false;        ///< report: who could turn each claim
  std::string save;
  std::string resume;     ///< a folder that keeps what is drawn
  std::string situation;  ///< of slices to join, where not the one that they name
  Shown shown;
};

struct McpArgs {
  std::string root = ".";
  bool write = false;
  std::uint64_t draws = 100'000;
  double seconds = 60, memory = 4;  // of one call; gigabytes of the process
  unsigned threads = 0;
};
struct TurnArgs {
  std::string claim;  ///< empty: every claim that stands for itself
  std::string to;     ///< true, false; empty: true, or of all claims what each is not
  std::string chance = "80 %", budget, answer_budget, against, cost = "median";
  std::vector<std::string> by;
  std::uint64_t draws = 2000, seed = 1;
  unsigned threads = 0;
  bool random = false;
  double seconds = 60;
};

struct MarketArgs {
  bool worths = false;
  bool existing = false;             ///< no link that would have to be built
  std::vector<std::string> without;  ///< actors, links, producers, consumers
};

struct CoalitionArgs {
  unsigned players = 0;         ///< 0: from the largest mask
  std::vector<std::string> of;  ///< what to compute; empty: the usual
  std::string unions, links;    ///< "1 3 5|2 4", "1-2,2-3"
  std::vector<double> weights;
  std::uint64_t samples = 0, seed = 1;  ///< samples 0: exact
  unsigned threads = 1;
};

struct VotingArgs {
  std::vector<std::string> quotas;   ///< decimals, or shares of the sum such as 85%
  std::vector<std::string> weights;  ///< comma-separated, one list for every quota
  std::vector<unsigned> veto;        ///< from 1
  unsigned blocking = 0;             ///< so many against are needed to block; 0: any
  double seconds = 60;
};

struct BlocsArgs {
  std::string sizes;        ///< a table actor,size; empty: all 1
  std::string blocs = "2";  ///< 2, k, exactly-k, at-most-k or free
  bool all = false;         ///< the local optima and their basins too
  std::uint32_t optima = 64;
  double seconds = 60;               ///< after which the bound so far is given
  std::string dot, gexf;             ///< where to draw; empty: nowhere
  std::vector<std::string> against;  ///< two actors, the cores of the sides
  double temperature = 0;            ///< above 0: the distribution over partitions
  double size_exponent = 0, error = 0.01;
  std::uint64_t seed = 1;
  bool gradient = false, sampled = false;
  std::string both;  ///< sum or mean: what becomes of arcs both ways that differ; empty: refused
};

struct BalanceArgs {
  double share = 0.5;           ///< of the time to divergence
  double self = 0;              ///< the diagonal
  std::vector<std::string> on;  ///< the tie whose causes are asked for
};

struct ChoiceArgs {
  double status_quo = std::numeric_limits<double>::quiet_NaN();  ///< NaN: not known
  double lower = std::numeric_limits<double>::quiet_NaN(), upper = lower;
  double quota = std::numeric_limits<double>::quiet_NaN();  ///< NaN: more than half of the capabilities
  bool challenge = false;
};

struct WedgeArgs {
  std::vector<std::string> apart, together;  ///< one of them: the pair
  std::string moves, sizes, blocs = "2";
  double margin = 1e-6;
  std::uint64_t nodes = 100'000;
  bool proof = false;
};

struct GameArgs {
  std::vector<std::string> of;  ///< pure, mixed, sequential, qre; empty: all but sequential
  std::vector<double> lambda;   ///< points of the branch of quantal response
  double seconds = 20;          ///< after which what is found so far is given
};

struct TradeArgs {
  bool against_base = false, flows = false;
  double tolerance = 1e-10;
  double elasticity = 0;  // of one table of flows; 0: not said
  std::string deficits = "fixed";
};

struct RecordArgs {
  std::string events;                ///< disputes or wars; empty: the situations of history
  std::string world = "data/world";  ///< the tables
  bool sealed = false;               ///< the disputes of 2011 to 2014
  bool markdown = false;             ///< tables for a page
  std::string weights, picture;      ///< where to write; empty: nowhere
  unsigned threads = 0;
};

int check(const std::string& path, bool numbers, const Common& c);
/// Mends what is certain: shows the difference, asks (`yes`: does not), writes, and says what is left.
int fix(const std::string& path, bool yes, const Common& c);
int print_schema();
int ask(const std::string& path, const Shown& shown, const Common& c);
int doubt(const std::string& path, const DoubtArgs& a, const Common& c);
int mcp(const McpArgs& a, const Common& c);
int turn(const std::string& path, const TurnArgs& a, const Common& c);
/// Mean and quantiles of drivers and quantities over the draws.
int spread(const std::string& path, const std::vector<std::string>& names, const DoubtArgs& a, const Common& c);
/// The claims in the draws in which conditions hold.
int given(const std::string& path, const std::vector<std::string>& conditions, const DoubtArgs& a, const Common& c);
/// The claims through what became known.
int follow(const std::string& path, const DoubtArgs& a, const Common& c);
int report(const std::string& path, const std::string& to, const DoubtArgs& a, const Common& c);
int join(const std::vector<std::string>& parts, const DoubtArgs& a, const Common& c);
int quantities(const std::string& path, const Common& c);
int explain(const std::string& path, const std::string& quantity, const Common& c);
int diff(const std::string& dissent, const DoubtArgs& a, const Common& c);
int history(const std::vector<std::string>& paths, const DoubtArgs& a, const Common& c);
int history_events(const RecordArgs& a, const Common& c);
int write_template(const std::string& path, const Common& c);
int solve_market(const std::string& path, const MarketArgs& a, const Common& c);
int solve_coalition(const std::string& path, const CoalitionArgs& a, const Common& c);
int solve_voting(const VotingArgs& a, const Common& c);
int solve_trade(const std::string& base, const std::string& shock, const TradeArgs& a, const Common& c);
int solve_exchange(const std::string& path, const std::vector<std::string>& limits, const Common& c);
int solve_wedge(const std::string& path, const WedgeArgs& a, const Common& c);
int solve_blocs(const std::string& path, const BlocsArgs& a, const Common& c);
int solve_balance(const std::string& path, const BalanceArgs& a, const Common& c);
int solve_choice(const std::string& path, const ChoiceArgs& a, const Common& c);
int solve_game(const std::string& path, const GameArgs& a, const Common& c);

}  // namespace entente::cli
