// stepglass embed: a machine as HTML for a page of documentation.

#include <fmt/format.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "analysis/api/embed.h"
#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"
#include "analysis/cli/options.h"
#include "engine/support/text.h"

namespace stepglass::cli {
namespace {

struct EmbedOptions {
  std::string file;
  std::string machine;
  std::string type;
  std::vector<std::string> inputs;
  std::string mocks;
  bool no_run = false;
};

}  // namespace

int embed_command(int argc, char** argv) {
  EmbedOptions options;
  CommandLine line(
      "Writes a machine as HTML for a page: its picture and text for readers without scripts, and for <stepglass-machine> "
      "inputs, mocks and a recorded run.",
      "stepglass embed");
  line.add_option("FILE", options.file, "the definition, or a file that holds it; - reads standard input");
  line.add_option("--machine", options.machine, "which of the machines in it (default: the first)").type_name("NAME");
  line.add_option("-i,--input", options.inputs, "an input; of several the first is what is recorded (default: {})")
      .type_name("JSON|@FILE")
      .allow_extra_args(false);
  line.add_option("--mocks", options.mocks, "a file of mocks: state name to list of entries").type_name("FILE");
  line.add_option("--type", options.type, "STANDARD or EXPRESS (default: what the file says)").type_name("TYPE");
  line.add_flag("--no-run", options.no_run, "record nothing");
  line.footer("Example:\n  stepglass embed order.asl.json -i @order.json --mocks mocks.json >> docs/order.html\n");
  if (const auto status = line.parse(argc, argv, {"FILE"})) return *status;

  analysis::EmbedRequest request;
  auto text = read_file(options.file);
  if (!text) return complain(text.error());
  request.text = *std::move(text);
  request.filename = options.file == "-" ? "definition.asl.json" : options.file;
  request.machine = options.machine;
  if (!options.type.empty() && options.type != "STANDARD" && options.type != "EXPRESS") {
    return complain({fmt::format("--type is STANDARD or EXPRESS, not \"{}\"", display_word(options.type)), ""});
  }
  request.type = options.type;
  request.records = !options.no_run;
  for (const std::string& option : options.inputs) {
    auto input = text_or_file(option);
    if (!input) return complain(input.error());
    const bool is_file = option.starts_with('@');
    request.inputs.emplace_back(is_file ? std::filesystem::path(option.substr(1)).stem().string()
                                        : fmt::format("input {}", request.inputs.size() + 1),
                                *std::move(input));
  }
  if (!options.mocks.empty()) {
    auto mocks = read_file(options.mocks);
    if (!mocks) return complain(mocks.error());
    request.mocks = *std::move(mocks);
  }
  const auto html = analysis::embed_html(request);
  if (!html) return complain({display(html.error().message), "stepglass lint says more of a definition, stepglass run of a run"});
  write(1, *html);
  return kSuccess;
}

}  // namespace stepglass::cli
