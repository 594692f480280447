#include "stands_page.hpp"

#include <algorithm>
#include <cstdio>
#include <thread>

#include "entente/report/record.hpp"
#include "entente/text/file.hpp"

namespace entente::pages {

namespace {

std::string block(const record::Part& p) {
  return report::verdict(p) + " " + std::to_string(p.score.events) + " events, " + std::to_string(p.from) + " to " +
         std::to_string(p.to) + ".\n\n" + report::tables(p);
}

}  // namespace

std::string fill_blocks(std::string page, const std::vector<std::pair<std::string, std::string>>& blocks) {
  for (const auto& [name, text] : blocks) {
    const std::string begin = "<!-- " + name + " -->\n";
    const std::size_t from = page.find(begin);
    if (from == std::string::npos) continue;
    const std::size_t at = from + begin.size(), to = page.find("<!-- /" + name + " -->", at);
    if (to != std::string::npos) page.replace(at, to - at, text);
  }
  return page;
}

std::optional<std::vector<std::pair<std::string, std::string>>> stands(const std::string& guide) {
  const std::string name = "who-stands-with-whom.md";
  SourceMap sources;
  Diagnostics out;
  const auto w = world::World::open(guide + "/../../data/world", sources, out);
  for (const auto t : {world::Table::disputes, world::Table::wars, world::Table::pacts}) w.need(t, out);
  auto page = text::read_file(guide + "/" + name, std::size_t{1} << 22);
  if (!out.ok() || !page) {
    std::fputs((out.ok() ? page.error().message + "\n" : render(out, sources)).c_str(), stderr);
    return std::nullopt;
  }
  const unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  const auto disputes = record::judge(w, {.threads = threads});
  const auto wars = record::judge(w, {.events = record::Events::wars, .threads = threads});
  const auto sealed = record::judge(w, {.sealed = true, .threads = threads});
  const auto eve = record::weights(w, {}, threads), aged = record::weights(w, world::Ages::at(2025), threads);
  if (!disputes || !wars || !sealed || !eve || !aged) {
    std::fputs("the record could not be computed\n", stderr);
    return std::nullopt;
  }
  return std::vector<std::pair<std::string, std::string>>{
      {name, fill_blocks(std::move(*page), {{"verdict", report::verdict(disputes->rolling) + "\n"},
                                            {"disputes", block(disputes->rolling)},
                                            {"disputes-left-out", block(disputes->left_out)},
                                            {"wars", block(wars->rolling)},
                                            {"sealed", block(sealed->rolling)}})},
      {"../images/calibration-disputes.svg", report::calibration(*disputes)},
      {"../../data/world/record.csv", report::record_table(disputes->rolling, "two camps in a dispute")},
      {"../../data/world/weights.csv", report::weights({{"eve", *eve}, {"2025", *aged}})}};
}

}  // namespace entente::pages
