// What finished draws say of each claim. Sorting each input once serves all claims; flips are found for the numbers
// that drive something, each number a task of its own.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "doubt/flips.hpp"
#include "entente/base/pool.hpp"
#include "entente/doubt/doubt.hpp"
#include "entente/doubt/indices.hpp"
#include "entente/doubt/words.hpp"

namespace entente::doubt {

unsigned threads_of(unsigned asked);

namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t designs = plan::replicates;

double quantile(std::vector<double>& sorted, double u) {  // type 7
  if (sorted.empty()) return undefined;
  const double at = u * static_cast<double>(sorted.size() - 1);
  const auto i = static_cast<std::size_t>(at);
  return i + 1 < sorted.size() ? sorted[i] + (at - static_cast<double>(i)) * (sorted[i + 1] - sorted[i]) : sorted[i];
}

std::vector<double> defined(const std::vector<double>& x) {
  std::vector<double> out;
  for (const double v : x)
    if (!std::isnan(v)) out.push_back(v);
  std::ranges::sort(out);
  return out;
}

// Standard error of a mean from the ten designs' means; of plain sampling where there are too few draws.
double error_of(const std::vector<double>& y) {
  double sum[designs]{}, all = 0, squares = 0;
  std::size_t count[designs]{}, n = 0;
  for (std::size_t i = 0; i < y.size(); ++i)
    if (!std::isnan(y[i])) sum[i % designs] += y[i], ++count[i % designs], all += y[i], squares += y[i] * y[i], ++n;
  if (n < 2) return undefined;
  const double mean = all / static_cast<double>(n);
  if (std::ranges::any_of(count, [](std::size_t c) { return c < 10; }))
    return std::sqrt(std::max(0.0, squares / static_cast<double>(n) - mean * mean) / static_cast<double>(n - 1));
  double s = 0, s2 = 0;
  for (std::size_t r = 0; r < designs; ++r) {
    const double m = sum[r] / static_cast<double>(count[r]);
    s += m;
    s2 += m * m;
  }
  return std::sqrt(std::max(0.0, (s2 - s * s / designs) / (designs - 1)) / designs);
}

void shares(Finding& f, const Draws& d, std::size_t c) {
  const auto& truth = d.truth[c];
  std::map<ask::Reason, std::uint64_t> reasons;
  std::vector<double> y(truth.size());
  for (std::size_t i = 0; i < truth.size(); ++i) {
    f.yes += truth[i] == 1;
    f.no += truth[i] == 0;
    f.undefined += truth[i] == 2;
    y[i] = truth[i] == 2 ? undefined : truth[i];
    if (truth[i] == 2) ++reasons[static_cast<ask::Reason>(d.why[c][i])];
  }
  f.reasons.assign(reasons.begin(), reasons.end());
  const auto n = static_cast<double>(truth.size());
  f.low = static_cast<double>(f.yes) / n;
  f.high = 1 - static_cast<double>(f.no) / n;
  f.bracket = static_cast<double>(f.undefined) > 0.01 * n;
  f.share = f.bracket      ? f.low
            : f.yes + f.no ? static_cast<double>(f.yes) / static_cast<double>(f.yes + f.no)
                           : undefined;
  f.error = error_of(y);
  const double half = 1.645 * f.error;
  f.words = f.bracket ? estimative_words(f.low, f.high, half) : estimative_words(f.share, half);
  auto margins = defined(d.margin[c]);
  f.margin5 = quantile(margins, 0.05);
  f.margin50 = quantile(margins, 0.5);
  f.margin95 = quantile(margins, 0.95);
}

std::vector<std::string> warnings(const plan::Plan& plan) {
  const auto& s = plan.situation();
  std::map<std::uint32_t, std::vector<std::string>> by_source;
  std::map<std::string, std::vector<std::string>> by_subject;
  for (const auto id : plan.uncertain()) {
    const auto& p = s.parameters[id];
    if (p.source != situation::none) by_source[p.source].push_back(p.path);
    if (const auto dot = p.path.rfind('.'); dot != std::string::npos && p.path.size() - dot == 5 &&
                                            std::isdigit(static_cast<unsigned char>(p.path[dot + 1])))
      by_subject[p.path.substr(0, dot)].push_back(p.path.substr(dot + 1));
  }
  std::vector<std::string> out;
  for (const auto& [source, paths] : by_source) {
    if (paths.size() < 2) continue;
    std::string text = std::to_string(paths.size()) + " numbers rest on the source `" + s.sources[source].id +
                       "` and are drawn independently:";
    for (std::size_t i = 0; i < std::min<std::size_t>(paths.size(), 4); ++i) text += (i ? ", " : " ") + paths[i];
    if (paths.size() > 4) text += ", ...";
    out.push_back(text + "; if it errs, it may err in all of them, and the probabilities look surer than they are");
  }
  for (const auto& [subject, years] : by_subject)
    if (years.size() > 1)
      out.push_back("`" + subject + "` is drawn independently for its " + std::to_string(years.size()) +
                    " years; a driver would let them move together");
  return out;
}

}  // namespace

Doubt judge(const plan::Plan& plan, const Draws& d, unsigned threads) {
  Doubt out{.sampling = d.sampling, .draws = d.size()};
  const std::size_t inputs = d.input.size(), claims = d.truth.size();
  const Pool pool(threads_of(threads));
  std::vector<std::vector<double>> indicator(claims, std::vector<double>(d.size()));
  for (std::size_t c = 0; c < claims; ++c)
    for (std::size_t i = 0; i < d.size(); ++i) indicator[c][i] = d.truth[c][i] == 2 ? undefined : d.truth[c][i];
  std::vector<std::vector<Driver>> drivers(inputs, std::vector<Driver>(claims));
  pool.run(inputs, [&](std::size_t u, unsigned) {
    const Order order = order_of(d.input[u]);
    for (std::size_t c = 0; c < claims; ++c) {
      Driver& x = drivers[u][c];
      x.param = plan.uncertain()[u];
      const Index index = first_order_interval(order, d.input[u], indicator[c]);
      x.index = index.value;
      x.low = index.low;
      x.high = index.high;
      x.margin_index = first_order(order, d.input[u], d.margin[c]);
      double n = 0, yes = 0;
      for (const double v : indicator[c])
        if (!std::isnan(v)) n += 1, yes += v;
      const double p = n > 0 ? yes / n : 0;
      x.worth = std::isnan(x.index) ? 0 : std::max(0.0, x.index) * p * (1 - p);
      x.curve = curve(order, indicator[c], 10);
    }
  });
  // Numbers that drive some claim, by its truth or its margin.
  std::vector<std::size_t> active;
  for (std::size_t u = 0; u < inputs; ++u)
    if (std::ranges::any_of(drivers[u], [](const Driver& x) { return x.low > 0 || x.margin_index > 0.01; }))
      active.push_back(u);
  std::vector<plan::Workspace> spaces;
  for (unsigned t = 0; t < pool.threads(); ++t) spaces.emplace_back(plan);
  pool.run(active.size(), [&](std::size_t k, unsigned worker) {
    const auto flips = flips_along(plan, plan.uncertain()[active[k]], spaces[worker]);
    for (std::size_t c = 0; c < claims; ++c) drivers[active[k]][c].flips = flips[c];
  });
  std::vector<double> medians(plan.parameters());
  const bool good = plan.medians(medians);
  plan.evaluate(medians, good, spaces[0]);
  for (std::size_t c = 0; c < claims; ++c) {
    Finding f{.name = plan.claims()[c].name};
    shares(f, d, c);
    f.margin_unit = plan.claims()[c].program.margin_unit().text;
    double margin = 0;
    const auto truth = plan.claim(c, spaces[0], margin);
    f.at_medians = truth == number::Truth::yes ? 1 : truth == number::Truth::no ? 0 : 2;
    for (const std::size_t u : active) {
      const Driver& x = drivers[u][c];
      if (x.low > 0 || x.margin_index > 0.02 || !x.flips.empty()) f.drivers.push_back(x);
    }
    const auto key = [](const Driver& x) {
      return std::isnan(x.index) ? (std::isnan(x.margin_index) ? -1 : x.margin_index) : x.index;
    };
    std::ranges::stable_sort(f.drivers, [&](const Driver& a, const Driver& b) { return key(a) > key(b); });
    out.findings.push_back(std::move(f));
  }
  for (std::size_t q = 0; q < d.quantity.size(); ++q) {
    const auto& named = plan.quantities()[q];
    auto values = defined(d.quantity[q]);
    out.spreads.push_back({named.name, named.unit.text, named.says, quantile(values, 0.05), quantile(values, 0.5),
                           quantile(values, 0.95), d.size() - values.size(), named.headline});
  }
  out.warnings = warnings(plan);
  return out;
}

}  // namespace entente::doubt
