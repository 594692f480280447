// The families of this program, and the only place that lists them. Their order is that of the schema, of the page of
// fields, and of the parameters of their sections: a new one goes to the end.
#include "entente/families/all.hpp"

#include "families/alignment/section.hpp"
#include "families/choice/section.hpp"
#include "families/exchange/section.hpp"
#include "families/force/section.hpp"
#include "families/market/section.hpp"
#include "families/signal/section.hpp"
#include "families/supply/section.hpp"
#include "families/trade/section.hpp"

namespace entente::families {

situation::Registry all() {
  return situation::Registry({market(), exchange(), force(), signal(), choice(), supply(), alignment(), trade()});
}

}  // namespace entente::families
