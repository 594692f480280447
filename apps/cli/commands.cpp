#include "commands.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "drawing.hpp"
#include "entente/base/nearest.hpp"
#include "entente/doubt/doubt.hpp"
#include "entente/report/report.hpp"
#include "entente/text/file.hpp"
#include "opened.hpp"

namespace entente::cli {

namespace {
bool terminal(int fd) { return isatty(fd) != 0 && !std::getenv("NO_COLOR"); }
std::atomic<bool> cancelled{false};
void on_interrupt(int) { cancelled = true; }
}  // namespace

bool color_out() { return terminal(1); }
bool color_err() { return terminal(2); }
void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

std::string quoted(const std::string& word) {
  static constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./+:@%,";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string out = "'";
  for (const char c : word)
    if (c == '\'') out += "'\\''";
    else out += c;
  return out + "'";
}

bool open(const std::string& path, const Common& c, const plan::Scope* scope, Opened& o) {
  auto s = situation::load(path, o.sources, o.diagnostics, {.strict = c.strict});
  if (s) {
    o.situation = std::make_shared<const situation::Situation>(std::move(*s));
    if (scope) o.plan = plan::Plan::compile(o.situation, o.diagnostics, *scope);
  }
  say(o, c);
  return s && (!scope || o.plan);
}

int check(const std::string& path, bool numbers, const Common& c) {
  Opened o;
  const plan::Scope scope;
  if (!open(path, c, &scope, o)) return wrong;
  if (numbers) {
    print(c.json ? report::numbers_json(*o.situation, o.sources)
                 : report::numbers_text(*o.situation, o.sources, {color_out()}));
  } else if (c.json) {
    print(report::json(o.diagnostics, o.sources));
  } else {
    const auto counted = [](std::size_t n, const char* what) {
      return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
    };
    const auto& all = o.situation->parameters;
    const auto numbers_written =
        static_cast<std::size_t>(std::ranges::count_if(all, [](const auto& p) { return !p.implicit; }));
    const auto uncertain = std::ranges::count_if(o.plan->uncertain(), [&](auto id) { return !all[id].implicit; });
    print(fmt::format("{}: {}, {} ({} uncertain), {}, {}; nothing wrong\n", o.situation->title,
                      counted(o.situation->actors.size(), "actor"), counted(numbers_written, "number"), uncertain,
                      counted(o.situation->questions.size(), "question"),
                      counted(o.situation->claims.size(), "claim")));
  }
  return fine;
}

int print_schema() {
  print(report::schema());
  return fine;
}

namespace {

// Of the terminal, or of COLUMNS; between 60 and 200.
std::size_t width() {
  std::size_t columns = 100;
  winsize size{};
  if (isatty(1) != 0 && ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) columns = size.ws_col;
  else if (const char* set = std::getenv("COLUMNS")) {
    unsigned n = 0;
    const std::string_view text(set);
    if (std::from_chars(text.data(), text.data() + text.size(), n).ec == std::errc{} && n > 0) columns = n;
  }
  return std::clamp<std::size_t>(columns, 60, 200);
}

report::Style style(const std::string& path, const Shown& shown) {
  return {.color = color_out(), .width = width(), .file = quoted(path), .only = shown.only};
}

// Names on the command line that the situation does not have.
std::optional<int> unknown(const Shown& shown, std::vector<std::string> names, const char* what, const Common& c) {
  for (const auto& name : shown.only)
    if (std::ranges::find(names, name) == names.end())
      return complain(usage, "E0719", "`" + name + "` is no " + what + " of this situation", did_you_mean(name, names),
                      c);
  return std::nullopt;
}

std::vector<std::string> claims_of(const situation::Situation& s) {
  std::vector<std::string> names;
  for (const auto& claim : s.claims) names.push_back(claim.name);
  return names;
}

}  // namespace

int ask(const std::string& path, const Shown& shown, const Common& c) {
  Opened o;
  const plan::Scope scope{.everything = true, .levers = true};
  if (!open(path, c, &scope, o)) return wrong;
  std::vector<std::string> names = claims_of(*o.situation);
  for (const auto& q : o.situation->questions) names.push_back(q.name);
  if (const auto bad = unknown(shown, names, "claim or question", c)) return *bad;
  const auto answer = plan::answer(*o.plan);
  const report::Style s = style(path, shown);
  print(c.json                              ? report::json(*o.plan, answer)
        : shown.full || !shown.only.empty() ? report::text(*o.plan, answer, o.sources, s)
                                            : report::first_screen(*o.plan, answer, o.sources, s));
  return answer.inside ? fine : not_solved;
}

namespace {

int judge(const std::string& path, const Opened& o, const doubt::Draws& draws, const DoubtArgs& a, const Common& c) {
  const auto d = doubt::judge(*o.plan, draws, {.threads = a.threads, .total = a.total});
  if (!d) return fail(d.error(), c);
  report::Style s = style(path, a.shown);
  s.curves = a.curves;
  const bool whole = a.shown.full || !a.shown.only.empty() || a.curves || a.total > 0;
  print(c.json           ? report::json(*o.plan, *d)
        : a.shown.claims ? report::claims_table(*o.plan, *d, s)
        : whole          ? report::text(*o.plan, *d, s)
                         : report::first_screen(*o.plan, *d, s));
  return fine;
}

// What a run keeps and its judgement needs, in bytes, against the memory of the machine.
double gigabytes(const plan::Plan& plan, std::uint64_t draws) {
  const auto each = 8 * plan.uncertain().size() + 34 * plan.claims().size() + 8 * plan.quantities().size();
  return 1.1e-9 * static_cast<double>(draws) * static_cast<double>(each);
}
double memory_gigabytes() {
  const auto pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
  return pages > 0 && size > 0 ? 1e-9 * static_cast<double>(pages) * static_cast<double>(size) : INFINITY;
}

}  // namespace

std::optional<doubt::Draws> draw(const plan::Plan& plan, const DoubtArgs& a, const Common& c, int& code) {
  const double need = gigabytes(plan, std::min(a.to, a.draws) - a.from), there = memory_gigabytes();
  if (need > there) {
    code = complain(usage, "E0718", fmt::format("these draws take {:.0f} GB, and the machine has {:.0f}", need, there),
                    "fewer draws, or slices by --draws-from and --draws-to on other machines", c);
    return std::nullopt;
  }
  doubt::Options options{
      .sampling = {a.seed, a.draws, !a.random}, .from = a.from, .to = a.to, .threads = a.threads, .cancel = &cancelled};
  if (isatty(2) && !c.quiet)
    options.progress = [last = -1](std::uint64_t done, std::uint64_t of) mutable {
      const int percent = static_cast<int>(100 * done / of);
      if (percent == last) return;
      last = percent;
      std::fprintf(stderr, "\r%3d %% of %llu draws%s", percent, static_cast<unsigned long long>(of),
                   done == of ? "\r\x1b[K" : "");
      std::fflush(stderr);
    };
  std::signal(SIGINT, on_interrupt);
  auto draws = doubt::run(plan, options);
  std::signal(SIGINT, SIG_DFL);
  if (draws) return std::move(*draws);
  code = fail(draws.error(), c);
  return std::nullopt;
}

int doubt(const std::string& path, const DoubtArgs& given, const Common& c) {
  DoubtArgs a = given;
  if (!a.random) a.draws = plan::Sampling::whole(a.draws);
  const bool slice = a.from != 0 || a.to != UINT64_MAX;
  if (slice && a.save.empty())
    return complain(usage, "E0710", "a slice of the draws needs --save FILE", "`entente join` judges the slices", c);
  if ((a.to != UINT64_MAX && a.to > a.draws) || a.from >= std::min(a.to, a.draws))
    return complain(usage, "E0711",
                    fmt::format("--draws-from and --draws-to lie within 0 to {}, the first below the second", a.draws),
                    {}, c);
  Opened o;
  const plan::Scope scope;
  if (!open(path, c, &scope, o)) return wrong;
  if (!a.save.empty())
    if (const auto there = text::can_write(a.save); !there) return fail(there.error(), c);  // before hours are spent
  if (const auto bad = unknown(a.shown, claims_of(*o.situation), "claim", c)) return *bad;
  int code = fine;
  const auto draws = draw(*o.plan, a, c, code);
  if (!draws) return code;
  if (!a.save.empty()) {
    const auto saved = doubt::save(*draws, std::filesystem::absolute(path).string(), a.save);
    if (!saved) return fail(saved.error(), c);
    wrote(a.save, fmt::format("draws {} to {} of {} written to {}", draws->from, draws->to, a.draws, a.save), c);
    return fine;
  }
  return judge(path, o, *draws, a, c);
}

int join(const std::vector<std::string>& parts, const DoubtArgs& a, const Common& c) {
  std::vector<doubt::Draws> all;
  std::string path;
  for (const auto& part : parts) {
    auto saved = doubt::restore(part);
    if (!saved) return fail(saved.error(), c);
    path = saved->situation_path;
    all.push_back(std::move(saved->draws));
  }
  const auto draws = doubt::join(std::move(all));
  if (!draws) return fail(draws.error(), c);
  Opened o;
  const plan::Scope scope;
  if (!open(path, c, &scope, o)) return wrong;
  if (o.plan->fingerprint() != draws->fingerprint)
    return fail({ErrorKind::invalid, "`" + path + "` has changed since these draws were made"}, c);
  if (const auto bad = unknown(a.shown, claims_of(*o.situation), "claim", c)) return *bad;
  return judge(path, o, *draws, a, c);
}

int quantities(const std::string& path, const Common& c) {
  Opened o;
  const plan::Scope scope;
  if (!open(path, c, &scope, o)) return wrong;
  print(c.json ? report::quantities_json(*o.plan) : report::quantities_text(*o.plan));
  return fine;
}

}  // namespace entente::cli
