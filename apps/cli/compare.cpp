// diff and history: two situations against each other, and answers against what happened.
#include "entente/doubt/compare.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "commands.hpp"
#include "entente/engine/session.hpp"
#include "entente/families/all.hpp"
#include "entente/report/report.hpp"
#include "opened.hpp"

namespace entente::cli {

int diff(const std::string& path, const DoubtArgs& a, const Common& c) {
  Opened o;
  const auto dissent = situation::Dissent::open(path, families::all(), o.sources, o.diagnostics, {.allow = c.allow});
  std::optional<doubt::Diff> d;
  if (dissent) {
    doubt::Options options{.sampling = {a.seed, plan::Sampling::whole(a.draws), !a.random}, .threads = a.threads};
    if (isatty(2) && !c.quiet)
      options.progress = [](std::uint64_t done, std::uint64_t of) {
        std::fprintf(stderr, "\r%llu of %llu differences%s", static_cast<unsigned long long>(done),
                     static_cast<unsigned long long>(of), done == of ? "\r\x1b[K" : "");
      };
    d = doubt::diff(*dissent, options, o.sources, o.diagnostics);
  }
  if (!d) {
    say(o, c);
    return failed(o);
  }
  Opened lost;  // of all that was said, what stopped an answer
  for (const auto& x : o.diagnostics.all())
    if (x.code == "W0703") lost.diagnostics.add({x.severity, x.code, x.message, {}, x.label, x.hint, {}});
  say(lost, c);
  d->base = dissent->base().lexically_normal().string();
  d->dissent = path;
  print(c.json ? report::json(*d) : report::text(*d, {color_out()}));
  return lost.diagnostics.all().empty() ? ok : not_solved;
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
  std::vector<doubt::Scored> rows;
  for (const auto& path : paths) {
    Opened o;
    const plan::Scope scope;
    if (!open(path, c, &scope, o)) return failed(o);
    if (o.situation->outcomes.empty()) continue;
    given_up(o, c);
    engine::Run run(o.plan, {.sampling = {a.seed, plan::Sampling::whole(a.draws), !a.random}, .threads = a.threads});
    if (const auto done = run.step(); !done) return fail(done.error(), c);
    const auto scored = doubt::score(*o.plan, run.draws(), o.diagnostics);
    if (!scored) {
      say(o, c);
      return bad_input;
    }
    rows.insert(rows.end(), scored->begin(), scored->end());
  }
  print(c.json ? report::json(rows) : report::text(rows, {color_out()}));
  return ok;
}

}  // namespace entente::cli
