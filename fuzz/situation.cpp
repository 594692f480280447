// A whole situation on any bytes, in memory: read, and followed as far as it goes. What is read without an error must
// compile or be complained about; nothing may crash or run away. Tables and dissents are the business of `folder`.
#include "entente/situation/situation.hpp"

#include "entente/families/all.hpp"
#include "whole.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  SourceMap sources;
  Diagnostics out;
  auto s = situation::load_bare("/nowhere/f.yaml", fuzz::text(data, size), families::all(), sources, out);
  fuzz::check(s.has_value() == out.ok());
  if (s) fuzz::follow(std::move(*s), sources, out);
  fuzz::told(out, sources);
  return 0;
}
