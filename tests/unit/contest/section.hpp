// A kind of question that nobody but this folder knows: a contest, in which the chance to win a prize is one's share of
// all effort (Tullock 1980). It stands for any new family: a section of the file, a question, a model, a descriptor.
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "entente/situation/situation.hpp"

namespace entente::situation {

struct Contest {
  std::string name;
  number::Unit unit;
  ParamId prize = none;
  std::vector<std::pair<ActorId, ParamId>> efforts;
};

struct ContestQuestion {
  std::uint32_t contest = none;
  ActorId of = none;
};

extern const Record contest_record, contest_question_record;                 // records.cpp
[[nodiscard]] std::unique_ptr<FamilyReader> read_contest(const Builder& b);  // read.cpp

}  // namespace entente::situation

namespace entente::ask {

[[nodiscard]] std::unique_ptr<Model> compile_contest(const situation::Situation& s, const situation::Question& q,
                                                     Diagnostics& out);

}  // namespace entente::ask

namespace entente::families {

[[nodiscard]] situation::Family contest();  // records.cpp

}  // namespace entente::families
