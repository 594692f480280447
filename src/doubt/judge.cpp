// What finished draws say of each claim. Sorting each input once serves all claims; which numbers move what, and where
// claims turn along them, is found by evaluating the plan again, each number a task of its own; then each claim.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <numeric>

#include "doubt/provenance.hpp"
#include "doubt/reliability.hpp"
#include "doubt/tipping_points.hpp"
#include "doubt/total_order.hpp"
#include "entente/base/pool.hpp"
#include "entente/doubt/words.hpp"

namespace entente::doubt {

namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint64_t looks = 30;         // pairs of draws that decide whether a number moves a claim at all
constexpr std::size_t nearest_of = 20'000;  // draws among which the nearest turned one is looked for

// Type 7 of Hyndman and Fan; puts x out of order.
double quantile(std::vector<double>& x, double u) {
  if (x.empty()) return undefined;
  const double at = u * static_cast<double>(x.size() - 1);
  const auto i = static_cast<std::ptrdiff_t>(at);
  std::nth_element(x.begin(), x.begin() + i, x.end());
  const double a = x[static_cast<std::size_t>(i)];
  if (i + 1 >= static_cast<std::ptrdiff_t>(x.size())) return a;
  const double b = *std::min_element(x.begin() + i + 1, x.end()), part = at - static_cast<double>(i);
  return a == b || part == 0 ? a : a + part * (b - a);  // either may be infinite
}

std::vector<double> defined(const std::vector<double>& x) {
  std::vector<double> out;
  out.reserve(x.size());
  for (const double v : x)
    if (!std::isnan(v)) out.push_back(v);
  return out;
}

// Ranks of the margins, NaN kept: an index of ranks is not ruled by the few draws in which a margin is huge.
std::vector<double> ranks(const std::vector<double>& x) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < x.size(); ++i)
    if (!std::isnan(x[i])) order.push_back(i);
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return std::pair(x[i], i); });
  std::vector<double> out(x.size(), undefined);
  for (std::size_t from = 0; from < order.size();) {
    std::size_t to = from + 1;
    while (to < order.size() && x[order[to]] == x[order[from]]) ++to;
    for (std::size_t r = from; r < to; ++r) out[order[r]] = 0.5 * static_cast<double>(from + to - 1);
    from = to;
  }
  return out;
}

// What indices of a claim an idle number stays under, in nineteen of twenty runs all tried numbers together. By ranks
// it is the same for every number, and made once.
class Idle {
 public:
  Idle(const Finding& f, std::size_t tried)
      : yes_(f.yes),
        no_(f.no),
        undefined_(f.undefined),
        chance_(0.05 / static_cast<double>(std::max<std::size_t>(1, tried))) {
    const Order ranks{.by_rank = {}, .distinct = 21};
    truth_ = idle_bound_of_indicator(ranks, yes_, no_, chance_);
    missing_ = idle_bound_of_indicator(ranks, undefined_, yes_ + no_, chance_);
  }
  [[nodiscard]] double truth(const Order& o) const {
    return o.distinct > 20 ? truth_ : idle_bound(o, yes_ + no_, chance_);
  }
  [[nodiscard]] double margin(const Order& o) const { return idle_bound(o, yes_ + no_, chance_); }
  [[nodiscard]] double missing(const Order& o) const {
    return o.distinct > 20 ? missing_ : idle_bound(o, yes_ + no_ + undefined_, chance_);
  }

 private:
  std::size_t yes_, no_, undefined_;
  double chance_, truth_ = 0, missing_ = 0;
};

class Judge {
 public:
  Judge(const plan::Plan& plan, const Draws& d, const JudgeOptions& options)
      : plan_(plan), d_(d), options_(options), pool_(threads_of(options.threads)) {
    probes_.resize(pool_.threads());
  }

  Doubt run() {
    columns();
    numbers();
    out_ = {.sampling = d_.sampling, .draws = d_.size()};
    std::vector<char> moving;
    for (const auto& claims : moves_) moving.push_back(std::ranges::any_of(claims, [](char m) { return m != 0; }));
    const auto all = plan_.numbers(), some = plan_.numbers(moving);
    out_.numbers = all.uncertain + all.defaults, out_.decisive = some.uncertain + some.defaults;
    spreads();
    out_.findings.resize(d_.truth.size());
    pool_.run(d_.truth.size(), [&](std::size_t c, unsigned worker) { out_.findings[c] = finding(c, probe(worker)); });
    if (options_.total > 0) totals();
    out_.warnings = warnings(plan_);
    if (auto text = proposals(plan_, out_.findings); !text.empty())
      out_.warnings.insert(out_.warnings.begin(), std::move(text));
    return std::move(out_);
  }

 private:
  ClaimEvaluator& probe(unsigned worker) {
    if (!probes_[worker]) probes_[worker] = std::make_unique<ClaimEvaluator>(plan_);
    return *probes_[worker];
  }

  void columns() {
    const std::size_t claims = d_.truth.size(), n = d_.size();
    holds_.assign(claims, std::vector<double>(n));
    missing_.resize(claims);
    rank_.resize(claims);
    pool_.run(claims, [&](std::size_t c, unsigned) {
      holds_[c] = held(plan_, d_, c, undefined);
      const auto gone = static_cast<std::size_t>(std::ranges::count(d_.truth[c], 2));
      if (100 * gone > n && gone < n) {
        missing_[c].resize(n);
        for (std::size_t i = 0; i < n; ++i) missing_[c][i] = d_.truth[c][i] == 2;
      }
      rank_[c] = ranks(d_.margin[c]);
    });
  }

  // Every uncertain number: whether it moves anything, its indices, its curve, where claims turn along it.
  void numbers() {
    const std::size_t inputs = d_.input.size(), claims = d_.truth.size();
    drivers_.assign(inputs, std::vector<Driver>(claims));
    missing_index_.assign(inputs, std::vector<Index>(claims, {undefined, undefined, undefined}));
    moves_.assign(inputs, std::vector<char>(claims, 0));
    distinct_.assign(inputs, {});
    const std::uint64_t pairs = std::min<std::uint64_t>(looks, d_.size());
    pool_.run(inputs, [&](std::size_t u, unsigned worker) {
      const auto param = plan_.uncertain()[u];
      const Along along = flips_along(probe(worker), param);
      const auto frozen = freeze(probe(worker), d_, {u}, pairs, along.moves);
      for (std::size_t c = 0; c < claims; ++c) moves_[u][c] = frozen[c].moves || along.moves[c];
      if (std::ranges::none_of(moves_[u], [](char m) { return m != 0; })) return;
      const auto& x = d_.input[u];
      const Order order = order_of(x);
      for (std::size_t c = 0; c < claims; ++c) {
        if (!moves_[u][c]) continue;
        Driver& out = drivers_[u][c];
        out.param = param;
        const Index index = first_order_interval(order, x, holds_[c]);
        const Index margin = first_order_interval(order, x, rank_[c]);
        out.index = index.value, out.low = index.low, out.high = index.high;
        out.margin_index = margin.value, out.margin_low = margin.low, out.margin_high = margin.high;
        out.flips = along.flips[c];
        out.curve = curve(order, x, holds_[c], 10);
        out.total = {undefined, undefined};
        if (!missing_[c].empty()) missing_index_[u][c] = first_order_interval(order, x, missing_[c]);
      }
      distinct_[u].distinct = order.distinct;
    });
  }

  Finding finding(std::size_t c, ClaimEvaluator& probe) {
    Finding f{.name = plan_.claims()[c].name};
    shares(f, c);
    f.margin_unit = plan_.claims()[c].program.margin_unit().text;
    f.terms = plan_.claims()[c].terms;
    probe.reset();
    f.at_medians = probe.at(c).truth;
    const double p =
        f.shared ? f.share : static_cast<double>(f.yes) / static_cast<double>(std::max<std::uint64_t>(1, f.yes + f.no));
    std::vector<std::size_t> moving;
    for (std::size_t u = 0; u < d_.input.size(); ++u)
      if (moves_[u][c]) moving.push_back(u);
    const Idle idle(f, moving.size());
    // The bound for 0 and 1 does not hold for chances.
    const auto bound = [&](std::size_t u) { return f.shared ? idle.margin(distinct_[u]) : idle.truth(distinct_[u]); };
    const auto decides = [&](std::size_t u) { return drivers_[u][c].low > 0 && drivers_[u][c].index > bound(u); };
    // Where the claim is nearly always the same, who drives the rare exception can seldom be told from so few draws;
    // then by how much it holds is asked instead.
    const bool alike = f.shared ? std::min(p, 1 - p) < 0.01 : std::min(f.yes, f.no) * 100 < f.yes + f.no;
    f.by_margin = alike && std::ranges::none_of(moving, decides);
    for (const std::size_t u : moving) {
      Driver& x = drivers_[u][c];
      x.worth = std::isnan(x.index) ? 0 : std::max(0.0, x.index) * p * (1 - p) * (1 - f.luck);
      const double low = f.by_margin ? x.margin_low : x.low;
      x.told = f.by_margin ? low > 0 && x.margin_index > idle.margin(distinct_[u]) : decides(u);
      x.weak = x.told && low < (f.by_margin ? idle.margin(distinct_[u]) : bound(u));
      if (low > 0 || !x.flips.empty()) f.drivers.push_back(x);
      const Index& gone = missing_index_[u][c];
      if (gone.low > 0 && gone.value > idle.missing(distinct_[u])) f.undefined_by.emplace_back(x.param, gone);
    }
    const auto key = [&](const Driver& x) {
      const double v = f.by_margin ? x.margin_index : x.index;
      return std::isnan(v) ? -1.0 : v;
    };
    std::ranges::stable_sort(f.drivers, [&](const Driver& a, const Driver& b) { return key(a) > key(b); });
    std::ranges::stable_sort(f.undefined_by,
                             [](const auto& a, const auto& b) { return a.second.value > b.second.value; });
    f.joint = joint_change(probe, c, moving, d_, turned(c, f.at_medians, moving));
    f.grounds = grounds(plan_, f);
    return f;
  }

  void shares(Finding& f, std::size_t c) {
    std::map<ask::Reason, std::uint64_t> reasons;
    const auto& truth = d_.truth[c];
    f.shared = plan_.claims()[c].shared();
    std::vector<double> yes = held(plan_, d_, c, 0), no(truth.size());
    for (std::size_t i = 0; i < truth.size(); ++i) {
      f.yes += truth[i] == 1;
      f.no += truth[i] == 0;
      f.undefined += truth[i] == 2;
      no[i] = truth[i] == 0;
      if (truth[i] == 2) ++reasons[static_cast<ask::Reason>(d_.why[c][i])];
    }
    if (f.shared) no = d_.odds[odds_at(plan_, c) + 1];
    f.reasons.assign(reasons.begin(), reasons.end());
    std::ranges::stable_sort(f.reasons, [](const auto& a, const auto& b) { return a.second > b.second; });
    const auto n = static_cast<double>(truth.size());
    const auto sum = [](const std::vector<double>& x) { return std::accumulate(x.begin(), x.end(), 0.0); };
    f.low = (f.shared ? sum(yes) : static_cast<double>(f.yes)) / n;
    f.high = 1 - (f.shared ? sum(no) : static_cast<double>(f.no)) / n;
    f.bracket = f.undefined * 100 > truth.size();
    f.implied = implied(plan_.claims()[c], f.yes, f.no);
    if (f.bracket) {
      f.share = f.low;
      const Mean a = mean_of(yes, d_.designs()), b = mean_of(no, d_.designs());
      f.error = std::max(a.error, b.error);
      f.half = std::max(a.half, b.half);
      f.from = a.low;
      f.to = 1 - b.low;
      f.words = estimative_words(f.low, f.high, f.half);
    } else {
      const Mean m = mean_of(holds_[c], d_.designs());
      f.share = m.value;
      f.error = m.error;
      f.half = m.half;
      f.from = m.low;
      f.to = m.high;
      f.words = estimative_words(f.share, f.half);
    }
    if (f.shared) {
      double within = 0, all = 0, defined = 0;
      for (const double p : holds_[c])
        if (!std::isnan(p)) within += p * (1 - p), all += p, ++defined;
      const double mean = defined > 0 ? all / defined : 0;
      f.luck = mean > 0 && mean < 1 ? within / defined / (mean * (1 - mean)) : 0;
    }
    if (plan_.claims()[c].soft && !plan_.record(c)) f.words = no_record;
    if (f.yes + f.no == 0) f.words = "no answer in any draw";
    auto margins = defined(d_.margin[c]);
    f.margin5 = quantile(margins, 0.05);
    f.margin50 = quantile(margins, 0.5);
    f.margin95 = quantile(margins, 0.95);
  }

  // The draws nearest to the medians in which the claim is turned.
  std::vector<std::uint32_t> turned(std::size_t c, std::uint8_t at_medians, const std::vector<std::size_t>& moving) {
    if (at_medians == 2 || moving.empty()) return {};
    std::vector<std::uint32_t> out;
    const std::size_t n = std::min<std::size_t>(d_.size(), nearest_of);
    for (std::uint32_t i = 0; i < n; ++i)
      if (d_.truth[c][i] != 2 && d_.truth[c][i] != at_medians) out.push_back(i);
    std::vector<double> distance(n, 0.0);
    for (const std::size_t u : moving) {
      const Scale scale(plan_.situation().parameters[plan_.uncertain()[u]].number);
      for (const auto i : out) {
        const double z = scale.z(d_.input[u][i]);
        distance[i] += z * z;
      }
    }
    const std::size_t keep = std::min<std::size_t>(3, out.size());
    std::ranges::partial_sort(out, out.begin() + static_cast<std::ptrdiff_t>(keep), {},
                              [&](std::uint32_t i) { return std::pair(distance[i], i); });
    out.resize(keep);
    return out;
  }

  void spreads() {
    std::vector<char> shown(d_.quantity.size(), 0);
    for (const auto& c : plan_.claims())
      for (const auto term : c.terms) shown[term] = 1;
    out_.spreads.resize(d_.quantity.size());
    pool_.run(d_.quantity.size(), [&](std::size_t q, unsigned) {
      const auto& named = plan_.quantities()[q];
      auto values = defined(d_.quantity[q]);
      double sum = 0;
      for (const double v : values) sum += v;
      auto& out = out_.spreads[q];
      out = {named.name,
             named.unit.text,
             named.says,
             quantile(values, 0.05),
             quantile(values, 0.5),
             quantile(values, 0.95),
             d_.size() - values.size(),
             named.headline,
             named.yes_no,
             values.empty() ? undefined : sum / static_cast<double>(values.size()),
             {}};
      if (values.empty() || (!named.headline && !shown[q])) return;
      std::ranges::sort(values);
      for (std::size_t i = 0; i < dots_of_a_spread; ++i)
        out.dots.push_back(quantile_of(values, (static_cast<double>(i) + 0.5) / static_cast<double>(dots_of_a_spread)));
    });
  }

  // Total order of every source's numbers together, and of every number that moves a claim alone. One that works with
  // others only has no index of its own; where its total is beyond its error it joins the claim's drivers.
  void totals() {
    std::uint64_t n = std::min<std::uint64_t>(options_.total, d_.size());
    n -= n % plan::replicates;
    if (n == 0) return;
    out_.total_draws = n;
    std::map<std::string, std::vector<std::size_t>> by_source;
    for (std::size_t u = 0; u < d_.input.size(); ++u) by_source[source_of(plan_, plan_.uncertain()[u])].push_back(u);
    std::vector<std::vector<std::size_t>> groups;
    for (const auto& [name, members] : by_source) out_.groups.push_back(name), groups.push_back(members);
    std::map<std::size_t, std::size_t> single;              // by number: its group
    std::vector<std::size_t> together(d_.input.size(), 0);  // numbers drawn together are left unknown together
    for (std::size_t g = 0; g < plan_.groups().size(); ++g)
      for (const auto m : plan_.groups()[g].members) together[m] = g + 1;
    std::map<std::size_t, std::size_t> made;
    for (std::size_t u = 0; u < d_.input.size(); ++u)
      if (std::ranges::any_of(moves_[u], [](char m) { return m != 0; })) {
        if (together[u] > 0) {
          const auto [at, fresh] = made.emplace(together[u], groups.size());
          single.emplace(u, at->second);
          if (!fresh) continue;
          const auto& members = plan_.groups()[together[u] - 1].members;
          groups.emplace_back(members.begin(), members.end());
          continue;
        }
        single.emplace(u, groups.size());
        groups.push_back({u});
      }
    std::vector<std::vector<Frozen>> frozen(groups.size());
    pool_.run(groups.size(),
              [&](std::size_t g, unsigned worker) { frozen[g] = freeze(probe(worker), d_, groups[g], n); });
    for (std::size_t c = 0; c < out_.findings.size(); ++c) {
      auto& drivers = out_.findings[c].drivers;
      for (std::size_t g = 0; g < out_.groups.size(); ++g) out_.findings[c].totals.push_back(frozen[g][c].total);
      std::vector<Driver> joined;
      for (const auto& [u, g] : single) {
        if (!moves_[u][c]) continue;
        const Total& total = frozen[g][c].total;
        const auto it = std::ranges::find(drivers, plan_.uncertain()[u], &Driver::param);
        if (it != drivers.end()) it->total = total;
        else if (total.value > 3 * total.error && total.value >= 0.01) {
          joined.push_back(drivers_[u][c]);
          joined.back().total = total;
        }
      }
      std::ranges::stable_sort(joined, [](const auto& a, const auto& b) { return a.total.value > b.total.value; });
      drivers.insert(drivers.end(), joined.begin(), joined.end());
    }
  }

  const plan::Plan& plan_;
  const Draws& d_;
  const JudgeOptions& options_;
  Pool pool_;
  std::vector<std::unique_ptr<ClaimEvaluator>> probes_;
  std::vector<std::vector<double>> holds_, missing_, rank_;  // by claim
  std::vector<std::vector<Driver>> drivers_;                 // by input and claim
  std::vector<std::vector<Index>> missing_index_;
  std::vector<std::vector<char>> moves_;
  std::vector<Order> distinct_;  // by input, how many values it has; without the ranks
  Doubt out_;
};

}  // namespace

bool implied(const plan::Claim& claim, std::uint64_t yes, std::uint64_t no) noexcept {
  return !claim.implied.empty() && yes + no > 0 && std::min(yes, no) * 100 <= yes + no;
}

Result<Doubt> judge(const plan::Plan& plan, const Draws& d, const JudgeOptions& options) {
  const auto every = [&](const auto& columns, std::size_t count) {
    return columns.size() == count && std::ranges::all_of(columns, [&](const auto& c) { return c.size() == d.size(); });
  };
  if (d.fingerprint != plan.fingerprint() || !every(d.input, plan.uncertain().size()) ||
      !every(d.truth, plan.claims().size()) || !every(d.margin, plan.claims().size()) ||
      !every(d.why, plan.claims().size()) || !every(d.quantity, plan.quantities().size()))
    return std::unexpected(Error{ErrorKind::invalid, "these draws are not of this situation"});
  if (d.from != 0 || d.to != d.sampling.draws)
    return std::unexpected(Error{ErrorKind::invalid, "a slice is judged when it is joined with the others"});
  return Judge(plan, d, options).run();
}

}  // namespace entente::doubt
