// Comma-separated tables on any bytes: every row has the header's width, every cell a place inside the text.
#include "entente/text/table.hpp"

#include "checks.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  SourceMap sources;
  const auto file = sources.add("f.csv", fuzz::text(data, size));
  Diagnostics out;
  const auto t = text::read_table(sources, file, out);
  fuzz::check(t.columns.size() == t.places.size());
  for (const auto& row : t.rows) {
    fuzz::check(row.size() == t.columns.size());
    for (const auto& c : row) fuzz::check(c.span.begin <= c.span.end && c.span.end <= size);
  }
  fuzz::complaints(out, sources, size);
  return 0;
}
