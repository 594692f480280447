// choice: where actors with positions on one line come out, and how sure that is.
//
// The kernel holds the theory (kernel/choice.hpp). Here names become numbers: an actor that is absent has no position,
// and a position beyond an end of the line counts as the end. The forecast is a distribution; `outcome` is one draw of
// it, by the scale's `luck`, so that claims about what is decided carry the spread of real decisions around the mean.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "ask/names.hpp"
#include "ask/say.hpp"
#include "entente/ask/question.hpp"
#include "entente/kernel/choice.hpp"
#include "families/choice/section.hpp"

namespace entente::ask {
namespace {

constexpr double undefined = choice::none;
using number::show;
using situation::ParamId;

class ChoiceModel final : public Model {
 public:
  ChoiceModel(const situation::Situation& s, const situation::ChoiceQuestion& q)
      : s_(s), x_(situation::scales(s)[q.scale]) {
    const auto add = [&](std::string name, const number::Unit& unit, std::string says, What what, bool headline = false,
                         std::size_t i = 0) {
      const bool spread = what >= What::forecast;
      quantities_.push_back({std::move(name), unit, std::move(says), spread ? 1u : 0u, headline});
      cells_.push_back({what, i});
    };
    add("mean", x_.unit, "mean of the positions, weighted by weight and salience", What::mean, true);
    add("median", x_.unit, "weighted median: the point that beats every other when weights vote", What::median);
    if (x_.status_quo != situation::none) {
      add("nash", x_.unit, "Nash bargain over the status quo, weighted", What::nash);
      add("agreement", {}, "1 when all who have a weight gain by moving the same way", What::agreement),
          last_is_yes_no();
      add("changes", {}, "1 when something beats the status quo: a majority is for it, and no veto against it",
          What::changes, true),
          last_is_yes_no();
      add("win-low", x_.unit, "lower end of what beats the status quo", What::win_low);
      add("win-high", x_.unit, "its upper end", What::win_high);
    }
    add("forecast.mean", x_.unit, "mean of the forecast", What::forecast);
    add("forecast.5", x_.unit, "the decision falls under this once in twenty times", What::q5, true);
    add("forecast.50", x_.unit, "it falls under this as often as over it", What::q50);
    add("forecast.95", x_.unit, "it falls over this once in twenty times", What::q95, true);
    add("outcome", x_.unit, "a decision drawn from the forecast", What::outcome);
    add("at-lower", {}, "chance of the lower end", What::at_lower);
    add("at-upper", {}, "chance of the upper end", What::at_upper);
    if (x_.status_quo != situation::none) add("stays", {}, "chance of the status quo", What::stays);
    for (std::size_t i = 0; i < x_.positions.size(); ++i) {
      add("share." + id(i), {}, "its part of all weight times salience", What::share, false, i);
      add("distance." + id(i), x_.unit, "how far the mean is from what it wants", What::distance, false, i);
      if (x_.status_quo != situation::none)
        add("gain." + id(i), x_.unit, "how much nearer the mean is than the status quo", What::gain, false, i);
    }
    for (const auto& p : x_.positions)
      reads_.insert(reads_.end(), {p.at, p.salience, p.weight, s_.actors[p.who].presence});
    reads_.insert(reads_.end(), {x_.lower, x_.upper, x_.status_quo, x_.majority, x_.error, x_.poles, x_.poles_between,
                                 x_.stays, x_.stays_at_pole, x_.at_vetoes, x_.luck});
    std::erase(reads_, situation::none);
  }

  struct Work final : Scratch {
    choice::Scale scale;
    std::vector<double> position;  // by place in the situation; NaN: absent
    choice::Workspace space;
    choice::Centre centre;
    choice::Bargain bargain;
    choice::Rule rule;
    choice::WinSet win;
    choice::Evidence evidence;
    choice::Forecast forecast;
    double luck = 0.5;
  };

  std::unique_ptr<Scratch> scratch() const override {
    auto w = std::make_unique<Work>();
    w->scale.actors.reserve(x_.positions.size());
    w->position.assign(x_.positions.size(), undefined);
    w->win.pivots.reserve(2 * x_.positions.size());
    w->forecast.atoms.reserve(x_.positions.size() + 3);
    return w;
  }

  void evaluate(std::span<const double> p, const Groups& groups, Scratch& scratch, std::span<double> value,
                std::span<Reason> reason) const override {
    auto& w = static_cast<Work&>(scratch);
    const Reason bad = solve(p, groups, w);
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      if (!groups[quantities_[c].group]) continue;
      reason[c] = bad;
      value[c] = bad == Reason::none ? cell(cells_[c], w, reason[c]) : undefined;
    }
  }

  Account account(std::span<const double> p, Scratch& scratch) const override;
  std::vector<Picture> pictures(std::span<const double> p, Scratch& scratch) const override;

 private:
  enum class What : unsigned char {
    mean,
    median,
    nash,
    agreement,
    changes,
    win_low,
    win_high,
    share,
    distance,
    gain,
    forecast,
    q5,
    q50,
    q95,
    outcome,
    at_lower,
    at_upper,
    stays  // of the forecast
  };
  struct Cell {
    What what;
    std::size_t i;
  };

  // A position that is a number alone: full salience, weight 1.
  static double one(std::span<const double> p, ParamId id) { return id == situation::none ? 1 : p[id]; }
  const std::string& id(std::size_t i) const { return s_.actors[x_.positions[i].who].id; }

  static double mass_at(const choice::Forecast& f, double x) {
    double mass = 0;
    for (const auto& a : f.atoms)
      if (a.position == x) mass += a.mass;
    return mass;
  }

  double cell(const Cell& c, const Work& w, Reason& reason) const {
    const double q = w.scale.status_quo, x = w.position[c.i];
    const auto quantile = [&](double u) { return choice::quantile(w.forecast, u); };
    switch (c.what) {
      case What::mean:
        return w.centre.mean;
      case What::median:
        return w.centre.median;
      case What::nash:
        if (!w.bargain.agreement) reason = Reason::no_agreement;
        return w.bargain.agreement ? w.bargain.outcome : undefined;
      case What::agreement:
        return w.bargain.agreement;
      case What::changes:
        return !w.win.empty();
      case What::win_low:
        return w.win.low;
      case What::win_high:
        return w.win.high;
      case What::share:
      case What::distance:
      case What::gain:
        if (std::isnan(x)) reason = Reason::absent;
        if (std::isnan(x)) return undefined;
        if (c.what == What::share) return weight(c.i, w) / w.centre.weight;
        if (c.what == What::distance) return std::abs(w.centre.mean - x);
        return std::abs(q - x) - std::abs(w.centre.mean - x);
      case What::forecast:
        return choice::mean(w.forecast);
      case What::q5:
        return quantile(0.05);
      case What::q50:
        return quantile(0.5);
      case What::q95:
        return quantile(0.95);
      case What::outcome:
        return quantile(std::clamp(w.luck, 1e-12, 1 - 1e-12));
      case What::at_lower:
        return mass_at(w.forecast, w.forecast.lower);
      case What::at_upper:
        return mass_at(w.forecast, w.forecast.upper);
      case What::stays:
        return mass_at(w.forecast, q);
    }
    return undefined;
  }

  // Actors in the kernel's list stand in the situation's order, the absent ones left out.
  static double weight(std::size_t i, const Work& w) {
    std::size_t k = 0;
    for (std::size_t j = 0; j < i; ++j) k += !std::isnan(w.position[j]);
    return w.scale.actors[k].capability * w.scale.actors[k].salience;
  }

  Reason solve(std::span<const double> p, const Groups& groups, Work& w) const {
    const auto value = [&](ParamId id) { return id == situation::none ? undefined : p[id]; };
    auto& s = w.scale;
    s.lower = value(x_.lower);
    s.upper = value(x_.upper);
    if (s.lower >= s.upper) return Reason::out_of_domain;
    const auto held = [&](double x) { return x < s.lower ? s.lower : x > s.upper ? s.upper : x; };
    s.status_quo = held(value(x_.status_quo));
    s.actors.clear();
    double total = 0, votes = 0;
    for (std::size_t i = 0; i < x_.positions.size(); ++i) {
      const auto& a = x_.positions[i];
      const bool here = p[s_.actors[a.who].presence] != 0;
      w.position[i] = here ? held(p[a.at]) : undefined;
      if (!here) continue;
      s.actors.push_back({w.position[i], one(p, a.salience), one(p, a.weight), a.veto});
      total += s.actors.back().salience * s.actors.back().capability;
      votes += s.actors.back().capability;
    }
    if (s.actors.empty()) return Reason::absent;
    if (!(total > 0)) return Reason::out_of_domain;
    w.centre = choice::centre(s, w.space);
    if (!std::isnan(s.status_quo)) {
      w.rule.quota = x_.majority == situation::none ? undefined : p[x_.majority] * votes;
      const auto bargain = choice::nash(s);
      if (!bargain || !choice::win_set(s, w.rule, w.space, w.win)) return Reason::not_solved;
      w.bargain = *bargain;
    }
    if (!groups[1]) return Reason::none;
    w.luck = p[x_.luck];
    w.evidence = {.error = p[x_.error],
                  .poles = p[x_.poles],
                  .poles_between = p[x_.poles_between],
                  .status_quo = p[x_.stays],
                  .status_quo_pole = p[x_.stays_at_pole],
                  .veto = p[x_.at_vetoes]};
    // Masses that leave nothing between are refused by the kernel.
    return choice::forecast(s, w.evidence, w.space, w.forecast) ? Reason::none : Reason::out_of_domain;
  }

  const situation::Situation& s_;
  const situation::Scale& x_;
  std::vector<Cell> cells_;
};

Account ChoiceModel::account(std::span<const double> p, Scratch& scratch) const {
  auto& w = static_cast<Work&>(scratch);
  Account a;
  a.reference = "Black 1948, doi:10.1086/256633; data: Arregui and Perarnaud 2021, doi:10.34810/data53";
  a.method =
      "Mean of the positions weighted by weight times salience, which no model has been shown to beat; around it the "
      "spread that decisions of the European Union had, with mass at the ends, the status quo and the veto players.";
  a.assumptions = {
      "positions are what the actors want, not what they ask for at first",
      "how far decisions fall from the mean is known of one body that decides by consent and meets again; elsewhere it "
      "is judged, and the ranges are wide",
      "a position beyond an end of the scale counts as the end"};
  const Reason bad = solve(p, {0, 1}, w);
  if (bad != Reason::none) {
    a.headline = bad == Reason::absent ? "Nobody who wants anything on this scale is there in this world."
                                       : "The scale has no answer here: its ends, weights or masses do not fit.";
    return a;
  }
  const std::string unit = x_.unit.text;
  const auto& f = w.forecast;
  const double low = choice::quantile(f, 0.05), high = choice::quantile(f, 0.95), q = w.scale.status_quo;
  const auto with_unit = [&](double x) { return show(x, 3) + (unit.empty() ? "" : " " + unit); };
  a.headline = fmt::format(
      "The positions come out at {} on average, by weight; a decision falls between {} and {} nine "
      "times in ten.",
      with_unit(w.centre.mean), show(low, 3), with_unit(high));
  a.lines.push_back(
      {"mean", w.centre.mean, unit, "sum of weight x salience x position, over sum of weight x salience"});
  a.lines.push_back({"median", w.centre.median, unit,
                     w.centre.median_low == w.centre.median_high
                         ? std::string("half of the weight lies to either side")
                         : fmt::format("anything from {} to {}: the weight splits in halves",
                                       show(w.centre.median_low, 3), show(w.centre.median_high, 3))});
  if (!std::isnan(q)) {
    a.lines.push_back({"nash", w.bargain.agreement ? w.bargain.outcome : undefined, unit,
                       w.bargain.agreement ? fmt::format("all gain between {} and {}", show(w.bargain.lower, 3),
                                                         show(w.bargain.upper, 3))
                                           : "not all want to move the status quo the same way: no bargain among all"});
    std::vector<Phrase> pivots;
    for (const auto k : w.win.pivots) {
      std::size_t seen = 0;
      for (std::size_t i = 0; i < x_.positions.size(); ++i)
        if (!std::isnan(w.position[i]) && seen++ == k) pivots.push_back(short_in_text(s_, x_.positions[i].who));
    }
    const Phrase ends = row(pivots, ", ");
    a.notes.push_back(
        w.win.empty()
            ? say("nothing beats the status quo of {}{}", with_unit(q),
                  ends.empty() ? Phrase(": no majority wants to leave it") : ": held by " + ends)
            : say("what beats the status quo of {}: from {} to {}, ended by {}", with_unit(q), show(w.win.low, 3),
                  show(w.win.high, 3),
                  w.win.low_is_end || w.win.high_is_end ? ends + (ends.empty() ? "" : " and ") + "the scale" : ends));
  }
  std::string atoms;
  for (const auto& x : f.atoms)
    atoms += fmt::format("{}{:.0f} % at {}", atoms.empty() ? "" : ", ", 100 * x.mass, show(x.position, 3));
  a.lines.push_back(
      {"forecast", choice::mean(f), unit,
       fmt::format("{}; the rest in a curve around the mean; mean distance from it {}", atoms, with_unit(f.error))});
  if (f.vetoed > 0)
    a.notes.push_back(
        fmt::format("a veto player finds {:.0f} % of what would be decided worse than the status quo: it stays then",
                    100 * f.vetoed));
  if (!f.calibrated)
    a.notes.push_back(
        "the masses at single points alone put the decision nearer to the mean, or farther, than `error` says: "
        "the distance given is the one that they leave");
  Account::Table t{"Positions" + (unit.empty() ? "" : ", " + unit),
                   {"actor", "wants", "weight", "salience", "share", "distance"},
                   {}};
  if (!std::isnan(q)) t.columns.push_back("gain on the status quo");
  for (std::size_t i = 0; i < x_.positions.size(); ++i) {
    if (std::isnan(w.position[i])) continue;
    const auto& at = x_.positions[i];
    const double distance = std::abs(w.centre.mean - w.position[i]);
    t.rows.push_back({at.veto ? Entry(short_alone(s_, at.who) + " (veto)") : Entry::actor(id(i)),
                      Entry::number(w.position[i]), Entry::number(one(p, at.weight)),
                      Entry::number(one(p, at.salience)), Entry::number(weight(i, w) / w.centre.weight, 2),
                      Entry::number(distance)});
    if (!std::isnan(q)) t.rows.back().push_back(Entry::number(std::abs(q - w.position[i]) - distance));
  }
  a.tables.push_back(std::move(t));
  // The forecast is integrated numerically, to some 1e-4 where it is steep.
  a.violation = std::max(choice::check(w.scale, w.centre), 1e-3 * choice::check(f));
  a.certificate = fmt::format("mean and median by the weight on either side: {:.0e}; forecast integrated: {:.0e}",
                              choice::check(w.scale, w.centre), choice::check(f));
  if (w.bargain.agreement && !std::isnan(q))
    a.certificate += fmt::format("; best of 20,000 other bargains: {:.0e}", choice::check(w.scale, w.bargain));
  return a;
}

std::vector<Picture> ChoiceModel::pictures(std::span<const double> p, Scratch& scratch) const {
  auto& w = static_cast<Work&>(scratch);
  if (solve(p, {}, w) != Reason::none) return {};
  using Role = PriceLine::Role;
  const auto cell = [&](What what) {
    for (std::size_t c = 0; c < cells_.size(); ++c)
      if (cells_[c].what == what) return Figure::of(c);
    return Figure{};
  };
  PriceLine line{.unit = x_.unit.text};
  for (std::size_t i = 0; i < x_.positions.size(); ++i)
    if (!std::isnan(w.position[i]))
      line.points.push_back({alone(s_, x_.positions[i].who) + " wants", Figure::fixed(w.position[i]), Role::asked,
                             x_.positions[i].veto ? "has a veto" : ""});
  if (!std::isnan(w.scale.status_quo))
    line.points.push_back({"status quo", Figure::fixed(w.scale.status_quo), Role::reference, ""});
  line.points.push_back({"mean, by weight and salience", cell(What::mean), Role::solution, ""});
  line.points.push_back({"what is decided", cell(What::outcome), Role::solution, "with the spread of real decisions"});
  return {{"Where the positions come out",
           "Marks are medians, lines nine draws in ten; positions are those with every number at its median.",
           std::move(line)}};
}

}  // namespace

std::unique_ptr<Model> compile_choice(const situation::Situation& s, const situation::Question& q, Diagnostics&) {
  return std::make_unique<ChoiceModel>(s, *q.what.as<situation::ChoiceQuestion>());
}

}  // namespace entente::ask
