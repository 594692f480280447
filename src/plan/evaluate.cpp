// The loop's body: parameters of draw k, the worlds on them, the cells, the claims.
#include <algorithm>
#include <cmath>
#include <limits>

#include "entente/base/random.hpp"
#include "entente/plan/plan.hpp"

namespace entente::plan {

using situation::Parameter;

namespace {
constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint64_t toss_stream = 0x746f7373ull;  // a second stream for events whose chance is itself uncertain
}  // namespace

Workspace::Workspace(const Plan& plan)
    : slots(plan.parameters() + plan.cells(), 0.0),
      reasons(plan.cells(), ask::Reason::none),
      world_(plan.parameters(), 0.0) {
  for (const auto& m : plan.models()) scratch_.push_back(m->scratch());
}

bool Plan::apply_rules(std::span<double> p) const {
  for (const auto& r : situation_->rules) {
    const double v = r.reference != situation::none ? p[r.reference] * r.factor : r.program.evaluate(p);
    if (!std::isfinite(v) || !situation_->parameters[r.param].number.domain.holds(v)) return false;
    p[r.param] = v;
  }
  return true;
}

bool Plan::medians(std::span<double> p) const {
  for (ParamId id = 0; id < parameters(); ++id) {
    const auto& n = situation_->parameters[id].number;
    if (n.form != number::Form::distribution) continue;
    const double m = n.distribution.median();
    p[id] = n.chance ? (m >= 0.5 ? 1.0 : 0.0) : m;
  }
  return apply_rules(p);
}

bool Plan::draw(const Sampling& sampling, std::uint64_t k, std::span<double> p) const {
  for (ParamId id = 0; id < parameters(); ++id) {
    const auto& n = situation_->parameters[id].number;
    if (n.form == number::Form::distribution) p[id] = n.distribution.quantile(0.5);
  }
  const std::uint64_t per = sampling.draws / replicates;
  const bool latin_design = sampling.latin && per >= 10 && sampling.draws % replicates == 0;
  for (std::size_t i = 0; i < uncertain_.size(); ++i) {
    const auto u_of = [&](std::uint64_t stream) {
      if (!latin_design) return uniform(sampling.seed, stream, k);
      const std::uint64_t replicate = k % replicates;
      return latin(sampling.seed + 0x9e3779b97f4a7c15ull * (replicate + 1), stream, k / replicates, per);
    };
    const auto& n = situation_->parameters[uncertain_[i]].number;
    const double v = n.distribution.quantile(u_of(streams_[i]));
    p[uncertain_[i]] = n.chance ? (u_of(streams_[i] ^ toss_stream) < v ? 1.0 : 0.0) : v;
  }
  return apply_rules(p);
}

void Plan::world(std::uint32_t index, std::span<const double> base, std::span<double> out) const {
  const World& w = worlds_[index];
  std::ranges::copy(base, out.begin());
  for (const auto& patch : w.patches) out[patch.target] = base[patch.source];
  for (const ParamId id : w.absent) out[id] = 0;
  if (!w.rules) return;
  for (const auto& r :
       situation_->rules) {  // what follows from a patched driver, except where a lever set the place itself
    if (std::ranges::any_of(w.patches, [&](const auto& patch) { return patch.target == r.param; })) continue;
    if (situation_->parameters[r.param].path.starts_with("levers.")) continue;
    out[r.param] = r.reference != situation::none ? out[r.reference] * r.factor : r.program.evaluate(out);
  }
}

void Plan::evaluate(std::span<const double> parameters, bool good, Workspace& w) const {
  const std::size_t n = parameters.size();
  std::ranges::copy(parameters, w.slots.begin());
  if (!good) {
    std::fill(w.slots.begin(), w.slots.end(), undefined);
    std::ranges::fill(w.reasons, ask::Reason::out_of_domain);
    return;
  }
  for (const Instance& i : instances_) {
    std::span<const double> p = parameters;
    bool inside = true;
    if (i.world != 0) {
      world(i.world, parameters, w.world_);
      p = w.world_;
      if (worlds_[i.world].rules)
        for (const auto& r : situation_->rules)
          inside =
              inside && std::isfinite(p[r.param]) && situation_->parameters[r.param].number.domain.holds(p[r.param]);
    }
    const std::size_t count = models_[i.question]->quantities().size();
    const std::span<double> value(w.slots.data() + n + i.offset, count);
    const std::span<ask::Reason> reason(w.reasons.data() + i.offset, count);
    if (inside) {
      models_[i.question]->evaluate(p, i.groups, *w.scratch_[i.question], value, reason);
    } else {
      std::ranges::fill(value, undefined);
      std::ranges::fill(reason, ask::Reason::out_of_domain);
    }
  }
}

number::Truth Plan::claim(std::size_t i, const Workspace& w, double& margin) const {
  return claims_[i].program.evaluate_truth(w.slots, margin);
}

ask::Reason Plan::why(std::size_t i, const Workspace& w) const {
  for (const auto cell : claims_[i].cells)
    if (w.reasons[cell] != ask::Reason::none) return w.reasons[cell];
  return ask::Reason::out_of_domain;
}

const Named* Plan::find(std::string_view quantity) const noexcept {
  const auto it = std::ranges::find(named_, quantity, &Named::name);
  return it == named_.end() ? nullptr : &*it;
}

}  // namespace entente::plan
