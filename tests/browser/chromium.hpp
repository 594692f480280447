// A headless Chromium spoken to over two pipes (the Chrome DevTools Protocol, --remote-debugging-pipe): no port, no
// network, no library. A message is JSON ended by a zero byte; a call waits for the answer with its number, and what
// else arrives meanwhile is kept as an event.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace browser {

using Json = nlohmann::json;

class Chromium {
 public:
  /// Starts `program`; what it writes for itself goes into `folder`. Throws std::runtime_error where it does not start
  /// or does not answer within five minutes, as every call does.
  Chromium(const std::string& program, const std::filesystem::path& folder);
  ~Chromium();
  Chromium(const Chromium&) = delete;
  Chromium& operator=(const Chromium&) = delete;

  Json call(const std::string& method, Json parameters = Json::object(), const std::string& session = {});
  /// Waits until the session has had the event, and takes it.
  Json wait(const std::string& method, const std::string& session);
  /// What a session has had besides, taken.
  std::vector<Json> events(const std::string& session);

 private:
  Json receive();
  pid_t child_ = -1;
  int to_ = -1, from_ = -1;
  std::uint64_t last_ = 0;
  std::filesystem::path profile_;
  std::string buffer_;
  std::vector<Json> events_;
};

/// A page in a tab of its own.
class Tab {
 public:
  Tab(Chromium& chromium, const std::filesystem::path& file, bool script = true);
  ~Tab();
  Tab(const Tab&) = delete;
  Tab& operator=(const Tab&) = delete;

  void width(int pixels);
  void scheme(const std::string& light_or_dark);
  void medium(const std::string& screen_or_print);
  Json evaluate(const std::string& expression);  ///< its value; a promise is waited for
  void move(double x, double y);                 ///< the mouse
  void press(const std::string& key);
  std::string pdf();  ///< A4, in base64

  /// Everything that the page complained of and asked for but itself, until now.
  std::vector<std::string> complaints();

 private:
  void media();
  Chromium& chromium_;
  std::string target_, session_, address_, scheme_ = "light", medium_ = "screen";
};

}  // namespace browser
