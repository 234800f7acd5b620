#include "engine/jsonata/builtins/format_number.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <vector>

#include "engine/jsonata/builtins/rounding.h"
#include "engine/jsonata/builtins/text_arguments.h"
#include "engine/support/power.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"

namespace stepglass::jsonata {
namespace {

using Text = std::u32string;
using View = std::u32string_view;
using Place = std::ptrdiff_t;  // -1 for nowhere

Text code_points(std::string_view text) {
  Text points;
  points.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) points += next_code_point(text, at);
  return points;
}

std::string utf8(View points) {
  std::string text;
  for (const char32_t c : points) append_utf8(text, c);
  return text;
}

struct Symbols {
  Text decimal = U".", grouping = U",", exponent = U"e", minus = U"-", percent = U"%", per_mille = U"\u2030",
       zero = U"0", digit = U"#", pattern = U";";

  bool is_digit(char32_t c) const { return c >= zero[0] && c < zero[0] + 10; }
  bool is_any_digit(char32_t c) const { return is_digit(c) || is(c, digit); }
  bool is_active(char32_t c) const {
    return is_any_digit(c) || is(c, decimal) || is(c, exponent) || is(c, grouping) || is(c, pattern);
  }
  static bool is(char32_t c, const Text& symbol) { return symbol.size() == 1 && symbol[0] == c; }
};

Symbols read_symbols(const Call& call, const Item& options) {
  Symbols symbols;
  if (!options) return symbols;
  const std::pair<std::string_view, Text*> names[] = {{"decimal-separator", &symbols.decimal},
                                                      {"grouping-separator", &symbols.grouping},
                                                      {"exponent-separator", &symbols.exponent},
                                                      {"minus-sign", &symbols.minus},
                                                      {"percent", &symbols.percent},
                                                      {"per-mille", &symbols.per_mille},
                                                      {"zero-digit", &symbols.zero},
                                                      {"digit", &symbols.digit},
                                                      {"pattern-separator", &symbols.pattern}};
  for (const auto& [name, symbol] : names) {
    const Value* value = options->find(name);
    if (!value) continue;
    if (!value->is_string()) call.raise("T0410", {.value = *options, .index = 3});
    charge_string(call, value->as_string().size() * 4);
    *symbol = code_points(value->as_string());
  }
  if (symbols.zero.empty()) call.raise("T0410", {.value = *options, .index = 3});
  return symbols;
}

Place find(View text, View what, std::size_t from = 0) {
  const std::size_t at = text.find(what, from);
  return at == View::npos ? -1 : static_cast<Place>(at);
}

Place find_last(View text, View what) {
  const std::size_t at = text.rfind(what);
  return at == View::npos ? -1 : static_cast<Place>(at);
}

/// The character at `at`; empty outside.
View char_at(View text, Place at) {
  if (at < 0 || at >= static_cast<Place>(text.size())) return {};
  return text.substr(static_cast<std::size_t>(at), 1);
}

/// Puts `what` at `at`, a place counted from the end when it is negative.
void insert_at(const Call& call, Text& text, Place at, View what) {
  call.charge_steps(1 + text.size() / 8);
  call.charge_bytes(what.size() * sizeof(char32_t));
  const auto size = static_cast<Place>(text.size());
  if (at < 0) at = std::max<Place>(0, size + at);
  text.insert(static_cast<std::size_t>(std::min(at, size)), what);
}

/// A picture, or one of the two for positive and negative numbers, taken apart.
struct Parts {
  Text picture;
  View prefix, suffix, active, mantissa, integer, fraction;
  std::optional<View> exponent;
};

View clipped(View text, std::size_t from, std::size_t count = View::npos) {
  return text.substr(std::min(from, text.size()), count);
}

void split(Parts& parts, const Symbols& symbols) {
  const View picture = parts.picture;
  const auto bounds = [&](char32_t c) { return symbols.is_active(c) && !Symbols::is(c, symbols.exponent); };
  for (std::size_t i = 0; i < picture.size(); ++i) {
    if (!bounds(picture[i])) continue;
    parts.prefix = picture.substr(0, i);
    break;
  }
  for (std::size_t i = picture.size(); i-- > 0;) {
    if (!bounds(picture[i])) continue;
    parts.suffix = picture.substr(i + 1);
    break;
  }
  parts.active = picture.substr(parts.prefix.size(), picture.size() - parts.suffix.size() - parts.prefix.size());
  const Place exponent = find(picture, symbols.exponent, parts.prefix.size());
  parts.mantissa = parts.active;
  if (exponent >= 0 && static_cast<std::size_t>(exponent) <= picture.size() - parts.suffix.size()) {
    // The place counts from the start of the picture, as in the reference.
    const auto at = static_cast<std::size_t>(exponent);
    parts.mantissa = clipped(parts.active, 0, at);
    parts.exponent = clipped(parts.active, at + 1);
  }
  const Place decimal = find(parts.mantissa, symbols.decimal);
  if (decimal < 0) {
    parts.integer = parts.mantissa;
    parts.fraction = parts.suffix;
  } else {
    parts.integer = parts.mantissa.substr(0, static_cast<std::size_t>(decimal));
    parts.fraction = clipped(parts.mantissa, static_cast<std::size_t>(decimal) + 1);
  }
}

/// The code of what is wrong with a picture, of several the last; empty when nothing is. Source: 4.7.3.
std::string_view problem_of(const Parts& parts, const Symbols& symbols) {
  std::string_view code;
  const View picture = parts.picture;
  const auto digit = [&](char32_t c) { return symbols.is_digit(c); };
  const auto has = [&](const Text& symbol) { return find(picture, symbol) >= 0; };
  const auto twice = [&](const Text& symbol) { return find(picture, symbol) != find_last(picture, symbol); };
  const bool scaled = has(symbols.percent) || has(symbols.per_mille);
  const Place decimal = find(picture, symbols.decimal);

  if (twice(symbols.decimal)) code = "D3081";
  if (twice(symbols.percent)) code = "D3082";
  if (twice(symbols.per_mille)) code = "D3083";
  if (has(symbols.percent) && has(symbols.per_mille)) code = "D3084";
  if (std::none_of(parts.mantissa.begin(), parts.mantissa.end(), [&](char32_t c) { return symbols.is_any_digit(c); }))
    code = "D3085";
  if (!std::all_of(parts.active.begin(), parts.active.end(), [&](char32_t c) { return symbols.is_active(c); }))
    code = "D3086";
  if (decimal >= 0) {
    if (char_at(picture, decimal - 1) == symbols.grouping || char_at(picture, decimal + 1) == symbols.grouping)
      code = "D3087";
  } else if (char_at(parts.integer, static_cast<Place>(parts.integer.size()) - 1) == symbols.grouping) {
    code = "D3088";
  }
  if (has(symbols.grouping + symbols.grouping)) code = "D3089";
  if (const Place optional = find(parts.integer, symbols.digit); optional >= 0) {
    const View before = parts.integer.substr(0, static_cast<std::size_t>(optional));
    if (std::any_of(before.begin(), before.end(), digit)) code = "D3090";
  }
  if (const Place optional = find_last(parts.fraction, symbols.digit); optional >= 0) {
    const View behind = parts.fraction.substr(static_cast<std::size_t>(optional));
    if (std::any_of(behind.begin(), behind.end(), digit)) code = "D3091";
  }
  if (parts.exponent) {
    if (!parts.exponent->empty() && scaled) code = "D3092";
    if (parts.exponent->empty() || !std::all_of(parts.exponent->begin(), parts.exponent->end(), digit)) code = "D3093";
  }
  return code;
}

/// What a picture asks for. Source: 4.7.4.
struct Form {
  View picture;
  Text prefix, suffix;
  std::vector<Place> integer_groups = {}, fraction_groups = {};
  Place every = 0;
  Place integer_digits = 0, scaling = 0;
  Place least_fraction = 0, most_fraction = 0;
  Place exponent_digits = 0;
};

/// Digits to the right of each grouping separator, or to its left. Only the first one is looked for in `part`, the
/// others in the integer part, as in the reference.
std::vector<Place> grouping_places(const Parts& parts, const Symbols& symbols, View part, bool to_left) {
  std::vector<Place> digits_before(part.size() + 1, 0);
  for (std::size_t i = 0; i < part.size(); ++i)
    digits_before[i + 1] = digits_before[i] + (symbols.is_any_digit(part[i]) ? 1 : 0);
  std::vector<Place> places;
  for (Place at = find(part, symbols.grouping); at >= 0;
       at = static_cast<std::size_t>(at) + 1 > parts.integer.size()
                ? -1
                : find(parts.integer, symbols.grouping, static_cast<std::size_t>(at) + 1)) {
    const Place before = digits_before[std::min(static_cast<std::size_t>(at), part.size())];
    places.push_back(to_left ? before : digits_before.back() - before);
  }
  return places;
}

Place regular_distance(std::vector<Place> places) {
  if (places.empty()) return 0;
  Place distance = places.front();
  for (const Place place : places) distance = std::gcd(distance, place);
  sort_stable(places);
  for (std::size_t i = 1; i <= places.size(); ++i) {
    if (!std::binary_search(places.begin(), places.end(), static_cast<Place>(i) * distance)) return 0;
  }
  return distance;
}

Form analyse(const Parts& parts, const Symbols& symbols) {
  const auto count = [](View text, auto matches) {
    return static_cast<Place>(std::count_if(text.begin(), text.end(), matches));
  };
  const auto digit = [&](char32_t c) { return symbols.is_digit(c); };
  Form form{.picture = parts.picture, .prefix = Text(parts.prefix), .suffix = Text(parts.suffix)};
  form.integer_groups = grouping_places(parts, symbols, parts.integer, false);
  form.fraction_groups = grouping_places(parts, symbols, parts.fraction, true);
  form.every = regular_distance(form.integer_groups);
  form.integer_digits = form.scaling = count(parts.integer, digit);
  form.least_fraction = count(parts.fraction, digit);
  form.most_fraction = count(parts.fraction, [&](char32_t c) { return symbols.is_any_digit(c); });
  if (form.integer_digits == 0 && form.most_fraction == 0) {
    if (parts.exponent) {
      form.least_fraction = form.most_fraction = 1;
    } else {
      form.integer_digits = 1;
    }
  }
  if (parts.exponent && form.integer_digits == 0 && find(parts.integer, symbols.digit) >= 0) form.integer_digits = 1;
  if (form.integer_digits == 0 && form.least_fraction == 0) form.least_fraction = 1;
  if (parts.exponent) form.exponent_digits = count(*parts.exponent, digit);
  return form;
}

/// The digits of |value| with `places` of a fraction, exactly, as Number.prototype.toFixed writes them.
Text fixed(const Call& call, double value, Place places, const Symbols& symbols) {
  charge_string(call, static_cast<std::uint64_t>(places + 400) * 4);
  value = std::fabs(value);
  const std::string ascii = value < 1e21 ? fmt::format("{:.{}f}", value, static_cast<int>(places)) : number_text(value);
  Text text(ascii.begin(), ascii.end());
  if (symbols.zero != U"0") {
    for (char32_t& c : text) {
      if (c >= U'0' && c <= U'9') c = symbols.zero[0] + (c - U'0');
    }
  }
  return text;
}

Text written(const Call& call, double value, const Form& form, const Symbols& symbols) {
  if (find(form.picture, symbols.percent) >= 0) {
    value *= 100;
  } else if (find(form.picture, symbols.per_mille) >= 0) {
    value *= 1000;
  }
  double exponent = 0;
  if (form.exponent_digits > 0 && value != 0) {
    const double most = power(10, static_cast<double>(form.scaling));
    const double least = power(10, static_cast<double>(form.scaling - 1));
    for (; std::fabs(value) < least; --exponent) value *= 10;
    for (; std::isfinite(value) && std::fabs(value) > most; ++exponent) value /= 10;
  }
  Text text = fixed(call, rounded(value, static_cast<double>(form.most_fraction)), form.most_fraction, symbols);
  if (const Place point = find(text, U"."); point < 0) {
    text += symbols.decimal;
  } else {
    text.replace(static_cast<std::size_t>(point), 1, symbols.decimal);
  }
  if (symbols.zero.size() == 1) {
    const std::size_t first = text.find_first_not_of(symbols.zero[0]);
    text.erase(0, std::min(first, text.size()));
    text.resize(text.find_last_not_of(symbols.zero[0]) + 1);
  }

  Place point = find(text, symbols.decimal);
  const Place left = form.integer_digits - point;
  const Place right = form.least_fraction - (static_cast<Place>(text.size()) - point - 1);
  charge_string(
      call, static_cast<std::uint64_t>(std::max<Place>(left, 0) + std::max<Place>(right, 0)) * 4 * symbols.zero.size());
  Text padding;
  for (Place i = 0; i < left; ++i) padding += symbols.zero;
  text.insert(0, padding);
  for (Place i = 0; i < right; ++i) text += symbols.zero;

  point = find(text, symbols.decimal);
  if (form.every > 0) {
    for (Place group = 1; group <= (point - 1) / form.every; ++group)
      insert_at(call, text, point - group * form.every, symbols.grouping);
  } else {
    for (const Place place : form.integer_groups) {
      insert_at(call, text, point - place, symbols.grouping);
      ++point;
    }
  }
  point = find(text, symbols.decimal);
  for (const Place place : form.fraction_groups) insert_at(call, text, place + point + 1, symbols.grouping);
  point = find(text, symbols.decimal);
  if (!text.empty() && (find(form.picture, symbols.decimal) < 0 || point == static_cast<Place>(text.size()) - 1))
    text.pop_back();
  if (form.exponent_digits > 0) {
    const Text digits = fixed(call, exponent, 0, symbols);
    text += symbols.exponent;
    if (exponent < 0) text += symbols.minus;
    for (Place i = static_cast<Place>(digits.size()); i < form.exponent_digits; ++i) text += symbols.zero;
    text += digits;
  }
  return form.prefix + text + form.suffix;
}

}  // namespace

std::string format_number(const Call& call, double value, std::string_view picture, const Item& options) {
  charge_string(call, picture.size() * 64);
  call.charge_steps(picture.size() * 4);
  const Symbols symbols = read_symbols(call, options);
  const Text points = code_points(picture);
  std::vector<Parts> parts(1);
  std::size_t start = 0;
  if (symbols.pattern.empty()) {
    if (points.size() > 2) call.raise("D3080");
  } else {
    for (std::size_t at; (at = points.find(symbols.pattern, start)) != Text::npos;) {
      parts.back().picture = points.substr(start, at - start);
      parts.emplace_back();
      start = at + symbols.pattern.size();
      if (parts.size() > 2) call.raise("D3080");
    }
  }
  parts.back().picture = points.substr(start);
  for (Parts& part : parts) split(part, symbols);
  for (const Parts& part : parts) {
    if (const std::string_view code = problem_of(part, symbols); !code.empty()) call.raise(code);
  }
  const bool negative = !(value >= 0);
  Form form = analyse(negative ? parts.back() : parts.front(), symbols);
  if (negative && parts.size() == 1) form.prefix = symbols.minus + form.prefix;
  return utf8(written(call, value, form, symbols));
}

}  // namespace stepglass::jsonata
