#include "engine/path/program.h"

#include <fmt/format.h>

#include <string>

namespace stepglass::path {

void finish(Path::Program& program) {
  bool upstream = true;
  program.definite = program.plain = true;
  program.plain_steps.clear();
  for (std::size_t i = 0; i < program.steps.size(); ++i) {
    Step& step = program.steps[i];
    step.leaf = i + 1 == program.steps.size();
    using Kind = Step::Kind;
    step.definite = step.kind == Kind::Name || step.kind == Kind::Index || step.kind == Kind::Function ||
                    (step.kind == Kind::Names && step.leaf);
    step.upstream_definite = upstream;
    upstream = upstream && step.definite;
    program.definite = program.definite && step.definite;
    program.plain = program.plain && (step.kind == Kind::Name || step.kind == Kind::Index);
  }
  if (!program.plain) return;
  for (const Step& step : program.steps) {
    program.plain_steps.push_back({step.name, step.index, step.kind == Step::Kind::Index});
  }
}

std::string normalised(const Path::Program& program, std::size_t first) {
  std::string out;
  if (first == std::string::npos) {
    out += program.root;
    first = 0;
  }
  for (std::size_t i = first; i < program.steps.size(); ++i) {
    const Step& step = program.steps[i];
    switch (step.kind) {
      case Step::Kind::Name:
        out += fmt::format("[{0}{1}{0}]", step.quote, step.name.view());
        break;
      case Step::Kind::Names:
        for (std::size_t k = 0; k < step.names.size(); ++k) {
          out += fmt::format("{0}{1}{2}{1}", k == 0 ? "[" : ",", step.quote, step.names[k].view());
        }
        out += ']';
        break;
      case Step::Kind::Index:
      case Step::Kind::Indexes:
        for (std::size_t k = 0; k < step.indexes.size(); ++k) {
          out += fmt::format("{}{}", k == 0 ? "[" : ",", step.indexes[k]);
        }
        out += ']';
        break;
      case Step::Kind::Slice:
        out += '[';
        if (step.has_from) out += std::to_string(step.index);
        out += ':';
        if (step.has_to) out += std::to_string(step.to);
        out += ']';
        break;
      case Step::Kind::Wildcard:
        out += "[*]";
        break;
      case Step::Kind::Scan:
        out += "..";
        break;
      case Step::Kind::Filter:
        out += "[?]";
        break;
      case Step::Kind::Function:
        out += fmt::format(".{}{}", step.name.view(), step.has_arguments ? "(...)" : "()");
        break;
    }
  }
  return out;
}

}  // namespace stepglass::path
