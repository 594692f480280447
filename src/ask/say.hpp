// A sentence from a format and its parts. It reads like fmt::format, and is checked by it when it is compiled; what is
// marked as a name of the file stays marked in the sentence.
#pragma once
#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>
#include <type_traits>

#include "entente/ask/phrase.hpp"

namespace entente::ask {
namespace detail {

// A part that is marked is a text for the check of the format.
template <class T>
using Written = std::conditional_t<std::is_same_v<std::remove_cvref_t<T>, Phrase>, const std::string&, T>;

template <class T>
Phrase part(std::string_view field, const T& value) {
  if constexpr (std::is_same_v<T, Phrase>) return value;
  else return Phrase(fmt::format(fmt::runtime(field), value));
}

/// The text of a format with its fields, in their order, filled by `parts`. `field` of each part is read from the
/// format by fields().
Phrase joined(std::string_view format, const Phrase* parts, std::size_t count);
/// Field number `i` of a format, with its braces: "{:.1e}".
std::string_view field(std::string_view format, std::size_t i);

}  // namespace detail

/// Fields stand in the order of the arguments ("{}", "{:.1e}"); a marked one takes no specification.
template <class... T>
[[nodiscard]] Phrase say(fmt::format_string<detail::Written<const T&>...> format, const T&... parts) {
  const fmt::string_view whole = format;
  const std::string_view text(whole.data(), whole.size());
  std::size_t i = 0;
  // In the order of the arguments: a braced list is evaluated from left to right.
  const std::array<Phrase, sizeof...(T) + 1> said{detail::part(detail::field(text, i++), parts)..., Phrase()};
  return detail::joined(text, said.data(), sizeof...(T));
}

}  // namespace entente::ask
