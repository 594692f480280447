// Draws in steps, and draws as columns. A step draws a slice of the run; slices put together are the run itself, bit
// for bit, so how long a step lasts and how many there are leaves no trace.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "entente/engine/session.hpp"

namespace entente::engine {

Run::Run(std::shared_ptr<const plan::Plan> plan, const doubt::Options& options)
    : plan_(std::move(plan)), options_(options) {
  options_.to = std::min(options_.to, options_.sampling.draws);
  options_.from = std::min(options_.from, options_.to);
  if (options_.cancel) cancel_ = options_.cancel;
  else options_.cancel = cancel_, options_.partial = true;
  drawn_.sampling = options_.sampling;
  drawn_.from = drawn_.to = options_.from;
  drawn_.fingerprint = plan_->fingerprint();
}

Run::Run(std::shared_ptr<const plan::Plan> plan, doubt::Draws drawn)
    : plan_(std::move(plan)),
      options_({.sampling = drawn.sampling, .from = drawn.from, .to = drawn.to}),
      drawn_(std::move(drawn)) {
  options_.cancel = cancel_;
}

Result<void> Run::step(std::chrono::milliseconds time) {
  using clock = std::chrono::steady_clock;
  const auto begin = clock::now();
  const std::uint64_t first = drawn_.to;
  const double limit = std::chrono::duration<double>(time).count();
  const auto spent = [&] { return std::chrono::duration<double>(clock::now() - begin).count(); };
  while (!finished()) {
    if (*cancel_) return std::unexpected(Error{ErrorKind::cancelled, "stopped before all draws were answered"});
    std::uint64_t some = of() - done();
    if (limit > 0) {
      const double left = limit - spent();
      if (pace_ > 0 && left < pace_ && drawn_.to > first) break;
      const double fits = pace_ > 0 ? std::max(1.0, 0.8 * left / pace_) : 1;
      if (fits < static_cast<double>(some)) some = static_cast<std::uint64_t>(fits);
    }
    doubt::Options slice = options_;
    slice.from = drawn_.to;
    slice.to = drawn_.to + some;
    const auto before = clock::now();
    auto more = doubt::run(*plan_, slice);
    if (!more) return std::unexpected(more.error());
    const double each =
        std::chrono::duration<double>(clock::now() - before).count() / static_cast<double>(more->size());
    pace_ = std::max(each, 1e-9);
    if (done() == 0) drawn_ = std::move(*more);
    else {
      std::vector<doubt::Draws> parts;
      parts.push_back(std::move(drawn_)), parts.push_back(std::move(*more));
      auto both = doubt::join(std::move(parts), false);
      if (!both) return std::unexpected(both.error());
      drawn_ = std::move(*both);
    }
    if (limit > 0 && spent() >= limit) break;
  }
  return {};
}

double memory_of(const plan::Plan& plan, std::uint64_t draws) noexcept {
  const auto each = 8 * plan.uncertain().size() + 34 * plan.claims().size() + 8 * plan.quantities().size();
  return 1.1 * static_cast<double>(draws) * static_cast<double>(each);
}

namespace {

static_assert(std::endian::native == std::endian::little, "columns are written in the machine's own order");

struct Writer {
  Columns& out;

  std::byte* room(Column::Kind kind, Column::Type type, std::string name, std::string unit, std::size_t bytes) {
    const std::size_t at = (out.buffer.size() + 7) / 8 * 8;
    out.buffer.resize(at + bytes, std::byte{0});
    out.columns.push_back({kind, type, std::move(name), std::move(unit), at});
    return out.buffer.data() + at;
  }
  void f64(Column::Kind kind, const std::string& name, const std::string& unit, const std::vector<double>& x) {
    std::byte* to = room(kind, Column::Type::f64, name, unit, x.size() * sizeof(double));
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double one = std::isnan(x[i]) ? std::numeric_limits<double>::quiet_NaN() : x[i];
      std::memcpy(to + i * sizeof one, &one, sizeof one);
    }
  }
};

}  // namespace

Columns columns(const plan::Plan& plan, const doubt::Draws& draws, const std::vector<Column::Kind>& kinds) {
  using Kind = Column::Kind;
  Columns out{.from = draws.from, .to = draws.to, .columns = {}, .buffer = {}};
  if (draws.size() == 0) return out;
  Writer w{out};
  const auto wanted = [&](Kind kind) { return kinds.empty() || std::ranges::find(kinds, kind) != kinds.end(); };
  if (wanted(Kind::input))
    for (std::size_t k = 0; k < draws.input.size(); ++k) {
      const auto& p = plan.situation().parameters[plan.uncertain()[k]];
      w.f64(Kind::input, std::string(p.name()), p.number.unit.text, draws.input[k]);
    }
  for (std::size_t c = 0; c < draws.truth.size(); ++c) {
    const auto& claim = plan.claims()[c];
    if (wanted(Kind::truth)) {
      std::byte* to = w.room(Kind::truth, Column::Type::bits2, claim.name, "", (draws.size() + 3) / 4);
      for (std::size_t i = 0; i < draws.size(); ++i)
        to[i / 4] |= static_cast<std::byte>(draws.truth[c][i] << 2 * (i % 4));
    }
    if (wanted(Kind::why))
      std::memcpy(w.room(Kind::why, Column::Type::u8, claim.name, "", draws.size()), draws.why[c].data(), draws.size());
    if (const auto at = doubt::odds_at(plan, c); doubt::odds_at(plan, c + 1) > at) {
      if (wanted(Kind::part_true)) w.f64(Kind::part_true, claim.name, "", draws.odds[at]);
      if (wanted(Kind::part_false)) w.f64(Kind::part_false, claim.name, "", draws.odds[at + 1]);
    }
    if (wanted(Kind::margin)) w.f64(Kind::margin, claim.name, claim.program.margin_unit().text, draws.margin[c]);
  }
  if (wanted(Kind::quantity))
    for (std::size_t q = 0; q < draws.quantity.size(); ++q)
      w.f64(Kind::quantity, plan.quantities()[q].name, plan.quantities()[q].unit.text, draws.quantity[q]);
  return out;
}

const char* name_of(Column::Kind kind) noexcept {
  switch (kind) {
    case Column::Kind::input:
      return "input";
    case Column::Kind::truth:
      return "truth";
    case Column::Kind::why:
      return "why";
    case Column::Kind::margin:
      return "margin";
    case Column::Kind::part_true:
      return "part-true";
    case Column::Kind::part_false:
      return "part-false";
    case Column::Kind::quantity:
      break;
  }
  return "quantity";
}

const char* name_of(Column::Type type) noexcept {
  switch (type) {
    case Column::Type::f64:
      return "f64";
    case Column::Type::u8:
      return "u8";
    case Column::Type::bits2:
      break;
  }
  return "bits2";
}

}  // namespace entente::engine
