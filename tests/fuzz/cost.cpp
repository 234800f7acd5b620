// An estimate of any definition under any assumptions: those stand before the first NUL byte, the definition behind it.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "analysis/api/cost.h"
#include "analysis/report/cost_report.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stepglass;
  using namespace stepglass::analysis;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::size_t split = text.find('\0');
  if (split == std::string::npos) return 0;
  CostRequest request;
  const Document assumptions = read_json(text.substr(0, split));
  read_assumptions(assumptions, "cost.json", request.assumptions);
  const Definition definition = load_definition(text.substr(split + 1), MachineType::Standard);
  // One that starts itself, if it starts "m".
  request.machines.push_back({"m", &definition});
  const auto result = estimate(definition, request);
  if (!result) return 0;
  const auto is_number = [](double number) { return !std::isnan(number) && number >= 0; };
  const Bounds& transitions = result->transitions;
  if (!is_number(transitions.expected) || !is_number(transitions.most) || !is_number(result->seconds.expected)) {
    std::abort();
  }
  if (transitions.least && !is_number(*transitions.least)) std::abort();
  if (result->per_month.expected && !is_number(*result->per_month.expected)) std::abort();
  double sum = 0;
  for (const LedgerRow& row : result->ledger) {
    if (!is_number(row.visits) || !is_number(row.transitions)) std::abort();
    if (row.per_month && !is_number(*row.per_month)) std::abort();
    sum += row.per_month.value_or(0);
  }
  // The rows sum up to the month, but where numbers are too large to be told apart.
  const auto& month = result->per_month.expected;
  if (month && *month < 1e9 && std::fabs(sum - *month) > 1e-6 * std::max(1.0, *month)) std::abort();
  const CostReport report{{"a.json", 1, "m", *result, "", {}, ""}};
  cost_text(report, {}, true);
  cost_json(report);
  cost_markdown(report);
  Assumptions written;
  if (!read_assumptions(read_yaml(assumptions_file(report, request.assumptions)), "", written).empty()) std::abort();
  return 0;
}
