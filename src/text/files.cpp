#include "entente/text/files.hpp"

#include <dlfcn.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "entente/text/file.hpp"

namespace entente::text {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t most_names = 1000;

// Folders of the code that runs: of the library that holds it, where that is none of the program's own (a module of
// Python), then of the program.
std::vector<fs::path> homes() {
  std::vector<fs::path> out;
  std::error_code none;
  const fs::path program = fs::read_symlink("/proc/self/exe", none);
  static const char inside = 0;
  Dl_info info{};
  if (dladdr(&inside, &info) != 0 && info.dli_fname) {
    const fs::path library(info.dli_fname);
    if (library.is_absolute() && !fs::equivalent(library, program, none)) out.push_back(library.parent_path());
  }
  out.push_back(program.parent_path());
  return out;
}

class Disk final : public Files {
 public:
  Result<std::string> read(const std::string& path, std::size_t limit, bool only_files) const override {
    return read_file(path, limit, only_files);
  }
  std::string head(const std::string& path, std::size_t bytes) const override {
    const auto file = open_file(path, true);
    if (!file) return {};
    std::string text(bytes, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), file->get()));
    return text;
  }
  bool exists(const std::string& path) const override {
    std::error_code error;
    return fs::exists(path, error);
  }
  bool is_folder(const std::string& path) const override {
    std::error_code error;
    return fs::is_directory(path, error);
  }
  bool is_link(const std::string& path) const override {
    std::error_code error;
    return fs::is_symlink(path, error);
  }
  std::vector<std::string> list(const std::string& folder) const override {
    std::error_code error;
    std::vector<std::string> names;
    for (fs::directory_iterator it(folder.empty() ? "." : folder, error), end;
         !error && it != end && names.size() < most_names; it.increment(error))
      names.push_back(it->path().filename().string());
    std::ranges::sort(names);
    return names;
  }
  std::string absolute(const std::string& path) const override {
    std::error_code error;
    return fs::absolute(path.empty() ? "." : path, error).string();
  }
  std::string real(const std::string& path) const override {
    std::error_code error;
    const fs::path real = fs::weakly_canonical(fs::absolute(path.empty() ? "." : path, error), error);
    return error ? std::string() : real.string();
  }
  bool within(const std::string& path, std::span<const std::string> folders) const override {
    return text::within(path, folders);
  }
  std::string bundled(const std::string& path) const override {
    std::error_code none;
    for (fs::path at : homes()) {
      for (int up = 0; !at.empty() && up < 6; ++up) {
        for (const char* below : {"share/entente/data", "data"})
          if (const fs::path here = at / below / path; fs::exists(here, none)) return here.string();
        if (at == at.parent_path()) break;
        at = at.parent_path();
      }
    }
    return {};
  }
};

// The path with neither `.` nor `..`; nothing where it leads above the top.
std::optional<std::string> plain(const std::string& path) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string part = path.substr(at, end - at);
    at = end + 1;
    if (part.empty() || part == ".") continue;
    if (part != "..") parts.push_back(part);
    else if (parts.empty()) return std::nullopt;
    else parts.pop_back();
  }
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : "/") + part;
  return out;
}

}  // namespace

const Files& disk() {
  static const Disk files;
  return files;
}

Over::Over(const Files& below, std::map<std::string, std::string> texts) : below_(below), texts_(std::move(texts)) {}
Result<std::string> Over::read(const std::string& path, std::size_t limit, bool only_files) const {
  const auto it = texts_.find(path);
  return it == texts_.end() ? below_.read(path, limit, only_files) : Result<std::string>(it->second);
}
std::string Over::head(const std::string& path, std::size_t bytes) const {
  const auto it = texts_.find(path);
  return it == texts_.end() ? below_.head(path, bytes) : it->second.substr(0, bytes);
}
bool Over::exists(const std::string& path) const { return texts_.contains(path) || below_.exists(path); }
bool Over::is_folder(const std::string& path) const { return !texts_.contains(path) && below_.is_folder(path); }
bool Over::is_link(const std::string& path) const { return below_.is_link(path); }
std::vector<std::string> Over::list(const std::string& folder) const { return below_.list(folder); }
std::string Over::absolute(const std::string& path) const { return below_.absolute(path); }
std::string Over::real(const std::string& path) const { return below_.real(path); }
bool Over::within(const std::string& path, std::span<const std::string> folders) const {
  return below_.within(path, folders);
}
std::string Over::bundled(const std::string& path) const { return below_.bundled(path); }

Memory::Memory(std::map<std::string, std::string> texts) {
  for (auto& [name, text] : texts)
    if (auto path = plain(name); path && !path->empty()) texts_.insert_or_assign(std::move(*path), std::move(text));
}

Result<std::string> Memory::read(const std::string& path, std::size_t limit, bool) const {
  const auto name = plain(path);
  const auto it = name ? texts_.find(*name) : texts_.end();
  const auto fail = [&](const std::string& why) {
    return std::unexpected(Error{ErrorKind::unreadable, "`" + path + "` " + why, path});
  };
  if (it == texts_.end()) return fail(is_folder(path) ? "is a folder" : "does not exist");
  if (it->second.size() > limit) return fail("is larger than " + std::to_string(limit >> 20) + " MiB");
  return it->second;
}

std::string Memory::head(const std::string& path, std::size_t bytes) const {
  const auto name = plain(path);
  const auto it = name ? texts_.find(*name) : texts_.end();
  return it == texts_.end() ? std::string() : it->second.substr(0, bytes);
}

bool Memory::exists(const std::string& path) const {
  const auto name = plain(path);
  return name && (texts_.contains(*name) || is_folder(path));
}

bool Memory::is_folder(const std::string& path) const {
  const auto name = plain(path);
  if (!name) return false;
  if (name->empty()) return true;
  const auto it = texts_.lower_bound(*name + "/");
  return it != texts_.end() && it->first.starts_with(*name + "/");
}

bool Memory::is_link(const std::string&) const { return false; }

std::vector<std::string> Memory::list(const std::string& folder) const {
  std::vector<std::string> names;
  const auto name = plain(folder);
  if (!name) return names;
  const std::string begin = name->empty() ? "" : *name + "/";
  for (auto it = texts_.lower_bound(begin);
       it != texts_.end() && it->first.starts_with(begin) && names.size() < most_names; ++it) {
    const std::string one = it->first.substr(begin.size(), it->first.find('/', begin.size()) - begin.size());
    if (names.empty() || names.back() != one) names.push_back(one);
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string Memory::absolute(const std::string& path) const { return "/" + plain(path).value_or(""); }

std::string Memory::real(const std::string& path) const {
  const auto name = plain(path);
  return name ? "/" + *name : std::string();
}

bool Memory::within(const std::string& path, std::span<const std::string> folders) const {
  const auto name = plain(path);
  return name && std::ranges::any_of(folders, [&](const std::string& folder) {
           const auto root = plain(folder);
           return root && (root->empty() || *name == *root || name->starts_with(*root + "/"));
         });
}

std::string Memory::bundled(const std::string& path) const {
  const std::string here = "data/" + path;
  return exists(here) ? here : std::string();
}

}  // namespace entente::text
