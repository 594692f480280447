// Ask: every number at its median, every question told, every claim true, false or undefined.
#pragma once
#include <string>
#include <vector>

#include "entente/plan/plan.hpp"

namespace entente::plan {

struct Answer {
  struct Cell {
    std::string name, unit, says;
    double value = 0;  ///< NaN: undefined, see reason
    ask::Reason reason = ask::Reason::none;
    bool headline = false;
  };
  struct InWorld {
    std::string world;  ///< "" the base, "with reopen-europe"
    std::string headline;
    bool same = false;        ///< every cell is that of the base: this world does not reach this question
    std::vector<Cell> cells;  ///< all of them in the base, group 0 elsewhere
  };
  struct Question {
    std::string name, kind;
    ask::Account account;  ///< of the base world
    std::vector<InWorld> worlds;
  };
  struct Claim {
    std::string name, says, because, holds, implied, caveat, margin_unit;
    number::Truth truth = number::Truth::undefined;
    double margin = 0;
    bool in_percent = false;  ///< the claim is written in percent, its margin a share: Program::margin_in_percent
    bool yes_no = false;      ///< all that it compares is 1 or 0
    ask::Reason reason = ask::Reason::none;
  };
  /// A question of the base world, or a claim, without an answer because a kernel missed its tolerance or its limit.
  [[nodiscard]] bool answered() const;
  [[nodiscard]] static bool answered(const Question& q);
  bool inside = true;  ///< false: a formula leaves its domain at the medians
  std::vector<Question> questions;
  std::vector<Claim> claims;
};

[[nodiscard]] Answer answer(const Plan& plan);

}  // namespace entente::plan
