// The loop over two streams: a line in is a message, a line out is one.
#include <istream>
#include <ostream>

#include "entente/mcp/server.hpp"

namespace entente::mcp {

Ended serve(std::istream& in, std::ostream& out, const situation::Registry& registry, const Options& options) {
  Ended ended;
  auto server = std::make_unique<Server>(registry, options, [&](std::string_view line) {
    out.write(line.data(), static_cast<std::streamsize>(line.size())).put('\n').flush();
    ended.written = ended.written && out;
  });
  std::streambuf& from = *in.rdbuf();
  std::string line;
  bool long_one = false;
  const auto whole = [&] {
    if (long_one) server->too_long();
    else server->take(line);
    line.clear();
    long_one = false;
  };
  constexpr auto end = std::char_traits<char>::eof();
  for (int c = from.sbumpc(); c != end; c = from.sbumpc()) {
    if (c == '\n') whole();
    else if (line.size() < options.limits.message) line += static_cast<char>(c);
    else long_one = true;
  }
  if (!line.empty()) whole();  // the input ended within a line: answered like any other, mostly by an error
  server->finish();
  ended.busy = server->busy();
  if (ended.busy) (void)server.release();  // it says nothing any more
  return ended;
}

}  // namespace entente::mcp
