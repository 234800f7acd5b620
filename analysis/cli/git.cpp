#include "analysis/cli/git.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/support/number.h"
#include "engine/support/text.h"

namespace stepglass::cli {
namespace {

/// What `git arguments…` writes when it reads `input`; nothing when it fails. No shell reads the arguments.
std::optional<std::string> ask_git(std::vector<std::string> arguments, std::string_view input = {}) {
  // A file, since with a pipe both could wait for each other.
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::tmpfile(), std::fclose);
  if (!in || std::fwrite(input.data(), 1, input.size(), in.get()) != input.size()) return std::nullopt;
  std::rewind(in.get());
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) return std::nullopt;
  arguments.insert(arguments.begin(), "git");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const int nothing = open("/dev/null", O_RDWR);
    dup2(fileno(in.get()), 0);
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

/// The commit that `ref` names.
Result<std::string, WrongUse> commit_of(const std::string& ref) {
  // A commit and nothing else: a word that starts with a dash would be an option of git.
  auto commit = ask_git({"rev-parse", "--verify", "--quiet", "--end-of-options", ref + "^{commit}"});
  if (!commit) return WrongUse{fmt::format("git knows no commit \"{}\"", display_word(ref)), ""};
  while (commit->ends_with('\n')) commit->pop_back();
  return *std::move(commit);
}

}  // namespace

Result<std::set<std::string>, WrongUse> files_changed_since(const std::string& ref) {
  auto top = ask_git({"rev-parse", "--show-toplevel"});
  if (!top) return WrongUse{"--since needs git, and a checkout around this folder", ""};
  while (top->ends_with('\n')) top->pop_back();
  const auto commit = commit_of(ref);
  if (!commit) return commit.error();
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

Result<std::vector<FileAtCommit>, WrongUse> files_at(const std::string& ref, const std::vector<std::string>& paths,
                                                     const std::function<bool(std::string_view path)>& keep) {
  if (!ask_git({"rev-parse", "--show-toplevel"})) {
    return WrongUse{"git:REF needs git, and a checkout around this folder", ""};
  }
  const auto commit = commit_of(ref);
  if (!commit) return commit.error();
  std::vector<std::string> arguments{"ls-tree", "-r", "-z", *commit, "--"};
  arguments.insert(arguments.end(), paths.begin(), paths.end());
  const auto tree = ask_git(std::move(arguments));
  if (!tree) return WrongUse{fmt::format("git cannot tell the files of \"{}\"", display_word(ref)), ""};
  // "100644 blob HASH\tPATH" each; 120000 is a link.
  std::vector<FileAtCommit> files;
  std::string wanted;
  for (std::string_view rest = *tree; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\0'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t tab = line.find('\t'), blob = line.find(" blob ");
    if (tab == std::string_view::npos || blob == std::string_view::npos || !line.starts_with("100")) continue;
    const std::string_view path = line.substr(tab + 1);
    if (!keep(path)) continue;
    files.push_back({std::string(path), {}});
    wanted += line.substr(blob + 6, tab - blob - 6);
    wanted += '\n';
  }
  if (files.empty()) return files;
  const auto texts = ask_git({"cat-file", "--batch"}, wanted);
  // "HASH blob SIZE\n", the bytes, a line break each.
  std::string_view rest = texts ? std::string_view(*texts) : std::string_view();
  for (FileAtCommit& file : files) {
    const std::size_t line = rest.find('\n');
    const std::size_t space = rest.substr(0, line).rfind(' ');
    const auto size = line == std::string_view::npos || space == std::string_view::npos
                          ? std::nullopt
                          : parse_integer(rest.substr(space + 1, line - space - 1));
    if (!size || *size < 0 || rest.size() < line + 2 + static_cast<std::size_t>(*size)) {
      return WrongUse{fmt::format("git cannot read the files of \"{}\"", display_word(ref)), ""};
    }
    file.text = rest.substr(line + 1, static_cast<std::size_t>(*size));
    rest.remove_prefix(line + 2 + static_cast<std::size_t>(*size));
  }
  return files;
}

}  // namespace stepglass::cli
