// What every tool does first and last: which situation is meant, what may be drawn, what was said.
#include <fmt/format.h>

#include <algorithm>

#include "entente/report/report.hpp"
#include "entente/text/file.hpp"
#include "mcp/tool.hpp"

namespace entente::mcp {
namespace {

constexpr std::size_t most_text = 24'000;  // bytes of the text beside an answer

std::string cut(std::string text) {
  if (text.size() <= most_text) return text;
  std::size_t at = text.rfind('\n', most_text);
  if (at == std::string::npos) at = most_text;
  text.resize(at);
  return text + "\n… cut here; the structured content has all of it.\n";
}

bool yaml(const std::string& path) { return path.ends_with(".yaml") || path.ends_with(".yml"); }

}  // namespace

const engine::Session* Work::open() {
  const std::string path = args.text("path");
  auto drafts = args.pairs("files");
  const engine::Options options{.strict = args.flag("strict"), .allow = {}};
  args.end();
  if (!out.ok()) return nullptr;
  for (const auto& [name, text] : drafts)
    if (const auto good = below_root(name); !good || good->empty())
      refuse("E0794", "`" + shown(name) + "` of `files` is no path below the root",
             "a plain path such as draft.yaml, without `..`");
  std::optional<std::string> name;
  if (args.has("path")) {
    name = below_root(path == "." ? "./" : path);
    if (!name) refuse("E0794", "`" + shown(path) + "` is no path below the root", "such as situations/mine.yaml");
    else if (name->empty()) name = ".";
  } else if (drafts.size() == 1) {
    name = below_root(drafts.begin()->first);
  } else if (drafts.contains("situation.yaml")) {
    name = "situation.yaml";
  } else {
    refuse("E0794", "which situation is meant is not said",
           "`path` names a file or folder below the root, `files` brings the texts of a draft");
  }
  if (!out.ok()) return nullptr;
  auto files = std::make_shared<const Confined>(call.options.root, std::move(drafts));
  if (!yaml(*name) && !files->is_folder(*name) && files->exists(*name)) {
    refuse("E0794", "`" + shown(*name) + "` is no .yaml file and no folder", "a situation is one of the two");
    return nullptr;
  }
  named = *name;
  session_ = engine::open(files, *name, call.registry, options);
  sources = session_->sources;
  if (session_->good()) return &*session_;
  for (const auto& d : session_->complaints.all()) out.add(d);
  if (out.ok()) refuse("E0799", "the situation could not be read");
  return nullptr;
}

std::shared_ptr<const plan::Plan> Work::compile(const std::vector<std::string>& claims, plan::Scope scope) {
  if (!session_ || !out.ok()) return nullptr;
  Diagnostics found;
  auto plan = engine::compile(*session_, claims, found, std::move(scope));
  for (const auto& d : found.all())
    if (!plan || d.severity != Severity::error) out.add(d);
  return plan;
}

doubt::Options Work::drawing(std::uint64_t otherwise) {
  const std::uint64_t most = call.options.limits.draws;
  const std::uint64_t asked = args.whole("draws", std::min(otherwise, most), 1, UINT64_MAX);
  doubt::Options o;
  o.sampling = {args.whole("seed", 1, 0, UINT64_MAX), plan::Sampling::whole(asked), true};
  if (asked > most || o.sampling.draws > std::max<std::uint64_t>(most, 10)) {
    refuse("E0718", fmt::format("{} draws are asked for, and a call may have {}", asked, most),
           "fewer draws; more are for `entente doubt` on a terminal");
    o.sampling.draws = 10;
  }
  o.threads = call.options.threads;
  o.cancel = &call.stop;
  o.partial = true;
  o.progress = call.progress;
  return o;
}

bool Work::fits(const plan::Plan& plan, std::uint64_t draws) {
  const double need = engine::memory_of(plan, draws), most = call.options.limits.memory;
  if (need <= most) return true;
  refuse("E0718", fmt::format("these draws take {:.2f} GB, and a call may have {:.2f}", 1e-9 * need, 1e-9 * most),
         "fewer draws, or `claims`: these alone");
  return false;
}

std::optional<doubt::Draws> Work::drawn(const plan::Plan& plan, const doubt::Options& o) {
  if (!fits(plan, o.sampling.draws)) return std::nullopt;
  auto draws = doubt::run(plan, o);
  const std::uint64_t done = draws ? draws->size() : 0;
  if (!draws && draws.error().kind != ErrorKind::cancelled) refuse(draws.error());
  else if (done < o.sampling.draws) stopped(done, o.sampling.draws, "draws");
  if (!out.ok()) return std::nullopt;
  return std::move(*draws);
}

void Work::stopped(std::uint64_t done, std::uint64_t of, const char* what) {
  const std::uint64_t some = done / 10 * 10;
  refuse("E0704",
         fmt::format("stopped before all {} were answered: {} of {}; a call may take {:g} s", what, done, of,
                     call.options.limits.seconds),
         some > 0 ? fmt::format("ask for at most {}, or for some `claims` alone", some)
                  : "ask for some `claims` alone; more is for `entente` on a terminal");
}

bool Work::write(const std::string& to, std::string_view text, bool overwrite) {
  if (!call.options.write) {
    refuse("E0795", "this server writes nothing", "it was started without --write; a person decides that");
    return false;
  }
  const bool kind = std::ranges::any_of(std::initializer_list<std::string_view>{".yaml", ".csv", ".md", ".html"},
                                        [&](std::string_view end) { return to.ends_with(end); });
  if (!kind) {
    refuse("E0795", "`" + shown(to) + "` is not of a kind that is written here", ".yaml, .csv, .md or .html");
    return false;
  }
  const Confined files(call.options.root);
  const auto place = files.place(to);
  if (!place) {
    refuse("E0795", place.error().message, "a new file in a folder below the root that is there");
    return false;
  }
  if (files.exists(to) && !overwrite) {
    refuse("E0795", "`" + shown(to) + "` is there already, and nothing was written",
           "another name, or `overwrite: true` where a person wants that");
    return false;
  }
  if (const auto can = text::can_write(*place); !can) {
    refuse("E0795", "`" + shown(to) + "` cannot be written");
    return false;
  }
  if (const auto done = text::write_file(*place, text); done) return true;
  refuse("E0795", "`" + shown(to) + "` could not be written to its end", "what stood there before stands still");
  return false;
}

Answer Work::refused() const {
  Answer a;
  a.good = false;
  a.complaints = Json::parse(entente::report::json(out, *sources), nullptr, false);
  a.text = cut(render(out, *sources));
  return a;
}

Answer Work::answered(Json value, std::string text) const {
  Diagnostics said;
  if (session_)
    for (const auto& d : session_->complaints.all()) said.add(d);
  for (const auto& d : out.all()) said.add(d);
  Answer a;
  a.value = std::move(value);
  if (!said.all().empty()) {
    a.complaints = Json::parse(entente::report::json(said, *sources), nullptr, false);
    text += "\n" + render(said, *sources);
  }
  a.text = cut(std::move(text));
  return a;
}

}  // namespace entente::mcp
