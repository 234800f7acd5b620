#pragma once
// The World of a simulated run: answers come from Mocks, other state machines and S3 objects are those at hand.

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "analysis/mocks/mocks.h"
#include "engine/interpreter/named_machine.h"
#include "engine/interpreter/world.h"

namespace stepglass::analysis {

class MockWorld : public World {
 public:
  /// Both outlive the world, which counts attempts: one world per run.
  explicit MockWorld(const Mocks& mocks, std::vector<NamedMachine> machines = {});

  Result<TaskAnswer, NoAnswer> answer(const TaskCall& call) override;
  const StoredObject* object(std::string_view bucket, std::string_view key) override;
  std::vector<const StoredObject*> objects(std::string_view bucket, std::string_view prefix) override;
  const StateMachine* state_machine(std::string_view arn) override;

 private:
  /// The entries of one state and how many attempts have taken of them.
  struct Slot {
    const StateMocks* mocks = nullptr;
    std::vector<std::size_t> any;  // entries for whatever item
    std::uint64_t taken = 0;
    /// Entries for one item, and how many attempts of that item there were.
    struct Iteration {
      std::vector<std::size_t> entries;
      std::uint64_t taken = 0;
    };
    std::map<std::uint64_t, Iteration> iterations;
  };

  Slot& slot_of(const State& state);
  static TaskAnswer local_answer(Slot& slot, const TaskCall& call);
  Result<TaskAnswer, NoAnswer> without_entry(const TaskCall& call, const Slot& slot) const;
  static TaskAnswer play(const MockEntry& entry, const TaskCall& call);

  const Mocks& mocks_;
  std::vector<NamedMachine> machines_;
  std::vector<const StoredObject*> objects_;  // by bucket and key
  std::unordered_map<std::string_view, const StateMocks*> by_name_;
  std::unordered_map<const State*, Slot> slots_;
};

}  // namespace stepglass::analysis
