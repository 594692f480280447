// leverage: what a patron can cost its client by walking away, and what that costs the patron.
//
// The kernel holds the theory (kernel/leverage.hpp). Here names become numbers: an actor or a tie that is absent gives
// nothing, gets nothing and has nothing to spare. Beside the holds stands the Shapley value of the exchange's game;
// every tie here joins the client to a patron, so the network is a star and Myerson's value is the same.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "ask/names.hpp"
#include "ask/say.hpp"
#include "entente/ask/question.hpp"
#include "entente/kernel/coalition.hpp"
#include "entente/kernel/leverage.hpp"
#include "families/exchange/section.hpp"

namespace entente::ask {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
using number::show;

class LeverageModel final : public Model {
 public:
  LeverageModel(const situation::Situation& s, const situation::LeverageQuestion& q)
      : s_(s), x_(situation::exchanges(s)[q.exchange]), of_(place(q.of)) {
    const auto add = [&](const std::string& what, std::size_t i, Phrase says, const number::Unit& unit, What kind,
                         unsigned group = 0) {
      quantities_.push_back({what + "." + id(i), unit, std::move(says), group,
                             i == of_ && group == 0 && kind != What::cost && kind != What::alone});
      cells_.push_back({kind, i});
    };
    const Phrase client = short_in_text(s_, x_.of);
    for (std::size_t i = 0; i < x_.patrons.size(); ++i) {
      const Phrase patron = short_in_text(s_, x_.patrons[i].who);
      add("threat", i, say("what {} can cost {} by walking away", patron, client), x_.unit, What::threat);
      add("cost", i, say("what walking away costs {} itself", patron), x_.unit, What::cost);
      add("hold", i, "threat less cost", x_.unit, What::hold);
      add("dependence", i, "threat over all that " + client + " gains from its patrons", {}, What::dependence);
      add("alone", i, say("what {} could cost {} by walking away if nobody stood in", patron, client), x_.unit,
          What::alone);
    }
    for (std::size_t i = 0; i <= x_.patrons.size(); ++i)
      add("value", i, say("Shapley value of {} in the exchange", short_in_text(s_, who(i))), x_.unit, What::value, 1);
    if (x_.substitution != situation::none)
      for (std::size_t i = 0; i < x_.patrons.size(); ++i)
        add("ces.threat", i, "a second view: the threat with constant elasticity of substitution", x_.unit, What::ces,
            2);
    for (const auto& p : x_.patrons)
      for (const auto param : {p.gain, p.gets, p.spare})
        if (param != situation::none) reads_.push_back(param);
    for (const auto& r : x_.replaces) reads_.push_back(r.share);
    for (const auto param : {x_.substitution, x_.satiation})
      if (param != situation::none) reads_.push_back(param);
  }

  struct Work final : Scratch {
    leverage::Exchange exchange;
    leverage::Holds holds;
    std::vector<double> worth, value;
  };

  std::unique_ptr<Scratch> scratch() const override {
    auto w = std::make_unique<Work>();
    const std::size_t n = x_.patrons.size();
    for (auto* v : {&w->exchange.gain, &w->exchange.gets, &w->exchange.spare}) v->assign(n, 0.0);
    w->exchange.replaces.assign(n * n, 0.0);
    w->worth.assign(std::size_t{2} << n, 0.0);
    w->value.assign(n + 1, 0.0);
    return w;
  }

  void evaluate(std::span<const double> p, const Groups& groups, Scratch& scratch, std::span<double> value,
                std::span<Reason> reason) const override {
    auto& w = static_cast<Work&>(scratch);
    fill(p, w.exchange);
    leverage::holds(w.exchange, w.holds);
    bool solved = true;
    if (groups[1]) {
      leverage::worths(w.exchange, w.worth);
      solved = coalition::shapley(w.worth, w.value).has_value();
    }
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      if (!groups[quantities_[c].group]) continue;
      const auto [what, i] = cells_[c];
      switch (what) {
        case What::threat:
          value[c] = w.holds.threat[i];
          break;
        case What::cost:
          value[c] = w.exchange.gets[i];
          break;
        case What::hold:
          value[c] = w.holds.hold[i];
          break;
        case What::dependence:
          value[c] = w.holds.dependence[i];
          break;
        case What::alone:
          value[c] = w.exchange.gain[i];
          break;
        case What::value:
          value[c] = solved ? w.value[i] : undefined;
          break;
        case What::ces:
          value[c] = leverage::ces_threat(w.exchange, i, p[x_.substitution], p[x_.satiation]);
          break;
      }
      reason[c] =
          std::isnan(value[c]) ? (what == What::value ? Reason::not_solved : Reason::nothing_given) : Reason::none;
    }
  }

  std::vector<Picture> pictures(std::span<const double>, Scratch&) const override {
    Bars b{.unit = x_.unit.text, .value_name = "as it is, others standing in", .other_name = "if nobody stood in"};
    for (std::size_t i = 0; i < x_.patrons.size(); ++i)
      b.rows.push_back(
          {ask::alone(s_, x_.patrons[i].who), Figure::of(cell(What::threat, i)), Figure::of(cell(What::alone, i)), ""});
    return {{say("What each patron can cost {} by walking away", in_text(s_, x_.of)),
             "With the other patrons there to stand in as far as they can spare and replace it, and without them.",
             std::move(b)}};
  }

  Account account(std::span<const double> p, Scratch& scratch) const override {
    auto& w = static_cast<Work&>(scratch);
    fill(p, w.exchange);
    leverage::holds(w.exchange, w.holds);
    leverage::worths(w.exchange, w.worth);
    const bool solved = coalition::shapley(w.worth, w.value).has_value();
    Account a;
    const std::string unit = x_.unit.text;
    const Phrase client = in_text(s_, x_.of), patron = in_text(s_, x_.patrons[of_].who);
    a.headline = say("By walking away {} can cost {} {} {}, of the {} that {} gains from it; it would lose {} itself.",
                     patron, client, show(w.holds.threat[of_], 2), unit, show(w.exchange.gain[of_], 2), client,
                     show(w.exchange.gets[of_], 2));
    a.lines.push_back({"threat." + id(of_), w.holds.threat[of_], unit,
                       fmt::format("gain of {} less {} that others would replace", show(w.exchange.gain[of_], 3),
                                   show(w.holds.replaced[of_], 3))});
    a.lines.push_back({"hold." + id(of_), w.holds.hold[of_], unit, "threat less what walking away costs " + patron});
    Account::Table t{"Patrons of " + client + ", " + unit,
                     {"patron", "gain", "replaced", "threat", "cost", "hold", "dependence", "Shapley value"},
                     {}};
    for (std::size_t i = 0; i < x_.patrons.size(); ++i)
      t.rows.push_back({Entry::actor(id(i)), Entry::number(w.exchange.gain[i]), Entry::number(w.holds.replaced[i]),
                        Entry::number(w.holds.threat[i]), Entry::number(w.exchange.gets[i]),
                        Entry::number(w.holds.hold[i]), Entry::number(w.holds.dependence[i], 2),
                        solved ? Entry::number(w.value[i]) : Entry::missing("none")});
    t.rows.push_back({Entry::actor(id(x_.patrons.size())), Entry::missing(), Entry::missing(), Entry::missing(),
                      Entry::missing(), Entry::missing(), Entry::missing(),
                      solved ? Entry::number(w.value.back()) : Entry::missing("none")});
    a.tables.push_back(std::move(t));
    a.reference =
        "Emerson 1962, doi:10.2307/2089716; "
        "Shapley 1953, doi:10.1515/9781400881970-018";
    a.method =
        "Dependence in the manner of Emerson (1962): what a patron gives less what others could replace; Shapley value "
        "of the exchange's game (equal to Myerson's, since all ties meet in the client).";
    a.violation = leverage::check(w.exchange, w.holds);
    a.certificate = fmt::format("threat and cost against the marginal worth by maximum flow: largest difference {:.1e}",
                                a.violation);
    a.assumptions = {
        "a gain is what the client could not have by its own means, not turnover",
        "that a second patron never raises the threat is implied by the model; the size of its fall is the finding",
        "who could step in does so at once and at no price of its own"};
    if (x_.substitution != situation::none)
      a.notes.push_back(
          fmt::format("with constant elasticity of substitution (a second view, whose sign is satiation against "
                      "substitution) the threat is {} {}",
                      show(leverage::ces_threat(w.exchange, of_, p[x_.substitution], p[x_.satiation]), 3), unit));
    return a;
  }

 private:
  enum class What : unsigned char { threat, cost, hold, dependence, alone, value, ces };

  std::size_t cell(What what, std::size_t patron) const {
    return static_cast<std::size_t>(std::ranges::find(cells_, std::pair(what, patron)) - cells_.begin());
  }
  std::size_t place(situation::ActorId who) const {
    return static_cast<std::size_t>(std::ranges::find(x_.patrons, who, &situation::Patron::who) - x_.patrons.begin());
  }
  situation::ActorId who(std::size_t i) const { return i < x_.patrons.size() ? x_.patrons[i].who : x_.of; }
  const std::string& id(std::size_t i) const { return s_.actors[who(i)].id; }

  void fill(std::span<const double> p, leverage::Exchange& e) const {
    const auto value = [&](situation::ParamId id) { return id == situation::none ? 0.0 : p[id]; };
    for (std::size_t i = 0; i < x_.patrons.size(); ++i) {
      const auto& from = x_.patrons[i];
      const bool here = p[from.tie] != 0 && p[s_.actors[from.who].presence] != 0 && p[s_.actors[x_.of].presence] != 0;
      e.gain[i] = here ? value(from.gain) : 0;
      e.gets[i] = here ? value(from.gets) : 0;
      e.spare[i] = here ? value(from.spare) : 0;
    }
    for (const auto& r : x_.replaces) e.replaces[r.by * x_.patrons.size() + r.of] = p[r.share];
  }

  const situation::Situation& s_;
  const situation::Exchange& x_;
  std::size_t of_;
  std::vector<std::pair<What, std::size_t>> cells_;
};

}  // namespace

std::unique_ptr<Model> compile_leverage(const situation::Situation& s, const situation::Question& q, Diagnostics&) {
  return std::make_unique<LeverageModel>(s, *q.what.as<situation::LeverageQuestion>());
}

}  // namespace entente::ask
