// The border to the browser: one call, JSON text in and out. It catches; it has no logic of its own.
//
// From JavaScript, text goes in by memory, an eighth of the time that a std::string of embind's takes:
//
//   const room = module._malloc(text.length * 3);
//   const { written } = encoder.encodeInto(text, module.HEAPU8.subarray(room, room + text.length * 3));
//   const reply = module._stepglass_call(room, written);
//   const end = module.HEAPU8.indexOf(0, reply);                        // after the call: memory may have grown
//   const answer = decoder.decode(module.HEAPU8.subarray(reply, end));
//   module._free(room);
//
// When the call itself throws, it trapped: the instance is spoiled, since no destructor ran. Start another.

#include <emscripten/emscripten.h>

#include <cstddef>
#include <exception>
#include <new>
#include <string>
#include <string_view>

#include "analysis/api/call.h"

/// Answers the request in the `size` bytes at `request`, which stay the caller's. The reply ends with a NUL byte, the
/// only one in it, and stays valid until the next call.
extern "C" EMSCRIPTEN_KEEPALIVE const char* stepglass_call(const char* request, std::size_t size) {
  static std::string reply;
  try {
    reply = stepglass::analysis::call({request, size});
    return reply.c_str();
  } catch (const std::bad_alloc&) {
    // Literals from here on: there may be no memory for anything else.
    return R"({"ok":false,"error":{"code":"OutOfMemory","message":"not enough memory for this request"}})";
  } catch (...) {
    // A bug of ours. What it says is left out: it could be any text, and the same request shows it natively.
    return R"({"ok":false,"error":{"code":"InternalError","message":"stepglass failed; please report this request"}})";
  }
}
