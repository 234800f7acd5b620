#include "analysis/diff/diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "analysis/diff/align.h"
#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

using Side = std::optional<Node>;

bool is_same(const Node& a, const Node& b) { return a.kind() == b.kind() && a.value() == b.value(); }

Side member(const Side& object, std::string_view key) {
  return object && object->is_object() ? object->find(key) : std::nullopt;
}

/// What two objects hold under a key, of which they have one at least.
struct MemberPair {
  std::string_view key;
  Side before, after;
};

/// Each key once: those of `after` in its order, then those that only `before` has. Of equal keys of one object the last
/// counts.
std::vector<MemberPair> members_of(const Side& before, const Side& after) {
  std::vector<MemberPair> pairs;
  std::map<std::string_view, std::size_t> places;
  for (const auto& [object, side] : {std::pair(&after, &MemberPair::after), std::pair(&before, &MemberPair::before)}) {
    if (!*object || !(*object)->is_object()) continue;
    for (Side child = (*object)->first_child(); child; child = child->next_sibling()) {
      const auto [place, is_new] = places.emplace(child->key(), pairs.size());
      if (is_new) pairs.push_back({child->key(), {}, {}});
      pairs[place->second].*side = child;
    }
  }
  return pairs;
}

bool holds_scalars(const Node& list) {
  for (Side item = list.first_child(); item; item = item->next_sibling()) {
    if (item->is_object() || item->is_array()) return false;
  }
  return true;
}

void append_canonical(std::string& out, const Value& value);

/// In the order of the keys, without those that `leaves_out` names.
template <typename Append>
void append_members(std::string& out, const Value& object, std::initializer_list<std::string_view> leaves_out, Append append) {
  std::map<std::string_view, const Value*> sorted;
  for (const Member& one : object.members()) sorted.insert_or_assign(one.key.view(), &one.value);
  out += '{';
  for (const auto& [key, value] : sorted) {
    if (std::find(leaves_out.begin(), leaves_out.end(), key) != leaves_out.end()) continue;
    append_json_string(out, key);
    append(key, *value);
    out += ',';
  }
  out += '}';
}

/// The same text for values that are the same: the order of members and 1 or 1.0 make no difference.
void append_canonical(std::string& out, const Value& value) {
  if (value.is_object()) {
    append_members(out, value, {}, [&](std::string_view, const Value& one) { append_canonical(out, one); });
  } else if (value.is_array()) {
    out += '[';
    for (const Value& item : value.items()) {
      append_canonical(out, item);
      out += ',';
    }
    out += ']';
  } else {
    append_json(out, value, NumberStyle::ECMAScript);
  }
}

/// What a state is, whatever comes next.
std::string content_of(const Node& state) {
  const Value value = state.value();
  std::string out;
  if (!value.is_object()) {
    append_canonical(out, value);
    return out;
  }
  append_members(out, value, {"Next", "Default"}, [&](std::string_view key, const Value& one) {
    if ((key != "Choices" && key != "Catch") || !one.is_array()) {
      append_canonical(out, one);
      return;
    }
    for (const Value& way : one.items()) {
      if (way.is_object()) {
        append_members(out, way, {"Next"}, [&](std::string_view, const Value& part) { append_canonical(out, part); });
      } else {
        append_canonical(out, way);
      }
    }
  });
  return out;
}

/// Whether `state` says nothing but its type and what comes next, so that many are like it.
bool is_plain(const Node& state) {
  if (!state.is_object()) return true;
  for (Side child = state.first_child(); child; child = child->next_sibling()) {
    const std::string_view key = child->key();
    if (key != "Type" && key != "Next" && key != "End" && key != "Default" && key != "Comment") return false;
  }
  return true;
}

/// Calls `visit` with the names that two states, or scopes, lead to at the same place.
template <typename Visit>
void for_each_target(const Side& before, const Side& after, Visit visit) {
  const auto meet = [&](const Side& old_name, const Side& new_name) {
    if (old_name && new_name && old_name->is_string() && new_name->is_string()) visit(old_name->text(), new_name->text());
  };
  for (const std::string_view key : {"StartAt", "Next", "Default"}) meet(member(before, key), member(after, key));
  for (const std::string_view key : {"Choices", "Catch"}) {
    const Side olds = member(before, key);
    const Side news = member(after, key);
    if (!olds || !news || !olds->is_array() || !news->is_array()) continue;
    for (Side a = olds->first_child(), b = news->first_child(); a && b; a = a->next_sibling(), b = b->next_sibling()) {
      meet(member(a, "Next"), member(b, "Next"));
    }
  }
}

/// Which states of a scope are the same under another name.
class Renames {
 public:
  Renames(const Side& old_scope, const Side& new_scope, const std::vector<MemberPair>& states) {
    for (const MemberPair& pair : states) {
      if (!pair.before) added_.emplace(pair.key, *pair.after);
      if (!pair.after) removed_.emplace(pair.key, *pair.before);
    }
    if (removed_.empty() || added_.empty()) return;
    follow(old_scope, new_scope);
    for (const MemberPair& pair : states) {
      if (pair.before && pair.after) follow(pair.before, pair.after);
    }
    match_led_to();
    match_content(states);
  }

  /// The removed state that `name`, an added one, is.
  Side former(std::string_view name) const {
    const auto found = former_.find(name);
    return found == former_.end() ? std::nullopt : Side(removed_.at(found->second));
  }
  /// Whether `name`, a removed one, is called otherwise now.
  bool has_later(std::string_view name) const { return later_.contains(name); }

 private:
  using Names = std::map<std::string_view, std::string_view>;

  const std::string& content(const Node& state) {
    const auto [place, is_new] = contents_.emplace(std::pair(removed_.contains(state.key()), state.key()), "");
    if (is_new) place->second = content_of(state);
    return place->second;
  }

  /// What led to the one leads to the other.
  void follow(const Side& before, const Side& after) {
    for_each_target(before, after, [&](std::string_view old_name, std::string_view new_name) {
      if (removed_.contains(old_name) && added_.contains(new_name)) led_to_.emplace_back(old_name, new_name);
    });
  }

  void match_led_to() {
    while (!led_to_.empty()) {
      const auto [old_name, new_name] = led_to_.back();
      led_to_.pop_back();
      match(old_name, new_name);
    }
  }

  void match(std::string_view old_name, std::string_view new_name) {
    if (later_.contains(old_name) || former_.contains(new_name)) return;
    const Node& before = removed_.at(old_name);
    const Node& after = added_.at(new_name);
    if (content(before) != content(after)) return;
    later_.emplace(old_name, new_name);
    former_.emplace(new_name, old_name);
    follow(before, after);
  }

  void match_content(const std::vector<MemberPair>& states) {
    std::multimap<std::string_view, std::string_view> by_content;
    for (const MemberPair& pair : states) {
      if (pair.after || later_.contains(pair.key) || is_plain(*pair.before)) continue;
      by_content.emplace(content(*pair.before), pair.key);
    }
    for (const MemberPair& pair : states) {
      if (pair.before || former_.contains(pair.key) || is_plain(*pair.after)) continue;
      const auto found = by_content.find(content(*pair.after));
      if (found == by_content.end()) continue;
      const std::string_view old_name = found->second;
      by_content.erase(found);
      match(old_name, pair.key);
      match_led_to();
    }
  }

  std::map<std::string_view, Node> removed_, added_;
  std::map<std::pair<bool, std::string_view>, std::string> contents_;
  std::vector<std::pair<std::string_view, std::string_view>> led_to_;
  Names former_, later_;
};

/// The name of a field, built up and taken down again on the way through a value.
class FieldName {
 public:
  class Step {
   public:
    Step(std::string& text, std::size_t size) : text_(text), size_(size) {}
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;
    ~Step() { text_.resize(size_); }

   private:
    std::string& text_;
    std::size_t size_;
  };

  [[nodiscard]] Step member(std::string_view key) {
    const std::size_t size = text_.size();
    const bool is_word = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '$';
    });
    // Of what JSONPath computes, "Payload.$", everybody writes the dot.
    const bool is_computed = key.size() > 2 && key.ends_with(".$") && key.find('.') == key.size() - 2;
    if (is_word || is_computed) {
      if (!text_.empty()) text_ += '.';
      text_ += key;
    } else {
      text_ += '[';
      append_json_string(text_, key);
      text_ += ']';
    }
    return Step(text_, size);
  }
  [[nodiscard]] Step item(std::size_t index) {
    const std::size_t size = text_.size();
    text_ += fmt::format("[{}]", index);
    return Step(text_, size);
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

class Comparison {
 public:
  MachineDiff compare_roots(const Side& before, const Side& after) {
    FieldName field;
    if (before && after && before->is_object() && after->is_object()) {
      scope(field, before, after, out_.machine);
      states(before, after);
    } else {
      compare(field, before, after, out_.machine);
    }
    return std::move(out_);
  }

 private:
  /// Whether a change of `bytes` is told; else it is counted.
  bool takes(std::size_t bytes) {
    if (changes_ >= kMaxDiffChanges || bytes > kMaxDiffBytes - bytes_) {
      ++out_.left_out;
      return false;
    }
    ++changes_;
    bytes_ += bytes;
    return true;
  }

  void tell(std::vector<FieldChange>& out, std::string_view field, std::string before, std::string after) {
    if (takes(field.size() + before.size() + after.size())) {
      out.push_back({std::string(field), std::move(before), std::move(after)});
    }
  }

  void compare(FieldName& field, const Side& before, const Side& after, std::vector<FieldChange>& out) {
    if (!before && !after) return;
    if (before && after) {
      if (before->is_object() && after->is_object()) {
        for (const MemberPair& pair : members_of(before, after)) {
          const auto step = field.member(pair.key);
          compare(field, pair.before, pair.after, out);
        }
        return;
      }
      // Of short words, such as names of errors, all are shown.
      if (before->is_array() && after->is_array() && !(holds_scalars(*before) && holds_scalars(*after))) {
        compare_lists(field, before->children(), after->children(), out);
        return;
      }
      if (is_same(*before, *after)) return;
    }
    const auto json_of = [](const Side& side) { return side ? to_json(side->value()) : std::string(); };
    tell(out, field.text(), json_of(before), json_of(after));
  }

  void compare_lists(FieldName& field, const std::vector<Node>& olds, const std::vector<Node>& news,
                     std::vector<FieldChange>& out) {
    for (const auto& [i, j] : align(olds.size(), news.size(), [&](auto a, auto b) { return is_same(olds[a], news[b]); })) {
      const auto step = field.item(j ? *j : *i);
      compare(field, i ? Side(olds[*i]) : Side(), j ? Side(news[*j]) : Side(), out);
    }
  }

  static Side states_of(const Side& scope) {
    const Side states = member(scope, "States");
    return states && states->is_object() ? states : std::nullopt;
  }

  /// What stands beside the states of a machine, a branch or a processor.
  void scope(FieldName& field, const Side& before, const Side& after, std::vector<FieldChange>& fields) {
    for (const MemberPair& pair : members_of(before, after)) {
      // States are told one by one.
      if (pair.key == "States" && (!pair.before || pair.before->is_object()) && (!pair.after || pair.after->is_object())) continue;
      const auto step = field.member(pair.key);
      compare(field, pair.before, pair.after, fields);
    }
  }

  /// Those of two scopes; what is no object is told as a field of the scope.
  void states(const Side& old_scope, const Side& new_scope) {
    const Side before = states_of(old_scope);
    const Side after = states_of(new_scope);
    if ((!before && member(old_scope, "States")) || (!after && member(new_scope, "States"))) return;
    const std::vector<MemberPair> pairs = members_of(before, after);
    const Renames renames(old_scope, new_scope, pairs);
    for (const MemberPair& pair : pairs) {
      if (pair.before && pair.after) {
        changed(*pair.before, *pair.after);
      } else if (pair.after) {
        if (const Side former = renames.former(pair.key)) {
          changed(*former, *pair.after);
        } else {
          report(StateChange::Kind::Added, *pair.after);
        }
      } else if (!renames.has_later(pair.key)) {
        report(StateChange::Kind::Removed, *pair.before);
      }
    }
  }

  void report(StateChange::Kind kind, const Node& state, std::vector<FieldChange> fields = {}, std::string_view former = {}) {
    StateChange change;
    change.kind = kind;
    change.name = state.key();
    change.former_name = former;
    if (const Side type = member(state, "Type"); type && type->is_string()) change.type = type->text();
    change.inside = inside_;
    change.pointer = state.pointer();
    change.fields = std::move(fields);
    std::size_t bytes = change.name.size() + former.size() + change.type.size() + change.pointer.size();
    for (const std::string& name : inside_) bytes += name.size();
    if (takes(bytes)) out_.states.push_back(std::move(change));
  }

  /// Of a state that is on both sides, perhaps under another name.
  void changed(const Node& before, const Node& after) {
    std::vector<FieldChange> fields;
    std::vector<std::pair<Side, Side>> inner;
    FieldName field;
    if (before.is_object() && after.is_object()) {
      const Side old_processor = processor_of(before);
      const Side new_processor = processor_of(after);
      for (const MemberPair& pair : members_of(before, after)) {
        if ((pair.before && pair.before == old_processor) || (pair.after && pair.after == new_processor)) continue;
        const auto step = field.member(pair.key);
        if (pair.key == "Branches" && is_list_or_none(pair.before) && is_list_or_none(pair.after)) {
          branches(field, pair.before, pair.after, fields, inner);
        } else {
          compare(field, pair.before, pair.after, fields);
        }
      }
      processor(field, old_processor, new_processor, fields);
      inner.emplace_back(old_processor, new_processor);
    } else {
      compare(field, before, after, fields);
    }
    const bool is_renamed = before.key() != after.key();
    if (is_renamed) {
      report(StateChange::Kind::Renamed, after, std::move(fields), before.key());
    } else if (!fields.empty()) {
      report(StateChange::Kind::Changed, after, std::move(fields));
    }
    inside_.emplace_back(after.key());
    for (const auto& [old_scope, new_scope] : inner) states(old_scope, new_scope);
    inside_.pop_back();
  }

  static bool is_list_or_none(const Side& side) { return !side || side->is_array(); }

  static Side processor_of(const Node& state) {
    for (const std::string_view name : {"ItemProcessor", "Iterator"}) {
      if (const Side found = state.find(name); found && found->is_object()) return found;
    }
    return std::nullopt;
  }

  void processor(FieldName& field, const Side& before, const Side& after, std::vector<FieldChange>& fields) {
    if (!before && !after) return;
    const std::string_view name = (after ? after : before)->key();
    if (before && after && before->key() != name) {
      tell(fields, kProcessorName, fmt::format("\"{}\"", before->key()), fmt::format("\"{}\"", name));
    }
    const auto step = field.member(name);
    scope(field, before, after, fields);
  }

  void branches(FieldName& field, const Side& before, const Side& after, std::vector<FieldChange>& fields,
                std::vector<std::pair<Side, Side>>& inner) {
    const std::vector<Node> olds = before ? before->children() : std::vector<Node>();
    const std::vector<Node> news = after ? after->children() : std::vector<Node>();
    if (olds.size() != news.size()) {
      tell(fields, kBranchCount, fmt::format("{}", olds.size()), fmt::format("{}", news.size()));
    }
    for (const auto& [i, j] : align(olds.size(), news.size(), [&](auto a, auto b) { return is_same(olds[a], news[b]); })) {
      const Side old_branch = i ? Side(olds[*i]) : Side();
      const Side new_branch = j ? Side(news[*j]) : Side();
      const auto step = field.item(j ? *j : *i);
      if ((old_branch && !old_branch->is_object()) || (new_branch && !new_branch->is_object())) {
        compare(field, old_branch, new_branch, fields);
        continue;
      }
      // Of a branch that stands alone its states say enough.
      if (old_branch && new_branch) scope(field, old_branch, new_branch, fields);
      inner.emplace_back(old_branch, new_branch);
    }
  }

  MachineDiff out_;
  std::size_t changes_ = 0;
  std::size_t bytes_ = 0;
  std::vector<std::string> inside_;
};

}  // namespace

MachineDiff diff(const Document& before, const Document& after) {
  return Comparison().compare_roots(before.root(), after.root());
}

}  // namespace stepglass::analysis
