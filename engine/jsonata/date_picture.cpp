#include "engine/jsonata/date_picture.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "engine/jsonata/builtins/format_integer.h"
#include "engine/jsonata/builtins/rounding.h"
#include "engine/support/calendar.h"
#include "engine/support/regex.h"
#include "engine/support/text.h"

// A picture is a list of parts: literals, and markers such as [M01]. To format, each marker's component is taken from
// the date. To parse, the parts become one regular expression of our own matcher, which counts its steps, and its
// groups give the components.

namespace stepglass::jsonata {
namespace {

constexpr std::string_view kMonths[] = {"January", "February", "March",     "April",   "May",      "June",
                                        "July",    "August",   "September", "October", "November", "December"};
constexpr std::string_view kDays[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
constexpr double kDayMs = 86'400'000;

enum class Names { None, Lower, Upper, Title };

struct Part {
  std::string literal;
  char component = 0;  // 0: a literal
  Names names = Names::None;
  std::optional<IntegerFormat> format;
  char modifier = 0;           // a, t, c, o
  std::optional<double> most;  // of the width
  int year_digits = -1;
};

bool is_one_of(char c, std::string_view set) {
  return c != 0 && set.find(c) != std::string_view::npos;
}

std::string_view default_presentation(char component) {
  switch (component) {
    case 'F':
    case 'P':
    case 'C':
    case 'E':
      return "n";
    case 'm':
    case 's':
      return "01";
    case 'Z':
    case 'z':
      return "01:01";
    case 'Y':
    case 'M':
    case 'D':
    case 'd':
    case 'W':
    case 'w':
    case 'X':
    case 'x':
    case 'H':
    case 'h':
    case 'f':
      return "1";
    default:
      return {};
  }
}

/// "*" is no width.
std::optional<double> width_of(std::string_view text) {
  if (text == "*") return std::nullopt;
  const double width = leading_integer(text);
  return std::isnan(width) ? std::nullopt : std::optional(width);
}

class PictureReader {
 public:
  PictureReader(const Call& call, std::string_view picture) : call_(call), picture_(picture) {}

  std::vector<Part> read() {
    call_.charge_steps(1 + picture_.size());
    call_.charge_bytes(picture_.size() * 8);
    std::size_t start = 0, at = 0;
    while (at < picture_.size()) {
      if (picture_[at] != '[') {
        ++at;
        continue;
      }
      add_literal(picture_.substr(start, at - start));
      if (at + 1 < picture_.size() && picture_[at + 1] == '[') {
        add_literal("[");
        start = at += 2;
        continue;
      }
      const std::size_t end = picture_.find(']', at);
      if (end == std::string_view::npos) call_.raise("D3135");
      add_marker(picture_.substr(at + 1, end - at - 1));
      start = at = end + 1;
    }
    add_literal(picture_.substr(start));
    return std::move(parts_);
  }

 private:
  void add_literal(std::string_view text) {
    if (text.empty()) return;
    Part part;
    for (std::size_t i = 0; i < text.size(); ++i) {
      part.literal += text[i];
      if (text[i] == ']' && i + 1 < text.size() && text[i + 1] == ']') ++i;
    }
    parts_.push_back(std::move(part));
  }

  void add_marker(std::string_view written) {
    std::string marker;
    for (const char c : written) {
      if (!is_one_of(c, " \t\r\n\f\v")) marker += c;
    }
    Part part;
    std::size_t first = 0;
    if (!marker.empty()) next_code_point(marker, first);
    part.component = first == 1 ? marker[0] : '?';
    std::string presentation = marker.substr(first);
    std::optional<double> least;
    if (const std::size_t comma = marker.rfind(','); comma != std::string::npos) {
      const std::string width = marker.substr(comma + 1);
      const std::size_t dash = width.find('-');
      least = width_of(std::string_view(width).substr(0, dash));
      if (dash != std::string::npos) part.most = width_of(std::string_view(width).substr(dash + 1));
      presentation = comma >= first ? marker.substr(first, comma - first) : "";
    }
    if (presentation.size() > 1 && is_one_of(presentation.back(), "atco")) {
      part.modifier = presentation.back();
      presentation.pop_back();
    } else if (presentation.empty()) {
      presentation = default_presentation(part.component);
    }
    if (presentation.empty()) call_.raise("D3132", {.value = Value(std::string_view(marker).substr(0, first))});
    if (presentation[0] == 'n') {
      part.names = Names::Lower;
    } else if (presentation[0] == 'N') {
      part.names = presentation.size() > 1 && presentation[1] == 'n' ? Names::Title : Names::Upper;
    } else if (is_one_of(part.component, "YMDdFWwXxHhmsf")) {
      std::string picture = presentation;
      if (part.modifier) (picture += ';') += part.modifier;
      part.format = parse_integer_picture(call_, picture);
      IntegerFormat& format = *part.format;
      if (least && format.mandatory_digits < *least) format.mandatory_digits = *least;
      if (part.component == 'Y') {
        if (part.most) {
          part.year_digits = static_cast<int>(std::clamp(*part.most, 0.0, 20.0));
          format.mandatory_digits = *part.most;
        } else if (const double width = format.mandatory_digits + format.optional_digits; width >= 2) {
          part.year_digits = static_cast<int>(std::min(width, 20.0));
        }
      }
      // Of two integers without anything in between the first one's width is what it says.
      if (!parts_.empty() && parts_.back().format) {
        parts_.back().format->parse_width = parts_.back().format->mandatory_digits;
      }
    }
    if (part.component == 'Z' || part.component == 'z') part.format = parse_integer_picture(call_, presentation);
    parts_.push_back(std::move(part));
  }

  const Call& call_;
  std::string_view picture_;
  std::vector<Part> parts_;
};

// ------------------------------------------------------------------------------------------------------ components

/// The fields of a moment in UTC.
struct Fields {
  double millis;
  Date date;
  std::int64_t day;  // since 1970-01-01
  double of_day;     // milliseconds

  explicit Fields(double ms) : millis(ms) {
    const double days = std::floor(ms / kDayMs);
    day = static_cast<std::int64_t>(days);
    of_day = ms - days * kDayMs;
    date = date_of(day);
  }
};

/// 1 for Monday … 7 for Sunday.
int weekday(std::int64_t day) {
  return static_cast<int>(((day + 3) % 7 + 7) % 7) + 1;
}

std::int64_t month_start(std::int64_t year, int month) {
  return days_to_month(year, month);
}

/// The Monday of the week with the first Thursday of a month (of a year: of January).
std::int64_t first_week(std::int64_t year, int month) {
  const std::int64_t first = month_start(year, month);
  const int of_week = weekday(first);
  return of_week > 4 ? first + (8 - of_week) : first - (of_week - 1);
}

struct Month {
  std::int64_t year;
  int month;
  Month next() const { return month == 12 ? Month{year + 1, 1} : Month{year, month + 1}; }
  Month previous() const { return month == 1 ? Month{year - 1, 12} : Month{year, month - 1}; }
  std::int64_t first_week() const { return jsonata::first_week(year, month); }
};

double component_of(const Fields& fields, char component) {
  const Date& date = fields.date;
  const auto weeks = [&](std::int64_t start) { return std::floor(static_cast<double>(fields.day - start) / 7 + 1); };
  switch (component) {
    case 'Y':
      return static_cast<double>(date.year);
    case 'M':
      return date.month;
    case 'D':
      return date.day;
    case 'd':
      return static_cast<double>(fields.day - month_start(date.year, 1) + 1);
    case 'F':
      return weekday(fields.day);
    case 'W': {
      const double week = weeks(first_week(date.year, 1));
      if (week > 52 && fields.day >= first_week(date.year + 1, 1)) return 1;
      return week < 1 ? weeks(first_week(date.year - 1, 1)) : week;
    }
    case 'w': {
      const Month month{date.year, date.month};
      const double week = weeks(month.first_week());
      if (week > 4 && fields.day >= month.next().first_week()) return 1;
      return week < 1 ? weeks(month.previous().first_week()) : week;
    }
    case 'X':
      if (fields.day < first_week(date.year, 1)) return static_cast<double>(date.year - 1);
      return static_cast<double>(fields.day >= first_week(date.year + 1, 1) ? date.year + 1 : date.year);
    case 'x': {
      const Month month{date.year, date.month};
      if (fields.day < month.first_week()) return month.previous().month;
      return fields.day >= month.next().first_week() ? month.next().month : month.month;
    }
    case 'H':
      return std::floor(fields.of_day / 3'600'000);
    case 'h': {
      const double hour = std::fmod(std::floor(fields.of_day / 3'600'000), 12);
      return hour == 0 ? 12 : hour;
    }
    case 'P':
      return fields.of_day >= kDayMs / 2 ? 1 : 0;
    case 'm':
      return std::fmod(std::floor(fields.of_day / 60'000), 60);
    case 's':
      return std::fmod(std::floor(fields.of_day / 1'000), 60);
    case 'f':
      return std::fmod(fields.of_day, 1'000);
    default:
      return 0;
  }
}

std::string in_case(std::string_view name, Names names) {
  std::string text(name);
  for (char& c : text) {
    if (names == Names::Upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    if (names == Names::Lower && c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return text;
}

[[noreturn]] void refuse_names(const Call& call, char component) {
  call.raise("D3133", {.value = Value(std::string_view(&component, 1))});
}

std::string zone_text(const Call& call, const Part& part, double hours, double minutes) {
  const double offset = hours * 100 + minutes;
  const IntegerFormat& format = *part.format;
  std::string text;
  if (format.every > 0) {
    text = format_integer(call, offset, format);
  } else if (const double digits = format.mandatory_digits; digits == 1 || digits == 2) {
    text = format_integer(call, hours, format);
    if (minutes != 0) text += ":" + format_integer(call, minutes, parse_integer_picture(call, "00"));
  } else if (digits == 3 || digits == 4) {
    text = format_integer(call, offset, format);
  } else {
    call.raise("D3134", {.value = number_value(std::isnan(digits) ? 0 : digits)});
  }
  if (offset >= 0) text = "+" + text;
  if (part.component == 'z') text = "GMT" + text;
  return offset == 0 && part.modifier == 't' ? "Z" : text;
}

std::string component_text(const Call& call, const Part& part, const Fields& fields, double hours, double minutes) {
  const char component = part.component;
  if (component == 'Z' || component == 'z') {
    if (!part.format) return {};
    return zone_text(call, part, hours, minutes);
  }
  if (component == 'P')
    return in_case(component_of(fields, 'P') > 0 ? "pm" : "am",
                   part.names == Names::Upper ? Names::Upper : Names::None);
  if (component == 'C' || component == 'E') return "ISO";
  double value = component_of(fields, component);
  if (component == 'Y' && part.year_digits >= 0) {
    double modulus = 1;
    for (int i = 0; i < part.year_digits; ++i) modulus *= 10;
    value = std::fmod(value, modulus);
  }
  if (part.names == Names::None) {
    // A component that nobody knows. The reference writes the word undefined.
    if (!part.format) refuse_names(call, component);
    return format_integer(call, value, *part.format);
  }
  std::string text;
  if (component == 'M' || component == 'x') {
    text = in_case(kMonths[static_cast<std::size_t>(value) - 1], part.names);
  } else if (component == 'F') {
    text = in_case(kDays[static_cast<std::size_t>(value) - 1], part.names);
  } else {
    refuse_names(call, component);
  }
  if (part.most && static_cast<double>(text.size()) > *part.most) {
    text.resize(static_cast<std::size_t>(std::max(0.0, *part.most)));
  }
  return text;
}

// --------------------------------------------------------------------------------------------------------- parsing

void append_escaped(std::string& out, std::string_view literal) {
  for (const char c : literal) {
    if (is_one_of(c, ".*+?^${}()|[]\\")) out += '\\';
    out += c;
  }
}

/// The regular expression that a marker matches.
std::string pattern_of(const Call& call, const Part& part) {
  if (part.component == 'Z' || part.component == 'z') {
    std::string pattern = part.component == 'z' ? "GMT" : "";
    pattern += "[-+][0-9]+";
    if (part.format->every > 0 && !part.format->separators.empty()) {
      std::string separator;
      append_utf8(separator, part.format->separators[0].character);
      append_escaped(pattern, separator);
      pattern += "[0-9]+";
    }
    return pattern;
  }
  if (part.component == 'f') return "[0-9]+";
  if (!part.format) return "[a-zA-Z]+";
  const bool upper = part.format->letter_case == IntegerFormat::Case::Upper;
  switch (part.format->primary) {
    case IntegerFormat::Primary::Letters:
      return upper ? "[A-Z]+" : "[a-z]+";
    case IntegerFormat::Primary::Roman:
      return upper ? "[MDCLXVI]+" : "[mdclxvi]+";
    case IntegerFormat::Primary::Words: {
      std::string pattern = "(?:";
      for (const std::string& word : number_words()) pattern += word + "|";
      return pattern + "and|[\\-, ])+";
    }
    case IntegerFormat::Primary::Decimal: {
      std::string pattern = "[0-9]";
      const double width = part.format->parse_width;
      if (width > 0 && width < 1000) {
        pattern += "{" + std::to_string(static_cast<int>(width)) + "}";
      } else {
        pattern += "+";
      }
      return part.format->ordinal ? pattern + "(?:th|st|nd|rd)" : pattern;
    }
    case IntegerFormat::Primary::Sequence:
      break;
  }
  call.raise("D3130", {.value = Value(part.format->token)});
}

std::optional<double> name_value(const Call& call, const Part& part, std::string_view text) {
  const auto look_up = [&](std::span<const std::string_view> names) -> std::optional<double> {
    for (std::size_t i = 0; i < names.size(); ++i) {
      std::string_view name = names[i];
      if (part.most && *part.most > 0) name = name.substr(0, static_cast<std::size_t>(*part.most));
      if (name == text) return static_cast<double>(i + 1);
    }
    return std::nullopt;
  };
  if (part.component == 'M' || part.component == 'x') return look_up(kMonths);
  if (part.component == 'F') return look_up(kDays);
  if (part.component != 'P') refuse_names(call, part.component);
  if (text == "am" || text == "AM") return 0;
  if (text == "pm" || text == "PM") return 1;
  return std::nullopt;
}

double zone_minutes(const Part& part, std::string_view text) {
  if (part.component == 'z') text.remove_prefix(std::min<std::size_t>(3, text.size()));
  if (part.format->every > 0 && !part.format->separators.empty()) {
    std::string separator;
    append_utf8(separator, part.format->separators[0].character);
    const std::size_t at = text.find(separator);
    if (at != std::string_view::npos) {
      return leading_integer(text.substr(0, at)) * 60 + leading_integer(text.substr(at + separator.size()));
    }
  }
  if (text.size() <= 3) return leading_integer(text) * 60;
  return leading_integer(text.substr(0, 3)) * 60 + leading_integer(text.substr(3));
}

/// As Date.UTC of ECMAScript; `month` from 0. NaN when it is out of range.
double utc(double year, double month, double day, double hours, double minutes, double seconds, double millis) {
  if (year >= 0 && year <= 99) year += 1900;
  const double whole_year = year + std::floor(month / 12);
  if (!(std::fabs(whole_year) < 400'000)) return std::nan("");
  const double of_year = month - std::floor(month / 12) * 12;
  const auto days = days_to_month(static_cast<std::int64_t>(whole_year), static_cast<int>(of_year) + 1);
  const double ms =
      (static_cast<double>(days) + day - 1) * kDayMs + hours * 3'600'000 + minutes * 60'000 + seconds * 1'000 + millis;
  return std::fabs(ms) <= kMaxMillis ? ms : std::nan("");
}

}  // namespace

namespace {

/// 2025-01-01T00:00:00.000Z, what the picture of ISO 8601 gives for years of four digits.
std::string iso_date(const Fields& fields) {
  std::string text = "0000-00-00T00:00:00.000Z";
  const auto put = [&text](std::size_t at, std::size_t digits, std::int64_t number) {
    for (; digits > 0; number /= 10) text[at + --digits] = static_cast<char>('0' + number % 10);
  };
  const auto of_day = static_cast<std::int64_t>(fields.of_day);
  put(0, 4, fields.date.year);
  put(5, 2, fields.date.month);
  put(8, 2, fields.date.day);
  put(11, 2, of_day / 3'600'000);
  put(14, 2, of_day / 60'000 % 60);
  put(17, 2, of_day / 1'000 % 60);
  put(20, 3, of_day % 1'000);
  return text;
}

}  // namespace

std::string format_date(const Call& call, double millis, std::optional<std::string_view> picture,
                        std::string_view timezone) {
  if (!picture && timezone.empty()) {
    const Fields fields(millis);
    if (fields.date.year >= 0 && fields.date.year <= 9999) {
      std::string text = iso_date(fields);
      call.charge_bytes(text.size());
      return text;
    }
  }
  double hours = 0, minutes = 0;
  if (!timezone.empty()) {
    const double offset = leading_integer(timezone);
    if (std::isfinite(offset)) {
      hours = std::floor(offset / 100);
      minutes = std::fmod(offset, 100);
    }
  }
  const std::vector<Part> parts =
      PictureReader(call, picture.value_or("[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]")).read();
  const double local = millis + (60 * hours + minutes) * 60'000;
  if (!(std::fabs(local) <= kMaxMillis)) call.raise("D3110", {.value = number_value(millis)});
  const Fields fields(local);
  std::string result;
  for (const Part& part : parts) {
    const std::string text = part.component == 0 ? part.literal : component_text(call, part, fields, hours, minutes);
    call.charge_bytes(text.size());
    result += text;
  }
  return result;
}

std::optional<double> parse_date(const Call& call, std::string_view text, std::string_view picture) {
  const std::vector<Part> parts = PictureReader(call, picture).read();
  std::string pattern = "^";
  for (const Part& part : parts) {
    pattern += '(';
    if (part.component == 0) {
      append_escaped(pattern, part.literal);
    } else {
      pattern += pattern_of(call, part);
    }
    pattern += ')';
  }
  pattern += '$';
  call.charge_steps(pattern.size());
  const auto regex = Regex::compile(pattern, {.ignore_case = true});
  Regex::Match match;
  const Regex::Outcome outcome =
      regex ? regex->search(text, 0, call.evaluation().steps_left(), match) : Regex::Outcome::NoMatch;
  if (outcome == Regex::Outcome::OutOfSteps) call.evaluation().raise_out_of_steps();
  std::map<char, double> components;
  // Names that nobody knows are undefined; a picture with them is refused even where the text does not match.
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part& part = parts[i];
    if (part.component == 0) continue;
    if (!part.format && part.component != 'f' && !is_one_of(part.component, "MxFP")) refuse_names(call, part.component);
    if (outcome != Regex::Outcome::Match) continue;
    const std::string_view found = match.groups[i + 1].of(text);
    std::optional<double> value;
    if (part.component == 'Z' || part.component == 'z') {
      value = zone_minutes(part, found);
    } else if (part.component == 'f') {
      const double digits = leading_integer(found.substr(0, 3));
      const std::size_t count = std::min<std::size_t>(3, found.size());
      value = digits * (count == 1 ? 100 : count == 2 ? 10 : 1);
    } else if (part.format) {
      value = parse_formatted_integer(call, found, *part.format);
    } else {
      value = name_value(call, part, found);
    }
    if (value) components[part.component] = *value;
  }
  if (outcome != Regex::Outcome::Match || components.empty()) return std::nullopt;

  const auto has = [&](char c) {
    const auto found = components.find(c);
    return found != components.end() && found->second != 0 && !std::isnan(found->second);
  };
  // A set of components fits when one of its own is there and none of the others of its kind.
  const auto fits = [&](std::string_view all, std::string_view own) {
    bool any = false;
    for (const char c : all) {
      if (!has(c)) continue;
      if (own.find(c) == std::string_view::npos) return false;
      any = true;
    }
    return any;
  };
  constexpr std::string_view kDate = "YXMxWwdD", kTime = "PHhmsf";
  const bool date_a = fits(kDate, "YMD");
  const bool date_b = !date_a && fits(kDate, "Yd");
  const bool date_c = fits(kDate, "Xxw");
  const bool date_d = !date_c && fits(kDate, "XW");
  const bool time_b = !fits(kTime, "Hmsf") && fits(kTime, "Phmsf");
  const std::string wanted = std::string(date_b   ? "YD"
                                         : date_c ? "XxwF"
                                         : date_d ? "XWF"
                                                  : "YMD") +
                             (time_b ? "Phmsf" : "Hmsf");
  const Fields now(static_cast<double>(call.evaluation().now_ms()));
  bool started = false, ended = false;
  for (const char c : wanted) {
    if (components.contains(c)) {
      started = true;
      if (ended) call.raise("D3136");
    } else if (started) {
      components[c] = is_one_of(c, "MDd") ? 1 : 0;
      ended = true;
    } else {
      components[c] = component_of(now, c);
    }
  }
  if (date_c || date_d) call.raise("D3136");
  double month = components['M'] > 0 ? components['M'] - 1 : 0;
  double day = components['D'];
  if (date_b) {
    const double first = utc(components['Y'], 0, 1, 0, 0, 0, 0);
    if (std::isnan(first)) return first;
    const Fields derived(first + (components['d'] - 1) * kDayMs);
    month = derived.date.month - 1;
    day = derived.date.day;
  }
  double hours = components['H'];
  if (time_b) hours = std::fmod(components['h'], 12) + (components['P'] == 1 ? 12 : 0);
  double millis = utc(components['Y'], month, day, hours, components['m'], components['s'], components['f']);
  const double zone = has('Z') ? components['Z'] : has('z') ? components['z'] : 0;
  return millis - zone * 60'000;
}

std::optional<double> parse_iso_date(std::string_view text) {
  std::size_t at = 0;
  const auto digits = [&](std::size_t count, double& value) {
    if (at + count > text.size()) return false;
    value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const char c = text[at + i];
      if (c < '0' || c > '9') return false;
      value = value * 10 + (c - '0');
    }
    at += count;
    return true;
  };
  const auto literal = [&](char c) {
    if (at >= text.size() || text[at] != c) return false;
    ++at;
    return true;
  };
  double year = 0, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0, millis = 0, zone = 0;
  if (!digits(4, year)) return std::nullopt;
  const auto try_part = [&](auto read) {
    const std::size_t before = at;
    if (!read()) at = before;
  };
  try_part([&] { return literal('-') && digits(2, month) && month <= 19; });
  try_part([&] { return literal('-') && digits(2, day) && day <= 39; });
  bool has_time = false;
  try_part([&] {
    has_time = literal('T') && digits(2, hours) && literal(':') && digits(2, minutes) && literal(':') &&
               digits(2, seconds) && hours <= 29 && minutes <= 59 && seconds <= 59;
    return has_time;
  });
  if (literal('.')) {
    const std::size_t first = at;
    double scale = 100;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
      if (scale >= 1) millis += (text[at] - '0') * scale;
      scale = std::floor(scale / 10);
      ++at;
    }
    if (at == first || !has_time) return at == first ? std::nullopt : std::optional(std::nan(""));
  }
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
    const double sign = text[at] == '-' ? -1 : 1;
    ++at;
    double zone_hours = 0, minutes_of_zone = 0;
    if (!digits(2, zone_hours)) return std::nullopt;
    literal(':');
    if (!digits(2, minutes_of_zone) || zone_hours > 29 || minutes_of_zone > 59) return std::nullopt;
    zone = sign * (zone_hours * 60 + minutes_of_zone);
  } else {
    literal('Z');
  }
  if (at != text.size()) return std::nullopt;
  const auto days_in = [&] { return month_start(static_cast<std::int64_t>(year), static_cast<int>(month)); };
  if (month < 1 || month > 12 || day < 1 || day > 31 || hours > 24 || (hours == 24 && minutes + seconds + millis > 0)) {
    return std::nan("");
  }
  const double ms = (static_cast<double>(days_in()) + day - 1) * kDayMs + hours * 3'600'000 + minutes * 60'000 +
                    seconds * 1'000 + millis;
  return ms - zone * 60'000;
}

}  // namespace stepglass::jsonata
