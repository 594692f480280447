// What goes wrong, said once and in one manner: located complaints to the error stream, or as JSON to the output when
// JSON was asked for, so that whoever reads the output of --json always finds JSON in it.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "entente/report/report.hpp"
#include "opened.hpp"

namespace entente::cli {

void say(const Opened& o, const Common& c) {
  if (o.diagnostics.all().empty()) return;
  if (c.json && !o.diagnostics.ok()) print(report::json(o.diagnostics, o.sources));
  else {
    const std::string text = render(o.diagnostics, o.sources, color_err());
    std::fwrite(text.data(), 1, text.size(), stderr);
  }
}

int complain(Exit exit, const char* code, std::string message, std::string hint, const Common& c) {
  Opened o;
  o.diagnostics.error(code, {}, std::move(message), {}, std::move(hint));
  say(o, c);
  return exit;
}

int fail(const Error& e, const Common& c) {
  const std::string message =
      e.where.empty() || e.message.find(e.where) != std::string::npos ? e.message : e.message + " (" + e.where + ")";
  switch (e.kind) {
    case ErrorKind::invalid:
      return complain(wrong, "E0701", message, {}, c);
    case ErrorKind::too_large:
      return complain(wrong, "E0702", message, {}, c);
    case ErrorKind::not_solved:
      return complain(not_solved, "E0703", message, {}, c);
    case ErrorKind::cancelled:
      return complain(not_solved, "E0704", message, {}, c);
    case ErrorKind::unreadable:
      return complain(usage, "E0705", message, {}, c);
  }
  return not_solved;
}

void wrote(const std::string& path, const std::string& says, const Common& c) {
  print((c.json ? nlohmann::json{{"written", path}}.dump(2, ' ', false, nlohmann::json::error_handler_t::replace)
                : says) +
        "\n");
}

}  // namespace entente::cli
