// The tools that answer: check, quantities, ask, explain, doubt, diff, report. Each does what the command of its name
// does on a terminal, with the same JSON, and refuses what would take too much.
#include <fmt/format.h>

#include <algorithm>

#include "entente/plan/answer.hpp"
#include "entente/report/page.hpp"
#include "entente/report/report.hpp"
#include "entente/situation/proposed.hpp"
#include "mcp/tool.hpp"

namespace entente::mcp {
namespace {

namespace said = entente::report;

Json parsed(const std::string& json) { return Json::parse(json, nullptr, false); }

// Names that are asked for and not there; true where all are.
bool known(Work& w, const std::vector<std::string>& asked, const std::vector<std::string>& names, const char* what) {
  for (const auto& name : asked)
    if (std::ranges::find(names, name) == names.end())
      w.refuse("E0719", "`" + shown(name) + "` is no " + what + " of this situation", did_you_mean(name, names));
  return w.out.ok();
}

std::string counted(std::size_t n, const char* what) { return fmt::format("{} {}{}", n, what, n == 1 ? "" : "s"); }

}  // namespace

Answer check(const Call& call) {
  Work w(call);
  const bool numbers = w.args.flag("numbers");
  const engine::Session* s = w.open();
  if (!s && !w.named.empty()) {  // it was read, and has errors: that is the answer
    Answer a = w.refused();
    a.good = true;
    a.value = {{"errors", w.out.errors()}, {"warnings", w.out.warnings()}};
    return a;
  }
  if (!s) return w.refused();
  const Diagnostics complaints = engine::check(*s);
  const auto count = situation::count_numbers(*s->situation);
  const std::size_t proposed = situation::count_proposed(*s->situation);
  Answer a;
  a.value = {{"errors", complaints.errors()},
             {"warnings", complaints.warnings()},
             {"title", s->situation->title},
             {"as_of", s->situation->as_of},
             {"actors", s->situation->actors.size()},
             {"questions", s->situation->questions.size()},
             {"claims", s->situation->claims.size()},
             {"numbers",
              {{"written", count.written},
               {"uncertain", count.uncertain},
               {"defaults", count.defaults},
               {"proposed_by_assistant", proposed}}}};
  if (numbers && complaints.ok()) a.value["list"] = parsed(said::numbers_json(*s->situation, *s->sources));
  if (!complaints.all().empty()) {
    a.complaints = parsed(said::json(complaints, *s->sources));
    a.text = render(complaints, *s->sources);
  }
  if (complaints.ok())
    a.text += fmt::format(
        "{}: {}, {} ({} uncertain, {} proposed by an assistant), {}, {}; nothing wrong\n", s->situation->title,
        counted(s->situation->actors.size(), "actor"), counted(count.written, "number"), count.uncertain, proposed,
        counted(s->situation->questions.size(), "question"), counted(s->situation->claims.size(), "claim"));
  return a;
}

Answer quantities(const Call& call) {
  Work w(call);
  const engine::Session* s = w.open();
  const auto plan = s ? w.compile({}) : nullptr;
  if (!plan) return w.refused();
  return w.answered(parsed(said::quantities_json(*plan)), said::quantities_text(*plan));
}

Answer ask(const Call& call) {
  Work w(call);
  const auto names = w.args.texts("names");
  const engine::Session* s = w.open();
  if (!s) return w.refused();
  std::vector<std::string> all;
  for (const auto& c : s->situation->claims) all.push_back(c.name);
  for (const auto& q : s->situation->questions) all.push_back(q.name);
  if (!known(w, names, all, "claim or question")) return w.refused();
  const auto plan = w.compile({}, {.everything = true, .levers = true, .quantities = {}});
  if (!plan) return w.refused();
  const auto answer = plan::answer(*plan);
  Json value = parsed(said::json(*plan, answer));
  if (!names.empty())  // the rest is not asked for
    for (const char* part : {"claims", "questions"}) {
      Json some = Json::object();
      for (const auto& [name, x] : value[part].items())
        if (std::ranges::find(names, name) != names.end()) some[name] = x;
      value[part] = std::move(some);
    }
  const said::Style style{.file = w.named, .only = names};
  return w.answered(std::move(value), names.empty() ? said::first_screen(*plan, answer, *w.sources, style)
                                                    : said::text(*plan, answer, *w.sources, style));
}

Answer explain(const Call& call) {
  Work w(call);
  const std::string name = w.args.text("name");
  const engine::Session* s = w.open();
  if (!s) return w.refused();
  const engine::Explained e = engine::explain(*s, name);
  w.sources = e.sources;
  if (!e.plan) {
    for (const auto& d : e.complaints.all()) w.out.add(d);
    return w.refused();
  }
  return w.answered(parsed(said::json(*e.plan, e.explanation, *e.sources)),
                    said::text(*e.plan, e.explanation, *e.sources, {}));
}

Answer doubt(const Call& call) {
  Work w(call);
  const auto options = w.drawing(1000);
  const auto claims = w.args.texts("claims");
  const engine::Session* s = w.open();
  const auto plan = s ? w.compile(claims) : nullptr;
  if (!plan) return w.refused();
  const auto draws = w.drawn(*plan, options);
  if (!draws) return w.refused();
  const auto d = entente::doubt::judge(*plan, *draws, {.threads = options.threads, .total = 0});
  if (!d) {
    w.refuse(d.error());
    return w.refused();
  }
  const said::Style style{.file = w.named, .only = claims};
  return w.answered(parsed(said::json(*plan, *d)),
                    claims.empty() ? said::first_screen(*plan, *d, style) : said::text(*plan, *d, style));
}

Answer diff(const Call& call) {
  Work w(call);
  const auto options = w.drawing(1000);
  const auto numbers = w.args.pairs("numbers");
  const engine::Session* s = w.open();
  if (!s) return w.refused();
  engine::Session changed = *s;
  if (!numbers.empty()) {
    changed = engine::set(*s, numbers);
    w.sources = changed.sources;
    if (!changed.good()) {
      for (const auto& d : changed.complaints.all()) w.out.add(d);
      return w.refused();
    }
  }
  if (const auto plan = w.compile({}); !plan || !w.fits(*plan, options.sampling.draws)) return w.refused();
  auto sources = std::make_shared<SourceMap>();
  Diagnostics found;
  const auto d = engine::diff(changed, options, *sources, found);
  if (!d) {
    if (call.stop) w.stopped(0, options.sampling.draws, "draws");
    w.sources = sources;
    for (const auto& x : found.all()) w.out.add(x);
    if (w.out.ok()) w.refuse("E0799", "the two could not be compared");
    return w.refused();
  }
  Answer a = w.answered(parsed(said::json(*d)), said::text(*d, said::Style{}));
  if (!numbers.empty()) {
    const std::string base = w.named.ends_with(".yaml") ? w.named.substr(w.named.rfind('/') + 1) : "situation.yaml";
    a.file = engine::dissent(changed.edits, base);
  }
  return a;
}

Answer report(const Call& call) {
  Work w(call);
  const auto options = w.drawing(1000);
  const std::string to = w.args.text("to");
  const bool overwrite = w.args.flag("overwrite"), whole = w.args.flag("page");
  if (!to.empty() && !to.ends_with(".html")) w.refuse("E0795", "a page is written to a file that ends in .html");
  if (!to.empty() && !call.options.write)
    w.refuse("E0795", "this server writes nothing", "it was started without --write; `page: true` gives the page here");
  const engine::Session* s = w.open();
  const auto plan = s ? w.compile({}) : nullptr;
  if (!plan) return w.refused();
  Diagnostics quiet;  // the same was said when it was compiled for the draws
  const auto all = engine::compile(*s, {}, quiet, {.everything = true, .levers = true, .quantities = {}});
  const auto answer = plan::answer(all ? *all : *plan);
  said::Made made{.command = fmt::format("entente report {} -o {} --draws {} --seed {}", w.named,
                                         to.empty() ? "page.html" : to, options.sampling.draws, options.sampling.seed),
                  .version = call.options.version,
                  .failed = {}};
  std::optional<entente::doubt::Doubt> found;
  if (!plan->uncertain().empty()) {
    const auto draws = w.drawn(*plan, options);
    if (!draws) return w.refused();
    auto judged = entente::doubt::judge(*plan, *draws, {.threads = options.threads, .total = 0});
    if (judged) found = std::move(*judged);
    else made.failed = judged.error().message;
  }
  const said::Page page = said::page(*plan, answer, found ? &*found : nullptr, made);
  if (!to.empty() && !w.write(to, page.html, overwrite)) return w.refused();
  std::string text =
      fmt::format("{}: {}, {}, {}, {}; {} kB.", to.empty() ? "The page" : to, counted(page.claims, "claim"),
                  counted(page.questions, "question"), counted(page.pictures, "picture"),
                  counted(page.numbers, "number"), (page.html.size() + 999) / 1000);
  if (to.empty() && !whole) text += " It was not kept: `page: true` gives it here, `to` writes it below the root.";
  Answer a = w.answered(parsed(said::json(page, to)), text + "\n");
  if (whole)
    a.blocks.push_back(
        {{"type", "resource"},
         {"resource", {{"uri", "entente://page/" + w.named}, {"mimeType", "text/html"}, {"text", page.html}}}});
  return a;
}

}  // namespace entente::mcp
