// history --events: every dispute or war of two centuries, forecast and scored; and the table of estimated weights.
#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "commands.hpp"
#include "entente/report/record.hpp"
#include "entente/text/file.hpp"
#include "opened.hpp"
#include "output.hpp"

namespace entente::cli {

int history_events(const RecordArgs& a, const Common& c) {
  Opened o;
  const auto w = world::World::open(a.world, o.sources, o.diagnostics);
  if (o.diagnostics.ok())
    for (const auto t : {world::Table::disputes, world::Table::pacts, world::Table::rivalries, world::Table::contiguity,
                         world::Table::capitals, world::Table::capability, world::Table::regime, world::Table::votes})
      w.need(t, o.diagnostics);
  if (o.diagnostics.ok() && a.events == "wars") w.need(world::Table::wars, o.diagnostics);
  say(o, c);
  if (!o.diagnostics.ok()) return bad_input;
  for (const auto& [to, option] : {std::pair(&a.weights, "--weights"), std::pair(&a.picture, "--calibration")}) {
    if (to->empty()) continue;
    if (const auto there = text::can_write(*to); !there) return fail(there.error(), c);
    if (const int code = no_input(*to, option, o, c); code != ok) return code;
  }
  const unsigned threads = a.threads != 0 ? a.threads : std::max(1u, std::thread::hardware_concurrency());
  if (!a.weights.empty()) {
    std::vector<std::pair<std::string, record::Weights>> sets;
    for (const int year : {0, 2025}) {
      auto weights = record::weights(w, year == 0 ? world::Ages{} : world::Ages::at(year), threads);
      if (!weights) return fail(weights.error(), c);
      sets.emplace_back(year == 0 ? "eve" : std::to_string(year), std::move(*weights));
    }
    if (const auto written = text::write_file(a.weights, report::weights(sets)); !written)
      return fail(written.error(), c);
    wrote(a.weights,
          fmt::format("weights of {} kinds of tie from {} disputes written to {}", world::kinds, sets[0].second.events,
                      a.weights),
          c);
    return ok;
  }
  const auto found = record::judge(w, {.events = a.events == "wars" ? record::Events::wars : record::Events::disputes,
                                       .sealed = a.sealed,
                                       .threads = threads});
  if (!found) return fail(found.error(), c);
  if (!a.picture.empty()) {
    if (const auto written = text::write_file(a.picture, report::calibration(*found)); !written)
      return fail(written.error(), c);
  }
  if (a.markdown) {
    for (const auto* part : {&found->rolling, &found->left_out})
      if (!part->baselines.empty()) print(report::verdict(*part) + "\n\n" + report::tables(*part) + "\n");
    return ok;
  }
  print(c.json ? report::json(*found) : report::text(*found, {color_out()}));
  return ok;
}

}  // namespace entente::cli
