#include "engine/model/express.h"

namespace stepglass {

ExpressObstacle express_obstacle(const Resource& resource) {
  if (resource.kind == Resource::Kind::Activity) return ExpressObstacle::Activity;
  if (resource.pattern == Resource::Pattern::WaitForTaskToken) return ExpressObstacle::Callback;
  return resource.waits_for_submission() ? ExpressObstacle::Sync : ExpressObstacle::None;
}

std::string_view awaited_text(ExpressObstacle obstacle) {
  switch (obstacle) {
    case ExpressObstacle::None:
      return {};
    case ExpressObstacle::Activity:
      return "an activity";
    case ExpressObstacle::Callback:
      return ".waitForTaskToken";
    case ExpressObstacle::Sync:
      return ".sync";
  }
  return {};
}

}  // namespace stepglass
