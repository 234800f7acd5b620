#include "engine/document/text_fault.h"

namespace stepglass {

bool leaves_out(const Diagnostic& diagnostic) {
  return diagnostic.severity == Severity::Error && diagnostic.name != "duplicate-key" &&
         diagnostic.name != "lossy-number";
}

bool is_syntax_error(const Diagnostic& diagnostic) {
  return leaves_out(diagnostic) && diagnostic.name != "nesting-too-deep" && diagnostic.name != "text-too-large";
}

}  // namespace stepglass
