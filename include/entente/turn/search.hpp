// The cheapest package of moves that makes something true in enough draws, over numbers alone: no situation, no text,
// no clock. The problem, the search and its certificates are in docs/methods/turn.md.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace entente::turn {

/// A lever, at one dose where it has a size.
struct Item {
  std::uint32_t lever = 0;
  double dose = 0;           ///< NaN: it has none
  std::vector<double> cost;  ///< by draw, 0 or above; infinite where it has none
};

/// Who can do what. A package is a set of items, at most one of a lever, none excluding another, all needs within it.
struct Moves {
  std::size_t draws = 0, levers = 0;
  std::vector<Item> items;                        ///< by lever, then by dose
  std::vector<std::vector<char>> excludes;        ///< [lever][lever], the same both ways
  std::vector<std::vector<std::uint32_t>> needs;  ///< [lever]: levers
  std::vector<std::vector<std::uint8_t>> works;   ///< [lever][draw]: can be carried out; empty: in every draw
};

/// Items in rising order.
using Package = std::vector<std::uint32_t>;

[[nodiscard]] bool feasible(const Moves& m, const Package& p);
/// What of a package is carried out in draw k: not what does not work, nor what needs that.
[[nodiscard]] Package needs_met(const Moves& m, Package p);  ///< without those whose needs are not in it
[[nodiscard]] Package carried(const Moves& m, const Package& p, std::size_t k);
/// The ceil(q n)-th smallest of the package's costs over the draws; q 0.5 is the median. O(items draws).
[[nodiscard]] double cost_of(const Moves& m, const Package& p, double q);

/// Draws of a package that were looked at: in how many it holds and fails. `whole`: all of them, and no
/// more fail than was allowed.
struct Count {
  std::uint64_t hits = 0, misses = 0;
  bool whole = false, cancelled = false;
};

/// Whether what is wanted holds with a package carried out as far as it works.
class Judge {
 public:
  virtual ~Judge() = default;
  /// Stops as soon as more than `most` draws fail. The same counts for any number of threads.
  virtual Count count(const Package& p, std::uint64_t most) = 0;
};

/// How far a search is, to be read from any thread.
struct Progress {
  std::atomic<std::uint64_t> packages{0};  ///< looked at
  std::atomic<double> below{0};            ///< every package that costs less was looked at
};

struct Limits {
  double budget = std::numeric_limits<double>::infinity();  ///< a package that costs more is none
  double quantile = 0.5;                                    ///< of the cost, by which packages are ordered
  std::uint64_t packages = 200'000;                         ///< that are looked at
  const std::atomic<bool>* cancel = nullptr;                ///< ends the search with what there is
  Progress* progress = nullptr;
  const std::function<void()>* tick = nullptr;  ///< called before each package
};

struct Tried {
  Package package;
  double cost = 0;
  Count count;
};

struct Found {
  std::vector<Tried> tried;          ///< by rising cost; all packages that cost less than `below` are among them
  std::vector<std::size_t> front;    ///< of `tried`: no other costs as much or less and holds in as many draws or more
  std::optional<std::size_t> least;  ///< the first of `tried` that holds in `need` draws: proven the cheapest
  std::optional<Tried> some;         ///< without `least`: one that holds in `need` draws, found otherwise
  double below = 0;                  ///< infinite: everything was looked at
  bool decided = false;              ///< the least is found, or every package was refuted
  bool whole = false;                ///< and the front is known to its end
};

/// Best first by cost. Costs are 0 or above, so that of a set is no less than that of a part: every package is made
/// once, out of a cheaper one, and comes off the heap in the order of cost, equals by fewer items, then by their order.
/// O(log) a package and as much judging as it takes to refute it.
[[nodiscard]] Found search(const Moves& m, Judge& judge, std::uint64_t need, const Limits& limits);

/// Least hits of n that are a share of `chance`.
[[nodiscard]] std::uint64_t needed(double chance, std::uint64_t n) noexcept;

/// Clopper and Pearson (1934, doi:10.1093/biomet/26.4.404): limits of a share, `hits` of n plain draws, that miss it
/// with a chance of at most alpha / 2 each.
struct Interval {
  double low = 0, high = 1;
};
[[nodiscard]] Interval clopper_pearson(std::uint64_t hits, std::uint64_t n, double alpha) noexcept;

/// The least cost that no proven bound excludes: of the packages up to `last` of found.tried, the first whose upper
/// limit, at alpha over their number (Bonferroni), reaches the chance.
[[nodiscard]] double cost_bound(const Found& found, Judge& judge, std::size_t last, double chance, std::uint64_t draws,
                                double alpha);

/// Up to `most` packages that hold in `need` draws, by rising cost, none sharing more than half of its levers with
/// `first` or one before, and none with a lever less holding as well.
[[nodiscard]] std::vector<std::size_t> alternatives(const Moves& m, Found& found, Judge& judge, std::size_t first,
                                                    std::uint64_t need, std::size_t most);

/// An answer to a package: items of the other side, carried out behind it.
struct Answered {
  Package answer;
  Count count;
};
/// Judges a package together with an answer.
class Duel {
 public:
  virtual ~Duel() = default;
  virtual Count count(const Package& first, const Package& answer, std::uint64_t most) = 0;
};
struct Standing {
  std::vector<Tried> tried;          ///< of the first, by rising cost; `count` is that of the answer that undid it
  std::vector<Package> undone_by;    ///< by package tried
  std::optional<std::size_t> least;  ///< of `tried`
  std::optional<Answered> nearest;   ///< to the least: the answer that leaves the fewest draws
  std::size_t answers = 0;           ///< of the other side, doing nothing included
  bool whole = false;
};
/// The cheapest package of the first side that no answer of the second brings below `need` draws. `against` and
/// `answers` are of the same draws.
[[nodiscard]] Standing search_against(const Moves& m, const Moves& against, Duel& duel, std::uint64_t need,
                                      const Limits& limits, const Limits& answers);

}  // namespace entente::turn
