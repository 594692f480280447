// What can be read and what can be asked for by name besides tools: resources and prompts. They know no protocol.
#pragma once
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "entente/mcp/server.hpp"

namespace entente::mcp {

using Json = nlohmann::ordered_json;

/// Guide, methods, schema, and the situations below the root: {"uri", "name", "title", "description", "mimeType"}.
[[nodiscard]] Json resources(const Options& options);
[[nodiscard]] Json resource_templates();
/// The text of one; nothing where there is none of that name, or it leads out.
struct Read {
  std::string text, mime;
  bool data = false;  ///< of a file below the root: data, whatever it says
};
[[nodiscard]] std::optional<Read> read_resource(const std::string& uri, const situation::Registry& registry,
                                                const Options& options);
/// Paths of situations and dissents below the root, in order; at most `most`.
[[nodiscard]] std::vector<std::string> situations(const Options& options, std::size_t most);

[[nodiscard]] Json prompts();
/// Messages of a prompt; nothing and `wrong` where it is unknown or an argument is missing or unknown.
[[nodiscard]] std::optional<Json> prompt(const std::string& name, const Json& arguments, std::string& wrong);

}  // namespace entente::mcp
