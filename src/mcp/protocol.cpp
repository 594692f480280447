#include "mcp/protocol.hpp"

#include <array>

#include "entente/base/shown.hpp"

namespace entente::mcp {
namespace {

constexpr const char *key_version = "io.modelcontextprotocol/protocolVersion",
                     *key_capabilities = "io.modelcontextprotocol/clientCapabilities",
                     *key_client = "io.modelcontextprotocol/clientInfo";

}  // namespace

std::optional<Json> read_json(std::string_view text, int depth, Fault& fault) {
  bool deep = false;
  const auto watch = [&](int at, Json::parse_event_t, Json&) {
    deep = deep || at > depth;
    return !deep;
  };
  Json json = Json::parse(text.begin(), text.end(), watch, false);
  if (deep) fault = {Code::request, "the message nests deeper than " + std::to_string(depth)};
  else if (json.is_discarded()) fault = {Code::parse, "this is no JSON in UTF-8"};
  else return json;
  return std::nullopt;
}

bool is_id(const Json& id) { return id.is_string() || id.is_number_integer(); }

std::string line_of(const Json& message) { return message.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json error_of(const Json* id, const Fault& fault) {
  Json j{{"jsonrpc", "2.0"}};
  if (id) j["id"] = *id;
  j["error"] = {{"code", static_cast<int>(fault.code)}, {"message", fault.message}};
  if (!fault.data.is_null()) j["error"]["data"] = fault.data;
  return j;
}

std::optional<Era> era_of(const std::string& method, const Json& params, bool begun, Fault& fault) {
  const auto meta = params.find("_meta");
  if (meta != params.end() && !meta->is_object()) {
    fault = {Code::params, "`_meta` is an object"};
    return std::nullopt;
  }
  bool says = false;
  if (meta != params.end())
    for (const char* key : {key_version, key_capabilities, key_client}) says = says || meta->contains(key);
  if (!says) {
    if (begun || method == "initialize" || method == "ping") return Era::with_handshake;
    fault = {Code::params,
             "a request says its protocol version in `_meta`, or follows an `initialize`",
             {{"supported", {modern}}, {"with_initialize", {legacy}}}};
    return std::nullopt;
  }
  const auto version = meta->find(key_version);
  if (version == meta->end() || !version->is_string()) {
    fault = {Code::params, std::string("`_meta` lacks `") + key_version + "`"};
    return std::nullopt;
  }
  if (*version != modern) {
    fault = {Code::version, "Unsupported protocol version", {{"supported", {modern}}, {"requested", *version}}};
    return std::nullopt;
  }
  const auto capabilities = meta->find(key_capabilities);
  if (capabilities == meta->end() || !capabilities->is_object()) {
    fault = {Code::params, std::string("`_meta` lacks `") + key_capabilities + "`"};
    return std::nullopt;
  }
  return Era::stateless;
}

}  // namespace entente::mcp
