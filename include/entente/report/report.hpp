// Answers as text for a terminal and as JSON. Nothing is computed here; what is said was found below.
#pragma once
#include <string>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/doubt/compare.hpp"
#include "entente/doubt/doubt.hpp"
#include "entente/learn/learn.hpp"
#include "entente/plan/answer.hpp"
#include "entente/plan/plan.hpp"
#include "entente/turn/turn.hpp"

namespace entente::report {

struct Style {
  bool color = false;
  bool calibrated = false;        ///< doubt: the number after its record too
  bool curves = false;            ///< doubt: the share true along each driver
  std::size_t width = 100;        ///< characters of a line; tables may be wider
  std::string file;               ///< first screen: the situation as it was named, quoted for a shell
  std::vector<std::string> only;  ///< these claims (ask: or questions) alone; empty: all
};

/// The answer on one screen: each claim that stands for itself on two lines, what was taken for granted, how to see
/// more. The flagship's is at most 40 lines of 100 characters.
[[nodiscard]] std::string first_screen(const plan::Plan& plan, const doubt::Doubt& doubt, const Style& style);
[[nodiscard]] std::string first_screen(const plan::Plan& plan, const plan::Answer& answer, const SourceMap& sources,
                                       const Style& style);
/// Every claim on a line: likelihood, share, draws true, false, undefined.
[[nodiscard]] std::string claims_table(const plan::Plan& plan, const doubt::Doubt& doubt, const Style& style);

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

/// How one number moves a quantity: its value with that number at 5 and at 95 % (an event: not happening, happening),
/// all others at their medians.
struct Swing {
  plan::ParamId param = 0;
  double at5 = 0, at95 = 0;
};
struct Explanation {
  std::string quantity, unit, says, world;  ///< quantity: with its world, where that is not the base
  double value = 0;
  ask::Reason reason = ask::Reason::none;
  ask::Account account;
  std::vector<Swing> swings;  ///< by falling size; numbers that move nothing are left out
  struct Altered {
    plan::ParamId param = 0;
    double before = 0, after = 0;
  };
  std::vector<Altered> altered;  ///< numbers that differ between its world and the base
};
[[nodiscard]] std::string text(const plan::Plan& plan, const Explanation& e, const SourceMap& sources,
                               const Style& style);
[[nodiscard]] std::string json(const plan::Plan& plan, const Explanation& e, const SourceMap& sources);

[[nodiscard]] std::string text(const doubt::Diff& diff, const Style& style);
[[nodiscard]] std::string json(const doubt::Diff& diff);

[[nodiscard]] std::string text(const std::vector<doubt::Scored>& rows, const Style& style);
[[nodiscard]] std::string json(const std::vector<doubt::Scored>& rows);
/// The same as tables of a page (Markdown): claims, quantities, what is not scored, misses among them.
[[nodiscard]] std::string tables(const std::vector<doubt::Scored>& rows);

/// What it would take for one claim, on one screen; and for several, a line each.
[[nodiscard]] std::string text(const plan::Plan& plan, const turn::Answer& answer, const Style& style);
[[nodiscard]] std::string json(const plan::Plan& plan, const turn::Answer& answer);
[[nodiscard]] std::string text(const plan::Plan& plan, const std::vector<turn::Answer>& answers, const Style& style);
[[nodiscard]] std::string json(const plan::Plan& plan, const std::vector<turn::Answer>& answers);

/// Claims before and after what is given, and through the news.
[[nodiscard]] std::string text(const plan::Plan& plan, const learn::Given& given, const Style& style);
[[nodiscard]] std::string json(const plan::Plan& plan, const learn::Given& given);
[[nodiscard]] std::string text(const plan::Plan& plan, const learn::Follow& follow, const Style& style);
[[nodiscard]] std::string json(const plan::Plan& plan, const learn::Follow& follow);

[[nodiscard]] std::string json(const Diagnostics& ds, const SourceMap& sources);
/// JSON Schema (draft 2020-12) of a situation, out of the same table that the reader uses.
[[nodiscard]] std::string schema(const situation::Registry& registry);

}  // namespace entente::report
