#pragma once
// A drawing in words, for those who do not see it: the same in the SVG, in the page and in the outline.

#include <string>

#include "analysis/drawing/drawing.h"

namespace stepglass::analysis {

/// "next Notify", "if $.x > 5 go to Refund", "on Card.Declined go to Refund", "end". `label`: what stands at the edge;
/// `to`: the state it leads to, empty for the end.
std::string way_text(Way way, const std::string& label, const std::string& to);

/// What a Task calls, as one says it: "Lambda", "sqs sendMessage", "HTTP"; empty for other kinds.
std::string integration_text(const State& state);

/// "Task"; "unknown type", or "type from deployment" where a placeholder stands for it.
std::string_view kind_text(const State& state);

/// "+3 states": what stands in a state that is drawn without those in it.
std::string hidden_text(std::size_t hidden);

/// Numbers the states as one reads them, and sets the summary: "11 states, starts at Validate, 2 ends, 1 loop". States
/// and loops of what is collapsed count.
void number_states(Drawing& drawing);

/// "Charge, Task, Lambda, step 3 of 11, next Notify, on Card.Declined go to Refund"
std::string spoken_text(const Drawing& drawing, const DrawnState& state);

}  // namespace stepglass::analysis
