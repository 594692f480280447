// The whole answer as one page: read, ask, draw, judge, write. Whether the page can be written is looked at first, so
// that nobody waits for draws whose page is then lost.
#include <fmt/format.h>
#include <unistd.h>

#include "drawing.hpp"
#include "entente/base/shown.hpp"
#include "entente/plan/answer.hpp"
#include "entente/report/page.hpp"
#include "entente/text/file.hpp"
#include "opened.hpp"
#include "output.hpp"
#include "pdf.hpp"

namespace entente::cli {
namespace {

std::string command(const std::string& path, const std::string& to, const DoubtArgs& a) {
  return fmt::format("entente report {} -o {} --draws {} --seed {}{}{}{}", cli::quoted(path), cli::quoted(to), a.draws,
                     a.seed, a.random ? " --random" : "", a.total > 0 ? fmt::format(" --total {}", a.total) : "",
                     a.turn ? " --turn" : "");
}

}  // namespace

int report(const std::string& path, const std::string& to, const DoubtArgs& given, const Common& c) {
  DoubtArgs a = given;
  if (!a.random) a.draws = plan::Sampling::whole(a.draws);
  const bool terminal = to == "-";
  if (!terminal)
    if (const auto can = text::can_write(to); !can)
      return complain(usage, "E0780", can.error().message, "choose another place with -o; nothing was computed", c);
  const bool pdf = to.ends_with(".pdf") || to.ends_with(".PDF");
  const std::string browser = pdf ? printer() : "";
  if (pdf && browser.empty())
    return complain(usage, "E0785", "a PDF is printed by Chromium, and there is none on the search path",
                    "install `chromium`, or write a page: -o page.html", c);
  Opened o;
  const plan::Scope scope, with_levers{.everything = true, .levers = true};
  if (!open(path, c, &scope, o)) return failed(o);
  if (!terminal)
    if (const int code = may_write(to, "-o", Written::page, o, c); code != ok) return code;
  Diagnostics said;  // were said when it was compiled for the draws
  const auto all = plan::Plan::compile(o.situation, said, with_levers);
  const auto answer = plan::answer(all ? *all : *o.plan);

  given_up(o, c);
  report::Made made{.command = command(path, to, a), .version = version, .failed = {}};
  std::optional<doubt::Doubt> doubt;
  if (!o.plan->uncertain().empty()) {
    int code = ok;
    const auto run = draw(o.plan, a, c, code);
    if (!run) return code;
    auto judged = run->judge({.threads = a.threads, .total = a.total});
    if (judged) doubt = std::move(*judged);
    else if (judged.error().kind == ErrorKind::cancelled) return fail(judged.error(), c);
    else made.failed = judged.error().message;
  }
  engine::ForPage turned;
  if (a.turn) {
    const Signals signals;
    engine::Watch watch;
    Progress progress;
    progress.watch(watch, c);
    const double memory = static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
    turned = engine::turn_for_page(o.situation, {a.seed, a.draws, !a.random}, a.threads, memory, watch);
    if (watch.cancel)  // a page that depends on when it was stopped is none
      return complain(not_solved, "E0704", "stopped before every claim was looked at", "nothing was written", c);
  }
  const report::Turns turns{turned.plan.get(), turned.answers, turned.why};
  const report::Page page = report::page(*o.plan, answer, doubt ? &*doubt : nullptr, made, a.turn ? &turns : nullptr);
  if (terminal) print(c.json ? report::json(page, to) : page.html);
  else {
    std::string printed;
    if (pdf) {
      auto bytes = print_pdf(browser, page.html);
      if (!bytes) return complain(not_solved, "E0786", bytes.error().message, "-o page.html writes the page itself", c);
      printed = std::move(*bytes);
    }
    if (const auto done = text::write_file(to, pdf ? printed : page.html); !done)
      return complain(usage, "E0781", done.error().message, "the page is lost; what stood there before stands still",
                      c);
    print(c.json ? report::json(page, to)
                 : fmt::format("{}: {} claims, {} questions, {} pictures, {} numbers; {} kB\n", shown(to), page.claims,
                               page.questions, page.pictures, page.numbers, (page.html.size() + 999) / 1000));
  }
  return answer.inside && answer.answered() && made.failed.empty() ? ok : not_solved;
}

}  // namespace entente::cli
