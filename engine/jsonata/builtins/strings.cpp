// The functions on texts. Characters are code points; a text that has none beyond ASCII is handled by byte.

#include <cmath>
#include <string>
#include <string_view>

#include "engine/jsonata/builtins/text_arguments.h"
#include "engine/jsonata/evaluation.h"
#include "engine/jsonata/function.h"
#include "engine/jsonata/function_value.h"
#include "engine/support/letter_case.h"
#include "engine/support/text.h"

namespace stepglass::jsonata {
namespace {

Item string(const Call& call) {
  if (!call[0] || call[0]->is_string()) return call[0];
  const bool pretty = call[1] && call[1]->as_boolean();
  std::string text;
  append_text(text, *call[0], pretty ? 2 : 0, call.evaluation());
  charge_string(call, text.size());
  return Value(text);
}

/// The byte behind `count` characters from byte `from` on; the end when there are fewer.
std::size_t behind_characters(std::string_view text, std::size_t from, std::size_t count) {
  for (; count > 0 && from < text.size(); --count) next_code_point(text, from);
  return from;
}

Item substring(const Call& call) {
  if (!call[0]) return {};
  const std::string_view text = call[0]->as_string();
  charge_text(call, text.size());
  const bool ascii = is_ascii(text);
  const std::size_t length = ascii ? text.size() : count_code_points(text);
  const auto characters = static_cast<double>(length);
  double start = number_or_nan(call[1]);
  if (characters + start < 0) start = 0;
  std::size_t end = length;
  if (call[2]) {
    const double wanted = call[2]->as_double();
    if (wanted <= 0) return Value("");
    end = slice_place(start >= 0 ? start + wanted : characters + start + wanted, length);
  }
  const std::size_t begin = slice_place(start, length);
  if (begin >= end) return Value("");
  if (ascii) return part_of(call, *call[0], text.substr(begin, end - begin));
  const std::size_t first = behind_characters(text, 0, begin);
  return part_of(call, *call[0], text.substr(first, behind_characters(text, first, end - begin) - first));
}

/// Where the second argument begins in the first; npos when it does not, or is undefined.
std::size_t place_of_mark(const Call& call) {
  if (!call[1]) return std::string_view::npos;
  charge_text(call, call[0]->as_string().size());
  return find_text(call[0]->as_string(), call[1]->as_string());
}

Item substring_before(const Call& call) {
  if (!call[0]) return {};
  const std::size_t at = place_of_mark(call);
  return at == std::string_view::npos ? call[0] : part_of(call, *call[0], call[0]->as_string().substr(0, at));
}

Item substring_after(const Call& call) {
  if (!call[0]) return {};
  const std::size_t at = place_of_mark(call);
  if (at == std::string_view::npos) return call[0];
  return part_of(call, *call[0], call[0]->as_string().substr(at + call[1]->as_string().size()));
}

Item lowercase(const Call& call) {
  if (!call[0]) return {};
  charge_string(call, 2 * call[0]->as_string().size());
  std::string text;
  text.reserve(call[0]->as_string().size());
  append_lower_case(text, call[0]->as_string());
  return Value(text);
}

Item uppercase(const Call& call) {
  if (!call[0]) return {};
  charge_string(call, 3 * call[0]->as_string().size());
  std::string text;
  text.reserve(call[0]->as_string().size());
  append_upper_case(text, call[0]->as_string());
  return Value(text);
}

Item length(const Call& call) {
  if (!call[0]) return {};
  charge_text(call, call[0]->as_string().size());
  return Value(static_cast<std::int64_t>(count_code_points(call[0]->as_string())));
}

Item trim(const Call& call) {
  if (!call[0]) return {};
  const std::string_view text = call[0]->as_string();
  charge_string(call, text.size());
  std::string out;
  out.reserve(text.size());
  bool space = false;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      space = true;
      continue;
    }
    if (space && !out.empty()) out += ' ';
    space = false;
    out += c;
  }
  return Value(out);
}

Item pad(const Call& call) {
  if (!call[0]) return {};
  const std::string_view text = call[0]->as_string();
  charge_text(call, text.size());
  const double width = std::trunc(number_or_nan(call[1]));
  const double missing = std::fabs(width) - static_cast<double>(count_code_points(text));
  if (!(missing > 0)) return call[0];
  const std::string_view unit = call[2] && !call[2]->as_string().empty() ? call[2]->as_string() : " ";
  charge_text(call, unit.size());
  const std::size_t unit_characters = count_code_points(unit);
  // Charged as a double first: the width may be beyond any integer.
  if (missing > 4e9) call.evaluation().charge_bytes(UINT64_MAX);
  const auto characters = static_cast<std::uint64_t>(missing);
  const std::uint64_t rounds = characters / unit_characters;
  const std::size_t rest = behind_characters(unit, 0, static_cast<std::size_t>(characters % unit_characters));
  charge_string(call, text.size() + rounds * unit.size() + rest);
  const std::uint64_t size = text.size() + rounds * unit.size() + rest;
  return Value(String::written(static_cast<std::size_t>(size), [&](char* to) {
    TextWriter writer(to);
    if (width > 0) writer.add(text);
    for (std::uint64_t i = 0; i < rounds; ++i) writer.add(unit);
    writer.add(unit.substr(0, rest));
    if (width < 0) writer.add(text);
  }));
}

Item join(const Call& call) {
  if (!call[0]) return {};
  const std::string_view separator = call[1] ? call[1]->as_string() : std::string_view();
  const auto texts = call[0]->items();
  std::uint64_t bytes = 0;
  for (const Value& text : texts) bytes += text.as_string().size();
  if (!texts.empty()) bytes += (texts.size() - 1) * separator.size();
  call.charge_steps(texts.size());
  charge_string(call, bytes);
  return Value(String::written(static_cast<std::size_t>(bytes), [&](char* to) {
    TextWriter writer(to);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (i > 0) writer.add(separator);
      writer.add(texts[i].as_string());
    }
  }));
}

constexpr Function kFunctions[] = {
    {.name = "string",
     .signature = "<x-b?:s>",
     .example = R"($string({"total": 0.1 + 0.2}))",
     .gives = R"("{\"total\":0.3}")",
     .call = string,
     .arity = 1},
    {.name = "substring",
     .signature = "<s-nn?:s>",
     .example = R"($substring("Hello World", -5, 3))",
     .gives = R"("Wor")",
     .call = substring},
    {.name = "substringBefore",
     .signature = "<s-s:s>",
     .example = R"($substringBefore("Hello World", " "))",
     .gives = R"("Hello")",
     .call = substring_before},
    {.name = "substringAfter",
     .signature = "<s-s:s>",
     .example = R"($substringAfter("Hello World", " "))",
     .gives = R"("World")",
     .call = substring_after},
    {.name = "lowercase",
     .signature = "<s-:s>",
     .example = R"($lowercase("Hello World"))",
     .gives = R"("hello world")",
     .call = lowercase},
    {.name = "uppercase",
     .signature = "<s-:s>",
     .example = R"($uppercase("Straße"))",
     .gives = R"("STRASSE")",
     .call = uppercase},
    {.name = "length", .signature = "<s-:n>", .example = R"($length("Grüße"))", .gives = "5", .call = length},
    {.name = "trim",
     .signature = "<s-:s>",
     .example = R"($trim("  Hello \n World "))",
     .gives = R"("Hello World")",
     .call = trim},
    {.name = "pad", .signature = "<s-ns?:s>", .example = R"($pad("7", -3, "0"))", .gives = R"("007")", .call = pad},
    {.name = "join",
     .signature = "<a<s>s?:s>",
     .example = R"($join(["a", "b", "c"], "-"))",
     .gives = R"("a-b-c")",
     .call = join},
};

}  // namespace

std::span<const Function> string_functions() {
  return kFunctions;
}

}  // namespace stepglass::jsonata
