#include "entente/base/diagnostic.hpp"

#include <algorithm>

namespace entente {

Diagnostic& Diagnostics::add(Diagnostic d) {
  if (d.severity == Severity::error) ++errors_;
  if (d.severity == Severity::warning) ++warnings_;
  if (all_.size() < limit_) return all_.emplace_back(std::move(d));
  ++dropped_;
  scrap_ = std::move(d);
  return scrap_;
}

Diagnostic& Diagnostics::error(std::string code, Span span, std::string message, std::string label, std::string hint) {
  return add({Severity::error, std::move(code), std::move(message), span, std::move(label), std::move(hint), {}});
}

Diagnostic& Diagnostics::warning(std::string code, Span span, std::string message, std::string label,
                                 std::string hint) {
  return add({Severity::warning, std::move(code), std::move(message), span, std::move(label), std::move(hint), {}});
}

void Diagnostics::sort() {
  std::stable_sort(all_.begin(), all_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::pair(a.span.file, a.span.begin) < std::pair(b.span.file, b.span.begin);
  });
}

const char* code_of(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::invalid:
      return "E0701";
    case ErrorKind::too_large:
      return "E0702";
    case ErrorKind::not_solved:
      return "E0703";
    case ErrorKind::cancelled:
      return "E0704";
    case ErrorKind::unreadable:
      return "E0705";
  }
  return "E0703";
}

}  // namespace entente
