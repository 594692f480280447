// In which draws a package fails, as a box in few numbers. Problem: of the draws in which it fails and those in which
// it holds, find a region that one can say in words and that holds most of the former and few of the latter. Theory:
// PRIM, the patient rule induction method (Friedman and Fisher 1999, doi:10.1023/A:1008894516817): from all draws, peel
// off the twentieth at one end of one number whose loss raises the share of failures within most, again and again. Of a
// number with few values more than a twentieth goes at once, so what counts is the rise for each draw that goes
// (Kwakkel and Jaxa-Rozen 2016, Environmental Modelling & Software 79). Choice: of the boxes on the way the one with
// the largest product of that share and of the failures that it covers; then sides that cost little are taken away
// again, until at most three are left (Bryant and Lempert 2010, doi:10.1016/j.techfore.2009.08.002, ask the same for
// being understood). Cost: numbers times draws a peel.
#include <algorithm>
#include <cmath>

#include "turn/sample.hpp"

namespace entente::turn {
namespace {

constexpr double peel = 0.05;
constexpr std::size_t most_sides = 3;
constexpr double infinite = std::numeric_limits<double>::infinity();

struct Input {
  Side side;
  std::vector<double> value;  // by draw
};

struct State {
  std::vector<double> from, to;  // by input
};

struct Score {
  std::size_t in = 0, failing = 0;
  [[nodiscard]] double within() const { return in ? static_cast<double>(failing) / static_cast<double>(in) : 0; }
};

bool holds(const std::vector<Input>& inputs, const State& s, std::size_t k) {
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (inputs[i].value[k] < s.from[i] || inputs[i].value[k] > s.to[i]) return false;
  return true;
}

Score score(const std::vector<Input>& inputs, const State& s, const std::vector<std::uint8_t>& fails) {
  Score out;
  for (std::size_t k = 0; k < fails.size(); ++k)
    if (holds(inputs, s, k)) ++out.in, out.failing += fails[k];
  return out;
}

}  // namespace

std::optional<Box> failing_box(const plan::Plan& plan, std::size_t claim, const Sample& sample, const Moves& moves,
                               const Package& p, const std::vector<std::uint8_t>& truths) {
  const auto& s = plan.situation();
  const std::size_t n = sample.draws;
  std::vector<std::uint8_t> fails;
  std::size_t all = 0;
  for (const auto t : truths) fails.push_back(t == 0), all += t == 0;
  if (all < 10 || all == n) return std::nullopt;
  // What the claim or the package can depend on.
  std::vector<char> wanted(s.parameters.size(), 0);
  const auto& c = plan.claims()[claim];
  for (const auto d : c.drivers) wanted[d] = 1;
  for (const auto& i : c.instances)
    for (const auto id : plan.models()[i.question]->reads()) wanted[id] = 1;
  for (const auto& m : moves_of(moves, p))
    for (const auto& patch : s.levers[m.lever].patches) wanted[patch.source] = 1;
  for (std::size_t r = s.rules.size(); r-- > 0;) {
    if (!wanted[s.rules[r].param]) continue;
    if (s.rules[r].reference != situation::none) wanted[s.rules[r].reference] = 1;
    else
      for (const auto& t : s.parameters[s.rules[r].param].number.formula.terms)
        if (t.op == number::Op::name) wanted[s.drivers.at(t.name)] = 1;
  }
  std::vector<Input> inputs;
  for (const auto id : plan.uncertain()) {
    if (!wanted[id]) continue;
    Input in{.side = {.param = id}, .value = {}};
    for (std::size_t k = 0; k < n; ++k) in.value.push_back(sample.at(k)[id]);
    inputs.push_back(std::move(in));
  }
  for (const std::uint32_t i : p) {
    const auto& works = moves.works[moves.items[i].lever];
    if (works.empty()) continue;
    Input in{.side = {.lever = moves.items[i].lever}, .value = {}};
    for (std::size_t k = 0; k < n; ++k) in.value.push_back(works[k]);
    inputs.push_back(std::move(in));
  }
  State now{std::vector<double>(inputs.size(), -infinite), std::vector<double>(inputs.size(), infinite)}, best = now;
  Score at = score(inputs, now, fails);
  const auto worth = [&](const Score& x) { return x.within() * static_cast<double>(x.failing); };
  double most = worth(at);
  std::vector<std::size_t> in;
  for (std::size_t k = 0; k < n; ++k) in.push_back(k);
  std::vector<double> values;
  while (in.size() >= std::max<std::size_t>(40, n / 50)) {
    std::size_t which = inputs.size();
    bool low = false;
    double cut = 0, gain = 0;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      values.clear();
      for (const auto k : in) values.push_back(inputs[i].value[k]);
      for (const bool from_below : {true, false}) {
        auto rank = static_cast<std::ptrdiff_t>(peel * static_cast<double>(in.size()));
        if (!from_below) rank = static_cast<std::ptrdiff_t>(in.size()) - 1 - rank;
        std::ranges::nth_element(values, values.begin() + rank);
        double edge = values[static_cast<std::size_t>(rank)];
        // Of few values the end one is peeled off whole.
        const auto [least, greatest] = std::ranges::minmax(values);
        if (least == greatest) break;
        if (from_below && edge == least) {
          edge = infinite;
          for (const double v : values)
            if (v > least) edge = std::min(edge, v);
        } else if (!from_below && edge == greatest) {
          edge = -infinite;
          for (const double v : values)
            if (v < greatest) edge = std::max(edge, v);
        }
        Score x;
        for (const auto k : in)
          if (from_below ? inputs[i].value[k] >= edge : inputs[i].value[k] <= edge) ++x.in, x.failing += fails[k];
        if (x.in < 20 || x.in == in.size()) continue;
        const auto kept = static_cast<double>(x.in), gone = static_cast<double>(in.size() - x.in);
        const double g = (x.within() - at.within()) * kept / gone;
        if (!(g > gain)) continue;
        gain = g;
        which = i, low = from_below, cut = edge;
      }
    }
    if (which == inputs.size()) break;
    (low ? now.from : now.to)[which] = cut;
    std::erase_if(in, [&](std::size_t k) { return !holds(inputs, now, k); });
    at = score(inputs, now, fails);
    if (worth(at) > most) most = worth(at), best = now;
  }
  // Sides whose loss costs least go first.
  const auto sided = [&](std::size_t i) { return best.from[i] > -infinite || best.to[i] < infinite; };
  while (true) {
    std::size_t sides = 0, out = inputs.size();
    double left = -1;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      if (!sided(i)) continue;
      ++sides;
      State less = best;
      less.from[i] = -infinite, less.to[i] = infinite;
      const double w = worth(score(inputs, less, fails));
      if (w > left) left = w, out = i;
    }
    if (sides == 0 || (sides <= most_sides && left < 0.97 * most)) break;
    best.from[out] = -infinite, best.to[out] = infinite;
    most = left;
  }
  Box box;
  const Score told = score(inputs, best, fails);
  box.within = told.within();
  box.covered = static_cast<double>(told.failing) / static_cast<double>(all);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!sided(i)) continue;
    Side side = inputs[i].side;
    side.from = best.from[i], side.to = best.to[i];
    if (side.param == situation::none) side.from = side.to = best.to[i] < 1 ? 0 : 1;
    box.sides.push_back(side);
  }
  if (box.sides.empty()) return std::nullopt;
  return box;
}

}  // namespace entente::turn
