// A client of the server in the same process: a folder of its own as the root, messages in, messages out.
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "entente/families/all.hpp"
#include "entente/mcp/server.hpp"

namespace entente::tests {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

inline std::string contents(const fs::path& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

class Root {
 public:
  Root() {
    static std::atomic<int> count{0};
    path_ = fs::temp_directory_path() / ("entente-mcp-" + std::to_string(getpid()) + "-" + std::to_string(++count));
    fs::create_directories(path_ / "in");
  }
  ~Root() { fs::remove_all(path_); }
  Root(const Root&) = delete;
  Root& operator=(const Root&) = delete;
  /// The folder that is served, and one beside it that is not.
  [[nodiscard]] fs::path in() const { return path_ / "in"; }
  [[nodiscard]] fs::path beside() const { return path_; }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
  }

 private:
  fs::path path_;
};

/// A client that knows no handshake: every request says its version.
class Client {
 public:
  explicit Client(const fs::path& root, mcp::Options options = {}) {
    options.root = root.string();
    options.threads = 1;
    options.version = "entente 9.9.9";
    server_ = std::make_unique<mcp::Server>(families::all(), options, [this](std::string_view line) {
      const std::lock_guard lock(mutex_);
      EXPECT_EQ(line.find('\n'), std::string_view::npos);
      sent_.push_back(Json::parse(line));
    });
  }

  void take(const std::string& line) { server_->take(line); }
  void take(const Json& message) { server_->take(message.dump()); }
  mcp::Server& server() { return *server_; }
  static Json meta() {
    return {{"io.modelcontextprotocol/protocolVersion", mcp::modern},
            {"io.modelcontextprotocol/clientInfo", {{"name", "test"}, {"version", "1"}}},
            {"io.modelcontextprotocol/clientCapabilities", Json::object()}};
  }
  static Json request(const Json& id, const std::string& method, Json params = Json::object()) {
    if (!params.contains("_meta")) params["_meta"] = Json::object();
    params["_meta"].update(meta());
    return {{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}};
  }
  /// The answer to a request, waited for.
  Json ask(const std::string& method, Json params = Json::object()) {
    const int id = ++last_;
    take(request(id, method, std::move(params)));
    server_->wait();
    return of(id);
  }
  /// structuredContent of a call.
  Json call(const std::string& tool, Json arguments = Json::object()) {
    const Json a = ask("tools/call", {{"name", tool}, {"arguments", std::move(arguments)}});
    EXPECT_TRUE(a.contains("result")) << a.dump(1).substr(0, 2000);
    if (!a.contains("result")) return nullptr;
    text = a["result"]["content"][0]["text"];
    EXPECT_EQ(a["result"].value("isError", false), !a["result"]["structuredContent"]["ok"].get<bool>());
    return a["result"]["structuredContent"];
  }
  /// The first code of the complaints of a call.
  std::string refused(const std::string& tool, Json arguments) {
    const Json c = call(tool, std::move(arguments));
    if (c["ok"]) return "answered";
    return c["complaints"]["diagnostics"][0]["code"];
  }
  Json of(const Json& id) {
    const std::lock_guard lock(mutex_);
    for (const auto& m : sent_)
      if (m.contains("id") && m["id"] == id) return m;
    return nullptr;
  }
  std::vector<Json> sent() {
    const std::lock_guard lock(mutex_);
    return sent_;
  }
  void forget() {
    const std::lock_guard lock(mutex_);
    sent_.clear();
  }
  std::string text;  ///< of the last call

 private:
  std::mutex mutex_;
  std::vector<Json> sent_;
  int last_ = 1000;
  std::unique_ptr<mcp::Server> server_;  // last: it ends first
};

}  // namespace entente::tests
