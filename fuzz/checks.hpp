// What the fuzz targets share. A failed check stops the program, as a sanitizer would.
#pragma once
#include <cstdint>
#include <cstdlib>
#include <string>

#include "entente/base/diagnostic.hpp"

namespace entente::fuzz {

inline void check(bool good) {
  if (!good) std::abort();
}

inline std::string text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Every complaint points inside its text, and all can be written out.
inline void complaints(const Diagnostics& out, const SourceMap& sources, std::size_t size) {
  for (const auto& d : out.all()) {
    check(!d.code.empty() && !d.message.empty());
    check(!d.span.known() || (d.span.begin <= d.span.end && d.span.end <= size));
    for (const auto& r : d.remarks) check(!r.span.known() || (r.span.begin <= r.span.end && r.span.end <= size));
  }
  check(!render(out, sources).empty() || out.all().empty());
}

}  // namespace entente::fuzz
