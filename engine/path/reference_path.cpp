#include "engine/path/reference_path.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/path/program.h"
#include "engine/support/limits.h"
#include "engine/support/match.h"
#include "engine/support/number.h"
#include "engine/support/text.h"

namespace stepglass::path {
namespace {

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  /// The steps; nothing, with error() set, when there are none.
  std::optional<std::vector<ReferencePath::Step>> parse() {
    if (!text_.starts_with('$')) return fail("a Reference Path starts with $");
    if (text_.starts_with("$$")) return fail("a Reference Path cannot start from the context object");
    at_ = 1;
    if (at_ < text_.size() && text_[at_] != '.' && text_[at_] != '[') {
      return fail("behind $ a Reference Path goes on with .name, ['name'] or [index]");
    }
    std::vector<ReferencePath::Step> steps;
    while (at_ < text_.size()) {
      if (steps.size() == kMaxDepth) return fail(fmt::format("a path has at most {} steps", kMaxDepth));
      std::optional<ReferencePath::Step> step;
      if (text_[at_] == '.') {
        ++at_;
        if (at_ < text_.size() && text_[at_] == '.') return fail("\"..\" selects several values");
        step = at_ < text_.size() && text_[at_] == '[' ? bracket() : dotted_name();
      } else if (text_[at_] == '[') {
        step = bracket();
      } else {
        return fail("a step starts with . or [");
      }
      if (!step) return std::nullopt;
      steps.push_back(*std::move(step));
    }
    return steps;
  }

  const SyntaxError& error() const { return error_; }

 private:
  std::nullopt_t fail(std::string message) {
    error_ = {std::move(message), at_};
    return std::nullopt;
  }

  std::optional<ReferencePath::Step> dotted_name() {
    std::string name;
    while (at_ < text_.size() && text_[at_] != '.' && text_[at_] != '[') {
      char c = text_[at_];
      if (c == '\\' && at_ + 1 < text_.size()) {
        c = text_[++at_];
      } else if (std::string_view("@,:?*").find(c) != std::string_view::npos) {
        return fail(fmt::format("\"{}\" cannot stand in a Reference Path", c));
      } else if (std::string_view(" ()]'\"\\").find(c) != std::string_view::npos ||
                 static_cast<unsigned char>(c) < 0x20) {
        return fail("a name with this character stands in brackets: ['…']");
      }
      name += c;
      ++at_;
    }
    if (name.empty()) return fail("a name is missing behind the dot");
    return String(name);
  }

  std::optional<ReferencePath::Step> bracket() {
    const std::size_t open = at_++;
    skip_blanks();
    std::optional<ReferencePath::Step> step;
    const char quote = at_ < text_.size() ? text_[at_] : '\0';
    if (quote == '\'' || quote == '"') {
      ++at_;
      std::string name;
      while (at_ < text_.size() && text_[at_] != quote) {
        // A backslash is one, except before the quote. See Dialect::StepFunctions.
        if (text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] == quote) ++at_;
        name += text_[at_++];
      }
      if (at_ == text_.size()) return fail("the name in brackets is not closed");
      ++at_;
      step = String(name);
    } else {
      const std::size_t end = std::min(text_.find_first_of("] ", at_), text_.size());
      const auto index = parse_integer(text_.substr(at_, end - at_));
      if (!index || *index < INT32_MIN || *index > INT32_MAX) {
        return fail("in brackets stands a name in quotes or the index of one item");
      }
      at_ = end;
      step = *index;
    }
    skip_blanks();
    if (at_ == text_.size() || text_[at_] != ']') {
      if (at_ == text_.size()) at_ = open;
      return fail(at_ == open ? "the bracket is not closed" : "in brackets stands one name or one index");
    }
    ++at_;
    return step;
  }

  void skip_blanks() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  SyntaxError error_;
};

}  // namespace

Result<ReferencePath, SyntaxError> ReferencePath::parse(std::string_view text) {
  Parser parser(text);
  auto steps = parser.parse();
  if (!steps) return parser.error();
  auto program = std::make_shared<Path::Program>();
  program->dialect = Dialect::StepFunctions;
  for (const Step& step : *steps) {
    program->steps.emplace_back();
    auto& compiled = program->steps.back();
    match(
        step,
        [&](const String& name) {
          compiled.kind = stepglass::path::Step::Kind::Name;
          compiled.name = name;
        },
        [&](std::int64_t index) {
          compiled.kind = stepglass::path::Step::Kind::Index;
          compiled.index = static_cast<std::int32_t>(index);
          compiled.indexes = {compiled.index};
        });
  }
  finish(*program);
  return ReferencePath(std::string(text), *std::move(steps), Path(std::move(program)));
}

Result<Value, Failure> with_value_at(const ReferencePath& path, const Value& root, Value value) {
  const auto mismatch = [&] {
    return Failure{"States.ResultPathMatchFailure",
                   fmt::format("Unable to apply ReferencePath {} to the input", path.text())};
  };
  // Down to the last step that is there, then up again with changed copies.
  std::vector<const Value*> down;
  down.reserve(path.steps().size());
  const Value* at = &root;
  for (const ReferencePath::Step& step : path.steps()) {
    down.push_back(at);
    if (!at) {
      if (std::holds_alternative<std::int64_t>(step)) return mismatch();
      continue;  // an object will be made here
    }
    if (const String* name = std::get_if<String>(&step)) {
      if (!at->is_object()) return mismatch();
      at = at->find(*name);
    } else {
      if (!at->is_array()) return mismatch();
      std::int64_t index = std::get<std::int64_t>(step);
      if (index < 0) index += static_cast<std::int64_t>(at->size());
      at = index < 0 ? nullptr : at->at(static_cast<std::size_t>(index));
      if (!at) return mismatch();
    }
  }
  for (std::size_t i = path.steps().size(); i-- > 0;) {
    const Value* parent = down[i];
    if (const String* name = std::get_if<String>(&path.steps()[i])) {
      if (parent) {
        value = parent->with_member(*name, std::move(value));
      } else {
        ObjectBuilder object;
        object.set(*name, std::move(value));
        value = std::move(object).build();
      }
    } else {
      std::int64_t index = std::get<std::int64_t>(path.steps()[i]);
      if (index < 0) index += static_cast<std::int64_t>(parent->size());
      value = parent->with_item(static_cast<std::size_t>(index), std::move(value));
    }
  }
  if (value.depth() > kMaxValueDepth) {
    return Failure{"States.Runtime", fmt::format("The value that ResultPath {} makes nests more than {} levels deep",
                                                 path.text(), kMaxValueDepth)};
  }
  return value;
}

}  // namespace stepglass::path
