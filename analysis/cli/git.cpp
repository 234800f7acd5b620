#include "analysis/cli/git.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/support/text.h"

namespace stepglass::cli {
namespace {

/// What `git arguments…` writes; nothing when it fails. No shell reads the arguments.
std::optional<std::string> ask_git(std::vector<std::string> arguments) {
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) return std::nullopt;
  arguments.insert(arguments.begin(), "git");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, 0);
    dup2(pipe_ends[1], 1);
    dup2(nothing, 2);
    execvp("git", argv.data());
    _exit(127);
  }
  close(pipe_ends[1]);
  std::string out;
  if (child > 0) {
    char buffer[1 << 16];
    for (ssize_t got; (got = read(pipe_ends[0], buffer, sizeof buffer)) != 0;) {
      if (got > 0) out.append(buffer, static_cast<std::size_t>(got));
      if (got < 0 && errno != EINTR) break;
    }
  }
  close(pipe_ends[0]);
  int status = -1;
  if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    return std::nullopt;
  }
  return out;
}

}  // namespace

Result<std::set<std::string>, WrongUse> files_changed_since(const std::string& ref) {
  auto top = ask_git({"rev-parse", "--show-toplevel"});
  if (!top) return WrongUse{"--since needs git, and a checkout around this folder", ""};
  while (top->ends_with('\n')) top->pop_back();
  // A commit and nothing else: a word that starts with a dash would be an option of git.
  auto commit = ask_git({"rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}"});
  if (!commit) return WrongUse{fmt::format("git knows no commit \"{}\"", display_word(ref)), ""};
  while (commit->ends_with('\n')) commit->pop_back();
  const auto changed = ask_git({"-C", *top, "diff", "--name-only", "--diff-filter=d", "--no-renames", "-z", *commit});
  const auto added = ask_git({"-C", *top, "ls-files", "--others", "--exclude-standard", "-z"});
  if (!changed || !added) return WrongUse{"git cannot tell what has changed", ""};
  std::set<std::string> files;
  for (const std::string* list : {&*changed, &*added}) {
    for (std::string_view rest = *list; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\0'), rest.size());
      if (end > 0) files.insert((std::filesystem::path(*top) / rest.substr(0, end)).lexically_normal().string());
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return files;
}

}  // namespace stepglass::cli
