// Draws: the same bits for any number of threads and slices, saved, given back, damaged, joined.
#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "entente/base/random.hpp"
#include "entente/doubt/doubt.hpp"
#include "situations.hpp"

using namespace entente;
using namespace entente::doubt;
using tests::compile;
using tests::drivers_only;

namespace {

Draws run_all(const plan::Plan& plan, plan::Sampling sampling, unsigned threads = 1) {
  auto d = run(plan, {.sampling = sampling, .threads = threads});
  EXPECT_TRUE(d.has_value());
  return std::move(*d);
}

template <class T>
bool same_bits(const std::vector<std::vector<T>>& a, const std::vector<std::vector<T>>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i].size() != b[i].size() || (!a[i].empty() && std::memcmp(a[i].data(), b[i].data(), a[i].size() * sizeof(T))))
      return false;
  return true;
}
bool same_bits(const Draws& a, const Draws& b) {
  return a.from == b.from && a.to == b.to && a.fingerprint == b.fingerprint && same_bits(a.input, b.input) &&
         same_bits(a.truth, b.truth) && same_bits(a.margin, b.margin) && same_bits(a.why, b.why) &&
         same_bits(a.quantity, b.quantity);
}

struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "entente-doubt-XXXXXX").string();
    path = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string operator/(const char* name) const { return (path / name).string(); }
};

}  // namespace

TEST(Draws, TheSameBitsForAnyThreadsAndSlices) {
  const auto c = tests::compile_file(ENTENTE_ROOT "/tests/data/two-routes.yaml");
  ASSERT_TRUE(c->plan) << c->complaints();
  for (const bool latin : {true, false}) {
    const plan::Sampling sampling{.seed = 9, .draws = 400, .latin = latin};
    const Draws one = run_all(*c->plan, sampling, 1);
    for (const unsigned threads : {2u, 3u}) EXPECT_TRUE(same_bits(one, run_all(*c->plan, sampling, threads)));
    for (const auto& cuts :
         std::vector<std::vector<std::uint64_t>>{{0, 400}, {0, 1, 399, 400}, {0, 63, 64, 65, 200, 400}}) {
      std::vector<Draws> parts;
      for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
        auto part = run(
            *c->plan,
            {.sampling = sampling, .from = cuts[i], .to = cuts[i + 1], .threads = static_cast<unsigned>(1 + i % 3)});
        ASSERT_TRUE(part.has_value());
        parts.insert(parts.begin(), std::move(*part));
      }
      const auto whole = join(std::move(parts));
      ASSERT_TRUE(whole.has_value()) << whole.error().message;
      EXPECT_TRUE(same_bits(one, *whole));
    }
  }
}

TEST(Draws, CancelAndEmptySlices) {
  const auto c = compile(drivers_only("  a: between 0 and 1\n", "  x: {says: x, holds: a < 0.5}\n"));
  ASSERT_TRUE(c->plan);
  const std::atomic<bool> stop{true};
  const auto cancelled = run(*c->plan, {.cancel = &stop});
  ASSERT_FALSE(cancelled.has_value());
  EXPECT_EQ(cancelled.error().kind, ErrorKind::cancelled);
  EXPECT_FALSE(run(*c->plan, {.from = 5, .to = 5}).has_value());
  EXPECT_FALSE(run(*c->plan, {.sampling = {.draws = 10}, .from = 10}).has_value());
  std::uint64_t last = 0;
  const auto d =
      run(*c->plan, {.sampling = {.draws = 1000}, .threads = 1, .progress = [&](std::uint64_t done, std::uint64_t of) {
                       EXPECT_EQ(of, 1000u);
                       EXPECT_GE(done, last);
                       last = done;
                     }});
  EXPECT_EQ(last, 1000u);
}

TEST(Slices, SaveAndRestoreGiveBackEveryBit) {
  const Folder f;
  const auto c = tests::compile_file(ENTENTE_ROOT "/tests/data/two-routes.yaml");
  const Draws d = run_all(*c->plan, {.draws = 50});
  ASSERT_TRUE(save(d, "some/path.yaml", f / "part").has_value());
  const auto back = restore(f / "part");
  ASSERT_TRUE(back.has_value()) << back.error().message;
  EXPECT_TRUE(same_bits(d, back->draws));
  EXPECT_EQ(back->situation_path, "some/path.yaml");
  EXPECT_EQ(back->draws.sampling.seed, d.sampling.seed);
  EXPECT_FALSE(restore(f / "nothing").has_value());
  EXPECT_FALSE(save(d, "x", f / "no/such/folder").has_value());
}

TEST(Slices, DamageIsRefusedCalmly) {
  const Folder f;
  const auto c = compile(drivers_only("  a: between 0 and 1\n", "  x: {says: x, holds: 1 / (a - a) < 0.5}\n"));
  ASSERT_TRUE(c->plan) << c->complaints();
  const Draws d = run_all(*c->plan, {.draws = 3});
  ASSERT_TRUE(save(d, "p", f / "part").has_value());
  std::string whole;
  {
    std::ifstream in(f / "part", std::ios::binary);
    whole.assign(std::istreambuf_iterator<char>(in), {});
  }
  ASSERT_GT(whole.size(), 100u);
  const auto refused = [&](const std::string& bytes) {
    std::ofstream(f / "bad", std::ios::binary) << bytes;
    const auto r = restore(f / "bad");
    return !r.has_value() && !r.error().message.empty();
  };
  EXPECT_FALSE(refused(whole));
  for (std::size_t n = 0; n < whole.size(); ++n) EXPECT_TRUE(refused(whole.substr(0, n))) << "cut at " << n;
  for (std::size_t n = 0; n < whole.size(); ++n)
    for (int bit = 0; bit < 8; ++bit) {
      std::string bytes = whole;
      bytes[n] = static_cast<char>(bytes[n] ^ (1 << bit));
      ASSERT_TRUE(refused(bytes)) << "byte " << n << " bit " << bit;
    }
  EXPECT_TRUE(refused(whole + "x"));
  // A header that asks for more than the file holds, with a hash that fits.
  for (std::size_t field = 1; field < 11; ++field)
    for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{1} << 40, ~std::uint64_t{0}}) {
      std::string bytes = whole.substr(0, whole.size() - 8);
      if (!std::memcmp(bytes.data() + 8 * field, &value, 8)) continue;
      std::memcpy(bytes.data() + 8 * field, &value, 8);
      const std::uint64_t hash = stable_hash(bytes);
      bytes.append(reinterpret_cast<const char*>(&hash), 8);
      std::ofstream(f / "bad", std::ios::binary) << bytes;
      const auto r = restore(f / "bad");
      if (r) {
        EXPECT_FALSE(judge(*c->plan, r->draws).has_value() && field > 3) << field << " " << value;
      }
    }
}

TEST(Slices, JoinSaysWhatIsWrong) {
  const auto c = compile(drivers_only("  a: between 0 and 1\n", "  x: {says: x, holds: a < 0.5}\n"));
  const auto slice = [&](std::uint64_t from, std::uint64_t to, std::uint64_t seed = 1) {
    return *run(*c->plan, {.sampling = {.seed = seed, .draws = 100}, .from = from, .to = to});
  };
  const auto wrong = [](std::vector<Draws> parts) {
    const auto r = join(std::move(parts));
    return r ? std::string("fine") : r.error().message;
  };
  EXPECT_EQ(wrong({slice(0, 40), slice(40, 100)}), "fine");
  EXPECT_EQ(wrong({}), "there is no slice to join");
  EXPECT_EQ(wrong({slice(0, 40), slice(50, 100)}), "draws are missing from 40 to 50");
  EXPECT_EQ(wrong({slice(0, 40), slice(30, 100)}), "draws stand twice from 30 to 40");
  EXPECT_EQ(wrong({slice(0, 40)}), "the slices cover draws 0 to 40 of 100");
  EXPECT_NE(wrong({slice(0, 40), slice(40, 100, 2)}).find("not of one run"), std::string::npos);
  const auto part = judge(*c->plan, slice(0, 40));
  EXPECT_FALSE(part.has_value());
}
