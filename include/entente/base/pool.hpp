// A small thread pool. Tasks are numbered and taken from a counter, so any thread may do any task: what a task computes
// must depend on its number alone, and then results do not depend on the schedule.
#pragma once
#include <atomic>
#include <cstddef>
#include <functional>

namespace entente {

class Pool {
 public:
  /// `threads` workers in all, the caller among them; at least one.
  explicit Pool(unsigned threads) : threads_(threads ? threads : 1) {}
  [[nodiscard]] unsigned threads() const noexcept { return threads_; }

  /// Calls task(i, worker) once for every i in 0..tasks-1 with worker in 0..threads()-1, and returns when all have
  /// ended. `cancel` is looked at between tasks; `progress` is called from the caller's thread only, with the number of
  /// tasks done. An exception, of a task or of `progress`, ends the run and is thrown again here when all threads have
  /// stopped: of several, that of the lowest task. Where the system gives fewer threads than asked, fewer work.
  void run(std::size_t tasks, const std::function<void(std::size_t, unsigned)>& task,
           const std::atomic<bool>* cancel = nullptr, const std::function<void(std::size_t)>* progress = nullptr) const;

 private:
  unsigned threads_;
};

}  // namespace entente
