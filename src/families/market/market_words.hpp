// Where a market gives no price because nothing, or next to nothing, reaches a consumer: the number in the price's
// place is then where his demand curve is cut (`choke`), and that is to be said wherever it is shown.
#pragma once
#include <string>

#include "entente/ask/phrase.hpp"
#include "entente/kernel/market.hpp"
#include "families/market/section.hpp"

namespace entente::ask {

enum class Supply : unsigned char {
  enough,   ///< the price is one at which he buys along his curve; also where he wants nothing
  little,   ///< the price is the cut: he would take more at it than reaches him
  nothing,  ///< the price is the cut, and nothing reaches him
  dear      ///< nothing reaches him: what could costs more than the cut
};
[[nodiscard]] Supply supply_of(const market::Network& n, const market::Solution& s, std::size_t consumer);

/// The price at which a consumer's curve is cut: `choke`, or where a straight line begins.
[[nodiscard]] double cut_of(const market::Consumer& c);

/// "where its demand curve is cut (`choke`, here ten times its reference price, since none is given)".
[[nodiscard]] std::string cut_words(const situation::Consumer& c);

/// "nothing reaches China: 2900 USD/kcm is where its demand curve is cut (`choke`), not a market's price"; empty where
/// enough does.
[[nodiscard]] Phrase supply_note(const situation::Market& m, const market::Network& n, const market::Solution& s,
                                 std::size_t consumer);

}  // namespace entente::ask
