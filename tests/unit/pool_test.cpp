#include "entente/base/pool.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace entente;

TEST(Pool, EveryTaskOnceWhateverTheThreads) {
  for (const unsigned threads : {0u, 1u, 2u, 3u, 8u})
    for (const std::size_t tasks : {0u, 1u, 2u, 7u, 1000u}) {
      const Pool pool(threads);
      std::vector<std::atomic<int>> done(tasks);
      std::vector<std::atomic<int>> inside(pool.threads());
      pool.run(tasks, [&](std::size_t i, unsigned worker) {
        ASSERT_LT(worker, pool.threads());
        EXPECT_EQ(inside[worker].fetch_add(1), 0) << "two tasks of one worker at once";
        ++done[i];
        --inside[worker];
      });
      for (const auto& d : done) EXPECT_EQ(d.load(), 1);
    }
}

TEST(Pool, TheExceptionOfTheLowestTaskComesOut) {
  for (const unsigned threads : {1u, 2u, 4u})
    for (int repeat = 0; repeat < 50; ++repeat) {
      std::atomic<int> running{0};
      try {
        Pool(threads).run(200, [&](std::size_t i, unsigned) {
          ++running;
          if (i == 17 || i == 18 || i == 90) {
            --running;
            throw std::runtime_error(std::to_string(i));
          }
          --running;
        });
        FAIL() << "nothing thrown";
      } catch (const std::runtime_error& e) {
        EXPECT_STREQ(e.what(), "17");
      }
      EXPECT_EQ(running.load(), 0) << "returned while tasks were running";
    }
}

TEST(Pool, StopsAfterAnException) {
  std::atomic<int> done{0};
  EXPECT_THROW(Pool(1).run(1000,
                           [&](std::size_t i, unsigned) {
                             ++done;
                             if (i == 3) throw std::logic_error("x");
                           }),
               std::logic_error);
  EXPECT_EQ(done.load(), 4);
}

TEST(Pool, CancelStopsBetweenTasks) {
  for (const unsigned threads : {1u, 3u}) {
    std::atomic<bool> cancel{false};
    std::atomic<int> done{0};
    Pool(threads).run(
        100'000,
        [&](std::size_t, unsigned) {
          if (++done == 10) cancel = true;
        },
        &cancel);
    EXPECT_GE(done.load(), 10);
    EXPECT_LE(done.load(), 10 + static_cast<int>(threads));
    cancel = true;
    Pool(threads).run(
        5, [&](std::size_t, unsigned) { FAIL() << "cancelled before it began"; }, &cancel);
  }
}

TEST(Pool, ProgressComesFromTheCallerAndRises) {
  for (const unsigned threads : {1u, 2u, 4u}) {
    const auto caller = std::this_thread::get_id();
    std::vector<std::size_t> seen;
    const std::function<void(std::size_t)> progress = [&](std::size_t done) {
      EXPECT_EQ(std::this_thread::get_id(), caller);
      seen.push_back(done);
    };
    Pool(threads).run(
        300, [](std::size_t, unsigned) {}, nullptr, &progress);
    ASSERT_FALSE(seen.empty());
    EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
    EXPECT_EQ(seen.back(), 300u);
  }
}

TEST(Pool, AnExceptionOfProgressEndsTheRun) {
  std::atomic<int> done{0};
  const std::function<void(std::size_t)> progress = [](std::size_t) { throw std::runtime_error("progress"); };
  EXPECT_THROW(Pool(1).run(
                   1000, [&](std::size_t, unsigned) { ++done; }, nullptr, &progress),
               std::runtime_error);
  EXPECT_EQ(done.load(), 1);
  EXPECT_THROW(Pool(2).run(
                   1000, [&](std::size_t, unsigned) { ++done; }, nullptr, &progress),
               std::runtime_error);
}

// Unsynchronised writes to places of their own are all that the pool promises to make safe; tsan looks on.
TEST(Pool, WritesOfTasksAreSeenByTheCaller) {
  std::vector<double> x(10'000);
  Pool(4).run(x.size(), [&](std::size_t i, unsigned) { x[i] = static_cast<double>(i); });
  EXPECT_EQ(std::accumulate(x.begin(), x.end(), 0.0), 10'000.0 * 9'999 / 2);
}
