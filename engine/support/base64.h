#pragma once
// Base64 with the alphabet of RFC 4648, for States.Base64Encode and its like.

#include <string>
#include <string_view>

namespace stepglass {

/// The bytes of `data` as Base64, padded, in one line.
std::string base64_encode(std::string_view data);

/// The bytes that `text` stands for, read the way the service reads it: never fails. Characters outside the alphabet
/// are skipped, - and _ stand for + and /, everything from the first = on is ignored, a single character that is left
/// over stands for nothing. The bytes need not be UTF-8.
std::string base64_decode_leniently(std::string_view text);

}  // namespace stepglass
