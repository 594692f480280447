// Any bytes as what a client says to `entente mcp`: each line is answered or ignored, what comes back is JSON, one
// message a line, and the server goes on to the end. Its root is an empty folder, so that calls work on drafts alone.
#include <nlohmann/json.hpp>
#include <sstream>

#include "checks.hpp"
#include "entente/families/all.hpp"
#include "entente/mcp/server.hpp"
#include "scratch.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  static const fuzz::Scratch root;
  std::istringstream in(fuzz::text(data, size));
  std::ostringstream out;
  mcp::Options options{.root = root.folder().string(), .threads = 1};
  options.limits.draws = 20;
  options.limits.message = 1 << 16;
  const auto ended = mcp::serve(in, out, families::all(), options);
  fuzz::check(ended.written && !ended.busy);
  std::istringstream lines(out.str());
  for (std::string line; std::getline(lines, line);) {
    const auto m = nlohmann::json::parse(line, nullptr, false);
    fuzz::check(m.is_object() && m["jsonrpc"] == "2.0");
  }
  return 0;
}
