// A template may say of a file that it holds a definition, with a name and a type of its own. So all files are
// estimated first as if nobody did; then those that are named are estimated once more for each of their names.

#include "analysis/cli/cost_files.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <utility>

#include "analysis/cli/progress.h"
#include "analysis/sources/files/parallel.h"
#include "analysis/sources/find_definitions.h"

namespace stepglass::cli {
namespace {

using analysis::CostedMachine;
using analysis::FoundMachine;
using analysis::SourceFile;
using analysis::SourceTree;

/// What another file says of a definition.
struct Named {
  std::string name;
  std::optional<MachineType> type;
  friend auto operator<=>(const Named&, const Named&) = default;
};

/// A machine whose definition is in another file.
struct Reference {
  std::string file;
  Named named;
  CostedMachine row;
};

struct Work {
  SourceFile file;
  std::vector<CostedMachine> rows = {};
  std::vector<Reference> references = {};
  std::optional<analysis::SkippedPath> skipped = {};
};

/// `named`: what is said of it.
CostedMachine costed(FoundMachine machine, const std::string& shown, const Named* named,
                     const CostFilesOptions& options) {
  CostedMachine row{shown, machine.position.line, named ? named->name : machine.name, {}, machine.reason, {}, {}};
  if (!machine.definition) return row;
  const std::optional<MachineType> said = named && named->type ? named->type : machine.type;
  analysis::Definition definition{*std::move(machine.definition), {}};
  definition.loaded = load_state_machine(definition.document, said.value_or(options.type));
  analysis::CostRequest request = options.request;
  request.name = row.name;
  auto estimate = analysis::estimate(definition, request);
  if (!estimate) {
    row.reason = estimate.error().message;
    return row;
  }
  row.reason.clear();
  row.estimate = *std::move(estimate);
  if (options.simulate == 0) return row;
  analysis::SimulateOptions simulation;
  simulation.executions = options.simulate;
  simulation.seed = options.seed;
  simulation.for_each = [&](std::size_t count, const std::function<void(std::size_t)>& work) {
    Progress bar("simulating", count, options.progress);
    analysis::for_each_index(count, options.jobs, [&](std::size_t i) {
      work(i);
      bar.step();
    });
  };
  auto simulated = analysis::simulate(definition, request, simulation);
  if (simulated) {
    row.simulated = *simulated;
  } else {
    row.not_simulated = simulated.error().message;
  }
  return row;
}

void cost_one(const SourceTree& tree, Work& work, const Named* named, const CostFilesOptions& options) {
  auto text = tree.read(work.file);
  if (!text) {
    work.skipped = std::move(text).error();
    return;
  }
  const bool expects = named || work.file.is_named;
  if (!analysis::is_worth_reading(*text, work.file.path, expects)) return;
  analysis::FoundInFile found = expects ? analysis::find_expected_definitions(*std::move(text), work.file.path)
                                        : analysis::find_definitions(*std::move(text), work.file.path);
  const std::string shown = tree.shown_path(work.file);
  for (FoundMachine& machine : found.machines) {
    if (!machine.file.empty()) {
      CostedMachine row{shown, machine.position.line, machine.name, {}, "there is no such file", {}, {}};
      row.reason = fmt::format("its definition is in {}, which is not there", machine.file);
      work.references.push_back({machine.file, {machine.name, machine.type}, std::move(row)});
    } else {
      work.rows.push_back(costed(std::move(machine), shown, named, options));
    }
  }
}

}  // namespace

CostedFiles cost_files(const SourceTree& tree, const CostFilesOptions& options) {
  std::vector<Work> all;
  for (const SourceFile& file : tree.files()) all.push_back({file});
  // One machine after the other where each takes all cores.
  const unsigned jobs = options.simulate > 0 ? 1 : options.jobs;
  {
    Progress bar("estimating", all.size(), options.progress && options.simulate == 0);
    analysis::for_each_index(all.size(), jobs, [&](std::size_t i) {
      cost_one(tree, all[i], nullptr, options);
      bar.step();
    });
  }

  using Place = std::pair<std::size_t, std::string>;  // root and path
  std::map<Place, std::set<Named>> said;
  for (const Work& work : all) {
    for (const Reference& reference : work.references) {
      said[{work.file.root, reference.file}].insert(reference.named);
    }
  }
  std::vector<std::pair<Work, Named>> again;
  for (const auto& [place, names] : said) {
    for (const Named& named : names) again.emplace_back(Work{{place.second, place.first, false}}, named);
  }
  analysis::for_each_index(again.size(), jobs,
                           [&](std::size_t i) { cost_one(tree, again[i].first, &again[i].second, options); });

  std::map<Place, std::vector<CostedMachine>> rows;
  CostedFiles result;
  result.skipped = tree.skipped();
  for (Work& work : all) {
    const Place place{work.file.root, work.file.path};
    if (!said.contains(place)) rows[place] = std::move(work.rows);
    if (work.skipped) result.skipped.push_back(*std::move(work.skipped));
  }
  std::set<Place> there;
  for (auto& [work, named] : again) {
    const Place place{work.file.root, work.file.path};
    if (!work.skipped) there.insert(place);
    for (CostedMachine& row : work.rows) rows[place].push_back(std::move(row));
  }
  for (Work& work : all) {
    for (Reference& reference : work.references) {
      if (there.contains({work.file.root, reference.file})) continue;
      rows[{work.file.root, work.file.path}].push_back(std::move(reference.row));
    }
  }
  for (auto& [place, machines] : rows) {
    for (CostedMachine& machine : machines) result.report.push_back(std::move(machine));
  }
  return result;
}

analysis::CostReport cost_text_input(std::string text, const std::string& name, const CostFilesOptions& options) {
  analysis::CostReport report;
  for (FoundMachine& machine : analysis::find_expected_definitions(std::move(text), name).machines) {
    report.push_back(costed(std::move(machine), name, nullptr, options));
  }
  return report;
}

}  // namespace stepglass::cli
