#include <algorithm>
#include <map>
#include <optional>

#include "entente/base/pool.hpp"
#include "record/frozen.hpp"
#include "record/parts.hpp"

namespace entente::record {

namespace {

constexpr partition::Options fitting{.ridge = ridge, .exact_to = exact_to};

// Forecasts of every event for which `training` gives others to learn from; events with the same training share a fit.
struct Forecaster {
  const std::vector<Known>& asked;
  const std::vector<Known>& learned;
  unsigned threads;
  std::vector<double> start;                      // all weights, where every fit begins
  const std::vector<std::vector<double>>& today;  // by event: the least energy, which learns nothing

  template <class Training>
  Result<std::vector<Forecasts>> run(Training&& training) const {
    std::vector<partition::Event> events;
    for (const Known& k : learned) events.push_back(k.event);
    std::map<std::vector<std::uint32_t>, std::vector<std::size_t>> groups;  // training, events asked about
    for (std::size_t i = 0; i < asked.size(); ++i) {
      std::vector<std::uint32_t> from;
      for (std::uint32_t j = 0; j < learned.size(); ++j)
        if (training(asked[i].c, learned[j].c)) from.push_back(j);
      if (from.size() >= first_training) groups[std::move(from)].push_back(i);
    }
    std::vector<Forecasts> out(2 + rules().size());
    out[0].name = "soft", out[1].name = "least-energy";
    for (std::size_t r = 0; r < rules().size(); ++r) out[2 + r].name = rules()[r].name;
    for (auto& f : out) f.chance.resize(asked.size());
    std::vector<const std::pair<const std::vector<std::uint32_t>, std::vector<std::size_t>>*> tasks;
    for (const auto& group : groups) tasks.push_back(&group);
    std::vector<std::optional<Error>> failed(tasks.size());
    Pool(threads).run(tasks.size(), [&](std::size_t t, unsigned) {
      const auto& [from, ask] = *tasks[t];
      std::vector<double> counts(learned.size(), 0.0);
      std::vector<const Known*> known;
      for (const auto j : from) counts[j] = 1, known.push_back(&learned[j]);
      const auto fit = partition::fit(events, world::kinds, counts, start, fitting);
      if (!fit) {
        failed[t] = fit.error();
        return;
      }
      for (const std::size_t i : ask) {
        auto ours = soft(asked[i], *fit, asked[i].c.number);
        if (!ours) {
          failed[t] = ours.error();
          return;
        }
        out[0].chance[i] = std::move(*ours), out[1].chance[i] = today[i];
        for (std::size_t r = 0; r < rules().size(); ++r) out[2 + r].chance[i] = share(rules()[r], known, asked[i]);
      }
    });
    for (const auto& f : failed)
      if (f) return std::unexpected(*f);
    return out;
  }
};

std::vector<Known> all(const world::World& w, Events events, bool sealed, const world::Ages& ages, Record* counts) {
  std::vector<Known> out;
  for (auto& c : cases(w, events, sealed, counts)) out.push_back(known(w, std::move(c), ages));
  return out;
}

Result<partition::Fit> fit_all(const std::vector<Known>& learned) {
  std::vector<partition::Event> events;
  for (const Known& k : learned) events.push_back(k.event);
  return partition::fit(events, world::kinds, {}, {}, fitting);
}

}  // namespace

Result<Record> judge(const world::World& w, const Options& options) {
  Record r;
  r.options = options;
  const auto asked = all(w, options.events, options.sealed, options.ages, &r);
  const auto learned = all(w, Events::disputes, false, options.ages, nullptr);
  r.events = asked.size();
  for (const Known& k : asked) r.pairs += k.pairs();
  const auto whole = fit_all(learned);
  if (!whole) return std::unexpected(whole.error());
  std::vector<std::vector<double>> today(asked.size());
  std::vector<std::optional<Error>> failed(asked.size());
  Pool(options.threads).run(asked.size(), [&](std::size_t i, unsigned) {
    auto chance = least_energy(asked[i]);
    if (chance) today[i] = std::move(*chance);
    else failed[i] = chance.error();
  });
  for (const auto& f : failed)
    if (f) return std::unexpected(*f);
  const Forecaster forecaster{asked, learned, options.threads, whole->weights, today};
  const auto earlier = forecaster.run([](const Case& of, const Case& e) { return e.last < of.first; });
  if (!earlier) return std::unexpected(earlier.error());
  r.rolling = score(asked, *earlier);
  if (options.sealed) return r;
  const bool same = options.events == Events::disputes;
  const auto others =
      forecaster.run([&](const Case& of, const Case& e) { return !(same && e.number == of.number) && !near(e, of); });
  if (!others) return std::unexpected(others.error());
  r.left_out = score(asked, *others);
  return r;
}

Result<Weights> weights(const world::World& w, const world::Ages& ages, unsigned threads) {
  const auto learned = all(w, Events::disputes, false, ages, nullptr);
  const auto whole = fit_all(learned);
  if (!whole) return std::unexpected(whole.error());
  std::vector<partition::Event> events;
  for (const Known& k : learned) events.push_back(k.event);
  auto spread = partition::bootstrap(events, world::kinds, *whole, replicates, seed, threads, fitting);
  if (!spread) return std::unexpected(spread.error());
  return Weights{ages, events.size(), whole->weights, std::move(spread->covariance)};
}

}  // namespace entente::record
