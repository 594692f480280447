// A whole answer as one page: a single HTML file that reads offline, without script, in light and dark, on a phone and
// on paper. Nothing is computed here.
#pragma once
#include <string>
#include <vector>

#include "entente/doubt/doubt.hpp"
#include "entente/plan/answer.hpp"
#include "entente/plan/plan.hpp"
#include "entente/turn/turn.hpp"

namespace entente::report {

/// What a page says of its own making.
struct Made {
  std::string command;  ///< that makes it again
  std::string version;  ///< "entente 0.1.0"
  std::string failed;   ///< why nothing was drawn although numbers are uncertain; empty: it was, or none is
};

/// What it would take, for the claims that were looked at. `plan`: null where there is no answer, and `why`.
struct Turns {
  const plan::Plan* plan = nullptr;
  const std::vector<turn::Answer>& answers;
  std::string why;
};

struct Heading {
  unsigned level = 1;  ///< 1: the situation's title
  std::string id, text;
};

struct Page {
  std::string html;
  std::vector<Heading> outline;           ///< in order
  std::size_t claims = 0, questions = 0;  ///< told
  std::size_t pictures = 0, numbers = 0;  ///< drawn; listed in the ledger
};

/// `plan` is that of the draws; `answer` may come from a plan of the same situation with more worlds. Null `doubt`:
/// every number at its median. Null `turns`: the page names the levers, and how to look for packages of them. The same
/// input gives the same bytes: no date, no clock.
[[nodiscard]] Page page(const plan::Plan& plan, const plan::Answer& answer, const doubt::Doubt* doubt, const Made& made,
                        const Turns* turns = nullptr);

/// Where the page was written, its outline and its counts.
[[nodiscard]] std::string json(const Page& page, const std::string& path);

}  // namespace entente::report
