#pragma once
// The limits of the engine. Each is counted in steps or bytes, never in time, so that every build and every machine
// gives the same answer; each is tested one below, at and one above.

#include <cstddef>
#include <cstdint>

namespace stepglass {

/// Nesting of a JSON text, of a path, of an intrinsic call, of an expression, and of Map and Parallel.
inline constexpr std::size_t kMaxDepth = 256;

/// Nesting of a YAML text. libyaml's time grows with the square of the depth.
inline constexpr std::size_t kMaxYamlDepth = 100;

/// Nodes that the aliases and merge keys of one YAML text may stand for.
inline constexpr std::size_t kMaxYamlAliasNodes = 100'000;

/// Nesting of a value that a run builds. Above kMaxDepth, since a template can put one deep value into another.
inline constexpr std::size_t kMaxValueDepth = 1000;

/// Bytes of a definition. Source: service quota "state machine definition size", 1 MB.
inline constexpr std::size_t kMaxDefinitionBytes = 1'048'576;

/// Bytes of any other text that is read: inputs, mocks, requests.
inline constexpr std::size_t kMaxTextBytes = 64u << 20;

/// Syntax errors of one text that are listed. Behind them only repairs that are certain go on, such as a comment.
inline constexpr std::size_t kMaxSyntaxErrors = 20;

/// Diagnostics of one other name in one text, such as duplicate keys; the last one says how many more there are.
inline constexpr std::size_t kMaxListedOfOneName = 1000;

/// Bytes of a state's, task's or execution's input or output as compact JSON. Source: service quota.
inline constexpr std::uint64_t kMaxPayloadBytes = 262'144;

/// Bytes of all variables of an execution together, as compact JSON. Source: service quota.
inline constexpr std::uint64_t kMaxVariableBytes = 10u << 20;

/// Events of one Standard execution; the last one is ExecutionFailed. Source: service quota.
inline constexpr std::uint32_t kMaxHistoryEvents = 25'000;
/// Iterations of an inline Map, and children of a distributed one, that run at a time at most. Source: developer guide;
/// service quota.
inline constexpr std::uint64_t kMaxInlineConcurrency = 40;
inline constexpr std::uint64_t kMaxDistributedConcurrency = 10'000;

/// Seconds that an Express execution lasts at most. Source: service quotas.
inline constexpr std::int64_t kMaxExpressSeconds = 300;

/// Characters of the name of a state or a variable. Source: API, StateName.
inline constexpr std::size_t kMaxNameCharacters = 80;

/// Steps of one match of a regular expression: about what .* takes on two payloads.
inline constexpr std::uint64_t kMaxRegexSteps = 2'000'000;

/// Values that one evaluation of a path looks at: thirty times what the largest payload holds.
inline constexpr std::uint64_t kMaxPathVisits = 4'000'000;
/// Steps of a regular expression that count as one of them.
inline constexpr std::uint64_t kRegexStepsOfVisit = 4;

/// Steps that all that a run evaluates may take together: some seconds of work. A value that a path looks at is a step,
/// and so is what a JSONata expression counts; the others are told in kSteps….
inline constexpr std::uint64_t kMaxRunSteps = 500'000'000;
/// A member of a template, a comparison of a Choice, a call of an intrinsic function, without what they look at.
inline constexpr std::uint64_t kStepsOfPart = 16;
/// Bytes of text that count as a step, where texts are compared or made.
inline constexpr std::uint64_t kBytesOfStep = 16;

}  // namespace stepglass
