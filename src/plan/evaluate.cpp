// The loop's body: the worlds on a draw's parameters, the cells, the claims.
#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "entente/base/elementary.hpp"
#include "entente/plan/plan.hpp"

namespace entente::plan {

using situation::Parameter;

namespace {
constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
// What a question's quantity is trusted to: kernels solve to 1e-10 of their numbers and better, and equal worlds come
// out equal to the last bit.
constexpr double of_a_kernel = 0x1.0p-40;

bool holds(const Parameter& p, double v) { return std::isfinite(v) && p.number.domain.holds(v); }
}  // namespace

Workspace::Workspace(const Plan& plan)
    : slots(plan.parameters() + plan.cells(), 0.0),
      reasons(plan.cells(), ask::Reason::none),
      world_(plan.parameters(), 0.0),
      errors_(plan.parameters() + plan.cells(), 0.0) {
  for (const auto& m : plan.models()) scratch_.push_back(m->scratch_beside(scratch_));
}

bool Plan::apply_rules(std::span<double> p) const {
  bool good = true;
  for (std::size_t i = 0; i < situation_->rules.size(); ++i) {
    const auto& r = situation_->rules[i];
    const double v = r.reference != situation::none ? p[r.reference] * r.factor : r.program.evaluate(p);
    const bool inside = holds(situation_->parameters[r.param], v);
    p[r.param] = inside ? v : undefined;
    good = good && (inside || of_lever_[i]);
  }
  return good;
}

bool Plan::medians(std::span<double> p) const {
  std::ranges::copy(medians_, p.begin());
  return apply_rules(p);
}

bool Plan::world(std::uint32_t index, std::span<const double> base, bool good, std::span<double> out) const {
  return world(worlds_[index], base, good, out);
}

bool Plan::world(const World& here, std::span<const double> base, bool good, std::span<double> out) const {
  std::ranges::copy(base, out.begin());
  bool inside = true;
  for (const auto& step : here.steps) {
    const Parameter& p = situation_->parameters[step.param];
    switch (step.kind) {
      case World::Step::Kind::copy:
        out[step.param] = out[step.from];
        break;
      case World::Step::Kind::copy_of_base:
        out[step.param] = base[step.from];
        break;
      case World::Step::Kind::absent:
        out[step.param] = 0;
        continue;
      case World::Step::Kind::value:
        out[step.param] = step.value;
        continue;
      case World::Step::Kind::rule: {
        const auto& r = situation_->rules[step.from];
        out[step.param] = r.reference != situation::none ? out[r.reference] * r.factor : r.program.evaluate(out);
        break;
      }
    }
    if (!holds(p, out[step.param])) inside = false;
  }
  if (!good)  // what the base left undefined may have been put right by a step, or not
    for (std::size_t i = 0; i < situation_->rules.size(); ++i)
      if (!of_lever_[i] && std::isnan(out[situation_->rules[i].param])) inside = false;
  return inside;
}

void Plan::evaluate(std::span<const double> parameters, bool good, Workspace& w) const {
  fill(instances_, parameters, good, w);
}

void Plan::evaluate_claims(std::span<const double> parameters, bool good, Workspace& w) const {
  fill(of_claims_, parameters, good, w);
}

void Plan::evaluate_claim(std::size_t i, std::span<const double> parameters, bool good, Workspace& w) const {
  fill(claims_[i].instances, parameters, good, w);
}

// A number reaches what is computed of it, formula by formula (they stand in order of dependence), and the questions
// that read any of that. What a world puts into a place may fall out of that place's domain and undo the whole world.
Touched Plan::touched(std::span<const ParamId> numbers) const {
  Touched t{std::vector<char>(claims_.size(), 0), {}};
  std::vector<char> moved(parameters(), 0);
  for (const ParamId p : numbers) moved[p] = 1;
  const auto among = [&](ParamId p) { return p < moved.size() && moved[p] != 0; };  // a model may name none
  for (const auto& r : situation_->rules) {
    bool uses = false;
    if (r.reference != situation::none) uses = among(r.reference);
    else
      for (const auto& term : situation_->parameters[r.param].number.formula.terms)
        uses = uses || (term.op == number::Op::name && among(situation_->drivers.at(term.name)));
    if (uses) moved[r.param] = 1;
    t.formulas = t.formulas || uses;
  }
  const auto reached = [&](const Instance& i) {
    for (const auto& step : worlds_[i.world].steps) {
      const bool copied = step.kind == World::Step::Kind::copy || step.kind == World::Step::Kind::copy_of_base;
      if (copied ? among(step.from) : step.kind == World::Step::Kind::rule && among(step.param)) return true;
    }
    return std::ranges::any_of(models_[i.question]->reads(), among);
  };
  for (std::size_t c = 0; c < claims_.size(); ++c)
    t.claims[c] = std::ranges::any_of(claims_[c].drivers, among) || std::ranges::any_of(claims_[c].instances, reached);
  for (const Instance& i : of_claims_) {
    bool needed = false;
    for (std::size_t c = 0; c < claims_.size() && !needed; ++c)
      needed = t.claims[c] && std::ranges::any_of(claims_[c].instances, [&](const Instance& x) {
                 return x.question == i.question && x.world == i.world;
               });
    if (needed) t.instances.push_back(i);
  }
  return t;
}

void Plan::evaluate_touched(const Touched& t, std::span<const double> parameters, bool good, Workspace& w) const {
  fill(t.instances, parameters, good, w);
}

// Whether the cells of an instance are those that these numbers give already; else the numbers are noted.
bool Plan::stands(const Instance& i, std::span<const double> p, bool inside, Workspace& w) const {
  w.last_.resize(instances_.size());
  const auto at = std::ranges::lower_bound(instances_, i.offset, {}, &Instance::offset) - instances_.begin();
  Workspace::Last& last = w.last_[static_cast<std::size_t>(at)];
  const auto& reads = models_[i.question]->reads();
  const bool before = last.known && last.inside == inside;
  last.known = true;
  last.inside = inside;
  if (!inside) return before;  // all cells are undefined, whatever the numbers
  last.read.resize(reads.size());
  bool same = before;
  for (std::size_t k = 0; k < reads.size(); ++k) {
    if (reads[k] >= p.size()) continue;  // none
    same = same && std::bit_cast<std::uint64_t>(last.read[k]) == std::bit_cast<std::uint64_t>(p[reads[k]]);
    last.read[k] = p[reads[k]];
  }
  if (same && i.groups.without(last.groups).empty()) return true;
  if (same) last.groups |= i.groups;
  else last.groups = i.groups;
  return false;
}

void Plan::fill(std::span<const Instance> what, std::span<const double> parameters, bool good, Workspace& w) const {
  std::ranges::copy(parameters, w.slots.begin());
  w.inside = good;
  for (const Instance& i : what) {
    if (i.groups.empty()) continue;
    const bool asked = given_up_.empty() || !gave_up(i.question, i.world);
    const bool own = i.world != 0 && asked;
    const bool inside = own ? world(i.world, parameters, good, w.world_) : good;
    const std::span<const double> p = own ? std::span<const double>(w.world_) : parameters;
    if (asked && w.remembers_ && stands(i, p, inside, w)) continue;
    fill_one(i, p, inside, w);
  }
}

void Plan::evaluate_in(const World& here, const Instance& i, std::span<const double> base, bool good,
                       Workspace& w) const {
  w.last_.clear();  // its cells are another world's now
  const bool inside = world(here, base, good, w.world_);
  fill_one(i, w.world_, inside, w);
}

void Plan::fill_one(const Instance& i, std::span<const double> p, bool inside, Workspace& w) const {
  const std::size_t count = models_[i.question]->quantities().size();
  const std::span<double> value(w.slots.data() + parameters() + i.offset, count);
  const std::span<ask::Reason> reason(w.reasons.data() + i.offset, count);
  const bool given_up = !given_up_.empty() && gave_up(i.question, i.world);
  if (given_up || !inside) {
    std::ranges::fill(value, undefined);
    std::ranges::fill(reason, given_up ? ask::Reason::limited : ask::Reason::out_of_domain);
    return;
  }
  models_[i.question]->evaluate(p, i.groups, *w.scratch_[i.question], value, reason);
  const auto& list = models_[i.question]->quantities();
  for (std::size_t c = 0; c < count; ++c)  // a claim reads slots alone
    if (i.groups[list[c].group] && reason[c] != ask::Reason::none) value[c] = undefined;
}

void Plan::give_up(Diagnostics& out) {
  std::vector<double> p(parameters(), 0.0);
  const bool good = medians(p);
  Workspace w(*this);
  evaluate(p, good, w);
  for (const Instance& i : instances_) {
    if (i.groups.empty() || gave_up(i.question, i.world)) continue;
    const auto& list = models_[i.question]->quantities();
    const auto asked = [&](const ask::Quantity& q) { return i.groups[q.group]; };
    const bool headlines = std::ranges::any_of(list, [&](const auto& q) { return asked(q) && q.headline; });
    bool stopped = false, answered = false;
    for (std::size_t c = 0; c < list.size(); ++c) {
      if (!asked(list[c]) || (headlines && !list[c].headline)) continue;
      stopped = stopped || w.reasons[i.offset + c] == ask::Reason::limited;
      answered = answered || w.reasons[i.offset + c] == ask::Reason::none;
    }
    if (!stopped || answered) continue;
    given_up_.emplace_back(i.question, i.world);
    std::vector<double> here(parameters(), 0.0);
    if (!world(i.world, p, good, here)) continue;
    const auto& q = situation_->questions[i.question];
    const auto& named = worlds_[i.world].name;
    out.warning("W0703", q.span, "the question `" + q.name + (named.empty() ? "`" : "` " + named) + " has no answer",
                "stopped by a limit",
                models_[i.question]->account(here, *models_[i.question]->scratch()).headline.text() +
                    " It is not asked again in every draw.");
  }
}

bool Plan::gave_up(std::uint32_t question, std::uint32_t world) const noexcept {
  return std::ranges::find(given_up_, std::pair(question, world)) != given_up_.end();
}

// Of a claim that hangs on one event the two truths, without and with it, weigh as the event's chance says.
Shares Plan::shares(std::size_t i, const Workspace& w) const {
  const Claim& c = claims_[i];
  Shares s;
  const auto add = [&s](number::Truth t, double part) {
    (t == number::Truth::yes ? s.yes : t == number::Truth::no ? s.no : s.undefined) += part;
  };
  double margin = 0;
  const double p = c.shared() ? w.slots[c.chance] : undefined;
  if (std::isnan(p)) {
    add(judged(i, w.slots, w, margin), 1);
    return s;
  }
  w.decided_ = w.slots;
  for (const double happens : {0.0, 1.0}) {
    w.decided_[c.event] = happens;
    add(judged(i, w.decided_, w, margin), happens > 0 ? p : 1 - p);
  }
  return s;
}

number::Truth Plan::tossed(std::size_t i, const Workspace& w) const {
  double margin = 0;
  return judged(i, w.slots, w, margin);
}

number::Truth Plan::claim(std::size_t i, const Workspace& w, double& margin) const {
  if (!claims_[i].shared()) return judged(i, w.slots, w, margin);
  const Shares s = shares(i, w);
  if (!(s.undefined < 0.5)) {
    margin = undefined;
    return number::Truth::undefined;
  }
  margin = math::log(s.yes) - math::log(s.no);
  return s.yes > s.no ? number::Truth::yes : number::Truth::no;
}

const ask::Record* Plan::record(std::size_t claim) const noexcept {
  const ask::Record* found = nullptr;
  for (const auto cell : claims_[claim].cells) {
    const auto behind = std::ranges::upper_bound(instances_, cell, {}, &Instance::offset);
    const Instance& i = *std::prev(behind);
    const auto& model = *models_[i.question];
    if (i.world != 0 || model.quantities()[cell - i.offset].chance == ask::Quantity::no_chance) return nullptr;
    if (found && found != model.record()) return nullptr;
    found = model.record();
    if (!found) return nullptr;
  }
  return found;
}

number::Truth Plan::judged(std::size_t i, std::span<const double> slots, const Workspace& w, double& margin) const {
  const Claim& c = claims_[i];
  for (const auto slot : c.leaves)
    w.errors_[slot] = slot < parameters() ? number::read_error(slots[slot]) : of_a_kernel * std::abs(slots[slot]);
  for (const auto index : c.rules) {
    const auto& r = situation_->rules[index];
    w.errors_[r.param] = r.reference != situation::none
                             ? w.errors_[r.reference] * r.factor + number::read_error(slots[r.param])
                             : r.program.evaluate_rounded(slots, w.errors_).error;
  }
  return c.program.evaluate_truth(slots, margin, w.errors_);
}

ask::Reason Plan::why(std::size_t i, const Workspace& w) const {
  for (const auto cell : claims_[i].cells)
    if (w.reasons[cell] != ask::Reason::none) return w.reasons[cell];
  const bool drivers = std::ranges::all_of(claims_[i].drivers, [&](ParamId d) { return !std::isnan(w.slots[d]); });
  return drivers ? ask::Reason::no_value : ask::Reason::out_of_domain;
}

const Named* Plan::find(std::string_view quantity) const noexcept {
  const auto it = std::ranges::find(named_, quantity, &Named::name);
  return it == named_.end() ? nullptr : &*it;
}

}  // namespace entente::plan
