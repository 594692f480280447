#include "browser/chromium.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

namespace browser {
namespace {

constexpr int patience = 300'000;  // milliseconds for an answer; a busy machine may take its time

}  // namespace

Chromium::Chromium(const std::string& program, const std::filesystem::path& folder) {
  signal(SIGPIPE, SIG_IGN);
  // A profile of its own: one that a killed run left behind would be taken for a browser that still runs.
  profile_ = folder / ("profile-" + std::to_string(getpid()));
  std::filesystem::create_directories(profile_);
  int down[2], up[2];
  if (pipe2(down, O_CLOEXEC) != 0 || pipe2(up, O_CLOEXEC) != 0) throw std::runtime_error("no pipes");
  const std::string data = "--user-data-dir=" + profile_.string();
  const std::string log = (folder / "chromium.log").string(), home = "HOME=" + folder.string();
  child_ = fork();
  if (child_ == 0) {
    // Out of the way of 3 and 4 first, so that neither is closed by the other's taking its place.
    const int in = fcntl(down[0], F_DUPFD, 10), out = fcntl(up[1], F_DUPFD, 10);
    const int said = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
    dup2(said, 1), dup2(said, 2), dup2(in, 3), dup2(out, 4);
    close(in), close(out);
    putenv(const_cast<char*>(home.c_str()));
    execl(program.c_str(), program.c_str(), "--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
          "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
          "--disable-extensions", "--no-first-run", "--hide-scrollbars", data.c_str(), "about:blank", nullptr);
    _exit(127);
  }
  close(down[0]), close(up[1]);
  to_ = down[1], from_ = up[0];
  call("Browser.getVersion");
}

Chromium::~Chromium() {
  try {
    call("Browser.close");
  } catch (const std::exception&) {
    if (child_ > 0) kill(child_, SIGKILL);
  }
  close(to_), close(from_);
  if (child_ > 0) waitpid(child_, nullptr, 0);
  std::error_code left_behind;
  std::filesystem::remove_all(profile_, left_behind);
}

Json Chromium::receive() {
  while (true) {
    if (const auto end = buffer_.find('\0'); end != std::string::npos) {
      Json message = Json::parse(buffer_.substr(0, end));
      buffer_.erase(0, end + 1);
      return message;
    }
    pollfd waiting{from_, POLLIN, 0};
    if (poll(&waiting, 1, patience) <= 0) throw std::runtime_error("Chromium does not answer");
    char part[1 << 16];
    const ssize_t n = read(from_, part, sizeof part);
    if (n <= 0) throw std::runtime_error("Chromium is gone");
    buffer_.append(part, static_cast<std::size_t>(n));
  }
}

Json Chromium::call(const std::string& method, Json parameters, const std::string& session) {
  Json message{{"id", ++last_}, {"method", method}, {"params", std::move(parameters)}};
  if (!session.empty()) message["sessionId"] = session;
  const std::string text = message.dump() + '\0';
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t n = write(to_, text.data() + at, text.size() - at);
    if (n <= 0) throw std::runtime_error("Chromium is gone");
    at += static_cast<std::size_t>(n);
  }
  while (true) {
    Json answer = receive();
    if (answer.value("id", std::uint64_t{0}) != last_) {
      events_.push_back(std::move(answer));
      continue;
    }
    if (answer.contains("error")) throw std::runtime_error(method + ": " + answer["error"].dump());
    return answer["result"];
  }
}

Json Chromium::wait(const std::string& method, const std::string& session) {
  for (std::size_t i = 0;; ++i) {
    if (i == events_.size()) events_.push_back(receive());
    if (events_[i].value("method", "") != method || events_[i].value("sessionId", "") != session) continue;
    Json found = events_[i]["params"];
    events_.erase(events_.begin() + static_cast<std::ptrdiff_t>(i));
    return found;
  }
}

std::vector<Json> Chromium::events(const std::string& session) {
  std::vector<Json> mine, others;
  for (auto& e : events_) (e.value("sessionId", "") == session ? mine : others).push_back(std::move(e));
  events_ = std::move(others);
  return mine;
}

Tab::Tab(Chromium& chromium, const std::filesystem::path& file, bool script) : chromium_(chromium) {
  address_ = "file://" + std::filesystem::absolute(file).string();
  target_ = chromium_.call("Target.createTarget", {{"url", "about:blank"}})["targetId"];
  session_ = chromium_.call("Target.attachToTarget", {{"targetId", target_}, {"flatten", true}})["sessionId"];
  for (const char* domain : {"Page", "Runtime", "Log", "Network"})
    chromium_.call(std::string(domain) + ".enable", Json::object(), session_);
  if (!script) chromium_.call("Emulation.setScriptExecutionDisabled", {{"value", true}}, session_);
  width(1440);
  chromium_.events(session_);
  chromium_.call("Page.navigate", {{"url", address_}}, session_);
  chromium_.wait("Page.loadEventFired", session_);
}

Tab::~Tab() {
  try {
    chromium_.call("Target.closeTarget", {{"targetId", target_}});
  } catch (const std::exception&) {
    // the browser is gone, and the page with it
  }
}

void Tab::width(int pixels) {
  chromium_.call("Emulation.setDeviceMetricsOverride",
                 {{"width", pixels}, {"height", 900}, {"deviceScaleFactor", 1}, {"mobile", false}}, session_);
}

void Tab::media() {
  const Json feature{{"name", "prefers-color-scheme"}, {"value", scheme_}};
  chromium_.call("Emulation.setEmulatedMedia", {{"media", medium_}, {"features", Json::array({feature})}}, session_);
}

void Tab::scheme(const std::string& light_or_dark) {
  scheme_ = light_or_dark;
  media();
}

void Tab::medium(const std::string& screen_or_print) {
  medium_ = screen_or_print;
  media();
}

Json Tab::evaluate(const std::string& expression) {
  const Json r = chromium_.call(
      "Runtime.evaluate", {{"expression", expression}, {"returnByValue", true}, {"awaitPromise", true}}, session_);
  if (r.contains("exceptionDetails")) throw std::runtime_error(r["exceptionDetails"].dump());
  return r["result"].value("value", Json());
}

void Tab::move(double x, double y) {
  chromium_.call("Input.dispatchMouseEvent", {{"type", "mouseMoved"}, {"x", x}, {"y", y}}, session_);
}

void Tab::press(const std::string& key) {
  for (const char* type : {"keyDown", "keyUp"})
    chromium_.call("Input.dispatchKeyEvent", {{"type", type}, {"key", key}}, session_);
}

std::string Tab::pdf() {
  return chromium_.call(
      "Page.printToPDF",
      {{"paperWidth", 8.27}, {"paperHeight", 11.69}, {"printBackground", true}, {"preferCSSPageSize", true}},
      session_)["data"];
}

std::vector<std::string> Tab::complaints() {
  std::vector<std::string> out;
  for (const auto& e : chromium_.events(session_)) {
    const std::string method = e.value("method", "");
    const Json& p = e["params"];
    if (method == "Runtime.consoleAPICalled") out.push_back("console: " + p["args"].dump());
    if (method == "Runtime.exceptionThrown") out.push_back("error: " + p["exceptionDetails"].dump());
    if (method == "Log.entryAdded") out.push_back("log: " + p["entry"].value("text", ""));
    if (method == "Page.javascriptDialogOpening") out.push_back("dialog: " + p.value("message", ""));
    if (method == "Network.requestWillBeSent") {
      const std::string url = p["request"].value("url", "");
      if (url != address_ && !url.starts_with("data:") && !url.starts_with(address_ + "#"))
        out.push_back("request: " + url);
    }
  }
  return out;
}

}  // namespace browser
