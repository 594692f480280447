#include "report/svg/scale.hpp"

#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "entente/number/number.hpp"
#include "report/svg/text.hpp"

namespace entente::report::svg {
namespace {

constexpr double gap = 10;  // least room between two labels

// A multiple of a step, to the step's decimals, with a true minus; far from 1 with an exponent.
std::string label(double v, double step, double greatest) {
  if (greatest >= 1e7 || greatest < 1e-4) return figure(v, static_cast<int>(math::log10(greatest / step)) + 2);
  const int decimals = std::clamp(static_cast<int>(-std::floor(math::log10(step) + 1e-9)), 0, 8);
  std::string s = number::fixed(v, decimals);
  if (s.starts_with('-')) s = "−" + s.substr(1);
  return s;
}

bool apart(const std::vector<Tick>& ticks, double size) {
  for (std::size_t i = 1; i < ticks.size(); ++i) {
    const double room = std::abs(ticks[i].at - ticks[i - 1].at);
    if (room < (text_width(ticks[i].label, size) + text_width(ticks[i - 1].label, size)) / 2 + gap) return false;
  }
  return true;
}

}  // namespace

Scale Scale::linear(double low, double high, double from, double to) {
  Scale s;
  if (!std::isfinite(low)) low = std::isfinite(high) ? std::min(0.0, high) : 0;
  if (!std::isfinite(high)) high = std::max(low, 1.0);
  if (high < low) std::swap(low, high);
  if (!(high - low > 1e-12 * std::max(std::abs(low), std::abs(high)))) {
    const double pad = low == 0 ? 1 : std::abs(low) / 10;
    low -= pad, high += pad;
  }
  s.low_ = low, s.high_ = high, s.from_ = from, s.to_ = to;
  return s;
}

Scale Scale::logarithmic(double low, double high, double from, double to) {
  if (!(low > 0) || !std::isfinite(high) || high < low) return linear(low, high, from, to);
  if (high < 1.2 * low) low /= 1.1, high *= 1.1;
  Scale s = linear(low, high, from, to);
  s.log_ = true;
  return s;
}

double Scale::operator()(double v) const {
  if (std::isnan(v)) return from_;
  if (log_ && v <= 0) return from_;
  // Half of each, so that the difference of the two largest numbers is one.
  const double t = log_ ? math::log(v / low_) / math::log(high_ / low_) : (v / 2 - low_ / 2) / (high_ / 2 - low_ / 2);
  return from_ + std::clamp(t, 0.0, 1.0) * (to_ - from_);
}

std::vector<Tick> Scale::ticks(std::size_t about, double size) const {
  about = std::max<std::size_t>(about, 1);
  std::vector<Tick> out;
  if (log_) {
    const std::vector<std::vector<double>> kinds{{1, 2, 5}, {1, 3}, {1}};
    const int first = static_cast<int>(std::floor(math::log10(low_))),
              last = static_cast<int>(std::ceil(math::log10(high_)));
    for (int step = 1; step <= 64; ++step)
      for (const auto& kind : kinds) {
        if (step > 1 && kind.size() > 1) continue;
        out.clear();
        for (int e = first; e <= last; e += step)
          for (const double m : kind) {
            const double v = m * math::pow(10.0, e);
            if (v >= low_ * (1 - 1e-9) && v <= high_ * (1 + 1e-9)) out.push_back({v, (*this)(v), figure(v, 2)});
          }
        if (out.size() <= about + 2 && apart(out, size) && !out.empty()) return out;
      }
    return out;
  }
  const double span = high_ - low_;
  if (!std::isfinite(span)) return out;
  std::vector<Tick> fewest;
  for (std::size_t n = about; n >= 1; --n) {
    const double raw = span / static_cast<double>(n), power = math::pow(10.0, std::floor(math::log10(raw)));
    for (const double m : {1.0, 2.0, 5.0, 10.0}) {
      const double step = m * power;
      if (step < raw * (1 - 1e-9)) continue;
      out.clear();
      for (double k = std::ceil(low_ / step - 1e-9); k * step <= high_ + 1e-9 * span && out.size() < 100; ++k)
        out.push_back({k * step, (*this)(k * step), label(k * step, step, std::max(std::abs(low_), std::abs(high_)))});
      break;
    }
    if (apart(out, size) && !out.empty()) return out;
    if (!out.empty()) fewest = out;
  }
  if (fewest.size() > 1) fewest.resize(1);
  return fewest;
}

double axis(Canvas& c, const Scale& scale, double top, double bottom, std::string_view unit) {
  const auto ticks = scale.ticks(6, small);
  double right = scale.from();
  for (const auto& t : ticks) {
    c.line({t.at, top}, {t.at, bottom}, "grid");
    const double half = text_width(t.label, small) / 2;
    const double at = std::clamp(t.at, std::min(half, c.width() / 2), std::max(c.width() - half, c.width() / 2));
    c.text({at, bottom + line_height}, t.label, "small muted", Anchor::middle);
    right = std::max(right, at + half);
  }
  if (unit.empty()) return bottom + line_height + 4;
  const double w = text_width(unit, small);
  if (right + gap + w <= c.width()) {
    c.text({c.width(), bottom + line_height}, unit, "small muted", Anchor::end);
    return bottom + line_height + 4;
  }
  c.text({scale.to(), bottom + 2 * line_height - 1}, shortened(unit, small, scale.to()), "small muted", Anchor::end);
  return bottom + 2 * line_height + 4;
}

Scale scale_for(const std::vector<double>& values, bool from_zero, double from, double to, double ratio) {
  double low = INFINITY, high = -INFINITY;
  for (const double v : values)
    if (std::isfinite(v)) low = std::min(low, v), high = std::max(high, v);
  if (low > high) return Scale::linear(0, 1, from, to);
  if (from_zero) low = std::min(low, 0.0), high = std::max(high, 0.0);
  else if (low > 0 && high / low > ratio) return Scale::logarithmic(low / 1.1, high * 1.1, from, to);
  const double pad = 0.03 * (high - low);
  return Scale::linear(from_zero && low == 0 ? 0 : low - pad, from_zero && high == 0 ? 0 : high + pad, from, to);
}

}  // namespace entente::report::svg
