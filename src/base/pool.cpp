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
  const auto work = [&](unsigned worker) {
    while (!stop.load() && !(cancel && cancel->load())) {
      const std::size_t i = next.fetch_add(1);
      if (i >= tasks) return;
      try {
        task(i, worker);
      } catch (...) {
        const std::lock_guard lock(guard);
        if (i < failed_at) {
          failed_at = i;
          failure = std::current_exception();
        }
        stop = true;
      }
      done.fetch_add(1);
      if (worker == 0 && progress) (*progress)(done.load());
    }
  };
  {
    std::vector<std::jthread> others;
    const auto extra = static_cast<unsigned>(std::min<std::size_t>(threads_ - 1, tasks > 0 ? tasks - 1 : 0));
    for (unsigned w = 1; w <= extra; ++w) others.emplace_back(work, w);
    work(0);
  }
  if (failure) std::rethrow_exception(failure);
  if (progress) (*progress)(done.load());
}

}  // namespace entente
