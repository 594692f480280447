// Ties, what actors weigh, and the questions on them: align, wedge, bind, balance.
#pragma once
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "entente/ask/question.hpp"
#include "entente/situation/situation.hpp"
#include "entente/world/eve.hpp"

namespace entente::situation {

/// A tie between two actors, the same both ways: sum of weight times value over its terms, plus judgement.
struct Tie {
  ActorId a = none, b = none;
  ParamId judgement = none;                        ///< none: nothing beside the evidence
  bool chance = false;                             ///< the judgement is how likely the two alone would stand together
  std::vector<std::pair<ParamId, ParamId>> terms;  ///< weight, value
  ParamId presence = none;
  Span span;
};

/// What actors weigh by one measure.
struct Measure {
  std::string name;
  std::vector<ParamId> size;  ///< by actor; none: not said
  Span span;
  bool unread = false;  ///< its table could not be read, which was told
};

/// What the tables of the world say of every two of a question on its eve (world/eve.hpp), with what each kind weighs.
struct Estimated {
  struct Kind {
    std::size_t kind = 0;   ///< of world::kind()
    ParamId weight = none;  ///< a log odds
    std::size_t known = 0;  ///< of how many pairs the tables know it
  };
  int year = 0;     ///< of the eve: facts are dated before it
  std::string set;  ///< of the weights: for tables that end so long before
  std::vector<Kind> kinds;
  std::vector<double> value;                  ///< by pair (i, j), i < j row by row, then kind; 0 where not known
  bool whole = false;                         ///< all kinds, all estimated: as it is scored in the record
  std::shared_ptr<const ask::Record> record;  ///< none: the tables have none
};

/// Who is in a question of alignment, at how many sides, weighed how.
struct Camp {
  std::vector<ActorId> actors;
  std::vector<ParamId> evidence;           ///< weights of the file's kinds of evidence that count
  bool judged = true;                      ///< judgement on ties counts
  std::shared_ptr<const Estimated> world;  ///< none: nothing of the tables of the world
  std::uint32_t blocs = 2;                 ///< at most so many; 0: free
  std::uint32_t measure = none;            ///< none: all weigh the same
  // align only
  bool camps = false;                 ///< two camps, neither empty
  ActorId core = none, other = none;  ///< these two stand apart
  ParamId temperature = none;         ///< none: least energy; else chances, ties in log odds
  ParamId size_exponent = none;       ///< with a temperature; none: sizes do not count
  ParamId toss = none;                ///< with a temperature: on what each draw's configuration falls, from 0 to 1
};

struct AlignQuestion {
  Camp camp;
};

/// wedge and bind.
struct PartingQuestion {
  Camp camp;
  bool bind = false;
  ActorId a = none, b = none, by = none;
  ParamId margin = none, budget = none;
  number::Unit unit;  ///< of costs and budget
  struct Move {
    std::uint32_t tie = none;
    ParamId up = none, down = none;  ///< the values it can be given at most and at least; none: its own
    ParamId cost = none;             ///< of moving it by 0.1
    ParamId fixed = none;
  };
  std::vector<Move> moves;
};

struct BalanceQuestion {
  Camp camp;
  std::uint32_t tie = none;  ///< whose effect is asked
  ParamId at = none, self = none;
};

/// Those of a situation, in the order of the file.
[[nodiscard]] inline const std::vector<Tie>& ties(const Situation& s) { return s.sections.get<std::vector<Tie>>(); }
/// Whether anything is said of a tie in a question.
[[nodiscard]] inline bool speaks(const Tie& t, const Camp& c) {
  if (c.world || (c.judged && t.judgement != none)) return true;
  return std::ranges::any_of(t.terms,
                             [&](const auto& x) { return std::ranges::find(c.evidence, x.first) != c.evidence.end(); });
}
[[nodiscard]] inline const std::vector<Measure>& measures(const Situation& s) {
  return s.sections.get<std::vector<Measure>>();
}

extern const Record evidence_record, world_record, measure_record, align_record, wedge_record, bind_record,
    balance_record;                                                            // records.cpp
[[nodiscard]] std::unique_ptr<FamilyReader> read_alignment(const Builder& b);  // read.cpp

}  // namespace entente::situation

namespace entente::ask {

[[nodiscard]] std::unique_ptr<Model> compile_align(const situation::Situation& s, const situation::Question& q,
                                                   Diagnostics& out);
[[nodiscard]] std::unique_ptr<Model> compile_parting(const situation::Situation& s, const situation::Question& q,
                                                     Diagnostics& out);
[[nodiscard]] std::unique_ptr<Model> compile_balance(const situation::Situation& s, const situation::Question& q,
                                                     Diagnostics& out);

}  // namespace entente::ask

namespace entente::families {

[[nodiscard]] situation::Family alignment();  // family.cpp

}  // namespace entente::families
