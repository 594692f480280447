// What each number of a situation is computed from, and in which order a world's steps can be done.
#pragma once
#include <map>
#include <span>
#include <vector>

#include "entente/plan/plan.hpp"

namespace entente::plan {

class Graph {
 public:
  using Patches = std::map<ParamId, ParamId>;  // by target, what stands there
  explicit Graph(const situation::Situation& s);
  [[nodiscard]] const std::vector<ParamId>& needs(ParamId p) const { return needs_[p]; }
  // The steps of a world, behind those that it has: depth first over what a number needs, a patched number needing what
  // the lever puts there. A patch whose own value needs its target would be a circle; it takes the value that the
  // lever's number has in the base. `doses`: levers' sizes that are not the whole ones.
  void steps(World& w, const Patches& patches, std::span<const std::pair<ParamId, double>> doses) const;

  // By parameter: whether carrying out the lever can change it, alone or beside any others.
  [[nodiscard]] std::vector<char> reached(const situation::Lever& lever) const;

 private:
  const situation::Situation& s_;
  std::vector<std::uint32_t> rule_;          // by parameter
  std::vector<std::vector<ParamId>> needs_;  // by parameter
  std::vector<std::vector<ParamId>>
      uses_;  // by parameter, what is computed from it or, by a lever, put in another's place
};

}  // namespace entente::plan
