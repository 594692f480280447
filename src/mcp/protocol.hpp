// Messages of JSON-RPC as the protocol has them: errors, and which version a request speaks.
#pragma once
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "entente/mcp/server.hpp"

namespace entente::mcp {

using Json = nlohmann::ordered_json;

enum class Code : int {
  parse = -32700,
  request = -32600,
  method = -32601,
  params = -32602,
  internal = -32603,
  no_resource = -32002,  ///< in the version with a handshake; later `params`
  version = -32022
};

struct Fault {
  Code code = Code::internal;
  std::string message;
  Json data = nullptr;
};

/// A text as JSON: nothing and `fault` where it is none, too deep, or not UTF-8.
[[nodiscard]] std::optional<Json> read_json(std::string_view text, int depth, Fault& fault);
[[nodiscard]] bool is_id(const Json& id);
/// One line. What is no UTF-8 (from a file) is replaced.
[[nodiscard]] std::string line_of(const Json& message);
[[nodiscard]] Json error_of(const Json* id, const Fault& fault);

/// Which version a request speaks. `begun`: there was a handshake. Nothing and `fault` where that cannot be told.
enum class Era { with_handshake, stateless };
[[nodiscard]] std::optional<Era> era_of(const std::string& method, const Json& params, bool begun, Fault& fault);

}  // namespace entente::mcp
