#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "entente/report/record.hpp"
#include "report/layout.hpp"

namespace entente::report {

namespace {

using record::Interval;

std::string both(double value, Interval i) { return fmt::format("{:+.3f} ({:+.3f} to {:+.3f})", value, i.low, i.high); }

std::string sure(const record::Score& s) {
  if (s.sure_share == 0) return "none";
  return fmt::format("{:.0f} %, right {:.1f} % ({:.1f} to {:.1f})", 100 * s.sure_share, 100 * s.sure_right,
                     100 * s.sure_interval.low, 100 * s.sure_interval.high);
}

using Rows = std::vector<std::vector<std::string>>;

Rows scores(const record::Part& p) {
  Rows rows{{"forecast", "Brier", "log", "right", "3", "4", "5+", "soft less it (95 %)"}};
  const auto row = [&](const std::string& name, const record::Score& s, const auto& by_size, std::string less) {
    std::vector<std::string> cells{name, fmt::format("{:.3f}", s.brier), fmt::format("{:.3f}", s.log),
                                   fmt::format("{:.0f} %", 100 * s.accuracy)};
    for (const auto& b : by_size) cells.push_back(b.events > 0 ? fmt::format("{:.3f}", b.brier) : "");
    cells.push_back(std::move(less));
    rows.push_back(std::move(cells));
  };
  row("soft", p.score, p.by_size, "");
  for (const auto& c : p.baselines) row(c.name, c.score, c.by_size, both(c.difference, c.difference_interval));
  return rows;
}

Rows by_participants(const record::Part& p) {
  Rows rows{{"participants", "events", "pairs", "told at 95 % or more", "soft less last-side-by-n (95 %)"}};
  const auto last = std::ranges::find(p.baselines, "last-side-by-n", &record::Compared::name);
  const auto row = [&](const std::string& name, const record::Score& s, double d, Interval i) {
    rows.push_back({name, std::to_string(s.events), std::to_string(s.pairs), sure(s), both(d, i)});
  };
  for (std::size_t k = 0; k < record::sizes; ++k)
    if (p.by_size[k].events > 0)
      row(record::size_names[k], p.by_size[k], last->size_difference[k], last->size_interval[k]);
  row("all", p.score, last->difference, last->difference_interval);
  return rows;
}

Rows curve(const record::Part& p) {
  Rows rows{{"told", "came true", "95 %", "share of weight", "pairs"}};
  for (const auto& b : p.curve)
    rows.push_back({fmt::format("{:.3f}", b.forecast), fmt::format("{:.3f}", b.came_true),
                    fmt::format("{:.2f} to {:.2f}", b.interval.low, b.interval.high),
                    fmt::format("{:.0f} %", 100 * b.share), std::to_string(b.pairs)});
  return rows;
}

std::string markdown(const Rows& rows) {
  std::string out;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out += "|";
    for (const auto& cell : rows[i]) out += " " + cell + " |";
    out += "\n";
    if (i > 0) continue;
    out += "|";
    for (std::size_t c = 0; c < rows[0].size(); ++c) out += "---|";
    out += "\n";
  }
  return out;
}

}  // namespace

std::string verdict(const record::Part& p) {
  const auto& best = p.baselines[p.best];
  const Interval i = best.difference_interval;
  const std::string figures =
      fmt::format("Brier score {:.3f} against {:.3f} by `{}`; difference {:+.3f}, 95 % {:+.3f} to {:+.3f}",
                  p.score.brier, best.score.brier, best.name, best.difference, i.low, i.high);
  if (i.high < 0) return "It beats the best simple rule: " + figures + ".";
  if (i.low > 0) return "It does not beat the best simple rule, which beats it: " + figures + ".";
  return "Whether it beats the best simple rule is not settled: " + figures + ".";
}

std::string tables(const record::Part& p) {
  return markdown(scores(p)) + "\n" + markdown(by_participants(p)) + "\n" + markdown(curve(p));
}

std::string text(const record::Record& r, const Style& style) {
  const bool wars = r.options.events == record::Events::wars;
  std::string out =
      bold(wars               ? "Wars with three participants or more"
           : r.options.sealed ? "Disputes of 2011 to 2014 with three participants or more"
                              : "Disputes with three participants or more",
           style.color) +
      "\n" +
      wrap(fmt::format("{} events, {} pairs; {} of 1936 to 1946 are set aside, in {} a participant changed "
                       "sides. Will two participants stand together? Each pair weighs 1 / (n - 1).",
                       r.events, r.pairs, r.set_aside, r.changed),
           2);
  const auto part = [&](const record::Part& p, const std::string& name) {
    if (p.baselines.empty()) return;
    out += "\n" + bold(fmt::format("{} ({} events, {} to {})", name, p.score.events, p.from, p.to), style.color) +
           "\n" + wrap(verdict(p), 2) + "\n" + columns(scores(p), 2, true) + "\n" +
           columns(by_participants(p), 2, true) + "\n" + columns(curve(p), 2, true);
  };
  part(r.rolling, "Rolling origin: weights from events that had ended before");
  part(r.left_out, "Left out: weights from all events but it and those near it");
  return out;
}

std::string record_table(const record::Part& p, const std::string& of) {
  const auto& best = p.baselines[p.best];
  std::string out = "of,events,brier,baseline,baseline-brier,low,high,told,came-true,pairs\n";
  for (const auto& b : p.curve)
    out += fmt::format("{},{},{:.6g},{},{:.6g},{:.6g},{:.6g},{:.6g},{:.6g},{}\n", of, p.score.events, p.score.brier,
                       best.name, best.score.brier, best.difference_interval.low, best.difference_interval.high,
                       b.forecast, b.came_true, b.pairs);
  return out;
}

std::string weights(const std::vector<std::pair<std::string, record::Weights>>& sets) {
  std::string out = "set,kind,evidence,weight,error";
  for (std::size_t k = 0; k < world::kinds; ++k) out += fmt::format(",{}", world::kind(k).name);
  out += "\n";
  for (const auto& [name, w] : sets)
    for (std::size_t k = 0; k < world::kinds; ++k) {
      const double variance = w.covariance[k * world::kinds + k];
      out += fmt::format("{},{},{},{:.6g},{:.6g}", name, world::kind(k).name, world::kind(k).evidence, w.estimate[k],
                         std::sqrt(variance));
      for (std::size_t l = 0; l < world::kinds; ++l) out += fmt::format(",{:.6g}", w.covariance[k * world::kinds + l]);
      out += "\n";
    }
  return out;
}

}  // namespace entente::report
