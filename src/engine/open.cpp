// From files to a session, and from a session to one with other numbers in it. What somebody changes is written as the
// dissent that it is: a short text that lies over the caller's files under a name of its own, read by the one reader
// there is. So a changed number is checked, complained about and told like one in a file, and what is kept as a file
// gives the same answer.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "entente/base/shown.hpp"
#include "entente/base/spelling.hpp"
#include "entente/engine/session.hpp"
#include "entente/plan/answer.hpp"

namespace entente::engine {
namespace {

namespace fs = std::filesystem;

Session read(std::shared_ptr<const text::Files> files, const text::Files& from, const std::string& file,
             const std::string& name, std::shared_ptr<const situation::Registry> registry, const Options& options,
             Edits edits) {
  Session s{.files = std::move(files),
            .name = name,
            .options = options,
            .edits = std::move(edits),
            .sources = nullptr,
            .situation = nullptr,
            .complaints = Diagnostics(),
            .registry = std::move(registry)};
  auto sources = std::make_shared<SourceMap>();
  auto read = situation::load(file, *s.registry, *sources, s.complaints,
                              {.strict = options.strict, .allow = options.allow, .files = &from});
  if (read) s.situation = std::make_shared<const situation::Situation>(std::move(*read));
  s.sources = std::move(sources);
  return s;
}

// The path of the number that somebody means; empty: none.
std::string path_of(const situation::Situation& s, const std::string& name) {
  const auto id = s.parameter(name) != situation::none ? s.parameter(name) : s.driver(name);
  return id == situation::none ? std::string() : s.parameters[id].path;
}

// Keys in a text of ours: every one in double quotes, so that none is taken for anything else.
std::string key(const std::string& name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

// The files of a session with its changes over them, as a dissent beside the file.
struct Changed {
  std::string path;
  text::Over files;

  Changed(const Session& s, const Edits& edits)
      : path(free_name(s)), files(*s.files, {{path, dissent(edits, file(s).filename().string())}}) {}

 private:
  static fs::path file(const Session& s) {
    return s.files->is_folder(s.name) ? fs::path(s.name) / "situation.yaml" : fs::path(s.name);
  }
  static std::string free_name(const Session& s) {
    std::string mine = "changed-here.yaml";
    while (s.files->exists((file(s).parent_path() / mine).string())) mine = "_" + mine;
    return (file(s).parent_path() / mine).string();
  }
};

}  // namespace

std::shared_ptr<const text::Files> disk() {
  return {std::shared_ptr<const text::Files>(), &text::disk()};  // it belongs to nobody
}

Session open(std::shared_ptr<const text::Files> files, const std::string& name, const situation::Registry& registry,
             const Options& options) {
  const text::Files& from = *files;
  return read(std::move(files), from, name, name, std::make_shared<const situation::Registry>(registry), options, {});
}

std::string dissent(const Edits& edits, const std::string& of) {
  std::string out = "dissents-from: " + key(of) + "\n";
  std::vector<std::string> open;            // the mappings that stand open
  for (const auto& [path, text] : edits) {  // in order, so that one mapping's paths stand together
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= path.size();) {
      const std::size_t end = std::min(path.find('.', at), path.size());
      parts.push_back(path.substr(at, end - at));
      at = end + 1;
    }
    std::size_t same = 0;
    while (same < open.size() && same + 1 < parts.size() && open[same] == parts[same]) ++same;
    open.resize(same);
    for (std::size_t k = same; k < parts.size(); ++k) {
      out += std::string(2 * k, ' ') + key(parts[k]) + ":";
      if (k + 1 < parts.size()) out += "\n", open.push_back(parts[k]);
    }
    out += " " + text + "\n";
  }
  return out;
}

Session set(const Session& base, const Edits& edits) {
  Session refused = base;
  refused.situation = nullptr;
  refused.complaints = Diagnostics();
  const auto complain = [&](const char* code, const std::string& message, const std::string& hint) {
    refused.complaints.error(code, {}, message, "", hint);
  };
  if (!base.good()) {
    complain("E0770", "this situation has errors, so no number of it can be changed", "mend it first");
    return refused;
  }
  Edits all = base.edits;
  for (const auto& [name, text] : edits) {
    const std::string path = path_of(*base.situation, name);
    if (path.empty()) {
      std::vector<std::string> names;
      for (const auto& p : base.situation->parameters)
        if (!p.implicit) names.push_back(p.path);
      for (const auto& [driver, id] : base.situation->drivers) names.push_back(driver);
      complain("E0771", "`" + shown(name) + "` is no number of this situation", did_you_mean(name, names));
      continue;
    }
    const bool one_line = std::ranges::none_of(text, [](unsigned char c) { return c < ' ' && c != '\t'; });
    if (text.find_first_not_of(" \t") == std::string::npos || !one_line) {
      complain("E0772", "the text for `" + shown(path) + "` is empty or has several lines",
               "write it as it would stand in the file: 5 to 8 USD/MMBtu @source");
      continue;
    }
    all[path] = text;
  }
  if (!refused.complaints.ok()) return refused;
  const Changed changed(base, all);
  return read(base.files, changed.files, changed.path, base.name, base.registry, base.options, std::move(all));
}

std::optional<doubt::Diff> diff(const Session& s, const doubt::Options& options, SourceMap& sources, Diagnostics& out) {
  const auto compared = [&](const std::string& path, const text::Files& files) -> std::optional<doubt::Diff> {
    const auto dissent = situation::Dissent::open(path, *s.registry, sources, out,
                                                  {.strict = false, .allow = s.options.allow, .files = &files});
    if (!dissent) return std::nullopt;
    auto d = doubt::diff(*dissent, options, sources, out);
    if (!d) return std::nullopt;
    d->base = dissent->base().lexically_normal().string();
    d->dissent = path;
    return d;
  };
  if (s.edits.empty()) return compared(s.name, *s.files);
  const Changed changed(s, s.edits);
  return compared(changed.path, changed.files);
}

Diagnostics check(const Session& s) {
  Diagnostics out = s.complaints;
  if (!s.good()) return out;
  const auto plan = compile(s, {}, out);
  if (!plan || !out.ok()) return out;
  for (const auto id : s.situation->unused)
    out.warning("W0317", s.situation->parameters[id].span,
                "nothing uses the driver `" + std::string(s.situation->parameters[id].name()) + "`",
                "it changes nothing");
  doubt::outcomes_fit(*plan, out);
  Diagnostics notes;
  situation::note_cuts(*s.situation, notes);
  for (const auto& note : notes.all()) out.add(note);
  out.sort();
  return out;
}

std::shared_ptr<plan::Plan> compile(const Session& s, const std::vector<std::string>& claims, Diagnostics& out,
                                    plan::Scope scope) {
  if (!s.good()) return nullptr;
  auto situation = s.situation;
  if (!claims.empty()) {
    std::vector<std::string> names, wanted = claims;
    for (const auto& c : situation->claims) names.push_back(c.name);
    for (const auto& name : claims)
      if (std::ranges::find(names, name) == names.end())
        out.error("E0719", {}, "`" + shown(name) + "` is no claim of this situation", "", did_you_mean(name, names));
    if (!out.ok()) return nullptr;
    // What a claim names besides: a word of its condition that is another claim's name.
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      const auto it = std::ranges::find(situation->claims, wanted[i], &situation::Claim::name);
      std::string word;
      for (const char c : it->holds + " ") {
        const bool part = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
        if (part) {
          word += c;
          continue;
        }
        if (std::ranges::find(names, word) != names.end() && std::ranges::find(wanted, word) == wanted.end())
          wanted.push_back(word);
        word.clear();
      }
      if (!it->under.empty() && std::ranges::find(wanted, it->under) == wanted.end()) wanted.push_back(it->under);
    }
    auto fewer = std::make_shared<situation::Situation>(*situation);
    std::erase_if(fewer->claims, [&](const auto& c) { return std::ranges::find(wanted, c.name) == wanted.end(); });
    situation = std::move(fewer);
    scope.everything = false;
  }
  auto plan = plan::Plan::compile(std::move(situation), out, std::move(scope));
  return plan ? std::make_shared<plan::Plan>(std::move(*plan)) : nullptr;
}

}  // namespace entente::engine
