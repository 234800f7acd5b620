#pragma once
// Message digests, for States.Hash and $hash: written here because no library of them exists in every build. To name
// things, not to protect them: MD5 and SHA-1 are broken, and nothing here runs in constant time.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace stepglass {

enum class Digest { Md5, Sha1, Sha256, Sha384, Sha512 };

/// "MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512": the spellings the service takes, in the order of the enumerators.
std::span<const std::string_view> digest_names();

/// The digest with exactly this name.
std::optional<Digest> digest_named(std::string_view name);

/// The digest of the bytes of `data` in lower-case hexadecimal.
std::string hex_digest(Digest digest, std::string_view data);

}  // namespace stepglass
