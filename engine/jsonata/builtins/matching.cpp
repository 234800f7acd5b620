// The functions that look for a pattern in a text: a text, a regular expression, or a function that tells the matches.

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/jsonata/builtins/regex_value.h"
#include "engine/jsonata/builtins/text_arguments.h"
#include "engine/jsonata/builtins/utf16_places.h"
#include "engine/jsonata/function.h"
#include "engine/jsonata/function_value.h"
#include "engine/support/text.h"

namespace stepglass::jsonata {
namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

const RegexValue* as_regex(const Item& pattern) {
  if (!pattern || !is_function(*pattern)) return nullptr;
  const FunctionValue& function = as_function(*pattern);
  return function.kind == FunctionValue::Kind::Regex ? static_cast<const RegexValue*>(&function) : nullptr;
}

/// The matches that a function of the user tells: objects with match, start, end, groups and next.
class ToldMatches {
 public:
  ToldMatches(const Call& call, const Value& subject) : call_(call), subject_(subject.as_string()), places_(subject_) {}

  bool find(const Item& matcher, const Item& argument, bool falsy_passes = false) {
    if (!matcher || !is_function(*matcher)) call_.raise("T1010");
    call_.charge_steps(1);
    match_ = call_.apply(*matcher, {argument});
    if (!match_) return false;
    // null, false, 0 and "" pass for a match as long as nothing is asked of it.
    if (falsy_passes && is_falsy(*match_)) return true;
    const Value* start = member("start");
    const Value* end = member("end");
    const Value* groups = member("groups");
    const Value* next = member("next");
    const bool well_formed = (start && start->is_number()) || (end && end->is_number()) ||
                             (groups && groups->is_array()) || (next && is_function(*next));
    if (!match_->is_object() || !well_formed) call_.raise("T1010");
    return true;
  }
  bool find_next() {
    const Value* next = member("next");
    return find(next ? Item(*next) : Item(), Item());
  }

  const Value& object() const { return *match_; }
  const Value* member(std::string_view name) const { return match_->find(name); }
  std::string_view text() const {
    const Value* match = member("match");
    return match && match->is_string() ? match->as_string() : std::string_view();
  }
  /// A byte of the subject for a member that holds a place; `otherwise` when it is missing.
  std::size_t place(std::string_view name, std::size_t otherwise) {
    const Value* value = member(name);
    return value ? byte_of(value->is_number() ? value->as_double() : 0) : otherwise;
  }
  /// Behind the text of the match, counted in units from its start on.
  std::size_t behind_text() {
    const Value* start = member("start");
    call_.charge_steps(1 + text().size() / 16);
    return byte_of((start && start->is_number() ? start->as_double() : 0) +
                   static_cast<double>(count_utf16_units(text())));
  }

 private:
  static bool is_falsy(const Value& value) {
    return value.is_null() || (value.is_boolean() && !value.as_boolean()) ||
           (value.is_number() && value.as_double() == 0) || (value.is_string() && value.as_string().empty());
  }

  std::size_t byte_of(double units) {
    if (!(units >= 1)) return 0;
    if (units >= static_cast<double>(subject_.size())) return subject_.size();
    call_.charge_steps(1 + static_cast<std::uint64_t>(units) / 16);
    return places_.byte_of(static_cast<std::size_t>(units));
  }

  const Call& call_;
  const std::string_view subject_;
  Utf16Places places_;
  Item match_;
};

/// The part of `text` between two places as String.prototype.substring reads it: in either order.
std::string_view between(std::string_view text, std::size_t from, std::size_t to) {
  if (from > to) std::swap(from, to);
  return text.substr(from, to - from);
}

/// How often something may be done at most.
class Limit {
 public:
  Limit(const Call& call, std::size_t index, std::string_view code) {
    if (!call[index]) return;
    most_ = call[index]->as_double();
    if (most_ < 0) call.raise(code, {.value = *call[index], .index = index + 1});
  }
  bool allows(std::size_t count) const { return static_cast<double>(count) < most_; }
  double most() const { return most_; }

 private:
  double most_ = HUGE_VAL;
};

// ------------------------------------------------------------------------------------------------------ match

Item match(const Call& call) {
  if (!call[0]) return {};
  const Limit limit(call, 2, "D3040");
  ArrayBuilder found;
  const String match_key("match"), index_key("index"), groups_key("groups");
  const auto add = [&](const Value* text, const Value* index, const Value* groups) {
    call.charge_bytes(kObjectBytes + 3 * sizeof(Member) + sizeof(Value));
    ObjectBuilder object(3);
    if (text) object.set(match_key, *text);
    if (index) object.set(index_key, *index);
    if (groups) object.set(groups_key, *groups);
    found.add(std::move(object).build());
  };
  if (limit.allows(0)) {
    if (const RegexValue* regex = as_regex(call[1])) {
      RegexMatches matches(regex->regex, *call[0], call.evaluation());
      for (bool more = matches.find(0); more && limit.allows(found.size()); more = matches.find_next(matches.end())) {
        const Value text = matches.text_of_group(0), groups = matches.groups();
        const Value index(static_cast<std::int64_t>(matches.places().units_before(matches.begin())));
        add(&text, &index, &groups);
      }
    } else {
      ToldMatches matches(call, *call[0]);
      for (bool more = matches.find(call[1], call[0]); more && limit.allows(found.size()); more = matches.find_next()) {
        add(matches.member("match"), matches.member("start"), matches.member("groups"));
      }
    }
  }
  Value result = std::move(found).build();
  result.set_mark(mark::kSequence);
  return result;
}

// --------------------------------------------------------------------------------------------------- contains

Item contains(const Call& call) {
  if (!call[0] || !call[1]) return {};
  if (call[1]->is_string()) {
    charge_text(call, call[0]->as_string().size());
    return Value(find_text(call[0]->as_string(), call[1]->as_string()) != kNowhere);
  }
  if (const RegexValue* regex = as_regex(call[1])) {
    return Value(RegexMatches(regex->regex, *call[0], call.evaluation()).find(0));
  }
  return Value(ToldMatches(call, *call[0]).find(call[1], call[0], true));
}

// ------------------------------------------------------------------------------------------------------ split

class Parts {
 public:
  explicit Parts(const Call& call) : call_(call) {}
  void add(std::string_view part) {
    call_.charge_bytes(sizeof(Value));
    charge_string(call_, part.size());
    parts_.add(Value(part));
  }
  std::size_t size() const { return parts_.size(); }
  Value build() && { return std::move(parts_).build(); }

 private:
  const Call& call_;
  ArrayBuilder parts_;
};

void split_at_text(const Call& call, std::string_view text, std::string_view separator, double most, Parts& parts) {
  // As String.prototype.split takes its limit: a whole number of 32 bits.
  const double limit = std::isinf(most) ? most : std::fmod(std::trunc(most), 4294967296.0);
  const auto allowed = [&] { return static_cast<double>(parts.size()) < limit; };
  charge_text(call, text.size());
  if (separator.empty()) {  // into characters
    for (std::size_t i = 0; i < text.size() && allowed();) {
      const std::size_t start = i;
      next_code_point(text, i);
      parts.add(text.substr(start, i - start));
    }
    return;
  }
  std::size_t start = 0;
  while (allowed()) {
    const std::size_t at = find_text(text, separator, start);
    parts.add(text.substr(start, at == kNowhere ? kNowhere : at - start));
    if (at == kNowhere) return;
    start = at + separator.size();
  }
}

Item split(const Call& call) {
  if (!call[0]) return {};
  const Limit limit(call, 2, "D3020");
  const std::string_view text = call[0]->as_string();
  Parts parts(call);
  if (limit.allows(0)) {
    std::size_t start = 0;
    if (call[1] && call[1]->is_string()) {
      split_at_text(call, text, call[1]->as_string(), limit.most(), parts);
      return std::move(parts).build();
    }
    if (const RegexValue* regex = as_regex(call[1])) {
      RegexMatches matches(regex->regex, *call[0], call.evaluation());
      for (bool more = matches.find(0); more && limit.allows(parts.size()); more = matches.find_next(matches.end())) {
        parts.add(between(text, start, matches.begin()));
        start = matches.end();
      }
    } else {
      ToldMatches matches(call, *call[0]);
      for (bool more = matches.find(call[1], call[0]); more && limit.allows(parts.size()); more = matches.find_next()) {
        parts.add(between(text, start, matches.place("start", text.size())));
        start = matches.place("end", 0);
      }
    }
    if (limit.allows(parts.size())) parts.add(text.substr(start));
  }
  return std::move(parts).build();
}

// ---------------------------------------------------------------------------------------------------- replace

/// The text that $replace builds; charges as it grows.
class Output {
 public:
  explicit Output(const Call& call) : call_(call) { call.charge_bytes(kStringBytes); }
  void add(std::string_view text) {
    charge_text(call_, text.size());
    call_.charge_bytes(text.size());
    text_ += text;
  }
  Value build() const { return Value(text_); }

 private:
  const Call& call_;
  std::string text_;
};

/// A whole number at the start of `text`, after white space and a sign, as parseInt reads it.
std::optional<long> leading_integer(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size() && std::strchr(" \t\n\v\f\r", text[i]) && text[i] != '\0') ++i;
  const bool negative = i < text.size() && text[i] == '-';
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
  std::optional<long> value;
  for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) value = value.value_or(0) * 10 + (text[i] - '0');
  if (value && negative) value = -*value;
  return value;
}

std::size_t digits_of(long value) {
  std::size_t digits = value < 0 ? 2 : 1;
  for (value = value < 0 ? -value : value; value >= 10; value /= 10) ++digits;
  return digits;
}

/// Writes the replacement `form` for one match: $$ is a dollar, $0 the match, $n a group — with as many digits as the
/// number of groups has, or one fewer when there is no such group — and any other $ itself. `group(n)`, from 1, gives
/// the text of one of `count` groups. Source: $replace of the reference.
template <typename Group>
void add_replacement(Output& out, std::string_view form, std::string_view match, std::size_t count, Group group) {
  const std::size_t max_digits = digits_of(static_cast<long>(count));
  std::size_t at = 0;
  while (true) {
    const std::size_t dollar = form.find('$', at);
    out.add(form.substr(at, dollar == kNowhere ? kNowhere : dollar - at));
    if (dollar == kNowhere) return;
    at = dollar + 1;
    const char next = at < form.size() ? form[at] : '\0';
    if (next == '$') {
      out.add("$");
      ++at;
    } else if (next == '0') {
      out.add(match);
      ++at;
    } else {
      auto number = leading_integer(form.substr(at, max_digits));
      if (max_digits > 1 && number && *number > static_cast<long>(count)) {
        number = leading_integer(form.substr(at, max_digits - 1));
      }
      if (!number) {
        out.add("$");
        continue;
      }
      if (*number >= 1 && *number <= static_cast<long>(count)) out.add(group(static_cast<std::size_t>(*number)));
      at += digits_of(*number);
    }
  }
}

[[noreturn]] void refuse_replacement(const Call& call, const Item& replacement) {
  call.raise("D3012", replacement ? ErrorDetails{.value = *replacement} : ErrorDetails{});
}

/// What a function of the user puts in the place of a match.
void add_result(const Call& call, Output& out, const Value& object) {
  if (!call[2]) refuse_replacement(call, call[2]);
  const Item replacement = call.apply(*call[2], {Item(object)});
  if (!replacement || !replacement->is_string()) refuse_replacement(call, replacement);
  out.add(replacement->as_string());
}

Value replace_text(const Call& call, const Limit& limit) {
  const std::string_view text = call[0]->as_string(), pattern = call[1]->as_string();
  Output out(call);
  std::size_t at = 0;
  for (std::size_t count = 0; limit.allows(count); ++count) {
    const std::size_t found = find_text(text, pattern, at);
    if (found == kNowhere) break;
    if (!call[2] || !call[2]->is_string()) refuse_replacement(call, call[2]);
    out.add(text.substr(at, found - at));
    out.add(call[2]->as_string());
    at = found + pattern.size();
  }
  if (at == 0) return *call[0];
  out.add(text.substr(at));
  return out.build();
}

Value replace_regex(const Call& call, const RegexValue& regex, const Limit& limit) {
  const std::string_view text = call[0]->as_string();
  RegexMatches matches(regex.regex, *call[0], call.evaluation());
  if (!matches.find(0)) return *call[0];
  Output out(call);
  std::size_t at = 0, count = 0;
  const bool is_form = call[2] && call[2]->is_string();
  do {
    out.add(between(text, at, matches.begin()));
    if (is_form) {
      add_replacement(out, call[2]->as_string(), matches.group(0), matches.group_count(),
                      [&](std::size_t group) { return matches.group(group); });
    } else {
      add_result(call, out, matches.object(regex));
    }
    at = matches.end();
    ++count;
  } while (matches.find_next(at) && limit.allows(count));
  out.add(text.substr(at));
  return out.build();
}

Value replace_told(const Call& call, const Limit& limit) {
  const std::string_view text = call[0]->as_string();
  ToldMatches matches(call, *call[0]);
  if (!matches.find(call[1], call[0])) return *call[0];
  Output out(call);
  std::size_t at = 0, count = 0;
  do {
    out.add(between(text, at, matches.place("start", text.size())));
    if (call[2] && call[2]->is_string()) {
      const Value* groups = matches.member("groups");
      add_replacement(out, call[2]->as_string(), matches.text(), groups ? groups->size() : 0, [&](std::size_t group) {
        const Value* item = groups->at(group - 1);
        return item && item->is_string() ? item->as_string() : std::string_view();
      });
    } else {
      add_result(call, out, matches.object());
    }
    at = matches.behind_text();
    ++count;
  } while (matches.find_next() && limit.allows(count));
  out.add(text.substr(at));
  return out.build();
}

Item replace(const Call& call) {
  if (!call[0]) return {};
  const bool is_text = call[1] && call[1]->is_string();
  if (is_text && call[1]->as_string().empty()) call.raise("D3010", {.value = *call[1], .index = 2});
  const Limit limit(call, 3, "D3011");
  if (!limit.allows(0)) return call[0];
  charge_text(call, call[0]->as_string().size());
  if (is_text) return replace_text(call, limit);
  if (const RegexValue* regex = as_regex(call[1])) return replace_regex(call, *regex, limit);
  return replace_told(call, limit);
}

constexpr Function kFunctions[] = {
    {.name = "match",
     .signature = "<s-f<s:o>n?:a<o>>",
     .example = R"($match("ababbabbcc", /a(b+)/, 2))",
     .gives = R"([{"match":"ab","index":0,"groups":["b"]},{"match":"abb","index":2,"groups":["bb"]}])",
     .call = match},
    {.name = "contains",
     .signature = "<s-(sf):b>",
     .example = R"($contains("Hello World", /wo/i))",
     .gives = "true",
     .call = contains},
    {.name = "replace",
     .signature = "<s-(sf)(sf)n?:s>",
     .example = R"($replace("John Smith", /(\w+)\s(\w+)/, "$2, $1"))",
     .gives = R"("Smith, John")",
     .call = replace},
    {.name = "split",
     .signature = "<s-(sf)n?:a<s>>",
     .example = R"($split("too much,  punctuation. here", /[ ,.]+/))",
     .gives = R"(["too","much","punctuation","here"])",
     .call = split},
};

}  // namespace

std::span<const Function> matching_functions() {
  return kFunctions;
}

}  // namespace stepglass::jsonata
