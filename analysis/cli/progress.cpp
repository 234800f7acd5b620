#include "analysis/cli/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "analysis/cli/console.h"

namespace stepglass::cli {
namespace {

constexpr std::int64_t kFirstMs = 500;
constexpr std::int64_t kEveryMs = 100;
constexpr std::size_t kBarWidth = 24;

}  // namespace

Progress::Progress(std::string what, std::size_t total, bool wanted)
    : what_(std::move(what)), total_(total), shows_(wanted && total > 0 && isatty(2) == 1), next_ms_(kFirstMs) {}

Progress::~Progress() {
  if (drawn_) write(2, "\r\x1B[K");
}

void Progress::step() {
  const std::size_t done = ++done_;
  if (!shows_) return;
  const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start_).count();
  std::int64_t next = next_ms_.load();
  if (now < next || !next_ms_.compare_exchange_strong(next, now + kEveryMs)) return;
  const std::lock_guard lock(mutex_);
  show(done);
}

void Progress::show(std::size_t done) {
  const std::size_t full = std::min(kBarWidth, kBarWidth * done / total_);
  write(2, fmt::format("\r{} [{}{}] {} of {}\x1B[K", what_, std::string(full, '#'), std::string(kBarWidth - full, '.'),
                       done, total_));
  drawn_ = true;
}

}  // namespace stepglass::cli
