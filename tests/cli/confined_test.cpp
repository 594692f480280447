// What a situation names stays inside its folder, and nothing is read that may never end.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <cstdlib>

#include "cli/program.hpp"

using namespace cli;
namespace fs = std::filesystem;

namespace {

constexpr const char* secret = "a line that no complaint may print";

void refused(const Words& words, int code, const std::string& with) {
  const auto begin = std::chrono::steady_clock::now();
  const auto r = entente(words);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  std::string line = "entente";
  for (const auto& w : words) line += " " + w;
  EXPECT_EQ(r.code, code) << line << "\n" << r.err;
  EXPECT_NE(r.err.find(with), std::string::npos) << line << "\n" << r.err;
  EXPECT_EQ(r.err.find(secret), std::string::npos) << line << "\n" << r.err;
  EXPECT_EQ(r.out, "") << line;
  EXPECT_LT(taken.count(), 5) << line;
}

const std::string head =
    "entente: 1\nsituation: x\nas_of: 2025-01-01\nsource: s\nsources: {s: {title: s, grade: C3}}\n";

}  // namespace

TEST(Confined, ADissentNamesWhatIsBesideOrDirectlyAbove) {
  const Folder f;
  fs::create_directories(f / "opened/deep");
  fs::create_directories(f / "other");
  const std::string base = head + "actors: {A: one}\ndrivers: {x: 1 to 2}\nclaims: {c: x > 1.5}\n";
  const std::string over = "\ndrivers: {x: 3 to 4}\n";
  write(f / "situation.yaml", base);
  write(f / "opened/beside.yaml", base);
  write(f / "opened/deep/below.yaml", base);
  write(f / "other/situation.yaml", base);
  write(f / "secret.txt", secret);
  write(f / "secret.yaml", std::string(secret) + ": 1\n");
  fs::create_symlink(f / "secret.txt", f / "opened/link.yaml");
  fs::create_directory_symlink(f / "other", f / "opened/away");
  const auto named = [&](const std::string& what) {
    write(f / "opened/dissent.yaml", "dissents-from: " + what + over);
    return f / "opened/dissent.yaml";
  };
  for (const char* good : {"beside.yaml", "deep/below.yaml", "../situation.yaml", "..", "../opened/beside.yaml"})
    EXPECT_EQ(entente({"check", named(good)}).code, 0) << good << entente({"check", named(good)}).err;
  for (const std::string& bad : {std::string("../secret.txt"), std::string("../secret.yaml"), std::string("link.yaml"),
                                 std::string("../other"), std::string("../other/situation.yaml"), std::string("away"),
                                 std::string("/etc/passwd"), f / "secret.txt", std::string("../../../../etc/passwd")})
    for (const char* verb : {"check", "ask", "diff"}) refused({verb, named(bad)}, 1, "error[E0330]");
  EXPECT_EQ(entente({"check", named("../other"), "--allow", f / "other"}).code, 0);
  EXPECT_EQ(entente({"check", named(f / "other"), "--allow", f / "other"}).code, 0);
  EXPECT_EQ(entente({"check", named("away"), "--allow", f.path().string()}).code, 0);
}

TEST(Confined, TablesStayInside) {
  const Folder f;
  fs::create_directories(f / "opened/data");
  write(f / "actors.csv", "name,says\nA," + std::string(secret) + "\n");
  write(f / "opened/data/actors.csv", "name\nA\n");
  fs::create_symlink(f / "actors.csv", f / "opened/data/link.csv");
  fs::create_symlink(f / "opened/data/actors.csv", f / "opened/inside.csv");
  const auto named = [&](const std::string& what) {
    write(f / "opened/situation.yaml", head + "actors: {table: " + what + "}\n");
    return f / "opened";
  };
  for (const std::string& bad : {std::string("../actors.csv"), std::string("data/link.csv"), f / "actors.csv",
                                 std::string("data/../../actors.csv"), std::string("/etc/passwd")})
    refused({"check", named(bad)}, 1, "error[E0330]");
  for (const char* good : {"data/actors.csv", "inside.csv", "data/../inside.csv"}) {
    const auto r = entente({"check", named(good)});
    EXPECT_EQ(r.err.find("E0330"), std::string::npos) << good << r.err;
  }
  const auto r = entente({"check", named("../actors.csv"), "--allow", f.path().string()});
  EXPECT_EQ(r.err.find("E0330"), std::string::npos) << r.err;
}

TEST(Confined, TheBaseOfAnEconomyIsOwnOrShared) {
  const Folder f;
  fs::create_directories(f / "opened");
  fs::create_directories(f / "world");
  for (const char* table : {"countries", "sectors", "production", "inputs", "flows"})
    fs::copy_file(fs::path(ENTENTE_ROOT) / "data/economy" / (table + std::string(".csv")),
                  f.path() / "world" / (table + std::string(".csv")));
  write(f / "opened/situation.yaml", head + "actors: {USA: one}\neconomy: {base: ../world}\n");
  refused({"check", f / "opened"}, 1, "error[E0330]");
  EXPECT_EQ(entente({"check", f / "opened", "--allow", f / "world"}).code, 0);
  write(f / "world/shared-base.txt", "for everybody\n");
  EXPECT_EQ(entente({"check", f / "opened"}).code, 0);
  write(f / "secret.csv", std::string(secret) + ",2\n");
  fs::remove(f / "world/flows.csv");
  fs::create_symlink(f / "secret.csv", f / "world/flows.csv");
  refused({"check", f / "opened"}, 1, "leads out of");
  refused({"solve", "trade", f / "world", f / "secret.csv"}, 2, "leads out of");
}

TEST(Endless, DevicesAndPipesAreNoFiles) {
  const Folder f;
  ASSERT_EQ(mkfifo((f / "pipe").c_str(), 0600), 0);
  fs::create_symlink(f / "pipe", f / "link");
  write(f / "ties.csv", "a,b,weight\nA,B,1\n");
  for (const std::string& what : {f / "pipe", f / "link", std::string("/dev/zero"), std::string("/dev/urandom")}) {
    for (const char* verb : {"check", "ask", "doubt", "quantities", "diff"}) refused({verb, what}, 2, "not a file");
    refused({"join", what}, 2, "not a file");
    refused({"history", what}, 2, "not a file");
    refused({"explain", what, "x"}, 2, "not a file");
    refused({"report", what, "-o", f / "page.html"}, 2, "not a file");
    for (const char* kernel : {"market", "coalition", "exchange", "blocs", "balance", "choice", "game"})
      refused({"solve", kernel, what}, 2, "not a file");
    refused({"solve", "wedge", f / "ties.csv", "--apart", "A,B", "--moves", what}, 2, "not a file");
    refused({"solve", "wedge", what, "--apart", "A,B", "--moves", f / "ties.csv"}, 2, "not a file");
    refused({"solve", "blocs", f / "ties.csv", "--sizes", what}, 2, "not a file");
    refused({"solve", "trade", std::string(ENTENTE_ROOT) + "/data/economy", what}, 2, "not a file");
  }
}

// A file of a terabyte that takes no room: its size is seen before it is read, and its beginning where that is known.
TEST(Endless, HugeFilesAreRefusedAtOnce) {
  const Folder f;
  write(f / "huge", "");
  std::error_code none;
  fs::resize_file(f / "huge", std::uintmax_t{1} << 40, none);
  if (none) GTEST_SKIP() << "no sparse files here";
  refused({"ask", f / "huge"}, 2, "is larger than");
  refused({"join", f / "huge"}, 1, "is no slice");
  refused({"solve", "game", f / "huge"}, 2, "is larger than");
}

TEST(Endless, StandardInputGoesOn) {
  const Folder f;
  const std::string file = sample(f), whole = entente({"ask", file, "--json"}).out;
  const std::string command = std::string(ENTENTE_PROGRAM) + " ask /dev/stdin --json";
  const auto shell = [&](const std::string& line) {
    EXPECT_EQ(std::system((line + " > '" + (f / "out") + "'").c_str()), 0) << line;
    return contents(f / "out");
  };
  const std::string piped = shell("cat '" + file + "' | " + command), given = shell(command + " < '" + file + "'");
  EXPECT_EQ(piped, given);
  EXPECT_EQ(Json::parse(piped)["claims"], Json::parse(whole)["claims"]);
}
