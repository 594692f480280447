// Asks a kernel to stop after a time: kernels know no clock.
#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace entente::cli {

class TimeLimit {
 public:
  explicit TimeLimit(double seconds)
      : timer_([this, seconds] {
          std::unique_lock lock(mutex_);
          if (!done_.wait_for(lock, std::chrono::duration<double>(seconds), [this] { return ended_; }))
            stop_.request_stop();
        }) {}
  ~TimeLimit() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    done_.notify_one();
  }
  TimeLimit(const TimeLimit&) = delete;
  TimeLimit& operator=(const TimeLimit&) = delete;

  [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }
  [[nodiscard]] bool over() const { return stop_.stop_requested(); }

 private:
  std::stop_source stop_;
  std::mutex mutex_;
  std::condition_variable done_;
  bool ended_ = false;
  std::jthread timer_;  // last: it begins when the rest is there, and is joined first
};

}  // namespace entente::cli
