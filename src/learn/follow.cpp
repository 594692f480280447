// From as_of through what became known: each item weighs the draws by how likely it was in each of them.
#include <algorithm>
#include <cmath>
#include <limits>

#include "entente/doubt/drawn.hpp"
#include "entente/learn/learn.hpp"
#include "entente/number/number.hpp"

namespace entente::learn {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t bins = 20, most_signposts = 5;
constexpr double worth_watching = 0.02;

// The parts of every draw in which a claim is true and false.
struct Parts {
  std::vector<double> yes, no;
};
Parts parts(const plan::Plan& plan, const doubt::Draws& d, std::size_t claim) {
  Parts out{doubt::held(plan, d, claim, 0), {}};
  if (plan.claims()[claim].shared()) {
    out.no = d.odds[doubt::odds_at(plan, claim) + 1];
    return out;
  }
  out.no.resize(d.size());
  for (std::size_t i = 0; i < out.no.size(); ++i) out.no[i] = d.truth[claim][i] == 0;
  return out;
}

class Follower {
 public:
  Follower(const plan::Plan& plan, const doubt::Draws& d, Diagnostics& out) : plan_(plan), d_(d), out_(out) {}

  std::optional<Follow> run(std::vector<std::uint32_t> claims) {
    const auto& s = plan_.situation();
    if (claims.empty())
      for (std::uint32_t c = 0; c < s.claims.size(); ++c)
        if (s.claims[c].under.empty() ||
            std::ranges::find(s.news, s.claims[c].name, &situation::News::condition) != s.news.end())
          claims.push_back(c);
    std::vector<double> weights(d_.size(), 1.0);
    Follow f{
        .claims = std::move(claims), .before = {}, .heard = {}, .signposts = {}, .effective = 0, .draws = d_.size()};
    std::vector<Parts> of;
    for (const auto c : f.claims) {
      of.push_back(parts(plan_, d_, c));
      f.before.push_back(belief(plan_, d_, c, weights));
    }
    std::size_t condition = s.claims.size(), quantity = 0;
    for (std::uint32_t i = 0; i < s.news.size(); ++i) {
      const auto& n = s.news[i];
      const auto likelihood = n.quantity.empty() ? stated(n, condition++) : measured(n, quantity);
      if (likelihood.empty()) continue;
      Heard h{.news = i, .counts = n.counts};
      double all = 0, heard = 0;
      for (std::size_t k = 0; k < weights.size(); ++k) all += weights[k], heard += weights[k] * likelihood[k];
      h.chance = heard / all;
      if (!(heard > 0)) {
        out_.error("E0847", n.span, "no draw fits this news",
                   "its chance is 0 in all of them after what was known before",
                   "a chance of 0 says that it could not be: write what it was, or widen the reading");
        return std::nullopt;
      }
      for (const Parts& p : of) h.ratio.push_back(ratio(p, weights, likelihood));
      if (n.counts)
        for (std::size_t k = 0; k < weights.size(); ++k) weights[k] *= likelihood[k] / h.chance;
      h.effective = effective_size(weights);
      for (const auto c : f.claims) h.after.push_back(belief(plan_, d_, c, weights));
      f.heard.push_back(std::move(h));
    }
    if (!out_.ok()) return std::nullopt;
    f.effective = effective_size(weights);
    f.signposts.resize(f.claims.size());
    if (f.effective >= enough) signposts(f, of, weights);
    return f;
  }

 private:
  double mean(situation::ParamId id) const { return plan_.situation().parameters[id].number.distribution.mean(); }

  bool missing(const situation::News& n) {
    if (n.otherwise != situation::none) return false;
    out_.error("E0849", n.span, "what this news speaks of is undefined in some draws", "how likely was it there?",
               "`else: 20 % chance`");
    return true;
  }

  std::vector<double> stated(const situation::News& n, std::size_t condition) {
    const Parts p = parts(plan_, d_, condition);
    const double likely = mean(n.likely), unlikely = mean(n.unlikely);
    const double otherwise = n.otherwise == situation::none ? 0 : mean(n.otherwise);
    std::vector<double> out(d_.size());
    for (std::size_t k = 0; k < out.size(); ++k) {
      const double gone = std::max(0.0, 1 - p.yes[k] - p.no[k]);
      if (gone > 1e-9 && missing(n)) return {};
      out[k] = p.yes[k] * likely + p.no[k] * unlikely + (gone > 1e-9 ? gone * otherwise : 0);
    }
    return out;
  }

  std::vector<double> read(const situation::News& n, const std::vector<double>& x, const std::string& name,
                           const number::Unit& unit) {
    const auto& number = plan_.situation().parameters[n.reads].number;
    const bool bare = number.unit.plain() && number.unit.text.empty() && !number.percent;
    if (!bare && !number.unit.same_dimension(unit)) {
      out_.error("E0788", n.reads_span, "this reading is in another unit than what it reads",
                 "`" + name + "` is " + (unit.text.empty() ? "a plain number" : "in `" + unit.text + "`"));
      return {};
    }
    const auto reading = number.distribution.scaled(bare ? 1 : number::conversion(number.unit, unit));
    const double peak = reading.peak(), otherwise = n.otherwise == situation::none ? 0 : mean(n.otherwise);
    std::vector<double> out(d_.size());
    for (std::size_t k = 0; k < out.size(); ++k) {
      if (std::isnan(x[k]) && missing(n)) return {};
      out[k] = std::isnan(x[k]) ? otherwise : std::min(1.0, reading.density(x[k]) / peak);
    }
    return out;
  }
  std::vector<double> measured(const situation::News& n, std::size_t& quantity) {
    const auto& s = plan_.situation();
    if (const auto driver = s.driver(n.quantity); driver != situation::none)
      return read(n, doubt::values_of(plan_, d_, driver), n.quantity, s.parameters[driver].number.unit);
    const auto index = plan_.asked()[quantity++];
    return read(n, d_.quantity[index], plan_.quantities()[index].name, plan_.quantities()[index].unit);
  }

  static double ratio(const Parts& p, const std::vector<double>& w, const std::vector<double>& likelihood) {
    double yes = 0, no = 0, heard_yes = 0, heard_no = 0;
    for (std::size_t k = 0; k < w.size(); ++k) {
      yes += w[k] * p.yes[k], no += w[k] * p.no[k];
      heard_yes += w[k] * likelihood[k] * p.yes[k], heard_no += w[k] * likelihood[k] * p.no[k];
    }
    return yes > 0 && no > 0 ? (heard_yes / yes) / (heard_no / no) : nothing;
  }

  // The variance of E[claim | quantity] over bins of equal weight; a bin of its own where there is no such quantity,
  // for that can be seen too. What chance alone puts between so many bins is taken off.
  double moves(const std::vector<double>& x, const std::vector<std::uint32_t>& order, const Parts& p,
               const std::vector<double>& w, double all) const {
    struct Bin {
      double weight = 0, value = 0;
    };
    std::vector<Bin> found(1);
    double total = 0, square = 0;
    std::size_t last = x.size();
    for (const auto i : order) {
      const double y = p.yes[i];
      const bool full = found.back().weight >= all / bins, gone = std::isnan(x[i]);
      if (last < x.size() && found.back().weight > 0 &&
          (gone != std::isnan(x[last]) || (full && !gone && x[i] != x[last])))
        found.emplace_back();
      found.back().weight += w[i], found.back().value += w[i] * y;
      total += w[i] * y, square += w[i] * y * y;
      last = i;
    }
    const double middle = total / all, effective = effective_size(w);
    double between = 0;
    for (const Bin& b : found)
      if (b.weight > 0) between += b.weight * (b.value / b.weight - middle) * (b.value / b.weight - middle);
    between /= all;
    const double within = std::max(0.0, square / all - middle * middle - between);
    const auto k = static_cast<double>(found.size());
    return std::sqrt(std::max(0.0, between - (k - 1) * within / (effective - k)));
  }

  void signposts(Follow& f, const std::vector<Parts>& of, const std::vector<double>& w) {
    double all = 0;
    for (const double x : w) all += x;
    const auto shown = doubt::told_of(plan_);
    for (std::uint32_t q = 0; q < shown.size(); ++q) {
      if (!shown[q]) continue;
      const auto& x = d_.quantity[q];
      std::vector<std::uint32_t> order;
      for (std::uint32_t i = 0; i < x.size(); ++i)
        if (w[i] > 0) order.push_back(i);
      std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
        const bool na = std::isnan(x[a]), nb = std::isnan(x[b]);
        return na != nb ? nb : !na && x[a] != x[b] ? x[a] < x[b] : a < b;
      });
      for (std::size_t c = 0; c < of.size(); ++c)
        if (const double move = moves(x, order, of[c], w, all); move >= worth_watching)
          f.signposts[c].push_back({q, move});
    }
    for (auto& list : f.signposts) {
      std::ranges::stable_sort(list, [](const Signpost& a, const Signpost& b) { return a.move > b.move; });
      if (list.size() > most_signposts) list.resize(most_signposts);
    }
  }

  const plan::Plan& plan_;
  const doubt::Draws& d_;
  Diagnostics& out_;
};

}  // namespace

plan::Scope scope(const situation::Situation& s) {
  plan::Scope out;
  for (const auto& n : s.news)
    if (n.quantity.empty()) out.conditions.push_back({n.condition, n.place});
    else if (s.driver(n.quantity) == situation::none) out.quantities.push_back({n.quantity, n.place});
  return out;
}

std::optional<Follow> follow(const plan::Plan& plan, const doubt::Draws& d, const std::vector<std::uint32_t>& claims,
                             Diagnostics& out) {
  return Follower(plan, d, out).run(claims);
}

}  // namespace entente::learn
