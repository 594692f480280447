#include "pdf.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <thread>
#include <vector>

#include "entente/text/file.hpp"

extern char** environ;

namespace entente::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds patience{120};
constexpr std::size_t largest = 256u << 20;

// A folder that only we can read, gone with the object.
struct Folder {
  std::string path = (fs::temp_directory_path() / "entente-XXXXXX").string();
  bool made = mkdtemp(path.data()) != nullptr;
  Folder() = default;
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code left_behind;
    if (made) fs::remove_all(path, left_behind);
  }
};

// Its exit code, or -1 where it does not end in time.
int run(const std::vector<std::string>& words) {
  std::vector<char*> argv;
  for (const auto& w : words) argv.push_back(const_cast<char*>(w.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t streams;
  posix_spawn_file_actions_init(&streams);
  for (const int fd : {0, 1, 2})
    posix_spawn_file_actions_addopen(&streams, fd, "/dev/null", fd ? O_WRONLY : O_RDONLY, 0);
  pid_t child = -1;
  const int failed = posix_spawn(&child, argv[0], &streams, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&streams);
  if (failed != 0) return -1;
  const auto until = std::chrono::steady_clock::now() + patience;
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > until) {
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
      return -1;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

std::string printer() {
  const char* const set = std::getenv("PATH");
  std::string_view path = set ? set : "/usr/bin:/bin";
  std::vector<fs::path> folders;
  while (!path.empty()) {
    const auto end = std::min(path.find(':'), path.size());
    if (end > 0) folders.emplace_back(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  for (const char* name : {"chromium", "chromium-browser", "google-chrome"})
    for (const auto& folder : folders)
      if (access((folder / name).c_str(), X_OK) == 0) return (folder / name).string();
  return {};
}

Result<std::string> print_pdf(const std::string& browser, const std::string& html) {
  const auto fail = [](const char* why) { return std::unexpected(Error{ErrorKind::unreadable, why, {}}); };
  const Folder folder;
  if (!folder.made) return fail("no temporary folder can be made");
  const std::string page = folder.path + "/page.html", pdf = folder.path + "/page.pdf";
  if (const auto written = text::write_file(page, html); !written) return std::unexpected(written.error());
  std::vector<std::string> words{browser,
                                 "--headless",
                                 "--disable-gpu",
                                 "--disable-dev-shm-usage",
                                 "--disable-background-networking",
                                 "--disable-component-update",
                                 "--disable-sync",
                                 "--disable-extensions",
                                 "--no-first-run",
                                 "--no-pdf-header-footer",
                                 "--user-data-dir=" + folder.path + "/profile",
                                 "--print-to-pdf=" + pdf};
  if (geteuid() == 0) words.emplace_back("--no-sandbox");  // the browser refuses its sandbox to root
  words.push_back("file://" + page);
  if (run(words) != 0) return fail("the browser did not print the page");
  auto out = text::read_file(pdf, largest, true);
  if (!out) return std::unexpected(out.error());
  if (!out->starts_with("%PDF-")) return fail("the browser wrote something else than a PDF");
  return out;
}

}  // namespace entente::cli
