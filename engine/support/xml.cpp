#include "engine/support/xml.h"

#include "engine/support/text.h"

namespace stepglass {

std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : display(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&apos;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace stepglass
