// Values as text: $string, & and the places of messages. Goes over a value with a stack of its own, since an expression
// can nest a value as deep as its budget allows.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/jsonata/evaluation.h"
#include "engine/jsonata/jsonata.h"
#include "engine/support/number.h"
#include "engine/value/json_escape.h"
#include "engine/value/value.h"

namespace stepglass::jsonata {
namespace {

/// Significant digits of a number with a fraction. Source: the reference rounds by toPrecision(15).
constexpr std::size_t kDigits = 15;

/// Rounds decimal digits, of which there are more than kDigits, half up as toPrecision does, and gives the number that
/// they stand for. `text` is of the form d.ddde±x, with all digits that the number has.
double rounded(const std::string& text, double number) {
  const std::size_t mark = text.find('e');
  std::int64_t whole = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < mark && count <= kDigits; ++i) {
    const char c = text[i];
    if (c < '0' || c > '9') continue;
    if (count < kDigits) {
      whole = whole * 10 + (c - '0');
    } else if (c >= '5') {
      ++whole;
    }
    ++count;
  }
  const std::int64_t exponent = *parse_integer(text[mark + 1] == '+' ? text.substr(mark + 2) : text.substr(mark + 1));
  const auto result = parse_double(
      fmt::format("{}{}e{}", number < 0 ? "-" : "", whole, exponent - static_cast<std::int64_t>(kDigits) + 1));
  return *result;
}

void append_number(std::string& out, const Value& value) {
  const double number = value.as_double();
  if (!std::isfinite(number)) {
    out += "null";
    return;
  }
  const std::size_t start = out.size();
  append_double_ecmascript(out, number);
  if (std::trunc(number) == number) return;
  // A number whose shortest text has 15 digits or fewer is what 15 digits round it to.
  std::size_t digits = 0;
  for (std::size_t i = start; i < out.size() && out[i] != 'e'; ++i) {
    if (out[i] >= '0' && out[i] <= '9' && (digits > 0 || out[i] != '0')) ++digits;
  }
  if (digits <= kDigits) return;
  out.resize(start);
  append_double_ecmascript(out, rounded(fmt::format("{:.40e}", number), number));
}

void append_quoted(std::string& out, std::string_view text) {
  constexpr char hex[] = "0123456789abcdef";
  out += '"';
  std::size_t clean = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const char escape = json_escape(byte);
    if (escape == '\0') continue;
    out.append(text, clean, i - clean);
    clean = i + 1;
    out += '\\';
    out += escape;
    if (escape != 'u') continue;
    out += "00";
    out += hex[byte >> 4];
    out += hex[byte & 15];
  }
  out.append(text, clean, text.size() - clean);
  out += '"';
}

/// Writes one value. `charge` is told of bytes before they are written.
template <typename Charge>
class Writer {
 public:
  Writer(std::string& out, std::size_t indent, Charge charge) : out_(out), indent_(indent), charge_(charge) {}

  void write(const Value& root) {
    open(root);
    while (!stack_.empty()) {
      Frame& frame = stack_.back();
      const Value& container = *frame.container;
      if (frame.next == container.size()) {
        stack_.pop_back();
        new_line();
        out_ += container.is_array() ? ']' : '}';
        continue;
      }
      if (frame.next > 0) out_ += ',';
      new_line();
      if (container.is_array()) {
        open(container.items()[frame.next++]);
      } else {
        const Member& member = container.members()[frame.next++];
        charge_(member.key.size() + 4);
        append_quoted(out_, member.key);
        out_ += indent_ > 0 ? ": " : ":";
        open(member.value);
      }
    }
  }

 private:
  struct Frame {
    const Value* container;
    std::size_t next;
  };

  /// Writes a scalar or the start of a container.
  void open(const Value& value) {
    charge_(value.is_string() ? value.as_string().size() + 3 : kScalarBytes);
    switch (value.kind()) {
      case Value::Kind::Null:
        out_ += "null";
        break;
      case Value::Kind::Boolean:
        out_ += value.as_boolean() ? "true" : "false";
        break;
      case Value::Kind::Integer:
      case Value::Kind::Unsigned:
      case Value::Kind::Double:
        append_number(out_, value);
        break;
      case Value::Kind::String:
        append_quoted(out_, value.as_string());
        break;
      case Value::Kind::Opaque:
        out_ += R"("")";
        break;
      case Value::Kind::Array:
      case Value::Kind::Object:
        if (value.size() == 0) {
          out_ += value.is_array() ? "[]" : "{}";
        } else {
          out_ += value.is_array() ? '[' : '{';
          stack_.push_back({&value, 0});
        }
        break;
    }
  }

  void new_line() {
    if (indent_ == 0) return;
    const std::size_t spaces = indent_ * stack_.size();
    charge_(spaces + 1);
    out_ += '\n';
    out_.append(spaces, ' ');
  }

  /// More than any number takes, and the frame of a container.
  static constexpr std::size_t kScalarBytes = 24;

  std::string& out_;
  const std::size_t indent_;
  Charge charge_;
  std::vector<Frame> stack_;
};

template <typename Charge>
void append(std::string& out, const Value& value, std::size_t indent, Charge charge) {
  if (value.is_string()) {
    charge(value.as_string().size());
    out += value.as_string();
  } else if (value.kind() == Value::Kind::Double && !std::isfinite(value.as_double())) {
    throw Raised{make_error("D3001")};
  } else if (!value.is_opaque()) {
    Writer<Charge>(out, indent, charge).write(value);
  }
}

}  // namespace

void append_text(std::string& out, const Value& value, std::size_t indent, Evaluation& evaluation) {
  append(out, value, indent, [&](std::size_t bytes) {
    evaluation.charge_steps(1 + bytes / 64);
    evaluation.charge_bytes(bytes);
  });
}

std::string to_text(const Value& value) {
  std::string out;
  append(out, value, 0, [](std::size_t) {});
  return out;
}

}  // namespace stepglass::jsonata
