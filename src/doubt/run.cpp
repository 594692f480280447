// The draws. Blocks of consecutive draws are tasks of the pool; every block writes its own part of the columns, so
// nothing depends on the schedule. A workspace belongs to a worker; kernels start from their own reference, never from
// another draw, so which worker took a block leaves no trace either.
#include <algorithm>
#include <cmath>
#include <limits>
#include <thread>

#include "doubt/claim_evaluator.hpp"
#include "entente/base/pool.hpp"
#include "entente/doubt/doubt.hpp"

namespace entente::doubt {
namespace {
constexpr std::uint64_t block = 64;
constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
}  // namespace

unsigned threads_of(unsigned asked) { return asked ? asked : std::max(1u, std::thread::hardware_concurrency()); }

std::size_t odds_at(const plan::Plan& plan, std::size_t claim) {
  std::size_t at = 0;
  for (std::size_t c = 0; c < claim; ++c) at += plan.claims()[c].shared() ? 2 : 0;
  return at;
}

std::vector<double> held(const plan::Plan& plan, const Draws& d, std::size_t claim, double missing) {
  std::vector<double> out(d.size());
  if (!plan.claims()[claim].shared()) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = d.truth[claim][i] == 2 ? missing : d.truth[claim][i];
    return out;
  }
  const std::size_t at = odds_at(plan, claim);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double yes = d.odds[at][i], no = d.odds[at + 1][i];
    out[i] = std::isnan(missing) ? (yes + no > 0 ? yes / (yes + no) : missing) : yes;
  }
  return out;
}

Result<Draws> run(const plan::Plan& plan, const Options& options) {
  const std::uint64_t to = std::min(options.to, options.sampling.draws);
  if (options.from >= to)
    return std::unexpected(Error{ErrorKind::invalid, "the slice of draws is empty", "--draws-from"});
  Draws d{.sampling = options.sampling, .from = options.from, .to = to, .fingerprint = plan.fingerprint()};
  const std::size_t n = d.size();
  d.input.assign(plan.uncertain().size(), std::vector<double>(n));
  d.truth.assign(plan.claims().size(), std::vector<std::uint8_t>(n));
  d.margin.assign(plan.claims().size(), std::vector<double>(n));
  d.why.assign(plan.claims().size(), std::vector<std::uint8_t>(n));
  d.odds.assign(odds_at(plan, plan.claims().size()), std::vector<double>(n));
  d.quantity.assign(plan.quantities().size(), std::vector<double>(n));

  Pool pool(threads_of(options.threads));
  struct Worker {
    std::unique_ptr<plan::Workspace> workspace;
    std::vector<double> parameters, own;
  };
  std::vector<Worker> workers(pool.threads());
  const std::uint64_t tasks = (n + block - 1) / block;
  std::vector<char> finished(options.partial ? tasks : 0, 0);  // each written by the worker that took the task
  const auto task = [&](std::size_t t, unsigned who) {
    Worker& w = workers[who];
    if (!w.workspace) {
      w.workspace = std::make_unique<plan::Workspace>(plan);
      w.parameters.assign(plan.parameters(), 0.0);
      w.own.resize(plan.uncertain().size() * block);
    }
    const std::size_t first = t * block, behind = std::min<std::size_t>(n, first + block);
    plan.draw_own(options.sampling, d.from + first, behind - first, w.own);
    for (std::size_t i = first; i < behind; ++i) {
      const bool good = plan.drawn(options.sampling, d.from + first, behind - first, w.own, i - first, w.parameters);
      plan.evaluate(w.parameters, good, *w.workspace);
      for (std::size_t u = 0; u < d.input.size(); ++u) d.input[u][i] = w.parameters[plan.uncertain()[u]];
      std::size_t odds = 0;
      for (std::size_t c = 0; c < d.truth.size(); ++c) {
        double margin = undefined;
        if (plan.claims()[c].shared()) {
          const plan::Shares s = plan.shares(c, *w.workspace);
          d.odds[odds++][i] = s.yes;
          d.odds[odds++][i] = s.no;
        }
        const auto truth = plan.claim(c, *w.workspace, margin);
        d.truth[c][i] = code(truth);
        d.margin[c][i] = margin;
        d.why[c][i] = truth == number::Truth::undefined ? static_cast<std::uint8_t>(plan.why(c, *w.workspace)) : 0;
      }
      for (std::size_t q = 0; q < d.quantity.size(); ++q) {
        const auto cell = plan.quantities()[q].cell;
        d.quantity[q][i] =
            w.workspace->reasons[cell] == ask::Reason::none ? w.workspace->slots[plan.parameters() + cell] : undefined;
      }
    }
    if (options.partial) finished[t] = 1;
  };
  const std::function<void(std::size_t)> progress = [&](std::size_t done) {
    if (options.progress) options.progress(std::min<std::uint64_t>(done * block, n), n);
  };
  pool.run(tasks, task, options.cancel, options.progress ? &progress : nullptr);
  if (options.cancel && options.cancel->load()) {
    const auto whole = static_cast<std::uint64_t>(std::ranges::find(finished, 0) - finished.begin()) * block;
    if (options.partial && whole >= n) return d;
    if (options.partial && whole > 0) return cut(std::move(d), d.from, d.from + whole);
    return std::unexpected(Error{ErrorKind::cancelled, "stopped before all draws were answered"});
  }
  return d;
}

}  // namespace entente::doubt
