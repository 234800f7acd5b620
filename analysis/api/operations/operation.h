#pragma once
// The operations of the call protocol: which members a request has, and what answers it. A family is a file of this folder.

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "analysis/api/api_error.h"
#include "analysis/api/definition.h"
#include "analysis/api/fields.h"
#include "analysis/report/columns.h"

namespace stepglass::analysis {

struct Operation {
  std::string_view name;
  /// The members of a request beside "id" and "op".
  std::span<const std::string_view> fields;
  /// Appends the result to `out`.
  std::optional<ApiError> (*answer)(Fields& fields, std::string& out);
};

// The families, one per file.
std::span<const Operation> run_operations();         // run, state
std::span<const Operation> check_operations();       // validate, create, lint, rules
std::span<const Operation> expression_operations();  // jsonata, path
std::span<const Operation> machine_operations();     // graph, cost, diff
std::span<const Operation> text_operations();        // list, complete, hover, format

// What several of them read and write.

/// The member "type"; Standard where it is not given.
MachineType machine_type(Fields& fields);

/// The machines that tasks start, by ARN or name. A deque, since others point into it.
std::deque<std::pair<std::string, Definition>> read_machines(Fields& fields);

/// How the text is dressed that answers a request with "format": "text", as the program prints it where there are no
/// colours; nothing where JSON is asked for.
std::optional<Style> text_style(Fields& fields);

/// {"text": …}
std::optional<ApiError> append_text(std::string& out, std::string_view text);

/// Why "the reply" or another `what` is not given: it has more than kMaxReplyBytes. `help`: what to do; may be empty.
ApiError reply_too_large(std::string_view what = "the reply", std::string_view help = "");

}  // namespace stepglass::analysis
