// Complaints as text. The line is shown in a window of `width` characters around the place, so that a line of ten
// megabytes costs a screen line; bytes that are not printable UTF-8 are shown as a dot, a tab as a blank.
#include <algorithm>
#include <string>

#include "entente/base/diagnostic.hpp"
#include "entente/base/shown.hpp"

namespace entente {
namespace {

constexpr std::size_t width = 100;

struct Paint {
  bool on;
  std::string operator()(std::string_view code, std::string_view text) const {
    return on ? "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m" : std::string(text);
  }
};

bool continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0u) == 0x80u; }

// Length of the valid UTF-8 character at s[i], or 0.
std::size_t character(std::string_view s, std::size_t i) {
  const auto c = static_cast<unsigned char>(s[i]);
  const std::size_t n = c < 0x80                ? 1
                        : c >= 0xc2 && c < 0xe0 ? 2
                        : c >= 0xe0 && c < 0xf0 ? 3
                        : c >= 0xf0 && c < 0xf5 ? 4
                                                : 0;
  if (n == 0 || i + n > s.size()) return 0;
  for (std::size_t k = 1; k < n; ++k)
    if (!continuation(s[i + k])) return 0;
  return n;
}

// Characters that move the cursor or turn the direction of writing instead of showing something.
bool unseen(std::string_view s, std::size_t i, std::size_t n) {
  return n > 1 && shown(s.substr(i, n)) != s.substr(i, n);
}

struct Excerpt {
  std::string text;
  std::size_t from = 0, length = 1;  // carets, in characters of `text`
};

Excerpt excerpt(std::string_view line, std::size_t begin, std::size_t end) {
  begin = std::min(begin, line.size());
  end = std::clamp(end, begin, line.size());
  std::size_t first = begin > width / 2 ? begin - width / 2 : 0;
  while (first > 0 && first < line.size() && continuation(line[first])) --first;
  Excerpt out;
  if (first > 0) out.text = "...";
  std::size_t column = out.text.size(), shown = 0, i = first;
  out.from = column;
  std::size_t last = column;
  for (; i < line.size() && shown < width; ++shown) {
    if (i <= begin) out.from = column;
    const std::size_t n = character(line, i);
    const auto c = static_cast<unsigned char>(line[i]);
    if (c == '\t') out.text += ' ';
    else if (n == 0 || c < 0x20 || c == 0x7f || unseen(line, i, n)) out.text += '.';
    else out.text.append(line.substr(i, n));
    i += std::max<std::size_t>(n, 1);
    ++column;
    if (i <= end) last = column;
  }
  if (i <= begin) out.from = column;
  if (i < line.size()) out.text += "...";
  out.length = last > out.from ? last - out.from : 1;
  return out;
}

void place(std::string& out, const SourceMap& sources, Span span, std::string_view label, char mark, const Paint& paint,
           std::string_view tone) {
  const Source& source = sources[span.file];
  const Position p = source.position(span.begin);
  const std::string number = std::to_string(p.line);
  const std::string pad(number.size(), ' ');
  const std::string_view line = source.line(p.line);
  const std::size_t start = source.start(p.line);
  const std::size_t begin = std::max<std::size_t>(span.begin, start) - start;
  const Excerpt e = excerpt(line, begin, std::max<std::size_t>(span.end, start + begin) - start);
  out += pad + paint("34", "--> ") + shown(source.name()) + ":" + number + ":" + std::to_string(p.column) + "\n";
  out += pad + paint("34", " |") + "\n";
  out += paint("34", number + " |") + " " + e.text + "\n";
  out += pad + paint("34", " |") + " " + std::string(e.from, ' ') + paint(tone, std::string(e.length, mark));
  if (!label.empty()) out += " " + paint(tone, shown(label));
  out += "\n";
}

}  // namespace

std::string render(const Diagnostic& d, const SourceMap& sources, bool color) {
  const Paint paint{color};
  const std::string_view tone = d.severity == Severity::error     ? "1;31"
                                : d.severity == Severity::warning ? "1;33"
                                                                  : "1;36";
  const std::string_view word = d.severity == Severity::error     ? "error"
                                : d.severity == Severity::warning ? "warning"
                                                                  : "note";
  std::string out =
      paint(tone, std::string(word) + (d.code.empty() ? "" : "[" + d.code + "]")) + ": " + shown(d.message) + "\n";
  if (d.span.file < sources.size()) place(out, sources, d.span, d.label, '^', paint, tone);
  for (const Remark& r : d.remarks)
    if (r.span.file < sources.size()) place(out, sources, r.span, r.text, '-', paint, "36");
    else out += "  = note: " + shown(r.text) + "\n";
  if (!d.hint.empty()) out += "  = " + paint("1;36", "hint") + ": " + shown(d.hint) + "\n";
  return out;
}

std::string render(const Diagnostics& ds, const SourceMap& sources, bool color) {
  std::string out;
  for (const Diagnostic& d : ds.all()) out += render(d, sources, color) + "\n";
  if (ds.dropped() > 0) out += "... and " + std::to_string(ds.dropped()) + " more\n";
  const auto count = [](std::size_t n, const char* word) {
    return std::to_string(n) + " " + word + (n == 1 ? "" : "s");
  };
  if (ds.errors() > 0) out += count(ds.errors(), "error");
  if (ds.errors() > 0 && ds.warnings() > 0) out += ", ";
  if (ds.warnings() > 0) out += count(ds.warnings(), "warning");
  if (ds.errors() + ds.warnings() > 0) out += "\n";
  return out;
}

}  // namespace entente
