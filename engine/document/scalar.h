#pragma once
// Where the bytes of a string's text stand in the document. Private to engine/document.

#include <cstdint>

#include "engine/document/content.h"
#include "engine/document/text_map.h"

namespace stepglass::detail {

/// The text of the string `id` and its pieces in `content.text`.
MappedText mapped_text(const DocumentContent& content, std::uint32_t id);

/// The same where `source` was read in place of content.source; the pieces are those in `source`.
MappedText mapped_text_in(std::string_view source, const DocumentContent& content, std::uint32_t id);

}  // namespace stepglass::detail
