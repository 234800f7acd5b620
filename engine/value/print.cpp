#include "engine/value/print.h"

#include "engine/support/number.h"
#include "engine/value/json_escape.h"
#include "engine/value/json_size.h"
#include "engine/value/rep.h"

namespace stepglass {
namespace {

std::uint64_t string_json_size(std::string_view text) {
  std::uint64_t size = text.size() + 2;
  for (const char c : text) {
    const char escape = json_escape(static_cast<unsigned char>(c));
    if (escape) size += escape == 'u' ? 5 : 1;
  }
  return size;
}

std::uint64_t integer_digits(std::uint64_t value) {
  std::uint64_t digits = 1;
  while (value >= 10) {
    value /= 10;
    ++digits;
  }
  return digits;
}

class Writer {
 public:
  Writer(std::string& out, NumberStyle style) : stage_(out), style_(style) {}

  void write(const Value& value) {
    add(value);
    stage_.flush();
  }

 private:
  void add(const Value& value) {
    switch (value.kind()) {
      case Value::Kind::Array: {
        char before = '[';
        for (const Value& item : value.items()) {
          stage_.add(before);
          before = ',';
          add(item);
        }
        if (before == '[') stage_.add(before);
        stage_.add(']');
        return;
      }
      case Value::Kind::Object: {
        char before = '{';
        for (const Member& member : value.members()) {
          stage_.add(before);
          before = ',';
          add_json_string<JsonLevel::Plain>(stage_, member.key);
          stage_.add(':');
          add(member.value);
        }
        if (before == '{') stage_.add(before);
        stage_.add('}');
        return;
      }
      case Value::Kind::String:
        return add_json_string<JsonLevel::Plain>(stage_, value.as_string());
      default:
        return add_json_scalar(stage_, value, style_, number_);
    }
  }

  TextStage stage_;
  NumberStyle style_;
  std::string number_;
};

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  TextStage stage(out);
  add_json_string<JsonLevel::Plain>(stage, text);
  stage.flush();
}

std::string json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

void append_json_member(std::string& out, std::string_view name, std::string_view text) {
  out += ",\"";
  out += name;
  out += "\":";
  append_json_string(out, text);
}

void add_json_scalar(TextStage& stage, const Value& value, NumberStyle style, std::string& scratch) {
  switch (value.kind()) {
    case Value::Kind::Boolean:
      return value.as_boolean() ? stage.add("true") : stage.add("false");
    case Value::Kind::Integer:
      return stage.add_integer(value.as_integer());
    case Value::Kind::Unsigned:
      return stage.add_integer(value.as_unsigned());
    case Value::Kind::Double:
      scratch.clear();
      if (style == NumberStyle::Java) {
        append_double_java(scratch, value.as_double());
      } else {
        append_double_ecmascript(scratch, value.as_double());
      }
      return stage.add(std::string_view(scratch));
    default:  // an Opaque never leaves its evaluator
      return stage.add("null");
  }
}

void append_json(std::string& out, const Value& value, NumberStyle style) {
  Writer(out, style).write(value);
}

std::string to_json(const Value& value, NumberStyle style) {
  std::string out;
  append_json(out, value, style);
  return out;
}

void append_java_text(std::string& out, const Value& value, std::size_t most) {
  if (out.size() > most) return;
  if (value.is_string()) {
    out += value.as_string();
  } else if (value.is_array()) {
    std::string_view before = "[";
    for (const Value& item : value.items()) {
      if (out.size() > most) break;
      out += before;
      before = ", ";
      append_java_text(out, item, most);
    }
    out += before == "[" ? "[]" : "]";
  } else if (value.is_object()) {
    std::string_view before = "{";
    for (const Member& member : value.members()) {
      if (out.size() > most) break;
      out += before;
      before = ", ";
      out += member.key.view();
      out += '=';
      append_java_text(out, member.value, most);
    }
    out += before == "{" ? "{}" : "}";
  } else {
    append_json(out, value, NumberStyle::Java);
  }
}

namespace detail {

std::uint64_t object_json_size(const ObjectRep& rep) {
  if (rep.json_size == 0) {
    const ObjectRep& flat = flatten(rep);
    std::uint64_t size = 2 + (flat.size > 0 ? flat.size - 1 : 0);
    for (std::uint32_t i = 0; i < flat.size; ++i) {
      const Member& member = flat.members()[i];
      size = add_json_size(size, json_size(Value(member.key)) + 1 + json_size(member.value));
    }
    rep.json_size = flat.json_size = size;
  }
  return rep.json_size;
}

}  // namespace detail

std::uint64_t json_size(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::Opaque:
    case Value::Kind::Null:
      return 4;
    case Value::Kind::Boolean:
      return value.as_boolean() ? 4 : 5;
    case Value::Kind::Integer: {
      const std::int64_t integer = value.as_integer();
      return integer < 0 ? 1 + integer_digits(0 - static_cast<std::uint64_t>(integer))
                         : integer_digits(static_cast<std::uint64_t>(integer));
    }
    case Value::Kind::Unsigned:
      return integer_digits(value.as_unsigned());
    case Value::Kind::Double: {
      std::string text;
      append_double_java(text, value.as_double());
      return text.size();
    }
    case Value::Kind::String: {
      const auto& rep = *static_cast<const detail::StringRep*>(value.identity());
      if (rep.json_size == 0) rep.json_size = static_cast<std::uint32_t>(string_json_size(value.as_string()));
      return rep.json_size;
    }
    case Value::Kind::Array: {
      const auto& rep = *static_cast<const detail::ArrayRep*>(value.identity());
      if (rep.json_size == 0) {
        std::uint64_t size = 2 + (rep.size > 0 ? rep.size - 1 : 0);
        for (const Value& item : value.items()) size = add_json_size(size, json_size(item));
        rep.json_size = size;
      }
      return rep.json_size;
    }
    case Value::Kind::Object:
      return detail::object_json_size(*static_cast<const detail::ObjectRep*>(value.identity()));
  }
  return 0;
}

}  // namespace stepglass
