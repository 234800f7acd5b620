#include "analysis/rules/check.h"
#include "engine/support/limits.h"
#include "engine/value/json_size.h"

namespace stepglass::analysis {

extern const Rule payload_limit_certain;

namespace {

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const auto* pass = std::get_if<Pass>(&state.kind);
    if (!pass || !pass->result || report.is_full()) continue;
    const auto field = scope.node(state).find("Result");
    // What is that large has at least as many bytes in the text, escapes aside; only then it is worth counting.
    if (!field || field->span().end - field->span().begin <= kMaxPayloadBytes) continue;
    const std::uint64_t bytes = json_size(*pass->result);
    if (bytes <= kMaxPayloadBytes) continue;
    report
        .add(head_of(*field),
             fmt::format("{} bytes are more than the {} that a payload may have", bytes, kMaxPayloadBytes))
        .help = "keep it in S3 and pass on where it is";
  }
}

}  // namespace

const Rule payload_limit_certain{
    .code = "ASL502",
    .name = "payload-limit-certain",
    .severity = Severity::Error,
    .summary = "A literal that is larger than any payload may be.",
    .why = "Inputs, outputs and results end at 262,144 bytes: the state fails with States.DataLimitExceeded.",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Result": "small", "End": true}}})",
    .source = "service quotas, \"Maximum input or output size for a task, state, or execution\"",
    .check = check,
};

}  // namespace stepglass::analysis
