// What the program says about a text that it cannot take as it stands: in the manner of rustc, with a code, a place, a
// label under the place, and a hint. Readers collect several and go on; nobody prints while reading.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "entente/base/result.hpp"
#include "entente/base/span.hpp"

namespace entente {

enum class Severity { error, warning, note };

/// A second place that belongs to the same complaint, such as "first declared here".
struct Remark {
  Span span;
  std::string text;
};

/// Text that would stand in the place of a span.
struct Edit {
  Span span;
  std::string text;
};

/// One complaint. `code` is stable ("E0103"), documented in docs/guide/errors.md; first digit pair names the layer:
/// E01 text, E02 number, E03 situation, E04 plan and claims, E05 tables, E06 kernels and solve; W likewise.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;
  std::string message;  ///< one sentence, no full stop, naming what is wrong
  Span span;            ///< where; may be unknown (a file that cannot be opened)
  std::string label;    ///< short text beside the carets: what was expected
  std::string hint;     ///< what to do, or the nearest right name
  std::vector<Remark> remarks;
  std::vector<Edit> edits = {};  ///< what mends it, where that is certain: `check --fix` makes them
};

/// Collects complaints in the order found; keeps at most `limit` and counts the rest, so that hostile input cannot fill
/// the memory with them.
class Diagnostics {
 public:
  explicit Diagnostics(std::size_t limit = 200) : limit_(limit) {}
  Diagnostic& add(Diagnostic d);
  Diagnostic& error(std::string code, Span span, std::string message, std::string label = {}, std::string hint = {});
  Diagnostic& warning(std::string code, Span span, std::string message, std::string label = {}, std::string hint = {});
  [[nodiscard]] const std::vector<Diagnostic>& all() const noexcept { return all_; }
  [[nodiscard]] std::size_t errors() const noexcept { return errors_; }
  [[nodiscard]] std::size_t warnings() const noexcept { return warnings_; }
  [[nodiscard]] std::size_t dropped() const noexcept { return dropped_; }
  [[nodiscard]] bool ok() const noexcept { return errors_ == 0; }
  /// Stable order by file and offset, for printing.
  void sort();

 private:
  std::size_t limit_;
  std::size_t errors_ = 0, warnings_ = 0, dropped_ = 0;
  std::vector<Diagnostic> all_;
  Diagnostic scrap_;
};

/// The code of what a layer below reports as an Error: E0701 to E0705.
[[nodiscard]] const char* code_of(ErrorKind kind) noexcept;

/// Text in the manner of rustc: "error[E0103]: ...", " --> file:line:column", the line, carets, label, hint, remarks.
/// Long lines are cut to a window around the carets; a tab is shown as a blank, what cannot be shown as a dot; `color`
/// adds ANSI codes.
[[nodiscard]] std::string render(const Diagnostic& d, const SourceMap& sources, bool color = false);
/// All of them and a closing count ("2 errors, 1 warning").
[[nodiscard]] std::string render(const Diagnostics& ds, const SourceMap& sources, bool color = false);

}  // namespace entente
