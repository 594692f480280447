#include "mcp/confined.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "entente/text/file.hpp"

namespace entente::mcp {
namespace {

// What comes with the program, as readers of situations see it.
constexpr std::string_view tables = "entente:data/";

const text::Files& disk() { return text::disk(); }

// Links followed, `path` is the folder or lies below it.
bool inside(const std::string& path, const std::string& folder) {
  return !folder.empty() && !path.empty() &&
         (path == folder || path.starts_with(folder.ends_with('/') ? folder : folder + "/"));
}

Error refusal(const std::string& path, const std::string& why) {
  return {ErrorKind::unreadable, "`" + path + "` " + why, path};
}

}  // namespace

std::optional<std::string> below_root(const std::string& path) {
  if (path.empty() || path.size() > 1024 || path.front() == '/') return std::nullopt;
  if (std::ranges::any_of(path, [](unsigned char c) { return c < 0x20 || c == 0x7f || c == '\\'; }))
    return std::nullopt;
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    std::string part = path.substr(at, end - at);
    at = end + 1;
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      if (parts.empty()) return std::nullopt;
      parts.pop_back();
      continue;
    }
    if (part.front() == '.') return std::nullopt;
    parts.push_back(std::move(part));
  }
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : "/") + part;
  return out;
}

Confined::Confined(std::string root, std::map<std::string, std::string> drafts) : root_(disk().real(root)) {
  for (auto& [path, text] : drafts)
    if (auto name = below_root(path); name && !name->empty() && !name->starts_with(tables))
      drafts_.insert_or_assign(std::move(*name), std::move(text));
  const std::string states = disk().bundled("world/states.csv");
  if (const auto end = states.rfind("/world/"); end != std::string::npos) program_ = disk().real(states.substr(0, end));
}

// The root is the top here, so `/a` is `a`: what real() gives is asked for again.
std::optional<std::string> Confined::plain(const std::string& path) const {
  const auto begin = std::min(path.find_first_not_of('/'), path.size());
  const std::string rest = path.substr(begin);
  if (rest.empty() || rest == ".") return std::string();
  return below_root(rest);
}

std::optional<std::string> Confined::on_disk(const std::string& path) const {
  const auto name = plain(path);
  if (!name) return std::nullopt;
  const bool own = name->starts_with(tables) && !program_.empty();
  const std::string& top = own ? program_ : root_;
  const std::string rest = own ? name->substr(tables.size()) : *name;
  const std::string full = rest.empty() ? top : (top == "/" ? "" : top) + "/" + rest;
  if (!inside(disk().real(full), top)) return std::nullopt;
  return full;
}

Result<std::string> Confined::read(const std::string& path, std::size_t limit, bool) const {
  if (const auto name = plain(path))
    if (const auto it = drafts_.find(*name); it != drafts_.end()) {
      if (it->second.size() <= limit) return it->second;
      return std::unexpected(refusal(path, "is larger than " + std::to_string(limit >> 20) + " MiB"));
    }
  const auto full = on_disk(path);
  if (!full) return std::unexpected(refusal(path, "leads out of the root"));
  auto text = disk().read(*full, limit, true);
  if (text) return text;
  // The machine's own path is nobody's business.
  std::string why = text.error().message;
  if (const auto at = why.find(*full); at != std::string::npos) why.replace(at, full->size(), path);
  return std::unexpected(Error{text.error().kind, why, path});
}

std::string Confined::head(const std::string& path, std::size_t bytes) const {
  if (const auto name = plain(path))
    if (const auto it = drafts_.find(*name); it != drafts_.end()) return it->second.substr(0, bytes);
  const auto full = on_disk(path);
  return full ? disk().head(*full, bytes) : std::string();
}

bool Confined::exists(const std::string& path) const {
  if (const auto name = plain(path); name && (drafts_.contains(*name) || is_folder(path))) return true;
  const auto full = on_disk(path);
  return full && disk().exists(*full);
}

bool Confined::is_folder(const std::string& path) const {
  const auto name = plain(path);
  if (name && drafts_.contains(*name)) return false;
  if (name && !name->empty()) {
    const auto it = drafts_.lower_bound(*name + "/");
    if (it != drafts_.end() && it->first.starts_with(*name + "/")) return true;
  }
  const auto full = on_disk(path);
  return full && disk().is_folder(*full);
}

bool Confined::is_link(const std::string& path) const {
  const auto name = plain(path);
  if (name && drafts_.contains(*name)) return false;
  const auto full = on_disk(path);
  return full && disk().is_link(*full);
}

std::vector<std::string> Confined::list(const std::string& folder) const {
  std::vector<std::string> names;
  if (const auto full = on_disk(folder)) names = disk().list(*full);
  const auto name = plain(folder);
  const std::string begin = !name || name->empty() ? "" : *name + "/";
  for (auto it = drafts_.lower_bound(begin); name && it != drafts_.end() && it->first.starts_with(begin); ++it)
    names.push_back(it->first.substr(begin.size(), it->first.find('/', begin.size()) - begin.size()));
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string Confined::absolute(const std::string& path) const {
  const auto name = plain(path);
  return name ? "/" + *name : path;
}

std::string Confined::real(const std::string& path) const {
  const auto name = plain(path);
  if (name && drafts_.contains(*name)) return "/" + *name;
  const auto full = on_disk(path);
  if (!full) return {};
  const std::string real = disk().real(*full);
  const bool own = name->starts_with(tables) && !program_.empty();
  const std::string& top = own ? program_ : root_;
  const std::string rest = real == top || top == "/" ? real.substr(top.size()) : real.substr(top.size() + 1);
  return "/" + (own ? std::string(tables) : std::string()) + rest;
}

bool Confined::within(const std::string& path, std::span<const std::string> folders) const {
  const std::string here = real(path);
  return std::ranges::any_of(folders, [&](const std::string& folder) {
    const std::string there = real(folder.empty() ? "." : folder);
    return inside(here, there);
  });
}

std::string Confined::bundled(const std::string& path) const {
  const std::string there = disk().bundled(path);
  if (there.empty() || !inside(disk().real(there), program_)) return {};
  return std::string(tables) + path;
}

Result<std::string> Confined::place(const std::string& path) const {
  const auto name = below_root(path);
  if (!name || name->empty()) return std::unexpected(refusal(path, "is no path below the root"));
  // The program's own tables are read by that name, and nothing is written there.
  if (name->starts_with(tables)) return std::unexpected(refusal(path, "is no path below the root"));
  const auto full = on_disk(*name);
  if (!full) return std::unexpected(refusal(path, "leads out of the root"));
  if (disk().is_link(*full)) return std::unexpected(refusal(path, "is a link"));
  std::error_code none;
  const auto kind = std::filesystem::symlink_status(*full, none).type();
  if (kind != std::filesystem::file_type::regular && kind != std::filesystem::file_type::not_found)
    return std::unexpected(refusal(path, "is no file"));  // a pipe would be waited for
  const auto slash = name->rfind('/');
  const std::string folder = slash == std::string::npos ? "." : name->substr(0, slash);
  if (!is_folder(folder)) return std::unexpected(refusal(path, "lies in a folder that is not there"));
  return *full;
}

}  // namespace entente::mcp
