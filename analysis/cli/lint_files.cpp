// A template may say of a file that it holds a definition, and of which type. So all files are linted first as if
// nobody did; then those of which more is known are linted once more. They are few.

#include "analysis/cli/lint_files.h"

#include <map>
#include <optional>
#include <utility>

#include "analysis/cli/progress.h"
#include "analysis/sources/files/parallel.h"
#include "analysis/sources/find_definitions.h"

namespace stepglass::cli {
namespace {

using analysis::LintedFile;
using analysis::LintOptions;
using analysis::SourceFile;
using analysis::SourceTree;

struct Work {
  SourceFile file;
  std::optional<LintedFile> linted = {};
  std::optional<analysis::SkippedPath> skipped = {};
};

void lint_one(const SourceTree& tree, Work& work, const LintOptions& options, bool is_definition) {
  auto text = tree.read(work.file);
  if (!text) {
    work.skipped = std::move(text).error();
    return;
  }
  if (!analysis::is_worth_reading(*text, work.file.path, is_definition)) return;
  LintedFile linted = analysis::lint_file(*std::move(text), work.file.path, options, is_definition);
  if (!is_definition && linted.machines == 0 && linted.checked.findings.empty()) return;
  linted.checked.name = tree.shown_path(work.file);
  work.linted = std::move(linted);
}

/// What is said of a file by others: of several types the one that all say.
struct Said {
  std::optional<MachineType> type;
  bool differs = false;
};

}  // namespace

LintedFiles lint_files(const std::vector<std::string>& paths, const LintOptions& options, unsigned jobs,
                       bool progress) {
  const SourceTree tree = SourceTree::walk(paths);
  std::vector<Work> all;
  for (const SourceFile& file : tree.files()) all.push_back({file});
  {
    Progress bar("checking", all.size(), progress);
    analysis::for_each_index(all.size(), jobs, [&](std::size_t i) {
      lint_one(tree, all[i], options, all[i].file.is_named);
      bar.step();
    });
  }

  using Place = std::pair<std::size_t, std::string>;  // root and path
  std::map<Place, Said> said;
  for (const Work& work : all) {
    if (!work.linted) continue;
    for (const auto& reference : work.linted->references) {
      const auto [at, is_new] = said.try_emplace({work.file.root, reference.path}, Said{reference.type, false});
      if (!is_new && at->second.type != reference.type) at->second.differs = true;
    }
  }
  std::map<Place, std::size_t> known;
  for (std::size_t i = 0; i < all.size(); ++i) known.emplace(Place{all[i].file.root, all[i].file.path}, i);
  struct Again {
    std::size_t index;
    LintOptions options;
  };
  std::vector<Again> again;
  for (const auto& [place, what] : said) {
    LintOptions own = options;
    if (what.type && !what.differs) own.type = *what.type;
    const auto found = known.find(place);
    if (found == known.end()) {
      all.push_back({{place.second, place.first, false}});
      again.push_back({all.size() - 1, std::move(own)});
    } else if (own.type != options.type || !all[found->second].linted) {
      again.push_back({found->second, std::move(own)});
    }
  }
  const std::size_t walked = tree.files().size();
  analysis::for_each_index(again.size(), jobs,
                           [&](std::size_t i) { lint_one(tree, all[again[i].index], again[i].options, true); });

  LintedFiles result;
  result.skipped = tree.skipped();
  std::map<Place, std::size_t> order;
  for (std::size_t i = 0; i < all.size(); ++i) order.emplace(Place{all[i].file.root, all[i].file.path}, i);
  for (const auto& [place, i] : order) {
    Work& work = all[i];
    if (work.linted) {
      for (analysis::UnreadDefinition& unread : work.linted->unread) {
        result.unread.push_back({work.linted->checked.name, std::move(unread)});
      }
      result.checked.push_back(std::move(work.linted->checked));
    }
    // A file that is only named by a template and is not there is made at deployment.
    if (work.skipped && i < walked) result.skipped.push_back(*std::move(work.skipped));
  }
  return result;
}

}  // namespace stepglass::cli
