#pragma once
// The optimized service integrations: which actions there are, and which patterns each has. Private to engine/model.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/model/resource.h"

namespace stepglass::loading {

/// Why the service does not know a resource of kind Service, AwsSdk or Http; nothing when it does, as far as is known.
struct ResourceProblem {
  std::string_view rule;
  std::string reason;
  std::string help;
};
std::optional<ResourceProblem> check_integration(const Resource& resource);

/// See integration_resources() of vocabulary.h.
std::vector<std::string> resources_of_integrations();

}  // namespace stepglass::loading
