#include "analysis/diff/diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/value/print.h"

namespace stepglass::analysis {
namespace {

using Side = std::optional<Node>;

std::string json_of(const Side& side) { return side ? to_json(side->value()) : std::string(); }

bool is_same(const Node& a, const Node& b) { return a.kind() == b.kind() && a.value() == b.value(); }

/// The members of an object by key; of equal keys the last.
std::map<std::string_view, Node> members_of(const Side& side) {
  std::map<std::string_view, Node> members;
  if (!side || !side->is_object()) return members;
  for (Side child = side->first_child(); child; child = child->next_sibling()) members.insert_or_assign(child->key(), *child);
  return members;
}

Side member(const std::map<std::string_view, Node>& members, std::string_view key) {
  const auto found = members.find(key);
  return found == members.end() ? std::nullopt : Side(found->second);
}

/// Each key once: those of `after` in its order, then those that only `before` has.
template <typename Visit>
void for_each_member(const Side& before, const Side& after, Visit visit) {
  const auto old_members = members_of(before);
  const auto new_members = members_of(after);
  const auto is_last = [](const Node& node, const auto& members) { return members.find(node.key())->second == node; };
  if (after && after->is_object()) {
    for (Side child = after->first_child(); child; child = child->next_sibling()) {
      if (is_last(*child, new_members)) visit(child->key(), member(old_members, child->key()), child);
    }
  }
  if (before && before->is_object()) {
    for (Side child = before->first_child(); child; child = child->next_sibling()) {
      if (is_last(*child, old_members) && !new_members.contains(child->key())) visit(child->key(), child, Side());
    }
  }
}

bool holds_scalars(const Node& list) {
  for (Side item = list.first_child(); item; item = item->next_sibling()) {
    if (item->is_object() || item->is_array()) return false;
  }
  return true;
}

void compare(const std::string& field, const Side& before, const Side& after, std::vector<FieldChange>& out);

/// What is alike at either end stays; between that, items are compared one by one.
void compare_lists(const std::string& field, const Node& before, const Node& after, std::vector<FieldChange>& out) {
  const std::vector<Node> olds = before.children();
  const std::vector<Node> news = after.children();
  const std::size_t shorter = std::min(olds.size(), news.size());
  std::size_t start = 0;
  while (start < shorter && is_same(olds[start], news[start])) ++start;
  std::size_t end = 0;
  while (end < shorter - start && is_same(olds[olds.size() - 1 - end], news[news.size() - 1 - end])) ++end;
  const std::size_t old_end = olds.size() - end;
  const std::size_t new_end = news.size() - end;
  for (std::size_t i = start; i < std::max(old_end, new_end); ++i) {
    compare(fmt::format("{}[{}]", field, i), i < old_end ? Side(olds[i]) : Side(), i < new_end ? Side(news[i]) : Side(), out);
  }
}

void compare(const std::string& field, const Side& before, const Side& after, std::vector<FieldChange>& out) {
  if (before && after) {
    if (before->is_object() && after->is_object()) {
      for_each_member(before, after, [&](std::string_view key, const Side& old_member, const Side& new_member) {
        compare(field.empty() ? std::string(key) : fmt::format("{}.{}", field, key), old_member, new_member, out);
      });
      return;
    }
    // Of short words, such as names of errors, all are shown.
    if (before->is_array() && after->is_array() && !(holds_scalars(*before) && holds_scalars(*after))) {
      compare_lists(field, *before, *after, out);
      return;
    }
    if (is_same(*before, *after)) return;
  }
  out.push_back({field, json_of(before), json_of(after)});
}

Side states_of(const Side& scope) { return scope && scope->is_object() ? scope->find("States") : std::nullopt; }

class Comparison {
 public:
  MachineDiff compare_roots(const Side& before, const Side& after) {
    if (before && after && before->is_object() && after->is_object()) {
      scope(before, after, "", out_.machine);
      states(states_of(before), states_of(after));
    } else {
      compare("", before, after, out_.machine);
    }
    return std::move(out_);
  }

 private:
  /// What stands beside the states of a machine, a branch or a processor.
  static void scope(const Side& before, const Side& after, const std::string& prefix, std::vector<FieldChange>& fields) {
    for_each_member(before, after, [&](std::string_view key, const Side& old_member, const Side& new_member) {
      const bool are_states = key == "States" && is_object_or_none(old_member) && is_object_or_none(new_member);
      if (!are_states) compare(prefix + std::string(key), old_member, new_member, fields);
    });
  }

  static bool is_object_or_none(const Side& side) { return !side || side->is_object(); }

  void states(const Side& before, const Side& after) {
    std::vector<Node> removed;
    std::vector<Node> added;
    for_each_member(before, after, [&](std::string_view, const Side& old_state, const Side& new_state) {
      if (!old_state) added.push_back(*new_state);
      if (!new_state) removed.push_back(*old_state);
    });
    const Renamed renamed = match_renamed(removed, added);
    for_each_member(before, after, [&](std::string_view name, const Side& old_state, const Side& new_state) {
      if (old_state && new_state) {
        changed(name, *old_state, *new_state);
      } else if (old_state) {
        if (!renamed.later_names.contains(name)) report(StateChange::Kind::Removed, *old_state);
      } else if (const auto former = renamed.former_names.find(name); former != renamed.former_names.end()) {
        report(StateChange::Kind::Renamed, *new_state).former_name = former->second;
      } else {
        report(StateChange::Kind::Added, *new_state);
      }
    });
  }

  /// By name, of states that are alike in all else.
  struct Renamed {
    std::map<std::string_view, std::string_view> former_names;
    std::map<std::string_view, std::string_view> later_names;
  };
  static Renamed match_renamed(const std::vector<Node>& removed, const std::vector<Node>& added) {
    Renamed renamed;
    if (removed.empty() || added.empty()) return renamed;
    std::multimap<std::string, std::string_view> by_content;
    for (const Node& state : removed) by_content.emplace(to_json(state.value()), state.key());
    for (const Node& state : added) {
      const auto found = by_content.find(to_json(state.value()));
      if (found == by_content.end()) continue;
      renamed.former_names.emplace(state.key(), found->second);
      renamed.later_names.emplace(found->second, state.key());
      by_content.erase(found);
    }
    return renamed;
  }

  StateChange& report(StateChange::Kind kind, const Node& state) {
    StateChange& change = out_.states.emplace_back();
    change.kind = kind;
    change.name = state.key();
    if (state.is_object()) {
      if (const Side type = state.find("Type"); type && type->is_string()) change.type = type->text();
    }
    change.inside = inside_;
    change.pointer = state.pointer();
    return change;
  }

  void changed(std::string_view name, const Node& before, const Node& after) {
    std::vector<FieldChange> fields;
    std::vector<std::pair<Side, Side>> inner;
    if (before.is_object() && after.is_object()) {
      const Side old_processor = processor_of(before);
      const Side new_processor = processor_of(after);
      const bool has_processors = old_processor && new_processor;
      for_each_member(before, after, [&](std::string_view key, const Side& old_member, const Side& new_member) {
        if (has_processors && (old_member == old_processor || new_member == new_processor)) return;
        if (key == "Branches" && old_member && new_member && old_member->is_array() && new_member->is_array()) {
          branches(old_member->children(), new_member->children(), fields, inner);
        } else {
          compare(std::string(key), old_member, new_member, fields);
        }
      });
      if (has_processors) {
        const std::string key(new_processor->key());
        if (old_processor->key() != key) fields.push_back({key, json_string(old_processor->key()), json_string(key)});
        scope(old_processor, new_processor, key + '.', fields);
        inner.emplace_back(states_of(old_processor), states_of(new_processor));
      }
    } else {
      compare("", before, after, fields);
    }
    if (!fields.empty()) report(StateChange::Kind::Changed, after).fields = std::move(fields);
    inside_.emplace_back(name);
    for (const auto& [old_states, new_states] : inner) states(old_states, new_states);
    inside_.pop_back();
  }

  static std::string json_string(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
  }

  static Side processor_of(const Node& state) {
    for (const std::string_view name : {"ItemProcessor", "Iterator"}) {
      if (const Side found = state.find(name); found && found->is_object()) return found;
    }
    return std::nullopt;
  }

  static void branches(const std::vector<Node>& olds, const std::vector<Node>& news, std::vector<FieldChange>& fields,
                       std::vector<std::pair<Side, Side>>& inner) {
    if (olds.size() != news.size()) {
      fields.push_back({"Branches", fmt::format("{}", olds.size()), fmt::format("{}", news.size())});
    }
    for (std::size_t i = 0; i < std::max(olds.size(), news.size()); ++i) {
      const Side before = i < olds.size() ? Side(olds[i]) : Side();
      const Side after = i < news.size() ? Side(news[i]) : Side();
      if (before && after) scope(before, after, fmt::format("Branches[{}].", i), fields);
      inner.emplace_back(states_of(before), states_of(after));
    }
  }

  MachineDiff out_;
  std::vector<std::string> inside_;
};

}  // namespace

MachineDiff diff(const Document& before, const Document& after) {
  return Comparison().compare_roots(before.root(), after.root());
}

}  // namespace stepglass::analysis
