// The tables of an economy and of a shock on any bytes: countries, sectors, production, inputs, flows and shock, one
// after another, divided by lines of "---". What is read is a world that the kernel takes, with shares that add up; a
// small one is solved, and an answer holds numbers.
#include "entente/families/trade/economy.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "checks.hpp"

namespace {

using namespace entente;

std::map<std::string, std::string> tables(const std::string& text) {
  std::map<std::string, std::string> out;
  std::size_t at = 0;
  for (const char* name : {"countries.csv", "sectors.csv", "production.csv", "inputs.csv", "flows.csv", "shock.csv"}) {
    if (at > text.size()) break;
    const std::size_t end = std::min(text.find("---\n", at), text.size());
    out[name] = text.substr(at, end - at);
    at = end + 4;
  }
  return out;
}

// Every complaint points inside its own table, and all can be written out.
void complaints(const Diagnostics& out, const SourceMap& sources) {
  for (const auto& d : out.all()) {
    fuzz::check(!d.code.empty() && !d.message.empty());
    fuzz::check(d.span.known() || d.code == "E0680");  // but for a table that is not there
    if (d.span.known())
      fuzz::check(d.span.begin <= d.span.end &&
                  d.span.end <= std::max<std::size_t>(sources[d.span.file].text().size(), 1));
  }
  fuzz::check(!render(out, sources).empty() || out.all().empty());
}

void solve(const situation::Economy& e, const trade::Shock& shock) {
  const trade::World& w = e.world;
  if (w.cells() > 2000 || w.places() * w.sectors > 2000) return;
  trade::Workspace memory;
  trade::Solution s;
  const auto done = trade::solve(w, shock, {.limit = 60, .flows = true}, memory, s);
  fuzz::check(done.has_value() || (done.error().kind == ErrorKind::not_solved && !done.error().message.empty()));
  if (!done) return;
  (void)trade::check(w, shock, trade::Deficits::fixed, s);
  if (s.status != trade::Status::solved) return;
  for (const double x : s.real_income) fuzz::check(!std::isnan(x));
  trade::Gradient g;
  const std::vector<double> weight(w.countries, 1.0);
  (void)trade::gradient(w, shock, {.limit = 60}, s, weight, memory, g);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto all = tables(fuzz::text(data, size));
  for (const char* name : {"countries.csv", "sectors.csv"})  // names make cells: memory grows with their third power
    if (const auto it = all.find(name); it != all.end() && std::ranges::count(it->second, '\n') > 40) return 0;
  SourceMap sources;
  Diagnostics out;
  const auto e = situation::read_economy(all, sources, out);
  fuzz::check(e.has_value() == out.ok());
  complaints(out, sources);
  if (!e) return 0;
  fuzz::check(trade::validate(e->world).has_value());
  fuzz::check(e->corrected <= 2e-5);
  const auto it = all.find("shock.csv");
  if (it == all.end()) return 0;
  Diagnostics said;
  const auto shock = situation::read_shock(it->first, it->second, *e, sources, said);
  fuzz::check(shock.has_value() == said.ok());
  complaints(said, sources);
  if (!shock) return 0;
  fuzz::check(trade::validate(e->world, *shock).has_value());
  solve(*e, *shock);
  return 0;
}
