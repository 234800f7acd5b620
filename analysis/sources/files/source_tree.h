#pragma once
// The files of a folder that may define state machines. Native programs only.
//
// Nothing outside of the root is ever opened: links are not followed on the way, and the system is asked to resolve
// every path beneath the root. Only regular files are read, which is looked at after opening, so a pipe or a device
// neither blocks nor is read from.
//
//   const SourceTree tree = SourceTree::walk({"infra"});
//   for (const SourceFile& file : tree.files()) if (auto text = tree.read(file)) …

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/support/result.h"

namespace stepglass::analysis {

/// Files that are looked at; more are skipped.
inline constexpr std::size_t kMaxSourceFiles = 200'000;
/// Entries of folders, whatever they are.
inline constexpr std::size_t kMaxFolderEntries = 2'000'000;
/// Folders inside each other.
inline constexpr std::size_t kMaxFolderDepth = 64;
/// Bytes of a .gitignore; a larger one is skipped.
inline constexpr std::size_t kMaxIgnoreBytes = 1u << 20;

/// What was not looked at, and why.
struct SkippedPath {
  std::string path;
  std::string reason;
};

struct SourceFile {
  /// From the root of its tree, with "/" between folders; any bytes but NUL.
  std::string path;
  /// Which of the roots: an index.
  std::size_t root = 0;
  /// Named by the user, and not found in a folder.
  bool is_named = false;
};

class SourceTree {
 public:
  /// Walks the folders among `paths` and takes the files among them. `use_ignore_files`: .gitignore files, those of the
  /// folders around inside the same repository included, leave out what is not named. Folders of tools (.git,
  /// node_modules and the like) are left out unless they are named.
  static SourceTree walk(const std::vector<std::string>& paths, bool use_ignore_files = true);

  /// Files that are in memory, e.g. those of a commit: the same choice among them, except for what .gitignore says.
  /// `named`: paths that the user named.
  static SourceTree of_texts(std::map<std::string, std::string> texts, const std::vector<std::string>& named);

  SourceTree(SourceTree&&) noexcept;
  SourceTree& operator=(SourceTree&&) noexcept;
  ~SourceTree();

  /// By root, then by path; none twice.
  const std::vector<SourceFile>& files() const { return files_; }
  const std::vector<SkippedPath>& skipped() const { return skipped_; }

  /// The text of `file`, which need not be one of files(): then it is one that a file of the same root refers to. Fails
  /// for what is no regular file, too large (kMaxSourceBytes), outside of the root, or cannot be read. Callable from
  /// several threads.
  Result<std::string, SkippedPath> read(const SourceFile& file) const;

  /// The path of `file` as the user would write it.
  std::string shown_path(const SourceFile& file) const;

 private:
  struct Root;
  class Walker;
  SourceTree();

  std::vector<std::unique_ptr<Root>> roots_;
  std::vector<SourceFile> files_;
  std::vector<SkippedPath> skipped_;
};

}  // namespace stepglass::analysis
