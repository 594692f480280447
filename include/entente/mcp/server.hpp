// The engine as a tool of an assistant: the Model Context Protocol over lines of text.
//
// Problem. An analyst lets a language model read an article first. It writes fluently and computes nothing, and what it
// reads, an article or a file, may have been written to lead it astray.
// Choice. The server answers in both eras of the protocol: the newest version (2026-07-28), in which every request says
// its version and nothing is remembered, and the one before (2025-11-25), which begins with a handshake. A call that
// computes is answered by one worker, in order; everything else at once, so a client is heard while draws run. Files
// are read below one folder alone and written only where that was asked for when the server was started. What comes out
// of a file is marked as data, and no description of a tool holds a word of it. Cost. One call computes at a time, and
// each reads its situation anew (some hundredths of a second), because a server that remembers nothing cannot answer
// for another file than the one that is there.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

#include "entente/situation/registry.hpp"

namespace entente::mcp {

inline constexpr std::string_view modern = "2026-07-28", legacy = "2025-11-25";

struct Limits {
  std::uint64_t draws = 100'000;               ///< of one call
  double seconds = 60;                         ///< that one call may take
  double memory = 1e9;                         ///< bytes of the draws of one call
  std::size_t message = std::size_t{8} << 20;  ///< bytes of one message
  int depth = 64;                              ///< how deep a message may nest
  std::size_t waiting = 32;                    ///< calls and subscriptions that may be open
  double grace = 10;                           ///< seconds for what is open when the input ends
};

struct Options {
  std::string root = ".";     ///< files below it may be read
  bool write = false;         ///< files below it may be written
  std::string version = "0";  ///< of the program
  unsigned threads = 0;       ///< 0: as many as the machine has
  Limits limits = {};
  std::function<double()> clock = {};  ///< seconds from any beginning, never backwards; empty: the steady clock
};

class Server {
 public:
  /// `send` gets whole messages without a newline, from several threads but never two at once.
  Server(const situation::Registry& registry, Options options, std::function<void(std::string_view)> send);
  ~Server();  ///< ends what is under way
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// One message of the client. Never throws; what is no message is answered with an error.
  void take(std::string_view line) noexcept;
  /// Of a message that was not kept because it is longer than the limit.
  void too_long() noexcept;
  /// The input has ended: waits for what is open as long as Limits::grace, then ends it with an error.
  void finish() noexcept;
  /// Whether a call still runs; it may be one that was given up.
  [[nodiscard]] bool busy() const noexcept;
  /// Until no call is open or running.
  void wait() noexcept;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

struct Ended {
  bool written = true;  ///< everything that was said
  bool busy = false;    ///< a call that was given up still runs: its thread is left behind, so end the process
};
/// Messages line by line until `in` ends.
[[nodiscard]] Ended serve(std::istream& in, std::ostream& out, const situation::Registry& registry,
                          const Options& options);

/// The tools, a line each, for the page about them.
struct Named {
  std::string name, says;
};
[[nodiscard]] std::vector<Named> tools_named(bool write);

}  // namespace entente::mcp
