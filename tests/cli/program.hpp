// Starts build/entente as a process of its own.
#pragma once
#include <sys/types.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace cli {

using Json = nlohmann::json;
using Words = std::vector<std::string>;

struct Ran {
  int code = -1;  ///< exit code, or -1 when it ended by a signal
  int signal = 0;
  std::string out, err;
};

struct How {
  std::filesystem::path in = {};   ///< working folder; a temporary one unless said
  std::filesystem::path out = {};  ///< where the output goes instead of Ran::out
  std::map<std::string, std::string> environment = {};
  bool terminal = false;  ///< all streams are one terminal; what it shows is Ran::out
};

/// Whether this machine gives out terminals: some containers do not.
bool terminals();

/// Runs the program to its end.
Ran entente(const Words& arguments, const How& how = {});

/// Starts it and does not wait; its streams are thrown away.
pid_t start(const Words& arguments);

/// A folder that goes away with the object.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string operator/(const std::string& name) const { return (path_ / name).string(); }
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

std::string contents(const std::filesystem::path& path);
void write(const std::filesystem::path& path, const std::string& text);

/// The situation that `entente new` writes, in a file of the folder.
std::string sample(const Folder& folder);

/// Names of all commands, from --help: "check", "ask", ..., "solve market".
std::vector<Words> commands();

}  // namespace cli
