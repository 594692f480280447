// signal: what a display tells.
//
// The kernel holds the theory (kernel/game_signalling.hpp). Here names become numbers: what a type gets is the value of
// the reply less the cost of the signal; the type without a chance of its own has the rest. Asked twice, once without
// costs: a message that can be believed because of what it costs separates with them and not without. A cost may be
// sunk
// (`costs`, paid whatever comes) or arise only after a reply (`after`: hands that are tied, Fearon 1997).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "ask/names.hpp"
#include "ask/say.hpp"
#include "entente/ask/question.hpp"
#include "entente/kernel/game_signalling.hpp"
#include "families/signal/section.hpp"

namespace entente::ask {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
using number::show;

class SignalModel final : public Model {
 public:
  SignalModel(const situation::Situation& s, const situation::SignalQuestion& q)
      : s_(s), d_(situation::displays(s)[q.display]) {
    const auto add = [&](std::string name, std::string says, What what, std::size_t t = 0, std::size_t m = 0,
                         bool headline = false, unsigned group = 0) {
      quantities_.push_back({std::move(name), {}, std::move(says), group, headline});
      cells_.push_back({what, t, m});
    };
    add("separates", "1 when the types can be told apart in an equilibrium that survives the intuitive criterion",
        What::separates, 0, 0, true),
        last_is_yes_no();
    add("separates-without-costs", "the same if no signal cost anything", What::free, 0, 0, true), last_is_yes_no();
    add("believed-for-its-cost", "1 when it separates, and would not without costs", What::costly, 0, 0, true),
        last_is_yes_no();
    add("must-separate", "1 when every surviving equilibrium separates", What::must), last_is_yes_no();
    add("equilibria", "pure equilibria that survive", What::count);
    for (std::size_t m = 0; m < d_.signals.size(); ++m)
      for (std::size_t t = 0; t < d_.types.size(); ++t) {
        const std::string to = d_.signals[m] + "." + d_.types[t];
        add("posterior-least." + to,
            "the least chance of this type after this signal, over the surviving equilibria that send it", What::least,
            t, m);
        add("posterior-most." + to, "the largest", What::most, t, m);
      }
    for (const bool free : {false, true})
      add(free ? "informative-without-costs" : "informative",
          free ? "the same if no signal cost anything"
               : "1 when signals bring different replies in an equilibrium that survives, mixed ones counted",
          free ? What::moves_free : What::moves, 0, 0, false, 1);
    add("mixed-equilibria", "equilibria that survive and are not pure", What::mixed, 0, 0, false, 1);
    reads_ = d_.chance;
    for (const auto* v : {&d_.cost, &d_.to_sender, &d_.to_receiver, &d_.after})
      reads_.insert(reads_.end(), v->begin(), v->end());
    std::erase(reads_, situation::none);
    for (const auto who : {d_.sender, d_.receiver}) reads_.push_back(s_.actors[who].presence);
  }

  struct Work final : Scratch {
    game::Signalling with, without;
  };
  std::unique_ptr<Scratch> scratch() const override { return std::make_unique<Work>(); }

  // The pure equilibria are group 0, the mixed ones, which take ten times as long, group 1. The kernel allocates: lists
  // of equilibria and of vertices have no size that is known beforehand.
  void evaluate(std::span<const double> p, const Groups& groups, Scratch& scratch, std::span<double> value,
                std::span<Reason> reason) const override {
    auto& w = static_cast<Work&>(scratch);
    Reason bad = fill(p, w);
    std::vector<game::Equilibrium> with, without;
    game::EquilibriumSet all, free;
    const auto take = [&](auto solved, auto& into) {
      if (solved) into = std::move(*solved);
      else bad = Reason::not_solved;
    };
    if (bad == Reason::none && groups[0]) {
      take(game::pure(w.with), with);
      take(game::pure(w.without), without);
    }
    if (bad == Reason::none && groups[1]) {
      take(game::mixed(w.with), all);
      take(game::mixed(w.without), free);
    }
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      if (!groups[quantities_[c].group]) continue;
      reason[c] = bad;
      value[c] = bad != Reason::none             ? undefined
                 : quantities_[c].group == 0     ? cell(cells_[c], with, without, reason[c])
                 : cells_[c].what == What::mixed ? unpure(all)
                                                 : moves(cells_[c].what == What::moves ? all : free);
    }
  }

  std::vector<Picture> pictures(std::span<const double> p, Scratch& scratch) const override;

  Account account(std::span<const double> p, Scratch& scratch) const override {
    auto& w = static_cast<Work&>(scratch);
    Account a;
    const Phrase sender = in_text(s_, d_.sender), receiver = in_text(s_, d_.receiver);
    a.reference =
        "Kreps and Wilson 1982, doi:10.2307/1912767; "
        "Cho and Kreps 1987, doi:10.2307/1885060";
    a.method =
        "All pure perfect Bayesian equilibria of the signalling game, with and without the costs of signals; the "
        "intuitive criterion of Cho and Kreps (1987).";
    a.assumptions = {"both know the game; only the sender knows its type",
                     "that an equilibrium exists does not say that it is played: see posteriors over all that survive",
                     "if the types want different replies they can be told apart without any cost: then talk would do"};
    if (fill(p, w) != Reason::none) {
      a.headline = say("{} has nothing to show to {} in this world.", sender, receiver);
      return a;
    }
    const auto with = game::pure(w.with), without = game::pure(w.without);
    if (!with || !without) {
      a.headline = "Not solved.";
      return a;
    }
    const bool yes = separating(*with), free = separating(*without);
    a.headline =
        yes && !free ? say("The display can be believed because of what it costs: by it {} can tell the types "
                           "of {} apart, and without costs it could not.",
                           receiver, sender)
        : yes  ? say("{} can tell the types of {} apart, and could without any cost: talk would do.", receiver, sender)
        : free ? say("The costs stand in the way: without them {} could tell the types of {} apart.", receiver, sender)
               : say("The display tells {} nothing for sure about the type of {}.", receiver, sender);
    double worst = 0;
    Account::Table t{"Equilibria", {"who shows what", "then the receiver", "kind", "intuitive"}, {}};
    for (const auto& e : *with) {
      worst = std::max(worst, game::check(w.with, e));
      std::string shows, replies;  // types, signals and replies as written: `words` may mean something else by them
      for (std::size_t k = 0; k < d_.types.size(); ++k)
        shows += (k ? ", " : "") + d_.types[k] + ": " + d_.signals[pick(e.signal[k])];
      for (std::size_t m = 0; m < d_.signals.size(); ++m)
        replies +=
            (m ? ", " : "") + d_.signals[m] + (e.sent[m] ? "" : " (unseen)") + ": " + d_.replies[pick(e.reply[m])];
      if (t.rows.size() < 12)
        t.rows.push_back({shows, replies,
                          e.pooling      ? "pooling"
                          : e.separating ? "separating"
                                         : "partly",
                          Entry::yes_no(e.intuitive)});
    }
    a.tables.push_back(std::move(t));
    for (std::size_t k = 0; k < d_.types.size(); ++k)
      a.lines.push_back({"chance beforehand of " + d_.types[k], w.with.prior[k], "", ""});
    a.violation = worst;
    a.certificate = fmt::format("no deviation gains, beliefs follow Bayes' rule: largest fault {:.1e}", worst);
    if (const auto all = game::mixed(w.with), none = game::mixed(w.without); all && none) {
      const double n = unpure(*all);
      a.notes.push_back(fmt::format(
          "{} survive that are not pure; in {} of all that survive do different signals bring different "
          "replies, and in {} if nothing cost anything",
          n == 0 ? "none" : show(n, 3), moves(*all) > 0 ? "some" : "none", moves(*none) > 0 ? "some" : "none"));
    } else {
      a.notes.push_back("too large for its mixed equilibria: only the pure ones are counted");
    }
    return a;
  }

 private:
  enum class What : unsigned char { separates, free, costly, must, count, least, most, moves, moves_free, mixed };
  struct Cell {
    What what;
    std::size_t t, m;
  };

  static std::size_t pick(const std::vector<double>& p) {
    return static_cast<std::size_t>(std::ranges::find(p, 1.0) - p.begin());
  }
  static bool separating(const std::vector<game::Equilibrium>& all) {
    return std::ranges::any_of(all, [](const auto& e) { return e.separating && e.intuitive; });
  }

  // Equilibria of the list that survive and are not pure.
  static double unpure(const game::EquilibriumSet& all) {
    return static_cast<double>(
        std::ranges::count_if(all.extreme, [](const auto& e) { return e.intuitive && !e.pure; }));
  }
  // 1 when in some survivor two signals that are sent bring different replies. (Beliefs may differ without it, as where
  // all types babble: that changes nothing.)
  static double moves(const game::EquilibriumSet& all) {
    return std::ranges::any_of(all.extreme, [](const game::Equilibrium& e) {
      const std::vector<double>* first = nullptr;
      for (std::size_t m = 0; m < e.sent.size() && e.intuitive; ++m) {
        if (!e.sent[m]) continue;
        if (!first) first = &e.reply[m];
        for (std::size_t a = 0; a < first->size(); ++a)
          if (std::abs((*first)[a] - e.reply[m][a]) > 1e-6) return true;
      }
      return false;
    });
  }

  static double cell(const Cell& c, const std::vector<game::Equilibrium>& with,
                     const std::vector<game::Equilibrium>& without, Reason& reason) {
    double low = std::numeric_limits<double>::infinity(), high = -low, survive = 0, apart = 0;
    for (const auto& e : with) {
      if (!e.intuitive) continue;
      ++survive;
      apart += e.separating;
      if (!e.sent[c.m]) continue;
      low = std::min(low, e.belief[c.m][0][c.t]);
      high = std::max(high, e.belief[c.m][0][c.t]);
    }
    switch (c.what) {
      case What::separates:
        return separating(with);
      case What::free:
        return separating(without);
      case What::costly:
        return separating(with) && !separating(without);
      case What::must:
        if (survive == 0) reason = Reason::no_equilibrium;
        return survive == 0 ? undefined : apart == survive;
      case What::count:
        return survive;
      case What::least:
      case What::most:
        if (std::isinf(low)) reason = survive == 0 ? Reason::no_equilibrium : Reason::unsent;
        return std::isinf(low) ? undefined : c.what == What::least ? low : high;
      case What::moves:
      case What::moves_free:
      case What::mixed:
        break;  // of the other group
    }
    return undefined;
  }

  Reason fill(std::span<const double> p, Work& w) const {
    for (const auto who : {d_.sender, d_.receiver})
      if (p[s_.actors[who].presence] == 0) return Reason::absent;
    const std::size_t T = d_.types.size(), M = d_.signals.size(), A = d_.replies.size();
    auto& g = w.with;
    g.types = static_cast<std::uint32_t>(T);
    g.signals = static_cast<std::uint32_t>(M);
    g.actions = static_cast<std::uint32_t>(A);
    g.prior.assign(T, 0.0);
    double rest = 1;
    for (std::size_t t = 0; t < T; ++t)
      if (d_.chance[t] != situation::none) rest -= g.prior[t] = p[d_.chance[t]];
    for (std::size_t t = 0; t < T; ++t) {
      if (d_.chance[t] == situation::none) g.prior[t] = rest;
      if (!(g.prior[t] > 0)) return Reason::out_of_domain;  // a type that cannot be, or chances above 1 in all
    }
    g.sender.resize(T * M * A);
    g.receiver.resize(T * M * A);
    w.without = g;
    for (std::size_t t = 0; t < T; ++t)
      for (std::size_t m = 0; m < M; ++m)
        for (std::size_t a = 0; a < A; ++a) {
          const std::size_t k = (t * M + m) * A + a;
          w.without.sender[k] = p[d_.to_sender[t * A + a]];
          g.sender[k] = w.without.sender[k] - p[d_.cost[t * M + m]];
          if (d_.after[k] != situation::none) g.sender[k] -= p[d_.after[k]];
          g.receiver[k] = w.without.receiver[k] = p[d_.to_receiver[t * A + a]];
        }
    return Reason::none;
  }

  const situation::Situation& s_;
  const situation::Display& d_;
  std::vector<Cell> cells_;
};

// Nature, the sender, the receiver; what lies on the path of the first surviving separating equilibrium, else of the
// first that survives, is marked.
std::vector<Picture> SignalModel::pictures(std::span<const double> p, Scratch& scratch) const {
  auto& w = static_cast<Work&>(scratch);
  if (fill(p, w) != Reason::none) return {};
  const std::size_t T = d_.types.size(), M = d_.signals.size(), A = d_.replies.size();
  if (T * M * A > 60) return {};  // no tree that anybody would read
  const auto all = game::pure(w.with);
  const game::Equilibrium* shown = nullptr;
  if (all)
    for (const auto& e : *all)
      if (e.intuitive && (!shown || (e.separating && !shown->separating))) shown = &e;
  const auto cell = [&](What what, std::size_t t, std::size_t m) {
    for (std::size_t c = 0; c < cells_.size(); ++c)
      if (cells_[c].what == what && cells_[c].t == t && cells_[c].m == m) return Figure::of(c);
    return Figure{};
  };
  Tree tree;
  tree.nodes.push_back({.who = "Chance"});
  for (std::size_t t = 0; t < T; ++t) {
    const auto type = static_cast<std::uint32_t>(tree.nodes.size());
    tree.nodes.push_back({.parent = 0,
                          .branch = d_.types[t],
                          .who = alone(s_, d_.sender),
                          .chance = Figure::fixed(w.with.prior[t]),
                          .chosen = shown != nullptr});
    for (std::size_t m = 0; m < M; ++m) {
      const auto seen = static_cast<std::uint32_t>(tree.nodes.size());
      const bool sends = shown && pick(shown->signal[t]) == m;
      tree.nodes.push_back({.parent = type,
                            .branch = d_.signals[m],
                            .who = alone(s_, d_.receiver),
                            .chosen = sends,
                            .set = static_cast<std::uint32_t>(m),
                            .least = cell(What::least, t, m),
                            .most = cell(What::most, t, m)});
      for (std::size_t a = 0; a < A; ++a) {
        const std::size_t k = (t * M + m) * A + a;
        tree.nodes.push_back({.parent = seen,
                              .branch = d_.replies[a],
                              .chosen = sends && pick(shown->reply[m]) == a,
                              .outcome = show(w.with.sender[k], 2) + ", " + show(w.with.receiver[k], 2)});
      }
    }
  }
  const Phrase pays =
      say("Numbers at the ends: what {} and {} get. ", in_text(s_, d_.sender), in_text(s_, d_.receiver));
  return {{"What is shown, and what may be believed after it",
           pays + (shown ? std::string("Marked: an equilibrium that survives, ") +
                               (shown->separating ? "in which the types are told apart."
                                                  : "in which they are not all told apart.")
                         : "No pure equilibrium survives."),
           std::move(tree)}};
}

}  // namespace

std::unique_ptr<Model> compile_signal(const situation::Situation& s, const situation::Question& q, Diagnostics&) {
  return std::make_unique<SignalModel>(s, *q.what.as<situation::SignalQuestion>());
}

}  // namespace entente::ask
