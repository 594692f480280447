// The contract: JSON requests in, JSON answers out, draws and pages in a buffer beside them. Browser, notebook and
// server speak this and nothing else; docs/develop/engine-contract.md lists the requests with an example each.
//
// Theory: none. Choice: one call with text in and text out, because that is what every host can do (a page's worker has
// one function over memory, a notebook one over bytes), and handles for what is dear to make: an opened situation, a
// run of draws. Numbers by the million never go through JSON: five million are 101 MB and 6 s as text, and 40 MB and no
// time as columns. Cost: a request of the contract adds some microseconds to what it asks for.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "entente/engine/session.hpp"

namespace entente::engine {

inline constexpr int contract = 1;

struct Limits {
  std::size_t request = std::size_t{64} << 20;  ///< bytes of a request
  double memory = 4e9;                          ///< bytes that one run of draws may take
  unsigned threads = 1;                         ///< at most, whatever a request asks for
  std::size_t handles = 1000;                   ///< of situations and runs that are open
};

/// Of a `turn` that goes on: the claim it is at (from 0) and of how many; packages looked at for it, and the cost up to
/// which every package was looked at, in the situation's cost unit.
struct Progress {
  bool going = false;
  std::uint32_t claim = 0, of = 0;
  std::uint64_t packages = 0;
  double below = 0;
};

class Engine {
 public:
  /// `files`: where situations lie that are opened by name alone; null: nowhere, every request brings its texts.
  explicit Engine(const situation::Registry& registry, std::string version, const Limits& limits = {},
                  std::shared_ptr<const text::Files> files = nullptr);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// One request, one answer: {"contract": 1, "ok": true, "answer": …}, or {"ok": false, "complaints": …} with codes,
  /// places and hints as everywhere. Never throws but std::bad_alloc; what is no JSON, no request or too large is a
  /// complaint (E0773 to E0778).
  [[nodiscard]] std::string call(std::string_view request);
  /// What the last call left beside its answer (columns, a page); empty if nothing. Until the next call.
  [[nodiscard]] std::span<const std::byte> buffer() const noexcept;
  /// From any thread: ends the step of this run that goes on now, or the next; of a situation, the `turn` that goes on
  /// now, which gives the best so far. False: no such run, and no such `turn`.
  bool cancel(std::uint64_t handle) noexcept;
  /// From any thread: how far the `turn` of this situation is.
  [[nodiscard]] Progress progress(std::uint64_t handle) const noexcept;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace entente::engine
