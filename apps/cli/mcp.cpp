// mcp: the engine as an assistant's tool, over standard input and output. What is said there is src/mcp; here the
// streams are opened and the process is kept from taking the machine's memory: where an allocation fails, the call is
// refused and the server goes on.
#include <sys/resource.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "commands.hpp"
#include "entente/families/all.hpp"
#include "entente/mcp/server.hpp"
#include "entente/text/files.hpp"
#include "opened.hpp"

namespace entente::cli {
namespace {

// A sanitizer takes more memory for itself than a limit leaves.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif
#else
constexpr bool sanitized = false;
#endif

void keep_memory_to(double gigabytes) {
  rlimit limit{};
  if (sanitized || getrlimit(RLIMIT_DATA, &limit) != 0) return;
  const auto bytes = static_cast<rlim_t>(gigabytes * 1e9);
  if (limit.rlim_max != RLIM_INFINITY && bytes > limit.rlim_max) return;
  limit.rlim_cur = bytes;
  (void)setrlimit(RLIMIT_DATA, &limit);
}

}  // namespace

int mcp(const McpArgs& a, const Common& c) {
  if (!text::disk().is_folder(a.root))
    return complain(usage, "E0796", "`" + a.root + "` of --root is no folder", "the folder below which files are read",
                    c);
  if (isatty(0) != 0)
    std::fputs(
        "entente mcp speaks with a program: start it from an assistant's settings, or see "
        "docs/guide/for-assistants.md\n",
        stderr);
  keep_memory_to(a.memory);
  mcp::Options options{.root = a.root, .write = a.write, .version = version, .threads = a.threads};
  options.limits.draws = a.draws;
  options.limits.seconds = a.seconds;
  options.limits.memory = 1e9 * a.memory / 4;
  std::ios::sync_with_stdio(false);
  const mcp::Ended ended = mcp::serve(std::cin, std::cout, families::all(), options);
  if (ended.busy) std::_Exit(ended.written ? ok : usage);
  return ended.written ? ok : usage;
}

}  // namespace entente::cli
