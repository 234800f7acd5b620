#pragma once
// What Express executions cannot do.

#include <string_view>

#include "engine/model/resource.h"

namespace stepglass {

enum class ExpressObstacle { None, Activity, Callback, Sync };

/// Why a task of `resource` cannot be in an Express machine. Source: developer guide, "Choosing workflow type".
ExpressObstacle express_obstacle(const Resource& resource);

/// What it would wait for: "an activity", ".waitForTaskToken", ".sync"; empty for None.
std::string_view awaited_text(ExpressObstacle obstacle);

}  // namespace stepglass
