#include <cmath>
#include <string>

#include "entente/kernel/trade.hpp"

namespace entente::trade {
namespace {

constexpr double adds_up = 1e-12;      // shares: what is missing is missing in the world's accounts too
constexpr double least_input = -0.01;  // published input tables hold small negative balancing items

std::unexpected<Error> fail(std::string message, std::string where) {
  return std::unexpected(Error{ErrorKind::invalid, std::move(message), std::move(where)});
}
std::string text(std::size_t i) { return std::to_string(i); }
std::string at(const World& w, std::size_t cell) {
  const std::size_t n = w.countries;
  return "sector " + text(cell / (n * n)) + ", importer " + text(cell / n % n) + ", exporter " + text(cell % n);
}
std::string here(std::size_t country, std::size_t sector) {
  return "country " + text(country) + ", sector " + text(sector);
}

Result<void> numbers(const World& w) {
  for (std::size_t j = 0; j < w.sectors; ++j)
    if (!(w.theta[j] > 0) || !std::isfinite(w.theta[j]))
      return fail("a trade elasticity is above 0", "sector " + text(j));
  for (std::size_t c = 0; c < w.cells(); ++c) {
    if (!(w.share[c] >= 0) || !std::isfinite(w.share[c])) return fail("a share of trade is at least 0", at(w, c));
    if (!(w.tariff[c] > -1) || !std::isfinite(w.tariff[c])) return fail("a tariff is above -100 %", at(w, c));
  }
  double deficits = 0, world = 0;
  for (std::size_t n = 0; n < w.countries; ++n) {
    if (!(w.value_added[n] > 0) || !std::isfinite(w.value_added[n]))
      return fail("a country's value added is above 0", "country " + text(n));
    if (!std::isfinite(w.deficit[n])) return fail("a deficit is a finite number", "country " + text(n));
    deficits += w.deficit[n];
    world += w.value_added[n];
  }
  if (!(std::abs(deficits) <= adds_up * world)) return fail("deficits add up to 0", "deficit");
  for (std::size_t p = 0; p < w.places(); ++p) {
    const std::string where = here(p / w.sectors, p % w.sectors);
    if (!(w.value_added_share[p] >= 0 && w.value_added_share[p] <= 1))
      return fail("a share of value added is from 0 to 1", where);
    if (!(w.final_share[p] >= 0 && w.final_share[p] <= 1)) return fail("a final share is from 0 to 1", where);
    if (!(w.expenditure[p] >= 0) || !std::isfinite(w.expenditure[p]))
      return fail("an expenditure is at least 0", where);
  }
  for (std::size_t i = 0; i < w.input.size(); ++i)
    if (!(w.input[i] >= least_input && w.input[i] <= 1 + adds_up))
      return fail("an input's share of cost is from 0 to 1 (down to -0.01 for the balancing items of a table)",
                  here(i / w.sectors / w.sectors, i / w.sectors % w.sectors) + ", used by " + text(i % w.sectors));
  return {};
}

Result<void> sums(const World& w) {
  std::vector<std::uint8_t> sells(w.places(), 0), needed(w.places(), 0);
  for (std::size_t j = 0; j < w.sectors; ++j)
    for (std::size_t n = 0; n < w.countries; ++n)
      for (std::size_t i = 0; i < w.countries; ++i)
        if (w.share[w.cell(j, n, i)] > 0) sells[w.place(i, j)] = 1;
  for (std::size_t n = 0; n < w.countries; ++n) {
    double final = 0, labour = 0;
    for (std::size_t j = 0; j < w.sectors; ++j) {
      final += w.final_share[w.place(n, j)];
      if (w.final_share[w.place(n, j)] > 0) needed[w.place(n, j)] = 1;
      if (!sells[w.place(n, j)]) continue;
      labour += w.value_added_share[w.place(n, j)];
      double cost = w.value_added_share[w.place(n, j)];
      for (std::size_t k = 0; k < w.sectors; ++k) {
        cost += w.input[w.io(n, k, j)];
        if (w.input[w.io(n, k, j)] != 0) needed[w.place(n, k)] = 1;
      }
      if (!(std::abs(cost - 1) <= adds_up))
        return fail("value added and inputs are the whole cost of what is sold, and add up to 1, not to " +
                        std::to_string(cost),
                    here(n, j));
    }
    if (!(std::abs(final - 1) <= adds_up))
      return fail("final shares add up to 1, not to " + std::to_string(final), "country " + text(n));
    if (!(labour > 0)) return fail("nothing that a country sells holds labour", "country " + text(n));
  }
  for (std::size_t j = 0; j < w.sectors; ++j)
    for (std::size_t n = 0; n < w.countries; ++n) {
      double sum = 0;
      for (std::size_t i = 0; i < w.countries; ++i) sum += w.share[w.cell(j, n, i)];
      if (sum == 0 && needed[w.place(n, j)])
        return fail("somebody needs these goods and nobody supplies them", here(n, j));
      if (sum != 0 && !(std::abs(sum - 1) <= adds_up))
        return fail("the shares of suppliers add up to 1, not to " + std::to_string(sum), here(n, j));
    }
  return {};
}

}  // namespace

Result<void> validate(const World& w) {
  if (w.countries == 0 || w.sectors == 0) return fail("a world has a country and a sector", "world");
  if (w.countries > 2000 || w.sectors > 2000 || w.cells() > 200'000'000 || w.places() * w.sectors > 200'000'000)
    return std::unexpected(Error{ErrorKind::too_large, "a world of more than 2000 countries or sectors"});
  const auto size = [](const std::vector<double>& v, std::size_t n) { return v.size() == n; };
  if (!size(w.theta, w.sectors) || !size(w.share, w.cells()) || !size(w.tariff, w.cells()) ||
      !size(w.value_added_share, w.places()) || !size(w.final_share, w.places()) || !size(w.expenditure, w.places()) ||
      !size(w.input, w.places() * w.sectors) || !size(w.value_added, w.countries) || !size(w.deficit, w.countries))
    return fail("a table of a world has another size than its countries and sectors ask for", "world");
  if (const auto good = numbers(w); !good) return good;
  return sums(w);
}

Result<void> validate(const World& w, const Shock& s) {
  if ((!s.tariff.empty() && s.tariff.size() != w.cells()) || (!s.cost.empty() && s.cost.size() != w.cells()))
    return fail("a shock has a number for every cell or none", "shock");
  for (std::size_t c = 0; c < s.tariff.size(); ++c) {
    if (!(s.tariff[c] > -1) || !std::isfinite(s.tariff[c])) return fail("a tariff is above -100 %", at(w, c));
  }
  for (std::size_t c = 0; c < s.cost.size(); ++c)
    if (!(s.cost[c] > 0)) return fail("a cost factor is above 0", at(w, c));
  return {};
}

}  // namespace entente::trade
