#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "analysis/mocks/mocks.h"
#include "engine/support/number.h"
#include "engine/support/sort.h"
#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

constexpr std::string_view kEntryFields[] = {"return",           "error",   "cause",     "iteration", "submitted",
                                             "duration_seconds", "outcome", "scheduled", "event_id"};

MockProblem problem(const Node& node, std::string message) {
  return {std::move(message), node.pointer()};
}

template <typename Range>
MockProblem unknown(const Node& member, std::string_view what, const Range& known) {
  std::string message = fmt::format("unknown {} \"{}\"", what, display_word(member.key()));
  if (const auto meant = nearest(member.key(), known)) message += fmt::format("; did you mean \"{}\"?", *meant);
  return problem(member, std::move(message));
}

/// Text as it is; any other JSON as text, since causes often hold JSON.
std::string cause_text(const Node& node) {
  return node.is_string() ? std::string(node.text()) : to_json(node.value());
}

enum class Closing { Success, Failure, Timeout, Start };

/// How an event closes an attempt; nothing when it does not.
std::optional<Closing> closing_of(EventType type) {
  using enum EventType;
  switch (type) {
    case TaskSucceeded:
    case LambdaFunctionSucceeded:
    case ActivitySucceeded:
      return Closing::Success;
    case TaskFailed:
    case LambdaFunctionFailed:
    case ActivityFailed:
      return Closing::Failure;
    case TaskTimedOut:
    case LambdaFunctionTimedOut:
    case ActivityTimedOut:
      return Closing::Timeout;
    case TaskStartFailed:
    case TaskSubmitFailed:
    case LambdaFunctionScheduleFailed:
    case LambdaFunctionStartFailed:
    case ActivityScheduleFailed:
      return Closing::Start;
    default:
      return std::nullopt;
  }
}

std::optional<std::int64_t> count_of(const Node& node) {
  if (!node.is_number()) return std::nullopt;
  const Value number = node.number();
  if (number.kind() != Value::Kind::Integer || number.as_integer() < 0) return std::nullopt;
  return number.as_integer();
}

Result<MockEntry, MockProblem> read_entry(const Node& node) {
  if (!node.is_object()) return problem(node, "a mock is an object such as {\"return\": …} or {\"error\": \"…\"}");
  MockEntry entry;
  std::optional<Value> result;
  Failure failure;
  bool fails = false;
  std::optional<Closing> closing;
  for (auto member = node.first_child(); member; member = member->next_sibling()) {
    const std::string_view key = member->key();
    if (key == "return") {
      result = member->value();
    } else if (key == "error") {
      if (!member->is_string()) return problem(*member, "\"error\" of a mock is the error name, a string");
      failure.error = std::string(member->text());
      fails = true;
    } else if (key == "cause") {
      failure.cause = cause_text(*member);
      fails = true;
    } else if (key == "iteration") {
      const auto index = count_of(*member);
      if (!index) return problem(*member, "\"iteration\" of a mock is the index of an item, an integer from 0");
      entry.iteration = static_cast<std::uint64_t>(*index);
    } else if (key == "submitted") {
      entry.submitted = member->value();
    } else if (key == "duration_seconds") {
      const double seconds = member->is_number() ? member->number().as_double() : -1;
      if (!(seconds >= 0 && seconds <= static_cast<double>(kMaxMockSeconds))) {
        return problem(*member,
                       fmt::format("\"duration_seconds\" of a mock is a number from 0 to {}", kMaxMockSeconds));
      }
      entry.duration = std::chrono::milliseconds(static_cast<std::int64_t>(std::floor(seconds * 1000 + 0.5)));
    } else if (key == "outcome") {
      const auto type = member->is_string() ? parse_event_type(member->text()) : std::nullopt;
      closing = type ? closing_of(*type) : std::nullopt;
      if (!closing) {
        return problem(*member, "\"outcome\" of a mock is the event that closes the attempt, such as \"TaskTimedOut\"");
      }
      // Plain success and failure depend on the kind of task and need no saying.
      if (*closing == Closing::Timeout || *closing == Closing::Start) entry.closing_event = *type;
    } else if (key == "scheduled" || key == "event_id") {
      // Recordings carry them; what was sent is not compared.
    } else {
      return unknown(*member, "member of a mock", kEntryFields);
    }
  }
  if (result && fails) return problem(node, "a mock has either \"return\" or \"error\", not both");
  if (closing && result && *closing != Closing::Success) {
    return problem(node, "\"outcome\" says that the attempt fails, so the mock has no \"return\"");
  }
  if (closing && fails && *closing == Closing::Success) {
    return problem(node, "\"outcome\" says that the attempt succeeds, so the mock has no \"error\"");
  }
  if (result) {
    entry.outcome = *std::move(result);
    return entry;
  }
  if (!fails && (!closing || *closing == Closing::Success)) {
    return problem(node, "a mock needs \"return\" or \"error\"");
  }
  entry.outcome = std::move(failure);
  return entry;
}

Result<std::vector<MockEntry>, MockProblem> read_entries(const Node& node) {
  if (!node.is_array()) return problem(node, "the mocks of a state are a list, one entry per attempt");
  if (node.size() == 0) return problem(node, "the list of mocks is empty; it needs at least one entry");
  std::vector<MockEntry> entries;
  entries.reserve(node.size());
  for (auto item = node.first_child(); item; item = item->next_sibling()) {
    auto entry = read_entry(*item);
    if (!entry) return std::move(entry).error();
    entries.push_back(*std::move(entry));
  }
  return entries;
}

/// True when `node` reads as an entry and not as a bare result: only an entry's members, and one that says the outcome.
bool looks_like_entry(const Node& node) {
  if (!node.is_object()) return false;
  bool says_outcome = false;
  for (auto member = node.first_child(); member; member = member->next_sibling()) {
    const std::string_view key = member->key();
    if (std::find(std::begin(kEntryFields), std::end(kEntryFields), key) == std::end(kEntryFields)) return false;
    says_outcome = says_outcome || key == "return" || key == "error" || key == "outcome";
  }
  return says_outcome;
}

std::string names_of(const Node& object) {
  std::string names;
  std::size_t count = 0;
  for (auto member = object.first_child(); member; member = member->next_sibling()) {
    if (++count > 8) return names + ", …";
    if (!names.empty()) names += ", ";
    names += fmt::format("\"{}\"", display_word(member->key()));
  }
  return names;
}

/// The member `name` of `object`, or the only member when `name` is empty.
Result<Node, MockProblem> pick(const Node& object, std::string_view name, std::string_view what) {
  if (!object.is_object()) return problem(object, fmt::format("here stands an object with one member per {}", what));
  if (name.empty()) {
    if (object.size() == 1) return *object.first_child();
    return problem(object, fmt::format("say which {} is meant: {}", what, names_of(object)));
  }
  if (const auto found = object.find(name)) return *found;
  return problem(object, fmt::format("the mock configuration has no {} \"{}\"; it has {}", what, display_word(name),
                                     object.size() == 0 ? "none" : names_of(object)));
}

/// "3" or "1-2"
std::optional<StateMocks::Range> read_range(std::string_view text) {
  const std::size_t dash = text.find('-');
  const auto number = [](std::string_view digits) -> std::optional<std::int64_t> {
    if (digits.empty() || digits[0] == '-') return std::nullopt;
    return parse_integer(digits);
  };
  const auto first = number(text.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : number(text.substr(dash + 1));
  if (!first || !last || *last < *first) return std::nullopt;
  return StateMocks::Range{static_cast<std::uint64_t>(*first), static_cast<std::uint64_t>(*last), 0};
}

Result<MockEntry, MockProblem> read_local_entry(const Node& node) {
  constexpr std::string_view kFields[] = {"Return", "Throw"};
  constexpr std::string_view kThrowFields[] = {"Error", "Cause"};
  if (!node.is_object() || node.size() != 1) {
    return problem(node, "a mocked response is an object with exactly one of \"Return\" and \"Throw\"");
  }
  const Node member = *node.first_child();
  MockEntry entry;
  if (member.key() == "Return") {
    entry.outcome = member.value();
    return entry;
  }
  if (member.key() != "Throw") return unknown(member, "member of a mocked response", kFields);
  if (!member.is_object()) return problem(member, "\"Throw\" is an object with \"Error\" and \"Cause\"");
  Failure failure;
  for (auto field = member.first_child(); field; field = field->next_sibling()) {
    if (field->key() == "Error" && field->is_string()) {
      failure.error = std::string(field->text());
    } else if (field->key() == "Cause") {
      failure.cause = cause_text(*field);
    } else if (field->key() == "Error") {
      return problem(*field, "\"Error\" is the error name, a string");
    } else {
      return unknown(*field, "member of \"Throw\"", kThrowFields);
    }
  }
  if (!failure.error) return problem(member, "\"Throw\" needs \"Error\", the error name");
  entry.outcome = std::move(failure);
  return entry;
}

Result<StateMocks, MockProblem> read_local_response(const Node& node) {
  if (!node.is_object()) return problem(node, "a mocked response is an object with members such as \"0\" or \"1-2\"");
  StateMocks mocks;
  mocks.local = true;
  for (auto member = node.first_child(); member; member = member->next_sibling()) {
    auto range = read_range(member->key());
    if (!range) {
      return problem(*member,
                     fmt::format("\"{}\" is no number of an invocation; write \"0\" or a range such as \"1-2\"",
                                 display_word(member->key())));
    }
    auto entry = read_local_entry(*member);
    if (!entry) return std::move(entry).error();
    range->entry = mocks.entries.size();
    mocks.entries.push_back(*std::move(entry));
    mocks.ranges.push_back(*range);
  }
  sort_stable(mocks.ranges, [](const StateMocks::Range& a, const StateMocks::Range& b) {
    return a.first != b.first ? a.first < b.first : a.entry < b.entry;
  });
  for (std::size_t i = 1; i < mocks.ranges.size(); ++i) {
    if (mocks.ranges[i].first <= mocks.ranges[i - 1].last) {
      return problem(node, fmt::format("two ranges cover invocation {}", mocks.ranges[i].first));
    }
  }
  return mocks;
}

}  // namespace

std::optional<DefaultMock> parse_default_mock(std::string_view name) {
  if (name == "echo") return DefaultMock::Echo;
  if (name == "sample") return DefaultMock::Sample;
  return std::nullopt;
}

Result<std::vector<StateMocks>, MockProblem> read_mocks(const Node& node) {
  if (!node.is_object()) return problem(node, "mocks are an object: state name to list of entries");
  std::vector<StateMocks> all;
  all.reserve(node.size());
  for (auto member = node.first_child(); member; member = member->next_sibling()) {
    auto entries = read_entries(*member);
    if (!entries) return std::move(entries).error();
    all.push_back({std::string(member->key()), *std::move(entries), {}, false});
  }
  return all;
}

Result<std::vector<MockEntry>, MockProblem> read_short_mock(const Node& node) {
  if (looks_like_entry(node)) {
    auto entry = read_entry(node);
    if (!entry) return std::move(entry).error();
    return std::vector<MockEntry>{*std::move(entry)};
  }
  bool entries = node.is_array() && node.size() > 0;
  if (node.is_array()) {
    for (auto item = node.first_child(); entries && item; item = item->next_sibling())
      entries = looks_like_entry(*item);
  }
  if (entries) return read_entries(node);
  MockEntry entry;
  entry.outcome = node.value();
  return std::vector<MockEntry>{std::move(entry)};
}

Result<std::vector<StateMocks>, MockProblem> read_local_config(const Node& node, std::string_view machine,
                                                               std::string_view test_case) {
  if (!node.is_object()) return problem(node, "a mock configuration is an object");
  const auto machines = node.find("StateMachines");
  if (!machines) return problem(node, "the mock configuration has no \"StateMachines\"");
  const auto responses = node.find("MockedResponses");
  if (responses && !responses->is_object()) return problem(*responses, "\"MockedResponses\" is an object");
  auto picked = pick(*machines, machine, "state machine");
  if (!picked) return std::move(picked).error();
  const auto cases = picked->is_object() ? picked->find("TestCases") : std::nullopt;
  if (!cases)
    return problem(*picked, fmt::format("state machine \"{}\" has no \"TestCases\"", display_word(picked->key())));
  auto chosen = pick(*cases, test_case, "test case");
  if (!chosen) return std::move(chosen).error();
  if (!chosen->is_object()) return problem(*chosen, "a test case is an object: state name to name of a response");
  std::unordered_map<std::string_view, Node> by_name;
  if (responses) {
    for (auto response = responses->first_child(); response; response = response->next_sibling()) {
      by_name.insert_or_assign(response->key(), *response);
    }
  }
  std::vector<StateMocks> all;
  for (auto member = chosen->first_child(); member; member = member->next_sibling()) {
    if (!member->is_string()) return problem(*member, "here stands the name of a mocked response, a string");
    const auto response = by_name.find(member->text());
    if (response == by_name.end()) {
      std::string message = fmt::format("there is no mocked response \"{}\"", display_word(member->text()));
      std::vector<std::string_view> known;
      if (responses) {
        for (const Node& other : responses->children()) known.push_back(other.key());
      }
      if (const auto meant = nearest(member->text(), known)) message += fmt::format("; did you mean \"{}\"?", *meant);
      return problem(*member, std::move(message));
    }
    auto mocks = read_local_response(response->second);
    if (!mocks) return std::move(mocks).error();
    mocks->state = std::string(member->key());
    all.push_back(*std::move(mocks));
  }
  return all;
}

Result<std::vector<StoredObject>, MockProblem> read_environment(const Node& node) {
  constexpr std::string_view kFields[] = {"s3_objects", "lambda_functions", "collaborators"};
  constexpr std::string_view kObjectFields[] = {"bucket", "key", "body"};
  if (!node.is_object()) return problem(node, "\"environment\" is an object");
  std::vector<StoredObject> objects;
  for (auto member = node.first_child(); member; member = member->next_sibling()) {
    // Handlers and collaborators say where recorded answers came from; the answers themselves are mocks.
    if (member->key() == "lambda_functions" || member->key() == "collaborators") continue;
    if (member->key() != "s3_objects") return unknown(*member, "member of \"environment\"", kFields);
    if (!member->is_array()) return problem(*member, "\"s3_objects\" is a list of {\"bucket\", \"key\", \"body\"}");
    for (auto item = member->first_child(); item; item = item->next_sibling()) {
      if (!item->is_object()) return problem(*item, "an object in S3 is {\"bucket\", \"key\", \"body\"}");
      StoredObject object;
      bool has_bucket = false, has_key = false, has_body = false;
      for (auto field = item->first_child(); field; field = field->next_sibling()) {
        const bool is_body = field->key() == "body";
        if (!is_body && !field->is_string() && (field->key() == "bucket" || field->key() == "key")) {
          return problem(*field, fmt::format("\"{}\" is a string", field->key()));
        }
        if (field->key() == "bucket") {
          object.bucket = std::string(field->text());
          has_bucket = true;
        } else if (field->key() == "key") {
          object.key = std::string(field->text());
          has_key = true;
        } else if (is_body) {
          // A file's text; other JSON stands for the file that holds it.
          object.body = cause_text(*field);
          has_body = true;
        } else {
          return unknown(*field, "member of an object in S3", kObjectFields);
        }
      }
      if (!has_bucket || !has_key || !has_body) {
        return problem(*item, "an object in S3 needs \"bucket\", \"key\" and \"body\"");
      }
      objects.push_back(std::move(object));
    }
  }
  return objects;
}

}  // namespace stepglass::analysis
