// balance: what one friendship does to the others.
//
// Ties move one another by dX/dt = X^2 (kernel/balance.hpp); sizes play no part. At a stated share of the time to
// divergence, and at that fixed time, the derivative of every tie by the tie in question says how far one drags the
// other. Beside it stands what a tie's own start does to it, so that `pull`, their ratio, reads: a change of the one
// does as much to the other as `pull` times that change in the other itself.
//
// Which way it leans: that friends' friends come closer is the equation itself. A sign follows from who is friend and
// foe of whom; the finding is its size against the uncertainty of the tie itself.
#include "entente/kernel/balance.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "ask/names.hpp"
#include "ask/say.hpp"
#include "entente/ask/question.hpp"
#include "families/alignment/section.hpp"
#include "families/alignment/ties.hpp"

namespace entente::ask {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
using number::show;

class BalanceModel final : public Model {
 public:
  BalanceModel(const situation::Situation& s, const situation::BalanceQuestion& q)
      : s_(s), q_(q), ties_(s, q_.camp), of_(ties_.pairs()[ties_.pair(q.tie)]) {
    const auto add = [&](std::string name, Phrase says, What what, std::size_t i = 0, std::size_t j = 0,
                         bool headline = false) {
      quantities_.push_back({std::move(name), {}, std::move(says), 0, headline});
      cells_.push_back({what, i, j});
    };
    const Phrase moved = ties_.told(of_);
    add("divergence", "time to divergence, in units of one over a tie", What::divergence);
    for (std::size_t i = 0; i < ties_.actors(); ++i)
      for (std::size_t j = i + 1; j < ties_.actors(); ++j) {
        const std::string pair = ties_.name(i, j);
        const bool own = i == of_.i && j == of_.j;
        add("tie." + pair, "the tie at that time", What::tie, i, j);
        add("effect." + pair, "how much it moves for one unit of " + moved, What::effect, i, j);
        if (!own)
          add("pull." + pair, "the same as a change of its own start: effect over own effect", What::pull, i, j,
              i != of_.i && i != of_.j && j != of_.i && j != of_.j);
        add("ends." + pair, "1 if they end in one faction, 0 if in two", What::ends, i, j), last_is_yes_no();
      }
    ties_.reads(reads_);
    reads_.push_back(q.at);
    reads_.push_back(q.self);
  }

  struct Work final : Scratch {
    balance::Dynamics dynamics;
    balance::State state;
    std::vector<double> tie, x0, effect;
    std::vector<std::size_t> place, who;
  };
  std::unique_ptr<Scratch> scratch() const override { return std::make_unique<Work>(); }

  void evaluate(std::span<const double> p, const Groups& groups, Scratch& scratch, std::span<double> value,
                std::span<Reason> reason) const override {
    if (!groups[0]) return;
    auto& w = static_cast<Work&>(scratch);
    const Reason failed = solve(p, w);
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      reason[c] = failed;
      value[c] = failed == Reason::none ? number(cells_[c], w, reason[c]) : undefined;
    }
  }

  std::vector<Picture> pictures(std::span<const double> p, Scratch& scratch) const override {
    auto& w = static_cast<Work&>(scratch);
    if (solve(p, w) != Reason::none) return {};
    const auto name = [&](std::size_t i) { return alone(s_, ties_.who(i)); };
    Network net{.groups = {"one faction, if left alone", "the other"}};
    std::vector<std::uint32_t> node(ties_.actors(), 0);
    for (std::size_t i = 0; i < ties_.actors(); ++i) {
      if (w.place[i] == Ties::npos) continue;
      node[i] = static_cast<std::uint32_t>(net.nodes.size());
      const double side = w.dynamics.side[w.place[i]];
      net.nodes.push_back({.label = name(i), .group = side > 0 ? 0u : side < 0 ? 1u : 2u});
    }
    Bars b{.unit = "change for one unit of it"};
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      const auto [what, i, j] = cells_[c];
      if (w.place[i] == Ties::npos || w.place[j] == Ties::npos) continue;
      const bool own = i == of_.i && j == of_.j;
      if (what == What::effect && !own) b.rows.push_back({name(i) + " – " + name(j), Figure::of(c), {}, ""});
      if (what == What::tie)
        net.edges.push_back({.from = node[i],
                             .to = node[j],
                             .width = Figure::of(c),
                             .label = "",
                             .mark = own ? Network::Mark::asked : Network::Mark::none});
    }
    // The largest effects; small ones of many actors would fill a page.
    const auto size = [&](const Bars::Row& r) {
      const auto& cell = cells_[r.value.quantity];
      return std::abs(w.effect[w.place[cell.i] * w.who.size() + w.place[cell.j]]);
    };
    std::ranges::stable_sort(b.rows, [&](const auto& x, const auto& y) { return size(x) > size(y); });
    if (b.rows.size() > 15) b.rows.resize(15);
    return {{say("What a stronger tie of {} and {} does to the others", in_text(s_, ties_.who(of_.i)),
                 in_text(s_, ties_.who(of_.j))),
             "Above 0 it draws two closer, below 0 it drives them apart.", std::move(b)},
            {"The ties at that moment", "Friends stand near, foes far apart.", std::move(net)}};
  }

  Account account(std::span<const double> p, Scratch& scratch) const override {
    auto& w = static_cast<Work&>(scratch);
    const Reason failed = solve(p, w);
    Account a;
    const Phrase moved = ties_.told(of_);
    a.reference =
        "Kulakowski, Gawronski and Gronek 2005, doi:10.1142/S012918310500742X; "
        "Marvel, Kleinberg, Kleinberg and Strogatz 2011, doi:10.1073/pnas.1013213108";
    a.method =
        "Balance dynamics dX/dt = X^2 (Marvel, Kleinberg, Kleinberg and Strogatz 2011) in closed form; effects as "
        "derivatives at a fixed time.";
    a.assumptions = {
        fmt::format("the moment is {} of the time to divergence, and the diagonal is {}: choices, not observations",
                    show(p[q_.at], 2), show(p[q_.self], 2)),
        "that ties diverge, and to two factions, is implied by the model; the size of an effect is the finding",
        "sizes play no part"};
    if (failed != Reason::none) {
      a.headline = "No answer: " + std::string(says(failed)) + ".";
      return a;
    }
    std::vector<Phrase> one, other;
    for (std::size_t k = 0; k < w.who.size(); ++k) {
      auto& side = w.dynamics.side[k] > 0 ? one : other;
      if (w.dynamics.side[k] != 0) side.push_back(short_in_text(s_, ties_.who(w.who[k])));
    }
    a.headline = say("Left alone the ties end in {} | {}.", row(one, ", "), row(other, ", "));
    Account::Table t{say("What one unit of {} does", moved),
                     {"tie", "at the start", "at that time", "effect", "own effect", "pull"},
                     {}};
    for (std::size_t i = 0; i < ties_.actors(); ++i)
      for (std::size_t j = i + 1; j < ties_.actors(); ++j) {
        const std::size_t n = w.who.size(), x = w.place[i], y = w.place[j];
        if (x == Ties::npos || y == Ties::npos || (i == of_.i && j == of_.j)) continue;
        const double own = own_effect(w, x, y);
        t.rows.push_back({ties_.told(i, j), Entry::number(w.x0[x * n + y], 2), Entry::number(w.state.x[x * n + y], 2),
                          Entry::number(w.effect[x * n + y], 2), Entry::number(own, 2),
                          Entry::number(w.effect[x * n + y] / own, 2)});
      }
    a.tables.push_back(std::move(t));
    a.lines.push_back({"divergence", w.dynamics.divergence, "", "one over the largest eigenvalue of the ties"});
    a.violation = std::max(balance::check(w.x0, w.dynamics), balance::check(w.x0, w.who.size(), w.state));
    a.certificate = fmt::format("largest residual of the eigenvectors {:.1e}, of the state {:.1e}",
                                balance::check(w.x0, w.dynamics), balance::check(w.x0, w.who.size(), w.state));
    return a;
  }

 private:
  enum class What : unsigned char { divergence, tie, effect, pull, ends };
  struct Cell {
    What what;
    std::size_t i, j;
  };

  // (R E R)_ij for the tie i-j itself: R_ii R_jj + R_ij^2.
  static double own_effect(const Work& w, std::size_t x, std::size_t y) {
    const std::size_t n = w.who.size();
    const auto r = [&](std::size_t a, std::size_t b) { return w.state.resolvent[a * n + b]; };
    return r(x, x) * r(y, y) + r(x, y) * r(x, y);
  }

  Reason solve(std::span<const double> p, Work& w) const {
    ties_.values(p, w.tie);
    w.place.assign(ties_.actors(), Ties::npos);
    w.who.clear();
    for (std::size_t i = 0; i < ties_.actors(); ++i)
      if (ties_.here(p, i)) {
        w.place[i] = w.who.size();
        w.who.push_back(i);
      }
    const std::size_t n = w.who.size();
    if (w.place[of_.i] == Ties::npos || w.place[of_.j] == Ties::npos) return Reason::absent;
    w.x0.assign(n * n, 0.0);
    for (std::size_t k = 0; k < n; ++k) w.x0[k * n + k] = p[q_.self];
    for (std::size_t k = 0; k < w.tie.size(); ++k) {
      const std::size_t a = w.place[ties_.pairs()[k].i], b = w.place[ties_.pairs()[k].j];
      if (a == Ties::npos || b == Ties::npos) continue;
      w.x0[a * n + b] = w.x0[b * n + a] = w.tie[k];
    }
    if (!balance::analyse(w.x0, n, w.dynamics)) return Reason::not_solved;
    if (!std::isfinite(w.dynamics.divergence)) return Reason::no_divergence;
    if (!balance::state_at_share(w.dynamics, p[q_.at], w.state)) return Reason::not_solved;
    w.effect.resize(n * n);
    return balance::effects_of(w.dynamics, w.state, w.place[of_.i], w.place[of_.j], balance::Clock::time, w.effect)
               ? Reason::none
               : Reason::not_solved;
  }

  double number(const Cell& c, const Work& w, Reason& reason) const {
    if (c.what == What::divergence) return w.dynamics.divergence;
    const std::size_t n = w.who.size(), x = w.place[c.i], y = w.place[c.j];
    if (x == Ties::npos || y == Ties::npos) return reason = Reason::absent, undefined;
    switch (c.what) {
      case What::tie:
        return w.state.x[x * n + y];
      case What::effect:
        return w.effect[x * n + y];
      case What::pull:
        return w.effect[x * n + y] / own_effect(w, x, y);
      default: {
        const double end = w.dynamics.limit[x * n + y];
        const double size = std::sqrt(std::abs(w.dynamics.limit[x * n + x] * w.dynamics.limit[y * n + y]));
        if (!(std::abs(end) > 1e-9) || !(std::abs(end) > 1e-9 * size)) return reason = Reason::several, undefined;
        return end > 0 ? 1 : 0;
      }
    }
  }

  const situation::Situation& s_;
  const situation::BalanceQuestion& q_;
  Ties ties_;
  Ties::Pair of_;
  std::vector<Cell> cells_;
};

}  // namespace

std::unique_ptr<Model> compile_balance(const situation::Situation& s, const situation::Question& q, Diagnostics&) {
  return std::make_unique<BalanceModel>(s, *q.what.as<situation::BalanceQuestion>());
}

}  // namespace entente::ask
