#pragma once
// The compilers of paths and of filters, which call each other: a filter holds paths, a path holds filters. Private to
// engine/path; compile() in program.h is the way in.

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/path/cursor.h"
#include "engine/path/program.h"
#include "engine/support/limits.h"

namespace stepglass::path {

/// What all the nested compilers share.
struct Compilation {
  Dialect dialect = Dialect::Jayway;
  std::size_t depth = 0;
  std::uint32_t scanned_places = 0;
  std::uint32_t caches = 0;
};

/// Counts one level of nesting for as long as it lives.
class Level {
 public:
  Level(Compilation& compilation, const Cursor& cursor) : compilation_(compilation) {
    if (++compilation_.depth > kMaxDepth) {
      --compilation_.depth;  // the destructor does not run
      refuse_limit(cursor, fmt::format("filters, parentheses and arguments are nested more than {} deep", kMaxDepth));
    }
  }
  ~Level() { --compilation_.depth; }
  Level(const Level&) = delete;
  Level& operator=(const Level&) = delete;

 private:
  Compilation& compilation_;
};

using ProgramPtr = std::shared_ptr<const Path::Program>;

/// Compiles a path or leaves by a Refusal. `offset`: where `text` stands in the outermost path.
std::shared_ptr<Path::Program> compile_path(std::string_view text, std::size_t offset, Compilation& compilation);

/// The same for a filter, [?( … )] as a whole.
std::unique_ptr<Expression> compile_filter(std::string_view text, std::size_t offset, Compilation& compilation);

/// `text`, which `cursor` looks at, without its escapes; leaves by a Refusal when one of them is wrong.
std::string unescape_or_refuse(const Cursor& cursor, std::string_view text);

}  // namespace stepglass::path
