#include "commands.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "carried.hpp"
#include "drawing.hpp"
#include "entente/base/shown.hpp"
#include "entente/base/spelling.hpp"
#include "entente/doubt/compare.hpp"
#include "entente/doubt/doubt.hpp"
#include "entente/engine/session.hpp"
#include "entente/families/all.hpp"
#include "entente/report/report.hpp"
#include "entente/text/file.hpp"
#include "opened.hpp"
#include "output.hpp"
#include "screen.hpp"

namespace entente::cli {

namespace {
bool terminal(int fd) { return isatty(fd) != 0 && !std::getenv("NO_COLOR"); }
}  // namespace

bool color_out() { return terminal(1); }
bool color_err() { return terminal(2); }
void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

std::string quoted(const std::string& word) {
  static constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./+:@%,";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  const bool safe = shown(word) == word;  // else every byte that is no plain character is an escape that a shell undoes
  std::string out = safe ? "'" : "$'";
  for (const char c : word) {
    const auto byte = static_cast<unsigned char>(c);
    if (safe && c == '\'') out += "'\\''";
    else if (!safe && (c == '\'' || c == '\\')) out += std::string("\\") + c;
    else if (!safe && (byte < 0x20 || byte >= 0x7f)) out += fmt::format("\\x{:02x}", byte);
    else out += c;
  }
  return out + "'";
}

void read(std::shared_ptr<const text::Files> files, const std::string& path, const Common& c, const plan::Scope* scope,
          Opened& o) {
  const auto s = engine::open(std::move(files), path, families::all(), {.strict = c.strict, .allow = c.allow});
  o.sources = *s.sources;
  o.diagnostics = s.complaints;
  o.situation = s.situation;
  if (scope) o.plan = engine::compile(s, {}, o.diagnostics, *scope);
}

bool open(const std::string& path, const Common& c, const plan::Scope* scope, Opened& o) {
  read(engine::disk(), path, c, scope, o);
  say(o, c);
  return o.situation && (!scope || o.plan) && o.diagnostics.ok();
}

int check(const std::string& path, bool numbers, const Common& c) {
  const auto o = engine::open(engine::disk(), path, families::all(), {.strict = c.strict, .allow = c.allow});
  const Diagnostics complaints = engine::check(o);
  say(complaints, *o.sources, c);
  if (!complaints.ok()) return failed(complaints, *o.sources);
  if (numbers) {
    print(c.json ? report::numbers_json(*o.situation, *o.sources)
                 : report::numbers_text(*o.situation, *o.sources, {color_out()}));
  } else if (c.json) {
    print(report::json(complaints, *o.sources));
  } else {
    const auto counted = [](std::size_t n, const char* what) {
      return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s");
    };
    Diagnostics told;  // above
    const auto plan = engine::compile(o, {}, told);
    const auto numbers_of = plan ? plan->numbers() : situation::count_numbers(*o.situation);
    std::string uncertain = fmt::format("{} uncertain", numbers_of.uncertain);
    if (numbers_of.defaults > 0) uncertain += fmt::format(", and {} more by default", numbers_of.defaults);
    if (numbers_of.idle > 0) uncertain += fmt::format("; {} of levers that no claim asks for", numbers_of.idle);
    print(fmt::format("{}: {}, {} ({}), {}, {}; nothing wrong\n", o.situation->title,
                      counted(o.situation->actors.size(), "actor"), counted(numbers_of.written, "number"), uncertain,
                      counted(o.situation->questions.size(), "question"),
                      counted(o.situation->claims.size(), "claim")));
  }
  return ok;
}

int print_schema() {
  print(report::schema(families::all()));
  return ok;
}

namespace {

report::Style style(const std::string& path, const Shown& shown) {
  return {.color = color_out(), .width = screen_width(), .file = quoted(path), .only = shown.only};
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
  if (!open(path, c, &scope, o)) return failed(o);
  std::vector<std::string> names = claims_of(*o.situation);
  for (const auto& q : o.situation->questions) names.push_back(q.name);
  if (const auto bad = unknown(shown, names, "claim or question", c)) return *bad;
  const auto answer = plan::answer(*o.plan);
  Opened lost;  // which limit or tolerance was missed, whatever is shown of the answer
  for (std::size_t q = 0; q < answer.questions.size(); ++q)
    if (!plan::Answer::answered(answer.questions[q]))
      lost.diagnostics.warning("W0703", o.situation->questions[q].span,
                               "the question `" + answer.questions[q].name + "` has no answer", "at the medians",
                               answer.questions[q].account.headline);
  if (!lost.diagnostics.all().empty()) {
    lost.sources = o.sources;
    say(lost, c);
  }
  const report::Style s = style(path, shown);
  print(c.json                              ? report::json(*o.plan, answer)
        : shown.full || !shown.only.empty() ? report::text(*o.plan, answer, o.sources, s)
                                            : report::first_screen(*o.plan, answer, o.sources, s));
  return answer.inside && answer.answered() ? ok : not_solved;
}

namespace {

// A claim that no draw could answer, for a tolerance or a limit that was missed in each.
bool unanswered(const doubt::Draws& d) {
  for (std::size_t k = 0; k < d.truth.size(); ++k) {
    const auto lost = [&](std::size_t i) {
      return d.truth[k][i] == 2 && ask::unanswered(static_cast<ask::Reason>(d.why[k][i]));
    };
    bool all = d.size() > 0;
    for (std::size_t i = 0; i < d.size() && all; ++i) all = lost(i);
    if (all) return true;
  }
  return false;
}

// Nothing, or the refusal: claims that are to be told after a record that they do not have.
std::optional<int> uncalibrated(const Opened& o, const Shown& shown, const Common& c) {
  if (!shown.calibrated) return std::nullopt;
  std::string without;
  const auto& claims = o.plan->claims();
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (!shown.only.empty() && std::ranges::find(shown.only, claims[i].name) == shown.only.end()) continue;
    const auto* r = o.plan->record(i);
    if (!r || r->events < ask::Record::least_events) without += (without.empty() ? "`" : ", `") + claims[i].name + "`";
  }
  if (without.empty()) return std::nullopt;
  return complain(bad_input, "E0787",
                  fmt::format("there is no record of {} independent events by which to calibrate {}",
                              ask::Record::least_events, without),
                  "name the claims that have one: entente doubt FILE CLAIM --calibrated", c);
}

int judge(const std::string& path, const Opened& o, const engine::Run& run, const DoubtArgs& a, const Common& c,
          bool lost) {
  const auto d = run.judge({.threads = a.threads, .total = a.total});
  if (!d) return fail(d.error(), c);
  report::Style s = style(path, a.shown);
  s.curves = a.curves;
  s.calibrated = a.shown.calibrated;
  const bool whole = a.shown.full || !a.shown.only.empty() || a.curves || a.total > 0;
  print(c.json           ? report::json(*o.plan, *d)
        : a.shown.claims ? report::claims_table(*o.plan, *d, s)
        : whole          ? report::text(*o.plan, *d, s)
                         : report::first_screen(*o.plan, *d, s));
  return lost || unanswered(run.draws()) ? not_solved : ok;
}

}  // namespace

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
  if (!open(path, c, &scope, o)) return failed(o);
  if (!a.save.empty()) {  // before hours are spent
    if (const auto there = text::can_write(a.save); !there) return fail(there.error(), c);
    if (const int code = may_write(a.save, "--save", Written::slice, o, c); code != ok) return code;
  }
  if (const auto bad = unknown(a.shown, claims_of(*o.situation), "claim", c)) return *bad;
  if (const auto bad = uncalibrated(o, a.shown, c)) return *bad;
  const bool lost = given_up(o, c);
  std::optional<Signals> whole_file;  // a signal while the file is written waits for its end
  if (!a.save.empty()) whole_file.emplace();
  int code = ok;
  const auto run = draw(o.plan, a, c, code);
  if (!run) return code;
  if (!a.save.empty()) {
    const doubt::Draws* draws = &run->draws();
    const auto saved = doubt::save(*draws, std::filesystem::absolute(path).string(), a.save, carried(o, path));
    if (!saved) return fail(saved.error(), c);
    if (const auto end = std::min(a.to, a.draws); draws->to < end)
      return complain(
          not_solved, "E0704",
          fmt::format("stopped; draws {} to {} of {} are written to {}", draws->from, draws->to, a.draws, a.save),
          fmt::format("go on with: entente doubt {} --draws {} --seed {}{} --draws-from {}{} --save OTHER; "
                      "then: entente join {} OTHER",
                      cli::quoted(path), a.draws, a.seed, a.random ? " --random" : "", draws->to,
                      end < a.draws ? fmt::format(" --draws-to {}", end) : "", cli::quoted(a.save)),
          c);
    wrote(a.save, fmt::format("draws {} to {} of {} written to {}", draws->from, draws->to, a.draws, a.save), c);
    return lost ? not_solved : ok;
  }
  return judge(path, o, *run, a, c, lost);
}

int join(const std::vector<std::string>& parts, const DoubtArgs& a, const Common& c) {
  std::vector<doubt::Draws> all;
  std::vector<std::string> paths;
  std::vector<doubt::Carried> files;
  for (const auto& part : parts) {
    auto saved = doubt::restore(part);
    if (!saved) return fail(saved.error(), c);
    paths.push_back(saved->situation_path);
    if (files.empty()) files = std::move(saved->files);
    all.push_back(std::move(saved->draws));
  }
  auto draws = doubt::join(std::move(all));
  if (!draws) return fail(draws.error(), c);
  // The situation that is named; else where one of the slices says that it is; else the text that they carry.
  std::error_code none;
  const auto there = std::ranges::find_if(paths, [&](const auto& p) { return std::filesystem::exists(p, none); });
  const auto unpacked = a.situation.empty() && there == paths.end() ? Unpacked::make(files) : nullptr;
  std::string path = !a.situation.empty() ? a.situation : there != paths.end() ? *there : paths.front();
  Common here = c;
  if (unpacked) {
    path = unpacked->situation();
    here.allow.push_back(unpacked->folder());
  }
  Opened o;
  const plan::Scope scope;
  if (!open(path, here, &scope, o)) return failed(o);
  if (o.plan->fingerprint() != draws->fingerprint)
    return complain(bad_input, "E0701", "`" + path + "` has changed since these draws were made",
                    "--situation FILE names the text that they were drawn from", c);
  if (const auto bad = unknown(a.shown, claims_of(*o.situation), "claim", c)) return *bad;
  const bool lost = given_up(o, c);
  return judge(path, o, engine::Run(o.plan, std::move(*draws)), a, c, lost);
}

int quantities(const std::string& path, const Common& c) {
  Opened o;
  const plan::Scope scope;
  if (!open(path, c, &scope, o)) return failed(o);
  print(c.json ? report::quantities_json(*o.plan) : report::quantities_text(*o.plan));
  return ok;
}

}  // namespace entente::cli
