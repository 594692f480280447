// diff and history: two situations against each other, and answers against what happened.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>

#include "commands.hpp"
#include "entente/doubt/doubt.hpp"
#include "entente/report/report.hpp"
#include "opened.hpp"

namespace entente::cli {
namespace {

struct Shares {
  std::vector<std::string> names, truths;
  std::vector<double> share, error;
};

std::optional<Shares> shares(std::optional<situation::Situation> s, Diagnostics& out, const DoubtArgs& a) {
  if (!s) return std::nullopt;
  const auto plan =
      plan::Plan::compile(std::make_shared<const situation::Situation>(std::move(*s)), out, {.everything = false});
  if (!plan) return std::nullopt;
  const auto draws = doubt::run(*plan, {.sampling = {a.seed, a.draws, !a.random}, .threads = a.threads});
  if (!draws) return std::nullopt;
  Shares r;
  std::vector<double> medians(plan->parameters());
  plan::Workspace w(*plan);
  plan->evaluate(medians, plan->medians(medians), w);
  for (std::size_t c = 0; c < plan->claims().size(); ++c) {
    double yes = 0, margin = 0;
    for (const auto t : draws->truth[c]) yes += t == 1;
    const auto n = static_cast<double>(draws->size());
    r.names.push_back(plan->claims()[c].name);
    r.share.push_back(yes / n);
    r.error.push_back(std::sqrt(std::max(yes / n * (1 - yes / n), 0.25 / n) / n));
    const auto t = plan->claim(c, w, margin);
    r.truths.emplace_back(t == number::Truth::yes ? "true" : t == number::Truth::no ? "false" : "undefined");
  }
  return r;
}

double at(const Shares& s, const std::string& name, std::string* truth = nullptr) {
  const auto it = std::ranges::find(s.names, name);
  if (it == s.names.end()) return std::nan("");
  const auto i = static_cast<std::size_t>(it - s.names.begin());
  if (truth) *truth = s.truths[i];
  return s.share[i];
}

}  // namespace

int diff(const std::string& path, const DoubtArgs& a, const Common& c) {
  Opened o;
  const auto dissent = situation::Dissent::open(path, o.sources, o.diagnostics);
  if (!dissent) {
    say(o, c);
    return wrong;
  }
  const auto& differences = dissent->differences();
  const std::size_t n = differences.size();
  const auto with = [&](const std::vector<bool>& flags, Diagnostics& out) {
    return shares(dissent->with(flags, o.sources, out), out, a);
  };
  const auto base = with(std::vector<bool>(n, false), o.diagnostics);
  const auto full = base ? with(std::vector<bool>(n, true), o.diagnostics) : std::nullopt;
  if (!base || !full) {
    say(o, c);
    return wrong;
  }
  report::Diff d{.base = "the base", .dissent = path, .draws = a.draws, .seed = a.seed, .differences = differences};
  for (const auto& name : full->names) {
    report::Change change{.claim = name};
    change.base_share = at(*base, name, &change.base_truth);
    change.dissent_share = at(*full, name, &change.dissent_truth);
    change.error = full->error[static_cast<std::size_t>(std::ranges::find(full->names, name) - full->names.begin())];
    d.changes.push_back(std::move(change));
  }
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<bool> alone(n, false), rest(n, true);
    alone[i] = true;
    rest[i] = false;
    Diagnostics quiet;  // a difference may not stand alone (a driver and the place that names it): then it is left out
    const auto one = with(alone, quiet);
    const auto others = with(rest, quiet);
    for (auto& change : d.changes) {
      report::Change::Through t{.path = differences[i].path,
                                .before = differences[i].before,
                                .after = differences[i].after,
                                .alone = std::nan(""),
                                .without = std::nan("")};
      if (one) t.alone = at(*one, change.claim, &t.alone_truth);
      if (others) t.without = at(*others, change.claim, &t.without_truth);
      change.through.push_back(std::move(t));
    }
  }
  for (auto& change : d.changes)
    std::ranges::stable_sort(change.through, [&](const auto& x, const auto& y) {
      const auto size = [&](const auto& t) {
        return (std::isnan(t.alone) ? 0 : std::abs(t.alone - change.base_share)) +
               (std::isnan(t.without) ? 0 : std::abs(change.dissent_share - t.without));
      };
      return size(x) > size(y);
    });
  print(c.json ? report::json(d) : report::text(d, {color_out()}));
  return fine;
}

int history(const std::vector<std::string>& given, const DoubtArgs& a, const Common& c) {
  std::vector<std::string> paths = given;
  if (paths.empty()) {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("situations/history", error))
      if (std::filesystem::exists(entry.path() / "situation.yaml", error)) paths.push_back(entry.path().string());
    std::ranges::sort(paths);
    if (paths.empty()) return complain(usage, "E0713", "there is no situations/history here", "name the situations", c);
  }
  std::vector<report::Scored> rows;
  for (const auto& path : paths) {
    Opened o;
    const plan::Scope scope;
    if (!open(path, c, &scope, o)) return wrong;
    if (o.situation->outcomes.empty()) continue;
    const auto draws = doubt::run(*o.plan, {.sampling = {a.seed, a.draws, !a.random}, .threads = a.threads});
    if (!draws) return fail(draws.error(), c);
    const auto judged = doubt::judge(*o.plan, *draws, a.threads);
    for (const auto& x : o.situation->outcomes) {
      report::Scored r{.situation = o.situation->title,
                       .name = x.name,
                       .quantity = x.quantity,
                       .outcome = x.value,
                       .date = x.date,
                       .note = x.note};
      const auto claim = std::ranges::find(judged.findings, x.name, &doubt::Finding::name);
      const std::string quantity = x.quantity.empty() ? x.name : x.quantity;
      if (claim != judged.findings.end() && (x.value == "true" || x.value == "false")) {
        r.known = r.is_claim = true;
        r.probability = claim->bracket ? 0.5 * (claim->low + claim->high) : claim->share;
        const double happened = x.value == "true" ? 1 : 0;
        const auto n = static_cast<double>(judged.draws);
        const double p = std::clamp(r.probability, 1 / (n + 2), 1 - 1 / (n + 2));
        r.brier = (r.probability - happened) * (r.probability - happened);
        r.log_score = -std::log(happened == 1 ? p : 1 - p);
      } else if (const auto* named = o.plan->find(quantity)) {
        const auto number = number::parse_number(
            x.value, x.place, {.unit = named->unit, .domain = number::Domain::real()}, o.diagnostics);
        if (!number || number->form != number::Form::distribution) {
          say(o, c);
          return wrong;
        }
        const auto spread = std::ranges::find(judged.spreads, quantity, &doubt::Spread::name);
        r.known = true;
        r.quantity = quantity;
        r.unit = named->unit.text;
        r.low = number->distribution.quantile(0.05);
        r.high = number->distribution.quantile(0.95);
        r.q5 = spread->q5;
        r.q50 = spread->q50;
        r.q95 = spread->q95;
        r.error = std::max({0.0, r.low - r.q50, r.q50 - r.high});
        r.undefined = static_cast<double>(spread->undefined) / static_cast<double>(judged.draws);
      } else if (claim == judged.findings.end()) {
        o.diagnostics.error("E0420", x.span, "the outcome `" + x.name + "` is of no claim and no quantity",
                            "nothing of that name", "give it `quantity: NAME`, from `entente quantities`");
        say(o, c);
        return wrong;
      }
      rows.push_back(std::move(r));
    }
  }
  print(c.json ? report::json(rows) : report::text(rows, {color_out()}));
  return fine;
}

}  // namespace entente::cli
