#include "engine/model/timestamp.h"

#include "tests/support/catch.h"

namespace stepglass {
namespace {

struct Reading {
  const char* text;
  std::int64_t seconds;
  std::int32_t nanoseconds;
};

const Reading kTimestamps[] = {
    {"1970-01-01T00:00:00Z", 0, 0},
    {"2016-03-14T01:59:00Z", 1457920740, 0},
    {"2016-03-14T02:59:00+01:00", 1457920740, 0},
    {"2016-03-13T20:29:00-05:30", 1457920740, 0},
    {"2024-02-29T12:00:00.5Z", 1709208000, 500'000'000},
    {"2024-02-29T12:00:00.000000001Z", 1709208000, 1},
    {"2024-02-29T12:00:00.1234567899Z", 1709208000, 123'456'789},
    {"1969-12-31T23:59:59.25Z", -1, 250'000'000},
    {"0000-01-01T00:00:00Z", -62167219200, 0},
    {"9999-12-31T23:59:59-18:00", 253402365599, 0},
};

const char* const kRefused[] = {
    // Refused by the service when a machine is created, as recorded.
    "2016-12-05 21:29:29Z",
    "2016-12-05T21:29:29",
    "2016-13-05T21:29:29Z",
    "2016-12-05T25:29:29Z",
    "05-12-2016T21:29:29Z",
    // The calendar, the clock, the offset.
    "2023-02-29T00:00:00Z",
    "2016-04-31T00:00:00Z",
    "2016-00-01T00:00:00Z",
    "2016-01-00T00:00:00Z",
    "2016-01-01T24:00:00Z",
    "2016-01-01T00:60:00Z",
    "2016-01-01T00:00:60Z",
    "2016-01-01T00:00:00+18:01",
    "2016-01-01T00:00:00+01:60",
    // The form.
    "",
    "2016",
    "2016-01-01",
    "2016-01-01T00:00Z",
    "2016-01-01t00:00:00Z",
    "2016-01-01T00:00:00z",
    "2016-01-01T00:00:00.Z",
    "2016-01-01T00:00:00+0100",
    "2016-01-01T00:00:00+1:00",
    "2016-01-01T00:00:00ZZ",
    " 2016-01-01T00:00:00Z",
    "2016-01-01T00:00:00Z ",
    "+2016-01-01T00:00:00Z",
    "2016-1-1T00:00:00Z",
    "2016-01-01T00:00:00,5Z",
    "2016-01-01T-1:00:00Z",
};

}  // namespace

TEST_CASE("a timestamp is a point in time", "[model]") {
  for (const Reading& reading : kTimestamps) {
    INFO(reading.text);
    const auto instant = parse_timestamp(reading.text);
    REQUIRE(instant);
    CHECK(instant->seconds == reading.seconds);
    CHECK(instant->nanoseconds == reading.nanoseconds);
  }
}

TEST_CASE("what is not RFC 3339 with an offset is no timestamp", "[model]") {
  for (const char* text : kRefused) {
    INFO(text);
    CHECK_FALSE(parse_timestamp(text));
  }
}

TEST_CASE("every prefix of a timestamp is no timestamp", "[model]") {
  const std::string whole = "2024-02-29T12:00:00.5+01:00";
  REQUIRE(parse_timestamp(whole));
  for (std::size_t length = 0; length < whole.size(); ++length) CHECK_FALSE(parse_timestamp(whole.substr(0, length)));
}

TEST_CASE("times are written with a fraction of 0 or 3 digits", "[model]") {
  using std::chrono::milliseconds;
  CHECK(format_timestamp(milliseconds(0)) == "1970-01-01T00:00:00Z");
  CHECK(format_timestamp(milliseconds(1)) == "1970-01-01T00:00:00.001Z");
  CHECK(format_timestamp(milliseconds(1709208000500)) == "2024-02-29T12:00:00.500Z");
  CHECK(format_timestamp(milliseconds(-1)) == "1969-12-31T23:59:59.999Z");
  CHECK(format_timestamp(milliseconds(253402300799000)) == "9999-12-31T23:59:59Z");
}

TEST_CASE("a time has three digits behind the point where they are asked for", "[model]") {
  struct Row {
    std::int64_t ms;
    std::string_view text;
  };
  for (const Row& row :
       {Row{0, "1970-01-01T00:00:00.000Z"}, Row{-1, "1969-12-31T23:59:59.999Z"},
        Row{951'782'400'000, "2000-02-29T00:00:00.000Z"}, Row{-62'135'596'800'000, "0001-01-01T00:00:00.000Z"},
        Row{253'402'300'800'000, "10000-01-01T00:00:00.000Z"}}) {
    std::string out;
    append_timestamp(out, std::chrono::milliseconds(row.ms), TimestampFraction::Always);
    CHECK(out == row.text);
  }
}

}  // namespace stepglass
