#include "analysis/api/hover.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "analysis/api/meanings.h"
#include "analysis/api/place.h"
#include "analysis/drawing/drawing.h"
#include "analysis/drawing/spoken.h"
#include "engine/intrinsic/function.h"
#include "engine/jsonata/function.h"
#include "engine/model/resource.h"

namespace stepglass::analysis {
namespace {

using enum Role::What;

/// States that set a variable: as many are named.
constexpr std::size_t kMaxNamed = 5;

const DrawnState* find_drawn(const DrawnScope& scope, std::string_view name) {
  for (const DrawnState& state : scope.states) {
    if (state.state->name == name) return &state;
    for (const DrawnScope& inner : state.scopes) {
      if (const DrawnState* found = find_drawn(inner, name)) return found;
    }
  }
  return nullptr;
}

std::string resource_meaning(const Resource& resource) {
  std::string text;
  switch (resource.kind) {
    case Resource::Kind::Lambda:
      return "A Lambda function. The result is what it gives.";
    case Resource::Kind::Activity:
      return "An activity: a worker asks for the task, and answers.";
    case Resource::Kind::Http:
      text = "A call of an HTTPS endpoint, by a connection of EventBridge.";
      break;
    case Resource::Kind::AwsSdk:
      text = fmt::format("The call {} of {}, as the AWS SDK has it.", resource.action, resource.service.substr(8));
      break;
    case Resource::Kind::Service:
      text = fmt::format("The optimized integration {} {}.", resource.service, resource.action);
      break;
  }
  switch (resource.pattern) {
    case Resource::Pattern::RequestResponse:
      return text + "\nGoes on when the call is answered.";
    case Resource::Pattern::Sync:
    case Resource::Pattern::Sync2:
      return text + "\nGoes on when what was started has ended.";
    case Resource::Pattern::WaitForTaskToken:
      return text + "\nGoes on when somebody answers with the task's token.";
  }
  return text;
}

std::string example_text(std::string_view example, std::string_view gives) {
  return fmt::format("{} → {}", example, gives.empty() ? "nothing" : gives);
}

/// Tells of one place.
class Teller {
 public:
  explicit Teller(const Place& place) : document_(*place.document), place_(place) {}

  std::optional<Hover> tell() {
    // Between the members of an object, and around the items of an array.
    if (!place_.child) return std::nullopt;
    const Node& child = *place_.child;
    if (place_.in_key) {
      const Span at = inside_quotes(document_, child.key_span());
      if (place_.role.what == States) return state(child.key(), at);
      return field(child.key(), at);
    }
    const bool is_item = place_.object.is_array();
    const std::string_view key = is_item ? place_.object.key() : child.key();
    const Span at = inside_quotes(document_, child.span());
    if (child.is_string()) {
      if (auto told = value(key, child.text(), is_item, at)) return told;
      if (is_expression(place_, key, document_.text().substr(at.begin, at.end - at.begin))) return expression(at);
    }
    return is_item || child.is_object() || child.is_array() ? std::nullopt : field(key, at);
  }

 private:
  std::optional<Hover> told(Span at, CompletionKind kind, std::string_view title, std::string text) const {
    if (text.empty()) return std::nullopt;
    return Hover{at, document_.position(at.begin), document_.position(at.end), kind, std::string(title), std::move(text)};
  }

  std::optional<Hover> field(std::string_view name, Span at) const {
    if (place_.role.what != Object) return std::nullopt;
    return told(at, CompletionKind::Field, name, field_meaning(place_.role.kind, name));
  }

  std::optional<Hover> value(std::string_view key, std::string_view text, bool is_item, Span at) const {
    if (key == "ErrorEquals") return told(at, CompletionKind::Error, text, std::string(error_meaning(text)));
    if (is_item || place_.role.what != Object) return std::nullopt;
    if (key == "StartAt" || key == "Next" || key == "Default") return state(text, at);
    if (place_.role.kind != ObjectKind::State) return std::nullopt;
    if (key == "Type") return told(at, CompletionKind::Value, text, std::string(state_type_meaning(text)));
    if (key != "Resource") return std::nullopt;
    const auto resource = parse_resource(text);
    return resource ? told(at, CompletionKind::Value, text, resource_meaning(*resource)) : std::nullopt;
  }

  /// Its comment, what it is, and every way out of it.
  std::optional<Hover> state(std::string_view name, Span at) const {
    const LoadedMachine loaded = load_state_machine(document_, MachineType::Standard);
    if (!loaded.machine) return std::nullopt;
    const Drawing drawing = draw(*loaded.machine);
    const DrawnState* drawn = find_drawn(drawing.scope, name);
    if (!drawn) return std::nullopt;
    const std::string integration = integration_text(*drawn->state);
    std::string text = fmt::format("{}{}{}, step {} of {}", kind_text(*drawn->state), integration.empty() ? "" : ": ",
                                   integration, drawn->step, drawing.state_count);
    for (const std::string& way : drawn->ways) text += '\n' + way;
    return told(at, CompletionKind::State, name, std::move(text));
  }

  /// The name in an expression that the place is in.
  std::optional<Hover> expression(Span within) const {
    const std::string_view text = document_.text();
    std::size_t begin = std::clamp<std::size_t>(place_.offset, within.begin, within.end);
    std::size_t end = begin;
    while (begin > within.begin && is_word(text[begin - 1])) --begin;
    while (end < within.end && is_word(text[end])) ++end;
    const std::string_view word = text.substr(begin, end - begin);
    const Span at{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    if (const auto* function = intrinsic::find_function(word); function && place_.language == QueryLanguage::JSONPath) {
      return told(at, CompletionKind::Function, word, example_text(function->example, function->gives));
    }
    if (word.starts_with("$$.")) {
      return told(at, CompletionKind::Path, word, std::string(states_variable_meaning("$states.context")));
    }
    if (!word.starts_with('$') || word.size() == 1) return std::nullopt;
    const std::string_view name = word.substr(1, word.find('.') - 1);
    const auto variables = assigned_variables(*document_.root());
    if (const auto variable = variables.find(name); variable != variables.end()) {
      return told(at, CompletionKind::Variable, word, set_by(variable->second));
    }
    if (place_.language == QueryLanguage::JSONPath) return std::nullopt;
    if (name == "states") {
      const std::size_t second = word.find('.', word.find('.') + 1);
      return told(at, CompletionKind::Variable, word, std::string(states_variable_meaning(word.substr(0, second))));
    }
    const auto* function = jsonata::find_function(name, jsonata::Dialect::States);
    if (!function) return std::nullopt;
    return told(at, CompletionKind::Function, word,
                fmt::format("{}\n{}", function->signature, example_text(function->example, function->gives)));
  }

  static std::string set_by(const std::vector<std::string_view>& states) {
    const std::size_t named = std::min(states.size(), kMaxNamed);
    std::string text = fmt::format("A variable. Set by {}", fmt::join(states.begin(), states.begin() + named, ", "));
    if (named < states.size()) text += fmt::format(" and {} more", states.size() - named);
    return text;
  }

  const Document& document_;
  const Place& place_;
};

}  // namespace

std::optional<Hover> hover(std::string text, std::string_view filename, Position position) {
  const std::size_t offset = offset_of(text, position);
  const FoundInFile found = find_expected_definitions(std::move(text), filename);
  const auto place = find_place(found, offset);
  return place ? Teller(*place).tell() : std::nullopt;
}

}  // namespace stepglass::analysis
