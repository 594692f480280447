#include "cli/program.hpp"

#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace cli {
namespace {

[[noreturn]] void become(const Words& arguments, const How& how) {
  if (!how.in.empty() && chdir(how.in.c_str()) != 0) _exit(120);
  for (const auto& [name, value] : how.environment) setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> argv{const_cast<char*>("entente")};
  for (const auto& a : arguments) argv.push_back(const_cast<char*>(a.c_str()));
  argv.push_back(nullptr);
  execv(ENTENTE_PROGRAM, argv.data());
  _exit(121);
}

void redirect(int fd, const std::filesystem::path& path, int flags) {
  const int to = open(path.c_str(), flags, 0600);
  if (to < 0 || dup2(to, fd) < 0) _exit(122);
  close(to);
}

void ended(pid_t child, Ran& r) {
  int status = 0;
  if (waitpid(child, &status, 0) != child) throw std::runtime_error("waitpid");
  if (WIFEXITED(status)) r.code = WEXITSTATUS(status);
  else r.signal = WTERMSIG(status);
}

Ran in_terminal(const Words& arguments, const How& how) {
  Ran r;
  int master = -1;
  const pid_t child = forkpty(&master, nullptr, nullptr, nullptr);
  if (child < 0) throw std::runtime_error("forkpty");
  if (child == 0) become(arguments, how);
  char buffer[4096];
  for (ssize_t n = 0; (n = read(master, buffer, sizeof buffer)) > 0;) r.out.append(buffer, static_cast<std::size_t>(n));
  close(master);
  ended(child, r);
  return r;
}

}  // namespace

bool terminals() {
  int master = -1, slave = -1;
  if (openpty(&master, &slave, nullptr, nullptr, nullptr) != 0) return false;
  close(master);
  close(slave);
  return true;
}

Ran entente(const Words& arguments, const How& how) {
  if (how.terminal) return in_terminal(arguments, how);
  Ran r;
  const Folder streams;
  const std::filesystem::path out = how.out.empty() ? std::filesystem::path(streams / "out") : how.out;
  const std::filesystem::path err = streams / "err";
  How there = how;
  if (there.in.empty()) there.in = streams.path();
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork");
  if (child == 0) {
    redirect(0, "/dev/null", O_RDONLY);
    redirect(1, out, O_WRONLY | O_CREAT | O_TRUNC);
    redirect(2, err, O_WRONLY | O_CREAT | O_TRUNC);
    become(arguments, there);
  }
  ended(child, r);
  if (how.out.empty()) r.out = contents(out);
  r.err = contents(err);
  return r;
}

pid_t start(const Words& arguments) {
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork");
  if (child == 0) {
    for (const int fd : {0, 1, 2}) redirect(fd, "/dev/null", O_RDWR);
    become(arguments, {});
  }
  return child;
}

Folder::Folder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "entente-cli-XXXXXX").string();
  if (!mkdtemp(pattern.data())) throw std::runtime_error("mkdtemp");
  path_ = pattern;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string contents(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string sample(const Folder& folder) {
  std::string path = folder / "sample.yaml";
  write(path, entente({"new", "-"}).out);
  return path;
}

std::vector<Words> commands() {
  const auto listed = [](const Words& above) {
    Words arguments = above, names;
    arguments.emplace_back("--help");
    std::istringstream lines(entente(arguments).out);
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
      if (line == "Subcommands:") inside = true;
      else if (inside && line.size() > 2 && line[2] != ' ') names.push_back(line.substr(2, line.find(' ', 2) - 2));
    }
    return names;
  };
  std::vector<Words> all;
  for (const auto& name : listed({})) {
    const auto below = listed({name});
    for (const auto& sub : below) all.push_back({name, sub});
    if (below.empty()) all.push_back({name});
  }
  return all;
}

}  // namespace cli
