// What goes wrong ends calmly: an exit code that tells what kind of wrong, words on the error stream, nothing on the
// output, nothing half-written.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "cli/program.hpp"

using namespace cli;
namespace fs = std::filesystem;

namespace {

void fails(const Words& words, int code, const std::string& with) {
  std::string line = "entente";
  for (const auto& w : words) line += " " + w;
  const auto r = entente(words);
  EXPECT_EQ(r.code, code) << line << "\n" << r.err;
  EXPECT_EQ(r.out, "") << line;
  EXPECT_NE(r.err.find(with), std::string::npos) << line << "\n" << r.err;
}

}  // namespace

TEST(ExitCodes, OneIsAWrongSituation) {
  const Folder f;
  write(f / "bad.yaml", "entente: 1\nsituation: x\n");
  write(f / "empty.yaml", "");
  write(f / "noise.yaml", std::string("\x00\xff\xfe{[", 5));
  fs::create_directory(f / "folder");
  for (const char* verb : {"check", "ask", "doubt", "quantities"}) {
    fails({verb, f / "bad.yaml"}, 1, "error[E");
    fails({verb, f / "empty.yaml"}, 1, "error[E");
    fails({verb, f / "noise.yaml"}, 1, "error[E");
    fails({verb, f / "missing.yaml"}, 2, "missing.yaml");
    fails({verb, f / "folder"}, 2, "situation.yaml");
  }
  fails({"ask", f / "bat.yaml"}, 2, "did you mean `" + (f / "bad.yaml") + "`?");
  fails({"ask", f / "nowhere"}, 2, "there is no `nowhere` in `");
  fails({"ask", f.path().string()}, 2, "it holds `" + (f / "bad.yaml") + "`");
  fails({"explain", f / "missing.yaml", "a.b"}, 2, "missing.yaml");
  fails({"diff", f / "missing.yaml"}, 2, "missing.yaml");
  fails({"history", f / "missing.yaml"}, 2, "missing.yaml");
}

TEST(ExitCodes, StrictTurnsAMissingSourceIntoAnError) {
  const Folder f;
  std::string text = contents(sample(f));
  const auto at = text.find("source: judgement");
  text.erase(at, text.find('\n', at) - at);
  write(f / "loose.yaml", text);
  const auto loose = entente({"check", f / "loose.yaml"});
  EXPECT_EQ(loose.code, 0);
  EXPECT_NE(loose.err.find("warning[W"), std::string::npos) << loose.err;
  fails({"check", f / "loose.yaml", "--strict"}, 1, "error[E");
}

TEST(ExitCodes, TwoIsUsage) {
  const Folder f;
  const std::string file = sample(f);
  fails({}, 2, "no command is given");
  fails({"aks", file}, 2, "did you mean `ask`?");
  fails({"turn-about", file}, 2, "`turn-about` is no command");
  fails({"ask"}, 2, "situation is required");
  fails({"ask", file, "--jsn"}, 2, "--jsn");
  fails({"ask", file, file}, 2, "");
  fails({"solve"}, 2, "no kernel is given");
  fails({"solve", "marked", file}, 2, "did you mean `market`?");
  for (const char* seed : {"-1", "1.5", "one", "99999999999999999999"})
    fails({"doubt", file, "--seed", seed}, 2, "--seed");
  fails({"doubt", file, "--draws-from", "-1"}, 2, "--draws-from");
  for (const char* draws : {"0", "-5", "many", "100000001", "1e30"})
    fails({"doubt", file, "--draws", draws}, 2, "--draws");
  fails({"doubt", file, "--threads", "5000"}, 2, "--threads");
  fails({"doubt", file, "--draws-from", "3"}, 2, "--save");
  fails({"doubt", file, "--draws", "100", "--draws-to", "101", "--save", f / "p"}, 2, "--draws-to");
  fails({"doubt", file, "--draws", "100", "--draws-from", "100", "--save", f / "p"}, 2, "--draws-from");
  EXPECT_FALSE(fs::exists(f / "p"));
  fails({"doubt", file, "--save", f / "no/p"}, 2, "lies in a folder that does not exist");
  fails({"doubt", file, "--save", f.path().string()}, 2, "is a folder");
  if (1e-9 * static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE)) < 35)
    fails({"doubt", file, "--draws", "100000000"}, 2, "E0718");  // some 45 GB
  fails({"explain", file, "pipe.prise"}, 2, "pipe.price");
  const auto json = entente({"aks", file, "--json"});
  EXPECT_EQ(json.code, 2);
  EXPECT_EQ(json.err, "");
  EXPECT_NE(json.out.find("\"E0712\""), std::string::npos) << json.out;
  fails({"join"}, 2, "parts");
  fails({"new", f / "no/folder/x.yaml"}, 2, "cannot be written");
}

TEST(ExitCodes, ThreeIsNoAnswer) {
  const Folder f;
  std::string text = contents(sample(f));
  const auto at = text.find("60 to 85 USD/bbl");
  text.replace(at, 16, "-85 to -60 USD/bbl");  // a ship's price below 0: outside what a price may be at the medians
  const auto lng = text.find("cost: lng");
  text.replace(lng, 9, "cost: 10 USD/kcm");
  const auto price = text.find("price: 330");
  text.replace(price, 10, "price: lng");
  write(f / "outside.yaml", text);
  const auto r = entente({"ask", f / "outside.yaml"});
  EXPECT_EQ(r.code, 3) << r.out << r.err;
  EXPECT_NE(r.out.find("It is "), std::string::npos) << r.out;
  EXPECT_NE(r.out.find("outside.yaml:"), std::string::npos) << r.out;
}

TEST(Unwritable, AFullDiskIsSaid) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  const Folder f;
  const std::string file = sample(f);
  for (const Words& words : std::vector<Words>{{"ask", file},
                                               {"doubt", file, "--draws", "100"},
                                               {"quantities", file},
                                               {"check", "--schema"},
                                               {"new", "-"}}) {
    const auto r = entente(words, {.out = "/dev/full"});
    EXPECT_EQ(r.code, 2) << words[0];
    EXPECT_NE(r.err.find("could not be written"), std::string::npos) << words[0] << r.err;
  }
}

TEST(Unwritable, DevicesAndLinksStayWhatTheyAre) {
  const Folder f;
  const std::string file = sample(f);
  write(f / "real", "");  // an empty file is free
  fs::create_symlink(f / "real", f / "link");
  EXPECT_EQ(entente({"doubt", file, "--draws", "100", "--save", f / "link"}).code, 0);
  EXPECT_TRUE(fs::is_symlink(f / "link"));
  EXPECT_EQ(entente({"join", f / "real"}).code, 0);
  ASSERT_EQ(mkfifo((f / "pipe").c_str(), 0600), 0);
  std::thread reader([&] { write(f / "read", contents(f / "pipe")); });
  EXPECT_EQ(entente({"doubt", file, "--draws", "100", "--save", f / "pipe"}).code, 0);
  reader.join();
  EXPECT_TRUE(fs::is_fifo(f / "pipe"));
  EXPECT_EQ(contents(f / "read"), contents(f / "real"));
  fails({"doubt", file, "--draws", "100", "--save", f.path().string()}, 2, "is a folder");
}

namespace {

// Whether the process has a file of the folder open, with a name or without; two only while it writes.
bool writes_in(pid_t child, const fs::path& folder) {
  std::error_code none;
  for (const auto& fd : fs::directory_iterator("/proc/" + std::to_string(child) + "/fd", none)) {
    const std::string to = fs::read_symlink(fd.path(), none).string();
    if (to.starts_with(folder.string() + "/") && !to.ends_with(".yaml")) return true;
  }
  return false;
}

}  // namespace

// The slice is written beside its name and then renamed: at whatever moment the process is killed, the name holds the
// old file or the new one.
TEST(Killed, LeavesTheOldFileOrTheNew) {
  const Folder f;
  const std::string file = sample(f), part = f / "part";
  ASSERT_EQ(entente({"doubt", file, "--draws", "100", "--save", part}).code, 0);
  const std::string old = contents(part);
  int killed = 0;
  for (int delay = 0; delay < 12; ++delay) {
    const pid_t child = start({"doubt", file, "--draws", "40000", "--save", part, "--threads", "1"});
    // Until it writes beside the name or is done, then a little longer.
    for (int i = 0; i < 20000 && !writes_in(child, f.path()) && waitpid(child, nullptr, WNOHANG) == 0; ++i)
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    std::this_thread::sleep_for(std::chrono::microseconds(300 * delay));
    kill(child, SIGKILL);
    int status = 0;
    if (waitpid(child, &status, 0) == child && WIFSIGNALED(status)) ++killed;
    const std::string now = contents(part);
    EXPECT_TRUE(now == old || entente({"join", part}).code == 0) << "half a file after " << delay;
    write(part, old);
  }
  EXPECT_LE(std::distance(fs::directory_iterator(f.path()), {}), 4) << "what was killed leaves hardly anything";
  EXPECT_GT(killed, 0) << "every run ended before it was killed: nothing was tried";
}

TEST(Interrupted, WithoutAPlaceForThemDrawsAreLostAndItIsSaid) {
  const Folder f;
  const std::string file = sample(f);
  const pid_t child = start({"doubt", file, "--draws", "3000000", "--threads", "1"});
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  ASSERT_EQ(kill(child, SIGINT), 0);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status)) << "ended by signal " << WTERMSIG(status);
  EXPECT_EQ(WEXITSTATUS(status), 3);
  EXPECT_EQ(std::distance(fs::directory_iterator(f.path()), {}), 1);
}
