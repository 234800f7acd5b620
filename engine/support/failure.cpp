#include "engine/support/failure.h"

#include <utility>

namespace stepglass {

Failure::Failure() = default;
Failure::Failure(std::optional<std::string> error, std::optional<std::string> cause)
    : error(std::move(error)), cause(std::move(cause)) {}
Failure::Failure(const Failure& other) = default;
Failure::Failure(Failure&& other) noexcept = default;
Failure& Failure::operator=(const Failure& other) = default;
Failure& Failure::operator=(Failure&& other) noexcept = default;
Failure::~Failure() = default;

Failure out_of_steps() {
  return {"States.Runtime", "more steps than a run may take"};
}

}  // namespace stepglass
