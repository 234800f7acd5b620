#pragma once
// Work on many things at a time. Native programs only.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace stepglass::analysis {

inline constexpr unsigned kMaxWorkers = 64;

/// Calls work(i) for each i below `count`, on up to `jobs` threads (0: one for each core); the order is not known. An
/// exception ends the work and is thrown here.
template <typename Work>
void for_each_index(std::size_t count, unsigned jobs, const Work& work) {
  if (jobs == 0) jobs = std::max(1u, std::thread::hardware_concurrency());
  jobs = static_cast<unsigned>(std::min<std::size_t>({jobs, kMaxWorkers, std::max<std::size_t>(count / 4, 1)}));
  std::atomic<std::size_t> next{0};
  std::exception_ptr fault;
  std::mutex mutex;
  const auto run = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!fault) fault = std::current_exception();
      next = count;
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < jobs; ++i) threads.emplace_back(run);
  run();
  for (std::thread& thread : threads) thread.join();
  if (fault) std::rethrow_exception(fault);
}

}  // namespace stepglass::analysis
