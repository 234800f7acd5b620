// Times the simulator on the machines that machines.py writes: loads each definition and input once, checks the output,
// then runs it again and again with the history kept, and prints one JSON line a case with the median of all runs.
//
//   sim_bench DIRECTORY [--seconds S] [--history] [CASE…]
//
// --history also writes each history as JSON, to see what that costs. `bytes_per_event` is what the heap holds more
// after a run than before it, over the number of events; `peak_mb` the most that the process ever held.

#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <string>
#include <vector>

#include "analysis/report/history.h"
#include "engine/document/document.h"
#include "engine/interpreter/run.h"
#include "engine/model/state_machine.h"
#include "engine/value/print.h"

namespace stepglass {
namespace {

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    fmt::print(stderr, "cannot read {}\n", path);
    std::exit(2);
  }
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Value read_value_file(const std::string& path) {
  auto value = read_value(read_file(path));
  if (!value) {
    fmt::print(stderr, "{}: {}\n", path, value.error().message);
    std::exit(2);
  }
  return *std::move(value);
}

/// The most memory that this process held. From /proc, since getrusage() also counts what the process was before
/// exec().
double peak_megabytes() {
  const std::string status = read_file("/proc/self/status");
  const auto at = status.find("VmHWM:");
  return at == std::string::npos ? 0 : std::atof(status.c_str() + at + 6) / 1024;
}

/// Answers every task as the peers' handlers do: {"ok": true, "echo": input}.
class EchoWorld : public World {
 public:
  Result<TaskAnswer, NoAnswer> answer(const TaskCall& call) override {
    ObjectBuilder builder(2);
    builder.set(ok_, Value(true));
    builder.set(echo_, call.input);
    TaskAnswer answer;
    answer.outcome = std::move(builder).build();
    return answer;
  }

 private:
  String ok_{"ok"}, echo_{"echo"};
};

int main_program(int argc, char** argv) {
  double seconds = 1.0;
  bool write_history = false;
  std::string directory;
  std::vector<std::string> only;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--seconds" && i + 1 < argc) {
      seconds = std::atof(argv[++i]);
    } else if (argument == "--history") {
      write_history = true;
    } else if (directory.empty()) {
      directory = argument;
    } else {
      only.push_back(argument);
    }
  }
  const Value cases = read_value_file(directory + "/cases.json");
  for (const Value& row : cases.items()) {
    const std::string id(row.find("id")->as_string());
    if (!only.empty() && std::find(only.begin(), only.end(), id) == only.end()) continue;
    const Document document = read_json(read_file(directory + "/" + id + ".asl.json"));
    const LoadedMachine loaded = load_state_machine(document, MachineType::Standard);
    if (!loaded.machine || has_errors(loaded.diagnostics)) {
      fmt::print(stderr, "{}: the definition has errors\n", id);
      return 2;
    }
    const Value expected = read_value_file(directory + "/" + id + ".expect.json");
    EchoWorld world;
    RunOptions options;
    options.input = read_value_file(directory + "/" + id + ".input.json");
    options.max_events = 0;
    options.max_transitions = 10'000'000;
    std::vector<double> times;
    std::size_t bytes = 0;
    bool correct = true;
    double bytes_per_event = 0;
    const auto clock = [] { return std::chrono::steady_clock::now(); };
    const auto end = clock() + std::chrono::duration<double>(seconds);
    while (clock() < end || times.size() < 3) {
      const auto heap = mallinfo2();
      const auto begin = clock();
      auto execution = run(*loaded.machine, world, options);
      if (execution && write_history) {
        std::string text;
        analysis::append_history_json(text, *execution, options.identity.region,
                                      std::numeric_limits<std::size_t>::max());
        bytes = text.size();
      }
      times.push_back(std::chrono::duration<double, std::nano>(clock() - begin).count());
      correct =
          correct && execution && execution->status == ExecutionStatus::Succeeded && execution->output == expected;
      if (execution && execution->history.size() > 0 && !write_history) {
        const auto more = mallinfo2();
        bytes_per_event =
            static_cast<double>(more.uordblks + more.hblkhd - heap.uordblks - heap.hblkhd) / execution->history.size();
      }
    }
    std::nth_element(times.begin(), times.begin() + times.size() / 2, times.end());
    const double median = times[times.size() / 2];
    const double transitions = row.find("transitions")->as_double();
    const double items = row.find("items")->as_double();
    fmt::print("{{\"tool\":\"stepglass\",\"case\":\"{}\",\"correct\":{},\"runs\":{},\"ns_per_transition\":{:.1f}", id,
               correct, times.size(), median / transitions);
    if (items > 0) fmt::print(",\"items_per_s\":{:.0f}", items / (median / 1e9));
    if (write_history) fmt::print(",\"history_bytes\":{}", bytes);
    if (!write_history) fmt::print(",\"bytes_per_event\":{:.0f}", bytes_per_event);
    fmt::print(",\"peak_mb\":{:.1f}", peak_megabytes());
    fmt::print("}}\n");
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace stepglass

int main(int argc, char** argv) {
  return stepglass::main_program(argc, argv);
}
