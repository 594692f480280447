// How a call that can fail answers: std::expected inside, exceptions nowhere. Kernels report an Error of a kind; the
// layers above turn it into a located Diagnostic. Whether the call worked and what the answer is (optimal, infeasible,
// no agreement) are two things: the second is part of the value.
#pragma once
#include <expected>
#include <string>

namespace entente {

enum class ErrorKind {
  invalid,     ///< input outside what the function takes
  too_large,   ///< a documented limit on size
  not_solved,  ///< the method did not reach its tolerance within its limit
  cancelled,   ///< the caller asked to stop
  unreadable,  ///< a file that cannot be read or written
};

struct Error {
  ErrorKind kind = ErrorKind::invalid;
  std::string message;     ///< one sentence, no full stop
  std::string where = {};  ///< the argument or element at fault, such as "link 3" or "worth[5]"
};

template <class T>
using Result = std::expected<T, Error>;

}  // namespace entente
