#pragma once
// A World that has objects in S3 and answers tasks by a function.

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "engine/interpreter/world.h"

namespace stepglass {

class StoredObjects : public World {
 public:
  std::deque<StoredObject> stored;
  std::function<TaskAnswer(const TaskCall&)> task;

  void put(std::string bucket, std::string key, std::string body) {
    stored.push_back({std::move(bucket), std::move(key), std::move(body)});
  }

  Result<TaskAnswer, NoAnswer> answer(const TaskCall& call) override {
    if (!task) return NoAnswer{"no answer for " + call.state.name};
    return task(call);
  }
  const StoredObject* object(std::string_view bucket, std::string_view key) override {
    for (const StoredObject& object : stored) {
      if (object.bucket == bucket && object.key == key) return &object;
    }
    return nullptr;
  }
  std::vector<const StoredObject*> objects(std::string_view bucket, std::string_view prefix) override {
    std::vector<const StoredObject*> found;
    for (const StoredObject& object : stored) {
      if (object.bucket == bucket && std::string_view(object.key).starts_with(prefix)) found.push_back(&object);
    }
    return found;
  }
};

}  // namespace stepglass
