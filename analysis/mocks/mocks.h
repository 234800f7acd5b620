#pragma once
// What tasks answer in a simulated run, as plain data: the `mocks`, `mock_config`, `default_mock` and `environment` of
// a request. mock_world.h plays them; sample.h makes answers up.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/document/document.h"
#include "engine/interpreter/event.h"
#include "engine/interpreter/world.h"
#include "engine/support/failure.h"
#include "engine/support/result.h"
#include "engine/value/value.h"

namespace stepglass::analysis {

/// What one attempt of a task answers.
struct MockEntry {
  std::variant<Value, Failure> outcome;
  /// Of a .sync or .waitForTaskToken task: what the call that starts the job answers.
  std::optional<Value> submitted;
  /// The event that closes the attempt, where it is not plain success or failure.
  std::optional<EventType> closing_event;
  std::optional<std::chrono::milliseconds> duration;
  /// The item of the innermost Map that the entry is for.
  std::optional<std::uint64_t> iteration;
};

/// The answers of one state.
struct StateMocks {
  /// Attempts `first` to `last`, from 0, take entry `entry`.
  struct Range {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::size_t entry = 0;
  };

  std::string state;
  /// The n-th attempt takes the n-th entry and the last entry repeats, unless `ranges` says otherwise.
  std::vector<MockEntry> entries;
  /// From a mock configuration of Step Functions Local: an attempt that no range covers fails with States.Runtime.
  std::vector<Range> ranges;
  bool local = false;
};

/// What a task without mocks answers: nothing (the run ends), its effective input, or a sample of what its integration
/// answers.
enum class DefaultMock : std::uint8_t { None, Echo, Sample };
/// Reads "echo" or "sample".
std::optional<DefaultMock> parse_default_mock(std::string_view name);

struct Mocks {
  std::vector<StateMocks> states;
  DefaultMock fallback = DefaultMock::None;
  std::vector<StoredObject> objects;
};

/// Longest virtual time that a mock may take: ten years, ten times the life of an execution.
inline constexpr std::int64_t kMaxMockSeconds = 315'360'000;

/// What is wrong with a mock, in words, with the place as a JSON pointer in the document it was read from.
struct MockProblem {
  std::string message;
  std::string pointer;
};

/// Reads the entries by state name: {"Charge": [{"error": "Card.Declined"}, {"return": {"ok": true}}]}. Members of the
/// entries: see the call protocol; unknown ones are refused by name.
Result<std::vector<StateMocks>, MockProblem> read_mocks(const Node& node);
/// Reads a list of entries, one entry, or a bare result: what `--mock STATE=JSON` takes.
Result<std::vector<MockEntry>, MockProblem> read_short_mock(const Node& node);
/// Reads a mock configuration of Step Functions Local and picks the test case `test_case` of `machine`. Either name may
/// be empty when the file has only one. Source: developer guide, "Using mocked service integrations".
Result<std::vector<StateMocks>, MockProblem> read_local_config(const Node& node, std::string_view machine,
                                                               std::string_view test_case);
/// Reads the `environment` of a request: its s3_objects.
Result<std::vector<StoredObject>, MockProblem> read_environment(const Node& node);

}  // namespace stepglass::analysis
