// Text of a path to a program, step by step as Jayway's PathCompiler goes (json-path/JsonPath, Apache-2.0, read for its
// behaviour): which texts are paths is decided by where it looks, not by a grammar.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "engine/path/compiler.h"
#include "engine/path/java_text.h"
#include "engine/path/loose_json.h"
#include "engine/support/text.h"

namespace stepglass::path {
namespace {

std::int32_t parse_int_or_refuse(const Cursor& cursor, std::string_view text) {
  const auto value = parse_int(text);
  if (!value) {
    refuse_java(cursor, fmt::format("\"{}\" is no index", text),
                fmt::format("java.lang.NumberFormatException: For input string: \"{}\"", text));
  }
  return *value;
}

Function function_named(std::string_view name) {
  constexpr std::pair<std::string_view, Function> kFunctions[] = {
      {"avg", Function::Average},   {"stddev", Function::StandardDeviation},
      {"sum", Function::Sum},       {"min", Function::Minimum},
      {"max", Function::Maximum},   {"concat", Function::Concatenate},
      {"length", Function::Length}, {"size", Function::Length},
      {"append", Function::Append}, {"keys", Function::Keys},
      {"first", Function::First},   {"last", Function::Last},
      {"index", Function::Index},
  };
  for (const auto& [known, function] : kFunctions) {
    if (known == name) return function;
  }
  return Function::Unknown;
}

class PathCompiler {
 public:
  PathCompiler(Cursor cursor, Compilation& compilation) : path_(cursor), compilation_(compilation) {}

  std::shared_ptr<Path::Program> compile() {
    while (path_.in_bounds() && is_white_space(path_.current())) ++path_.position;
    const char root = path_.current();
    if (root != '$' && root != '@') path_.refuse("Path must start with '$' or '@'");
    program_->root = root;
    program_->from_root = root == '$';
    program_->dialect = compilation_.dialect;
    if (!path_.at_tail()) {
      ++path_.position;
      if (!path_.current_is('.') && !path_.current_is('[')) {
        path_.refuse(fmt::format("Illegal character at position {} expected '.' or '['", path_.units(path_.position)));
      }
      read_step();
      while (!path_.at_tail()) read_step();
    }
    invert_scanned_function();
    finish(*program_);
    if (inverted_) {
      for (Step& step : program_->steps) step.upstream_definite = false;
    }
    for (std::size_t i = 2; i < program_->steps.size(); ++i) {
      Step& step = program_->steps[i];
      const bool collects = step.leaf && (step.kind == Step::Kind::Name || step.kind == Step::Kind::Wildcard);
      if (collects && program_->steps[i - 2].kind == Step::Kind::Scan) {
        step.scanned_place = compilation_.scanned_places++;
      }
    }
    return program_;
  }

 private:
  using Kind = Step::Kind;

  Step& add(Kind kind) {
    if (program_->steps.size() >= kMaxDepth) {
      refuse_limit(path_, fmt::format("a path has at most {} steps", kMaxDepth));
    }
    program_->steps.emplace_back();
    program_->steps.back().kind = kind;
    return program_->steps.back();
  }

  [[noreturn, gnu::noinline]] void refuse_token(const char* expected) const {
    path_.refuse(fmt::format("Could not parse token starting at position {}{}", path_.units(path_.position), expected));
  }

  void read_step() {
    if (path_.current_is('.')) read_dots();
    switch (path_.current()) {
      case '[':
        if (!read_names() && !read_array() && !read_wildcard() && !read_filter()) {
          read_placeholder();
          refuse_token(". Expected ?, ', 0-9, * ");
        }
        break;
      case '*':
        if (!read_wildcard()) refuse_token("");
        break;
      default:
        if (!read_name_or_function()) refuse_token("");
        break;
    }
  }

  void read_dots() {
    if (path_.contains(path_.position + 1) && path_.at(path_.position + 1) == '.') {
      add(Kind::Scan);
      path_.position += 2;
    } else if (!path_.contains(path_.position + 1)) {
      path_.refuse("Path must not end with a '.");
    } else {
      ++path_.position;
    }
    if (path_.current_is('.')) {
      path_.refuse(fmt::format("Character '.' on position {} is not valid.", path_.units(path_.position)));
    }
  }

  bool read_name_or_function() {
    if (path_.current_is(' ')) return false;
    const Index start = path_.position;
    Index end = path_.length();
    bool is_function = false, escaped = false;
    for (Index i = start; path_.contains(i); ++i) {
      const char c = path_.at(i);
      if (c == '\\' && compilation_.dialect == Dialect::StepFunctions) {
        escaped = true;
        ++i;
        continue;
      }
      if (c == ' ') {
        path_.refuse(
            fmt::format("Use bracket notion ['my prop'] if your property contains blank characters. position: {}",
                        path_.units(path_.position)));
      }
      const bool opens = c == '(' && compilation_.dialect == Dialect::Jayway;  // the service knows no functions
      if (c == '.' || c == '[' || opens) {
        is_function = opens;
        end = i;
        break;
      }
    }
    // In Java an end of 0 means that none was found; a name that starts the text does not occur, $ stands before it.
    const std::string_view name = path_.slice(start, end);
    if (!is_function) {
      path_.position = end;
      Step& step = add(Kind::Name);
      step.name = String(escaped ? without_backslashes(name) : std::string(name));
      return true;
    }
    check_closed(name, end);
    std::vector<Argument> arguments;
    bool has_arguments = false;
    // Behind f() the place is the closing parenthesis: if the path goes on, a step named ")" follows. So does Jayway.
    path_.position = end + 1;
    if (path_.at(end + 1) != ')') {
      arguments = read_arguments(name);
      has_arguments = !arguments.empty();
    }
    Step& step = add(Kind::Function);
    step.name = String(name);
    step.function = function_named(name);
    step.arguments = std::move(arguments);
    step.has_arguments = has_arguments;
    return true;
  }

  static std::string without_backslashes(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\\' && i + 1 < text.size()) ++i;
      out += text[i];
    }
    return out;
  }

  void check_closed(std::string_view name, Index open) const {
    Index count = 1;
    for (Index i = open + 1; i < path_.length() && count != 0; ++i) {
      if (path_.at(i) == ')') --count;
      if (path_.at(i) == '(') ++count;
    }
    if (count != 0) refuse_unclosed(name);
  }

  [[noreturn]] void refuse_unclosed(std::string_view name) const {
    path_.refuse(fmt::format("Arguments to function: '{}' are not closed properly.", name));
  }

  /// Cuts the arguments apart as Jayway's own little tokenizer does: by counting brackets, braces, parentheses and
  /// double quotes; an argument that starts with none of { digit " - $ @ is dropped up to where one of these stands.
  [[gnu::noinline]] std::vector<Argument> read_arguments(std::string_view name) {
    const Level level(compilation_, path_);
    std::vector<Argument> arguments;
    Index parens = 1, brackets = 0, braces = 0, quotes = 0;
    bool done = false;
    enum class Type { None, Json, Path } type = Type::None;
    std::string argument;
    const std::size_t offset = path_.offset_of(path_.position);
    char before = 0;
    while (path_.in_bounds() && !done) {
      const char c = path_.current();
      ++path_.position;
      if (type == Type::None) {
        if (is_white_space(c)) continue;
        if (c == '{' || is_digit(c) || c == '"' || c == '-') {
          type = Type::Json;
        } else if (c == '$' || c == '@') {
          type = Type::Path;
        }
      }
      bool ends = false;
      switch (c) {
        case '"':
          quotes += before != '\\' && quotes > 0 ? -1 : 1;
          break;
        case '(':
          ++parens;
          break;
        case '{':
          ++braces;
          break;
        case '[':
          ++brackets;
          break;
        case '}':
          if (braces-- == 0) {
            path_.refuse(
                fmt::format("Unexpected close brace '}}' at character position: {}", path_.units(path_.position)));
          }
          break;
        case ']':
          if (brackets-- == 0) {
            path_.refuse(
                fmt::format("Unexpected close bracket ']' at character position: {}", path_.units(path_.position)));
          }
          break;
        case ')':
          --parens;
          if (parens < 0 || before == '(') argument += c;
          ends = true;
          break;
        case ',':
          ends = true;
          break;
        case '\\': {
          const char next = path_.current();
          if (quotes == 1 && (next == ',' || next == '"')) {
            argument += next;
            ++path_.position;
            before = 0;
            continue;
          }
          break;
        }
        default:
          break;
      }
      if (ends && quotes == 0 && braces == 0 && brackets == 0 && ((parens == 0 && c == ')') || parens == 1)) {
        done = parens == 0;
        if (type != Type::None) {
          arguments.push_back(type == Type::Json ? json_argument(argument) : path_argument(argument, offset));
          argument.clear();
          type = Type::None;
        }
      }
      if (type != Type::None && !(c == ',' && braces == 0 && brackets == 0 && parens == 1)) argument += c;
      before = c;
    }
    if (braces != 0 || parens != 0 || brackets != 0) refuse_unclosed(name);
    return arguments;
  }

  static Argument json_argument(std::string_view text) {
    Argument argument;
    argument.json = read_leading_json(text);
    return argument;
  }

  [[gnu::noinline]] Argument path_argument(const std::string& text, std::size_t offset) {
    Argument argument;
    argument.path = PathCompiler(Cursor(text, offset), compilation_).compile();
    // length() counts the children of what its first argument selects.
    if (!argument.path->steps.empty() && argument.path->steps.back().kind != Kind::Function) {
      auto children = std::make_shared<Path::Program>(*argument.path);
      children->steps.emplace_back();
      children->steps.back().kind = Kind::Wildcard;
      const bool definite = children->definite;
      finish(*children);
      children->definite = definite;  // Jayway asked before it put the [*] behind
      argument.children = std::move(children);
    } else {
      argument.children = argument.path;
    }
    return argument;
  }

  /// [?] and [?, ?] take filters from the caller in Java; there are none here.
  void read_placeholder() const {
    const Index mark = path_.index_of_next_significant(path_.position, '?');
    if (mark == -1) return;
    const char next = path_.next_significant_char(mark);
    if (next != ']' && next != ',') return;
    const Index begin = path_.position + 1;
    const Index end = path_.next_index_of(begin, ']');
    if (end == -1) return;
    path_.refuse(fmt::format("Not enough predicates supplied for filter [{}] at position {}", path_.slice(begin, end),
                             path_.units(path_.position)));
  }

  bool read_filter() {
    const Index mark = path_.index_of_next_significant(path_.position, '?');
    if (mark == -1) return false;
    const Index open = path_.index_of_next_significant(mark, '(');
    if (open == -1) return false;
    const Index close = path_.index_of_matching_close(open, '(', ')', true);
    if (close == -1 || !path_.next_significant_is(close, ']')) return false;
    const Index end = path_.index_of_next_significant(close, ']');
    std::shared_ptr<const Expression> filter =
        compile_filter(path_.slice(path_.position, end + 1), path_.offset_of(path_.position), compilation_);
    add(Kind::Filter).filter = std::move(filter);
    path_.position = end + 1;
    return true;
  }

  bool read_wildcard() {
    const bool bracket = path_.current_is('[');
    if (bracket && !path_.next_significant_is(path_.position, '*')) return false;
    if (bracket) {
      const Index star = path_.index_of_next_significant(path_.position, '*');
      if (!path_.next_significant_is(star, ']')) {
        path_.refuse(fmt::format("Expected wildcard token to end with ']' on position {}", path_.units(star + 1)));
      }
      path_.position = path_.index_of_next_significant(star, ']') + 1;
    } else {
      ++path_.position;
    }
    add(Kind::Wildcard);
    return true;
  }

  bool read_array() {
    const char next = path_.next_significant_char(path_.position);
    if (!is_digit(next) && next != '-' && next != ':') return false;
    const Index begin = path_.position + 1;
    const Index end = path_.next_index_of(begin, ']');
    if (end == -1) return false;
    const std::string_view text = trimmed(path_.slice(begin, end));
    for (const char c : text) {
      if (!is_digit(c) && c != ',' && c != '-' && c != ':' && c != ' ') return false;
    }
    if (text.find(':') != std::string_view::npos) {
      read_slice(text);
    } else {
      read_indexes(text);
    }
    path_.position = end + 1;
    return true;
  }

  void read_slice(std::string_view text) {
    const auto refuse = [&] { path_.refuse(fmt::format("Failed to parse SliceOperation: {}", text)); };
    if (text.find_first_not_of("0123456789-:") != std::string_view::npos) refuse();
    // [a:b:c] is [a:b]: what stands behind a second colon is not looked at.
    const std::size_t colon = text.find(':');
    const std::string_view from = text.substr(0, colon);
    std::string_view to = text.substr(colon + 1);
    to = to.substr(0, to.find(':'));
    if (from.empty() && to.empty()) refuse();
    Step step;
    step.kind = Kind::Slice;
    step.has_from = !from.empty();
    step.has_to = !to.empty();
    if (step.has_from) step.index = parse_int_or_refuse(path_, from);
    if (step.has_to) step.to = parse_int_or_refuse(path_, to);
    add(Kind::Slice) = std::move(step);
  }

  void read_indexes(std::string_view text) {
    std::vector<std::int32_t> indexes;
    while (true) {
      const std::size_t comma = text.find(',');
      const std::string_view index = trimmed(text.substr(0, comma));
      const auto value = parse_int(index);
      if (!value) path_.refuse(fmt::format("Failed to parse token in ArrayIndexOperation: {}", index));
      indexes.push_back(*value);
      if (comma == std::string_view::npos) break;
      text.remove_prefix(comma + 1);
    }
    Step& step = add(indexes.size() == 1 ? Kind::Index : Kind::Indexes);
    step.index = indexes[0];
    step.indexes = std::move(indexes);
  }

  /// A name between quotes. The service takes a backslash away only before a quote like those around the name: the key
  /// that $['Test\""Name"'] finds has a backslash in it (recorded).
  std::string name_in_quotes(std::string_view text, char quote) const {
    if (compilation_.dialect == Dialect::Jayway) return unescape_or_refuse(path_, text);
    std::string name;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == quote) ++i;
      name += text[i];
    }
    return name;
  }

  bool read_names() {
    const char quote = path_.next_significant_char(path_.position);
    if (quote != '\'' && quote != '"') return false;
    std::vector<String> names;
    Index start = path_.position + 1;
    Index end = 0;
    bool inside = false, last_was_comma = false;
    for (Index i = start; path_.contains(i); ++i) {
      const char c = path_.at(i);
      const auto empty = [&] { path_.refuse(fmt::format("Found empty property at index {}", path_.units(i)), i); };
      if (c == '\\') {
        ++i;
      } else if (c == ']' && !inside) {
        if (last_was_comma) empty();
        break;
      } else if (c == quote) {
        if (inside) {
          const char next = path_.next_significant_char(i);
          if (next != ']' && next != ',') {
            path_.refuse(fmt::format("Property must be separated by comma or Property must be terminated close square "
                                     "bracket at index {}",
                                     path_.units(i)),
                         i);
          }
          end = i;
          names.emplace_back(name_in_quotes(path_.slice(start, end), quote));
          inside = false;
        } else {
          start = i + 1;
          inside = true;
          last_was_comma = false;
        }
      } else if (c == ',' && !inside) {
        if (last_was_comma) empty();
        last_was_comma = true;
      }
    }
    if (inside) path_.refuse(fmt::format("Property has not been closed - missing closing {}", quote));
    const Index close = path_.index_of_next_significant(end, ']');
    if (close == -1) path_.refuse("Property has not been closed - missing closing ]");
    path_.position = close + 1;
    if (names.empty()) path_.refuse("Empty properties");
    Step& step = add(names.size() == 1 ? Kind::Name : Kind::Names);
    step.quote = quote;
    step.name = names[0];
    if (names.size() > 1) step.names = std::move(names);
    return true;
  }

  /// $..a.length() is taken as $.length($..a): a function behind a scan at the start gets all that was found.
  void invert_scanned_function() {
    auto& steps = program_->steps;
    if (steps.empty() || steps[0].kind != Kind::Scan || steps.back().kind != Kind::Function) return;
    std::size_t function = 0;
    while (steps[function].kind != Kind::Function) ++function;
    auto scanned = std::make_shared<Path::Program>();
    scanned->root = program_->root;
    scanned->dialect = program_->dialect;
    scanned->steps.assign(std::make_move_iterator(steps.begin()),
                          std::make_move_iterator(steps.begin() + static_cast<Index>(function)));
    finish(*scanned);
    Argument argument;
    auto children = std::make_shared<Path::Program>(*scanned);
    children->steps.emplace_back();
    children->steps.back().kind = Kind::Wildcard;
    finish(*children);
    argument.path = std::move(scanned);
    argument.children = std::move(children);
    steps.erase(steps.begin(), steps.begin() + static_cast<Index>(function));
    steps[0].arguments.clear();
    steps[0].arguments.push_back(std::move(argument));
    program_->root = '$';
    inverted_ = true;
  }

  Cursor path_;
  bool inverted_ = false;
  Compilation& compilation_;
  std::shared_ptr<Path::Program> program_ = std::make_shared<Path::Program>();
};

}  // namespace

std::string unescape_or_refuse(const Cursor& cursor, std::string_view text) {
  std::string out, bad;
  if (!unescape(text, out, bad)) {
    refuse_java(cursor, fmt::format("\\u is followed by \"{}\", which is no number of four digits", bad),
                fmt::format("com.jayway.jsonpath.JsonPathException: Unable to parse unicode value: {}", bad));
  }
  return out;
}

std::shared_ptr<Path::Program> compile_path(std::string_view text, std::size_t offset, Compilation& compilation) {
  try {
    Cursor cursor(text, offset);
    cursor.trim();
    std::string rooted;
    const char first = cursor.at(0);
    if (first != '$' && first != '@') {
      rooted = "$." + std::string(text);
      cursor = Cursor(rooted, offset);
      cursor.trim();
    }
    if (cursor.last() == '.') cursor.refuse("Path must not end with a '.' or '..'", cursor.length());
    return PathCompiler(cursor, compilation).compile();
  } catch (Refusal& refusal) {
    if (refusal.kind == Refusal::Kind::Unforeseen) refusal.kind = Refusal::Kind::InvalidPath;
    throw;
  }
}

Result<std::shared_ptr<const Path::Program>, SyntaxError> compile(std::string_view text, Dialect dialect) {
  Compilation compilation;
  compilation.dialect = dialect;
  try {
    std::shared_ptr<Path::Program> program = compile_path(text, 0, compilation);
    program->scanned_places = compilation.scanned_places;
    program->caches = compilation.caches;
    return ProgramPtr(std::move(program));
  } catch (const Refusal& refusal) {
    return SyntaxError{refusal.message, std::min(refusal.offset, text.size()), refusal.java};
  }
}

}  // namespace stepglass::path
