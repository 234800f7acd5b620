#include "engine/jsonata/error.h"

#include <algorithm>
#include <string>

#include "engine/jsonata/jsonata.h"
#include "engine/value/print.h"

namespace stepglass::jsonata {
namespace {

struct Sentence {
  std::string_view code;
  /// {token}, {value}, {value2}, {index}, {type} are written as JSON, {=token} and {=value} as they are.
  std::string_view text;
};

// The sentences of the reference, since the service quotes them. Sorted by code.
constexpr Sentence kSentences[] = {
    {"D1001", "Number out of range: {value}"},
    {"D1002", "Cannot negate a non-numeric value: {value}"},
    {"D1004", "Regular expression matches zero length string"},
    {"D1009", "Multiple key definitions evaluate to same key: {value}"},
    {"D1011", "Stack overflow. Check for non-terminating recursive function.  Consider rewriting as tail-recursive"},
    {"D1012", "Evaluation timeout after {value} steps. Check for infinite loop"},
    {"D1013", "Object property names starting with _jsonata_ are reserved for internal use: {value}"},
    {"D2014",
     "The size of the sequence allocated by the range operator (..) must not exceed 1e7.  Attempted to allocate "
     "{value}."},
    {"D2015", "The maximum sequence length of {value} was exceeded."},
    {"D3001", "Attempting to invoke string function on Infinity or NaN"},
    {"D3010", "Second argument of replace function cannot be an empty string"},
    {"D3011", "Fourth argument of replace function must evaluate to a positive number"},
    {"D3012", "Attempted to replace a matched string with a non-string value"},
    {"D3020", "Third argument of split function must evaluate to a positive number"},
    {"D3030", "Unable to cast value to a number: {value}"},
    {"D3040", "Third argument of match function must evaluate to a positive number"},
    {"D3050", "The second argument of reduce function must be a function with at least two arguments"},
    {"D3060", "The sqrt function cannot be applied to a negative number: {value}"},
    {"D3061",
     "The power function has resulted in a value that cannot be represented as a JSON number: base={value}, "
     "exponent={value2}"},
    {"D3070",
     "The single argument form of the sort function can only be applied to an array of strings or an array of numbers. "
     " Use the second argument to specify a comparison function"},
    {"D3080", "The picture string must only contain a maximum of two sub-pictures"},
    {"D3081", "The sub-picture must not contain more than one instance of the 'decimal-separator' character"},
    {"D3082", "The sub-picture must not contain more than one instance of the 'percent' character"},
    {"D3083", "The sub-picture must not contain more than one instance of the 'per-mille' character"},
    {"D3084", "The sub-picture must not contain both a 'percent' and a 'per-mille' character"},
    {"D3085",
     "The mantissa part of a sub-picture must contain at least one character that is either an 'optional digit "
     "character' or a member of the 'decimal digit family'"},
    {"D3086",
     "The sub-picture must not contain a passive character that is preceded by an active character and that is "
     "followed by another active character"},
    {"D3087",
     "The sub-picture must not contain a 'grouping-separator' character that appears adjacent to a "
     "'decimal-separator' character"},
    {"D3088", "The sub-picture must not contain a 'grouping-separator' at the end of the integer part"},
    {"D3089", "The sub-picture must not contain two adjacent instances of the 'grouping-separator' character"},
    {"D3090",
     "The integer part of the sub-picture must not contain a member of the 'decimal digit family' that is followed by "
     "an instance of the 'optional digit character'"},
    {"D3091",
     "The fractional part of the sub-picture must not contain an instance of the 'optional digit character' that is "
     "followed by a member of the 'decimal digit family'"},
    {"D3092",
     "A sub-picture that contains a 'percent' or 'per-mille' character must not contain a character treated as an "
     "'exponent-separator'"},
    {"D3093",
     "The exponent part of the sub-picture must comprise only of one or more characters that are members of the "
     "'decimal digit family'"},
    {"D3100", "The radix of the formatBase function must be between 2 and 36.  It was given {value}"},
    {"D3110", "The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given {value}"},
    {"D3120", "Syntax error in expression passed to function eval: {value}"},
    {"D3121", "Dynamic error evaluating the expression passed to function eval: {value}"},
    {"D3130",
     "Formatting or parsing an integer as a sequence starting with {value} is not supported by this implementation"},
    {"D3131", "In a decimal digit pattern, all digits must be from the same decimal group"},
    {"D3132", "Unknown component specifier {value} in date/time picture string"},
    {"D3133",
     "The 'name' modifier can only be applied to months and days in the date/time picture string, not {value}"},
    {"D3134", "The timezone integer format specifier cannot have more than four digits"},
    {"D3135", "No matching closing bracket ']' in date/time picture string"},
    {"D3136", "The date/time picture string is missing specifiers required to parse the timestamp"},
    {"D3137", "{=value}"},
    {"D3138", "The $single() function expected exactly 1 matching result.  Instead it matched more."},
    {"D3139", "The $single() function expected exactly 1 matching result.  Instead it matched 0."},
    {"D3140", "Malformed URL passed to ${=token}(): {value}"},
    {"D3141", "{=value}"},
    {"S0101", "String literal must be terminated by a matching quote"},
    {"S0102", "Number out of range: {token}"},
    {"S0103", "Unsupported escape sequence: \\{token}"},
    {"S0104", "The escape sequence \\u must be followed by 4 hex digits"},
    {"S0105", "Quoted property name must be terminated with a backquote (`)"},
    {"S0106", "Comment has no closing tag"},
    {"S0201", "Syntax error: {token}"},
    {"S0202", "Expected {value}, got {token}"},
    {"S0203", "Expected {value} before end of expression"},
    {"S0204", "Unknown operator: {token}"},
    {"S0206", "Unknown expression type: {token}"},
    {"S0207", "Unexpected end of expression"},
    {"S0208", "Parameter {value} of function definition must be a variable name (start with $)"},
    {"S0209", "A predicate cannot follow a grouping expression in a step"},
    {"S0210", "Each step can only have one grouping expression"},
    {"S0211", "The symbol {token} cannot be used as a unary operator"},
    {"S0212", "The left side of := must be a variable name (start with $)"},
    {"S0213", "The literal value {value} cannot be used as a step within a path expression"},
    {"S0214", "The right side of {token} must be a variable name (start with $)"},
    {"S0215", "A context variable binding must precede any predicates on a step"},
    {"S0216", "A context variable binding must precede the 'order-by' clause on a step"},
    {"S0217", "The object representing the 'parent' cannot be derived from this expression"},
    {"S0301", "Empty regular expressions are not allowed"},
    {"S0302", "No terminating / in regular expression"},
    {"S0303", "Invalid regular expression: {=value}"},
    {"S0304", "The expression is nested too deep"},
    {"S0401", "Type parameters can only be applied to functions and arrays"},
    {"S0402", "Choice groups containing parameterized types are not supported"},
    {"T0410", "Argument {index} of function {token} does not match function signature"},
    {"T0411", "Context value is not a compatible type with argument {index} of function {token}"},
    {"T0412", "Argument {index} of function {token} must be an array of {type}"},
    {"T1003", "Key in object structure must evaluate to a string; got: {value}"},
    {"T1005", "Attempted to invoke a non-function. Did you mean ${=token}?"},
    {"T1006", "Attempted to invoke a non-function"},
    {"T1007", "Attempted to partially apply a non-function. Did you mean ${=token}?"},
    {"T1008", "Attempted to partially apply a non-function"},
    {"T1010", "The matcher function argument passed to function {token} does not return the correct object structure"},
    {"T2001", "The left side of the {token} operator must evaluate to a number"},
    {"T2002", "The right side of the {token} operator must evaluate to a number"},
    {"T2003", "The left side of the range operator (..) must evaluate to an integer"},
    {"T2004", "The right side of the range operator (..) must evaluate to an integer"},
    {"T2006", "The right side of the function application operator ~> must be a function"},
    {"T2007", "Type mismatch when comparing values {value} and {value2} in order-by clause"},
    {"T2008", "The expressions within an order-by clause must evaluate to numeric or string values"},
    {"T2009", "The values {value} and {value2} either side of operator {token} must be of the same data type"},
    {"T2010", "The expressions either side of operator {token} must evaluate to numeric or string values"},
    {"T2011", "The insert/update clause of the transform expression must evaluate to an object: {value}"},
    {"T2012", "The delete clause of the transform expression must evaluate to a string or array of strings: {value}"},
    {"T2013",
     "The transform expression clones the input object using the $clone() function.  This has been overridden in the "
     "current scope by a non-function."},
    {"UNSUPPORTED_JSONATA_EXPRESSION", "Reference to '{=value}' at the top level is not supported."},
};

/// Values longer than this are cut in messages.
constexpr std::size_t kMaxShownBytes = 1000;

std::string shown(const std::optional<Value>& value) {
  if (!value) return "undefined";
  if (value->has_opaque()) return "\"function\"";
  std::string text = to_json(*value, NumberStyle::ECMAScript);
  if (text.size() > kMaxShownBytes) {
    std::size_t end = kMaxShownBytes;
    while ((static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    text.resize(end);
    text += "…";
  }
  return text;
}

std::string quoted(const std::string& text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string field(std::string_view name, const ErrorDetails& details) {
  if (name == "value") return shown(details.value);
  if (name == "value2") return shown(details.value2);
  if (name == "token") return details.token ? quoted(*details.token) : "undefined";
  if (name == "=token") return details.token.value_or("undefined");
  if (name == "=value") return details.value ? to_text(*details.value) : "undefined";
  if (name == "index") return details.index ? std::to_string(*details.index) : "undefined";
  return details.type ? quoted(*details.type) : "undefined";
}

std::string error_sentence(std::string_view code, const ErrorDetails& details) {
  const auto* found = std::lower_bound(std::begin(kSentences), std::end(kSentences), code,
                                       [](const Sentence& s, std::string_view c) { return s.code < c; });
  if (found == std::end(kSentences) || found->code != code) return std::string(code);
  std::string message;
  std::string_view rest = found->text;
  for (std::size_t open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
    const std::size_t close = rest.find('}', open);
    message += rest.substr(0, open);
    message += field(rest.substr(open + 1, close - open - 1), details);
    rest.remove_prefix(close + 1);
  }
  return message.append(rest);
}

}  // namespace

Error make_error(std::string_view code, const ErrorDetails& details, std::size_t position) {
  Error error;
  error.code = code;
  error.message = error_sentence(code, details);
  error.position = position;
  error.token = details.token;
  error.details = details;
  return error;
}

void set_token(Error& error, std::string_view token) {
  if (error.token) return;
  error.token = token;
  // Limits come with their sentence, which no table has.
  if (error.code.empty() || error.code == "U1001") return;
  error.details.token = token;
  error.message = error_sentence(error.code, error.details);
}

}  // namespace stepglass::jsonata
