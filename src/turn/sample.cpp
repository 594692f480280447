#include "turn/sample.hpp"

#include <algorithm>
#include <cmath>

#include "entente/base/random.hpp"

namespace entente::turn {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint64_t golden = 0x9e3779b97f4a7c15ull;
constexpr std::size_t at_once = 8;                         // draws of a task: a cancelled run ends within one
constexpr std::size_t most_kept = std::size_t{256} << 20;  // bytes of cells
constexpr std::uint8_t unknown = 2;

// Whether lever a needs b, itself or through others. What is in a circle was refused.
bool needs(const situation::Situation& s, std::uint32_t a, std::uint32_t b) {
  return std::ranges::any_of(s.levers[a].needs, [&](std::uint32_t n) { return n == b || needs(s, n, b); });
}

// A coin of a lever's own, by draw, laid out as the plan's draws are.
double coin(const plan::Sampling& s, std::uint64_t k, std::uint64_t stream) {
  if (!s.designed()) return uniform(s.seed, stream, k);
  return latin(s.seed + golden * (k % plan::replicates + 1), stream, k / plan::replicates, s.draws / plan::replicates);
}

}  // namespace

std::optional<Sample> draw(const plan::Plan& plan, const plan::Sampling& sampling,
                           const std::vector<std::uint32_t>& asked, const Pool& pool, const Halt& halt) {
  const auto& s = plan.situation();
  Sample out;
  out.draws = sampling.draws;
  out.width = plan.parameters();
  out.numbers.assign(out.draws * out.width, 0.0);
  out.good.assign(out.draws, 0);
  Moves& m = out.moves;
  m.draws = out.draws;
  m.levers = s.levers.size();
  m.excludes.assign(m.levers, std::vector<char>(m.levers, 0));
  m.needs.resize(m.levers);
  m.works.resize(m.levers);
  for (const std::uint32_t a : asked) {
    const auto& l = s.levers[a];
    m.needs[a] = l.needs;
    for (const std::uint32_t b : l.excludes) m.excludes[a][b] = m.excludes[b][a] = 1;
    for (const std::uint32_t b : asked) {  // one place has one number, unless one was made to stand behind the other
      const auto& other = s.levers[b];
      const bool meet =
          a != b && std::ranges::any_of(l.patches, [&](const auto& x) {
            return std::ranges::find(other.patches, x.target, &situation::Patch::target) != other.patches.end();
          });
      const bool follow = needs(s, a, b) || needs(s, b, a);
      if (meet && !follow) m.excludes[a][b] = m.excludes[b][a] = 1;
    }
    if (l.doses.empty()) m.items.push_back({a, undefined, std::vector<double>(out.draws, infinite)});
    for (const double dose : l.doses) m.items.push_back({a, dose, std::vector<double>(out.draws, infinite)});
    const auto& works = l.works == situation::none ? nullptr : &s.parameters[l.works].number;
    if (works && !(works->distribution.is_fixed() && works->form == number::Form::distribution &&
                   works->distribution.median() >= 1))
      m.works[a].assign(out.draws, 1);
  }
  std::vector<const situation::Rule*> formula(m.levers, nullptr);  // of its cost
  std::vector<std::uint64_t> stream(m.levers, 0);
  for (const std::uint32_t a : asked) {
    stream[a] = stable_hash("levers." + s.levers[a].name + ".works, tossed");
    for (const auto& r : s.rules)
      if (r.param == s.levers[a].cost) formula[a] = &r;
  }
  pool.run((out.draws + 63) / 64,
           [&](std::size_t t, unsigned) {
             halt.pass();
             for (std::size_t k = t * 64; k < std::min(out.draws, (t + 1) * 64); ++k) {
               const std::span<double> p(out.numbers.data() + k * out.width, out.width);
               out.good[k] = plan.draw(sampling, k, p);
               for (const std::uint32_t a : asked)
                 if (!m.works[a].empty()) m.works[a][k] = coin(sampling, k, stream[a]) < p[s.levers[a].works];
               for (Item& i : m.items) {
                 const auto& l = s.levers[i.lever];
                 if (l.cost == situation::none) continue;
                 double cost = p[l.cost];
                 if (l.dose != situation::none && formula[i.lever]) {
                   const double whole = p[l.dose];
                   p[l.dose] = i.dose;
                   const auto* r = formula[i.lever];
                   cost = r->reference != situation::none ? p[r->reference] * r->factor : r->program.evaluate(p);
                   p[l.dose] = whole;
                 }
                 if (cost >= 0) i.cost[k] = cost;
               }
             }
           },
           halt.cancel);
  if (halt.now()) return std::nullopt;
  return out;
}

std::vector<plan::Move> moves_of(const Moves& m, const Package& p) {
  std::vector<plan::Move> out;
  for (const std::uint32_t i : p) out.push_back({m.items[i].lever, m.items[i].dose});
  // Who needs another stands behind it.
  for (std::size_t a = 0; a < out.size(); ++a)
    for (std::size_t b = a + 1; b < out.size(); ++b) {
      const auto& needs = m.needs[out[a].lever];
      if (std::ranges::find(needs, out[b].lever) == needs.end()) continue;
      std::rotate(out.begin() + static_cast<std::ptrdiff_t>(a), out.begin() + static_cast<std::ptrdiff_t>(b),
                  out.begin() + static_cast<std::ptrdiff_t>(b) + 1);
      b = a;  // look again from here on
    }
  return out;
}

struct Worlds::Local {
  plan::World world;
  std::vector<double> cells;           // [draw][cell of the claim in this instance]; empty: not kept
  std::vector<std::uint8_t> answered;  // [draw]
};
struct Worlds::Column {
  std::vector<std::uint8_t> truth;  // [draw]
  plan::World drivers;
  std::vector<Local*> locals;  // by instance
};

Worlds::~Worlds() = default;

Worlds::Worlds(const plan::Plan& plan, const plan::Composer& composer, const Sample& sample, std::size_t claim, bool to,
               const Pool& pool, const Halt& halt)
    : plan_(plan),
      composer_(composer),
      sample_(sample),
      claim_(claim),
      to_(to),
      pool_(pool),
      halt_(halt),
      workers_(pool.threads()),
      failed_(sample.draws, 0) {
  const auto& c = plan.claims()[claim];
  const std::size_t levers = plan.situation().levers.size();
  reached_.assign(levers, 0);
  drivers_.assign(levers, 0);
  question_.assign(c.instances.size(), std::vector<char>(levers, 0));
  locals_.resize(c.instances.size());
  for (const auto& i : c.instances) {
    const std::size_t count = plan.models()[i.question]->quantities().size();
    auto& mine = cells_.emplace_back();
    for (const std::uint32_t cell : c.cells)
      if (cell >= i.offset && cell < i.offset + count)
        mine.push_back(static_cast<std::uint32_t>(plan.parameters()) + cell);
  }
  for (std::uint32_t l = 0; l < levers; ++l) {
    const auto& reach = composer.reaches(l);
    const auto among = [&](plan::ParamId p) { return reach[p] != 0; };
    drivers_[l] = std::ranges::any_of(c.drivers, among);
    reached_[l] = drivers_[l];
    for (std::size_t i = 0; i < c.instances.size(); ++i) {
      question_[i][l] = std::ranges::any_of(plan.models()[c.instances[i].question]->reads(), among);
      reached_[l] = reached_[l] || question_[i][l];
    }
  }
  for (std::uint32_t k = 0; k < sample.draws; ++k) order_.push_back(k);
}

Worlds::Local& Worlds::local(std::size_t instance, const Carry& carried) {
  Carry mine;
  Key key;
  for (const auto& m : carried)
    if (question_[instance][m.lever]) mine.push_back(m), key.emplace_back(m.lever, std::isnan(m.dose) ? 0 : m.dose);
  auto& l = locals_[instance][key];
  if (!l) {
    l = std::make_unique<Local>();
    const auto& c = plan_.claims()[claim_];
    const auto& i = c.instances[instance];
    l->world = composer_.compose(mine, i.world);
    const std::size_t cells = cells_[instance].size();
    const std::size_t bytes = sample_.draws * (8 * cells + 1);
    if (c.instances.size() > 1 && kept_ + bytes <= most_kept) {
      l->cells.assign(sample_.draws * cells, 0.0);
      l->answered.assign(sample_.draws, 0);
      kept_ += bytes;
    }
  }
  return *l;
}

Worlds::Column& Worlds::column(const Carry& carried) {
  Carry mine;
  Key key;
  for (const auto& m : carried)
    if (reached_[m.lever]) mine.push_back(m), key.emplace_back(m.lever, std::isnan(m.dose) ? 0 : m.dose);
  auto& c = columns_[key];
  if (!c) {
    c = std::make_unique<Column>();
    c->truth.assign(sample_.draws, unknown);
    Carry own;
    for (const auto& m : mine)
      if (drivers_[m.lever]) own.push_back(m);
    c->drivers = composer_.compose(own, 0);
    for (std::size_t i = 0; i < locals_.size(); ++i) c->locals.push_back(&local(i, mine));
  }
  return *c;
}

bool Worlds::judge(Column& column, std::size_t k, unsigned worker) {
  Worker& w = workers_[worker];
  if (!w.workspace) {
    w.workspace = std::make_unique<plan::Workspace>(plan_);
    w.numbers.assign(plan_.parameters(), 0.0);
  }
  const auto& c = plan_.claims()[claim_];
  const auto base = sample_.at(k);
  const bool good = sample_.good[k] != 0;
  auto& slots = w.workspace->slots;
  for (std::size_t i = 0; i < c.instances.size(); ++i) {
    Local& l = *column.locals[i];
    const auto& instance = c.instances[i];
    const auto& cells = cells_[i];
    const std::size_t kept = k * cells.size();
    if (!l.cells.empty() && l.answered[k]) {
      for (std::size_t j = 0; j < cells.size(); ++j) slots[cells[j]] = l.cells[kept + j];
      continue;
    }
    plan_.evaluate_in(l.world, instance, base, good, *w.workspace);
    if (l.cells.empty()) continue;
    for (std::size_t j = 0; j < cells.size(); ++j) l.cells[kept + j] = slots[cells[j]];
    l.answered[k] = 1;
  }
  if (!c.drivers.empty()) {
    if (!plan_.world(column.drivers, base, good, w.numbers)) return false;
    std::ranges::copy(w.numbers, slots.begin());
  }
  const auto truth = plan_.tossed(claim_, *w.workspace);
  return truth == (to_ ? number::Truth::yes : number::Truth::no);
}

Count Worlds::count(const Plans& plans, std::uint64_t most) {
  Count out;
  std::vector<Column*> columns;
  std::vector<std::uint32_t> open;
  std::vector<std::pair<std::uint64_t, Column*>> known;
  std::size_t size = 64;
  for (std::size_t from = 0; from < order_.size() && !out.cancelled;
       from += size, size = std::min<std::size_t>(2 * size, 1024)) {
    const std::size_t to = std::min(order_.size(), from + size);
    columns.clear();
    open.clear();
    for (std::size_t i = from; i < to; ++i) {
      const std::uint64_t works = plans.works(order_[i]);
      auto at = std::ranges::find(known, works, &std::pair<std::uint64_t, Column*>::first);
      if (at == known.end()) at = known.emplace(known.end(), works, &column(plans.carry(works)));
      Column* const c = at->second;
      columns.push_back(c);
      if (c->truth[order_[i]] == unknown) open.push_back(static_cast<std::uint32_t>(i));
    }
    const auto answer = [&](std::size_t t, unsigned worker) {
      halt_.pass();
      for (std::size_t j = t * at_once; j < std::min(open.size(), (t + 1) * at_once); ++j) {
        Column& c = *columns[open[j] - from];
        const std::size_t k = order_[open[j]];
        c.truth[k] = judge(c, k, worker) ? 1 : 0;
      }
    };
    if (!open.empty()) pool_.run((open.size() + at_once - 1) / at_once, answer, halt_.cancel);
    if (halt_.now()) {
      out.cancelled = true;
      return out;
    }
    for (std::size_t i = from; i < to; ++i) {
      const bool hit = columns[i - from]->truth[order_[i]] == 1;
      out.hits += hit;
      out.misses += !hit;
      failed_[order_[i]] += !hit;
    }
    if (out.misses > most) break;
  }
  out.whole = out.hits + out.misses == order_.size() && out.misses <= most;
  // Draws that are hard for packages are looked at first: most packages are refuted soon.
  ++counted_;
  if (counted_ % (counted_ < 64 ? 4 : 64) == 0)
    std::ranges::sort(order_, {}, [&](std::uint32_t k) { return std::pair(~failed_[k], k); });
  return out;
}

std::vector<std::uint8_t> Worlds::truths(const Plans& plans) {
  const Count c = count(plans, sample_.draws);
  std::vector<std::uint8_t> out;
  if (!c.whole) return out;
  for (std::size_t k = 0; k < sample_.draws; ++k) out.push_back(column(plans.carry(plans.works(k))).truth[k]);
  return out;
}

Worlds::Plans plans_of(const Moves& m, const Package& p) {
  std::vector<const std::vector<std::uint8_t>*> tossed;
  for (const std::uint32_t i : p) tossed.push_back(&m.works[m.items[i].lever]);
  const bool sure = std::ranges::all_of(tossed, [](const auto* w) { return w->empty(); });
  constexpr std::uint64_t all = ~std::uint64_t{0};
  return {.works =
              [sure, tossed](std::size_t k) {
                if (sure) return all;
                std::uint64_t works = all;
                for (std::size_t i = 0; i < tossed.size(); ++i)
                  if (!tossed[i]->empty() && !(*tossed[i])[k]) works &= ~(std::uint64_t{1} << i);
                return works;
              },
          .carry =
              [&m, p](std::uint64_t works) {
                Package out;
                for (std::size_t i = 0; i < p.size(); ++i)
                  if (works >> i & 1u) out.push_back(p[i]);
                return moves_of(m, needs_met(m, std::move(out)));
              }};
}

Count Sided::count(const Package& p, std::uint64_t most) { return worlds_.count(plans_of(moves_, p), most); }

std::vector<std::uint8_t> Sided::truths(const Package& p) { return worlds_.truths(plans_of(moves_, p)); }

}  // namespace entente::turn
