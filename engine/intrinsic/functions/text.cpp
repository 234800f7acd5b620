// The functions that build and split texts, and States.UUID.

#include "engine/support/text.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "engine/intrinsic/function.h"
#include "engine/intrinsic/java_value.h"
#include "engine/value/json_size.h"

namespace stepglass::intrinsic {
namespace {

constexpr bool is_escapable(char c) {
  return c == '\'' || c == '{' || c == '}' || c == '\\';
}

constexpr std::string_view kFormat = "States.Format";

/// Walks over a template: `literal(std::string_view)` for what stands in it, `hole()` for each {}. A backslash that
/// escapes nothing stands for itself: only templates that come from a path can have one. Gives the service's words when
/// a brace has no partner.
template <typename OnLiteral, typename OnHole>
std::string walk_template(std::string_view text, OnLiteral literal, OnHole hole) {
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c != '\\' && c != '{' && c != '}') continue;
    if (c == '\\') {
      if (i + 1 == text.size() || !is_escapable(text[i + 1])) continue;
      literal(text.substr(start, i - start));
      start = ++i;  // the escaped character begins the next literal
      continue;
    }
    if (c == '}') return "Invalid template in States.Format: matching '{' not found for '}'.";
    if (i + 1 == text.size() || text[i + 1] != '}') {
      return "Invalid template in States.Format: matching '}' not found for '{'.";
    }
    literal(text.substr(start, i - start));
    hole();
    start = ++i + 1;
  }
  literal(text.substr(start));
  return {};
}

// A template that is no string is taken as it prints; the service's answer to States.Format(123, 'Ada') is that the
// number of arguments does not match (gabrielmoreira/tiny-asl-machine, recorded note States.Format-011).
Outcome format(Arguments args) {
  std::string printed;
  if (!args[0].is_string()) {
    if (!args.charge(java_text_bound(args[0]))) return args.too_large();
    append_java_text(printed, args[0]);
  }
  const std::string_view text = args[0].is_string() ? args[0].as_string() : std::string_view(printed);
  const auto holes = count_placeholders(text);
  if (!holes) return Refusal{holes.error()};
  if (*holes != args.size() - 1) {
    Refusal refusal = args.invalid();
    refusal.reason += ": number of arguments do not match the occurrences of {}.";
    return refusal;
  }
  std::uint64_t size = text.size();
  for (std::size_t i = 1; i < args.size(); ++i) size = add_json_size(size, java_text_bound(args[i]));
  if (!args.charge(size)) return args.too_large();
  std::string out;
  out.reserve(static_cast<std::size_t>(size));
  std::size_t next = 1;
  walk_template(
      text, [&](std::string_view literal) { out += literal; }, [&] { append_java_text(out, args[next++]); });
  return Value(out);
}

// As java.util.StringTokenizer splits: at any of the delimiters' characters, without empty pieces. Recorded: ",,,,"
// gives []. No delimiters leave the text whole.
Outcome string_split(Arguments args) {
  const std::string_view text = args[0].as_string(), delimiters = args[1].as_string();
  if (!args.charge(add_json_size(text.size(), delimiters.size() * 4))) return args.too_large();
  bool ascii[128] = {};
  std::u32string others;
  for (std::size_t i = 0; i < delimiters.size();) {
    const char32_t point = next_code_point(delimiters, i);
    if (point < 128) {
      ascii[point] = true;
    } else {
      others += point;
    }
  }
  std::sort(others.begin(), others.end());

  ArrayBuilder pieces;
  std::size_t start = 0;
  const auto end_piece = [&](std::size_t end) {
    if (end == start) return true;
    // A piece is a Value and a text of its own, however short it is.
    if (!args.charge(end - start + 32)) return false;
    pieces.add(Value(text.substr(start, end - start)));
    return true;
  };
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t at = i;
    const auto byte = static_cast<unsigned char>(text[i]);
    bool splits;
    if (byte < 128) {
      splits = ascii[byte];
      ++i;
    } else if (others.empty()) {
      ++i;
      continue;
    } else {
      splits = std::binary_search(others.begin(), others.end(), next_code_point(text, i));
    }
    if (!splits) continue;
    if (!end_piece(at)) return args.too_large();
    start = i;
  }
  if (!end_piece(text.size())) return args.too_large();
  return std::move(pieces).build();
}

// Arguments are ignored, seen on the service (gabrielmoreira/tiny-asl-machine, recorded answers States.UUID-008 to
// -013).
Outcome uuid(Arguments args) {
  return Value(args.random().uuid());
}

constexpr Function kFunctions[] = {
    {.name = kFormat,
     .min_args = 1,
     .max_args = kAnyNumber,
     .gives_type = Type::String,
     .example = "States.Format('Hello, {} of {}.', 'Ada', 36)",
     .gives = R"("Hello, Ada of 36.")",
     .call = format},
    {.name = "States.StringSplit",
     .min_args = 2,
     .max_args = 2,
     .takes = {Type::String, Type::String},
     .gives_type = Type::Array,
     .example = "States.StringSplit('This.is+a,test', '.+,')",
     .gives = R"(["This","is","a","test"])",
     .call = string_split},
    {.name = "States.UUID",
     .min_args = 0,
     .max_args = 0,
     .gives_type = Type::String,
     .ignores_surplus = true,
     .example = "States.UUID()",
     .gives = R"("4b2f57bc-63f5-4ce9-9a25-4659487f1e6f")",
     .call = uuid},
};

}  // namespace

std::span<const Function> text_functions() {
  return kFunctions;
}

Result<std::size_t, std::string> count_placeholders(std::string_view text) {
  std::size_t holes = 0;
  std::string problem = walk_template(
      text, [](std::string_view) {}, [&] { ++holes; });
  if (!problem.empty()) return problem;
  return holes;
}

}  // namespace stepglass::intrinsic
