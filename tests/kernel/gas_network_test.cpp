// The published findings on bargaining in the network for Russian gas, in sign, on the calibrated network of 2005:
// Hubert and Ikonnikova 2011 (doi:10.1111/j.1467-6451.2011.00447.x) on the game `chain` among those who supply, Hubert
// and Cobanli 2016 (Pipeline Power, Review of Network Economics) on the game `network` with the importers as players.
// Nothing is stored but the signs: every figure is computed from situations/history/gas-transit, at the medians and
// over draws of all its uncertain numbers. What "strong" and "dominant" mean is said at each test; notes.md beside the
// situation says which findings hold only in part.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "entente/families/all.hpp"
#include "entente/kernel/coalition.hpp"
#include "entente/plan/plan.hpp"
#include "families/market/market_game.hpp"

namespace entente {
namespace {

using Names = std::vector<std::string>;
const Names everything{"Ukraine-upgrade", "Yamal-2", "Poland-bypass", "North-Stream"};
const Names by_land{"Ukraine-upgrade", "Yamal-2", "Poland-bypass"};

struct Division {
  std::map<std::string, double> shapley, nucleolus;
  std::vector<std::string> players;
  std::vector<double> worth;
  [[nodiscard]] double all() const { return worth.back(); }
};

class GasNetwork : public ::testing::Test {
 protected:
  static constexpr std::uint64_t draws = 500;

  explicit GasNetwork(const std::string& file = "situation.yaml") {
    auto s = situation::load(std::string(ENTENTE_ROOT) + "/situations/history/gas-transit/" + file, families::all(),
                             sources_, said_, {.strict = true});
    if (s) plan_ = plan::Plan::compile(std::make_shared<const situation::Situation>(std::move(*s)), said_);
    if (!plan_) ADD_FAILURE() << render(said_, sources_, false);
  }
  [[nodiscard]] const situation::Situation& situation() const { return plan_->situation(); }
  [[nodiscard]] const situation::Market& market(const std::string& name) const {
    return *std::ranges::find(entente::situation::markets(situation()), name, &entente::situation::Market::name);
  }
  [[nodiscard]] std::vector<double> medians() const {
    std::vector<double> p(plan_->parameters());
    EXPECT_TRUE(plan_->medians(p));
    return p;
  }
  /// The medians and `draws` draws.
  [[nodiscard]] std::vector<std::vector<double>> points() const {
    std::vector<std::vector<double>> out{medians()};
    for (std::uint64_t k = 0; k < draws; ++k) {
      std::vector<double> p(plan_->parameters());
      if (plan_->draw({.seed = 7, .draws = draws}, k, p)) out.push_back(std::move(p));
    }
    EXPECT_EQ(out.size(), draws + 1) << "a formula leaves its domain";
    return out;
  }
  [[nodiscard]] Division divide(const std::string& name, const Names& options, const std::vector<double>& p) {
    const auto& m = market(name);
    std::vector<std::uint32_t> links;
    for (const auto l : ask::may_be_built(m))
      if (std::ranges::find(options, m.links[l].name) != options.end()) links.push_back(l);
    EXPECT_EQ(links.size(), options.size());
    const ask::MarketGame game(situation(), m, links);
    Division d;
    EXPECT_TRUE(game.worths(p, workspace_, d.worth).has_value());
    for (const auto a : game.players()) d.players.push_back(situation().actors[a].id);
    std::vector<double> x(d.players.size());
    EXPECT_TRUE(coalition::shapley(d.worth, x).has_value());
    const auto kernel = coalition::nucleolus(d.worth);
    EXPECT_TRUE(kernel && kernel->exists && kernel->kohlberg);
    if (!kernel || !kernel->exists) return d;
    // The nucleolus lies in the core where there is one.
    const auto core = coalition::core(d.worth);
    EXPECT_TRUE(core && (core->empty || coalition::largest_excess(d.worth, kernel->payoff) <= 1e-9 * d.all()));
    for (std::size_t i = 0; i < x.size(); ++i) {
      d.shapley[d.players[i]] = x[i];
      d.nucleolus[d.players[i]] = kernel->payoff[i];
    }
    return d;
  }
  /// What a link costs a year, in money.
  [[nodiscard]] double yearly(const std::string& name, const std::string& link, const std::vector<double>& p) const {
    const auto& m = market(name);
    for (std::uint32_t l = 0; l < m.links.size(); ++l)
      if (m.links[l].name == link) {
        const std::vector<std::uint32_t> one{l};
        return ask::MarketNumbers(situation(), m, m.year, one).yearly_cost(0, p);
      }
    ADD_FAILURE() << link;
    return 0;
  }
  [[nodiscard]] double driver(const std::string& name, const std::vector<double>& p) const {
    return p[situation().drivers.at(name)];
  }

  SourceMap sources_;
  Diagnostics said_;
  std::optional<plan::Plan> plan_;
  market::Workspace workspace_;
};

using Payoffs = std::map<std::string, double>;
/// What Russia and Germany gain together.
double joint(const Payoffs& with, const Payoffs& without) {
  return with.at("RUS") - without.at("RUS") + with.at("DEU") - without.at("DEU");
}
double transit(const Payoffs& x) { return x.at("UKR") + x.at("BLR") + x.at("POL"); }

/// The situation under a dissent.
class GasNetworkChanged : public GasNetwork {
 protected:
  explicit GasNetworkChanged(const std::string& dissent) : GasNetwork("dissents/" + dissent) {}
  /// At the medians no payoff moves; in a draw none by more than `most` of the whole, and the line never pays.
  void expect_no_value_under_the_nucleolus(double most) {
    double allowed = 1e-7;
    for (const auto& p : points()) {
      const auto land = divide("network", by_land, p), all = divide("network", everything, p);
      const double cost = yearly("network", "North-Stream", p);
      for (const auto& who : all.players)
        EXPECT_NEAR(all.nucleolus.at(who), land.nucleolus.at(who), allowed * all.all()) << who;
      EXPECT_LT(joint(all.nucleolus, land.nucleolus), cost);
      EXPECT_GT(joint(all.shapley, land.shapley), cost);
      allowed = most;  // the medians come first
    }
  }
};
class GasNetworkWide : public GasNetworkChanged {
 protected:
  GasNetworkWide() : GasNetworkChanged("yamal-without-limit.yaml") {}
};
class GasNetworkOthers : public GasNetworkChanged {
 protected:
  GasNetworkOthers() : GasNetworkChanged("other-suppliers.yaml") {}
};

}  // namespace

// The worths by hand: one route to one line of marginal revenue a - b q at constant cost earns (a - c) q - b q^2 / 2,
// with q the smaller of the capacity and (a - c) / b.
TEST_F(GasNetwork, OneRouteIsWorthItsTriangle) {
  const auto p = medians();
  const auto d = divide("chain", {}, p);
  ASSERT_EQ(d.players, (Names{"RUS", "UKR", "BLR", "POL"}));
  const auto capacity = [&](const char* link) {
    return p[situation().parameter(std::string("markets.chain.links.") + link + ".capacity")];
  };
  const double a = driver("choke", p), b = 2 * (driver("price", p) - driver("cost-2005", p)) / driver("sold", p);
  const auto worth = [&](double most, double cost) {
    const double q = std::min(most, (a - cost) / b);
    return ((a - cost) * q - b * q * q / 2) / 1000;  // USD/kcm x bcm = M USD
  };
  const double south = worth(capacity("South"), driver("siberia", p) + driver("ukraine-own", p));
  const double yamal = worth(capacity("Yamal"), driver("siberia", p) + driver("belarus-poland-own", p));
  EXPECT_NEAR(d.worth[0b0011], south, 1e-9 * south);
  EXPECT_NEAR(d.worth[0b1101], yamal, 1e-9 * yamal);
  EXPECT_EQ(d.worth[0b0101], 0);  // Belarus without Poland
  EXPECT_EQ(d.worth[0b1110], 0);  // nobody without Russia
  EXPECT_GT(d.all(), south);
}

// Finding 1: with the existing network alone the transit countries are strong. Strong: together they get more than half
// of what Russia gets, and Ukraine alone more than a quarter of everything. Finding 2: with the investment options
// Russia dominates. Dominant: more than twice what all transit countries get together.
TEST_F(GasNetwork, TransitIsStrongUntilRussiaCanInvest) {
  for (const auto& p : points()) {
    const auto before = divide("chain", {}, p), after = divide("chain", everything, p);
    EXPECT_GT(transit(before.shapley), 0.5 * before.shapley.at("RUS"));
    EXPECT_GT(before.shapley.at("UKR"), 0.25 * before.all());
    EXPECT_GT(after.shapley.at("RUS"), 2 * transit(after.shapley));
    EXPECT_GE(after.all(), before.all() * (1 - 1e-12));
    EXPECT_LE(after.all(), before.all() * 1.01) << "the options move power, they are hardly needed";
  }
}

// Finding 3: to by-pass one transit country (Ukraine by a second line through Belarus and Poland, Poland through
// Ukraine) matters little against direct access by sea. Little: less than a quarter.
TEST_F(GasNetwork, ByPassingOneCountryMattersLittleAgainstTheSea) {
  for (const auto& p : points())
    for (const char* game : {"chain", "network"}) {
      const double nothing = divide(game, {}, p).shapley.at("RUS");
      const double sea = divide(game, {"North-Stream"}, p).shapley.at("RUS") - nothing;
      for (const char* way : {"Yamal-2", "Poland-bypass"}) {
        const double land = divide(game, {way}, p).shapley.at("RUS") - nothing;
        EXPECT_GE(land, -1e-9) << game << " " << way;
        EXPECT_LT(land, 0.25 * sea) << game << " " << way;
      }
    }
}

// Finding 4: under the Shapley value a direct line through the sea is worth a great deal to Russia and Germany:
// together they gain more than it costs, though it is not needed to carry anything, and whether or not other lines can
// be built. Finding 5: under the nucleolus it has no strategic value. Here that holds where the routes on land can be
// widened, as the published model lets them be: the two together gain less than the line costs, and Germany nothing. It
// does not hold against the bare network of 2005, and that is kept in view.
TEST_F(GasNetwork, TheSeaLinePaysUnderShapleyAndNotUnderTheNucleolus) {
  std::size_t against_the_bare_network = 0;
  for (const auto& p : points()) {
    const double cost = yearly("network", "North-Stream", p);
    const auto existing = divide("network", {}, p), alone = divide("network", {"North-Stream"}, p);
    EXPECT_NEAR(alone.all(), existing.all(), 1e-9 * existing.all());
    const auto land = divide("network", by_land, p), all = divide("network", everything, p);
    for (const char* who : {"RUS", "DEU"}) {
      EXPECT_GT(alone.shapley.at(who), existing.shapley.at(who)) << who;
      EXPECT_GT(all.shapley.at(who), land.shapley.at(who)) << who;
    }
    EXPECT_GT(joint(alone.shapley, existing.shapley), cost);
    EXPECT_GT(joint(all.shapley, land.shapley), cost);
    EXPECT_LT(alone.shapley.at("UKR"), existing.shapley.at("UKR"));
    EXPECT_LT(joint(all.nucleolus, land.nucleolus), cost);
    EXPECT_NEAR(all.nucleolus.at("DEU"), land.nucleolus.at("DEU"), 1e-7 * all.all());
    against_the_bare_network += joint(alone.nucleolus, existing.nucleolus) > cost;
  }
  EXPECT_GT(against_the_bare_network, draws / 2) << "notes.md says that this is not reproduced";
}

// Finding 5 to the letter: under the nucleolus the line through the sea changes nobody's payoff, while under the
// Shapley value it still pays. So it is in every draw where the route through Belarus and Poland can be widened by two
// lines,
TEST_F(GasNetworkWide, TheSeaLineIsWorthNothingUnderTheNucleolus) { expect_no_value_under_the_nucleolus(1e-7); }
// and at the medians where the other suppliers are players; there some draws move a payoff by up to half a hundredth of
// the whole.
TEST_F(GasNetworkOthers, TheSeaLineIsWorthNothingUnderTheNucleolus) { expect_no_value_under_the_nucleolus(0.01); }

}  // namespace entente
