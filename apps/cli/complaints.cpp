// What goes wrong, said once and in one manner: located complaints to the error stream, or as JSON to the output when
// JSON was asked for, so that whoever reads the output of --json always finds JSON in it.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "entente/base/shown.hpp"
#include "entente/report/report.hpp"
#include "opened.hpp"

namespace entente::cli {

void say(const Diagnostics& complaints, const SourceMap& sources, const Common& c) {
  if (complaints.all().empty()) return;
  if (c.json && !complaints.ok()) print(report::json(complaints, sources));
  else {
    const std::string text = render(complaints, sources, color_err());
    std::fwrite(text.data(), 1, text.size(), stderr);
  }
}
void say(const Opened& o, const Common& c) { say(o.diagnostics, o.sources, c); }

int failed(const Opened& o) { return failed(o.diagnostics, o.sources); }
int failed(const Diagnostics& complaints, const SourceMap& sources) {
  const auto unread = [&](const Diagnostic& d) {  // of files that a file names, the place is told
    const bool typed = !d.span.known() || sources[d.span.file].name() == command_line;
    return typed && (d.code == "E0390" || d.code == "E0391" || d.code == "E0680" || d.code == "E0705");
  };
  return std::ranges::any_of(complaints.all(), unread) ? usage : bad_input;
}

bool given_up(Opened& o, const Common& c) {
  o.diagnostics = Diagnostics();  // what it held was said
  o.plan->give_up(o.diagnostics);
  say(o, c);
  return !o.diagnostics.all().empty();
}

int complain(Exit exit, const char* code, std::string message, std::string hint, const Common& c) {
  Opened o;
  o.diagnostics.error(code, {}, std::move(message), {}, std::move(hint));
  say(o, c);
  return exit;
}

namespace {

// Where in a kernel's own words: "actor 3", "worth[5]", "link 2, year 1", "options". A person sees the names of the
// file in their place; what is only the name of an argument is left out.
std::string place_of(const std::string& where, const NameOf& name) {
  std::string out;
  for (std::size_t at = 0; at < where.size();) {
    const std::size_t end = std::min(where.find(',', at), where.size());
    std::string part = where.substr(at, end - at);
    at = end + 1;
    while (part.starts_with(' ')) part.erase(0, 1);
    const std::size_t digit = part.find_first_of("0123456789");
    if (digit == std::string::npos || digit == 0 || (part[digit - 1] != ' ' && part[digit - 1] != '[')) continue;
    std::size_t index = 0;
    const char* last = part.data() + part.size();
    const auto read = std::from_chars(part.data() + digit, last, index);
    if (read.ec != std::errc{} || (read.ptr != last && *read.ptr != ']')) continue;
    const std::string kind = part.substr(0, digit - 1);
    std::string said = name ? name(kind, index) : "";
    if (said.empty() && part[digit - 1] == ' ') said = kind + " " + std::to_string(index + 1) + " of the file";
    if (!said.empty()) out += (out.empty() ? "" : ", ") + said;
  }
  return out;
}

Exit exit_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid:
    case ErrorKind::too_large:
      return bad_input;
    case ErrorKind::unreadable:
      return usage;
    case ErrorKind::not_solved:
    case ErrorKind::cancelled:
      break;
  }
  return not_solved;
}

}  // namespace

int fail(const Error& e, const Common& c) {
  const Exit exit = exit_of(e.kind);
  const char* code = code_of(e.kind);
  // The name of an argument says nothing to a person; a place in words ("majority 2, voter 3"), an option, a path does.
  const bool said =
      e.where.find(' ') != std::string::npos || e.where.starts_with("--") || e.where.find('/') != std::string::npos;
  const bool told = !said || e.message.find(e.where) != std::string::npos;
  return complain(exit, code, told ? e.message : e.message + " (" + e.where + ")", {}, c);
}

int fail(const Error& e, const Common& c, const Opened& o, const NameOf& name) {
  const Exit exit = exit_of(e.kind);
  const char* code = code_of(e.kind);
  Opened said;
  Span at;
  if (o.sources.size() > 0) at = {said.sources.add(o.sources[0].name(), std::string(o.sources[0].text())), 0, 1};
  const std::string where = place_of(e.where, name);
  said.diagnostics.error(code, at, e.message + (where.empty() ? "" : " (" + where + ")"), "in this file");
  say(said, c);
  return exit;
}

void wrote(const std::string& path, const std::string& says, const Common& c) {
  print((c.json ? nlohmann::json{{"written", path}}.dump(2, ' ', false, nlohmann::json::error_handler_t::replace)
                : shown(says)) +
        "\n");
}

}  // namespace entente::cli
