// stepglass functions: what both expression languages can call, out of the tables that the evaluators use.

#include <fmt/format.h>

#include <string>

#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"
#include "analysis/cli/options.h"
#include "analysis/report/function_pages.h"
#include "engine/support/text.h"

namespace stepglass::cli {

int functions_command(int argc, char** argv) {
  CommandLine line(
      "Lists the functions of JSONata and the intrinsic functions of JSONPath states: name, signature, example, and "
      "what "
      "the example gives.",
      "stepglass functions");
  std::string part;
  bool markdown = false;
  const Option name = line.add_option("NAME", part, "only those with this in their name");
  line.add_flag("--markdown", markdown, "all of them as a page, engine/FUNCTIONS.md").excludes(name);
  line.footer("Exit status: 0 done, 2 no function has such a name, 3 a fault of Stepglass.");
  if (const auto status = line.parse(argc, argv)) return *status;
  if (markdown) {
    write(1, analysis::functions_markdown());
    return kSuccess;
  }
  const std::string list = analysis::list_functions(part, style_of(1));
  if (list.empty()) {
    return complain({fmt::format("no function has \"{}\" in its name", display_word(part)),
                     "`stepglass functions` lists them all"});
  }
  write(1, list);
  return kSuccess;
}

}  // namespace stepglass::cli
