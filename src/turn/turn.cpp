// From a situation to an answer: which levers count, the search over one sample, the test on another, and what is told.
#include "entente/turn/turn.hpp"

#include <algorithm>
#include <cmath>

#include "entente/doubt/doubt.hpp"
#include "entente/doubt/words.hpp"
#include "turn/sample.hpp"

namespace entente::turn {
namespace {

constexpr std::size_t most_tests = 20, most_others = 3;
constexpr std::uint64_t test_seed = 0x7465737473ull;  // plain draws that share nothing with those of the search

using Levers = std::vector<std::uint32_t>;

bool belongs(const situation::Lever& l, const Options& o) {
  if (l.by.empty()) return false;
  if (o.against && std::ranges::find(l.by, *o.against) != l.by.end()) return false;
  return o.by.empty() || std::ranges::all_of(l.by, [&](auto a) { return std::ranges::find(o.by, a) != o.by.end(); });
}

bool answers(const situation::Lever& l, situation::ActorId who) {
  return !l.by.empty() && std::ranges::all_of(l.by, [&](auto a) { return a == who; });
}

// Those that can be done out of `allowed`, and in `barred` those that need another.
Levers able(const situation::Situation& s, Levers allowed, Levers& barred) {
  for (bool again = true; again;) {
    again = false;
    for (std::size_t i = 0; i < allowed.size() && !again; ++i) {
      const auto there = [&](std::uint32_t n) { return std::ranges::find(allowed, n) != allowed.end(); };
      if (std::ranges::all_of(s.levers[allowed[i]].needs, there)) continue;
      barred.push_back(allowed[i]);
      allowed.erase(allowed.begin() + static_cast<std::ptrdiff_t>(i));
      again = true;
    }
  }
  std::ranges::sort(barred);
  return allowed;
}

// Of `able` those that reach the claim, and what they need.
Levers useful(const situation::Situation& s, const Worlds& worlds, const Levers& able, Levers& idle) {
  Levers out;
  for (const std::uint32_t l : able)
    if (worlds.reached_by(l)) out.push_back(l);
  for (std::size_t i = 0; i < out.size(); ++i)
    for (const std::uint32_t n : s.levers[out[i]].needs)
      if (std::ranges::find(out, n) == out.end()) out.push_back(n);
  std::ranges::sort(out);
  for (const std::uint32_t l : able)
    if (std::ranges::find(out, l) == out.end()) idle.push_back(l);
  return out;
}

Moves only(const Moves& m, const Levers& levers) {
  Moves out = m;
  std::erase_if(out.items, [&](const Item& i) { return std::ranges::find(levers, i.lever) == levers.end(); });
  return out;
}

std::vector<Step> steps_of(const Moves& m, const Package& p, double quantile) {
  std::vector<Step> out;
  for (const std::uint32_t i : p)
    out.push_back({m.items[i].lever, m.items[i].dose, cost_of(m, {i}, quantile), std::nullopt});
  return out;
}

Told told(const Moves& m, const Package& p, const Count& c, double quantile) {
  return {.steps = steps_of(m, p, quantile),
          .cost = cost_of(m, p, quantile),
          .low = cost_of(m, p, 0.05),
          .high = cost_of(m, p, 0.95),
          .probability = static_cast<double>(c.hits) / static_cast<double>(m.draws)};
}

std::string word(const std::vector<std::uint8_t>& truths, std::size_t designs, double& share) {
  std::vector<double> y(truths.begin(), truths.end());
  const auto mean = doubt::mean_of(y, designs);
  share = mean.value;
  return doubt::estimative_words(mean.value, mean.half);
}

// Both sides of a duel: who answers stands behind who commits.
class Both final : public Duel {
 public:
  Both(const situation::Situation& s, Worlds& worlds, const Moves& first, const Moves& second)
      : s_(s), worlds_(worlds), first_(first), second_(second) {}
  Count count(const Package& p, const Package& answer, std::uint64_t most) override {
    if (!together(p, answer)) return {.hits = first_.draws, .misses = 0, .whole = true};  // cannot be given
    const auto a = plans_of(first_, p), b = plans_of(second_, answer);
    const std::size_t mine = p.size();
    return worlds_.count({.works =
                              [&, mine](std::size_t k) {
                                const std::uint64_t low = (std::uint64_t{1} << mine) - 1;
                                return (a.works(k) & low) | b.works(k) << mine;
                              },
                          .carry =
                              [&, mine](std::uint64_t works) {
                                auto out = a.carry(works);
                                // Of a lever's own move and an answer that sets the same place the answer stands.
                                for (const auto& m : b.carry(works >> mine)) out.push_back(m);
                                return out;
                              }},
                         most);
  }

 private:
  [[nodiscard]] bool together(const Package& p, const Package& answer) const {
    const auto excludes = [&](std::uint32_t a, std::uint32_t b) {
      const auto& list = s_.levers[a].excludes;
      return std::ranges::find(list, b) != list.end();
    };
    for (const std::uint32_t i : p)
      for (const std::uint32_t j : answer) {
        const std::uint32_t a = first_.items[i].lever, b = second_.items[j].lever;
        if (excludes(a, b) || excludes(b, a)) return false;
      }
    return true;
  }
  const situation::Situation& s_;
  Worlds& worlds_;
  const Moves& first_;
  const Moves& second_;
};

// One question put: what all its parts share.
struct Put {
  const plan::Plan& plan;
  const plan::Composer& composer;
  const Sample& sample;
  std::size_t claim;
  const Options& o;
  const Pool& pool;
  const Levers& levers;  // of both sides
  const Halt& halt;
  std::optional<Sample> fresh = std::nullopt;
  bool drawn = false;

  // As many plain draws that share nothing with those of the search; drawn once, by whoever needs them first.
  const Sample* others() {
    if (!drawn) {
      const plan::Sampling plain{.seed = o.sampling.seed ^ test_seed, .draws = o.sampling.draws, .latin = false};
      fresh = draw(plan, plain, levers, pool, halt);
      drawn = true;
    }
    return fresh ? &*fresh : nullptr;
  }
  [[nodiscard]] double share(const Count& c) const {
    return static_cast<double>(c.hits) / static_cast<double>(sample.draws);
  }
};

// Claims whose word the package changes.
std::vector<Effect> effects(const Put& q, const Moves& m, const Package& package, const std::vector<Step>& steps) {
  std::vector<Effect> out;
  const std::size_t designs = q.o.sampling.designed() ? plan::replicates : 0;
  for (std::size_t c = 0; c < q.plan.claims().size(); ++c) {
    if (c == q.claim) continue;
    Worlds other(q.plan, q.composer, q.sample, c, true, q.pool, q.halt);
    if (std::ranges::none_of(steps, [&](const Step& x) { return other.reached_by(x.lever); })) continue;
    Sided there(other, m);
    const auto before = there.truths({}), after = there.truths(package);
    if (before.empty() || after.empty()) break;
    Effect e{.claim = c};
    e.word_before = word(before, designs, e.before);
    e.word_after = word(after, designs, e.after);
    if (e.word_before != e.word_after) out.push_back(std::move(e));
  }
  return out;
}

// What each could do alone, out of `levers`.
std::vector<Alone> each_alone(const Put& q, const Levers& levers, Worlds& worlds, std::uint64_t need,
                              const Limits& limits) {
  const auto& s = q.plan.situation();
  std::vector<Alone> out;
  for (situation::ActorId who = 0; who < s.actors.size(); ++who) {
    Levers own, unmet;
    for (const std::uint32_t l : levers)
      if (answers(s.levers[l], who)) own.push_back(l);
    own = able(s, own, unmet);
    if (own.empty()) continue;
    const Moves his = only(q.sample.moves, own);
    Sided alone(worlds, his);
    const auto found = search(his, alone, need, limits);
    Alone x{.who = who, .package = std::nullopt, .ended = !found.decided};
    if (found.least)
      x.package = told(his, found.tried[*found.least].package, found.tried[*found.least].count, q.o.quantile);
    out.push_back(std::move(x));
  }
  return out;
}

// The chance of `package` against whatever answers, in fresh draws: simultaneous over the answers, each at alpha over
// their number.
Interval stands_in_fresh(Put& q, Duel& again, const Package& package, const Moves& theirs, const Moves& there,
                         std::size_t answers_there) {
  Interval out{1, 1};
  std::vector<Package> open{{}};
  for (std::size_t i = 0; i < open.size() && out.low >= 0; ++i) {
    const Package reply = open[i];
    const std::uint32_t from = reply.empty() ? 0 : there.items[reply.back()].lever + 1;
    for (std::uint32_t j = 0; j < there.items.size(); ++j) {
      if (there.items[j].lever < from) continue;
      Package longer = reply;
      longer.push_back(j);
      open.push_back(std::move(longer));
    }
    if (!feasible(there, reply) || !(cost_of(theirs, reply, q.o.quantile) <= q.o.answer_budget)) continue;
    const Count c = again.count(package, reply, q.sample.draws);
    if (!c.whole) break;
    const auto one = clopper_pearson(c.hits, q.sample.draws, q.o.alpha / static_cast<double>(answers_there));
    out.low = std::min(out.low, one.low);
    out.high = std::min(out.high, one.high);
  }
  return out;
}

// What stands whatever `second` answers with.
Against against(Put& q, const Moves& m, const Levers& mine, Worlds& worlds, Judge& judge, const Levers& second,
                std::uint64_t need, const Limits& limits) {
  const auto& s = q.plan.situation();
  Levers idle;
  Against x{.who = *q.o.against};
  x.levers = useful(s, worlds, second, idle);
  const Moves theirs = only(q.sample.moves, x.levers);
  Both duel(s, worlds, m, theirs);
  Limits replies{.budget = q.o.answer_budget, .quantile = q.o.quantile, .packages = 4096, .cancel = q.o.cancel};
  replies.tick = limits.tick;
  const auto stands = search_against(m, theirs, duel, need, limits, replies);
  x.whole = stands.whole;
  x.answers = stands.answers;
  if (!stands.least) return x;
  const Tried& t = stands.tried[*stands.least];
  x.package = told(m, t.package, judge.count(t.package, m.draws), q.o.quantile);
  x.nearest = steps_of(theirs, stands.nearest->answer, q.o.quantile);
  x.probability = q.share(stands.nearest->count);
  if (const Sample* test = q.others()) {
    Worlds others(q.plan, q.composer, *test, q.claim, q.o.to, q.pool, q.halt);
    const Moves here = only(test->moves, mine), there = only(test->moves, x.levers);
    Both again(s, others, here, there);
    x.interval = stands_in_fresh(q, again, t.package, theirs, there, stands.answers);
  }
  return x;
}

}  // namespace

bool fit(const plan::Plan& plan, const Options& o, Diagnostics& out) {
  const auto& s = plan.situation();
  std::size_t allowed = 0;
  for (const auto& l : s.levers) {
    const bool first = belongs(l, o), second = o.against && answers(l, *o.against);
    allowed += first;
    if ((first || second) && l.cost == situation::none)
      out.error("E0840", l.span, "nobody says what `" + l.name + "` costs", "a move without a cost",
                "such as `cost: 2 to 5 B USD/yr @judgement`; `cost: 0` where it is free");
  }
  if (allowed > 60) out.error("E0841", s.levers[60].span, "more than 60 levers to choose from", "one too many");
  return out.ok();
}

Result<Answer> turn(const plan::Plan& plan, std::size_t claim, const Options& o) {
  const auto& s = plan.situation();
  const Pool pool(doubt::threads_of(o.threads));
  const plan::Composer composer(plan);
  Answer a{.claim = claim, .to = o.to, .chance = o.chance};
  Levers first, second, unable;
  for (std::uint32_t l = 0; l < s.levers.size(); ++l) {
    if (belongs(s.levers[l], o)) first.push_back(l);
    if (o.against && answers(s.levers[l], *o.against)) second.push_back(l);
  }
  first = able(s, first, a.barred);
  second = able(s, second, unable);
  Levers both = first;
  both.insert(both.end(), second.begin(), second.end());
  std::ranges::sort(both);
  const Halt halt{o.cancel, &o.tick};
  const auto sample = draw(plan, o.sampling, both, pool, halt);
  if (!sample) return std::unexpected(Error{ErrorKind::cancelled, "stopped before the draws were through"});
  Worlds worlds(plan, composer, *sample, claim, o.to, pool, halt);
  a.levers = useful(s, worlds, first, a.idle);
  a.draws = sample->draws;
  a.moves = only(sample->moves, a.levers);
  const Moves& m = a.moves;
  Put q{plan, composer, *sample, claim, o, pool, both, halt};
  Sided judge(worlds, m);
  if (!plan.claims()[claim].implied.empty()) {
    Worlds otherwise(plan, composer, *sample, claim, !o.to, pool, halt);
    const Count so = judge.count({}, m.draws), not_so = Sided(otherwise, m).count({}, m.draws);
    a.before = static_cast<double>(so.hits) / static_cast<double>(m.draws);
    a.implied = doubt::implied(plan.claims()[claim], so.hits, not_so.hits);
    if (a.implied) return a;
  }
  const std::uint64_t need = needed(o.chance, m.draws);
  Limits limits{.budget = o.budget, .quantile = o.quantile, .packages = o.packages, .cancel = o.cancel};
  if (o.tick) limits.tick = &o.tick;
  limits.progress = o.progress;
  a.found = search(m, judge, need, limits);
  limits.progress = nullptr;
  Found& f = a.found;
  if (f.tried.empty() || !f.tried.front().count.whole)
    return std::unexpected(Error{ErrorKind::cancelled, "stopped before the claim was answered in every draw"});
  a.before = q.share(f.tried.front().count);
  a.front_whole = f.whole;
  a.below = f.below;
  for (const std::size_t i : f.front) a.front.push_back(told(m, f.tried[i].package, f.tried[i].count, o.quantile));
  a.ended = !f.decided;

  // Selected on one sample, tested on another; each further candidate at half the level of the one before.
  std::optional<Tried> chosen;
  std::optional<std::size_t> at;
  if (f.least || f.some) {
    if (const Sample* test = q.others()) {
      Worlds others(plan, composer, *test, claim, o.to, pool, halt);
      const Moves there = only(test->moves, a.levers);
      Sided tester(others, there);
      double alpha = o.alpha;
      const auto passes = [&](const Tried& t) {
        alpha /= 2;
        const Count c = tester.count(t.package, m.draws);
        if (!c.whole) return false;
        Test x{
            .package = t.package, .hits = c.hits, .alpha = alpha, .interval = clopper_pearson(c.hits, m.draws, alpha)};
        x.refuted = x.interval.high < o.chance;
        a.tests.push_back(x);
        if (x.refuted) return false;
        a.interval = x.interval;
        return true;
      };
      if (f.least) {
        for (std::size_t i = *f.least; i < f.tried.size() && !chosen && a.tests.size() < most_tests; ++i) {
          Tried& t = f.tried[i];
          if (!t.count.whole && t.count.misses + need > m.draws) continue;
          if (!t.count.whole) t.count = judge.count(t.package, m.draws - need);
          if (t.count.cancelled) break;
          if (t.count.whole && t.count.hits >= need && passes(t)) chosen = t, at = i;
        }
      } else if (passes(*f.some)) {
        chosen = f.some;
      }
    }
    if (!chosen && o.cancel && o.cancel->load()) {  // untested
      chosen = f.least ? f.tried[*f.least] : *f.some;
      at = f.least;
    }
  }
  if (chosen) {
    a.package = told(m, chosen->package, chosen->count, o.quantile);
    a.proven = at.has_value();
    for (std::size_t i = 0; i < chosen->package.size(); ++i) {
      Package less = chosen->package;
      less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
      if (!feasible(m, less)) continue;
      const Count c = judge.count(less, m.draws);
      if (c.whole) a.package->steps[i].without = q.share(c);
    }
    a.bound = std::nan("");  // not looked for in brief
    if (at && !o.brief) {
      a.bound = cost_bound(f, judge, *at, o.chance, m.draws, o.alpha);
      for (const std::size_t i : alternatives(m, f, judge, *at, need, most_others))
        a.others.push_back(told(m, f.tried[i].package, f.tried[i].count, o.quantile));
    }
    if (!chosen->package.empty() && !o.brief) {
      const auto truths = judge.truths(chosen->package);
      if (!truths.empty()) a.fails = failing_box(plan, claim, *sample, m, chosen->package, truths);
      a.effects = effects(q, m, chosen->package, a.package->steps);
    }
  } else if (!f.front.empty()) {
    a.best = a.front.back();
  }

  if (o.brief || o.each) a.each = each_alone(q, a.levers, worlds, need, limits);
  if (o.against) a.against = against(q, m, a.levers, worlds, judge, second, need, limits);
  return a;
}

}  // namespace entente::turn
