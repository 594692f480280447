#include "entente/plan/answer.hpp"

#include <algorithm>

namespace entente::plan {

bool Answer::answered(const Question& q) {
  if (!(q.account.violation <= ask::most_violation)) return false;
  if (q.worlds.empty() || !q.worlds.front().world.empty()) return true;
  bool missed = false, some = false;
  for (const Cell& c : q.worlds.front().cells) {
    missed = missed || (c.headline && ask::unanswered(c.reason));
    some = some || (c.headline && c.reason == ask::Reason::none);
  }
  return some || !missed;
}

bool Answer::answered() const {
  return std::ranges::all_of(questions, [](const Question& q) { return answered(q); }) &&
         std::ranges::none_of(claims, [](const Claim& c) { return ask::unanswered(c.reason); });
}

Answer answer(const Plan& plan) {
  Answer a;
  std::vector<double> base(plan.parameters(), 0.0), here(plan.parameters(), 0.0);
  Workspace w(plan);
  a.inside = plan.medians(base);
  plan.evaluate(base, a.inside, w);
  const auto& s = plan.situation();
  std::vector<std::vector<Instance>> instances(s.questions.size());
  for (const Instance& i : plan.instances()) instances[i.question].push_back(i);
  for (std::uint32_t q = 0; q < s.questions.size(); ++q) {
    Answer::Question out{.name = s.questions[q].name, .kind = s.questions[q].kind};
    const auto& model = *plan.models()[q];
    const auto scratch = model.scratch();
    for (const Instance& i : instances[q]) {
      if (i.groups.empty() || !a.inside) continue;
      ask::Account account;
      if (!plan.world(i.world, base, a.inside, here)) account.headline = ask::says(ask::Reason::out_of_domain);
      else account = model.account(here, *scratch);
      if (!(account.violation <= ask::most_violation))
        account.headline = "No answer: the independent check rejects what was found. " + account.headline;
      if (i.world == 0) out.account = account;
      Answer::InWorld in{.world = plan.worlds()[i.world].name, .headline = account.headline};
      for (std::size_t c = 0; c < model.quantities().size(); ++c) {
        const auto& x = model.quantities()[c];
        if (!i.groups[x.group]) continue;
        in.cells.push_back({x.name, x.unit.text, x.says, w.slots[plan.parameters() + i.offset + c],
                            w.reasons[i.offset + c], x.headline});
      }
      if (i.world != 0 && !out.worlds.empty()) {
        in.same = std::ranges::all_of(in.cells, [&](const Answer::Cell& c) {
          const auto& first = out.worlds.front().cells;
          const auto b = std::ranges::find(first, c.name, &Answer::Cell::name);
          return b != first.end() && b->reason == c.reason && (c.reason != ask::Reason::none || b->value == c.value);
        });
      }
      out.worlds.push_back(std::move(in));
    }
    a.questions.push_back(std::move(out));
  }
  for (std::size_t c = 0; c < plan.claims().size(); ++c) {
    const Claim& from = plan.claims()[c];
    Answer::Claim out{.name = from.name,
                      .says = from.says,
                      .because = from.because,
                      .holds = from.holds,
                      .implied = from.implied,
                      .caveat = from.caveat,
                      .margin_unit = from.program.margin_unit().text};
    out.in_percent = from.program.margin_in_percent();
    out.yes_no = from.yes_no;
    out.truth = plan.claim(c, w, out.margin);
    if (out.truth == number::Truth::undefined) out.reason = plan.why(c, w);
    a.claims.push_back(std::move(out));
  }
  return a;
}

}  // namespace entente::plan
