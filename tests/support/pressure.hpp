// Small worlds for the question pressure: two equal halves, and a League, a Bear and a Dragon; answered at the medians.
#pragma once
#include <string>
#include <utility>

#include "support/read.hpp"

namespace entente::tests::pressure {

inline const std::string folder = std::string(ENTENTE_ROOT) + "/tests/data/pressure/";

/// A world written in the test, or of the folder; its tables are the folder's.
struct Read : tests::Read {
  explicit Read(std::string text) : tests::Read(std::move(text), folder + "test.yaml") {}
  static tests::Read file(const std::string& name) { return tests::Read::file(folder + name); }
};

// Two equal halves; `measures`, what is asked, and claims.
inline std::string halves(const std::string& measures, const std::string& question = "{pressure: m, on: EAS}",
                          const std::string& economy = "{base: pair}", const std::string& more = "") {
  return "source: s\nsources: {s: {title: test, grade: C3}}\nactors: {WES: West, EAS: East}\neconomy: " + economy +
         "\nmeasures:\n" + measures + "questions: {q: " + question + "}\n" + more;
}

// The League (two regions), the Bear, the Dragon.
inline std::string powers(const std::string& measures, const std::string& question, const std::string& more = "",
                          const std::string& economy = "{base: three, regions: {LEA: [NOR, SUD]}}") {
  return "source: s\nsources: {s: {title: test, grade: C3}}\nactors: {LEA: League, BEA: Bear, DRA: Dragon}\neconomy: " +
         economy + "\nmeasures:\n" + measures + "questions: {q: " + question + "}\n" + more;
}

inline const std::string bans = "  bans: {by: LEA, on: BEA, trade-factor: 20 %}\n",
                         duties = "  duties: {by: LEA, on: DRA, tariff-to: 80 %}\n",
                         answer = "  answer: {by: DRA, on: LEA, tariff-add: 30 %, goods: machines}\n";

}  // namespace entente::tests::pressure
