// YAML text to a tree. The only file that knows libyaml.
//
// libyaml gives events with marks, and its marks count characters: byte_at() makes bytes of them. Nodes are made as the
// events come; an alias copies the nodes of its anchor, which is closed by then (one that is not stands inside itself),
// and a merge key hands its members on when the mapping around it is closed. Texts are shared by the copies, so a bomb
// of aliases costs kMaxYamlAliasNodes nodes and nothing else.
//
// libyaml looks at all open brackets for each token, and reads at most 1024 characters ahead of its events: so ending
// at kMaxYamlDepth keeps its time linear. Tested in tests/engine/document/yaml_hostile_test.cpp.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "engine/document/content.h"
#include "engine/document/diagnostic_list.h"
#include "engine/document/document.h"
#include "engine/document/duplicate_keys.h"
#include "engine/document/scalar.h"
#include "engine/document/yaml_text.h"
#include "engine/support/limits.h"

#ifdef STEPGLASS_YAML
#include <yaml.h>
#endif

namespace stepglass {

#ifdef STEPGLASS_YAML
namespace {

using detail::DiagnosticList;
using detail::DocumentContent;
using detail::excerpt;
using detail::kNone;
using detail::NodeData;
using detail::Style;

std::string_view view(const yaml_char_t* text) {
  return text ? std::string_view(reinterpret_cast<const char*>(text)) : std::string_view();
}

/// The functions of CloudFormation and SAM that have a short form.
bool is_cloudformation_tag(std::string_view tag) {
  static constexpr std::string_view kNames[] = {"!And",       "!Base64", "!Cidr",   "!Condition",    "!Equals",
                                                "!FindInMap", "!GetAZs", "!GetAtt", "!If",           "!ImportValue",
                                                "!Join",      "!Length", "!Not",    "!Or",           "!Ref",
                                                "!Select",    "!Split",  "!Sub",    "!ToJsonString", "!Transform"};
  return std::find(std::begin(kNames), std::end(kNames), tag) != std::end(kNames);
}

class EventReader {
 public:
  /// `text` is what libyaml reads: `written`, or a copy of it with other bytes in some places.
  EventReader(DocumentContent& content, std::string_view text, std::string_view written)
      : content_(content),
        text_(text),
        written_(written),
        bytes_(text),
        has_parser_(yaml_parser_initialize(&parser_) != 0) {
    if (!has_parser_) throw std::bad_alloc();
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
  }
  ~EventReader() { yaml_parser_delete(&parser_); }
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;

  void read();
  /// What the reading broke off at: without these bytes it would go on. Empty when it read all.
  Span stumbled_over() const { return stumbled_over_; }
  /// Where; the largest number when it read all.
  std::size_t broke_off_at() const { return broke_off_at_; }

 private:
  struct Event {
    yaml_event_t event{};
    ~Event() { yaml_event_delete(&event); }
  };
  struct Open {
    std::uint32_t node;
    std::uint32_t last_child = kNone;
    bool is_object = false;
    bool key_due = false;
    bool merges = false;
    std::string anchor = {};
  };

  bool handle(const yaml_event_t& event);
  void syntax_error();
  void add_scalar(const yaml_event_t& event);
  void start(const yaml_event_t& event, bool is_object);
  void finish(const yaml_event_t& event);
  void add_alias(const yaml_event_t& event);
  void take_key(std::uint32_t begin, std::uint32_t end, std::string_view text, bool plain);
  void resolve(NodeData& node, std::string_view text, std::string_view tag, bool plain);
  void resolve_plain(NodeData& node, std::string_view text);
  void merge_into(std::uint32_t object);
  bool copy(std::uint32_t from, std::uint32_t to, std::size_t depth);
  std::uint32_t copy_of(const NodeData& original);

  bool key_due() const { return !open_.empty() && open_.back().is_object && open_.back().key_due; }
  std::uint32_t add(Node::Kind kind, std::uint32_t begin, std::uint32_t end);
  void link(std::uint32_t id);
  void note_tag(std::uint32_t id, std::string_view tag, Span place);
  std::uint32_t behind_properties(std::uint32_t begin, std::uint32_t end) const;
  Span bytes_of(const yaml_event_t& event) const {
    return {bytes_.at(event.start_mark.index), bytes_.at(event.end_mark.index)};
  }
  void report(DiagnosticList& list, std::string_view name, Severity severity, std::string message, std::string help,
              Span span) {
    list.add({.name = std::string(name),
              .severity = severity,
              .message = std::move(message),
              .help = std::move(help),
              .span = span,
              .pointer = ""});
  }

  Span lines_to_leave_out() const;

  DocumentContent& content_;
  Span stumbled_over_;
  std::size_t broke_off_at_ = SIZE_MAX;
  std::string_view text_, written_;
  detail::CharacterOffsets bytes_;
  yaml_parser_t parser_{};
  bool has_parser_;

  std::vector<Open> open_;
  std::map<std::string, std::uint32_t, std::less<>> anchors_;  // kNone: its value is still open
  std::size_t documents_ = 0;
  std::size_t alias_nodes_ = 0;
  std::size_t skipped_ = 0;  // open containers of a key that is none, or of its value
  bool skip_value_ = false, skipping_value_ = false;
  std::uint32_t key_begin_ = 0, key_end_ = 0, key_ = kNone;
  bool plain_key_ = false;
  std::uint32_t last_end_ = 0;  // behind the last token with bytes of its own
  detail::DuplicateKeys duplicates_;
  DiagnosticList syntax_{kMaxSyntaxErrors}, deep_{kMaxListedOfOneName}, aliases_{kMaxListedOfOneName},
      keys_{kMaxListedOfOneName}, tags_{kMaxListedOfOneName}, documents_list_{1}, ambiguous_{kMaxListedOfOneName};
};

void EventReader::read() {
  for (bool more = true; more;) {
    Event event;
    if (!yaml_parser_parse(&parser_, &event.event)) {
      syntax_error();
      break;
    }
    more = handle(event.event);
  }
  // What is open when the text breaks off ends where the reading ended.
  while (!open_.empty()) {
    content_.nodes[open_.back().node].end = std::max(content_.nodes[open_.back().node].begin + 1, last_end_);
    if (open_.back().merges) merge_into(open_.back().node);
    open_.pop_back();
  }
  if (content_.nodes.empty() && syntax_.found() == 0) {
    report(syntax_, "yaml-syntax", Severity::Error, text_.empty() ? "the text is empty" : "the text holds no value",
           "a definition starts with its fields, such as StartAt: Name", {});
  }
  duplicates_.report(content_, content_.diagnostics);
  for (DiagnosticList* list : {&syntax_, &deep_, &aliases_, &keys_, &tags_, &documents_list_, &ambiguous_}) {
    list->move_to(content_.diagnostics);
  }
}

/// A string or bracket that is not closed: from there to the end of its line. A key without colon: its line. Else the
/// line of the error.
Span EventReader::lines_to_leave_out() const {
  const std::string_view context = parser_.context ? parser_.context : "";
  const auto start_of_line = [&](std::uint32_t at) {
    while (at > 0 && text_[at - 1] != '\n') --at;
    return at;
  };
  const auto end_of_line = [&](std::uint32_t at) {
    return static_cast<std::uint32_t>(std::min(text_.find('\n', at), text_.size()));
  };
  const std::uint32_t opened = bytes_.at(parser_.context_mark.index);
  std::uint32_t at = bytes_.at(parser_.problem_mark.index);
  if (context.find("flow") != std::string_view::npos || context.find("quoted") != std::string_view::npos) {
    return {opened, end_of_line(opened)};
  }
  if (context == "while scanning a simple key") at = opened;
  while (at > 0 && (at >= text_.size() || text_[at] == '\n')) --at;
  return {start_of_line(at), end_of_line(at)};
}

void EventReader::syntax_error() {
  if (parser_.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
  stumbled_over_ = lines_to_leave_out();
  broke_off_at_ = bytes_.at(parser_.problem_mark.index);
  const std::uint32_t begin = bytes_.at(parser_.problem_mark.index);
  const std::string_view problem = parser_.problem ? parser_.problem : "the text cannot be read";
  std::string message(problem), help;
  const char here = begin < text_.size() ? text_[begin] : '\0';
  if (problem == "found character that cannot start any token" && here == '\t') {
    message = "a tab stands where YAML wants spaces";
    help = "indent with spaces";
  } else if (problem == "found character that cannot start any token") {
    message = fmt::format("a text cannot start with \"{}\"", excerpt(std::string_view(&here, 1)));
    help = "put it in quotes";
  } else if (problem == "mapping values are not allowed in this context") {
    help = "put a text with \": \" in quotes, and check the indentation";
  } else if (parser_.context) {
    help = fmt::format("{} that starts in line {}", parser_.context, parser_.context_mark.line + 1);
  }
  const std::uint32_t end = std::min<std::uint32_t>(begin + 1, static_cast<std::uint32_t>(text_.size()));
  report(syntax_, "yaml-syntax", Severity::Error, std::move(message), std::move(help),
         {std::min(begin, end), std::max(begin, end)});
}

/// False ends the reading.
bool EventReader::handle(const yaml_event_t& event) {
  switch (event.type) {
    case YAML_NO_EVENT:
    case YAML_STREAM_END_EVENT:
      return false;
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
      return true;
    case YAML_DOCUMENT_START_EVENT:
      if (++documents_ == 1) return true;
      report(documents_list_, "yaml-documents", Severity::Warning, "another document starts here",
             "only the first of a file is read", bytes_of(event));
      return false;
    default:
      break;
  }
  if (skipped_ > 0) {
    if (event.type == YAML_MAPPING_START_EVENT || event.type == YAML_SEQUENCE_START_EVENT) ++skipped_;
    if (event.type == YAML_MAPPING_END_EVENT || event.type == YAML_SEQUENCE_END_EVENT) {
      if (--skipped_ == 0) {
        // Behind a key that is left out comes its value, which is left out, too.
        skip_value_ = !std::exchange(skipping_value_, false);
        if (!skip_value_) open_.back().key_due = true;
      }
    }
    return skipped_ + open_.size() <= kMaxYamlDepth;
  }
  if (skip_value_) {
    skip_value_ = false;
    if (event.type == YAML_MAPPING_START_EVENT || event.type == YAML_SEQUENCE_START_EVENT) {
      skipped_ = 1;
      skipping_value_ = true;
    } else {
      open_.back().key_due = true;
    }
    return true;
  }
  switch (event.type) {
    case YAML_ALIAS_EVENT:
      add_alias(event);
      return true;
    case YAML_SCALAR_EVENT:
      add_scalar(event);
      return true;
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT: {
      const Span place = bytes_of(event);
      if (open_.size() == kMaxYamlDepth) {
        report(deep_, "nesting-too-deep", Severity::Error,
               fmt::format("sequences and mappings are nested more than {} deep", kMaxYamlDepth),
               "what comes from here on was not read", {place.begin, place.begin + 1});
        return false;
      }
      if (key_due()) {
        report(keys_, "yaml-key", Severity::Error, "a sequence or mapping stands where a key belongs",
               "write a text; in quotes when it starts with a bracket",
               {place.begin, std::max(place.begin + 1, place.end)});
        skipped_ = 1;
        return true;
      }
      start(event, event.type == YAML_MAPPING_START_EVENT);
      return true;
    }
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      finish(event);
      return true;
    default:
      return true;
  }
}

std::uint32_t EventReader::add(Node::Kind kind, std::uint32_t begin, std::uint32_t end) {
  const auto id = static_cast<std::uint32_t>(content_.nodes.size());
  NodeData& node = content_.nodes.emplace_back();
  node.kind = kind;
  node.begin = begin;
  node.end = end;
  link(id);
  last_end_ = std::max(last_end_, end);
  return id;
}

void EventReader::link(std::uint32_t id) {
  if (open_.empty()) return;
  Open& open = open_.back();
  NodeData& node = content_.nodes[id];
  NodeData& parent = content_.nodes[open.node];
  node.parent = open.node;
  node.index = parent.size++;
  node.next = kNone;
  if (open.last_child == kNone) {
    parent.first_child = id;
  } else {
    content_.nodes[open.last_child].next = id;
  }
  open.last_child = id;
  if (!open.is_object) return;
  node.key_begin = key_begin_;
  node.key_end = key_end_;
  node.key = key_;
  open.key_due = true;
  open.merges |= plain_key_ && key_ != kNone && content_.decoded_range(key_) == "<<";
}

/// Behind the anchor and the tag with which a node may start.
std::uint32_t EventReader::behind_properties(std::uint32_t begin, std::uint32_t end) const {
  std::uint32_t at = begin;
  while (at < end && (text_[at] == '&' || text_[at] == '!')) {
    while (at < end && text_[at] != ' ' && text_[at] != '\t' && text_[at] != '\n' && text_[at] != '\r') ++at;
    while (at < end) {
      if (text_[at] == '#') {
        while (at < end && text_[at] != '\n') ++at;
      } else if (text_[at] == ' ' || text_[at] == '\t' || text_[at] == '\n' || text_[at] == '\r') {
        ++at;
      } else {
        break;
      }
    }
  }
  return at;
}

void EventReader::note_tag(std::uint32_t id, std::string_view tag, Span place) {
  constexpr std::string_view kStandard = "tag:yaml.org,2002:";
  if (tag.empty() || tag == "!") return;
  if (tag.starts_with(kStandard)) {
    const std::string_view name = tag.substr(kStandard.size());
    for (const std::string_view known : {"str", "int", "float", "bool", "null", "map", "seq"}) {
      if (name == known) return;
    }
  } else if (tag[0] == '!') {
    content_.tags.push_back({id, std::string(tag)});
    if (is_cloudformation_tag(tag)) return;
  }
  report(tags_, "yaml-tag", Severity::Warning, fmt::format("the tag \"{}\" is not known", excerpt(tag)),
         "the value is read as if it were not there", {place.begin, std::max(place.begin + 1, place.end)});
}

void EventReader::take_key(std::uint32_t begin, std::uint32_t end, std::string_view text, bool plain) {
  key_begin_ = begin;
  key_end_ = end;
  key_ = content_.decode(text);
  plain_key_ = plain;
  open_.back().key_due = false;
  last_end_ = std::max(last_end_, end);
}

void EventReader::add_scalar(const yaml_event_t& event) {
  const auto& scalar = event.data.scalar;
  const std::string_view text(reinterpret_cast<const char*>(scalar.value), scalar.length);
  const Span all = bytes_of(event);
  Span place{behind_properties(all.begin, all.end), all.end};
  Style style = Style::Plain;
  if (scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE) style = Style::SingleQuoted;
  if (scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE) style = Style::DoubleQuoted;
  if (scalar.style == YAML_LITERAL_SCALAR_STYLE) style = Style::Literal;
  if (scalar.style == YAML_FOLDED_SCALAR_STYLE) style = Style::Folded;
  if (style == Style::Literal || style == Style::Folded) {
    // The mark stands at the next token.
    while (place.end > place.begin + 1 &&
           (text_[place.end - 1] == ' ' || text_[place.end - 1] == '\n' || text_[place.end - 1] == '\r')) {
      --place.end;
    }
  }
  const bool plain = style == Style::Plain;
  if (key_due()) {
    if (scalar.anchor) anchors_[std::string(view(scalar.anchor))] = kNone;
    const bool merge = plain && text == "<<" && !scalar.tag;
    // The text is restored behind a mask as for values.
    const std::string_view written = written_.substr(place.begin, place.end - place.begin);
    const bool masked = plain && text == text_.substr(place.begin, place.end - place.begin);
    return take_key(place.begin, place.end, masked ? written : text, merge);
  }
  const std::string_view tag = view(scalar.tag);
  if (place.begin >= place.end) {
    // Nothing is written: the place is the key's, or that of what comes before.
    const std::uint32_t before = all.begin > 0 ? all.begin - 1 : 0;
    place = !open_.empty() && open_.back().is_object && key_end_ > key_begin_ ? Span{key_begin_, key_end_}
            : all.end > all.begin                                             ? all
                                  : Span{before, std::max(before, all.begin)};
    if (!open_.empty() && open_.back().is_object && key_end_ > key_begin_) {
      // Something is written, but was left out to read on: the value is missing.
      const std::size_t rest = std::min(text_.find('\n', key_end_), text_.size()) - key_end_;
      if (text_.substr(key_end_, rest) != written_.substr(key_end_, rest)) place = {key_end_, key_end_};
    }
  }
  const std::uint32_t id = add(Node::Kind::String, place.begin, place.end);
  NodeData& node = content_.nodes[id];
  node.style = style;
  resolve(node, text, tag, plain && scalar.plain_implicit);
  if (node.kind == Node::Kind::String && text_.data() != written_.data()) {
    // Under a mask: what was taken over is taken over from the text itself.
    MappedText mapped = detail::mapped_text_in(text_, content_, id);
    for (std::size_t i = 0; i < mapped.pieces.size(); ++i) {
      const auto& piece = mapped.pieces[i];
      if (!piece.taken_over) continue;
      mapped.text.replace(piece.source_begin, piece.original.end - piece.original.begin,
                          written_.substr(piece.original.begin, piece.original.end - piece.original.begin));
    }
    content_.nodes[id].text = content_.decode(mapped.text);
  }
  note_tag(id, tag, all);
  if (scalar.anchor) anchors_[std::string(view(scalar.anchor))] = id;
}

void EventReader::resolve(NodeData& node, std::string_view text, std::string_view tag, bool plain) {
  if (tag == "tag:yaml.org,2002:null") {
    node.kind = Node::Kind::Null;
    return;
  }
  const bool typed =
      tag == "tag:yaml.org,2002:int" || tag == "tag:yaml.org,2002:float" || tag == "tag:yaml.org,2002:bool";
  if (plain || typed) resolve_plain(node, text);
  if (node.kind == Node::Kind::String) node.text = content_.decode(text);
}

void EventReader::resolve_plain(NodeData& node, std::string_view text) {
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") {
    node.kind = Node::Kind::Null;
    return;
  }
  const bool yes = text == "true" || text == "True" || text == "TRUE";
  if (yes || text == "false" || text == "False" || text == "FALSE") {
    node.kind = Node::Kind::Boolean;
    node.boolean = yes;
    return;
  }
  if (const auto number = detail::yaml_number(text)) {
    node.kind = Node::Kind::Number;
    if (content_.source.substr(node.begin, node.end - node.begin) != *number) node.text = content_.decode(*number);
  }
  if (const std::string_view other = detail::yaml_1_1_meaning(text); !other.empty()) {
    report(ambiguous_, "yaml-ambiguous", Severity::Info,
           fmt::format("\"{}\" is {} to YAML 1.1, which CloudFormation reads, and {} to YAML 1.2", excerpt(text), other,
                       node.kind == Node::Kind::Number ? "a decimal number" : "a text"),
           "put it in quotes if it is a text, else write what it means", {node.begin, node.end});
  }
}

void EventReader::start(const yaml_event_t& event, bool is_object) {
  const bool flow = is_object ? event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                              : event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
  const yaml_char_t* anchor = is_object ? event.data.mapping_start.anchor : event.data.sequence_start.anchor;
  const yaml_char_t* tag = is_object ? event.data.mapping_start.tag : event.data.sequence_start.tag;
  const Span all = bytes_of(event);
  std::uint32_t begin = all.begin;
  if (anchor || tag) begin = behind_properties(begin, flow ? all.end : static_cast<std::uint32_t>(text_.size()));
  const std::uint32_t id = add(is_object ? Node::Kind::Object : Node::Kind::Array, begin, begin + 1);
  note_tag(id, view(tag), all);
  Open open{.node = id, .is_object = is_object, .key_due = is_object};
  if (anchor) {
    open.anchor = std::string(view(anchor));
    anchors_[open.anchor] = kNone;
  }
  open_.push_back(std::move(open));
}

void EventReader::finish(const yaml_event_t& event) {
  Open open = std::move(open_.back());
  open_.pop_back();
  const Span mark = bytes_of(event);
  NodeData& node = content_.nodes[open.node];
  // A block ends with its last token; its mark stands at the next one.
  node.end = std::max(mark.end > mark.begin ? mark.end : last_end_, node.begin + 1);
  last_end_ = std::max(last_end_, node.end);
  if (open.merges) merge_into(open.node);
  if (open.is_object) duplicates_.find(content_, open.node);
  if (!open.anchor.empty()) anchors_[open.anchor] = open.node;
}

std::uint32_t EventReader::copy_of(const NodeData& original) {
  const auto id = static_cast<std::uint32_t>(content_.nodes.size());
  content_.nodes.push_back(NodeData(original));
  content_.nodes.back().parent = content_.nodes.back().next = content_.nodes.back().first_child = kNone;
  return id;
}

/// Copies the members or items of `from` below `to`. False when there are too many or they are too deep. Recursive; at
/// most kMaxYamlDepth deep.
bool EventReader::copy(std::uint32_t from, std::uint32_t to, std::size_t depth) {
  if (depth > kMaxYamlDepth) return false;
  std::uint32_t last = kNone;
  for (std::uint32_t c = content_.nodes[from].first_child; c != kNone; c = content_.nodes[c].next) {
    if (++alias_nodes_ > kMaxYamlAliasNodes) return false;
    const std::uint32_t id = copy_of(content_.nodes[c]);
    content_.nodes[id].parent = to;
    if (std::string tag(content_.tag_of(c)); !tag.empty()) content_.tags.push_back({id, std::move(tag)});
    (last == kNone ? content_.nodes[to].first_child : content_.nodes[last].next) = id;
    last = id;
    const Node::Kind kind = content_.nodes[c].kind;
    if ((kind == Node::Kind::Object || kind == Node::Kind::Array) && !copy(c, id, depth + 1)) return false;
  }
  return true;
}

void EventReader::add_alias(const yaml_event_t& event) {
  const std::string_view name = view(event.data.alias.anchor);
  const Span place = bytes_of(event);
  const auto found = anchors_.find(name);
  const std::uint32_t target = found == anchors_.end() ? kNone : found->second;
  const auto refuse = [&](std::string message, std::string help) {
    report(aliases_, "yaml-alias", Severity::Error, std::move(message), std::move(help), place);
  };
  if (key_due()) {
    const bool is_text = target != kNone && content_.nodes[target].kind == Node::Kind::String;
    if (!is_text) refuse(fmt::format("the key \"*{}\" stands for no text", excerpt(name)), "write the key itself");
    return take_key(place.begin, place.end,
                    is_text ? std::string(content_.text_of(content_.nodes[target])) : std::string(), false);
  }
  if (target == kNone) {
    add(Node::Kind::Null, place.begin, place.end);
    if (found == anchors_.end()) {
      return refuse(fmt::format("no anchor \"&{}\" stands before this alias", excerpt(name)),
                    "name the value before it is used");
    }
    return refuse(fmt::format("\"*{}\" stands inside the value that it names", excerpt(name)),
                  "write the value itself");
  }
  const std::uint32_t id = copy_of(content_.nodes[target]);
  content_.nodes[id].key_begin = content_.nodes[id].key_end = content_.nodes[id].index = 0;
  content_.nodes[id].key = kNone;
  link(id);
  last_end_ = std::max(last_end_, place.end);
  if (std::string tag(content_.tag_of(target)); !tag.empty()) content_.tags.push_back({id, std::move(tag)});
  if (++alias_nodes_ <= kMaxYamlAliasNodes && copy(target, id, open_.size() + 1)) return;
  content_.nodes[id].kind = Node::Kind::Null;
  content_.nodes[id].first_child = kNone;
  content_.nodes[id].size = 0;
  refuse(alias_nodes_ > kMaxYamlAliasNodes
             ? fmt::format("the aliases stand for more than {} values", kMaxYamlAliasNodes)
             : fmt::format("with \"*{}\" values are nested more than {} deep", excerpt(name), kMaxYamlDepth),
         "the alias was not followed");
}

/// Hands the members of the mappings under "<<" on to `object`, where it has no such key itself; of several mappings
/// the first one counts. Source: YAML, "Merge Key Language-Independent Type".
void EventReader::merge_into(std::uint32_t object) {
  auto& nodes = content_.nodes;
  const auto is_merge = [&](std::uint32_t id) {
    if (nodes[id].key == kNone || content_.decoded_range(nodes[id].key) != "<<") return false;
    if (nodes[id].kind == Node::Kind::Object) return true;
    if (nodes[id].kind != Node::Kind::Array) return false;
    for (std::uint32_t c = nodes[id].first_child; c != kNone; c = nodes[c].next) {
      if (nodes[c].kind != Node::Kind::Object) return false;
    }
    return true;
  };
  std::vector<std::uint32_t> members, merged;
  std::set<std::string, std::less<>> keys;
  for (std::uint32_t c = nodes[object].first_child; c != kNone; c = nodes[c].next) {
    if (is_merge(c)) {
      merged.push_back(c);
    } else {
      members.push_back(c);
      keys.insert(std::string(content_.key_of(nodes[c])));
    }
  }
  const auto take = [&](std::uint32_t mapping) {
    for (std::uint32_t c = nodes[mapping].first_child; c != kNone; c = nodes[c].next) {
      if (keys.insert(std::string(content_.key_of(nodes[c]))).second) members.push_back(c);
    }
  };
  for (const std::uint32_t id : merged) {
    if (nodes[id].kind == Node::Kind::Object) {
      take(id);
    } else {
      for (std::uint32_t c = nodes[id].first_child; c != kNone; c = nodes[c].next) take(c);
    }
  }
  nodes[object].first_child = kNone;
  nodes[object].size = 0;
  std::uint32_t last = kNone;
  for (const std::uint32_t id : members) {
    nodes[id].parent = object;
    nodes[id].index = nodes[object].size++;
    nodes[id].next = kNone;
    (last == kNone ? nodes[object].first_child : nodes[last].next) = id;
    last = id;
  }
}

bool is_syntax(const Diagnostic& diagnostic) {
  return diagnostic.name == "yaml-syntax" || diagnostic.name == "yaml-key";
}

std::size_t count_syntax_errors(const Diagnostics& diagnostics) {
  return static_cast<std::size_t>(std::count_if(diagnostics.begin(), diagnostics.end(), is_syntax));
}

struct Reading {
  std::vector<NodeData> nodes;
  std::string decoded;
  std::vector<Span> decoded_ranges;
  std::vector<detail::Tag> tags;
  Diagnostics diagnostics;
};

/// Swaps what a reading made with what `reading` holds.
void swap_reading(DocumentContent& content, Reading& reading) {
  content.nodes.swap(reading.nodes);
  content.decoded.swap(reading.decoded);
  content.decoded_ranges.swap(reading.decoded_ranges);
  content.tags.swap(reading.tags);
  content.diagnostics.swap(reading.diagnostics);
}

/// Reads `text` of which `written` is what the user wrote. Where it is broken, the line is left out and the rest read
/// again, a few times.
void read_broken(DocumentContent& content, std::string text, std::string_view written, Span stumbled_over,
                 std::size_t broke_off_at) {
  constexpr int kMostAttempts = 6;
  for (int i = 0; i < kMostAttempts && stumbled_over.begin < stumbled_over.end; ++i) {
    std::fill(text.begin() + stumbled_over.begin, text.begin() + stumbled_over.end, ' ');
    Reading before;
    swap_reading(content, before);
    EventReader reader(content, text, written);
    reader.read();
    Diagnostics errors;
    for (const Diagnostic& diagnostic : before.diagnostics) {
      if (diagnostic.name == "yaml-syntax") errors.push_back(diagnostic);
    }
    const bool again = reader.broke_off_at() != SIZE_MAX;
    if (content.nodes.empty() || (again && reader.broke_off_at() <= broke_off_at)) {
      swap_reading(content, before);
      return;
    }
    broke_off_at = reader.broke_off_at();
    content.diagnostics.insert(content.diagnostics.begin(), errors.begin(), errors.end());
    if (!again) return;
    stumbled_over = reader.stumbled_over();
  }
}

}  // namespace

Document read_yaml(std::string text) {
  auto content = std::make_unique<DocumentContent>();
  content->set_text(std::move(text));
  Diagnostics& diagnostics = content->diagnostics;
  if (content->text.size() > kMaxTextBytes) {
    diagnostics.push_back(detail::text_too_large(content->text.size()));
    return Document(std::move(content));
  }
  content->source = content->text;
  std::string copy;
  Diagnostics of_bytes = detail::clean_yaml(content->text, copy);
  const bool readable = detail::is_readable_yaml(content->text, of_bytes);
  const std::string_view clean = copy.empty() ? content->text : std::string_view(copy);
  if (readable) {
    EventReader reader(*content, clean, clean);
    reader.read();
    Span stumbled_over = reader.stumbled_over();
    std::size_t broke_off_at = reader.broke_off_at();
    const std::size_t errors = count_syntax_errors(diagnostics);
    if (errors > 0) {
      // Placeholders of deployment tools use the brackets of YAML.
      std::string readable_text(clean);
      if (detail::mask_placeholders(readable_text)) {
        Reading plain;
        swap_reading(*content, plain);
        EventReader masked(*content, readable_text, clean);
        masked.read();
        const std::size_t left = count_syntax_errors(diagnostics);
        if (left < errors || (left == errors && content->nodes.size() > plain.nodes.size())) {
          stumbled_over = masked.stumbled_over();
          broke_off_at = masked.broke_off_at();
        } else {
          swap_reading(*content, plain);
          readable_text = clean;
        }
      }
      read_broken(*content, std::move(readable_text), clean, stumbled_over, broke_off_at);
    }
  }
  std::move(of_bytes.begin(), of_bytes.end(), std::back_inserter(diagnostics));
  detail::sort_diagnostics(diagnostics);
  return Document(std::move(content));
}

#else

Document read_yaml(std::string text) {
  auto content = std::make_unique<DocumentContent>();
  content->set_text(std::move(text));
  content->source = content->text;
  content->diagnostics.push_back({.name = "yaml-unavailable",
                                  .severity = Severity::Error,
                                  .message = "this build of Stepglass reads no YAML",
                                  .help = "write the definition as JSON, or build with STEPGLASS_YAML",
                                  .span = {},
                                  .pointer = ""});
  return Document(std::move(content));
}

#endif

}  // namespace stepglass
