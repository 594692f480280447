// A dissent against its base, and every single difference both ways. Draws are keyed by path, so whatever two sides
// share is drawn alike and differences of shares are differences of pairs.
#include <algorithm>
#include <cmath>
#include <memory>

#include "doubt/claim_evaluator.hpp"
#include "entente/doubt/compare.hpp"

namespace entente::doubt {
namespace {

struct Side {
  std::vector<std::string> names, says;
  std::vector<bool> implied;             // by the file's mark and by the draws
  std::vector<std::vector<double>> yes;  // by claim and draw: 1 true, 0 not
  std::vector<double> undefined;
  std::vector<std::uint8_t> at_medians;

  [[nodiscard]] std::size_t find(const std::string& name) const {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  }
};

std::optional<Side> run_side(std::optional<situation::Situation> s, const Options& options, Diagnostics& out) {
  if (!s) return std::nullopt;
  auto plan =
      plan::Plan::compile(std::make_shared<const situation::Situation>(std::move(*s)), out, {.everything = false});
  if (!plan) return std::nullopt;
  plan->give_up(out);
  const auto draws = run(*plan, options);
  if (!draws) {
    out.error("E0703", {}, draws.error().message);
    return std::nullopt;
  }
  Side r;
  ClaimEvaluator probe(*plan);
  for (std::size_t c = 0; c < plan->claims().size(); ++c) {
    r.names.push_back(plan->claims()[c].name);
    r.says.push_back(plan->claims()[c].says);
    r.yes.push_back(held(*plan, *draws, c, 0));
    const auto holds = static_cast<std::uint64_t>(std::ranges::count(draws->truth[c], 1));
    const auto fails = static_cast<std::uint64_t>(std::ranges::count(draws->truth[c], 0));
    r.implied.push_back(implied(plan->claims()[c], holds, fails));
    r.undefined.push_back(static_cast<double>(draws->size() - holds - fails) / static_cast<double>(draws->size()));
    r.at_medians.push_back(probe.at(c).truth);
  }
  return r;
}

Change::Side side_of(const Side& s, std::size_t c, const plan::Sampling& sampling) {
  if (c == s.names.size()) return {};
  return {true, s.at_medians[c], mean_of(s.yes[c], sampling.designed() ? plan::replicates : 0).value, s.undefined[c],
          s.implied[c]};
}

// From a to b, claim by name.
Shift shift(const Side& a, const Side& b, const std::string& claim, const plan::Sampling& sampling) {
  const std::size_t i = a.find(claim), j = b.find(claim);
  if (i == a.names.size() || j == b.names.size()) return {};
  std::vector<double> d(a.yes[i].size());
  bool moved = false;
  for (std::size_t k = 0; k < d.size(); ++k) {
    d[k] = b.yes[j][k] - a.yes[i][k];
    moved = moved || d[k] != 0;
  }
  const Mean m = mean_of(d, sampling.designed() ? plan::replicates : 0);
  return {m.value, m.error, moved ? m.half : 0, true};
}

}  // namespace

std::optional<Diff> diff(const situation::Dissent& dissent, const Options& options, SourceMap& sources,
                         Diagnostics& out) {
  const auto& differences = dissent.differences();
  const std::size_t n = differences.size();
  Options each = options;  // progress is told by differences
  each.progress = nullptr;
  const auto with = [&](const std::vector<bool>& flags, Diagnostics& to) {
    return run_side(dissent.with(flags, sources, to), each, to);
  };
  const auto base = with(std::vector<bool>(n, false), out);
  if (!base) return std::nullopt;
  const auto full = with(std::vector<bool>(n, true), out);
  if (!full) return std::nullopt;
  Diff d{.sampling = options.sampling, .differences = differences};
  const auto add = [&](const std::string& name) {
    if (std::ranges::find(d.changes, name, &Change::claim) != d.changes.end()) return;
    const Side& from = full->find(name) < full->names.size() ? *full : *base;
    d.changes.push_back({.claim = name,
                         .says = from.says[from.find(name)],
                         .base = side_of(*base, base->find(name), options.sampling),
                         .dissent = side_of(*full, full->find(name), options.sampling),
                         .shift = shift(*base, *full, name, options.sampling)});
  };
  for (const auto& name : full->names) add(name);
  for (const auto& name : base->names) add(name);
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<bool> only(n, false), rest(n, true);
    only[i] = true;
    rest[i] = false;
    Diagnostics here, there;  // complaints of a difference that cannot stand alone are not the reader's
    const auto alone = n == 1 ? full : with(only, here);
    const auto others = n == 1 ? base : with(rest, there);
    if (options.cancel && options.cancel->load()) {
      out.error("E0704", {}, "stopped before all differences were answered");
      return std::nullopt;
    }
    for (Change& c : d.changes) {
      Change::Through t{.difference = i};
      if (alone) {
        t.alone = shift(*base, *alone, c.claim, options.sampling);
        if (const auto k = alone->find(c.claim); k < alone->names.size()) t.alone_truth = alone->at_medians[k];
      }
      if (others) {
        t.taken = shift(*others, *full, c.claim, options.sampling);
        if (const auto k = others->find(c.claim); k < others->names.size()) t.without_truth = others->at_medians[k];
      }
      c.through.push_back(t);
    }
    if (options.progress) options.progress(i + 1, n);
  }
  for (Change& c : d.changes)
    std::ranges::stable_sort(c.through, [](const auto& a, const auto& b) {
      const auto size = [](const auto& t) { return std::abs(t.alone.by) + std::abs(t.taken.by); };
      return size(a) > size(b);
    });
  return d;
}

}  // namespace entente::doubt
