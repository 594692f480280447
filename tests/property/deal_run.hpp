// From the text of a situation to the cells of its first question at the medians, world by world.
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>

#include "entente/families/all.hpp"
#include "entente/plan/answer.hpp"

namespace deal_oracle {

struct Cells {
  std::map<std::string, double> value;  ///< NaN: undefined
  std::map<std::string, entente::ask::Reason> reason;
};
/// By world; "" is the base.
using Worlds = std::map<std::string, Cells>;

/// Empty after a failure, which is reported.
inline Worlds run_file(const std::filesystem::path& path, std::size_t question = 0) {
  entente::SourceMap sources;
  entente::Diagnostics out;
  Worlds w;
  auto s = entente::situation::load(path, entente::families::all(), sources, out);
  const auto plan =
      s ? entente::plan::Plan::compile(std::make_shared<const entente::situation::Situation>(std::move(*s)), out)
        : std::nullopt;
  if (!plan) {
    ADD_FAILURE() << path << ": " << (out.all().empty() ? "refused" : out.all()[0].message);
    return w;
  }
  const auto a = entente::plan::answer(*plan);
  for (const auto& world : a.questions.at(question).worlds)
    for (const auto& c : world.cells) {
      w[world.world].value[c.name] = c.value;
      w[world.world].reason[c.name] = c.reason;
    }
  return w;
}

inline Worlds run(const std::string& text) {
  const auto path = std::filesystem::temp_directory_path() / ("entente-deal-" + std::to_string(::getpid()) + ".yaml");
  std::ofstream(path) << text;
  auto w = run_file(path);
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  if (w.empty()) ADD_FAILURE() << text;
  return w;
}

}  // namespace deal_oracle
