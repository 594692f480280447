// What a situation's sections say and what is asked of them: plain structures that hold parameter numbers instead of
// values, in the order of the file: markets, exchanges, forces, ties, displays, scales, supplies, the world economy.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "entente/situation/parameter.hpp"

namespace entente::situation {

struct Actor {
  std::string id, name;
  YearNumber gdp;           ///< in gdp_unit
  ParamId discount = none;  ///< yearly, a share
  ParamId presence = none;
  Span span;
};

struct Producer {
  std::string name;
  std::uint32_t node = none;
  ActorId of = none;  ///< none: open, a price taker that anyone may buy from
  YearNumber capacity, cost_first, cost_last;
  ParamId presence = none;
  Span span;
};

struct Consumer {
  std::string name;
  std::uint32_t node = none;
  ActorId of = none;
  bool linear = false;
  YearNumber quantity, price, elasticity;  ///< constant elasticity, or linear through that point
  YearNumber choke, slope;                 ///< linear inverse demand p = choke - slope q
  bool by_point = true;
  ParamId presence = none;
  Span span;
};

struct Terms {
  YearNumber price, volume;
};

struct Build {
  YearNumber capex, life, rate;
  ActorId paid_by = none;
};

struct Link {
  std::string name;
  std::vector<std::uint32_t> from;  ///< nodes; several share the link's capacity
  std::uint32_t to = none;
  std::vector<ActorId> consent;
  YearNumber capacity, cost;
  std::optional<Terms> terms;
  std::optional<Build> build;
  ActorId rent = none;  ///< who gets the link's rent where no terms divide it
  std::vector<std::pair<ActorId, YearNumber>> transit_cost;
  ParamId presence = none;
  Span span;
};

struct Market {
  std::string name, at;
  int year = 0;
  number::Unit quantity, price, capital, money;  ///< bcm/yr, USD/kcm, B USD, B USD/yr
  std::vector<std::string> nodes;
  std::vector<Producer> producers;
  std::vector<Consumer> consumers;
  std::vector<Link> links;
  Span span;
};

/// One who gives to an exchange's client, or could.
struct Patron {
  ActorId who = none;
  ParamId gain = none, gets = none, spare = none;  ///< none: nothing
  ParamId tie = none;                              ///< presence of the tie between client and patron
};

struct Exchange {
  std::string name;
  ActorId of = none;  ///< the client
  number::Unit unit;
  std::vector<Patron> patrons;
  struct Share {
    std::size_t by = 0, of = 0;  ///< patrons
    ParamId share = none;
  };
  std::vector<Share> replaces;
  ParamId substitution = none, satiation = none;  ///< of the view with constant elasticity; none: no such view
  Span span;
};

/// A peace force: what contributors can give and whose consent it needs.
struct Force {
  std::string name;
  ParamId needs = none, share = none, chance = none;
  struct Contributor {
    ActorId who = none;
    std::vector<ParamId> provides;  ///< summed: deployed, standby, stretch, or one number
    ParamId willing = none;         ///< none: certainly
  };
  std::vector<Contributor> contributors;
  struct Consent {
    ActorId who = none;
    bool party = false;           ///< asked whatever the rule; else only under the Council's
    ParamId together = none;      ///< none: one disposition
    std::vector<ParamId> chance;  ///< by contributor; none: agrees
  };
  std::vector<Consent> consents;
  ParamId council = none;  ///< presence of the Council's rule; none: no such rule
  ParamId elected = none;  ///< chance that enough elected members are in favour; none: certainly
  Span span;
};

/// A tie between two actors, the same both ways: sum of weight times value over its terms, plus judgement.
struct Tie {
  ActorId a = none, b = none;
  ParamId judgement = none;                        ///< none: nothing beside the evidence
  std::vector<std::pair<ParamId, ParamId>> terms;  ///< weight, value
  ParamId presence = none;
  Span span;
};

/// What actors weigh by one measure.
struct Measure {
  std::string name;
  std::vector<ParamId> size;  ///< by actor; none: not said
  Span span;
  bool unread = false;  ///< its table could not be read, which was told
};

/// Who is in a question of alignment, at how many sides, weighed how.
struct Camp {
  std::vector<ActorId> actors;
  std::uint32_t blocs = 2;       ///< at most so many; 0: free
  std::uint32_t measure = none;  ///< none: all weigh the same
};

struct AlignQuestion {
  Camp camp;
};

/// wedge and bind.
struct PartingQuestion {
  Camp camp;
  bool bind = false;
  ActorId a = none, b = none, by = none;
  ParamId margin = none, budget = none;
  number::Unit unit;  ///< of costs and budget
  struct Move {
    std::uint32_t tie = none;
    ParamId up = none, down = none;  ///< the values it can be given at most and at least; none: its own
    ParamId cost = none;             ///< of moving it by 0.1
    ParamId fixed = none;
  };
  std::vector<Move> moves;
};

struct BalanceQuestion {
  Camp camp;
  std::uint32_t tie = none;  ///< whose effect is asked
  ParamId at = none, self = none;
};

/// What a sender of unknown type can show to a receiver, who then replies; numbers by type, then signal or reply.
struct Display {
  std::string name;
  ActorId sender = none, receiver = none;
  std::vector<std::string> types, signals, replies;
  std::vector<ParamId> chance;                  ///< by type; none: the rest
  std::vector<ParamId> cost;                    ///< type * signals + signal
  std::vector<ParamId> to_sender, to_receiver;  ///< type * replies + reply
  std::vector<ParamId> after;                   ///< (type * signals + signal) * replies + reply: a cost if it comes
  Span span;
};

struct SignalQuestion {
  std::uint32_t display = none;
};

/// A line on which actors have positions; what is decided falls somewhere on it.
struct Scale {
  std::string name;
  number::Unit unit;
  ParamId lower = none, upper = none;          ///< its ends; none: the outermost positions
  ParamId status_quo = none, majority = none;  ///< none: not known; more than half
  struct Position {
    ActorId who = none;
    ParamId at = none, salience = none, weight = none;  ///< none: 1
    bool veto = false;
  };
  std::vector<Position> positions;
  /// Of the forecast: mean distance from the weighted mean, masses at single points, where in it the decision falls.
  ParamId error = none, poles = none, poles_between = none, stays = none, stays_at_pole = none, at_vetoes = none,
          luck = none;
  Span span;
};

struct ChoiceQuestion {
  std::uint32_t scale = none;
};

/// How goods under control reach a buyer.
struct Supply {
  std::string name;
  ActorId to = none;
  number::Unit unit;
  struct Origin {
    std::string name;
    ActorId of = none;  ///< none: nobody's in this situation
    ParamId capacity = none, cost = none, rise = none, presence = none;
    Span span;
  };
  struct Route {
    std::string name;
    ActorId of = none;
    std::uint64_t carries = 0;  ///< origins, the i-th is bit i
    ParamId capacity = none, mark_up = none, stopped = none, toll = none, presence = none;
    ParamId stretch = none, dearer = none;  ///< none: no stretch
    Span span;
  };
  std::vector<Origin> origins;
  std::vector<Route> routes;
  ParamId quantity = none, price = none, elasticity = none, choke = none;  ///< choke none: ten times the price
  Span span;
};

struct SupplyQuestion {
  std::uint32_t supply = none;
  std::vector<std::string> withdraw;        ///< as named; empty: nobody
  std::uint64_t origins = 0, routes = 0;    ///< what they make and ship
  unsigned routes_cut = 0;                  ///< 0: not asked
  ParamId at_least = none, at_most = none;  ///< at_most none: any price
};

struct Economy;

/// The world economy as the situation sees it. The base is an equilibrium (rebased where its tables are not quite one).
struct WorldEconomy {
  std::shared_ptr<const Economy> base;              ///< none: the situation has no economy
  std::vector<std::vector<std::uint32_t>> regions;  ///< by actor: its countries of the base; none: it is not in it
  ParamId scale = none;
  std::vector<ParamId> elasticity;      ///< by sector; none: the base's times the scale
  std::vector<std::uint32_t> in_force;  ///< measures that hold beforehand
  std::uint8_t deficits = 0;            ///< trade::Deficits
  double moved = 0;                     ///< the largest change of a real income by rebasing
  std::uint64_t digest = 0;             ///< of the tables
};

/// A measure of trade: by whom, on whom, on which sectors' goods.
struct TradeMeasure {
  std::string name;
  std::vector<ActorId> by, on;
  std::vector<std::uint32_t> sectors;
  bool imports = true, exports = true;  ///< of costs and embargoes, as seen by those who take it
  bool embargo = false;
  ParamId tariff_to = none, tariff_down_to = none, tariff_add = none, cost_factor = none, trade_factor = none;
  ParamId presence = none;
  Span span;
};

struct PressureQuestion {
  std::vector<std::uint32_t> measures;
  std::vector<ActorId> on;         ///< targets
  std::vector<ActorId> coalition;  ///< whose reach is asked
  std::vector<ActorId> third;      ///< others whose staying out is asked; targets are among each other's
  ParamId tolerance = none;
  ParamId least_trade = none, most_tariff = none;  ///< bounds of reach; none of both: an embargo
  std::vector<std::uint32_t> sectors;              ///< of reach
  std::vector<ParamId> pairs;                      ///< presence of the tie between targets, i < j in order
};

struct LeverageQuestion {
  std::uint32_t exchange = none;
  ActorId of = none;
};

struct MandateQuestion {
  std::uint32_t force = none;
};

struct DealQuestion {
  std::uint32_t market = none;
  std::vector<std::uint32_t> over;  ///< links
  bool alternatives = false;        ///< at most one of them is built
  ParamId volume = none;            ///< a yearly sale fixed by the deal; none: the market decides
  std::string solution;             ///< nash, shapley, nucleolus
  bool patience = false;            ///< weights proportional to 1 / discount
  std::vector<std::pair<ActorId, ParamId>> weights;
  std::vector<std::pair<ActorId, ParamId>> asks;  ///< reported; part of no computation
  std::vector<int> delay_years;
};

struct Question {
  std::string name, kind;
  Span span;
  std::variant<std::monostate, DealQuestion, LeverageQuestion, MandateQuestion, AlignQuestion, PartingQuestion,
               BalanceQuestion, SignalQuestion, ChoiceQuestion, SupplyQuestion, PressureQuestion>
      what;  ///< monostate only where complaints were made
};

}  // namespace entente::situation
