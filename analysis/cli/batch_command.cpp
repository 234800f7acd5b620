// stepglass batch: requests of the call protocol, one per line, and their replies in the same order.
//
// With one job everything happens on one thread. With several, the first thread reads lines, `jobs` threads answer
// them, and one writes replies in the order of their lines. Lines and replies under way are bounded in number and in
// bytes, so memory stays bounded when replies are written more slowly than requests come, and when all of them are
// large. A Value belongs to one thread, so a request is read,
// answered and written to text on the same one.

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <new>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "analysis/api/call.h"
#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"
#include "analysis/cli/options.h"
#include "engine/support/limits.h"

namespace stepglass::cli {
namespace {

/// Replies that wait to be written together when more requests are at hand.
constexpr std::size_t kFlushBytes = 64 << 10;
/// Lines under way for each thread.
constexpr std::size_t kLinesPerThread = 8;
/// Bytes of the lines and replies under way above which no further line is started. What is being answered then still
/// adds its reply, kMaxReplyBytes at most for each thread.
constexpr std::size_t kMaxBytesUnderWay = 256 << 20;
constexpr unsigned kMaxJobs = 256;

struct Line {
  std::string text;
  bool too_long = false;
};

/// Lines of standard input, as they come: a line is handed out as soon as its end was read.
class LineReader {
 public:
  /// True when the next line can be had without waiting for input.
  bool has_line() {
    if (newline_ == std::string::npos) newline_ = buffer_.find('\n', scanned_);
    if (newline_ == std::string::npos) scanned_ = buffer_.size();
    return newline_ != std::string::npos;
  }

  /// The next line without its end; nothing at the end of the input. A line above kMaxTextBytes is read to its end and
  /// forgotten.
  std::optional<Line> next() {
    bool too_long = false;
    while (!has_line()) {
      if (buffer_.size() - start_ > kMaxTextBytes) {
        too_long = true;
        buffer_.clear();
        start_ = scanned_ = 0;
      }
      if (!fill()) {
        if (start_ == buffer_.size() && !too_long) return std::nullopt;
        Line last{buffer_.substr(start_), too_long};
        start_ = scanned_ = buffer_.size();
        return last;
      }
    }
    Line line{too_long ? std::string() : buffer_.substr(start_, newline_ - start_), too_long};
    line.too_long = line.too_long || line.text.size() > kMaxTextBytes;
    start_ = scanned_ = newline_ + 1;
    newline_ = std::string::npos;
    return line;
  }

 private:
  bool fill() {
    if (start_ > 0) {
      buffer_.erase(0, start_);
      scanned_ -= start_;
      start_ = 0;
    }
    constexpr std::size_t kChunk = 256 << 10;
    const std::size_t size = buffer_.size();
    buffer_.resize(size + kChunk);
    ssize_t got;
    do {
      got = read(0, buffer_.data() + size, kChunk);
    } while (got < 0 && errno == EINTR);
    buffer_.resize(size + (got > 0 ? static_cast<std::size_t>(got) : 0));
    return got > 0;
  }

  std::string buffer_;
  std::size_t start_ = 0;    // of the next line
  std::size_t scanned_ = 0;  // no line end before this
  std::size_t newline_ = std::string::npos;
};

/// The reply to a line, with its line end. A fault of ours gets a reply too, so that the next line is served.
std::string answer(const Line& line) {
  std::string reply;
  try {
    if (line.too_long) {
      reply = analysis::refusal(fmt::format("the line is longer than {} MiB", kMaxTextBytes >> 20));
    } else {
      reply = analysis::call(line.text);
    }
  } catch (const std::bad_alloc&) {
    reply = R"({"ok":false,"error":{"code":"InternalError","message":"out of memory"}})";
  } catch (const std::exception&) {
    reply =
        R"({"ok":false,"error":{"code":"InternalError","message":"a fault of our own; please report the request"}})";
  }
  reply += '\n';
  return reply;
}

void serve_alone(LineReader& reader) {
  std::string out;
  while (true) {
    // Nobody waits for a reply while we wait for input.
    if (!out.empty() && (out.size() >= kFlushBytes || !reader.has_line())) {
      write_json(1, out);
      out.clear();
    }
    const auto line = reader.next();
    if (!line) break;
    out += answer(*line);
  }
  write_json(1, out);
}

class Pool {
 public:
  explicit Pool(unsigned jobs) : most_(jobs * kLinesPerThread) {
    for (unsigned i = 0; i < jobs; ++i) threads_.emplace_back([this] { work(); });
    threads_.emplace_back([this] { write_replies(); });
  }

  void add(Line line) {
    std::unique_lock lock(mutex_);
    has_room_.wait(lock, [this] { return added_ - written_ < most_ && bytes_ <= kMaxBytesUnderWay; });
    bytes_ += line.text.size();
    lines_.emplace_back(added_++, std::move(line));
    has_lines_.notify_one();
  }

  /// Waits until every reply is written.
  void finish() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    has_lines_.notify_all();
    has_replies_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      has_lines_.wait(lock, [this] { return ended_ ? lines_.empty() || may_start() : !lines_.empty() && may_start(); });
      if (lines_.empty()) return;
      auto [number, line] = std::move(lines_.front());
      lines_.pop_front();
      lock.unlock();
      std::string reply = answer(line);
      const std::size_t line_bytes = line.text.size();
      line.text = std::string();
      reply.shrink_to_fit();
      lock.lock();
      bytes_ += reply.size();
      bytes_ -= line_bytes;
      replies_.emplace(number, std::move(reply));
      if (number == written_) has_replies_.notify_one();
    }
  }

  /// True when the first line may be answered: there is room for its reply, or the writer waits for it.
  bool may_start() const { return bytes_ <= kMaxBytesUnderWay || lines_.front().first == written_; }

  void write_replies() {
    std::unique_lock lock(mutex_);
    std::string out;
    while (true) {
      has_replies_.wait(lock, [this] { return replies_.count(written_) > 0 || (ended_ && written_ == added_); });
      if (ended_ && written_ == added_) return;
      std::size_t number = written_;
      for (auto next = replies_.find(number); next != replies_.end() && out.size() < kFlushBytes;
           next = replies_.find(number)) {
        out += next->second;
        replies_.erase(next);
        ++number;
      }
      lock.unlock();
      write_json(1, out);
      const std::size_t written_bytes = out.size();
      out.clear();
      if (out.capacity() > 2 * kFlushBytes) out = std::string();
      lock.lock();
      written_ = number;
      bytes_ -= written_bytes;
      has_room_.notify_one();
      has_lines_.notify_all();
    }
  }

  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable has_room_, has_lines_, has_replies_;
  std::deque<std::pair<std::size_t, Line>> lines_;
  std::map<std::size_t, std::string> replies_;  // by number of the line
  std::size_t bytes_ = 0;                       // of the lines and replies above, and of the lines being answered
  std::size_t added_ = 0;
  std::size_t written_ = 0;
  bool ended_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace

int batch_command(int argc, char** argv) {
  CommandLine line(
      "Answers requests of the call protocol: one JSON text per line on standard input, one reply per line on "
      "standard output, in the same order. A broken line gets a reply too, and the next one is served.",
      "stepglass batch");
  unsigned jobs = 1;
  line.add_option("-j,--jobs", jobs, "how many requests are worked on at a time (0: one per processor)")
      .at_most(kMaxJobs);
  line.footer(
      "Examples:\n"
      "  echo '{\"op\": \"path\", \"path\": \"$.a\", \"data\": {\"a\": 7}}' | stepglass batch\n"
      "  stepglass batch -j 4 < requests.jsonl > replies.jsonl");
  if (const auto status = line.parse(argc, argv)) return *status;
  if (jobs == 0) jobs = std::min(std::max(1u, std::thread::hardware_concurrency()), kMaxJobs);
  LineReader reader;
  if (jobs == 1) {
    serve_alone(reader);
    return kSuccess;
  }
  Pool pool(jobs);
  while (auto line = reader.next()) pool.add(*std::move(line));
  pool.finish();
  return kSuccess;
}

}  // namespace stepglass::cli
