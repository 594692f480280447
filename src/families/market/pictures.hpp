// The pictures of a deal: what the price could be, and what flows.
#pragma once
#include "families/market/deal_year.hpp"

namespace entente::ask {

/// Numbers are references to `quantities`, found by name.
[[nodiscard]] std::vector<Picture> picture_deal(const situation::Situation& s, const situation::Market& m,
                                                const situation::DealQuestion& q, const DealEngine& engine,
                                                const std::vector<Quantity>& quantities);

}  // namespace entente::ask
