// A display, and the question what it tells.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "entente/situation/situation.hpp"

namespace entente::situation {

/// What a sender of unknown type can show to a receiver, who then replies; numbers by type, then signal or reply.
struct Display {
  std::string name;
  ActorId sender = none, receiver = none;
  std::vector<std::string> types, signals, replies;
  std::vector<ParamId> chance;                  ///< by type; none: the rest
  std::vector<ParamId> cost;                    ///< type * signals + signal
  std::vector<ParamId> to_sender, to_receiver;  ///< type * replies + reply
  std::vector<ParamId> after;                   ///< (type * signals + signal) * replies + reply: a cost if it comes
  Span span;
};

struct SignalQuestion {
  std::uint32_t display = none;
};

/// Those of a situation, in the order of the file.
[[nodiscard]] inline const std::vector<Display>& displays(const Situation& s) {
  return s.sections.get<std::vector<Display>>();
}

extern const Record display_record, signal_record;                          // records.cpp
[[nodiscard]] std::unique_ptr<FamilyReader> read_signal(const Builder& b);  // read.cpp

}  // namespace entente::situation

namespace entente::ask {

[[nodiscard]] std::unique_ptr<Model> compile_signal(const situation::Situation& s, const situation::Question& q,
                                                    Diagnostics& out);

}  // namespace entente::ask

namespace entente::families {

[[nodiscard]] situation::Family signal();  // family.cpp

}  // namespace entente::families
