// A situation as read and checked: immutable, every number a parameter with path, unit, domain, distribution, place and
// source. What the questions need stands in plain structures that hold parameter numbers instead of values.
#pragma once
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/base/span.hpp"
#include "entente/number/number.hpp"
#include "entente/situation/schema.hpp"

namespace entente::situation {

using ParamId = std::uint32_t;
using ActorId = std::uint32_t;
inline constexpr std::uint32_t none = 0xffffffffu;
inline constexpr std::string_view gdp_unit = "B USD/yr";

/// One number of the situation. `source` is an index into Situation::sources or `none`.
struct Parameter {
  std::string path;  ///< "markets.gas.links.PoS-2.build.capex"
  number::Number number;
  std::uint32_t source = none;
  std::string grade;  ///< the citation's, else the source's own
  Span span;
  bool integrates = false;  ///< a chance that its question integrates exactly; it is never tossed
  bool implicit = false;    ///< a default or a presence: nobody wrote it, nobody need cite it
};

/// Numbers by path: a hash table of their places, which grows with them. Of two of one path either the first or the
/// last is found.
class Paths {
 public:
  void add(const std::vector<Parameter>& all, bool last);  ///< the last of `all`
  [[nodiscard]] ParamId find(const std::vector<Parameter>& all, std::string_view path) const noexcept;
  /// Those that find() gives, by path.
  [[nodiscard]] std::vector<ParamId> in_order(const std::vector<Parameter>& all) const;

 private:
  [[nodiscard]] std::size_t slot(const std::vector<Parameter>& all, std::string_view path,
                                 std::uint64_t hash) const noexcept;
  struct Slot {
    std::uint64_t hash = 0;
    ParamId id = none;
  };
  std::vector<Slot> slots_;  // a power of two, at most half of them taken
  std::size_t taken_ = 0;
};

/// A number that may differ by year: one parameter for all years (year 0), or several to interpolate between.
struct YearNumber {
  std::vector<std::pair<int, ParamId>> at;
  [[nodiscard]] bool given() const noexcept { return !at.empty(); }
};

struct SourceEntry {
  std::string id, title, publisher, date, url, grade, note;
  Span span;
};

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

struct Patch {
  ParamId target = none, source = none;
};

struct Lever {
  std::string name;
  std::vector<ActorId> by;
  std::vector<Patch> patches;
  Span span;
};

struct Claim {
  std::string name, says, because, holds;
  std::string implied;  ///< not empty: it follows from this assumption; no word of probability is given
  number::Place place;  ///< of `holds`
  Span span;
};

struct Outcome {
  std::string name, quantity, value, date, note;
  std::uint32_t source = none;
  Span span, value_span;
  number::Place place;
};

/// How a number that refers to drivers is computed, in the order in which it can be.
struct Rule {
  ParamId param = none;
  ParamId reference = none;  ///< a driver whose value, times `factor`, is taken; none: `program`
  double factor = 1;
  number::Program program;  ///< slots are parameters
};

struct Situation {
  std::string title, as_of, name;  ///< name: the file's stem or the folder's name
  std::filesystem::path file;
  std::uint64_t digest = 0;  ///< hash of all that the file and its tables say, comments and layout apart
  Span span;
  std::vector<SourceEntry> sources;
  std::vector<Actor> actors;
  std::map<std::string, std::vector<ActorId>> groups;
  std::vector<Parameter> parameters;
  std::map<std::string, ParamId> drivers;
  /// What `without` can leave out, by name: actors, links, producers, consumers; a name may stand for several.
  std::multimap<std::string, ParamId, std::less<>> presence;
  std::vector<Rule> rules;  ///< in order of dependence
  std::vector<Market> markets;
  std::vector<Exchange> exchanges;
  std::vector<Force> forces;
  std::vector<Display> displays;
  std::vector<Scale> scales;
  std::vector<Supply> supplies;
  std::vector<Tie> ties;
  std::vector<Measure> measures;
  WorldEconomy economy;
  std::vector<TradeMeasure> trade_measures;
  std::vector<Question> questions;
  std::vector<Lever> levers;
  std::vector<Claim> claims;
  std::vector<Outcome> outcomes;
  bool dissent = false;

  [[nodiscard]] ActorId actor(std::string_view id) const noexcept;
  /// The same name with the actors of its last pair the other way round ("together.CHN-RUS" of "together.RUS-CHN");
  /// empty where it names no pair. A pair is the same both ways.
  [[nodiscard]] std::string turned(std::string_view name) const;
  [[nodiscard]] ParamId parameter(std::string_view path) const noexcept;  ///< O(log n)
  Paths by_path;
};

struct LoadOptions {
  bool strict = false;  ///< a number without a source is an error
};

/// One leaf in which a dissent differs from its base.
struct Difference {
  std::string path;           ///< dotted
  std::string before, after;  ///< as written; before is empty for a new key
  Span span;                  ///< in the dissent
};

/// Reads a file, or a folder with situation.yaml; follows `dissents-from`. Complaints go to `out`; nothing is returned
/// when there is an error.
[[nodiscard]] std::optional<Situation> load(const std::filesystem::path& path, SourceMap& sources, Diagnostics& out,
                                            const LoadOptions& options = {});

/// The `markets:` entry of a situation alone, with an optional `actors:`; whoever is named as an owner or for a consent
/// and not declared is an actor of that name.
[[nodiscard]] std::optional<Situation> load_bare(const std::string& name, std::string content, SourceMap& sources,
                                                 Diagnostics& out);

/// A dissent taken apart, for `diff`.
class Dissent {
 public:
  static std::optional<Dissent> open(const std::filesystem::path& path, SourceMap& sources, Diagnostics& out);
  [[nodiscard]] const std::vector<Difference>& differences() const;
  [[nodiscard]] const std::filesystem::path& base() const;  ///< the file that it overrides
  /// The base with the differences whose flag is set.
  [[nodiscard]] std::optional<Situation> with(const std::vector<bool>& apply, SourceMap& sources, Diagnostics& out,
                                              const LoadOptions& options = {}) const;
  struct Body;

 private:
  std::shared_ptr<Body> body_;
};

}  // namespace entente::situation
