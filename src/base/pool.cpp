#include "entente/base/pool.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace entente {

void Pool::run(std::size_t tasks, const std::function<void(std::size_t, unsigned)>& task,
               const std::atomic<bool>* cancel, const std::function<void(std::size_t)>* progress) const {
  std::atomic<std::size_t> next{0}, done{0};
  std::atomic<bool> stop{false};
  std::mutex guard;
  std::exception_ptr failure;
  std::size_t failed_at = tasks;
  const auto fail = [&](std::size_t at) {
    const std::lock_guard lock(guard);
    if (!failure || at < failed_at) {
      failed_at = at;
      failure = std::current_exception();
    }
    stop = true;
  };
  const auto work = [&](unsigned worker) {
    while (!stop.load() && !(cancel && cancel->load())) {
      const std::size_t i = next.fetch_add(1);
      if (i >= tasks) return;
      try {
        task(i, worker);
        done.fetch_add(1);
        if (worker == 0 && progress) (*progress)(done.load());
      } catch (...) {
        fail(i);
      }
    }
  };
  {
    std::vector<std::jthread> others;
    const auto extra = static_cast<unsigned>(std::min<std::size_t>(threads_ - 1, tasks > 0 ? tasks - 1 : 0));
    try {
      others.reserve(extra);
      for (unsigned w = 1; w <= extra; ++w) others.emplace_back(work, w);
    } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch)
      // The system gives no more threads: those that there are do the work.
    }
    work(0);
  }
  if (failure) std::rethrow_exception(failure);
  if (progress) (*progress)(done.load());
}

}  // namespace entente
