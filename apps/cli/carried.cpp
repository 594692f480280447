#include "carried.hpp"

#include <stdlib.h>

#include <algorithm>
#include <filesystem>

#include "entente/text/file.hpp"

namespace entente::cli {

namespace fs = std::filesystem;

std::vector<doubt::Carried> carried(const Opened& o, const std::string& path) {
  std::error_code none;
  std::vector<fs::path> places;
  for (std::uint32_t k = 0; k < o.sources.size(); ++k)
    places.push_back(fs::absolute(o.sources[k].name(), none).lexically_normal());
  if (places.empty()) return {};
  // The folder above the one that holds all: a situation takes its name from its own folder's.
  fs::path root = places.front().parent_path();
  const auto holds = [](const fs::path& folder, const fs::path& file) {
    return std::ranges::mismatch(folder, file).in1 == folder.end();
  };
  for (const auto& p : places)
    while (root.has_relative_path() && !holds(root, p)) root = root.parent_path();
  root = root.parent_path();
  std::vector<doubt::Carried> out;
  for (std::uint32_t k = 0; k < o.sources.size(); ++k) {
    const std::string name = places[k].lexically_relative(root).generic_string();
    if (std::ranges::find(out, name, &doubt::Carried::name) != out.end()) continue;  // a base that is read twice
    out.push_back({name, std::string(o.sources[k].text())});
  }
  const bool folder = fs::is_directory(path, none);
  const fs::path file = fs::absolute(folder ? fs::path(path) / "situation.yaml" : fs::path(path), none);
  const auto it =
      std::ranges::find(out, file.lexically_normal().lexically_relative(root).generic_string(), &doubt::Carried::name);
  if (it == out.end()) return {};
  std::rotate(out.begin(), it, std::next(it));
  return out;
}

std::unique_ptr<Unpacked> Unpacked::make(const std::vector<doubt::Carried>& files) {
  std::error_code error;
  std::string pattern = (fs::temp_directory_path(error) / "entente-XXXXXX").string();
  if (files.empty() || error || !mkdtemp(pattern.data())) return nullptr;
  std::unique_ptr<Unpacked> out(new Unpacked(pattern));
  for (const auto& f : files) {
    const fs::path name(f.name);
    const bool out_of_it =
        f.name.empty() || f.name.find('\0') != std::string::npos || name.is_absolute() ||
        std::ranges::any_of(name, [](const fs::path& part) { return part == ".." || part == "." || part.empty(); });
    if (out_of_it) return nullptr;
    const fs::path place = fs::path(pattern) / name;
    fs::create_directories(place.parent_path(), error);
    if (error || !text::write_file(place.string(), f.text)) return nullptr;
    if (out->situation_.empty()) out->situation_ = place.string();
  }
  return out;
}

Unpacked::~Unpacked() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

}  // namespace entente::cli
