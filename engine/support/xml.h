#pragma once
// Text in XML and HTML.

#include <string>
#include <string_view>

namespace stepglass {

/// `text` inside an attribute or an element. Control characters, which XML cannot hold at all, are made visible.
std::string xml_text(std::string_view text);

}  // namespace stepglass
