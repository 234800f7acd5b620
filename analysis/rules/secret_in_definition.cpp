#include <algorithm>
#include <iterator>

#include "analysis/rules/check.h"
#include "engine/model/placeholder.h"

namespace stepglass::analysis {

extern const Rule secret_in_definition;

namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_capital_or_digit(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_word(char c) {
  return is_letter_or_digit(c) || c == '_' || c == '-';
}

/// How a credential of a known kind looks: what it begins with, and the letters behind that.
struct Pattern {
  std::string_view begin;
  std::size_t least = 0;
  std::size_t most = 0;
  bool (*is_part)(char) = is_word;
  std::string_view what;
};

// Source: the documentation of the services, and the rules of secret scanners.
constexpr Pattern kPatterns[] = {
    {"AKIA", 16, 16, is_capital_or_digit, "an access key of AWS"},
    {"ASIA", 16, 16, is_capital_or_digit, "an access key of AWS"},
    {"ghp_", 36, 251, is_letter_or_digit, "a token of GitHub"},
    {"gho_", 36, 251, is_letter_or_digit, "a token of GitHub"},
    {"ghs_", 36, 251, is_letter_or_digit, "a token of GitHub"},
    {"github_pat_", 40, 251, is_word, "a token of GitHub"},
    {"glpat-", 20, 251, is_word, "a token of GitLab"},
    {"xoxb-", 20, 251, is_word, "a token of Slack"},
    {"xoxp-", 20, 251, is_word, "a token of Slack"},
    {"sk_live_", 16, 251, is_letter_or_digit, "a key of Stripe"},
    {"rk_live_", 16, 251, is_letter_or_digit, "a key of Stripe"},
    {"AIza", 35, 35, is_word, "an API key of Google"},
};

// The shortest of them all has so many characters.
constexpr std::size_t kShortest = 20;

/// Whether what stands behind `pattern.begin` is such a credential.
bool fits(const Pattern& pattern, std::string_view behind) {
  const std::string_view rest = behind.substr(0, pattern.most + 1);
  const auto end = std::find_if_not(rest.begin(), rest.end(), pattern.is_part);
  const auto length = static_cast<std::size_t>(end - rest.begin());
  if (length < pattern.least || length > pattern.most || (end != rest.end() && is_word(*end))) return false;
  const std::string_view found = rest.substr(0, length);
  // What documentation prints is none.
  return found.find("EXAMPLE") == std::string_view::npos &&
         !std::all_of(found.begin(), found.end(), [&](char c) { return c == found[0]; });
}

/// Of "-----BEGIN ENCRYPTED PRIVATE KEY-----", and of kinds that are not known yet.
constexpr std::size_t kLongestKeyHead = 64;

/// What `text` holds, when that looks like a credential; else empty. In one pass, since every text is looked at.
std::string_view credential_in(std::string_view text) {
  for (std::size_t at = 0; at + kShortest <= text.size(); ++at) {
    const std::string_view here = text.substr(at);
    switch (text[at]) {
      case '-':
        if (here.starts_with("-----BEGIN ") &&
            here.substr(0, kLongestKeyHead).find("PRIVATE KEY-----") != std::string_view::npos) {
          return "a private key";
        }
        break;
      case 'h':
        if (here.starts_with("hooks.slack.com/services/T")) return "a webhook of Slack";
        break;
      case 'A':
      case 'g':
      case 'r':
      case 's':
      case 'x':
        if (at > 0 && is_word(text[at - 1])) break;
        for (const Pattern& pattern : kPatterns) {
          // Most words differ in their first two letters.
          if (here[0] != pattern.begin[0] || here[1] != pattern.begin[1]) continue;
          if (here.starts_with(pattern.begin) && fits(pattern, here.substr(pattern.begin.size()))) return pattern.what;
        }
        break;
      default:
        break;
    }
  }
  return {};
}

/// Whether the letters and digits of `key` are `word`, which is of small ones.
bool is_spelled(std::string_view key, std::string_view word) {
  std::size_t at = 0;
  for (const char c : key) {
    if (!is_letter_or_digit(c)) continue;
    const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (at == word.size() || small != word[at]) return false;
    ++at;
  }
  return at == word.size();
}

bool names_a_secret(std::string_view key) {
  constexpr std::string_view kWords[] = {"password", "passwd",       "secretaccesskey", "awssecretaccesskey",
                                         "apikey",   "clientsecret", "secretkey",       "privatekey"};
  return std::any_of(std::begin(kWords), std::end(kWords), [&](auto word) { return is_spelled(key, word); });
}

/// Long, without blanks, of letters and digits: made by a machine, and neither a name nor a place.
bool looks_random(std::string_view text) {
  if (text.size() < 16 || text.size() > 512 || text.starts_with("arn:") || text.starts_with('$') ||
      text.starts_with('/') || text.starts_with('{') || text.find("://") != std::string_view::npos) {
    return false;
  }
  std::size_t digits = 0, lower = 0, upper = 0;
  for (const char c : text) {
    if (!is_letter_or_digit(c) && std::string_view("+/=_-.").find(c) == std::string_view::npos) return false;
    digits += c >= '0' && c <= '9';
    lower += c >= 'a' && c <= 'z';
    upper += c >= 'A' && c <= 'Z';
  }
  return digits >= 3 && lower + upper >= 3 && text.find("xxx") == std::string_view::npos &&
         text.find("XXX") == std::string_view::npos;
}

/// Recursion follows the nesting of the definition, which reading bounds.
void look(Node node, Report& report) {
  if (report.is_full()) return;
  if (node.is_string()) {
    const std::string_view text = node.text();
    std::string_view what = credential_in(text);
    if (what.empty() && names_a_secret(node.key()) && looks_random(text) && !contains_placeholder(text)) {
      what = "a secret";
    }
    if (what.empty()) return;
    // The secret itself is not shown again.
    report
        .add(node.key_span() != Span{} ? node.key_span() : node.span(),
             fmt::format("{} seems to stand in the definition", what))
        .help = "keep it in Secrets Manager or Parameter Store and read it where it is needed; and replace it";
    return;
  }
  for (auto child = node.first_child(); child; child = child->next_sibling()) look(*child, report);
}

bool holds_data(std::string_view field) {
  constexpr std::string_view kFields[] = {"Parameters", "Arguments", "Result", "ResultSelector", "ItemSelector", "Assign",
                                          "Output",     "Items",     "ItemBatcher", "Catch",    "Choices"};
  return std::find(std::begin(kFields), std::end(kFields), field) != std::end(kFields);
}

void check(const ScopeView& scope, Report& report) {
  for (const State& state : scope.states()) {
    const Node node = scope.node(state);
    for (auto field = node.first_child(); field; field = field->next_sibling()) {
      if (holds_data(field->key())) look(*field, report);
    }
  }
}

}  // namespace

const Rule secret_in_definition{
    .code = "ASL364",
    .name = "secret-in-definition",
    .severity = Severity::Warning,
    .summary = "A literal that looks like a password, a key or a token.",
    .why = "Who may read the definition, its history or the repository has it.",
    .bad = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Result": {"apiKey": "3f9a1c77e0b24d5f8a6c"}, "End": true}}})",
    .good = R"({"StartAt": "A", "States": {
  "A": {"Type": "Pass", "Parameters": {"apiKey.$": "$.apiKey"}, "End": true}}})",
    .source = "Stepglass; prowler and secret scanners look for the same",
    .check = check,
};

}  // namespace stepglass::analysis
