// mandate: who may keep the peace.
//
// The kernel holds the theory (kernel/mandate.hpp). Here names become numbers. A state that is asked refuses or agrees
// by the chances of its row; a state that is absent is not asked, and gives nothing. Under the Council's rule the
// permanent members are asked too; Russia's consent as a party and its vote are one and the same event. Each
// contributor's own willingness enters as a state with an event for itself alone; elected members as a state with one
// event for all. A contributor *passes* when it can give at least `share` of the need and the joint chance of the
// consents that it needs (its own willingness apart) is at least `chance`.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "ask/names.hpp"
#include "ask/say.hpp"
#include "entente/ask/question.hpp"
#include "entente/kernel/mandate.hpp"
#include "entente/kernel/voting.hpp"
#include "families/force/section.hpp"

namespace entente::ask {
namespace {

using number::show;

class MandateModel final : public Model {
 public:
  MandateModel(const situation::Situation& s, const situation::MandateQuestion& q)
      : s_(s), f_(situation::forces(s)[q.force]) {
    const number::Unit plain;
    const auto persons = number::parse_unit("k persons");
    const auto add = [&](std::string name, const number::Unit& unit, Phrase says, What what, std::size_t i = 0,
                         std::size_t j = 0, bool headline = false, unsigned group = 0) {
      quantities_.push_back({std::move(name), unit, std::move(says), group, headline});
      cells_.push_back({what, i, j});
    };
    add("passing", plain, "how many contributors can give enough and are agreed to", What::passing, 0, 0, true);
    add("feasible", plain, "chance that those agreed to and willing suffice", What::feasible, 0, 0, true);
    add("expected", *persons, "expected strength of those agreed to and willing", What::expected, 0, 0, true);
    for (std::size_t m = 0; m < f_.consents.size(); ++m)
      add("passing-by." + state(m), plain, "how many can give enough and are agreed to by " + by(m), What::passing_by,
          m);
    for (std::size_t c = 0; c < f_.contributors.size(); ++c) {
      add("provides." + id(c), *persons, say("what {} can give", whom(c)), What::provides, c);
      add("able." + id(c), plain, "1 if that is a large enough part of the need", What::able, c), last_is_yes_no();
      add("joint." + id(c), plain, "chance that all whose consent it needs agree to " + whom(c), What::joint, c);
      add("passes." + id(c), plain, say("1 if {} can give enough and is agreed to", whom(c)), What::passes, c),
          last_is_yes_no();
      add("feasible-without." + id(c), plain, "chance that the others suffice without " + whom(c), What::without, c);
    }
    for (std::size_t m = 0; m < f_.consents.size(); ++m)
      for (std::size_t c = 0; c < f_.contributors.size(); ++c)
        add("consent." + state(m) + "." + id(c), plain, say("chance that {} agrees to {}", by(m), whom(c)),
            What::consent, m, c);
    for (std::size_t m = 0; m < f_.consents.size(); ++m)
      add("refusal." + state(m), plain, say("by how much the chance would rise if {} never refused", by(m)),
          What::refusal, m, 0, false, 1);
    const auto read = [&](situation::ParamId p) {
      if (p != situation::none) reads_.push_back(p);
    };
    for (const auto p : {f_.needs, f_.share, f_.chance, f_.elected}) read(p);
    for (const auto& c : f_.contributors) {
      read(c.willing);
      for (const auto p : c.provides) read(p);
    }
    for (const auto& c : f_.consents) {
      read(c.together);
      for (const auto p : c.chance) read(p);
    }
  }

  // Contributors that share a number share its event; where there is none the state never refuses.
  static mandate::Consent events(const std::vector<situation::ParamId>& chance) {
    mandate::Consent c;
    std::vector<situation::ParamId> seen;
    for (const auto p : chance) {
      const auto it = std::ranges::find(seen, p);
      c.event.push_back(p == situation::none ? mandate::agrees : static_cast<std::uint32_t>(it - seen.begin()));
      if (p != situation::none && it == seen.end()) seen.push_back(p);
    }
    c.chance.assign(seen.size(), 1.0);
    return c;
  }

  struct Work final : Scratch {
    mandate::Force force;
    mandate::Scratch scratch;
    mandate::Outcome outcome;
    std::vector<double> joint;  // of consents alone, without willingness
    double least = 0, chance = 0;
  };

  std::unique_ptr<Scratch> scratch() const override {
    auto w = std::make_unique<Work>();
    const std::size_t n = f_.contributors.size();
    w->force.provides.assign(n, 0.0);
    w->joint.assign(n, 0.0);
    std::vector<situation::ParamId> willing;
    for (const auto& c : f_.contributors) willing.push_back(c.willing);
    for (const auto& from : f_.consents) w->force.consents.push_back(events(from.chance));
    w->force.consents.push_back(events(willing));
    w->force.consents.back().together = 0;
    if (f_.elected != situation::none) w->force.consents.push_back({1, {1.0}, std::vector<std::uint32_t>(n, 0)});
    return w;
  }

  void evaluate(std::span<const double> p, const Groups& groups, Scratch& scratch, std::span<double> value,
                std::span<Reason> reason) const override {
    auto& w = static_cast<Work&>(scratch);
    fill(p, w);
    mandate::evaluate(w.force, w.scratch, w.outcome, groups[1]);
    for (std::size_t c = 0; c < cells_.size(); ++c) {
      if (!groups[quantities_[c].group]) continue;
      value[c] = number(cells_[c], w);
      reason[c] = Reason::none;
    }
  }

  Account account(std::span<const double> p, Scratch& scratch) const override;
  std::vector<Picture> pictures(std::span<const double> p, Scratch& scratch) const override;

 private:
  enum class What : unsigned char {
    passing,
    passing_by,
    feasible,
    expected,
    provides,
    able,
    joint,
    passes,
    without,
    consent,
    refusal
  };
  struct Cell {
    What what;
    std::size_t i, j;
  };

  Figure cell(What what, std::size_t i, std::size_t j = 0) const {
    for (std::size_t c = 0; c < cells_.size(); ++c)
      if (cells_[c].what == what && cells_[c].i == i && cells_[c].j == j) return Figure::of(c);
    return {};
  }
  const std::string& id(std::size_t c) const { return s_.actors[f_.contributors[c].who].id; }
  const std::string& state(std::size_t m) const { return s_.actors[f_.consents[m].who].id; }
  // The same within a sentence.
  Phrase whom(std::size_t c) const { return short_in_text(s_, f_.contributors[c].who); }
  Phrase by(std::size_t m) const { return short_in_text(s_, f_.consents[m].who); }

  // Chance of consent of state m to contributor c in the force as filled.
  static double consent(const Work& w, std::size_t m, std::size_t c) {
    const auto& x = w.force.consents[m];
    return x.event[c] == mandate::agrees ? 1.0 : x.chance[x.event[c]];
  }
  static bool able(const Work& w, std::size_t c) { return w.force.provides[c] >= w.least; }

  void fill(std::span<const double> p, Work& w) const {
    const auto here = [&](situation::ActorId a) { return p[s_.actors[a].presence] != 0; };
    const bool council = f_.council != situation::none && p[f_.council] != 0;
    const std::size_t n = f_.contributors.size(), states = f_.consents.size();
    w.force.need = p[f_.needs];
    w.least = p[f_.share] * p[f_.needs];
    w.chance = f_.chance == situation::none ? 0.5 : p[f_.chance];
    for (std::size_t c = 0; c < n; ++c) {
      double sum = 0;
      for (const auto part : f_.contributors[c].provides) sum += p[part];
      w.force.provides[c] = here(f_.contributors[c].who) ? sum : 0;
      auto& own = w.force.consents[states];
      if (own.event[c] != mandate::agrees) own.chance[own.event[c]] = p[f_.contributors[c].willing];
    }
    for (std::size_t m = 0; m < states; ++m) {
      const auto& from = f_.consents[m];
      auto& to = w.force.consents[m];
      const bool asked = here(from.who) && (from.party || council);
      to.together = from.together == situation::none ? 1.0 : p[from.together];
      for (std::size_t c = 0; c < n; ++c)
        if (to.event[c] != mandate::agrees) to.chance[to.event[c]] = asked ? p[from.chance[c]] : 1.0;
    }
    if (f_.elected != situation::none) w.force.consents[states + 1].chance[0] = council ? p[f_.elected] : 1.0;
    for (std::size_t c = 0; c < n; ++c) {
      w.joint[c] = f_.elected != situation::none ? w.force.consents[states + 1].chance[0] : 1.0;
      for (std::size_t m = 0; m < states; ++m) w.joint[c] *= consent(w, m, c);
    }
  }

  double number(const Cell& c, const Work& w) const {
    const std::size_t n = f_.contributors.size();
    const auto count = [&](auto&& which) {
      double k = 0;
      for (std::size_t i = 0; i < n; ++i) k += which(i) ? 1 : 0;
      return k;
    };
    const auto passes = [&](std::size_t i) { return able(w, i) && w.joint[i] >= w.chance; };
    switch (c.what) {
      case What::passing:
        return count(passes);
      case What::passing_by:
        return count([&](std::size_t i) { return able(w, i) && consent(w, c.i, i) >= w.chance; });
      case What::feasible:
        return w.outcome.feasible;
      case What::expected:
        return w.outcome.expected;
      case What::provides:
        return w.force.provides[c.i];
      case What::able:
        return able(w, c.i) ? 1 : 0;
      case What::joint:
        return w.joint[c.i];
      case What::passes:
        return passes(c.i) ? 1 : 0;
      case What::without:
        return w.outcome.without[c.i];
      case What::consent:
        return consent(w, c.i, c.j);
      case What::refusal:
        return w.outcome.relief[c.i];
    }
    return 0;
  }

  const situation::Situation& s_;
  const situation::Force& f_;
  std::vector<Cell> cells_;
};

Account MandateModel::account(std::span<const double> p, Scratch& scratch) const {
  auto& w = static_cast<Work&>(scratch);
  fill(p, w);
  mandate::evaluate(w.force, w.scratch, w.outcome);
  const auto& o = w.outcome;
  const std::size_t n = f_.contributors.size();
  const auto percent = [](double x) {
    return x > 0 && x < 0.005 ? std::string("<1 %") : fmt::format("{:.0f} %", 100 * x);
  };
  const auto passes = [&](std::size_t c) { return able(w, c) && w.joint[c] >= w.chance; };
  Account a;
  Phrase who;
  std::size_t count = 0;
  double all = 0;
  for (std::size_t c = 0; c < n; ++c) {
    all += w.force.provides[c];
    if (passes(c)) who += (count++ ? ", " : "") + in_text(s_, f_.contributors[c].who);
  }
  a.headline = say(
      "Of {} possible contributors {} can give at least {} of the {} thousand needed and {} agreed to by all at better "
      "than {}{}. ",
      n, count == 0 ? "none" : std::to_string(count), percent(p[f_.share]), show(w.force.need, 3),
      count > 1 ? "are" : "is", percent(w.chance), count ? ": " + who : Phrase());
  a.headline += all < w.force.need
                    ? fmt::format("All of them together could give {} thousand: too few, whoever agrees.", show(all, 3))
                    : fmt::format("The chance that those admitted and willing suffice is {}.", percent(o.feasible));
  a.lines.push_back({"feasible", o.feasible, "", "chance that those agreed to and willing suffice"});
  a.lines.push_back({"expected", o.expected, "k persons", "expected strength of those agreed to and willing"});
  Account::Table t{
      "Who can give what (thousand persons), and is agreed to by whom", {"contributor", "gives", "enough"}, {}};
  for (std::size_t m = 0; m < f_.consents.size(); ++m) t.columns.push_back(short_alone(s_, f_.consents[m].who));
  for (const char* column : {"all", "willing", "passes", "chance without it"}) t.columns.emplace_back(column);
  for (std::size_t c = 0; c < n; ++c) {
    const auto chance = [&](double x) { return Entry::number(100 * x, percent(x), "%"); };
    std::vector<Entry> row{Entry::actor(id(c)), Entry::number(w.force.provides[c], 2), Entry::yes_no(able(w, c))};
    for (std::size_t m = 0; m < f_.consents.size(); ++m) row.push_back(chance(consent(w, m, c)));
    for (Entry e : {chance(w.joint[c]), chance(consent(w, f_.consents.size(), c)), Entry::yes_no(passes(c)),
                    chance(o.without[c])})
      row.push_back(std::move(e));
    t.rows.push_back(std::move(row));
  }
  a.tables.push_back(std::move(t));
  Account::Table r{"Whose refusal binds: rise of the chance if it never refused", {"state", "rise"}, {}};
  for (std::size_t m = 0; m < f_.consents.size(); ++m)
    r.rows.push_back({short_alone(s_, f_.consents[m].who),
                      Entry::number(100 * o.relief[m], fmt::format("{:+.1f} points", 100 * o.relief[m]), "%")});
  a.tables.push_back(std::move(r));
  std::uint32_t allowed = 0;
  for (std::size_t c = 0; c < n; ++c)
    if (w.joint[c] * consent(w, f_.consents.size(), c) > 0.05) allowed |= 1u << c;
  Phrase sets;
  const auto minimal = mandate::minimal(w.force, allowed, 5);
  for (const auto set : minimal) {
    std::vector<Phrase> members;
    for (std::size_t c = 0; c < n; ++c)
      if (set >> c & 1u) members.push_back(short_alone(s_, f_.contributors[c].who));
    sets += (sets.empty() ? "" : "; ") + row(members, " ");
  }
  a.notes.push_back(minimal.empty()
                        ? Phrase("no set of contributors with a chance above 5 % each could raise the force")
                        : "smallest forces among those with a chance above 5 % each: " + sets);
  if (f_.council != situation::none && p[f_.council] != 0) {
    voting::Rule rule{.voters = 15, .ways = {{{.quota = 39, .weights = {}}}}, .veto = {}};
    for (int v = 0; v < 15; ++v) rule.ways[0][0].weights.push_back(v < 5 ? 7 : 1);
    if (const auto power = voting::power(rule))
      a.notes.push_back(
          fmt::format("the Council's rule gives a permanent member {:.3f} of the power and an elected one {:.4f} "
                      "(Shapley and Shubik 1954)",
                      power->shapley_shubik.front(), power->shapley_shubik.back()));
  }
  a.reference = "power of the Council's members: Shapley and Shubik 1954, doi:10.2307/1951053";
  a.method =
      "Chances of consent integrated exactly (no event is tossed): each state decides by one disposition as far as "
      "`together` says, states apart; Moebius inversion over the sets of contributors.";
  const double off = mandate::check(w.force, o);
  if (!std::isnan(off)) a.violation = off;
  a.certificate = std::isnan(off) ? "too many worlds to list for the independent check"
                                  : fmt::format("against a list of all worlds: largest difference {:.1e}", off);
  a.assumptions = {
      "a state admits the likelier contributor whenever it admits the less likely one, as far as `together` says",
      "states decide independently of one another, given their chances; a driver named in several rows makes them move "
      "together",
      f_.council != situation::none ? "an abstention is no veto; enough elected members are a chance of their own"
                                    : "consent of the parties alone decides"};
  return a;
}

std::vector<Picture> MandateModel::pictures(std::span<const double> p, Scratch& scratch) const {
  auto& w = static_cast<Work&>(scratch);
  fill(p, w);
  using Kind = Matrix::Kind;
  Matrix m{.row_name = "contributor"};
  m.columns.push_back({"gives, thousand", Kind::number, "thousand persons"});
  m.columns.push_back({"enough", Kind::yes});
  for (std::size_t k = 0; k < f_.consents.size(); ++k) {
    const bool council = f_.council != situation::none && p[f_.council] != 0;
    if (f_.consents[k].party || council)
      m.columns.push_back({alone(s_, f_.consents[k].who), Kind::chance, "", w.chance});
  }
  m.columns.push_back({"all", Kind::chance, "", w.chance, true});
  m.columns.push_back({"passes", Kind::yes, "", 0.5, true});
  for (std::size_t c = 0; c < f_.contributors.size(); ++c) {
    m.rows.push_back(alone(s_, f_.contributors[c].who));
    m.cells.push_back(cell(What::provides, c));
    m.cells.push_back(cell(What::able, c));
    for (std::size_t k = 0; k < f_.consents.size(); ++k) {
      const auto& from = f_.consents[k];
      if (!from.party && (f_.council == situation::none || p[f_.council] == 0)) continue;
      // Nobody is asked to consent to itself.
      m.cells.push_back(from.chance[c] == situation::none ? Figure{} : cell(What::consent, k, c));
    }
    m.cells.push_back(cell(What::joint, c));
    m.cells.push_back(cell(What::passes, c));
  }
  return {
      {"Who passes which filter",
       fmt::format("Chances that each state whose consent is needed agrees, in per cent; enough and passes: share of "
                   "the draws. A filter is passed from {:.0f} % on.",
                   100 * w.chance),
       std::move(m)}};
}

}  // namespace

std::unique_ptr<Model> compile_mandate(const situation::Situation& s, const situation::Question& q, Diagnostics&) {
  return std::make_unique<MandateModel>(s, *q.what.as<situation::MandateQuestion>());
}

}  // namespace entente::ask
