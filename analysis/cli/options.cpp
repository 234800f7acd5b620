#include "analysis/cli/options.h"

#include <fmt/format.h>

#include "engine/support/text.h"

namespace stepglass::cli {

std::optional<int> parse_options(CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    write(1, app.help());
    return kSuccess;
  } catch (const CLI::ParseError& error) {
    return complain({display(error.what()), fmt::format("{} --help", app.get_name())});
  }
}

}  // namespace stepglass::cli
