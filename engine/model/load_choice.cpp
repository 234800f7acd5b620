// Choice rules: data tests, boolean expressions, conditions.

#include <array>

#include "engine/model/loader.h"
#include "engine/model/placeholder.h"
#include "engine/model/service_words.h"
#include "engine/model/timestamp.h"
#include "engine/support/sort.h"

namespace stepglass::loading {
namespace {

struct Operator {
  std::string_view name;
  Test test;
  Relation relation;
  bool is_path;  // the …Path form
};

// In the order of names.
constexpr Operator kOperators[] = {
    {"BooleanEquals", Test::Boolean, Relation::Equals, false},
    {"BooleanEqualsPath", Test::Boolean, Relation::Equals, true},
    {"IsBoolean", Test::IsBoolean, Relation::Equals, false},
    {"IsNull", Test::IsNull, Relation::Equals, false},
    {"IsNumeric", Test::IsNumeric, Relation::Equals, false},
    {"IsPresent", Test::IsPresent, Relation::Equals, false},
    {"IsString", Test::IsString, Relation::Equals, false},
    {"IsTimestamp", Test::IsTimestamp, Relation::Equals, false},
    {"NumericEquals", Test::Numeric, Relation::Equals, false},
    {"NumericEqualsPath", Test::Numeric, Relation::Equals, true},
    {"NumericGreaterThan", Test::Numeric, Relation::GreaterThan, false},
    {"NumericGreaterThanEquals", Test::Numeric, Relation::GreaterThanEquals, false},
    {"NumericGreaterThanEqualsPath", Test::Numeric, Relation::GreaterThanEquals, true},
    {"NumericGreaterThanPath", Test::Numeric, Relation::GreaterThan, true},
    {"NumericLessThan", Test::Numeric, Relation::LessThan, false},
    {"NumericLessThanEquals", Test::Numeric, Relation::LessThanEquals, false},
    {"NumericLessThanEqualsPath", Test::Numeric, Relation::LessThanEquals, true},
    {"NumericLessThanPath", Test::Numeric, Relation::LessThan, true},
    {"StringEquals", Test::String, Relation::Equals, false},
    {"StringEqualsPath", Test::String, Relation::Equals, true},
    {"StringGreaterThan", Test::String, Relation::GreaterThan, false},
    {"StringGreaterThanEquals", Test::String, Relation::GreaterThanEquals, false},
    {"StringGreaterThanEqualsPath", Test::String, Relation::GreaterThanEquals, true},
    {"StringGreaterThanPath", Test::String, Relation::GreaterThan, true},
    {"StringLessThan", Test::String, Relation::LessThan, false},
    {"StringLessThanEquals", Test::String, Relation::LessThanEquals, false},
    {"StringLessThanEqualsPath", Test::String, Relation::LessThanEquals, true},
    {"StringLessThanPath", Test::String, Relation::LessThan, true},
    {"StringMatches", Test::StringMatches, Relation::Equals, false},
    {"TimestampEquals", Test::Timestamp, Relation::Equals, false},
    {"TimestampEqualsPath", Test::Timestamp, Relation::Equals, true},
    {"TimestampGreaterThan", Test::Timestamp, Relation::GreaterThan, false},
    {"TimestampGreaterThanEquals", Test::Timestamp, Relation::GreaterThanEquals, false},
    {"TimestampGreaterThanEqualsPath", Test::Timestamp, Relation::GreaterThanEquals, true},
    {"TimestampGreaterThanPath", Test::Timestamp, Relation::GreaterThan, true},
    {"TimestampLessThan", Test::Timestamp, Relation::LessThan, false},
    {"TimestampLessThanEquals", Test::Timestamp, Relation::LessThanEquals, false},
    {"TimestampLessThanEqualsPath", Test::Timestamp, Relation::LessThanEquals, true},
    {"TimestampLessThanPath", Test::Timestamp, Relation::LessThan, true},
};

const Operator* find_operator(std::string_view name) {
  const Operator* found = std::lower_bound(std::begin(kOperators), std::end(kOperators), name,
                                           [](const Operator& o, std::string_view n) { return o.name < n; });
  return found != std::end(kOperators) && found->name == name ? found : nullptr;
}

enum RuleKind : std::uint16_t { kTopRule = 1, kNestedRule = 2 };

/// One choice rule, or a rule inside And, Or, Not, while it is read.
struct RuleReader {
  StateReader& state;
  ChoiceRule* rule = nullptr;  // null for nested rules
  Owner owner;
  std::optional<path::Query> variable;
  const Operator* comparison = nullptr;
  std::variant<Value, path::Query> operand;
  bool has_operand = false;
  std::optional<Instant> instant;
  std::optional<Condition> condition;
};

std::optional<Condition> read_rule(StateReader& state, Node node, ChoiceRule* rule);

void report_operand(const Reading& reading, Node node, std::string_view expected, std::string_view type) {
  report_type(reading, node, expected, type, "comparison-operand-type");
}

void read_literal(RuleReader& r, Node node) {
  const Reading& reading = r.state.reading;
  const bool unknown = node.is_string() && contains_placeholder(node.text());
  const auto take = [&] {
    r.operand = node.value();
    r.has_operand = true;
  };
  switch (r.comparison->test) {
    case Test::String:
    case Test::StringMatches:
      if (!node.is_string()) return report_operand(reading, node, "a string", "[STRING]");
      warn_of_static_path(reading, node);
      return take();
    case Test::Numeric:
      if (node.is_number()) return take();
      if (!unknown) report_operand(reading, node, "a number", "[NUMBER]");
      return;
    case Test::Timestamp:
      if (!node.is_string()) return report_operand(reading, node, "a timestamp", "[STRING]");
      r.instant = parse_timestamp(node.text());
      if (r.instant) return take();
      if (unknown) return;
      reading.findings.add({.name = "comparison-operand-type",
                            .at = node,
                            .span = node.span(),
                            .message = fmt::format("\"{}\" is no timestamp", quoted(node.text())),
                            .help = "write it as 2024-02-29T12:00:00Z, or with an offset such as +01:00"},
                           {.message = std::string(service::kTimestamp), .at = node});
      return;
    case Test::Boolean:
    case Test::IsNull:
    case Test::IsPresent:
    case Test::IsNumeric:
    case Test::IsString:
    case Test::IsBoolean:
    case Test::IsTimestamp:
      if (node.is_boolean()) return take();
      if (!unknown) report_operand(reading, node, "true or false", "[BOOLEAN]");
      return;
  }
}

void read_operator(RuleReader& r, Node node) {
  r.comparison = find_operator(node.key());
  if (!r.comparison->is_path) return read_literal(r, node);
  if (auto query = read_path(r.state.reading, node, PathUse::Variable, "comparison-operand-not-path")) {
    r.operand = std::move(*query);
    r.has_operand = true;
  }
}

/// The rules of And and Or.
std::vector<Condition> read_list(RuleReader& r, Node node) {
  std::vector<Condition> conditions;
  const Reading& reading = r.state.reading;
  if (!node.is_array()) {
    report_type(reading, node, "an array of rules", "[ARRAY]");
    return conditions;
  }
  if (node.size() == 0) {
    reading.findings.add({.name = "empty-boolean-expression",
                          .at = node,
                          .span = node.span(),
                          .message = fmt::format("\"{}\" holds no rule", node.key()),
                          .help = "add a rule, or delete it"},
                         {.message = std::string(service::kEmpty), .at = node});
  }
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    if (auto condition = read_rule(r.state, *child, nullptr)) conditions.push_back(std::move(*condition));
  }
  return conditions;
}

void read_condition(RuleReader& r, Node node) {
  const Reading& reading = r.state.reading;
  if (node.is_boolean() || (node.is_string() && is_expression(node.text()))) {
    r.condition = Condition{read_jsonata(reading, node)};
    return;
  }
  if (is_missing(node) || (node.is_string() && contains_placeholder(node.text()))) return;
  if (node.is_string() && node.text().starts_with("{%") != node.text().ends_with("%}")) {
    read_jsonata(reading, node);
    return;
  }
  reading.findings.add(
      {.name = "condition-not-jsonata",
       .at = node,
       .span = node.is_object() || node.is_array() ? head(node) : node.span(),
       .message = fmt::format("\"Condition\" is {}, which is no expression", reading.findings.shown(node)),
       .help = "write it as {% expression %}"},
      {.message = node.is_string() ? std::string(service::kJsonataString) : service::expected_type("[STRING, BOOLEAN]"),
       .at = node});
}

using R = RuleReader;

constexpr Field<RuleReader> kRuleFields[] = {
    {"And", kAnyKind, Languages::JSONPath, [](R& r, Node n) { r.condition = Condition{And{read_list(r, n)}}; }},
    {"Assign", kTopRule, Languages::Both, [](R& r, Node n) { r.rule->assign = read_assign(r.state.reading, n); }},
    {"Comment", kAnyKind, Languages::Both, [](R& r, Node n) { read_string(r.state.reading, n); }},
    {"Condition", kTopRule, Languages::JSONata, read_condition},
    {"Next", kTopRule, Languages::Both, [](R& r, Node n) { r.state.read_target(n, r.rule->next); }},
    {"Not", kAnyKind, Languages::JSONPath,
     [](R& r, Node n) {
       Not negation;
       if (auto condition = read_rule(r.state, n, nullptr)) negation.one.push_back(std::move(*condition));
       r.condition = Condition{std::move(negation)};
     }},
    {"Or", kAnyKind, Languages::JSONPath, [](R& r, Node n) { r.condition = Condition{Or{read_list(r, n)}}; }},
    {"Output", kTopRule, Languages::JSONata, [](R& r, Node n) { r.rule->output = read_jsonata(r.state.reading, n); }},
    {"Variable", kAnyKind, Languages::JSONPath,
     [](R& r, Node n) { r.variable = read_path(r.state.reading, n, PathUse::Variable, "invalid-choice-variable"); }},
};

/// The fields of a rule together with the operators, in the order of names.
struct RuleTable {
  Field<RuleReader> rows[std::size(kRuleFields) + std::size(kOperators)];

  constexpr RuleTable() : rows{} {
    std::size_t field = 0, op = 0;
    for (Field<RuleReader>& row : rows) {
      const bool take_field = op == std::size(kOperators) ||
                              (field < std::size(kRuleFields) && kRuleFields[field].name < kOperators[op].name);
      row = take_field ? kRuleFields[field]
                       : Field<RuleReader>{kOperators[op].name, kAnyKind, Languages::JSONPath, read_operator};
      ++(take_field ? field : op);
    }
  }
};
constexpr RuleTable kRuleTable;
static_assert(is_sorted_by_name(kRuleTable.rows));

std::string_view rule_in_nested(std::string_view field) {
  return field == "Next" ? "nested-rule-has-next" : "field-not-allowed-for-type";
}

std::string operator_names() {
  std::string names;
  for (const Operator& op : kOperators) {
    if (!names.empty()) names += ", ";
    names += op.name;
  }
  return names;
}

/// What is wrong with what the rule tests, as a whole. The service tells this before the fields.
void check_content(RuleReader& r, const Fields<RuleReader>& fields) {
  const Reading& reading = r.state.reading;
  const Node object = fields.object();
  const auto report = [&](std::string_view rule, Span span, std::string message, std::string help,
                          std::string sentence) {
    reading.findings.add(
        {.name = rule, .at = object, .span = span, .message = std::move(message), .help = std::move(help)},
        {.message = std::move(sentence), .at = object});
  };
  static constexpr std::string_view kContents[] = {"And", "Or", "Not", "Variable", "Condition"};
  std::vector<Node> contents;
  for (const std::string_view name : kContents) {
    if (const auto node = fields.find(name)) contents.push_back(*node);
  }
  std::vector<Node> operators;
  for (const Operator& op : kOperators) {
    if (const auto node = fields.find(op.name)) operators.push_back(*node);
  }
  const auto by_place = [](const Node& a, const Node& b) { return a.span().begin < b.span().begin; };
  sort_stable(contents, by_place);
  sort_stable(operators, by_place);

  if (contents.size() > 1) {
    return report("rule-multiple-comparisons", contents[1].key_span(),
                  fmt::format("\"{}\" and \"{}\" exclude each other in one rule", contents[0].key(), contents[1].key()),
                  "join them with \"And\" or \"Or\"", std::string(service::kOneRuleContent));
  }
  if (contents.empty()) {
    if (reading.is_jsonata()) {
      return report("rule-missing-comparison", head(object), "this rule has no \"Condition\"",
                    "write \"Condition\": \"{% expression %}\"", std::string(service::kOneRuleContent));
    }
    if (!operators.empty()) {
      return report("rule-missing-variable", operators[0].key_span(),
                    fmt::format("\"{}\" compares nothing: there is no \"Variable\"", operators[0].key()),
                    "name the value to compare in \"Variable\"", std::string(service::kOneRuleContent));
    }
    if (fields.unknown().empty()) {
      report("rule-missing-comparison", head(object), "this rule tests nothing",
             "write \"Variable\" and an operator, or \"And\", \"Or\", \"Not\"", std::string(service::kOneRuleContent));
    }
    return;
  }
  if (contents[0].key() != "Variable") {
    if (!operators.empty() && !reading.is_jsonata()) {
      report("rule-multiple-comparisons", operators[0].key_span(),
             fmt::format("\"{}\" stands beside \"{}\"", operators[0].key(), contents[0].key()),
             "move it into a rule of its own", service::not_supported(operators[0].key()));
    }
    return;
  }
  if (reading.is_jsonata()) return;
  if (operators.size() > 1) {
    std::string names;
    for (const Node& op : operators) {
      if (!names.empty()) names += ", ";
      names += op.key();
    }
    report("rule-multiple-comparisons", operators[1].key_span(),
           fmt::format("\"{}\" and \"{}\" exclude each other in one rule", operators[0].key(), operators[1].key()),
           "join two rules with \"And\" or \"Or\"", service::too_many_of(names));
  } else if (operators.empty() && fields.unknown().empty()) {
    report("rule-missing-comparison", head(object), "this rule compares its \"Variable\" with nothing",
           "add an operator such as \"StringEquals\"", service::none_of(operator_names()));
  }
}

/// An unknown field where an operator is missing is meant as one.
void report_unknown(RuleReader& r, const Fields<RuleReader>& fields) {
  bool has_operator = !fields.has("Variable") || r.state.reading.is_jsonata();
  for (const Operator& op : kOperators) has_operator = has_operator || fields.has(op.name);
  if (has_operator) return fields.report_unknown(r.state.reading, r.owner, kRuleTable.rows);
  std::vector<std::string_view> names;
  for (const Operator& op : kOperators) names.push_back(op.name);
  Findings& findings = r.state.reading.findings;
  for (const Node& field : fields.unknown()) {
    if (contains_placeholder(field.key())) continue;
    std::string help = "write an operator such as \"StringEquals\"";
    std::string suggestion;
    if (const auto near = findings.suggest(field.key(), names)) {
      help = fmt::format("did you mean \"{}\"?", *near);
      suggestion = *near;
    }
    findings.add({.name = "unknown-comparison-operator",
                  .at = field,
                  .span = field.key_span(),
                  .message = fmt::format("there is no operator \"{}\"", quoted(field.key())),
                  .help = std::move(help),
                  .suggestion = std::move(suggestion)},
                 {.message = service::not_supported(field.key()), .at = fields.object()});
  }
}

// Recursion follows the nesting of the definition, which read_json bounds by kMaxDepth.
std::optional<Condition> read_rule(StateReader& state, Node node, ChoiceRule* rule) {
  if (!node.is_object()) {
    report_type(state.reading, node, "a rule, which is an object", "[OBJECT]");
    return std::nullopt;
  }
  RuleReader r{.state = state,
               .rule = rule,
               .owner = {.article = rule ? "a choice rule" : "a rule inside And, Or or Not",
                         .kind = static_cast<std::uint16_t>(rule ? kTopRule : kNestedRule),
                         .any_language = state.owner.any_language,
                         .rule_of_field = rule_in_nested},
               .variable = {},
               .operand = {},
               .instant = {},
               .condition = {}};
  Fields<RuleReader> fields(node, kRuleTable.rows);
  report_unknown(r, fields);
  fields.check_allowed(state.reading, r.owner);
  if (rule && !fields.has("Next")) {
    state.load.has_unknown_target = true;
    state.reading.findings.add({.name = "rule-missing-next",
                                .at = node,
                                .span = head(node),
                                .message = "this rule has no \"Next\"",
                                .help = "name the state that runs when the rule holds"},
                               {.message = service::required({"Next"}), .at = node});
  }
  check_content(r, fields);
  fields.read(r);
  if (r.condition) return std::move(r.condition);
  if (!r.variable || !r.comparison || !r.has_operand) return std::nullopt;
  return Condition{Comparison{.variable = std::move(*r.variable),
                              .test = r.comparison->test,
                              .relation = r.comparison->relation,
                              .operand = std::move(r.operand),
                              .instant = r.instant}};
}

}  // namespace

std::vector<std::string_view> choice_rule_field_names(bool is_top, bool is_jsonata) {
  return names_in(kRuleTable.rows, is_top ? kTopRule : kNestedRule, is_jsonata);
}

void read_choices(StateReader& r, Node node) {
  if (!node.is_array()) return report_type(r.reading, node, "an array of choice rules", "[ARRAY]");
  if (node.size() == 0) {
    r.reading.findings.add({.name = "empty-choices",
                            .at = node,
                            .span = node.span(),
                            .message = fmt::format("Choice state \"{}\" has no rule", quoted(r.state.name)),
                            .help = "add a choice rule, or use a Pass state"},
                           {.message = std::string(service::kEmpty), .at = node});
  }
  std::vector<ChoiceRule>& rules = r.as<Choice>().choices;
  rules.reserve(node.size());
  for (auto child = node.first_child(); child; child = child->next_sibling()) {
    // A rule whose condition is not understood never holds; it is among the errors.
    ChoiceRule& rule = rules.emplace_back();
    rule.span = child->span();
    if (auto condition = read_rule(r, *child, &rule)) rule.condition = std::move(*condition);
  }
}

}  // namespace stepglass::loading
