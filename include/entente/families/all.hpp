// Every family of questions that this program knows: what `situation::load` is given.
#pragma once
#include "entente/situation/registry.hpp"

namespace entente::families {

[[nodiscard]] situation::Registry all();

}  // namespace entente::families
