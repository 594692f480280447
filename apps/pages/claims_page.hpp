// docs/guide/nine-claims.md: prose by hand, numbers by the program. A number stands between two comments, which nobody
// sees where the page is shown:
//   <!--p CLAIM-->likely (55-80 %), 0.63<!---->        how likely
//   <!--q QUANTITY-->10.9 (6.9 to 17)<!---->           the middle draw and the 90 % interval
//   <!--d CLAIM NUMBER-->31 %<!---->                   the part of the claim's variance that a number explains
//   <!--f CLAIM NUMBER-->66.1 USD/bbl<!---->           where the claim turns along it
//   <!--n-->10,000 draws, seed 1<!---->
// What the run does not know is left as a dash, and told.
#pragma once
#include <string>
#include <vector>

namespace entente::pages {

struct Filled {
  std::string text;
  std::vector<std::string> unknown;  ///< markers that the run has no number for
  std::size_t numbers = 0;           ///< markers in all
};
/// The page with every number as in `doubt`, the JSON of `entente doubt`.
[[nodiscard]] Filled fill(const std::string& page, const std::string& doubt);

/// Numbers of the page that a run contradicts: probabilities off by more than four standard errors of both runs,
/// middles and ends off by more than a fifth of the interval, shares of variance by more than 0.15, turning points by
/// more than 1 %. The two may have different numbers of draws.
[[nodiscard]] std::vector<std::string> contradicted(const std::string& page, const std::string& doubt);

}  // namespace entente::pages
