// chance = own effort / effort of all who are there; gain = prize times chance.
#include <limits>

#include "entente/ask/question.hpp"
#include "unit/contest/section.hpp"

namespace entente::ask {
namespace {

class ContestModel final : public Model {
 public:
  ContestModel(const situation::Situation& s, const situation::ContestQuestion& q)
      : s_(s), q_(q), c_(s.sections.get<std::vector<situation::Contest>>()[q.contest]) {
    quantities_ = {{"chance", {}, "share of all effort", 0, true},
                   {"gain", c_.unit, "prize times chance", 0, true},
                   {"favourite", {}, "1 when the chance is above one half", 1, false, true}};
    reads_ = {c_.prize};
    for (const auto& [who, effort] : c_.efforts) reads_.insert(reads_.end(), {effort, s.actors[who].presence});
  }
  std::unique_ptr<Scratch> scratch() const override { return std::make_unique<Scratch>(); }
  void evaluate(std::span<const double> p, const Groups& groups, Scratch&, std::span<double> value,
                std::span<Reason> reason) const override {
    double own = 0, all = 0;
    for (const auto& [who, effort] : c_.efforts) {
      const double here = p[effort] * p[s_.actors[who].presence];
      all += here;
      if (who == q_.of) own = here;
    }
    const Reason bad = own > 0 ? Reason::none : Reason::absent;
    const double chance = own > 0 ? own / all : std::numeric_limits<double>::quiet_NaN();
    const double cells[]{chance, p[c_.prize] * chance, chance > 0.5 ? 1.0 : 0.0};
    for (std::size_t c = 0; c < 3; ++c) {
      if (!groups[quantities_[c].group]) continue;
      value[c] = cells[c];
      reason[c] = bad;
    }
  }
  Account account(std::span<const double> p, Scratch& scratch) const override {
    double value[3];
    Reason reason[3];
    evaluate(p, Groups::all(), scratch, value, reason);
    Account a;
    a.headline = s_.actors[q_.of].name + " strives for " + c_.name + ".";
    a.lines = {{"chance", value[0], "", "its share of all effort"}};
    a.method = "The ratio form of a contest.";
    a.reference = "Tullock 1980";
    return a;
  }
  std::vector<Picture> pictures(std::span<const double>, Scratch&) const override {
    return {{"Who wins", "",
             Bars{.unit = "", .value_name = "chance", .rows = {{.label = "chance", .value = Figure::of(0)}}}}};
  }

 private:
  const situation::Situation& s_;
  const situation::ContestQuestion& q_;
  const situation::Contest& c_;
};

}  // namespace

std::unique_ptr<Model> compile_contest(const situation::Situation& s, const situation::Question& q, Diagnostics&) {
  return std::make_unique<ContestModel>(s, *q.what.as<situation::ContestQuestion>());
}

}  // namespace entente::ask
