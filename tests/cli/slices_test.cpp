// One answer, however the work was divided: byte for byte the same for any number of threads and any slicing.
#include <gtest/gtest.h>

#include "cli/program.hpp"

using namespace cli;

TEST(Slices, ThreadsChangeNothing) {
  const Folder f;
  const std::string file = sample(f);
  for (const char* form : {"--quiet", "--json"})
    for (const char* way : {"--seed=7", "--random"}) {
      const auto one = entente({"doubt", file, "--draws", "3000", way, form, "--threads", "1"});
      ASSERT_EQ(one.code, 0) << one.err;
      for (const char* threads : {"2", "3", "0"})
        EXPECT_EQ(entente({"doubt", file, "--draws", "3000", way, form, "--threads", threads}).out, one.out)
            << threads << " threads " << way << " " << form;
    }
}

TEST(Slices, JoinedTheyAreTheWhole) {
  const Folder f;
  const std::string file = sample(f);
  const std::string whole = entente({"doubt", file, "--draws", "2000", "--seed", "5", "--json"}).out;
  const std::vector<std::vector<std::string>> cuts{
      {"0", "2000"}, {"0", "1", "2000"}, {"0", "333", "1000", "1999", "2000"}};
  for (const auto& cut : cuts) {
    Words join{"join"};
    for (std::size_t i = 0; i + 1 < cut.size(); ++i) {
      const std::string part = f / ("part-" + std::to_string(i));
      const auto r = entente({"doubt", file, "--draws", "2000", "--seed", "5", "--draws-from", cut[i], "--draws-to",
                              cut[i + 1], "--save", part, "--threads", std::to_string(1 + i % 2)});
      ASSERT_EQ(r.code, 0) << r.err;
      join.insert(join.begin() + 1, part);  // in any order
    }
    join.emplace_back("--json");
    EXPECT_EQ(entente(join).out, whole) << cut.size() - 1 << " slices";
  }
}

TEST(Slices, OfAnotherRunAreRefused) {
  const Folder f;
  const std::string file = sample(f);
  const auto slice = [&](const char* name, const char* from, const char* to, const char* seed) {
    entente(
        {"doubt", file, "--draws", "100", "--draws-from", from, "--draws-to", to, "--seed", seed, "--save", f / name});
  };
  slice("a", "0", "50", "1");
  slice("b", "50", "100", "1");
  slice("seed", "50", "100", "2");
  slice("gap", "60", "100", "1");
  slice("overlap", "40", "100", "1");
  const auto code = [&](const char* x, const char* y) { return entente({"join", f / x, f / y}).code; };
  EXPECT_EQ(code("a", "b"), 0);
  EXPECT_EQ(code("a", "seed"), 1);
  EXPECT_EQ(code("a", "gap"), 1);
  EXPECT_EQ(code("a", "overlap"), 1);
  EXPECT_EQ(code("a", "a"), 1);
  EXPECT_EQ(entente({"join", f / "a"}).code, 1);
  std::string bytes = contents(f / "b");
  for (const std::size_t length : {std::size_t{0}, std::size_t{7}, std::size_t{60}, bytes.size() - 1}) {
    write(f / "cut", bytes.substr(0, length));
    EXPECT_EQ(code("a", "cut"), 1) << length;
  }
  write(f / "long", bytes + "x");
  EXPECT_EQ(code("a", "long"), 1);
  std::string text = contents(file);
  text.replace(text.find("60 to 85 USD/bbl"), 16, "60 to 86 USD/bbl");
  write(file, text);
  const auto changed = entente({"join", f / "a", f / "b"});
  EXPECT_EQ(changed.code, 1);
  EXPECT_NE(changed.err.find("has changed"), std::string::npos) << changed.err;
}
