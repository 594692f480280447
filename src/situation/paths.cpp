#include <algorithm>
#include <functional>

#include "entente/situation/situation.hpp"

namespace entente::situation {

// Where `path` stands, or the free slot where it would: linear probing.
std::size_t Paths::slot(const std::vector<Parameter>& all, std::string_view path, std::uint64_t hash) const noexcept {
  std::size_t i = hash & (slots_.size() - 1);
  while (slots_[i].id != none && (slots_[i].hash != hash || all[slots_[i].id].path != path))
    i = (i + 1) & (slots_.size() - 1);
  return i;
}

void Paths::add(const std::vector<Parameter>& all, bool last) {
  if (2 * (taken_ + 1) > slots_.size()) {
    std::vector<Slot> old(std::max<std::size_t>(64, 2 * slots_.size()));
    old.swap(slots_);
    for (const Slot& s : old) {
      if (s.id == none) continue;
      std::size_t i = s.hash & (slots_.size() - 1);
      while (slots_[i].id != none) i = (i + 1) & (slots_.size() - 1);
      slots_[i] = s;
    }
  }
  const std::string& path = all.back().path;
  const std::uint64_t hash = std::hash<std::string_view>{}(path);
  Slot& s = slots_[slot(all, path, hash)];
  taken_ += s.id == none;
  if (s.id == none || last) s = {hash, static_cast<ParamId>(all.size() - 1)};
}

ParamId Paths::find(const std::vector<Parameter>& all, std::string_view path) const noexcept {
  return slots_.empty() ? none : slots_[slot(all, path, std::hash<std::string_view>{}(path))].id;
}

std::vector<ParamId> Paths::in_order(const std::vector<Parameter>& all) const {
  std::vector<ParamId> out;
  for (const Slot& s : slots_)
    if (s.id != none) out.push_back(s.id);
  std::ranges::sort(out, {}, [&](ParamId id) -> const std::string& { return all[id].path; });
  return out;
}

}  // namespace entente::situation
