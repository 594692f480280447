// The claims at chosen values of some numbers, the others at their medians; and the standard normal scale of a number.
#pragma once
#include <vector>

#include "entente/doubt/doubt.hpp"

namespace entente::doubt {

struct Verdict {
  std::uint8_t truth = 2;  ///< 0 no, 1 yes, 2 undefined
  double margin = 0;       ///< NaN undefined
  double part = 0;         ///< of the defined part of the draw in which it is true; a claim that hangs on one event
};

[[nodiscard]] std::uint8_t code(number::Truth t) noexcept;
[[nodiscard]] double normal_quantile(double u);
[[nodiscard]] double normal_cdf(double z);

/// One worker's. Not shared between threads.
class ClaimEvaluator {
 public:
  explicit ClaimEvaluator(const plan::Plan& plan);
  /// Own values of all parameters, changed in place before at(): begin with reset().
  void reset();
  void set(plan::ParamId param, double value) { own_[param] = value; }
  [[nodiscard]] double median(plan::ParamId param) const { return medians_[param]; }
  /// In place of reset(): the numbers of draw k, computed ones among them. False where a formula left its domain.
  bool draw(const plan::Sampling& sampling, std::uint64_t k);
  [[nodiscard]] double own(plan::ParamId param) const { return own_[param]; }

  [[nodiscard]] Verdict at(std::size_t claim);
  void all(std::vector<Verdict>& out);
  /// Only these claims; the others' entries stay, unless a formula leaves its domain now or did (`good` false: what
  /// draw() said, or medians_good()) where they were found.
  void touched(const plan::Touched& t, bool good, std::vector<Verdict>& out);
  [[nodiscard]] bool good();  ///< whether every formula keeps within its domain at the own values as they are set
  [[nodiscard]] bool medians_good() const noexcept { return medians_good_; }
  [[nodiscard]] const plan::Plan& plan() const noexcept { return plan_; }

 private:
  [[nodiscard]] Verdict verdict(std::size_t claim) const;
  const plan::Plan& plan_;
  plan::Workspace w_;
  std::vector<double> medians_, own_, p_;
  bool medians_good_ = true;
};

/// One number on the scale on which it is standard normal: value = quantile(Phi(z)); 0 is the median. A number of few
/// values is a staircase there; of the z that give a value the one nearest to 0 counts.
class Scale {
 public:
  explicit Scale(const number::Number& n) : n_(n) {}
  [[nodiscard]] bool continuous() const noexcept { return !n_.chance && !n_.distribution.discrete(); }
  [[nodiscard]] double value(double z) const;
  [[nodiscard]] double z(double value) const;

 private:
  const number::Number& n_;
};

}  // namespace entente::doubt
