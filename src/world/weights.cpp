#include "entente/world/weights.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>

#include "entente/base/random.hpp"
#include "world/rows.hpp"

namespace entente::world {

std::optional<std::vector<Weights>> read_weights(const std::string& folder, SourceMap& sources, Diagnostics& out,
                                                 std::uint64_t& hash, const text::Files& files) {
  const auto path = (std::filesystem::path(folder) / "weights.csv").string();
  auto text = files.read(path, 1u << 20u, true);
  if (!text) {
    out.error("E0904", {}, "the world's table `weights.csv` is not there: it says what the kinds of tie weigh", "",
              "`entente history --events disputes --weights data/world/weights.csv` makes it");
    return std::nullopt;
  }
  hash = stable_hash(*text);
  const std::size_t before = out.errors();
  std::initializer_list<std::string_view> columns{"set",     "kind",      "weight",     "constant",  "pact",
                                                  "defence", "opposed",   "sided",      "last-side", "last-side-aged",
                                                  "rivalry", "democracy", "regime-gap", "border",    "distance",
                                                  "allies",  "foes",      "crossed",    "votes"};
  constexpr std::size_t first = 3;  // of the covariances
  Rows rows(sources, sources.add(path, std::move(*text)), columns, out);
  std::vector<Weights> sets;
  std::size_t k = 0;
  while (rows.next()) {
    if (k == 0) {
      Weights& w = sets.emplace_back();
      w.set = std::string(rows[0]);
      int year = 0;
      const auto [end, wrong] = std::from_chars(w.set.data(), w.set.data() + w.set.size(), year);
      if (wrong == std::errc{} && end == w.set.data() + w.set.size()) w.ages = Ages::at(year);
      else if (w.set != "eve") rows.wrong(0, "`eve` or a year");
      w.covariance.assign(kinds * kinds, 0.0);
    }
    Weights& w = sets.back();
    if (rows[0] != w.set) rows.wrong(0, "a row for every kind of tie of one set, then the next set");
    if (rows[1] != kind(k).name) rows.wrong(1, "the kinds of tie in their order");
    w.estimate[k] = rows.number(2);
    for (std::size_t j = 0; j < kinds; ++j) w.covariance[k * kinds + j] = rows.number(first + j);
    if (!(w.covariance[k * kinds + k] > 0)) rows.wrong(first + k, "a variance above 0");
    k = (k + 1) % kinds;
  }
  for (const Weights& w : sets)
    for (std::size_t i = 0; i < kinds; ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (w.covariance[i * kinds + j] != w.covariance[j * kinds + i] && out.errors() == before)
          out.error("E0902", {}, "the weights of `" + w.set + "` have no covariance: it is not symmetric");
  if (k != 0 || sets.empty())
    out.error("E0902", {}, "`weights.csv` has no whole set of weights", "",
              "`entente history --events disputes --weights FILE` writes it");
  if (out.errors() != before) return std::nullopt;
  return sets;
}

const Weights& nearest(std::span<const Weights> sets, const Ages& ages) {
  const auto apart = [&](const Weights& w) {
    const auto d = [](std::int16_t a, std::int16_t b) { return a < b ? b - a : a - b; };
    return d(w.ages.disputes, ages.disputes) + d(w.ages.pacts, ages.pacts) + d(w.ages.rivalries, ages.rivalries) +
           d(w.ages.borders, ages.borders) + d(w.ages.regime, ages.regime) + d(w.ages.votes, ages.votes);
  };
  return *std::ranges::min_element(sets, {}, apart);
}

std::optional<std::string> bundled_tables(const text::Files& files) {
  const std::string table = "/states.csv", found = files.bundled("world" + table);
  if (found.empty()) return std::nullopt;
  return found.substr(0, found.size() - table.size());
}

}  // namespace entente::world
