#pragma once
// Whether this is a build with AddressSanitizer, in which all takes many times as long and as much memory.

#if defined(__SANITIZE_ADDRESS__)
#define STEPGLASS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define STEPGLASS_SANITIZED 1
#endif
#endif
