#include "engine/model/timestamp.h"

#include "engine/support/number.h"

namespace stepglass {
namespace {

/// Reads exactly `digits` decimal digits at `offset` and moves behind them.
std::optional<int> read_digits(std::string_view text, std::size_t& offset, std::size_t digits) {
  if (text.size() - offset < digits) return std::nullopt;
  int number = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char c = text[offset + i];
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  offset += digits;
  return number;
}

bool skip(std::string_view text, std::size_t& offset, char expected) {
  if (offset >= text.size() || text[offset] != expected) return false;
  ++offset;
  return true;
}

/// Nanoseconds of `.123`, if there is a fraction; nothing when the point has no digit behind it. Digits beyond the
/// ninth are cut.
std::optional<std::int32_t> read_fraction(std::string_view text, std::size_t& offset) {
  if (!skip(text, offset, '.')) return 0;
  std::int32_t nanoseconds = 0;
  std::int32_t unit = 100'000'000;
  const std::size_t start = offset;
  for (; offset < text.size() && text[offset] >= '0' && text[offset] <= '9'; ++offset) {
    nanoseconds += (text[offset] - '0') * unit;
    unit /= 10;
  }
  if (offset == start) return std::nullopt;
  return nanoseconds;
}

// Java's ZoneOffset, which the service reads timestamps with, goes no further.
constexpr int kMaxOffsetMinutes = 18 * 60;

/// Minutes east of Greenwich of `Z`, `+01:00`, `-05:30`.
std::optional<int> read_offset(std::string_view text, std::size_t& offset) {
  if (skip(text, offset, 'Z')) return 0;
  int sign = 1;
  if (skip(text, offset, '-')) {
    sign = -1;
  } else if (!skip(text, offset, '+')) {
    return std::nullopt;
  }
  const auto hours = read_digits(text, offset, 2);
  if (!hours || !skip(text, offset, ':')) return std::nullopt;
  const auto minutes = read_digits(text, offset, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  const int total = *hours * 60 + *minutes;
  if (total > kMaxOffsetMinutes) return std::nullopt;
  return sign * total;
}

}  // namespace

std::optional<Instant> parse_timestamp(std::string_view text) {
  std::size_t offset = 0;
  const auto year = read_digits(text, offset, 4);
  if (!year || !skip(text, offset, '-')) return std::nullopt;
  const auto month = read_digits(text, offset, 2);
  if (!month || !skip(text, offset, '-')) return std::nullopt;
  const auto day = read_digits(text, offset, 2);
  if (!day || !skip(text, offset, 'T')) return std::nullopt;
  const auto hour = read_digits(text, offset, 2);
  if (!hour || *hour > 23 || !skip(text, offset, ':')) return std::nullopt;
  const auto minute = read_digits(text, offset, 2);
  if (!minute || *minute > 59 || !skip(text, offset, ':')) return std::nullopt;
  const auto second = read_digits(text, offset, 2);
  // RFC 3339 knows leap seconds; Java's parser, which the service uses, does not.
  if (!second || *second > 59) return std::nullopt;
  const auto nanoseconds = read_fraction(text, offset);
  if (!nanoseconds) return std::nullopt;
  const auto zone = read_offset(text, offset);
  if (!zone || offset != text.size()) return std::nullopt;

  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  return Instant{days * 86'400 + *hour * 3'600 + (*minute - *zone) * 60 + *second, *nanoseconds};
}

void append_timestamp(std::string& out, std::chrono::milliseconds since_epoch, TimestampFraction fraction) {
  const auto day = std::chrono::floor<std::chrono::days>(since_epoch);
  const std::chrono::year_month_day date{std::chrono::sys_days(day)};
  const auto in_day = static_cast<unsigned>((since_epoch - day).count());  // 0 … 86,399,999
  const auto add_two = [&out](unsigned number) {
    out += static_cast<char>('0' + number / 10);
    out += static_cast<char>('0' + number % 10);
  };
  int year = static_cast<int>(date.year());
  if (year < 0) {
    out += '-';
    year = -year;
  }
  if (year < 10'000) {
    add_two(static_cast<unsigned>(year) / 100);
    add_two(static_cast<unsigned>(year) % 100);
  } else {
    append_integer(out, year);
  }
  out += '-';
  add_two(static_cast<unsigned>(date.month()));
  out += '-';
  add_two(static_cast<unsigned>(date.day()));
  out += 'T';
  add_two(in_day / 3'600'000);
  out += ':';
  add_two(in_day / 60'000 % 60);
  out += ':';
  add_two(in_day / 1'000 % 60);
  const unsigned milliseconds = in_day % 1'000;
  if (fraction == TimestampFraction::Always || milliseconds != 0) {
    out += '.';
    out += static_cast<char>('0' + milliseconds / 100);
    add_two(milliseconds % 100);
  }
  out += 'Z';
}

std::string format_timestamp(std::chrono::milliseconds since_epoch) {
  std::string text;
  append_timestamp(text, since_epoch, TimestampFraction::WhenThereIsOne);
  return text;
}

}  // namespace stepglass
