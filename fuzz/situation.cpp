// A whole situation on any bytes: read, compiled, answered with every number at its median. What is read without an
// error must compile or be complained about; nothing may crash or run away.
#include "entente/situation/situation.hpp"

#include "checks.hpp"
#include "entente/plan/answer.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  SourceMap sources;
  Diagnostics out;
  auto s = situation::load_bare("f.yaml", fuzz::text(data, size), sources, out);
  fuzz::check(s.has_value() == out.ok());
  if (s) {
    const auto plan = plan::Plan::compile(std::make_shared<const situation::Situation>(std::move(*s)), out);
    fuzz::check(plan.has_value() == out.ok());
    if (plan) (void)plan::answer(*plan);
  }
  fuzz::check(!render(out, sources).empty() || out.all().empty());
  return 0;
}
