#pragma once
// The call protocol: one JSON request in, one JSON reply out. Every face speaks it: WebAssembly, the worker, and
// `stepglass batch`.
//
//   call(R"({"id": 1, "op": "path", "path": "$.a", "data": {"a": 7}})")
//   → {"id":1,"ok":true,"result":{"value":7}}

#include <string>
#include <string_view>

namespace stepglass::analysis {

/// Answers `request`. Bad input of any kind gets a reply with "ok": false; an exception means a fault of ours.
std::string call(std::string_view request);

/// The reply to a request that could not be read as a whole, e.g. because it is too large.
std::string refusal(std::string_view message);

}  // namespace stepglass::analysis
