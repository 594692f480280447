// Pictures of a situation judged one by one: no fault by the reader of support/svg.hpp, a text beside each. With
// ENTENTE_PICTURES=FOLDER they are written there.
#pragma once
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "entente/report/picture.hpp"
#include "support/svg.hpp"

namespace entente::tests {

inline void keep(const report::Drawn& d, const std::string& folder) {
  const char* to = std::getenv("ENTENTE_PICTURES");
  if (!to || !d.drawn()) return;
  std::filesystem::create_directories(std::filesystem::path(to) / folder);
  std::ofstream(std::filesystem::path(to) / folder / (d.id + "-narrow.svg")) << report::picture_file(d, false);
  if (!d.wide.empty())
    std::ofstream(std::filesystem::path(to) / folder / (d.id + "-wide.svg")) << report::picture_file(d, true);
}

inline void judge(const report::Drawn& d, std::set<std::string>& ids, const std::string& folder) {
  keep(d, folder);
  if (!d.drawn()) return;
  EXPECT_EQ(faults(d.narrow, &ids), "") << folder << " " << d.id << " narrow";
  if (!d.wide.empty()) {
    EXPECT_EQ(faults(d.wide, &ids), "") << folder << " " << d.id << " wide";
  }
  EXPECT_FALSE(d.text.empty()) << d.id;
}

}  // namespace entente::tests
