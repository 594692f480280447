// The few rules of a format that a sentence needs: fields one after the other, doubled braces for braces. That the
// fields fit the arguments has been checked when the sentence was compiled.
#include "ask/say.hpp"

#include <algorithm>

namespace entente::ask::detail {
namespace {

// From `at` to the next field, doubled braces made single into `out` where there is one; npos without a further field.
std::size_t next(std::string_view format, std::size_t at, std::string* out) {
  for (; at < format.size(); ++at) {
    const bool brace = format[at] == '{' || format[at] == '}';
    if (brace && at + 1 < format.size() && format[at + 1] == format[at]) ++at;
    else if (format[at] == '{') return at;
    if (out) *out += format[at];
  }
  return std::string_view::npos;
}

std::size_t behind(std::string_view format, std::size_t field) {
  return std::min(format.find('}', field), format.size() - 1) + 1;
}

}  // namespace

std::string_view field(std::string_view format, std::size_t i) {
  std::size_t at = next(format, 0, nullptr);
  for (; i > 0 && at != std::string_view::npos; --i) at = next(format, behind(format, at), nullptr);
  return at == std::string_view::npos ? std::string_view() : format.substr(at, behind(format, at) - at);
}

Phrase joined(std::string_view format, const Phrase* parts, std::size_t count) {
  Phrase out;
  std::size_t at = 0;
  for (std::size_t i = 0;; ++i) {
    std::string between;
    const std::size_t field = next(format, at, &between);
    out += between;
    if (field == std::string_view::npos || i >= count) return out;
    out += parts[i];
    at = behind(format, field);
  }
}

}  // namespace entente::ask::detail
