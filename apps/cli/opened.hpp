// What every command does first: read, complain, compile.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "commands.hpp"
#include "entente/base/diagnostic.hpp"
#include "entente/base/result.hpp"
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
/// The complaints so far; with --json, when there are errors, as JSON to the output.
void say(const Opened& o, const Common& c);
/// One complaint of the command line itself, with a stable code (E07xx). Returns `exit`.
int complain(Exit exit, const char* code, std::string message, std::string hint, const Common& c);
/// What a layer below reports: 1 for input that it does not take, 2 for a file that cannot be read or written, 3 when
/// it found no answer.
int fail(const Error& e, const Common& c);
void print(const std::string& text);
/// That a file was written: a line, or {"written": PATH}.
void wrote(const std::string& path, const std::string& says, const Common& c);
/// A word for a POSIX shell: as it is, or in single quotes.
[[nodiscard]] std::string quoted(const std::string& word);
[[nodiscard]] bool color_out();
[[nodiscard]] bool color_err();

}  // namespace entente::cli
