#include "analysis/cli/options.h"

#include <fmt/format.h>

#include "engine/support/text.h"

namespace stepglass::cli {

std::optional<int> parse_options(CLI::App& app, int argc, char** argv, std::initializer_list<const char*> required) {
  const std::string help = fmt::format("{} --help", app.get_name());
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    write(1, app.help());
    return kSuccess;
  } catch (const CLI::ParseError& error) {
    return complain({display(error.what()), help});
  }
  for (const char* name : required) {
    if (app.get_option(name)->empty()) return complain({fmt::format("{} is missing", name), help});
  }
  return std::nullopt;
}

}  // namespace stepglass::cli
