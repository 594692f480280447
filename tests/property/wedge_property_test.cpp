// The wedge kernel on random problems against the oracle: all partitions, and GLPK on a linear programme for each
// wanted pattern. 2,000 of each kind from a fixed seed.
#include <gtest/gtest.h>

#include "entente/kernel/wedge.hpp"
#include "property/blocs_trial.hpp"
#include "property/wedge_lp_oracle.hpp"
#include "support/property.hpp"

namespace kernel = entente::wedge;
namespace oracle = entente::tests::wedge;
using entente::tests::blocs::Graph;
using entente::tests::blocs::Kind;
using entente::tests::blocs::random::chance;
using entente::tests::blocs::random::pick;

namespace {

[[maybe_unused]] const bool seeded = entente::tests::instances(2000);

struct Trial {
  kernel::Problem problem;
  kernel::Options options;
  oracle::Case truth;
};

void showValue(const Trial& t, std::ostream& os) {
  showValue(t.truth.graph, os);
  os << (t.problem.together ? "bind " : "part ") << t.problem.a << " " << t.problem.b << ", number "
     << static_cast<int>(t.problem.setting.number) << " k " << t.problem.setting.k << ", margin " << t.options.margin
     << "\n";
  for (const kernel::Move& m : t.problem.moves)
    os << "tie " << m.tie << " from " << m.least << " to " << m.most << ", up " << m.up << " down " << m.down
       << " fixed " << m.fixed << "\n";
}

struct Shape {
  const char* name;
  int actors, free_actors, moves;
  int fixed;  ///< per cent of the moves with a fixed cost
  Kind kind;
};
void PrintTo(const Shape& s, std::ostream* os) { *os << s.name; }

/// Bounds on both sides of the present value, wide or narrow, so that some problems hold already, some can be had and
/// some cannot.
rc::Gen<Trial> trials(const Shape& shape) {
  return rc::gen::exec([=] {
    Trial t;
    const bool two = chance(60);
    Graph g = *entente::tests::blocs::graphs(shape.kind, 2, two ? shape.actors : shape.free_actors);
    t.problem.a = static_cast<entente::blocs::Actor>(pick(0, g.n()));
    t.problem.b = static_cast<entente::blocs::Actor>((static_cast<int>(t.problem.a) + pick(1, g.n())) % g.n());
    t.problem.together = chance(40);
    if (!two) t.problem.setting = entente::tests::blocs::random::setting(g.n());
    t.options.margin = *rc::gen::element(1e-6, 1e-3, 0.05);
    // A tie that moves has to be declared, if only with 0.
    for (int k = pick(1, shape.moves + 1); k > 0; --k) {
      const int a = pick(0, g.n()), b = (a + pick(1, g.n())) % g.n();
      std::size_t tie = 0;
      while (tie < g.ties.size() && std::minmax(g.ties[tie].a, g.ties[tie].b) != std::minmax(a, b)) ++tie;
      if (tie == g.ties.size()) g.ties.push_back({a, b, 0});
      bool twice = false;
      for (const kernel::Move& m : t.problem.moves) twice = twice || m.tie == tie;
      if (twice) continue;
      const double reach = *rc::gen::element(0.5, 2.0, 6.0) * (shape.kind == Kind::real ? 1.0 : 2.0);
      kernel::Move m{.tie = static_cast<std::uint32_t>(tie)};
      m.least = g.ties[tie].weight - (chance(30) ? 0 : reach * pick(1, 101) / 100);
      m.most = g.ties[tie].weight + (chance(30) ? 0 : reach * pick(1, 101) / 100);
      m.up = chance(10) ? 0 : pick(1, 41) / 4.0;
      m.down = chance(50) ? m.up : chance(10) ? 0 : pick(1, 41) / 4.0;
      if (chance(shape.fixed)) m.fixed = pick(1, 41) / 4.0;
      t.problem.moves.push_back(m);
    }
    t.problem.graph = entente::tests::blocs::translate(g);
    t.truth = {.graph = g,
               .range = entente::tests::blocs::range(t.problem.setting),
               .a = static_cast<int>(t.problem.a),
               .b = static_cast<int>(t.problem.b),
               .apart = !t.problem.together,
               .moves = {},
               .margin = 0};
    double scale = entente::tests::blocs::Products(g).scale();
    for (const kernel::Move& m : t.problem.moves) {
      const auto& tie = g.ties[m.tie];
      t.truth.moves.push_back({tie.a, tie.b, m.least - tie.weight, m.most - tie.weight, m.up, m.down, m.fixed});
      scale += oracle::factor(t.truth, t.truth.moves.size() - 1) *
               (std::max(std::abs(m.least), std::abs(m.most)) - std::abs(tie.weight));
    }
    t.truth.margin = t.options.margin * scale;
    if (scale > 0) t.truth.unit = scale / 10;
    return t;
  });
}

std::vector<double> change(const Trial& t, const std::vector<double>& value) {
  std::vector<double> d;
  for (std::size_t m = 0; m < value.size(); ++m)
    d.push_back(value[m] - t.problem.graph.ties[t.problem.moves[m].tie].weight);
  return d;
}

class Wedge : public testing::TestWithParam<Shape> {};

TEST_P(Wedge, PriceIsThatOfAllPatterns) {
  kernel::Workspace w;
  int status[4] = {};
  EXPECT_TRUE(rc::check(GetParam().name, [&] {
    const Trial t = *trials(GetParam());
    kernel::Answer a;
    const auto done = kernel::solve(t.problem, t.options, w, a);
    if (!done) RC_LOG() << done.error().message << " at " << done.error().where << "\n";
    RC_ASSERT(done.has_value());
    ++status[static_cast<int>(a.status)];
    const double scale = kernel::scale(t.problem), margin = t.truth.margin;
    RC_ASSERT(std::abs(scale * t.options.margin - margin) <= 1e-12 * margin);
    if (scale == 0) {  // nobody pulls at anybody: no optimum is better than another
      const auto all = oracle::sides(t.truth);
      RC_ASSERT((a.status == kernel::Status::already) == (!all.wanted.empty() && all.other.empty()));
      return;
    }
    const double noise = 1e-9 * scale;  // of energies
    RC_ASSERT(a.status != kernel::Status::unsolved);

    const auto v = kernel::check(t.problem, t.options, a);
    if (!v.consistent || !v.bound_verified) RC_LOG() << v.fault << "\n";
    RC_ASSERT(v.consistent && v.bound_verified);

    const auto sides = oracle::sides(t.truth);
    const std::vector<double> still(t.problem.moves.size(), 0.0);
    const double before = oracle::lead(t.truth, sides, still);
    if (std::isfinite(before)) RC_ASSERT(std::abs(a.before * scale - before) <= noise);
    else RC_ASSERT((a.before > 0) == (before > 0) || sides.wanted.empty());
    const bool already = !sides.wanted.empty() && before >= margin;

    // On the edge between two answers rounding decides: the oracle is asked for a little less and a little more.
    oracle::Case less = t.truth, more = t.truth;
    less.margin -= 3 * noise, more.margin += 3 * noise;
    const auto low = oracle::cheapest(less, sides), high = oracle::cheapest(more, sides);
    if (std::abs(before - margin) > 3 * noise) RC_ASSERT((a.status == kernel::Status::already) == already);
    if (high.possible) RC_ASSERT(a.status != kernel::Status::impossible);
    if (!low.possible) RC_ASSERT(a.status == kernel::Status::impossible);
    if (a.status == kernel::Status::impossible) {
      RC_ASSERT(std::isinf(a.cost) && std::isinf(a.bound));
      return;
    }
    const double step = 1e-6 * (1 + a.cost);
    RC_ASSERT(a.cost >= low.price - step);
    RC_ASSERT(a.cost <= high.price + step);
    RC_ASSERT(a.bound <= high.price + step && a.bound >= a.cost - step);
    RC_ASSERT(a.value.size() == t.problem.moves.size());
    for (std::size_t m = 0; m < a.value.size(); ++m)
      RC_ASSERT(a.value[m] >= t.problem.moves[m].least && a.value[m] <= t.problem.moves[m].most);
    const auto d = change(t, a.value);
    const double after = oracle::lead(t.truth, sides, d);
    RC_ASSERT(after >= margin - noise);
    if (std::isfinite(after)) RC_ASSERT(std::abs(a.after * scale - after) <= noise);
    RC_ASSERT(std::abs(oracle::cost(t.truth, d) - a.cost) <= 1e-9 * (1 + a.cost));
    RC_ASSERT(std::abs(kernel::cost(t.problem, a.value) - a.cost) <= 1e-9 * (1 + a.cost));

    for (int k = 0; k < 30; ++k) {  // random packages: whatever costs less does not do it
      std::vector<double> other;
      for (const oracle::Move& m : t.truth.moves)
        other.push_back(chance(40) ? 0.0 : m.low + (m.high - m.low) * pick(0, 1001) / 1000);
      if (oracle::cost(t.truth, other) < a.cost - step) RC_ASSERT(oracle::lead(t.truth, sides, other) < margin + noise);
    }
  }));
  RecordProperty("already", status[0]);
  RecordProperty("possible", status[1]);
  RecordProperty("impossible", status[2]);
  std::cout << "already " << status[0] << ", possible " << status[1] << ", impossible " << status[2] << "\n";
}

// One tie alone, whatever its bounds: where it holds is a ray, or everything, or nothing.
TEST_P(Wedge, SinglesHoldWhereTheySay) {
  kernel::Workspace w;
  EXPECT_TRUE(rc::check("singles", [&] {
    const Trial t = *trials(GetParam());
    kernel::Answer a;
    RC_ASSERT(kernel::solve(t.problem, t.options, w, a).has_value());
    RC_ASSERT(a.singles.size() == t.problem.moves.size());
    const auto sides = oracle::sides(t.truth);
    if (t.truth.margin == 0) return;
    const double noise = 1e-9 * kernel::scale(t.problem);
    for (std::size_t m = 0; m < a.singles.size(); ++m) {
      const auto [below, above] = a.singles[m];
      const double present = t.problem.graph.ties[t.problem.moves[m].tie].weight;
      const auto at = [&](double value) {
        std::vector<double> d(a.singles.size(), 0.0);
        d[m] = value - present;
        const double lead = oracle::lead(t.truth, sides, d);
        const bool says = value <= below || value >= above;
        if (!sides.wanted.empty() && std::abs(lead - t.truth.margin) > noise * (2 + std::abs(d[m])))
          RC_ASSERT(says == (lead >= t.truth.margin));
      };
      at(present);
      for (const double end : {below, above})
        if (std::isfinite(end))
          for (const double step : {-1e-3, -1e-6, 1e-6, 1e-3}) at(end + step * (1 + std::abs(end)));
      for (const double far : {-1e4, -7.25, -1.0, 0.0, 1.0, 7.25, 1e4}) at(far);
    }
  }));
}

TEST_P(Wedge, OneMoveIsALineSearch) {
  kernel::Workspace w;
  EXPECT_TRUE(rc::check("line", [&] {
    Shape one = GetParam();
    one.moves = 1, one.fixed = 0;
    const Trial t = *trials(one);
    kernel::Answer a;
    RC_ASSERT(kernel::solve(t.problem, t.options, w, a).has_value());
    const auto sides = oracle::sides(t.truth);
    if (sides.wanted.empty() || sides.other.empty() || t.truth.margin == 0) return;
    const double noise = 1e-9 * kernel::scale(t.problem);
    oracle::Case less = t.truth, more = t.truth;
    less.margin -= noise, more.margin += noise;
    const auto low = oracle::by_line(less, sides, noise), high = oracle::by_line(more, sides, 0);
    if (high.possible) RC_ASSERT(a.cost <= high.price + 1e-6 * (1 + high.price));
    if (!low.possible) RC_ASSERT(a.status == kernel::Status::impossible);
    else RC_ASSERT(a.cost >= low.price - 1e-6 * (1 + low.price));
  }));
}

INSTANTIATE_TEST_SUITE_P(Shapes, Wedge,
                         testing::Values(Shape{"few", 6, 5, 3, 0, Kind::whole}, Shape{"real", 7, 6, 5, 0, Kind::real},
                                         Shape{"fixed", 7, 5, 4, 60, Kind::real},
                                         Shape{"ones", 10, 7, 4, 20, Kind::ones},
                                         Shape{"camps", 10, 7, 5, 10, Kind::planted}),
                         [](const auto& s) { return std::string(s.param.name); });

TEST(WedgeHostile, IsRefused) {
  const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  const kernel::Problem good{.graph = {.actors = 3, .ties = {{0, 1, 1}, {1, 2, -1}}, .size = {}},
                             .setting = {},
                             .a = 0,
                             .b = 1,
                             .together = false,
                             .moves = {{.tie = 0, .least = -1, .most = 1, .up = 1, .down = 1, .fixed = 0}}};
  ASSERT_TRUE(kernel::validate(good).has_value());
  const auto refused = [&](const char* what, auto spoil, entente::ErrorKind kind = entente::ErrorKind::invalid) {
    kernel::Problem p = good;
    kernel::Options o;
    spoil(p, o);
    const auto checked = kernel::validate(p, o);
    ASSERT_FALSE(checked.has_value()) << what;
    EXPECT_EQ(checked.error().kind, kind) << what;
    EXPECT_FALSE(checked.error().message.empty()) << what;
    EXPECT_FALSE(kernel::solve(p, o).has_value()) << what;
  };
  refused("itself", [](auto& p, auto&) { p.b = 0; });
  refused("nobody", [](auto& p, auto&) { p.b = 3; });
  refused("no such tie", [](auto& p, auto&) { p.moves[0].tie = 2; });
  refused("twice", [](auto& p, auto&) { p.moves.push_back(p.moves[0]); });
  refused("crossed", [](auto& p, auto&) { std::swap(p.moves[0].least, p.moves[0].most); });
  refused("present value outside", [](auto& p, auto&) { p.moves[0].most = 0.5; });
  for (const double x : {nan, inf, -inf}) {
    refused("least", [x](auto& p, auto&) { p.moves[0].least = x; });
    refused("most", [x](auto& p, auto&) { p.moves[0].most = x; });
    refused("up", [x](auto& p, auto&) { p.moves[0].up = x; });
    refused("down", [x](auto& p, auto&) { p.moves[0].down = x; });
    refused("fixed", [x](auto& p, auto&) { p.moves[0].fixed = x; });
    refused("margin", [x](auto&, auto& o) { o.margin = x; });
    refused("weight", [x](auto& p, auto&) { p.graph.ties[1].weight = x; });
  }
  refused("cost below 0", [](auto& p, auto&) { p.moves[0].up = -1; });
  refused("fixed below 0", [](auto& p, auto&) { p.moves[0].fixed = -1; });
  refused("margin 0", [](auto&, auto& o) { o.margin = 0; });
  refused("margin above 1", [](auto&, auto& o) { o.margin = 2; });
  refused("self-tie", [](auto& p, auto&) { p.graph.ties[1].b = 1; });
  refused("pair twice", [](auto& p, auto&) { p.graph.ties.push_back({1, 0, 1}); });
  refused("no actors", [](auto& p, auto&) { p.graph = {}; });
}

TEST(WedgeHostile, ManyMovesAreTooLarge) {
  kernel::Problem p{
      .graph = {.actors = 40, .ties = {}, .size = {}}, .setting = {}, .a = 0, .b = 1, .together = false, .moves = {}};
  for (std::uint32_t i = 0; i < 61; ++i) {
    p.graph.ties.push_back({i % 39, i < 39 ? i + 1 : 39, 0.5});
    if (i >= 38) p.graph.ties.back() = {i - 38, 39, 0.5};
    p.moves.push_back({.tie = i, .least = 0, .most = 1, .up = 1, .down = 1, .fixed = 0});
  }
  const auto checked = kernel::validate(p);
  ASSERT_FALSE(checked.has_value());
  EXPECT_EQ(checked.error().kind, entente::ErrorKind::too_large) << checked.error().message;
}

}  // namespace
