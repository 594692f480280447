// What is said of who could turn a claim: the same words on a terminal and on a page.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "entente/plan/plan.hpp"
#include "entente/turn/turn.hpp"

namespace entente::report {

class TurnSaid {
 public:
  TurnSaid(const plan::Plan& plan, const turn::Answer& a) : s_(plan.situation()), plan_(plan), a_(a) {}

  /// "enforcement at 0.4".
  [[nodiscard]] std::string lever(std::uint32_t l, double dose) const;
  /// "a, b and c", or "doing nothing".
  [[nodiscard]] std::string levers(const std::vector<turn::Step>& steps) const;
  [[nodiscard]] std::string by(std::uint32_t l) const;
  [[nodiscard]] std::string cost(double x) const;
  /// With what holds nine draws in ten.
  [[nodiscard]] std::string cost(const turn::Told& t) const;
  [[nodiscard]] static std::string share(double p);  ///< "81 % of the draws"
  [[nodiscard]] static std::string part(double p);   ///< "81 %"; what is neither none nor all never reads as one
  [[nodiscard]] const char* so() const { return a_.to ? "true" : "false"; }

  [[nodiscard]] std::string sentence() const;  ///< the answer
  [[nodiscard]] std::string sure() const;      ///< how sure it is, out of the sample and in it
  [[nodiscard]] std::string fails() const;     ///< where the package fails
  [[nodiscard]] std::string against() const;   ///< what stands whatever the other answers
  [[nodiscard]] std::string granted() const;

 private:
  const situation::Situation& s_;
  const plan::Plan& plan_;
  const turn::Answer& a_;
};

/// Of a long list the first, the last, and some evenly between; at most eight.
[[nodiscard]] std::vector<std::size_t> a_few_of(std::size_t n);

}  // namespace entente::report
