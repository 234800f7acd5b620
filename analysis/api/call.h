#pragma once
// The call protocol: one JSON request in, one JSON reply out. Every face of the program speaks it: `stepglass batch`,
// the WebAssembly module, the web worker.

#include <string>
#include <string_view>

namespace stepglass::analysis {

/// Answers one request of the call protocol with one line of JSON, without a line end. Any text is a request: what is
/// wrong with it is said in the reply, so this never throws for bad input; what it does throw is a bug or missing
/// memory.
std::string call(std::string_view request);

}  // namespace stepglass::analysis
