#include "analysis/cli/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "analysis/rules/framework/lint.h"
#include "analysis/sources/ignore_file.h"
#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass::cli {
namespace {

constexpr std::string_view kNames[] = {".stepglass.json", ".stepglass.yaml", ".stepglass.yml", "stepglass.json",
                                       "stepglass.yaml"};

constexpr std::string_view kLevels[] = {"error", "warning", "info"};
constexpr std::string_view kFailOn[] = {"error", "warning", "info", "never"};
constexpr std::string_view kTypes[] = {"STANDARD", "EXPRESS"};

class Reader;
using Read = void (Reader::*)(const Node& node);

enum class Shape : std::uint8_t { Text, Rules, Levels, Section, Paths };

/// A member that the file can have; read_config and the schema know no others.
struct Key {
  std::string_view name;
  Shape shape;
  std::string_view what;
  Read read;
  /// Of a text: the words that it can be; empty: any.
  std::span<const std::string_view> words = {};
  /// Of a section.
  std::span<const Key> keys = {};
};

class Reader {
 public:
  Reader(const std::filesystem::path& file, Config& config) : file_(file), config_(config) {}

  std::optional<WrongUse> run(int files_left);

  void extends(const Node&) {}  // read before all others
  void select(const Node& node) { read_rules(node, config_.select); }
  void ignore(const Node& node) { read_rules(node, config_.ignore); }
  void fail_on(const Node& node) { config_.fail_on = node.text(); }
  void type(const Node& node) { config_.type = node.text(); }
  void baseline(const Node& node) {
    // --update-baseline writes there: a repository may not send it anywhere else, nor by a link.
    std::error_code fault;
    const auto inside = std::filesystem::path(node.text()).lexically_normal();
    const auto whole = std::filesystem::weakly_canonical(folder() / inside, fault).lexically_relative(folder());
    if (inside.is_absolute() || inside.empty() || whole.empty() || *whole.begin() == "..") {
      return refuse(node, "the baseline lies outside of the folder of this file", "name it with --baseline instead");
    }
    config_.baseline = (folder() / inside).string();
  }
  void severity(const Node& node) {
    for (auto rule = node.first_child(); rule; rule = rule->next_sibling()) {
      if (!check_rule(*rule, rule->key()) || !check_word(*rule, kLevels)) return;
      config_.severities.emplace_back(rule->key(), rule->text());
    }
  }
  void section(const Node&) {}
  void paths(const Node& node);

 private:
  /// Of the file, without links and "..".
  std::filesystem::path folder() const {
    std::error_code fault;
    return std::filesystem::weakly_canonical(file_.parent_path(), fault);
  }
  void refuse(const Node& at, std::string message, std::string help = "", bool at_key = false) {
    if (fault_) return;
    const Position position = document_->position(at_key ? at.key_span().begin : at.span().begin);
    fault_ = WrongUse{fmt::format("{}:{}:{}: {}", display(file_.string()), position.line, position.column, message),
                      std::move(help)};
  }
  bool check_word(const Node& node, std::span<const std::string_view> words) {
    const bool known =
        node.is_string() && (words.empty() || std::find(words.begin(), words.end(), node.text()) != words.end());
    if (!known) {
      refuse(node, words.empty() ? std::string("a text is wanted here")
                                 : fmt::format("one of {} is wanted here", fmt::join(words, ", ")));
    }
    return known;
  }
  bool check_rule(const Node& at, std::string_view word) {
    if (!analysis::unknown_selector({std::string(word)})) return true;
    refuse(at, fmt::format("no rule is named \"{}\"", display_word(word)), "`stepglass rules` lists them");
    return false;
  }
  void read_rules(const Node& node, std::vector<std::string>& to) {
    to.clear();
    for (auto rule = node.first_child(); rule; rule = rule->next_sibling()) {
      if (!rule->is_string()) return refuse(*rule, "the name or code of a rule is wanted here");
      if (!check_rule(*rule, rule->text())) return;
      to.emplace_back(rule->text());
    }
  }
  void read_object(const Node& node, std::span<const Key> keys);

  const std::filesystem::path& file_;
  Config& config_;
  std::optional<Document> document_;
  std::optional<WrongUse> fault_;
};

constexpr Key kLintKeys[] = {
    {"select", Shape::Rules, "Only these rules: names, codes, beginnings of codes such as ASL4, or all.",
     &Reader::select},
    {"ignore", Shape::Rules, "Not these rules.", &Reader::ignore},
    {"severity", Shape::Levels, "Other severities, by rule.", &Reader::severity},
    {"fail-on", Shape::Text, "The least severity that makes the exit status 1.", &Reader::fail_on, kFailOn},
    {"type", Shape::Text, "The type of machines of which nothing says it.", &Reader::type, kTypes},
    {"baseline", Shape::Text, "A file of findings that are not told again; from here.", &Reader::baseline},
};

constexpr Key kKeys[] = {
    {"extends", Shape::Text, "Another such file, from here. What stands in this one counts more.", &Reader::extends},
    {"lint", Shape::Section, "What `stepglass lint` does.", &Reader::section, {}, kLintKeys},
    {"paths", Shape::Paths, "What is ignored in files whose path from here matches.", &Reader::paths},
};

void Reader::paths(const Node& node) {
  for (auto path = node.first_child(); path; path = path->next_sibling()) {
    const auto ignore = path->is_object() ? path->find("ignore") : std::nullopt;
    if (!ignore || !ignore->is_array() || path->size() != 1) {
      return refuse(*path, "a path has {\"ignore\": [rules]}");
    }
    Config::PathRules rules{std::string(path->key()), folder(), {}};
    read_rules(*ignore, rules.ignore);
    config_.paths.push_back(std::move(rules));
  }
}

void Reader::read_object(const Node& node, std::span<const Key> keys) {
  for (auto member = node.first_child(); member && !fault_; member = member->next_sibling()) {
    if (member->key() == "$schema") continue;
    const auto key = std::find_if(keys.begin(), keys.end(), [&](const Key& k) { return k.name == member->key(); });
    if (key == keys.end()) {
      std::vector<std::string_view> names;
      for (const Key& known : keys) names.push_back(known.name);
      const auto meant = nearest(member->key(), names);
      return refuse(
          *member, fmt::format("there is no \"{}\" here", display_word(member->key())),
          meant ? fmt::format("did you mean \"{}\"?", *meant) : fmt::format("there are {}", fmt::join(names, ", ")),
          true);
    }
    switch (key->shape) {
      case Shape::Text:
        if (!check_word(*member, key->words)) return;
        break;
      case Shape::Rules:
        if (!member->is_array()) return refuse(*member, "an array of rules is wanted here");
        break;
      case Shape::Levels:
      case Shape::Section:
      case Shape::Paths:
        if (!member->is_object()) return refuse(*member, "an object is wanted here");
        break;
    }
    if (key->shape == Shape::Section) {
      read_object(*member, key->keys);
    } else {
      (this->*key->read)(*member);
    }
  }
}

std::optional<WrongUse> Reader::run(int files_left) {
  auto text = read_file(file_.string());
  if (!text) return text.error();
  const std::string name = file_.extension().string();
  document_ = name == ".json" ? read_json(*std::move(text)) : read_yaml(*std::move(text));
  for (const Diagnostic& diagnostic : document_->diagnostics()) {
    if (diagnostic.severity != Severity::Error) continue;
    const Position position = document_->position(diagnostic.span.begin);
    return WrongUse{
        fmt::format("{}:{}:{}: {}", display(file_.string()), position.line, position.column, diagnostic.message),
        diagnostic.help};
  }
  const auto root = document_->root();
  if (!root || !root->is_object()) return WrongUse{fmt::format("{} holds no object", display(file_.string())), ""};
  if (const auto other = root->find("extends"); other && other->is_string()) {
    if (files_left <= 1) {
      return WrongUse{fmt::format("{} extends itself, or more than {} files", display(file_.string()), kMaxConfigFiles),
                      ""};
    }
    const std::filesystem::path path = file_.parent_path() / other->text();
    if (auto fault = Reader(path, config_).run(files_left - 1)) return fault;
  }
  read_object(*root, kKeys);
  return std::move(fault_);
}

void append_schema(std::string& out, std::span<const Key> keys, int depth);

void append_shape(std::string& out, const Key& key, int depth) {
  static constexpr std::string_view kRules = R"("type": "array", "items": {"type": "string"})";
  switch (key.shape) {
    case Shape::Text:
      out += R"("type": "string")";
      if (!key.words.empty()) out += fmt::format(", \"enum\": [\"{}\"]", fmt::join(key.words, "\", \""));
      break;
    case Shape::Rules:
      out += kRules;
      break;
    case Shape::Levels:
      out +=
          fmt::format(R"("type": "object", "additionalProperties": {{"enum": ["{}"]}})", fmt::join(kLevels, "\", \""));
      break;
    case Shape::Paths:
      out += fmt::format(R"("type": "object", "additionalProperties": {{"type": "object", "required": ["ignore"], )"
                         R"("additionalProperties": false, "properties": {{"ignore": {{{}}}}}}})",
                         kRules);
      break;
    case Shape::Section:
      append_schema(out, key.keys, depth);
      break;
  }
}

void append_schema(std::string& out, std::span<const Key> keys, int depth) {
  const std::string indent(static_cast<std::size_t>(depth) * 2, ' ');
  out += "\"type\": \"object\", \"additionalProperties\": false, \"properties\": {";
  if (depth == 1) out += "\n" + indent + "  \"$schema\": {\"type\": \"string\"},";
  for (const Key& key : keys) {
    out += fmt::format("{}\n{}  \"{}\": {{\n{}    \"description\": ", &key == keys.data() ? "" : ",", indent, key.name,
                       indent);
    append_json_string(out, key.what);
    out += ",\n" + indent + "    ";
    append_shape(out, key, depth + 2);
    out += "\n" + indent + "  }";
  }
  out += "\n" + indent + "}";
}

}  // namespace

std::optional<std::filesystem::path> find_config(const std::filesystem::path& folder) {
  std::error_code fault;
  for (std::filesystem::path at = folder;; at = at.parent_path()) {
    for (const std::string_view name : kNames) {
      if (std::filesystem::is_regular_file(at / name, fault)) return at / name;
    }
    if (at == at.parent_path()) return std::nullopt;
  }
}

Result<Config, WrongUse> read_config(const std::filesystem::path& file) {
  std::error_code fault;
  Config config;
  config.file = std::filesystem::absolute(file, fault);
  if (auto wrong = Reader(config.file, config).run(kMaxConfigFiles)) return *std::move(wrong);
  return config;
}

void ignore_by_path(const Config& config, analysis::CheckedFiles& files) {
  for (const Config::PathRules& rules : config.paths) {
    for (analysis::CheckedFile& file : files) {
      std::error_code fault;
      const auto path = std::filesystem::weakly_canonical(file.name, fault).lexically_relative(rules.folder);
      if (!analysis::matches_glob(rules.glob, path.generic_string())) continue;
      const auto ignored =
          std::stable_partition(file.findings.begin(), file.findings.end(), [&](const analysis::PlacedFinding& placed) {
            return !analysis::covers_any(rules.ignore, placed.finding.code, placed.finding.name);
          });
      for (auto placed = ignored; placed != file.findings.end(); ++placed) {
        placed->silenced_by = analysis::SilencedBy::Configuration;
        placed->reason = fmt::format("the configuration ignores it in {}", rules.glob);
        file.suppressed.push_back(std::move(*placed));
      }
      file.findings.erase(ignored, file.findings.end());
    }
  }
}

std::string config_schema() {
  std::string out = "{\n  \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n  \"title\": \"Stepglass\",\n  ";
  append_schema(out, kKeys, 1);
  out += "\n}\n";
  return out;
}

}  // namespace stepglass::cli
