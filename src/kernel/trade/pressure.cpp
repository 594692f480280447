// Losses, costs that leave a part of trade, and reach by corners; the header has the essay.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "entente/kernel/trade_pressure.hpp"

namespace entente::trade {

double cost_leaving(double part, double theta) noexcept {
  return part == 0 ? embargo : part == 1 ? 1 : math::exp(-math::log(part) / theta);
}

void incomes(const World& w, std::vector<double>& out) {
  out.resize(w.countries);
  for (std::size_t n = 0; n < w.countries; ++n) out[n] = w.value_added[n] + w.deficit[n];
  for (std::size_t j = 0; j < w.sectors; ++j)
    for (std::size_t n = 0; n < w.countries; ++n)
      for (std::size_t i = 0; i < w.countries; ++i) {
        const std::size_t c = w.cell(j, n, i);
        out[n] += w.expenditure[w.place(n, j)] * w.share[c] * (w.tariff[c] / (1 + w.tariff[c]));
      }
}

double loss(std::span<const double> income, std::span<const double> real_income,
            std::span<const std::uint32_t> countries) noexcept {
  double before = 0, lost = 0;
  for (const auto n : countries) {
    before += income[n];
    lost += income[n] * (1 - real_income[n]);
  }
  return lost / before;
}

namespace {

constexpr double slope_tolerance = 1e-3;  // of the multipliers: only signs are asked
constexpr double clearly = 0.01;          // of the steepest slope, from where one is more than that tolerance's noise

// All moves at their upper bounds; with `slopes` but those that clearly help the target.
std::uint32_t corner(const Shock& from, std::span<const Move> moves, const Gradient* slopes, Shock& out) {
  std::copy(from.tariff.begin(), from.tariff.end(), out.tariff.begin());
  std::copy(from.cost.begin(), from.cost.end(), out.cost.begin());
  // Of ln real income by ln cost or ln(1 + tariff): above 0 where dearer trade helps.
  const auto slope = [&](const Move& m) {
    if (slopes == nullptr) return 0.0;
    return m.cost ? (from.cost[m.cell] == embargo ? 0 : slopes->cost[m.cell] * from.cost[m.cell])
                  : slopes->tariff[m.cell] * (1 + from.tariff[m.cell]);
  };
  double steepest = 0;
  for (const Move& m : moves) steepest = std::max(steepest, std::abs(slope(m)));
  std::uint32_t spared = 0;
  for (const Move& m : moves) {
    const bool helps = slope(m) > clearly * steepest;
    (m.cost ? out.cost : out.tariff)[m.cell] = helps ? m.lower : m.upper;
    spared += helps;
  }
  return spared;
}

}  // namespace

Result<void> reach(const World& w, const Shock& from, const Solution& at, std::span<const Move> moves,
                   std::span<const double> income, std::span<const std::uint32_t> target, const Options& options,
                   Workspace& memory, Reach& out) {
  const auto fail = [](const char* what) { return std::unexpected(Error{ErrorKind::invalid, what, "reach"}); };
  if (from.tariff.size() != w.cells() || from.cost.size() != w.cells() || target.empty())
    return fail("reach needs all tariffs and costs, and a target");
  for (const Move& m : moves)
    if (m.cell >= w.cells() || !(m.lower > (m.cost ? 0 : -1)) || !(m.lower <= m.upper) ||
        (!m.cost && !std::isfinite(m.upper)))
      return fail("a move has a cell and bounds, tariffs above -1 and cost factors above 0");
  out.weight.assign(w.countries, 0);
  double total = 0;
  for (const auto n : target) total += income[n] * at.real_income[n];
  for (const auto n : target) out.weight[n] = income[n] * at.real_income[n] / total;
  for (auto* s : {&out.shock, &out.trial}) {
    s->tariff.resize(w.cells());
    s->cost.resize(w.cells());
  }
  const auto settle = [&](const Shock& s, const Solution& near, Solution& to) {
    Options o = options;
    o.start = &near;
    ++out.solutions;
    auto done = solve(w, s, o, memory, to);
    if (!done) {
      o.start = nullptr;
      ++out.solutions;
      done = solve(w, s, o, memory, to);
    }
    return done;
  };
  if (out.other.wage.size() != w.countries || out.other.price.size() != w.places()) out.other = at;  // its memory
  out.solutions = 0;
  out.spared = 0;
  corner(from, moves, nullptr, out.shock);
  if (const auto done = settle(out.shock, at, out.solution); !done) return done;
  out.status = out.solution.status;
  if (out.status != Status::solved) return {};
  out.loss = loss(income, out.solution.real_income, target);
  Options rough = options;
  rough.tolerance = std::max(options.tolerance, slope_tolerance);
  if (const auto done = gradient(w, from, rough, at, out.weight, memory, out.slope); !done) return done;
  const std::uint32_t spared = corner(from, moves, &out.slope, out.trial);
  const double standing = loss(income, at.real_income, target);
  if (!(out.loss >= standing)) {  // the embargo frees the target of something dearer, such as a surplus it gives away
    out.loss = standing;
    out.spared = static_cast<std::uint32_t>(moves.size());
    std::copy(from.tariff.begin(), from.tariff.end(), out.shock.tariff.begin());
    std::copy(from.cost.begin(), from.cost.end(), out.shock.cost.begin());
    out.solution = at;
  }
  if (spared == 0) return {};
  if (const auto done = settle(out.trial, out.solution, out.other); !done || out.other.status != Status::solved)
    return {};
  const double harm = loss(income, out.other.real_income, target);
  if (!(harm > out.loss)) return {};
  out.loss = harm;
  out.spared = spared;
  std::swap(out.shock, out.trial);
  std::swap(out.solution, out.other);
  return {};
}

}  // namespace entente::trade
