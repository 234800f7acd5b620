#pragma once
// Points in time as the language writes them: RFC 3339 with upper-case T and Z or a numeric offset.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace stepglass {

/// Nanoseconds since 1970-01-01T00:00:00Z would overflow in 2262; the language goes to the year 9999.
struct Instant {
  std::int64_t seconds = 0;      // since 1970-01-01T00:00:00Z
  std::int32_t nanoseconds = 0;  // 0 … 999,999,999
  friend bool operator==(const Instant&, const Instant&) = default;
  friend bool operator<(const Instant& a, const Instant& b) {
    return a.seconds != b.seconds ? a.seconds < b.seconds : a.nanoseconds < b.nanoseconds;
  }
};

/// Reads `2024-02-29T12:00:00.5+01:00`; nothing when the form or the calendar is wrong. Source: spec, "Timestamps", and
/// recorded refusals.
std::optional<Instant> parse_timestamp(std::string_view text);

enum class TimestampFraction { WhenThereIsOne, Always };
/// Appends 2025-01-01T00:00:00.000Z: a fraction has three digits.
void append_timestamp(std::string& out, std::chrono::milliseconds since_epoch, TimestampFraction fraction);

/// Milliseconds since 1970 as the service writes times in the context object: the fraction has 0 or 3 digits.
std::string format_timestamp(std::chrono::milliseconds since_epoch);

}  // namespace stepglass
