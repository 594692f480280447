// The deal told to people: the account that `ask` and `explain` print.
#pragma once
#include "entente/ask/question.hpp"
#include "families/market/deal_year.hpp"

namespace entente::ask {

struct DealStory {
  const situation::Situation& s;
  const situation::Market& m;
  const situation::DealQuestion& q;
  const std::string& name;
  const DealEngine& engine;
  const DealEngine::Scratch& scratch;
  Solution solution;
};

[[nodiscard]] Account tell_deal(const DealStory& story, std::span<const double> p);

}  // namespace entente::ask
