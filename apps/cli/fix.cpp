// `check --fix`: what complaints say would mend them for certain, made in memory, read again until nothing more is to
// be mended, shown as a difference, and written when somebody says so. A file is replaced whole or not at all.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "entente/families/all.hpp"
#include "entente/report/report.hpp"
#include "entente/text/file.hpp"
#include "entente/text/mend.hpp"
#include "opened.hpp"

namespace entente::cli {
namespace {

using Texts = std::map<std::string, std::string>;  // by file

constexpr int most_rounds = 50;

// Reads with `now` in the place of what the files hold.
void read(const std::string& path, const Texts& now, const Common& c, Opened& o) {
  const plan::Scope scope;
  cli::read(std::make_shared<const text::Over>(text::disk(), now), path, c, &scope, o);
}

// Only files of the situation's own folder are written.
std::string folder_of(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return path;
  const auto parent = std::filesystem::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

// The edits of one reading made; whether any were.
bool make_edits(const Opened& o, const std::string& folder, Texts& before, Texts& now) {
  std::map<std::string, std::pair<std::uint32_t, std::vector<Edit>>> by_file;
  const std::vector<std::string> own{folder};
  for (const auto& d : o.diagnostics.all())
    for (const auto& e : d.edits) {
      if (!e.span.known()) continue;
      const std::string& name = o.sources[e.span.file].name();
      if (!by_file.contains(name) && !text::within(name, own)) continue;
      auto& [file, edits] = by_file.try_emplace(name, e.span.file, std::vector<Edit>{}).first->second;
      edits.push_back(e);
    }
  for (auto& [name, edits] : by_file) {
    const std::string text(o.sources[edits.first].text());
    before.try_emplace(name, text);
    now[name] = text::mended(text, std::move(edits.second));
  }
  return !by_file.empty();
}

bool agreed() {
  if (isatty(0) == 0 || isatty(2) == 0) return false;
  std::fputs("Write this? [y/N] ", stderr);
  std::fflush(stderr);
  char answer[16] = {};
  return std::fgets(answer, sizeof answer, stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

// Every file as it was when it was read, or nothing is written.
int write(const Texts& before, const Texts& now, const Common& c) {
  for (const auto& [name, text] : before) {
    const auto there = text::read_file(name, std::size_t{1} << 30, true);
    if (!there) return fail(there.error(), c);
    if (*there != text)
      return complain(usage, "E0763", "`" + name + "` changed while it was being mended", "nothing was written", c);
    if (const auto can = text::can_write(name); !can) return fail(can.error(), c);
  }
  for (const auto& [name, text] : now)
    if (const auto done = text::write_file(name, text); !done) return fail(done.error(), c);
  return ok;
}

}  // namespace

int fix(const std::string& path, bool yes, const Common& c) {
  const std::string folder = folder_of(path);
  Texts before, now;
  Opened o;
  read(path, now, c, o);
  for (int round = 0; round < most_rounds && make_edits(o, folder, before, now); ++round) {
    o = Opened();
    read(path, now, c, o);
  }
  std::string shown;
  for (const auto& [name, text] : now) shown += text::difference(before.at(name), text, name);
  bool written = false;
  if (!shown.empty()) {
    if (!c.json) print(shown);
    if (yes || (!c.json && agreed())) {
      if (const int code = write(before, now, c); code != ok) return code;
      written = true;
    }
  }
  if (c.json) {
    nlohmann::ordered_json j;
    j["difference"] = shown;
    j["written"] = written;
    auto& files = j["files"] = nlohmann::ordered_json::array();
    for (const auto& [name, text] : now) files.push_back(name);
    j["complaints_left"] = o.diagnostics.errors();
    print(j.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
  } else {
    const std::string left = o.diagnostics.all().empty() ? "" : render(o.diagnostics, o.sources, color_err());
    std::fwrite(left.data(), 1, left.size(), stderr);
    const std::string rest = o.diagnostics.ok() ? "nothing is wrong any more" : "what is said above is left for you";
    if (written) print(fmt::format("written: {} file{}; {}\n", now.size(), now.size() == 1 ? "" : "s", rest));
    else if (!shown.empty()) std::fputs("not written; `check --fix --yes` writes it\n", stderr);
    else print(o.diagnostics.ok() ? "nothing is wrong\n" : "nothing that can be mended for certain\n");
  }
  return o.diagnostics.ok() && (written || shown.empty()) ? ok : bad_input;
}

}  // namespace entente::cli
