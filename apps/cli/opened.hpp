// What every command does first: read, complain, compile.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "commands.hpp"
#include "entente/base/diagnostic.hpp"
#include "entente/plan/plan.hpp"
#include "entente/situation/situation.hpp"

namespace entente::cli {

struct Opened {
  SourceMap sources;
  Diagnostics diagnostics;
  std::shared_ptr<const situation::Situation> situation;
  std::optional<plan::Plan> plan;
};

/// Reads and, unless `scope` is null, compiles. Complaints go to the error stream (as JSON to the output with --json,
/// when there are errors). False: errors were said.
bool open(const std::string& path, const Common& c, const plan::Scope* scope, Opened& out);
/// Complaints said; `force`: also when there are only warnings and JSON was asked for.
void say(const Opened& o, const Common& c);
void print(const std::string& text);
[[nodiscard]] bool color_out();
[[nodiscard]] bool color_err();

}  // namespace entente::cli
