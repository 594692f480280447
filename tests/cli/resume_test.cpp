// A run that ends before its end loses nothing that was finished: by --resume after a kill, by --save at a signal; and
// a slice is judged where its situation is not.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <sstream>
#include <thread>

#include "cli/program.hpp"

using namespace cli;
namespace fs = std::filesystem;

namespace {

int end_of(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

double seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

// Killed at moments spread over a run, again and again, until one ends: ENTENTE_KILLS=100 such runs.
TEST(Resume, AKilledRunGoesOnAndItsAnswerIsThatOfOne) {
  const char* asked = std::getenv("ENTENTE_KILLS");
  const int runs = asked ? std::atoi(asked) : 6;
  const Folder f;
  const std::string file = sample(f), draws = "60000";
  Ran whole;
  const double time = seconds([&] { whole = entente({"doubt", file, "--draws", draws, "--json", "--threads", "1"}); });
  ASSERT_EQ(whole.code, 0) << whole.err;
  int good = 0, killed = 0, went_on = 0;
  for (int run = 0; run < runs; ++run) {
    const std::string kept = f / ("kept-" + std::to_string(run));
    const Words words{"doubt", file, "--draws", draws, "--json", "--threads", "1", "--resume", kept};
    for (int kill_at = 0; kill_at < 3; ++kill_at) {
      const pid_t child = start(words);
      const double share = 0.05 + 0.9 * ((run * 3 + kill_at) * 37 % 101) / 101.0;
      std::this_thread::sleep_for(std::chrono::duration<double>(share * time * 0.6));
      kill(child, SIGKILL);
      killed += end_of(child) == -SIGKILL;
    }
    std::error_code none;
    went_on += fs::exists(kept) && !fs::is_empty(kept, none);
    const auto last = entente(words);
    good += last.code == 0 && last.out == whole.out;
    if (last.code != 0) ADD_FAILURE() << last.err << last.out.substr(0, 300);
    fs::remove_all(kept, none);
  }
  EXPECT_EQ(good, runs);
  EXPECT_GT(killed, 0) << "nothing was killed";
  EXPECT_GT(went_on, 0) << "nothing was kept";
  std::printf("%d of %d runs went on to the same answer after 3 kills each (%d killed)\n", good, runs, killed);
}

TEST(Resume, OfAnotherRunOrDamagedIsRefused) {
  const Folder f;
  const std::string file = sample(f), kept = f / "kept";
  const auto with = [&](const char* seed) {
    return entente({"doubt", file, "--draws", "200", "--seed", seed, "--resume", kept});
  };
  ASSERT_EQ(with("1").code, 0);
  EXPECT_EQ(with("1").code, 0);
  const auto other = with("2");
  EXPECT_EQ(other.code, 1);
  EXPECT_NE(other.err.find("E0762"), std::string::npos) << other.err;
  const fs::path piece = fs::directory_iterator(kept)->path();
  write(piece, contents(piece).substr(0, 100));
  EXPECT_NE(with("1").err.find("E0762"), std::string::npos);
  EXPECT_EQ(entente({"doubt", file, "--resume", file}).code, 2);
}

TEST(Resume, ThePageToo) {
  const Folder f;
  const std::string file = sample(f);
  ASSERT_EQ(entente({"report", file, "-o", f / "p.html", "--draws", "300"}).code, 0);
  const std::string one = contents(f / "p.html");
  for (int k = 0; k < 2; ++k)
    ASSERT_EQ(entente({"report", file, "-o", f / "p.html", "--draws", "300", "--resume", f / "kept"}).code, 0);
  EXPECT_EQ(contents(f / "p.html"), one);
}

// Waits until the process has computed for so long, however busy the machine is, or has ended.
static void until_it_computed(pid_t child, double seconds) {
  const std::string stat = "/proc/" + std::to_string(child) + "/stat";
  for (int k = 0; k < 12'000; ++k) {
    std::string text = contents(stat);
    text.erase(0, std::min(text.rfind(')'), text.size()));  // behind the name: state, then eleven words, then the times
    std::istringstream words(text);
    std::string skipped, state;
    words >> skipped >> state;
    for (int w = 0; w < 10; ++w) words >> skipped;
    double user = 0, system = 0;
    words >> user >> system;
    if (!words || state == "Z" || user + system >= seconds * static_cast<double>(sysconf(_SC_CLK_TCK))) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

TEST(Signals, KeepWhatIsFinishedAndSayHowToGoOn) {
  const Folder f;
  const std::string file = sample(f);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    const std::string part = f / ("part-" + std::to_string(signal));
    const pid_t child = start({"doubt", file, "--draws", "400000", "--save", part, "--threads", "1"});
    until_it_computed(child, 1.5);
    kill(child, signal);
    ASSERT_EQ(end_of(child), 3) << signal;
    ASSERT_TRUE(fs::exists(part)) << "what is finished is kept: " << signal;
    const auto joined = entente({"join", part});
    EXPECT_EQ(joined.code, 1);
    EXPECT_NE(joined.err.find("the slices cover draws 0 to "), std::string::npos) << joined.err;
  }
}

TEST(Signals, TheSliceAndTheRestAreTheWhole) {
  const Folder f;
  const std::string file = sample(f);
  const std::string draws = "200000";
  // Later and later, until the signal finds some draws done and not all.
  int code = 0;
  for (double seconds = 0.1; seconds < 60 && !(code == 3 && fs::exists(f / "one")); seconds *= 1.3) {
    fs::remove(f / "one");
    const pid_t child = start({"doubt", file, "--draws", draws, "--save", f / "one", "--threads", "1"});
    until_it_computed(child, seconds);
    kill(child, SIGTERM);
    code = end_of(child);
    ASSERT_NE(code, 0) << "all draws were done before any signal found some of them";
  }
  ASSERT_EQ(code, 3);
  ASSERT_TRUE(fs::exists(f / "one"));
  const auto said = entente({"join", f / "one"}).err;
  const auto at = said.find("cover draws 0 to ") + 17;
  const std::string to = said.substr(at, said.find(' ', at) - at);
  ASSERT_EQ(entente({"doubt", file, "--draws", draws, "--draws-from", to, "--save", f / "two"}).code, 0);
  EXPECT_EQ(entente({"join", f / "two", f / "one", "--json"}).out,
            entente({"doubt", file, "--draws", draws, "--json"}).out);
}

TEST(Join, WhereTheSituationIsNot) {
  const Folder f;
  fs::create_directories(f / "a/data");
  std::string text = entente({"new", "-"}).out;
  const auto at = text.find("      Field: {of: SEL, capacity: 40, cost: 60 to 90}\n");
  text.replace(at, text.find("    consumers:\n") - at,
               "      table: data/makers.csv\n      LNG:   {open: true, capacity: 100, cost: lng}\n");
  write(f / "a/situation.yaml", text);
  write(f / "a/data/makers.csv", "name,of,capacity,cost\nField,SEL,40,60 to 90\n");
  const auto slice = [&](const std::string& folder, const char* from, const char* to, const char* name) {
    const auto r =
        entente({"doubt", f / folder, "--draws", "100", "--draws-from", from, "--draws-to", to, "--save", f / name});
    ASSERT_EQ(r.code, 0) << r.err;
  };
  slice("a", "0", "50", "p1");
  fs::create_directory(f / "elsewhere");
  fs::copy(f / "a", f / "elsewhere/a", fs::copy_options::recursive);
  slice("elsewhere/a", "50", "100", "p2");
  const std::string whole = entente({"doubt", f / "a", "--draws", "100", "--json"}).out;
  EXPECT_EQ(entente({"join", f / "p1", f / "p2", "--json"}).out, whole);
  EXPECT_EQ(entente({"join", f / "p2", f / "p1", "--json"}).out, whole);
  fs::rename(f / "a", f / "b");
  EXPECT_EQ(entente({"join", f / "p1", f / "p2", "--json"}).out, whole) << "one of two is still there";
  fs::remove_all(f / "elsewhere");
  for (const auto& words : {Words{"join", f / "p1", f / "p2", "--json"}, Words{"join", f / "p2", f / "p1", "--json"},
                            Words{"join", f / "p1", f / "p2", "--json", "--situation", f / "b"}}) {
    const auto r = entente(words);
    EXPECT_EQ(r.code, 0) << r.err;
    EXPECT_EQ(r.out, whole);
  }
  write(f / "b/situation.yaml", contents(f / "b/situation.yaml") + "# a remark changes nothing\n");
  EXPECT_EQ(entente({"join", f / "p1", f / "p2", "--situation", f / "b"}).code, 0);
  text.replace(text.find("60 to 85"), 8, "61 to 85");
  write(f / "b/situation.yaml", text);
  const auto changed = entente({"join", f / "p1", f / "p2", "--situation", f / "b"});
  EXPECT_EQ(changed.code, 1);
  EXPECT_NE(changed.err.find("has changed"), std::string::npos) << changed.err;
}

TEST(Join, ADissentCarriesItsBase) {
  const Folder f;
  fs::create_directories(f / "a/dissents");
  write(f / "a/situation.yaml", entente({"new", "-"}).out);
  write(f / "a/dissents/d.yaml", "dissents-from: ../situation.yaml\ndrivers: {oil: 90 to 99 USD/bbl}\n");
  ASSERT_EQ(entente({"doubt", f / "a/dissents/d.yaml", "--draws", "100", "--save", f / "p"}).code, 0);
  const std::string whole = entente({"doubt", f / "a/dissents/d.yaml", "--draws", "100", "--json"}).out;
  fs::remove_all(f / "a");
  const auto r = entente({"join", f / "p", "--json"});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_EQ(r.out, whole);
}

TEST(Streams, HelpOnAFullDiskIsSaid) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  for (const Words& words : {Words{"--help"}, Words{"doubt", "--help"}, Words{"--version"}}) {
    const auto r = entente(words, {.out = "/dev/full"});
    EXPECT_EQ(r.code, 2) << words[0];
    EXPECT_NE(r.err.find("could not be written"), std::string::npos) << r.err;
  }
}

TEST(Streams, NamesOfFilesObeyNothing) {
  const Folder f;
  const std::string evil = f / "\x1b[31mred\x07\n\xc2\x9b.yaml";
  const auto safe = [](const Ran& r) {
    for (const std::string& s : {r.out, r.err})
      for (const char* c : {"\x1b", "\x07", "\xc2\x9b", "\n\xc2"}) EXPECT_EQ(s.find(c), std::string::npos) << s;
  };
  safe(entente({"check", evil}));
  write(evil, "entente: 1\nsituation: x\n");
  for (const char* verb : {"check", "ask", "doubt", "quantities", "diff", "history"}) safe(entente({verb, evil}));
  write(evil, entente({"new", "-"}).out);
  for (const char* verb : {"check", "ask"}) safe(entente({verb, evil}));
  safe(entente({"explain", evil, "pipe.price"}));
  safe(entente({"explain", evil, "\x1b[31mpipe.prise"}));
  safe(entente({"doubt", evil, "--draws", "100", "--save", f / "\x1b]0;title\x07"}));
  safe(entente({"report", evil, "--draws", "100", "-o", f / "\x1b]0;page\x07.html"}));
  safe(entente({"new", f / "\x1b]0;new\x07.yaml"}));
  safe(entente({"\x1b[31mask"}));
  safe(entente({"ask", evil, "--\x1b[31m"}));
  safe(entente({"join", evil}));
  safe(entente({"solve", "blocs", evil}));
}
