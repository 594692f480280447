// Whose number is it? A source called `judgement` is the author's own word, one called `assistant` that of a program
// that read a text and proposed a number, and nobody has looked at it yet. Both are told apart by the name of the
// source alone, in one place.
//
// Choice. What an assistant proposed has grade E5 (NATO: an unreliable source, improbable) whatever it says of itself,
// so that it never looks better than what a person vouches for; a person who takes a number over names another source.
// Cost. Whoever wants a source of another meaning may not call it so.
#pragma once
#include <string_view>

#include "entente/situation/situation.hpp"

namespace entente::situation {

inline constexpr std::string_view assistant_grade = "E5";

/// `assistant`, or a name that begins with `assistant-`.
[[nodiscard]] bool is_assistant(std::string_view source) noexcept;
/// A name that begins with `judgement` (or `judgment`).
[[nodiscard]] bool is_judgement(std::string_view source) noexcept;
/// Whether the number's source, or that of one opinion of a pool, is an assistant's.
[[nodiscard]] bool proposed(const Situation& s, const Parameter& p) noexcept;
/// Complaint W0349 where a grade other than E5 is written for an assistant's source or number; it is not taken.
void keep_to_grade(std::string_view grade, Span at, Diagnostics& out);
/// Numbers of a situation that are written out and that an assistant proposed.
[[nodiscard]] std::size_t count_proposed(const Situation& s) noexcept;

}  // namespace entente::situation
