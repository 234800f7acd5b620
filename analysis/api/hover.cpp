#include "analysis/api/hover.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "analysis/api/meanings.h"
#include "analysis/api/place.h"
#include "analysis/drawing/drawing.h"
#include "analysis/drawing/spoken.h"
#include "engine/intrinsic/function.h"
#include "engine/jsonata/function.h"
#include "engine/model/placeholder.h"
#include "engine/model/resource.h"
#include "engine/model/state_machine.h"

namespace stepglass::analysis {
namespace {

using enum Role::What;

/// States that set a variable, and ways out of a state: as many are told.
constexpr std::size_t kMaxNamed = 8;

/// "\nand 3 more" where more than kMaxNamed are there.
std::string more_text(std::string_view before, std::size_t count) {
  return count > kMaxNamed ? fmt::format("{}and {} more", before, count - kMaxNamed) : "";
}

/// The state whose name stands at `name`.
const DrawnState* find_drawn(const DrawnScope& scope, Span name) {
  for (const DrawnState& state : scope.states) {
    if (state.state->name_span == name) return &state;
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
    auto told = look();
    if (told && (place_.offset < told->at.begin || place_.offset > told->at.end)) told.reset();
    return told;
  }

 private:
  std::optional<Hover> look() const {
    // Between the members of an object, and around the items of an array.
    if (!place_.child) return std::nullopt;
    const Node& child = *place_.child;
    if (place_.in_key) {
      const Span at = inside_quotes(document_, child.key_span());
      return place_.role.what == States ? state(child, at) : field(child.key(), at);
    }
    const bool is_item = place_.object.is_array();
    const std::string_view key = is_item ? place_.object.key() : child.key();
    if (!child.is_string()) {
      return is_item || child.is_object() || child.is_array() ? std::nullopt : field(key, child.span());
    }
    const std::string_view text = child.text();
    const Span at = child.text_span(0, text.size());
    if (auto told = value(key, text, at)) return told;
    if (is_expression(place_, key, text)) return expression(child);
    return is_item ? std::nullopt : field(key, at);
  }

  std::optional<Hover> told(Span at, WordKind kind, std::string_view title, std::string text) const {
    if (text.empty()) return std::nullopt;
    return Hover{at, document_.position(at.begin), document_.position(at.end), kind, std::string(title), std::move(text)};
  }

  std::optional<Hover> field(std::string_view name, Span at) const {
    if (place_.role.what != Object) return std::nullopt;
    return told(at, WordKind::Field, name, field_meaning(place_.role.kind, name));
  }

  std::optional<Hover> value(std::string_view key, std::string_view text, Span at) const {
    const bool is_handler = place_.owner == ObjectKind::Retrier || place_.owner == ObjectKind::Catcher;
    if (is_handler && place_.field == "ErrorEquals") {
      return told(at, WordKind::Error, text, std::string(error_meaning(text)));
    }
    if (place_.role.what != Object) return std::nullopt;
    if (key == "StartAt" || key == "Next" || key == "Default") {
      const auto states = (key == "StartAt" ? place_.object : *place_.scope).find("States");
      const auto named = states ? states->find(text) : std::nullopt;
      return named ? state(*named, at) : std::nullopt;
    }
    if (place_.role.kind != ObjectKind::State) return std::nullopt;
    if (key == "Type") return told(at, WordKind::Value, text, std::string(state_type_meaning(text)));
    // What a deployment puts there is not known.
    if (key != "Resource" || contains_placeholder(text)) return std::nullopt;
    const auto resource = parse_resource(text);
    return resource ? told(at, WordKind::Value, text, resource_meaning(*resource)) : std::nullopt;
  }

  /// What it is, its comment, and its ways out.
  std::optional<Hover> state(const Node& named, Span at) const {
    const LoadedMachine loaded = load_state_machine(document_, MachineType::Standard);
    if (!loaded.machine) return std::nullopt;
    const Drawing drawing = draw(*loaded.machine);
    const DrawnState* drawn = find_drawn(drawing.scope, named.key_span());
    if (!drawn) return std::nullopt;
    const State& state = *drawn->state;
    const std::string integration = integration_text(state);
    std::string text = fmt::format("{}{}{}, step {} of {}", kind_text(state), integration.empty() ? "" : ": ", integration,
                                   drawn->step, drawing.state_count);
    if (state.comment && !state.comment->empty()) text += '\n' + *state.comment;
    for (std::size_t i = 0; i < std::min(drawn->ways.size(), kMaxNamed); ++i) text += '\n' + drawn->ways[i];
    text += more_text("\n", drawn->ways.size());
    return told(at, WordKind::State, named.key(), std::move(text));
  }

  /// The name in an expression that the place is in.
  std::optional<Hover> expression(const Node& string) const {
    const std::string_view text = string.text();
    const std::uint32_t offset = made_offset(string.mapped_text().pieces, static_cast<std::uint32_t>(place_.offset));
    const auto [begin, end] = word_at(text, std::min<std::size_t>(offset, text.size()));
    const std::string_view word = text.substr(begin, end - begin);
    const Span at = string.text_span(begin, end);
    const bool is_jsonata = place_.language == QueryLanguage::JSONata;
    if (!is_jsonata) {
      if (const auto* function = intrinsic::find_function(word)) {
        return told(at, WordKind::Function, word, example_text(function->example, function->gives));
      }
      if (word.starts_with("$$.")) {
        return told(at, WordKind::Path, word, std::string(states_variable_meaning("$states.context")));
      }
    }
    if (!word.starts_with('$') || word.size() == 1) return std::nullopt;
    const std::string_view name = word.substr(1, word.find('.') - 1);
    const auto variables = assigned_variables(*document_.root());
    if (const auto variable = variables.find(name); variable != variables.end()) {
      return told(at, WordKind::Variable, word, set_by(variable->second));
    }
    if (!is_jsonata) return std::nullopt;
    if (name == "states") {
      const std::size_t second = word.find('.', word.find('.') + 1);
      return told(at, WordKind::Variable, word, std::string(states_variable_meaning(word.substr(0, second))));
    }
    const auto* function = jsonata::find_function(name, jsonata::Dialect::States);
    if (!function) return std::nullopt;
    return told(at, WordKind::Function, word,
                fmt::format("{}\n{}", function->signature, example_text(function->example, function->gives)));
  }

  static std::string set_by(const std::vector<std::string_view>& states) {
    std::vector<std::string_view> once;
    std::set<std::string_view> seen;
    for (const std::string_view state : states) {
      if (seen.insert(state).second) once.push_back(state);
    }
    const auto end = once.begin() + static_cast<std::ptrdiff_t>(std::min(once.size(), kMaxNamed));
    return fmt::format("A variable. Set by {}{}", fmt::join(once.begin(), end, ", "), more_text(" ", once.size()));
  }

  const Document& document_;
  const Place& place_;
};

}  // namespace

std::optional<Hover> hover(std::string text, std::string_view filename, Position position) {
  const FoundInFile found = find_expected_definitions(std::move(text), filename);
  const auto place = find_place(found, position);
  return place ? Teller(*place).tell() : std::nullopt;
}

}  // namespace stepglass::analysis
