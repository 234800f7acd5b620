#pragma once
// What a loop changes and what its Choices look at, told by keys: "$name" for a variable, "$.name" for a member of the
// document with all that is below it, "$" for the document as a whole. Writes are never left out, so that what is not
// among them stays as it is while the loop goes round.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analysis/rules/framework/machine_view.h"

namespace stepglass::analysis {

/// A state that adds a constant to a number each time: States.MathAdd($.i, 1), {% $i + 1 %}.
struct Counter {
  std::string key;
  /// The number with all its steps: "$.count.i", "$i".
  std::string place;
  Vertex writer;
  std::int64_t step;
};

/// What a number has to be for an edge to be taken.
struct Need {
  std::string key;
  std::string place;
  /// It has to be above `limit`, or `limit` itself when `inclusive`; else below.
  bool above;
  bool inclusive;
  double limit;
};

/// The comparisons with a constant that have to come out right before `edge`, one out of a Choice, is taken.
std::vector<Need> needs_of(const ScopeView& scope, const Edge& edge);

/// What the Choice `state` decides by. Unknown: also by the time, by chance, by something that cannot be told.
struct Reads {
  std::vector<std::string> keys;
  bool unknown = false;
};
Reads reads_of(const ScopeView& scope, const State& state);

/// "$.name" for the place of a member of the document, "$" for the whole of it: what ResultPath writes to.
std::string key_of(const ResultPath& path);

class LoopData {
 public:
  LoopData(const ScopeView& scope, const Loop& loop);

  const Loop& loop() const { return loop_; }
  bool contains(Vertex v) const;
  /// A state of the loop may write what `key` names.
  bool writes(const std::string& key) const;
  /// A state of the loop other than `v` writes exactly what `key` names.
  bool others_write(const std::string& key, Vertex v) const;
  /// The numbers that nothing in the loop writes but one state that counts.
  const std::vector<Counter>& counters() const { return counters_; }
  const Counter* counter(const std::string& place) const;
  /// The number that a counter has whenever the loop is entered, as far as it is a constant.
  std::optional<std::int64_t> start_of(const Counter& counter) const;

 private:
  void add_writes(Vertex v);
  void add_write(std::string key, Vertex v);
  void add_counters(Vertex v);

  const ScopeView& scope_;
  const Loop& loop_;
  std::map<std::string, std::vector<Vertex>> writers_;  // of each key at most two are kept
  bool writes_unknown_ = false;
  bool writes_members_ = false;
  std::vector<Counter> counters_;
};

/// How often `counter`, which starts at `start`, has to count before `need` holds; 0 when that cannot be told.
std::uint64_t turns_before(const Need& need, const Counter& counter, std::int64_t start);

}  // namespace stepglass::analysis
