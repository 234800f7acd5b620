#pragma once
// What an Expression is made of. Private to engine/jsonata.

#include <string>
#include <vector>

#include "engine/jsonata/jsonata.h"
#include "engine/jsonata/resolve.h"
#include "engine/jsonata/tree.h"

namespace stepglass::jsonata {

struct Expression::Program {
  std::string text;
  Dialect dialect = Dialect::Standard;
  NodePtr root;
  Resolved resolved;
  std::vector<std::string> free_variables;
};

/// The place of an error, which is a byte offset while an expression is worked on, in UTF-16 units.
void convert_position(Error& error, std::string_view text);

}  // namespace stepglass::jsonata
