#pragma once
// Jobs that a task can start and wait for by .sync, and how they are followed without it.

#include <string_view>

#include "engine/model/resource.h"

namespace stepglass::analysis {

struct Job {
  /// The optimized integration that starts it: "glue", "startJobRun".
  std::string_view service;
  std::string_view start;
  /// The call that tells how it is: the service without "aws-sdk:", the action.
  std::string_view sdk_service;
  std::string_view describe;
  /// The parameter that names it, when no two may have the same name; else empty.
  std::string_view unique_name = {};
};

/// The job that `resource` starts, as an optimized integration or by the SDK; null when it starts none.
const Job* started_by(const Resource& resource);
/// The job that `resource` asks about; null when it is no such call.
const Job* described_by(const Resource& resource);

}  // namespace stepglass::analysis
