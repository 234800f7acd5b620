// Which files of a folder are looked at, and that nothing else is opened.

#include "analysis/sources/files/source_tree.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "analysis/sources/files/parallel.h"
#include "analysis/sources/limits.h"
#include "tests/support/catch.h"

namespace stepglass::analysis {
namespace {

namespace fs = std::filesystem;

/// A folder of its own that goes with it; the current folder is inside while it lives.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "stepglass-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()));
    before_ = fs::current_path();
    path_ = name;
    fs::create_directory(path_ / "here");
    fs::current_path(path_ / "here");
  }
  ~Folder() {
    fs::current_path(before_);
    fs::remove_all(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

 private:
  fs::path path_, before_;
};

void write(const std::string& path, std::string_view text = "{}") {
  if (fs::path(path).has_parent_path()) fs::create_directories(fs::path(path).parent_path());
  std::FILE* file = std::fopen(path.c_str(), "wb");
  REQUIRE(file);
  std::fwrite(text.data(), 1, text.size(), file);
  std::fclose(file);
}

std::string shown(const SourceTree& tree) {
  std::string out;
  for (const SourceFile& file : tree.files()) out += (out.empty() ? "" : " ") + tree.shown_path(file);
  return out;
}

std::string reasons(const SourceTree& tree) {
  std::string out;
  for (const SkippedPath& skipped : tree.skipped()) out += skipped.path + ": " + skipped.reason + "\n";
  return out;
}

}  // namespace

TEST_CASE("a walk gives what can define machines, in order, without the folders of tools", "[sources][files]") {
  const Folder folder;
  for (const char* path : {"b.json", "a/z.yaml", "a/b/c.tf", "a.py", "node_modules/x.json", ".git/x.json", "B.json",
                           "cdk.out/s.template.json", "a-b.yml"}) {
    write(path);
  }
  CHECK(shown(SourceTree::walk({"."})) == "B.json a-b.yml a/b/c.tf a/z.yaml b.json cdk.out/s.template.json");
  CHECK(shown(SourceTree::walk({"a", "./b.json", "a/", "a/z.yaml"})) == "a/b/c.tf a/z.yaml b.json");
  CHECK(shown(SourceTree::walk({"node_modules"})) == "node_modules/x.json");
  CHECK(reasons(SourceTree::walk({"none.json"})) == "none.json: No such file or directory\n");
}

TEST_CASE(".gitignore files leave out, inner ones count more, and those around the start count too",
          "[sources][files]") {
  const Folder folder;
  fs::create_directory(".git");
  write(".gitignore", "build/\n*.yaml\n/top.json\nin/deep/x.json\n");
  write("in/.gitignore", "!keep.yaml\nonly.json\n");
  for (const char* path : {"build/a.json", "in/build/a.json", "a.yaml", "top.json", "in/top.json", "in/keep.yaml",
                           "in/b.yaml", "in/only.json", "only.json", "in/deep/x.json", "in/deep/y.json"}) {
    write(path);
  }
  CHECK(shown(SourceTree::walk({"."})) == "in/deep/y.json in/keep.yaml in/top.json only.json");
  CHECK(shown(SourceTree::walk({"in/deep"})) == "in/deep/y.json");
  CHECK(shown(SourceTree::walk({"in/deep/x.json"})) == "in/deep/x.json");
  CHECK(shown(SourceTree::walk({fs::current_path().string() + "/in/deep"})).ends_with("/in/deep/y.json"));
  CHECK(shown(SourceTree::walk({"in"}, false)) ==
        "in/b.yaml in/build/a.json in/deep/x.json in/deep/y.json in/keep.yaml in/only.json in/top.json");
}

TEST_CASE("links, pipes and devices are not looked at", "[sources][files][hostile]") {
  const Folder folder;
  write("../outside/secret.json");
  write("real/a.json");
  fs::create_symlink("../outside/secret.json", "link.json");
  fs::create_symlink("../outside", "folder");
  fs::create_symlink("..", "loop");
  fs::create_symlink("/dev/zero", "zero.json");
  REQUIRE(mkfifo("pipe.json", 0600) == 0);
  const SourceTree tree = SourceTree::walk({"."});
  CHECK(shown(tree) == "real/a.json");
  CHECK(reasons(tree).empty());
  // What is read is looked at once more when it is open: it may have been exchanged.
  for (const char* path :
       {"link.json", "folder/secret.json", "../outside/secret.json", "/etc/passwd", "zero.json", "pipe.json", "real"}) {
    INFO(path);
    CHECK_FALSE(tree.read({path, 0, false}));
  }
  CHECK(tree.read({"real/a.json", 0, false}));
  CHECK(reasons(SourceTree::walk({"pipe.json"})) == "pipe.json: it is no regular file\n");
  // A link that the user names is followed.
  CHECK(shown(SourceTree::walk({"folder"})) == "folder/secret.json");
  const SourceTree named = SourceTree::walk({"link.json"});
  REQUIRE(named.files().size() == 1);
  CHECK(named.read(named.files()[0]));
}

TEST_CASE("a file is read up to its greatest size", "[sources][files][hostile]") {
  const Folder folder;
  write("most.json", std::string(kMaxSourceBytes, ' '));
  write("more.json", std::string(kMaxSourceBytes + 1, ' '));
  const SourceTree tree = SourceTree::walk({"."});
  const auto most = tree.read({"most.json", 0, false});
  REQUIRE(most);
  CHECK(most->size() == kMaxSourceBytes);
  const auto more = tree.read({"more.json", 0, false});
  REQUIRE_FALSE(more);
  CHECK(more.error().reason.find("8388609 bytes") != std::string::npos);
}

TEST_CASE("folders are walked down to their greatest depth", "[sources][files][hostile]") {
  const Folder folder;
  std::string path;
  for (std::size_t i = 0; i + 1 < kMaxFolderDepth; ++i) path += "d/";
  write(path + "a.json");
  CHECK(SourceTree::walk({"."}).files().size() == 1);
  CHECK(SourceTree::walk({"."}).skipped().empty());
  write(path + "d/b.json");
  const SourceTree tree = SourceTree::walk({"."});
  CHECK(tree.files().size() == 1);
  REQUIRE(tree.skipped().size() == 1);
  CHECK(tree.skipped()[0].reason.find("64 deep") != std::string::npos);
}

TEST_CASE("names may hold any bytes", "[sources][files][hostile]") {
  const Folder folder;
  write("a\n\x1B[31m.json");
  write("\xFF.json");
  const SourceTree tree = SourceTree::walk({"."});
  CHECK(tree.files().size() == 2);
  for (const SourceFile& file : tree.files()) CHECK(tree.read(file));
}

TEST_CASE("parallel work is done once for each index, and its exception comes out", "[sources][files]") {
  std::vector<std::atomic<int>> done(1'000);
  for_each_index(done.size(), 4, [&](std::size_t i) { ++done[i]; });
  for (const auto& count : done) CHECK(count == 1);
  for_each_index(0, 4, [&](std::size_t) { FAIL(); });
  CHECK_THROWS_AS(for_each_index(100, 4,
                                 [](std::size_t i) {
                                   if (i == 50) throw std::runtime_error("x");
                                 }),
                  std::runtime_error);
}

}  // namespace stepglass::analysis
