// A market of the situation as a kernel network whose numbers are read from a parameter vector: which place feeds which
// number, per year. Shared by every question that looks at a market and by `solve market`.
#pragma once
#include <span>
#include <vector>

#include "entente/kernel/market.hpp"
#include "families/market/section.hpp"

namespace entente::ask {

using situation::ActorId;
using situation::ParamId;

/// value = p[a] + t (p[b] - p[a])
struct At {
  ParamId a = situation::none, b = situation::none;
  double t = 0;
  [[nodiscard]] bool given() const noexcept { return a != situation::none; }
  [[nodiscard]] double operator()(std::span<const double> p) const noexcept {
    return t == 0 ? p[a] : p[a] + t * (p[b] - p[a]);
  }
};

/// Linear between the years given; the caller has checked that `year` lies within them.
[[nodiscard]] At at_year(const situation::YearNumber& n, int year);

/// Yearly payment that repays 1 over `life` years at `rate`: r / (1 - (1 + r)^-life); 1 / life at rate 0.
[[nodiscard]] double annuity(double rate, double life) noexcept;

/// Who is behind each kernel element. `open`: nobody in the situation.
struct MarketMap {
  static constexpr std::uint32_t open = 0xffffffffu;
  struct Arc {
    std::uint32_t link = 0;     ///< of the situation
    bool feeder = false;        ///< from one of several origins to the link's own hub
    std::uint32_t origins = 0;  ///< feeders that stand just before it; 0: it leaves from the one node itself
    ActorId seller = open;      ///< whose producer stands where it (or the feeder) begins
    ActorId rent = open;  ///< who gets what it earns beyond its terms, if `rented`; else its sellers by their flow
    bool rented = false;
    ActorId buyer = open;  ///< whose consumer stands at its end; open otherwise
  };
  std::vector<ActorId> producer, consumer;
  std::vector<Arc> arcs;
};

class MarketNumbers {
 public:
  /// `over`: links that may be built in this question, in order; other links with `build` are never built. What is
  /// built is paid at the capital cost of the market's own year, whichever is looked at.
  MarketNumbers(const situation::Situation& s, const situation::Market& m, int year,
                std::span<const std::uint32_t> over);
  /// Network with the structure filled in and no numbers yet.
  [[nodiscard]] const market::Network& shape() const noexcept { return shape_; }
  [[nodiscard]] const MarketMap& map() const noexcept { return map_; }
  /// Writes the numbers of `p` into a copy of shape(). Absent elements get capacity or demand 0.
  void fill(std::span<const double> p, market::Network& n) const;
  /// Candidate i: can it be built in this world (its own and its consenting actors' presence)?
  [[nodiscard]] bool present(std::size_t candidate, std::span<const double> p) const;
  /// Annuity of candidate i in money a year.
  [[nodiscard]] double yearly_cost(std::size_t candidate, std::span<const double> p) const;
  /// A set of candidates (bit i: candidate i) as the kernel wants it, which counts build-or-not links in the order of
  /// the network: that of the file, not that in which the question names them.
  [[nodiscard]] std::uint64_t built(std::uint32_t set) const noexcept;
  [[nodiscard]] std::uint32_t candidate_arc(std::size_t candidate) const { return candidate_arc_[candidate]; }
  [[nodiscard]] double terms_price(std::size_t arc, std::span<const double> p) const { return arcs_[arc].price(p); }
  /// 0 where the buyer is absent.
  [[nodiscard]] double terms_volume(std::size_t arc, std::span<const double> p) const;
  [[nodiscard]] bool has_terms(std::size_t arc) const { return arcs_[arc].price.given(); }
  /// Own cost per unit of transit actor k of an arc.
  [[nodiscard]] const std::vector<std::pair<ActorId, At>>& transit(std::size_t arc) const { return arcs_[arc].transit; }
  void reads(std::vector<ParamId>& out) const;

 private:
  struct ProducerNumbers {
    At capacity, first, last;
    std::vector<ParamId> presence;
  };
  struct ConsumerNumbers {
    At quantity, price, elasticity, choke, slope;
    bool linear = false, by_point = true;
    std::vector<ParamId> presence;
  };
  struct ArcNumbers {
    At capacity, cost, price, volume, capex, life, rate;
    std::vector<std::pair<ActorId, At>> transit;
    std::vector<ParamId> presence, buyer;  ///< buyer: presence of the consumer at its end
    bool feeder = false;
  };
  market::Network shape_;
  MarketMap map_;
  std::vector<ProducerNumbers> producers_;
  std::vector<ConsumerNumbers> consumers_;
  std::vector<ArcNumbers> arcs_;
  std::vector<std::uint32_t> candidate_arc_;
};

}  // namespace entente::ask
