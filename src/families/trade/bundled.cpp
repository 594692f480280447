#include "entente/families/trade/bundled.hpp"

#include <array>
#include <filesystem>

namespace entente::situation {
namespace {

struct Name {
  std::string_view name, folder;
};
constexpr std::array worlds{Name{"world-2014", "economy"}, Name{"world-2022", "economy-2022"}};

}  // namespace

bool is_bundled(std::string_view name) {
  for (const Name& w : worlds)
    if (w.name == name) return true;
  return false;
}

std::vector<std::string> bundled_names() {
  std::vector<std::string> out;
  for (const Name& w : worlds) out.emplace_back(w.name);
  return out;
}

std::optional<std::string> bundled_folder(std::string_view name) {
  namespace fs = std::filesystem;
  std::string_view folder;
  for (const Name& w : worlds)
    if (w.name == name) folder = w.folder;
  std::error_code none;
  fs::path at = fs::read_symlink("/proc/self/exe", none).parent_path();
  for (int up = 0; !folder.empty() && !at.empty() && up < 6; ++up) {
    for (const char* below : {"share/entente/data", "data"})
      if (fs::path here = at / below / folder; fs::exists(here / "countries.csv", none)) return here.string();
    if (at == at.parent_path()) break;
    at = at.parent_path();
  }
  return std::nullopt;
}

}  // namespace entente::situation
