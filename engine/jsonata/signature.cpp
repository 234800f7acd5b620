#include "engine/jsonata/signature.h"

#include <algorithm>

#include "engine/jsonata/error.h"

// The reference turns a signature into a regular expression over the types of the arguments. Here the same is matched
// directly: each parameter takes as many arguments as it can, and gives one back when what follows does not fit.

namespace stepglass::jsonata {
namespace {

using namespace type;

// Undefined fits almost everywhere.
constexpr Types kMissing = kNothing;
constexpr Types kAnyJson = kJson | kMissing;
/// More than any signature has: what is behind does not count.
constexpr std::size_t kMaxParameters = 32;

std::uint16_t type_of_symbol(char symbol) {
  switch (symbol) {
    case 'a':
      return kArray;
    case 's':
      return kString;
    case 'n':
      return kNumber;
    case 'b':
      return kBoolean;
    case 'l':
      return kNull;
    case 'f':
      return kFunction;
    case 'o':
      return kObject;
    case 'm':
      return kMissing;
    default:
      return 0;
  }
}

std::uint16_t type_of(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::Null:
      return kNull;
    case Value::Kind::Boolean:
      return kBoolean;
    case Value::Kind::String:
      return kString;
    case Value::Kind::Array:
      return kArray;
    case Value::Kind::Object:
      return kObject;
    case Value::Kind::Opaque:
      return kFunction;
    default:
      return kNumber;
  }
}

std::uint16_t type_of(const Item& item) {
  return item ? type_of(*item) : kMissing;
}

std::string_view plural(std::string_view subtype) {
  if (subtype == "a") return "arrays";
  if (subtype == "b") return "booleans";
  if (subtype == "f") return "functions";
  if (subtype == "n") return "numbers";
  if (subtype == "o") return "objects";
  if (subtype == "s") return "strings";
  return {};
}

/// The place of the bracket that closes the one at `start`; behind the text when there is none.
std::size_t closing_bracket(std::string_view text, std::size_t start, char open, char close) {
  int depth = 1;
  std::size_t i = start;
  while (i < text.size()) {
    ++i;
    if (i == text.size()) break;
    if (text[i] == close && --depth == 0) break;
    if (text[i] == open) ++depth;
  }
  return i;
}

}  // namespace

Signature Signature::parse(std::string_view text) {
  Signature signature;
  for (std::size_t i = 1; i < text.size() && text[i] != ':'; ++i) {
    std::vector<Parameter>& parameters = signature.parameters_;
    const char symbol = text[i];
    Parameter parameter;
    switch (symbol) {
      case 's':
      case 'n':
      case 'b':
      case 'l':
      case 'o':
        parameter.types = type_of_symbol(symbol) | kMissing;
        break;
      case 'a':
        parameter.types = kAnyJson | kFunction;
        parameter.is_array = true;
        break;
      case 'f':
        parameter.types = kFunction;
        parameter.subtype = "f";
        break;
      case 'j':
        parameter.types = kAnyJson;
        break;
      case 'x':
        parameter.types = kAnyJson | kFunction;
        break;
      case '-':
        if (parameters.empty()) continue;
        parameters.back().from_context = true;
        parameters.back().context_types = parameters.back().types;
        parameters.back().optional = true;
        continue;
      case '?':
        if (!parameters.empty()) parameters.back().optional = true;
        continue;
      case '+':
        if (!parameters.empty()) parameters.back().repeats = true;
        continue;
      case '(': {
        const std::size_t end = closing_bracket(text, i, '(', ')');
        const std::string_view choice = text.substr(i + 1, end - i - 1);
        if (choice.find('<') != std::string_view::npos) {
          throw Raised{make_error("S0402", {.value = Value(choice)}, i)};
        }
        for (const char c : choice) parameter.types |= type_of_symbol(c);
        parameter.types |= kMissing;
        i = end;
        break;
      }
      case '<': {
        const bool takes_type = !parameters.empty() && (parameters.back().is_array || parameters.back().subtype == "f");
        if (!takes_type) throw Raised{make_error("S0401", {}, i)};
        const std::size_t end = closing_bracket(text, i, '<', '>');
        if (parameters.back().is_array) {
          parameters.back().subtype = text.substr(i + 1, end - i - 1);
          const std::string_view subtype = parameters.back().subtype;
          parameters.back().item_type = subtype.empty() ? 0 : type_of_symbol(subtype[0]);
        }
        i = end;
        continue;
      }
      default:
        continue;
    }
    if (parameters.size() < kMaxParameters) parameters.push_back(std::move(parameter));
  }
  return signature;
}

bool Signature::match(std::span<const std::uint16_t> symbols, std::size_t parameter, std::size_t argument,
                      std::size_t* counts) const {
  if (parameter == parameters_.size()) return argument == symbols.size();
  const Parameter& p = parameters_[parameter];
  const std::size_t least = p.optional ? 0 : 1;
  std::size_t most = argument < symbols.size() && (symbols[argument] & p.types) ? 1 : 0;
  if (p.repeats) {
    while (argument + most < symbols.size() && (symbols[argument + most] & p.types)) ++most;
  }
  for (std::size_t count = most + 1; count-- > least;) {
    counts[parameter] = count;
    if (match(symbols, parameter + 1, argument + count, counts)) return true;
  }
  return false;
}

std::size_t Signature::first_misfit(std::span<const std::uint16_t> symbols) const {
  std::size_t good = 0;
  Signature prefix;
  std::size_t counts[kMaxParameters];
  for (const Parameter& parameter : parameters_) {
    prefix.parameters_.push_back(parameter);
    bool fits = false;
    for (std::size_t size = symbols.size() + 1; size-- > 0 && !fits;) {
      if (!prefix.match(symbols.first(size), 0, 0, counts)) continue;
      fits = true;
      good = size;
    }
    if (!fits) break;
  }
  return good;
}

void Signature::raise_mismatch(std::span<const std::uint16_t> symbols, Arguments& arguments) const {
  const std::size_t good = first_misfit(symbols);
  ErrorDetails details{.index = good + 1};
  if (good < arguments.size() && arguments[good]) details.value = *arguments[good];
  throw Raised{make_error("T0410", details)};
}

std::optional<Error> Signature::certain_error(std::span<const Types> arguments) const {
  std::size_t counts[kMaxParameters];
  if (!match(arguments, 0, 0, counts)) return make_error("T0410", {.index = first_misfit(arguments) + 1});
  if (arguments.size() != parameters_.size()) return std::nullopt;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Parameter& parameter = parameters_[i];
    // What is no array becomes one, which has to be of the right items. Nothing stays nothing.
    if (!parameter.is_array || parameter.subtype.size() != 1 || parameter.repeats) continue;
    if (arguments[i] & (kArray | kMissing | parameter.item_type)) continue;
    return make_error("T0412", {.index = i + 1, .type = std::string(plural(parameter.subtype))});
  }
  return std::nullopt;
}

/// What an array parameter makes of an argument; `count` is how many arguments the parameter took.
Item Signature::as_array(const Parameter& parameter, const Item& argument, std::size_t index, std::size_t count) const {
  if (!argument) return argument;
  if (!parameter.subtype.empty()) {
    bool fits = true;
    if (!argument->is_array()) {
      fits = count == 1 && parameter.subtype.size() == 1 && type_of(argument) == parameter.item_type;
    } else if (argument->size() > 0) {
      const auto items = argument->items();
      fits = std::all_of(items.begin(), items.end(),
                         [&](const Value& item) { return type_of(item) == parameter.item_type; });
    }
    if (!fits) {
      throw Raised{make_error(
          "T0412", {.value = *argument, .index = index + 1, .type = std::string(plural(parameter.subtype))})};
    }
  }
  if (argument->is_array()) return argument;
  return Value::array({&*argument, 1});
}

void Signature::validate(Arguments& arguments, const Item& context) const {
  const std::size_t size = arguments.size();
  // Most calls have one argument of the right type for each parameter.
  if (size == parameters_.size()) {
    bool simple = true;
    for (std::size_t i = 0; i < size && simple; ++i) {
      const Parameter& parameter = parameters_[i];
      simple = (type_of(arguments[i]) & parameter.types) && !parameter.repeats;
    }
    if (simple) {
      for (std::size_t i = 0; i < size; ++i) {
        if (parameters_[i].is_array) arguments[i] = as_array(parameters_[i], arguments[i], i, 1);
      }
      return;
    }
  }
  constexpr std::size_t kFew = 16;
  std::uint16_t few[kFew];
  std::vector<std::uint16_t> many;
  if (size > kFew) many.resize(size);
  std::uint16_t* symbols = size > kFew ? many.data() : few;
  for (std::size_t i = 0; i < size; ++i) symbols[i] = type_of(arguments[i]);
  std::size_t counts[kMaxParameters];
  if (!match({symbols, size}, 0, 0, counts)) raise_mismatch({symbols, size}, arguments);
  Arguments checked;
  std::size_t next = 0;
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const Parameter& parameter = parameters_[i];
    if (counts[i] == 0) {
      if (parameter.from_context) {
        if (!(type_of(context) & parameter.context_types)) {
          ErrorDetails details{.index = next + 1};
          if (context) details.value = *context;
          throw Raised{make_error("T0411", details)};
        }
        checked.push_back(context);
      } else {
        // What stands here fits the next parameter; the reference hands it over, too.
        checked.push_back(next < size ? arguments[next] : Item());
        ++next;
      }
      continue;
    }
    for (std::size_t k = 0; k < counts[i]; ++k, ++next) {
      const Item argument = next < size ? arguments[next] : Item();
      checked.push_back(parameter.is_array ? as_array(parameter, argument, next, counts[i]) : argument);
    }
  }
  arguments.clear();
  for (std::size_t i = 0; i < checked.size(); ++i) arguments.push_back(std::move(checked[i]));
}

}  // namespace stepglass::jsonata
