#pragma once
// A line on standard error that tells how far a long work is. Only on a terminal, and only when it takes long.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

namespace stepglass::cli {

class Progress {
 public:
  /// `what` is done to `total` things, e.g. "checking" 120 files.
  Progress(std::string what, std::size_t total, bool wanted = true);
  /// Takes the line away.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// One more is done. From any thread.
  void step();

 private:
  using Clock = std::chrono::steady_clock;
  void show(std::size_t done);

  const std::string what_;
  const std::size_t total_;
  const bool shows_;
  const Clock::time_point start_ = Clock::now();
  std::atomic<std::size_t> done_{0};
  std::atomic<std::int64_t> next_ms_;
  std::mutex mutex_;
  bool drawn_ = false;
};

}  // namespace stepglass::cli
