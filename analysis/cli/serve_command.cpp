// stepglass serve: the playground on this machine, with the workflows of a folder at hand.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "analysis/cli/commands.h"
#include "analysis/cli/console.h"
#include "analysis/cli/list_files.h"
#include "analysis/cli/options.h"
#include "analysis/cli/web_server.h"
#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass::cli {
namespace {

namespace fs = std::filesystem;

struct ServeOptions {
  std::vector<std::string> paths;
  std::string playground;
  std::uint32_t port = 8484;
};

/// Where the built playground lies: what is asked for, else beside the program as it is installed or built. Empty when
/// it is nowhere.
fs::path playground_folder(const std::string& asked) {
  std::error_code fault;
  if (!asked.empty()) return fs::exists(fs::path(asked) / "index.html", fault) ? fs::path(asked) : fs::path();
  const fs::path program = fs::read_symlink("/proc/self/exe", fault).parent_path();
  for (const fs::path& folder : {program / "../share/stepglass/playground", program / "../../web/dist/playground"}) {
    if (fs::exists(folder / "index.html", fault)) return folder;
  }
  return {};
}

std::string type_of(const fs::path& file) {
  constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {".html", "text/html; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},   {".svg", "image/svg+xml"},
      {".wasm", "application/wasm"},         {".json", "application/json"}};
  for (const auto& [ending, type] : kTypes) {
    if (file.extension() == ending) return std::string(type);
  }
  return "application/octet-stream";
}

/// All files of the playground. The page is told that it is served here, so that it asks for the workflows.
Result<ServedFiles, WrongUse> read_playground(const fs::path& folder) {
  ServedFiles files;
  std::error_code fault;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder, fault)) {
    if (!entry.is_regular_file(fault)) continue;
    auto content = read_file(entry.path().string());
    if (!content) return std::move(content).error();
    files["/" + fs::relative(entry.path(), folder, fault).generic_string()] = {type_of(entry.path()), *std::move(content)};
  }
  ServedFile page = files["/index.html"];
  if (const std::size_t head = page.content.find("<head>"); head != std::string::npos) {
    page.content.insert(head + 6, "\n    <meta name=\"stepglass-workflows\" content=\"workflows.json\" />");
  }
  files["/"] = page;
  files["/index.html"] = std::move(page);
  return files;
}

/// {"workflows": [{"name", "file", "line", "type", "definition"}, …]}
std::string workflows_json(const Listing& listing, std::size_t& count) {
  std::string out = "{\"workflows\":[";
  for (const analysis::ListedMachine& machine : listing.machines) {
    if (machine.definition.empty()) continue;
    if (count++ > 0) out += ",\n";
    analysis::append_listed(out, machine);
  }
  return out + "]}\n";
}

}  // namespace

int serve_command(int argc, char** argv) {
  ServeOptions options;
  CommandLine line("Serves the playground to this machine, with the workflows of files and folders at hand.",
                   "stepglass serve");
  line.add_option("PATH", options.paths, "files and folders with workflows (default: the current folder)");
  line.add_option("--port", options.port, "where it listens; 0 takes a port that is free (default: 8484)").type_name("N").at_most(65535);
  line.add_option("--playground", options.playground, "the folder of the built playground, where it is not found beside the program")
      .type_name("DIR");
  line.footer(
      "It answers this machine alone and ends with Ctrl C.\n"
      "\n"
      "Exit status: 0 ended, 2 wrong use, 3 a fault of Stepglass.");
  if (const auto status = line.parse(argc, argv)) return *status;

  const fs::path folder = playground_folder(options.playground);
  if (folder.empty()) {
    return complain({options.playground.empty()
                         ? std::string("the built playground is not found")
                         : fmt::format("{} holds no built playground", display(options.playground)),
                     "build it with scripts/start, or name its folder with --playground"});
  }
  auto files = read_playground(folder);
  if (!files) return complain(files.error());
  ListOptions listed;
  listed.paths = options.paths;
  listed.definitions = true;
  const Listing listing = list_files(listed);
  std::size_t workflows = 0;
  (*files)["/workflows.json"] = {"application/json", workflows_json(listing, workflows)};

  const std::string fault = serve_files(*files, static_cast<unsigned short>(options.port), [&](unsigned short port) {
    write(1, fmt::format("http://localhost:{}/  {}  (Ctrl C ends it)\n", port, counted(workflows, "workflow")));
  });
  if (fault.empty()) return kSuccess;
  return complain({fmt::format("port {} cannot be used: {}", options.port, fault), "take another with --port, or 0 for any"});
}

}  // namespace stepglass::cli
