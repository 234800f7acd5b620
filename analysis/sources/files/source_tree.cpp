#include "analysis/sources/files/source_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "analysis/sources/find_definitions.h"
#include "analysis/sources/ignore_file.h"
#include "analysis/sources/limits.h"

namespace stepglass::analysis {
namespace {

constexpr std::string_view kToolFolders[] = {".git",       ".hg",         ".svn",  "node_modules",
                                             ".terraform", ".serverless", ".venv", "__pycache__"};

/// Whether any folder on the way to the file is one of a tool.
bool is_in_tool_folder(std::string_view path) {
  for (std::size_t slash; (slash = path.find('/')) != std::string_view::npos; path.remove_prefix(slash + 1)) {
    const std::string_view folder = path.substr(0, slash);
    if (std::find(std::begin(kToolFolders), std::end(kToolFolders), folder) != std::end(kToolFolders)) return true;
  }
  return false;
}

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_;
};

/// Opens part by part where the system cannot resolve a path beneath a folder itself: no links at all then.
Descriptor open_by_parts(int folder, std::string_view path, int flags) {
  Descriptor at;
  while (true) {
    const std::size_t slash = path.find('/');
    const std::string part(path.substr(0, slash));
    if (part == ".." || part.empty()) {
      errno = EXDEV;
      return Descriptor();
    }
    const bool last = slash == std::string_view::npos;
    const int part_flags = last ? flags : O_RDONLY | O_DIRECTORY | O_CLOEXEC;
    Descriptor next(openat(at ? at.get() : folder, part.c_str(), part_flags | O_NOFOLLOW));
    if (!next || last) return next;
    at = std::move(next);
    path.remove_prefix(slash + 1);
  }
}

/// Opens `path` beneath `folder`; fails with errno when it leads out of it.
Descriptor open_beneath(int folder, const std::string& path, int flags) {
  open_how how{};
  how.flags = static_cast<__u64>(flags | O_CLOEXEC);
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  const long fd = syscall(SYS_openat2, folder, path.c_str(), &how, sizeof how);
  if (fd >= 0) return Descriptor(static_cast<int>(fd));
  if (errno != ENOSYS && errno != EPERM && errno != EINVAL) return Descriptor();
  return open_by_parts(folder, path, flags | O_CLOEXEC);
}

struct Unreadable {
  std::string reason;
};

/// All of a regular file of at most `most` bytes; else why not.
Result<std::string, Unreadable> read_regular(const Descriptor& file, std::size_t most) {
  struct stat about {};
  if (fstat(file.get(), &about) != 0) return Unreadable{std::strerror(errno)};
  if (!S_ISREG(about.st_mode)) return Unreadable{S_ISDIR(about.st_mode) ? "it is a folder" : "it is no regular file"};
  const auto size = static_cast<std::uint64_t>(about.st_size);
  const auto too_large = [&](std::uint64_t bytes) {
    return Unreadable{fmt::format("it has {} bytes, more than the {} that are read", bytes, most)};
  };
  if (size > most) return too_large(size);
  std::string text(static_cast<std::size_t>(size) + 1, '\0');
  std::size_t filled = 0;
  while (true) {
    if (filled == text.size()) {
      if (filled > most) return too_large(filled);
      text.resize(std::min(text.size() * 2, most + 1));
    }
    const ssize_t count = ::read(file.get(), text.data() + filled, text.size() - filled);
    if (count < 0) {
      if (errno == EINTR) continue;
      return Unreadable{std::strerror(errno)};
    }
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  text.resize(filled);
  return text;
}

constexpr int kReadFlags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

std::string real_path(const std::string& path) {
  char* real = ::realpath(path.c_str(), nullptr);
  std::string result = real ? real : "";
  std::free(real);
  return result;
}

/// "a/b" of "./a//b/": as short as it can be; "" for the folder itself.
std::string tidied(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), part.size() + 1));
    if (part.empty() || part == ".") continue;
    if (!out.empty()) out += '/';
    out += part;
  }
  return out;
}

}  // namespace

/// A folder that nothing is opened outside of.
struct SourceTree::Root {
  Descriptor folder;
  std::string prefix;  // of shown paths: empty, or with "/" at its end
  /// By path; there is no folder then.
  std::optional<std::map<std::string, std::string>> texts = {};
};

/// Walks one root.
class SourceTree::Walker {
 public:
  Walker(SourceTree& tree, std::size_t root, bool use_ignore_files)
      : tree_(tree), root_(*tree.roots_[root]), root_number_(root), use_ignore_files_(use_ignore_files) {}

  /// Walks the folder `path`, "" for the root itself.
  void start(const std::string& path) {
    if (use_ignore_files_) read_ignore_files_around(path);
    Descriptor folder = path.empty() ? Descriptor(dup(root_.folder.get()))
                                     : open_beneath(root_.folder.get(), path, O_RDONLY | O_DIRECTORY);
    if (!folder) return skip(path, std::strerror(errno));
    walk(std::move(folder), path, 0);
    ignores_.clear();
  }

 private:
  struct Ignores {
    IgnoreFile file;
    /// Bytes of paths before the folder of the file: its patterns see what follows.
    std::size_t folder_bytes = 0;
    /// For files above the root: what stands between.
    std::string prefix = {};
  };
  struct Entry {
    std::string name;
    unsigned char type;
  };

  void skip(const std::string& path, std::string reason) {
    tree_.skipped_.push_back({root_.prefix + path, std::move(reason)});
  }

  void add_ignore_file(int folder, const char* name, std::size_t folder_bytes, std::string prefix) {
    Descriptor file(openat(folder, name, kReadFlags | O_NOFOLLOW));
    if (!file) return;
    const auto text = read_regular(file, kMaxIgnoreBytes);
    if (!text) return;
    IgnoreFile ignore(*text);
    if (!ignore.empty()) ignores_.push_back({std::move(ignore), folder_bytes, std::move(prefix)});
  }

  /// The .gitignore files of the folders around `path`, up to the one that holds .git.
  void read_ignore_files_around(const std::string& path) {
    const std::string here = real_path(root_.prefix + (path.empty() && root_.prefix.empty() ? "." : path));
    std::vector<std::string> around;
    std::string folder = here;
    bool in_repository = false;
    while (!folder.empty() && around.size() < kMaxFolderDepth) {
      struct stat about {};
      in_repository = stat((folder + "/.git").c_str(), &about) == 0;
      if (in_repository) break;
      const std::size_t slash = folder.rfind('/');
      folder.resize(slash == std::string::npos ? 0 : slash);
      around.push_back(folder);
    }
    if (!in_repository) return;
    // From the outermost on: later ones count more.
    for (auto outer = around.rbegin(); outer != around.rend(); ++outer) {
      Descriptor at(open(outer->empty() ? "/" : outer->c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
      if (at)
        add_ignore_file(at.get(), ".gitignore", path.empty() ? 0 : path.size() + 1,
                        here.substr(outer->size() + 1) + "/");
    }
  }

  bool is_ignored(const std::string& path, bool is_folder) const {
    for (auto ignores = ignores_.rbegin(); ignores != ignores_.rend(); ++ignores) {
      const std::string_view inner = std::string_view(path).substr(ignores->folder_bytes);
      const auto answer = ignores->prefix.empty()
                              ? ignores->file.ignores(inner, is_folder)
                              : ignores->file.ignores(ignores->prefix + std::string(inner), is_folder);
      if (answer) return *answer;
    }
    return false;
  }

  void walk(Descriptor folder, const std::string& path, std::size_t depth) {
    const int fd = folder.get();
    DIR* listing = fdopendir(dup(fd));
    if (!listing) return skip(path, std::strerror(errno));
    std::vector<Entry> entries;
    bool has_ignore_file = false;
    while (const dirent* entry = readdir(listing)) {
      const std::string_view name = entry->d_name;
      if (name == "." || name == "..") continue;
      if (++entries_ > kMaxFolderEntries) break;
      if (name == ".gitignore") has_ignore_file = true;
      if (entry->d_type == DT_LNK) continue;  // what it leads to is found where it is, if that is inside
      if (entry->d_type == DT_REG && !may_define_machines(name)) continue;
      if (entry->d_type != DT_REG && entry->d_type != DT_DIR && entry->d_type != DT_UNKNOWN) continue;
      entries.push_back({std::string(name), entry->d_type});
    }
    closedir(listing);
    if (entries_ > kMaxFolderEntries) {
      if (!std::exchange(told_entries_, true)) {
        skip(path, fmt::format("there are more than {} files and folders", kMaxFolderEntries));
      }
      return;
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
    const std::size_t ignores_before = ignores_.size();
    const std::string prefix = path.empty() ? "" : path + "/";
    if (has_ignore_file && use_ignore_files_) add_ignore_file(fd, ".gitignore", prefix.size(), "");
    for (Entry& entry : entries) {
      const std::string inner = prefix + entry.name;
      if (entry.type == DT_UNKNOWN) {
        struct stat about {};
        if (fstatat(fd, entry.name.c_str(), &about, AT_SYMLINK_NOFOLLOW) != 0) continue;
        entry.type = S_ISDIR(about.st_mode) ? DT_DIR : S_ISREG(about.st_mode) ? DT_REG : DT_LNK;
      }
      if (entry.type == DT_DIR) {
        if (std::find(std::begin(kToolFolders), std::end(kToolFolders), entry.name) != std::end(kToolFolders)) continue;
        if (is_ignored(inner, true)) continue;
        if (depth + 1 >= kMaxFolderDepth) {
          skip(inner, fmt::format("folders are more than {} deep", kMaxFolderDepth));
          continue;
        }
        Descriptor child(openat(fd, entry.name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!child) {
          skip(inner, std::strerror(errno));
          continue;
        }
        walk(std::move(child), inner, depth + 1);
      } else if (entry.type == DT_REG && may_define_machines(entry.name) && !is_ignored(inner, false)) {
        if (tree_.files_.size() >= kMaxSourceFiles) {
          if (!std::exchange(told_files_, true)) {
            skip(inner, fmt::format("there are more than {} files", kMaxSourceFiles));
          }
          continue;
        }
        tree_.files_.push_back({inner, root_number_, false});
      }
    }
    ignores_.erase(ignores_.begin() + static_cast<std::ptrdiff_t>(ignores_before), ignores_.end());
  }

  SourceTree& tree_;
  Root& root_;
  std::size_t root_number_;
  bool use_ignore_files_;
  std::vector<Ignores> ignores_;
  std::size_t entries_ = 0;
  bool told_entries_ = false, told_files_ = false;
};

SourceTree::SourceTree() = default;
SourceTree::SourceTree(SourceTree&&) noexcept = default;
SourceTree& SourceTree::operator=(SourceTree&&) noexcept = default;
SourceTree::~SourceTree() = default;

SourceTree SourceTree::walk(const std::vector<std::string>& paths, bool use_ignore_files) {
  SourceTree tree;
  const auto skip = [&](const std::string& path, std::string reason) {
    tree.skipped_.push_back({path, std::move(reason)});
  };
  const auto root_at = [&](const std::string& folder, const std::string& prefix) -> std::optional<std::size_t> {
    for (std::size_t i = 0; i < tree.roots_.size(); ++i) {
      if (tree.roots_[i]->prefix == prefix) return i;
    }
    Descriptor opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened) return std::nullopt;
    tree.roots_.push_back(std::make_unique<Root>(Root{std::move(opened), prefix}));
    return tree.roots_.size() - 1;
  };
  const std::string here = real_path(".");
  for (const std::string& path : paths) {
    struct stat about {};
    // A path that the user names is followed wherever it leads.
    if (path.find('\0') != std::string::npos || stat(path.c_str(), &about) != 0) {
      skip(path, path.find('\0') != std::string::npos ? "no path holds a NUL byte" : std::strerror(errno));
      continue;
    }
    const bool is_folder = S_ISDIR(about.st_mode);
    if (!is_folder && !S_ISREG(about.st_mode)) {
      skip(path, "it is no regular file");
      continue;
    }
    // Inside the current folder, that is the root: a template may refer to files beside its folder.
    std::string folder = ".", prefix, inner = tidied(path);
    bool is_inside = !path.starts_with('/') && (inner.empty() || real_path(path) == here + "/" + inner);
    // However it is written; it is shown as it is written.
    if (const std::string whole = real_path(path); path.starts_with('/') && (whole == here || whole.starts_with(here + "/"))) {
      is_inside = true;
      inner = whole == here ? "" : whole.substr(here.size() + 1);
      prefix = here + "/";
    }
    if (!is_inside) {
      const std::size_t slash = path.rfind('/');
      folder = is_folder ? path : slash == std::string::npos ? "." : path.substr(0, slash + 1);
      prefix = folder == "." ? "" : folder.ends_with('/') ? folder : folder + "/";
      inner = is_folder ? "" : path.substr(slash == std::string::npos ? 0 : slash + 1);
    }
    const auto root = root_at(folder, prefix);
    if (!root) {
      skip(path, std::strerror(errno));
      continue;
    }
    if (is_folder) {
      Walker(tree, *root, use_ignore_files).start(inner);
    } else {
      tree.files_.push_back({inner, *root, true});
    }
  }
  std::stable_sort(tree.files_.begin(), tree.files_.end(), [](const SourceFile& a, const SourceFile& b) {
    if (a.root != b.root) return a.root < b.root;
    const int order = a.path.compare(b.path);
    return order != 0 ? order < 0 : a.is_named > b.is_named;
  });
  tree.files_.erase(
      std::unique(tree.files_.begin(), tree.files_.end(),
                  [](const SourceFile& a, const SourceFile& b) { return a.root == b.root && a.path == b.path; }),
      tree.files_.end());
  return tree;
}

SourceTree SourceTree::of_texts(std::map<std::string, std::string> texts, const std::vector<std::string>& named) {
  SourceTree tree;
  for (const auto& [path, text] : texts) {
    const bool is_named = std::find(named.begin(), named.end(), path) != named.end();
    if (is_named || (may_define_machines(path) && !is_in_tool_folder(path))) tree.files_.push_back({path, 0, is_named});
  }
  tree.roots_.push_back(std::make_unique<Root>(Root{Descriptor(), "", std::move(texts)}));
  return tree;
}

Result<std::string, SkippedPath> SourceTree::read(const SourceFile& file) const {
  const Root& root = *roots_[file.root];
  if (root.texts) {
    const auto at = root.texts->find(file.path);
    if (at == root.texts->end()) return SkippedPath{shown_path(file), std::strerror(ENOENT)};
    if (at->second.size() > kMaxSourceBytes) return SkippedPath{shown_path(file), std::strerror(EFBIG)};
    return at->second;
  }
  const Descriptor opened = file.is_named ? Descriptor(openat(root.folder.get(), file.path.c_str(), kReadFlags))
                                          : open_beneath(root.folder.get(), file.path, kReadFlags);
  if (!opened) {
    return SkippedPath{shown_path(file), errno == EXDEV ? "it is outside of the folder" : std::strerror(errno)};
  }
  auto text = read_regular(opened, kMaxSourceBytes);
  if (!text) return SkippedPath{shown_path(file), std::move(text).error().reason};
  return *std::move(text);
}

std::string SourceTree::shown_path(const SourceFile& file) const {
  return roots_[file.root]->prefix + file.path;
}

}  // namespace stepglass::analysis
