// A folder on any bytes: files divided by lines "=== NAME", the first of them situation.yaml unless it says otherwise.
// Read with its tables, its economy and what it dissents from, and followed; a dissent is taken apart and compared too.
#include <algorithm>

#include "entente/doubt/compare.hpp"
#include "entente/families/all.hpp"
#include "entente/situation/situation.hpp"
#include "scratch.hpp"
#include "whole.hpp"

namespace {

using namespace entente;

bool plain_name(std::string_view name) {
  return !name.empty() && name.size() < 40 && name.find("..") == std::string_view::npos && name.front() != '/' &&
         std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '/';
         });
}

// At most ten files; a name that cannot be one is passed over.
void files(std::string_view all, const fuzz::Scratch& scratch) {
  std::string name = "situation.yaml";
  for (int count = 0; count < 10; ++count) {
    const std::size_t end = std::min(all.find("=== "), all.size());
    std::error_code there;
    if (plain_name(name) && !std::filesystem::exists(scratch.folder() / name, there)) try {
        scratch.write(name, all.substr(0, end));
      } catch (const std::filesystem::filesystem_error&) {  // a file where a folder should be
      }
    if (end == all.size()) return;
    all.remove_prefix(end + 4);
    const std::size_t line = std::min(all.find('\n'), all.size());
    name = all.substr(0, line);
    all.remove_prefix(std::min(line + 1, all.size()));
  }
}

void compare(const std::filesystem::path& path) {
  SourceMap sources;
  Diagnostics out;
  const auto dissent = situation::Dissent::open(path, families::all(), sources, out);
  if (!dissent || dissent->differences().size() > 4) return;
  const auto diff = doubt::diff(*dissent, {.sampling = {.draws = 10}, .threads = 1}, sources, out);
  fuzz::check(diff.has_value() || !out.ok());
  if (diff) fuzz::good_json(report::json(*diff));
  fuzz::told(out, sources);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::Scratch scratch;
  files({reinterpret_cast<const char*>(data), size}, scratch);
  SourceMap sources;
  Diagnostics out;
  const fuzz::Watch watch;
  auto s = situation::load(scratch.folder(), families::all(), sources, out);
  fuzz::check(s.has_value() == out.ok());
  const bool dissent = s && s->dissent;
  if (s) fuzz::follow(std::move(*s), sources, out);
  fuzz::told(out, sources);
  if (dissent && watch.quick(300)) compare(scratch.folder());
  return 0;
}
