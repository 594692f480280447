#include "entente/families/trade/bundled.hpp"

#include <array>

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

std::optional<std::string> bundled_folder(std::string_view name, const text::Files& files) {
  for (const Name& w : worlds) {
    if (w.name != name) continue;
    const std::string table = "/countries.csv", found = files.bundled(std::string(w.folder) + table);
    if (!found.empty()) return found.substr(0, found.size() - table.size());
  }
  return std::nullopt;
}

}  // namespace entente::situation
