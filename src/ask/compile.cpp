// The register of questions, and the words for cells without a value.
#include "ask/deal.hpp"
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
    case Reason::no_division:
      return "no division gives each party what it has alone";
    case Reason::not_solved:
      return "a kernel missed its tolerance";
    case Reason::out_of_domain:
      return "a formula left the domain of its place";
  }
  return "";
}

std::unique_ptr<Model> compile(const situation::Situation& s, const situation::Question& q, Diagnostics& out) {
  if (std::holds_alternative<situation::DealQuestion>(q.what)) return compile_deal(s, q, out);
  out.error("E0401", q.span, "the question `" + q.name + "` cannot be answered", "no model for this kind");
  return nullptr;
}

}  // namespace entente::ask
