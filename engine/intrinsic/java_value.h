#pragma once
// Values as the service sees them: it is a Java program that keeps JSON as Integer, Double, String, List and Map, and
// some of its functions show what those do when they are printed or hashed.

#include <cstdint>
#include <string>

#include "engine/value/print.h"
#include "engine/value/value.h"

namespace stepglass::intrinsic {

/// At most so many bytes does append_java_text append: ", " is longer than a comma, nothing else is longer than in
/// JSON.
std::uint64_t java_text_bound(const Value& value);

/// What hashCode gives.
std::int32_t java_hash(const Value& value);

/// The bucket of a java.util.HashSet with `buckets` (a power of two) that holds a value with this hash.
std::uint32_t java_bucket(std::int32_t hash, std::uint32_t buckets);

/// Appends bytes that are equal for two values just when equals says so: 1 and 1.0 are an Integer and a Double and so
/// differ, the order of members does not count.
void append_java_identity(std::string& out, const Value& value);

}  // namespace stepglass::intrinsic
