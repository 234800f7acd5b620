#include "engine/document/place_json.h"

#include "engine/support/number.h"

namespace stepglass {

void append_place(std::string& out, Position position, std::uint32_t offset) {
  out += "{\"line\":";
  append_integer(out, position.line);
  out += ",\"column\":";
  append_integer(out, position.column);
  out += ",\"offset\":";
  append_integer(out, offset);
  out += '}';
}

void append_range(std::string& out, Span span, Position start, Position end) {
  out += "\"range\":{\"start\":";
  append_place(out, start, span.begin);
  out += ",\"end\":";
  append_place(out, end, span.end);
  out += '}';
}

}  // namespace stepglass
