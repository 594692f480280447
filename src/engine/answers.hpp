// Requests and answers that are long to write down, apart from the engine that keeps sessions and runs.
#pragma once
#include <optional>
#include <string>

#include "entente/engine/engine.hpp"
#include "entente/engine/turn.hpp"
#include "entente/report/page.hpp"
#include "request.hpp"

namespace entente::engine {

/// What `open` and `set` answer, without the complaints at the end.
[[nodiscard]] Json opened(const Session& s, std::uint64_t handle);
/// The options of `turn`, as its command line has them.
[[nodiscard]] Turn turn_of(Request& r, unsigned threads);
/// A run as a page: the report of `report::page`, its bytes in `buffer`. `turn`: with who could turn each claim.
[[nodiscard]] std::string page_of(const Run& run, report::Made how, bool turn, const Limits& limits, Watch& watch,
                                  std::vector<std::byte>& buffer);

}  // namespace entente::engine
