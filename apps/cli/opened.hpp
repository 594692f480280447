// What every command does first: read, complain, compile.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "commands.hpp"
#include "entente/base/diagnostic.hpp"
#include "entente/base/result.hpp"
#include "entente/plan/plan.hpp"
#include "entente/situation/situation.hpp"
#include "entente/text/files.hpp"

namespace entente::cli {

struct Opened {
  SourceMap sources;
  Diagnostics diagnostics;
  std::shared_ptr<const situation::Situation> situation;
  std::shared_ptr<plan::Plan> plan;
};

/// Reads and, unless `scope` is null, compiles; says nothing.
void read(std::shared_ptr<const text::Files> files, const std::string& path, const Common& c, const plan::Scope* scope,
          Opened& out);
/// The same from the disk. Complaints go to the error stream (as JSON to the output with --json,
/// when there are errors). False: errors were said.
bool open(const std::string& path, const Common& c, const plan::Scope* scope, Opened& out);
/// The name of a source that is what somebody typed.
inline constexpr const char* command_line = "the command line";
/// The exit code of complaints: 2 where the file that the command names could not be read, else 1.
int failed(const Opened& o);
int failed(const Diagnostics& complaints, const SourceMap& sources);
/// Questions that a limit stops at the medians are not drawn (Plan::give_up): said, and true when there are any.
bool given_up(Opened& o, const Common& c);
/// The complaints so far; with --json, when there are errors, as JSON to the output.
void say(const Opened& o, const Common& c);
void say(const Diagnostics& complaints, const SourceMap& sources, const Common& c);
/// One complaint of the command line itself, with a stable code (E07xx). Returns `exit`.
int complain(Exit exit, const char* code, std::string message, std::string hint, const Common& c);
/// What a layer below reports: 1 for input that it does not take, 2 for a file that cannot be read or written, 3 when
/// it found no answer.
int fail(const Error& e, const Common& c);
/// The same of a kernel that was given what stands in the first file of `o`: its place is that file, and the element at
/// fault is told in the words of the file. `name`: of element `index` (from 0) of a kind, such as the actor or the tie
/// of that number; empty where there is none.
using NameOf = std::function<std::string(std::string_view kind, std::size_t index)>;
int fail(const Error& e, const Common& c, const Opened& o, const NameOf& name = {});
void print(const std::string& text);
/// That a file was written: a line, or {"written": PATH}.
void wrote(const std::string& path, const std::string& says, const Common& c);
/// A word for a POSIX shell: as it is, or in single quotes.
[[nodiscard]] std::string quoted(const std::string& word);
[[nodiscard]] bool color_out();
[[nodiscard]] bool color_err();

}  // namespace entente::cli
