// The equilibrium, by one accelerated iteration of everything at once.
//
// Problem. The conditions of trade.hpp hold for wages, prices and spending together. Nested methods (prices to
// convergence inside spending inside wages) solve the inner systems over and over for wages that are still wrong.
//
// Theory. Given wages, prices are a contraction in logs with the share of inputs in cost as modulus, spending one of
// the same modulus; wages rise with excess demand for labour, which falls with the wage (gross substitutes, as far as
// inputs and tariff revenue let it). So one sweep of each a step, with the wage moving by its own elasticity,
// converges; slowly.
//
// Choice. Anderson's acceleration on the whole vector of logs. It is a quasi-Newton method with a short memory: 15 to
// 40 sweeps give a residual of 1e-10 where the plain iteration takes hundreds. A step that makes the residual worse by
// more than it may (tenfold) drops the memory and begins again from there; while the residual is large, the pace of
// wages is halved too, at most six times, so that large shocks come to rest. There is no Newton polish, for none is
// needed: the iteration itself reaches 1e-12. What has not come to rest in three quarters of the sweeps begins anew
// with wages led by the balance of trade (far.cpp).
//
// Cost. See trade.hpp; the acceleration costs about half a sweep.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "entente/base/elementary.hpp"
#include "entente/kernel/trade_jacobian.hpp"
#include "kernel/trade/state.hpp"

namespace entente::trade {
namespace {

constexpr int patience = 40;  // sweeps without a better residual

}  // namespace

void begin(const World& w, const Options& o, Workspace::Body& b) {
  const std::size_t n = w.countries, places = w.places();
  b.now.assign(n + 2 * places, 0);
  b.next.resize(n + 2 * places);
  b.cost.resize(places);
  b.spending.resize(places);
  b.sales.resize(places);
  for (auto* v : {&b.factor, &b.row_sum, &b.row_level}) v->resize(places);
  for (auto* v : {&b.column_cost, &b.sales_factor, &b.hat, &b.sold, &b.revenue, &b.income, &b.labour}) v->resize(n);
  b.least.resize(w.sectors);
  b.rise.resize(2 * n);
  b.line.resize(std::max<std::size_t>({n, b.parts, w.sectors}));
  if (b.rule == Deficits::own)
    for (auto* v : {&b.own, &b.kept_own}) v->resize(b.parts);
  double floor = 0;
  for (const double x : w.value_added) floor += 1e-12 * x;
  for (std::size_t p = 0; p < places; ++p)
    b.spend(b.now)[p] = b.bought[p % w.sectors * n + p / w.sectors] ? std::max(w.expenditure[p], floor) : 1e-290;
  if (o.start != nullptr && o.start->wage.size() == n && o.start->price.size() == places) {
    std::copy(o.start->wage.begin(), o.start->wage.end(), b.wage(b.now));
    std::copy(o.start->price.begin(), o.start->price.end(), b.price(b.now));
    for (std::size_t p = 0; p < places; ++p)
      if (o.start->expenditure[p] > 0) b.spend(b.now)[p] = o.start->expenditure[p];
    logarithms(b.now);
  } else {
    logarithms({b.spend(b.now), places});
  }
}

// The base's income of the world, and how fast wages move: one over one plus the elasticity of the demand for a
// country's labour, at the base's spending.
ENTENTE_WIDE void paces(const World& w, Workspace::Body& b) {
  b.pace.resize(w.countries);
  std::vector<double>& labour = b.labour;
  std::vector<double>& pull = b.income;
  std::fill(labour.begin(), labour.end(), 0.0);
  std::fill(pull.begin(), pull.end(), 0.0);
  b.base_income = 0;
  for (std::size_t n = 0; n < w.countries; ++n) b.base_income += w.value_added[n];
  if (b.rule == Deficits::own) b.ratio.assign(w.value_added.begin(), w.value_added.end());
  for (std::size_t j = 0; j < w.sectors; ++j)
    for (std::size_t n = 0; n < w.countries; ++n) {
      const double x = w.expenditure[w.place(n, j)];
      for (std::size_t i = 0; i < w.countries; ++i) {
        const double share = w.share[w.cell(j, n, i)], sold = x * share / (1 + w.tariff[w.cell(j, n, i)]);
        b.base_income += x * share - sold;
        if (b.rule == Deficits::own) b.ratio[n] += x * share - sold;
        const double work = sold * w.value_added_share[w.place(i, j)];
        labour[i] += work;
        pull[i] += work * w.theta[j] * (1 - share);
      }
    }
  for (std::size_t n = 0; n < w.countries; ++n) b.pace[n] = 1 / (1 + (labour[n] > 0 ? pull[n] / labour[n] : 0));
  if (b.rule == Deficits::own)
    for (std::size_t n = 0; n < w.countries; ++n) b.ratio[n] = 1 + b.deficit[n] / b.ratio[n];
}

namespace {

// What was tried.
struct Tries {
  int sweeps = 0, halvings = 0, dropped = 0;
  double least = embargo;  // residual: how near it came, wherever the last sweep was
};

std::unexpected<Error> unsolved(const Workspace::Body& b, const Tries& t) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), t.least, std::chars_format::general, 2);
  std::string text = "the equilibrium was not reached: residual " + std::string(digits.data(), end.ptr) +
                     " at best, in " + std::to_string(t.sweeps) + " sweeps; the acceleration began anew " +
                     std::to_string(t.dropped) + " times and the pace of wages was halved " +
                     std::to_string(t.halvings) + " times";
  const bool owed = std::any_of(b.deficit.begin(), b.deficit.end(), [](double d) { return d != 0; });
  if (b.rule != Deficits::closed && owed) text += "; deficits that stay may leave no equilibrium: try them closed";
  return std::unexpected(Error{ErrorKind::not_solved, std::move(text), "trade"});
}

}  // namespace

Result<void> solve(const World& w, const Shock& s, const Options& o, Workspace& memory, Solution& out) {
  Workspace::Body& b = memory.body();
  if (!(o.tolerance >= 1e-14 && o.tolerance <= 1e-2))
    return std::unexpected(Error{ErrorKind::invalid, "a tolerance is from 1e-14 to 1e-2", "tolerance"});
  out.lacks.clear();
  if (!build(w, s, o.deficits, b)) {
    out.status = Status::no_supplier;
    out.lacks = b.lacks;
    return {};
  }
  begin(w, o, b);
  paces(w, b);
  b.anderson.begin(b.now.size());
  double best = embargo;  // since the memory was last dropped
  int since = 0;
  Tries t;
  bool guided = o.guide != nullptr && o.guide->size() == b.now.size();
  bool far = false;
  double caution = 1;  // of a step in the second way
  for (;;) {
    sweep(b);
    if (far) balance_trade(w, caution, b);
    ++t.sweeps;
    t.least = std::min(t.least, b.residual);
    if (b.residual <= o.tolerance) break;
    if (t.sweeps >= o.limit) return unsolved(b, t);
    const bool lost = b.residual == embargo && t.halvings == 6;
    if (!far && (lost || t.sweeps >= o.limit - o.limit / 4)) {  // the second way, from the base
      Options anew = o;
      anew.start = nullptr;
      begin(w, anew, b);
      b.anderson.begin(b.now.size());
      guided = false;
      far = true;
      caution = 1;
      best = embargo;
      since = t.halvings = 0;
      ++t.dropped;
      continue;
    }
    since = b.residual < best ? 0 : since + 1;
    best = std::min(best, b.residual);
    if (guided && (!(b.residual <= 10 * best) || b.residual == embargo || since > 5)) {  // astray: as if without
      guided = false;
      ++t.dropped;
      begin(w, o, b);
      b.anderson.begin(b.now.size());
      best = embargo;
      since = 0;
      continue;
    }
    if (b.residual == embargo) {  // beyond the numbers: once more from the start, slower
      if (t.halvings == 6) return unsolved(b, t);
      ++t.halvings;
      ++t.dropped;
      begin(w, o, b);
      for (double& x : b.pace) x *= 0.5;
      caution *= 0.5;
      b.anderson.begin(b.now.size());
      best = embargo;
      since = 0;
      continue;
    }
    if (b.residual > 10 * best || since > patience) {
      b.anderson.begin(b.now.size());
      ++t.dropped;
      if (b.residual > 1e-3 && t.halvings < 6) {
        ++t.halvings;
        for (double& x : b.pace) x *= 0.5;
        caution *= 0.5;
      }
      best = embargo;
      since = 0;
    }
    if (guided) o.guide->step(b.now, b.next, b.guided);
    b.anderson.step(b.now, b.next);
  }
  out.status = Status::solved;
  out.iterations = t.sweeps;
  report(w, o, b, out);
  return {};
}

Workspace::Workspace() : body_(std::make_unique<Body>()) {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

}  // namespace entente::trade
