// The functions that encode, decode and hash texts.

#include <string>
#include <string_view>
#include <utility>

#include "engine/intrinsic/function.h"
#include "engine/intrinsic/java_value.h"
#include "engine/support/base64.h"
#include "engine/support/digest.h"
#include "engine/support/text.h"

namespace stepglass::intrinsic {
namespace {

/// Characters of a text to encode, decode or hash. Source: developer guide, "Intrinsics for data encoding and
/// decoding", "Intrinsic for hash calculation". Counted as code points: whether the service counts UTF-16 units is not
/// known.
constexpr std::size_t kMaxTextCharacters = 10'000;

bool is_short(std::string_view text) {
  return text.size() <= kMaxTextCharacters ||
         (text.size() <= 4 * kMaxTextCharacters && count_code_points(text) <= kMaxTextCharacters);
}

/// `bytes` with U+FFFD for what is no UTF-8, as Java's String constructor reads them: one for each longest piece that
/// could have begun a character.
std::string repaired_utf8(std::string bytes) {
  auto invalid = find_invalid_utf8(bytes);
  if (!invalid) return bytes;
  std::string out;
  std::string_view rest = bytes;
  while (invalid) {
    out += rest.substr(0, *invalid);
    out += "\xEF\xBF\xBD";
    rest.remove_prefix(*invalid);
    // The lead byte, and those after it that would have been right.
    const auto lead = static_cast<unsigned char>(rest[0]);
    const std::size_t wanted = lead >= 0xC2 && lead < 0xE0   ? 1
                               : lead >= 0xE0 && lead < 0xF0 ? 2
                               : lead >= 0xF0 && lead < 0xF5 ? 3
                                                             : 0;
    std::size_t length = 1;
    while (length <= wanted && length < rest.size()) {
      const auto next = static_cast<unsigned char>(rest[length]);
      unsigned char low = 0x80, high = 0xBF;
      if (length == 1) {  // no overlong forms, no surrogates, nothing above U+10FFFF
        if (lead == 0xE0) low = 0xA0;
        if (lead == 0xED) high = 0x9F;
        if (lead == 0xF0) low = 0x90;
        if (lead == 0xF4) high = 0x8F;
      }
      if (next < low || next > high) break;
      ++length;
    }
    rest.remove_prefix(length);
    invalid = find_invalid_utf8(rest);
  }
  out += rest;
  return out;
}

Outcome encode_base64(Arguments args) {
  const std::string_view text = args[0].as_string();
  if (!is_short(text)) return args.invalid();
  if (!args.charge(text.size() * 2)) return args.too_large();
  return Value(base64_encode(text));
}

Outcome decode_base64(Arguments args) {
  const std::string_view text = args[0].as_string();
  if (!is_short(text)) return args.invalid();
  if (!args.charge(text.size() * 3)) return args.too_large();
  return Value(repaired_utf8(base64_decode_leniently(text)));
}

// Data that is no string is hashed as it prints, seen on the service for numbers and {}
// (gabrielmoreira/tiny-asl-machine, recorded notes States.Hash-014, -015).
Outcome hash(Arguments args) {
  const auto digest = digest_named(args[1].as_string());
  if (!digest) return args.invalid();
  if (args[0].is_string()) {
    if (!is_short(args[0].as_string())) return args.invalid();
    if (!args.charge(args[0].as_string().size())) return args.too_large();
    return Value(hex_digest(*digest, args[0].as_string()));
  }
  if (!args.charge(java_text_bound(args[0]))) return args.too_large();
  std::string text;
  append_java_text(text, args[0]);
  if (!is_short(text)) return args.invalid();
  return Value(hex_digest(*digest, text));
}

constexpr Function kFunctions[] = {
    {.name = "States.Base64Encode",
     .min_args = 1,
     .max_args = 1,
     .takes = {Type::String},
     .gives_type = Type::String,
     .example = "States.Base64Encode('Data to encode')",
     .gives = R"("RGF0YSB0byBlbmNvZGU=")",
     .call = encode_base64},
    {.name = "States.Base64Decode",
     .min_args = 1,
     .max_args = 1,
     .takes = {Type::String},
     .gives_type = Type::String,
     .example = "States.Base64Decode('RGVjb2RlZCBkYXRh')",
     .gives = R"("Decoded data")",
     .call = decode_base64},
    {.name = "States.Hash",
     .min_args = 2,
     .max_args = 2,
     .takes = {Type::Any, Type::String},
     .gives_type = Type::String,
     .example = "States.Hash('input data', 'SHA-1')",
     .gives = R"("aaff4a450a104cd177d28d18d74485e8cae074b7")",
     .call = hash},
};

}  // namespace

std::span<const Function> encoding_functions() {
  return kFunctions;
}

}  // namespace stepglass::intrinsic
