// What a tool is: a name, what it says of itself (constants, nothing from a file), what it takes, and a function from
// arguments to an answer. It knows no protocol.
#pragma once
#include <atomic>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "engine/request.hpp"
#include "entente/engine/session.hpp"
#include "entente/mcp/server.hpp"
#include "mcp/confined.hpp"

namespace entente::mcp {

using Json = nlohmann::ordered_json;

struct Call {
  const situation::Registry& registry;
  const Options& options;
  const Json& arguments;
  const std::atomic<bool>& stop;  ///< soon, please
  std::function<void(std::uint64_t done, std::uint64_t of)> progress;
};

struct Answer {
  bool good = true;             ///< false: nothing was answered, `complaints` says why
  Json value = nullptr;         ///< under the schema of the command's --json
  Json complaints = nullptr;    ///< null: none
  std::string text;             ///< for people, short
  std::string file;             ///< what was changed, as the file that would have made it; empty: nothing
  Json blocks = Json::array();  ///< further content: a page
};

struct Tool {
  const char* name;
  const char* title;
  const char* says;
  Json takes;           ///< JSON Schema of the arguments
  bool writes = false;  ///< there with --write alone
  Answer (*does)(const Call& call) = nullptr;
};
/// In an order that does not change.
[[nodiscard]] const std::vector<Tool>& tools();
/// As `tools/list` has them; `write`: those too that write.
[[nodiscard]] Json tools_listed(bool write);
/// An answer as the content of a result: a short text, and structured content under answer_schema().
[[nodiscard]] Json content_of(const Answer& answer);
/// A refusal that needs no text to point into.
[[nodiscard]] Answer refusal_of(const char* code, std::string message, std::string hint);
/// Of every answer: {"ok", "about", "answer", "complaints"}.
[[nodiscard]] const Json& answer_schema();

/// A call taken apart: the situation that it means, and what is wrong with it.
class Work {
 public:
  explicit Work(const Call& c) : call(c), args(c.arguments, out) {}

  /// Reads `path`, `files` and `strict`. Nothing after complaints.
  [[nodiscard]] const engine::Session* open();
  /// The plan of some claims (all, where none is named). Null after complaints.
  [[nodiscard]] std::shared_ptr<const plan::Plan> compile(const std::vector<std::string>& claims,
                                                          plan::Scope scope = {});
  /// `draws`, `seed`; complaint where they are more than a call may have. `otherwise`: draws unless said.
  [[nodiscard]] doubt::Options drawing(std::uint64_t otherwise);
  /// Whether the columns of so many draws fit; complaint E0718 where not.
  [[nodiscard]] bool fits(const plan::Plan& plan, std::uint64_t draws);
  /// All draws of a run; nothing after complaints.
  [[nodiscard]] std::optional<doubt::Draws> drawn(const plan::Plan& plan, const doubt::Options& o);
  /// Why a run that was to be whole is not: stopped by the client, or out of time after `done` of `of`.
  void stopped(std::uint64_t done, std::uint64_t of, const char* what);
  void refuse(const char* code, std::string message, std::string hint = {}) {
    out.error(code, {}, std::move(message), {}, std::move(hint));
  }
  void refuse(const Error& e) { refuse(code_of(e.kind), e.message); }
  /// The file named `to` written, after `overwrite`; false after complaints. Needs Options::write.
  [[nodiscard]] bool write(const std::string& to, std::string_view text, bool overwrite);

  [[nodiscard]] Answer refused() const;
  /// What was said of the reading (warnings) stays beside the answer.
  [[nodiscard]] Answer answered(Json value, std::string text) const;

  const Call& call;
  Diagnostics out;
  engine::Request args;
  std::shared_ptr<const SourceMap> sources = std::make_shared<SourceMap>();  ///< of the complaints
  std::string named;                                                         ///< the situation as it was named

 private:
  std::optional<engine::Session> session_;
};

// The tools, by file.
[[nodiscard]] Answer check(const Call& call);
[[nodiscard]] Answer quantities(const Call& call);
[[nodiscard]] Answer ask(const Call& call);
[[nodiscard]] Answer explain(const Call& call);
[[nodiscard]] Answer doubt(const Call& call);
[[nodiscard]] Answer given(const Call& call);
[[nodiscard]] Answer follow(const Call& call);
[[nodiscard]] Answer diff(const Call& call);
[[nodiscard]] Answer turn(const Call& call);
[[nodiscard]] Answer report(const Call& call);
[[nodiscard]] Answer fields(const Call& call);
[[nodiscard]] Answer world(const Call& call);
[[nodiscard]] Answer write(const Call& call);

}  // namespace entente::mcp
