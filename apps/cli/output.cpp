#include "output.hpp"

#include <algorithm>
#include <filesystem>

#include "entente/doubt/doubt.hpp"
#include "entente/text/file.hpp"

namespace entente::cli {
namespace {

// Whether the file begins as one of ours of this kind does.
bool ours(const std::string& path, Written what) {
  constexpr std::size_t enough = 2048;
  const auto file = text::open_file(path);
  if (!file) return false;
  std::string head(enough, '\0');
  head.resize(std::fread(head.data(), 1, head.size(), file->get()));
  const auto holds = [&](std::string_view part) { return head.find(part) != std::string::npos; };
  switch (what) {
    case Written::page:
      return head.starts_with("<!DOCTYPE html>") && holds("<meta name=\"generator\" content=\"entente ");
    case Written::slice:
      return head.starts_with(doubt::slice_mark);
    case Written::dot:
      return head.starts_with("graph blocs {\n");
    case Written::gexf:
      return holds("<creator>entente</creator>");
  }
  return false;
}

const char* called(Written what) {
  switch (what) {
    case Written::page:
      return "page";
    case Written::slice:
      return "slice of draws";
    case Written::dot:
    case Written::gexf:
      break;
  }
  return "picture";
}

}  // namespace

int no_input(const std::string& to, const std::string& option, const Opened& o, const Common& c) {
  for (std::uint32_t k = 0; k < o.sources.size(); ++k) {
    const std::string& name = o.sources[k].name();
    if (!text::same_file(to, name)) continue;
    return complain(usage, "E0760", "`" + to + "` of " + option + " is an input: `" + name + "` was read from there",
                    "choose another name; nothing was computed and nothing was written", c);
  }
  return ok;
}

int may_write(const std::string& to, const std::string& option, Written what, const Opened& o, const Common& c) {
  std::error_code none;
  if (const int code = no_input(to, option, o, c); code != ok) return code;
  if (!std::filesystem::is_regular_file(to, none) || std::filesystem::file_size(to, none) == 0 || c.force ||
      ours(to, what))
    return ok;
  return complain(usage, "E0761",
                  "`" + to + "` of " + option + " is there already and no " + called(what) + " of this program",
                  "choose another name, or write over it with --force; nothing was computed", c);
}

}  // namespace entente::cli
