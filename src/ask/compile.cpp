// From a question to the model of its kind, and the words for cells without a value.
#include "entente/ask/question.hpp"

namespace entente::ask {

std::string_view says(Reason r) noexcept {
  switch (r) {
    case Reason::none:
      return "";
    case Reason::no_deal:
      return "no deal: the parties' limits do not meet";
    case Reason::no_volume:
      return "nothing would flow over the link";
    case Reason::no_link:
      return "no link at stake can be built";
    case Reason::nothing_given:
      return "nobody gives the client anything";
    case Reason::undelivered:
      return "nothing would be delivered";
    case Reason::absent:
      return "an actor that it speaks of is not there in this world";
    case Reason::several:
      return "equally good configurations disagree";
    case Reason::no_other:
      return "there is no other configuration";
    case Reason::no_tie:
      return "the actor has no tie here";
    case Reason::no_divergence:
      return "the ties never diverge";
    case Reason::impossible:
      return "nothing within the bounds does it";
    case Reason::no_equilibrium:
      return "no pure equilibrium survives";
    case Reason::unsent:
      return "no surviving equilibrium sends this signal";
    case Reason::no_supplier:
      return "an embargo leaves somebody without a supplier of what he needs";
    case Reason::not_solved:
      return "a kernel missed its tolerance";
    case Reason::limited:
      return "a search stopped at its limit before it was decided";
    case Reason::out_of_domain:
      return "a formula left the domain of its place";
    case Reason::no_value:
      return "the claim's formula has no value here, as in a division by zero";
    case Reason::no_agreement:
      return "no agreement: not all want to move the status quo the same way";
  }
  return "";
}

std::unique_ptr<Model> compile(const situation::Situation& s, const situation::Question& q, Diagnostics& out) {
  const situation::QuestionKind* kind = s.registry ? s.registry->kind(q.kind) : nullptr;
  if (kind && q.what.given()) return kind->model(s, q, out);
  out.error("E0401", q.span, "the question `" + q.name + "` cannot be answered", "no model for this kind");
  return nullptr;
}

double Record::calibrated(double told) const noexcept {
  if (curve.empty()) return told;
  if (told <= curve.front().told) return curve.front().came_true;
  for (std::size_t i = 1; i < curve.size(); ++i)
    if (told <= curve[i].told) {
      const Bin &a = curve[i - 1], &b = curve[i];
      return b.told > a.told ? a.came_true + (told - a.told) / (b.told - a.told) * (b.came_true - a.came_true)
                             : b.came_true;
    }
  return curve.back().came_true;
}

}  // namespace entente::ask
