// Answers as text for a terminal and as JSON. Nothing is computed here; what is said was found below.
#pragma once
#include <string>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/doubt/doubt.hpp"
#include "entente/plan/answer.hpp"
#include "entente/plan/plan.hpp"

namespace entente::report {

struct Style {
  bool color = false;
};

[[nodiscard]] std::string text(const plan::Plan& plan, const plan::Answer& answer, const SourceMap& sources,
                               const Style& style);
[[nodiscard]] std::string json(const plan::Plan& plan, const plan::Answer& answer);

[[nodiscard]] std::string text(const plan::Plan& plan, const doubt::Doubt& doubt, const Style& style);
[[nodiscard]] std::string json(const plan::Plan& plan, const doubt::Doubt& doubt);

/// Every number: what is written, its distribution, unit and source in plain words.
[[nodiscard]] std::string numbers_text(const situation::Situation& s, const SourceMap& sources, const Style& style);
[[nodiscard]] std::string numbers_json(const situation::Situation& s, const SourceMap& sources);

[[nodiscard]] std::string quantities_text(const plan::Plan& plan);
[[nodiscard]] std::string quantities_json(const plan::Plan& plan);

/// How one number moves a quantity: its value with that number at 5 and at 95 %, all others at their medians.
struct Swing {
  plan::ParamId param = 0;
  double at5 = 0, at95 = 0;
};
struct Explanation {
  std::string quantity, unit, says, world;
  double value = 0;
  ask::Reason reason = ask::Reason::none;
  ask::Account account;
  std::vector<Swing> swings;  ///< by falling size; numbers that move nothing are left out
};
[[nodiscard]] std::string text(const plan::Plan& plan, const Explanation& e, const SourceMap& sources,
                               const Style& style);
[[nodiscard]] std::string json(const plan::Plan& plan, const Explanation& e, const SourceMap& sources);

struct Change {  ///< one claim in two situations
  std::string claim;
  std::string base_truth, dissent_truth;  ///< at medians: true, false, undefined
  double base_share = 0, dissent_share = 0, error = 0;
  struct Through {
    std::string path, before, after;
    double alone = 0;    ///< the base's share with this difference alone
    double without = 0;  ///< the dissent's share without it
    std::string alone_truth, without_truth;
  };
  std::vector<Through> through;  ///< by falling |alone - base| + |dissent - without|
};
struct Diff {
  std::string base, dissent;
  std::uint64_t draws = 0, seed = 0;
  std::vector<situation::Difference> differences;
  std::vector<Change> changes;
};
[[nodiscard]] std::string text(const Diff& diff, const Style& style);
[[nodiscard]] std::string json(const Diff& diff);

struct Scored {  ///< an outcome against the answer
  std::string situation, name, quantity, unit, outcome, date, note;
  bool is_claim = false, known = false;
  double probability = 0, brier = 0, log_score = 0;  ///< claims
  double low = 0, high = 0, q5 = 0, q50 = 0, q95 = 0,
         error = 0;      ///< quantities: outcome's range, answer's quantiles, |median - middle|
  double undefined = 0;  ///< share of draws without a value
};
[[nodiscard]] std::string text(const std::vector<Scored>& rows, const Style& style);
[[nodiscard]] std::string json(const std::vector<Scored>& rows);

[[nodiscard]] std::string json(const Diagnostics& ds, const SourceMap& sources);
/// JSON Schema (draft 2020-12) of a situation, out of the same table that the reader uses.
[[nodiscard]] std::string schema();

}  // namespace entente::report
