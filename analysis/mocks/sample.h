#pragma once
// Made-up answers in the shape of the real ones, for runs that need some result and not a particular one.

#include "engine/model/state.h"
#include "engine/value/value.h"

namespace stepglass::analysis {

/// A result in the shape of what the task's integration answers.
Value sample_result(const Task& task);
/// The same without what every response of its kind has: short enough to be typed.
Value short_sample(const Task& task);
/// What the call that starts the job of a .sync or .waitForTaskToken task answers.
Value sample_submission(const Task& task);

}  // namespace stepglass::analysis
