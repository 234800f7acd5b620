#include "engine/interpreter/result_writer.h"

#include <fmt/format.h>

#include "engine/model/timestamp.h"
#include "engine/support/hash.h"
#include "engine/support/limits.h"
#include "engine/support/random.h"
#include "engine/value/json_size.h"
#include "engine/value/print.h"

namespace stepglass {
namespace {

/// Bytes that a record has besides input and output, about and at least.
constexpr std::uint64_t kRecordBytes = 300;

Value included() {
  ObjectBuilder details(1);
  details.set("Included", Value(true));
  return std::move(details).build();
}

/// A child with all that is known of it, keys in alphabetical order.
Value record_of(const MapRun::Child& child, const ChildNames& names) {
  const bool succeeded = child.status == ExecutionStatus::Succeeded;
  const auto time = [](std::int64_t ms) { return Value(format_timestamp(std::chrono::milliseconds(ms))); };
  ObjectBuilder record(16);
  if (child.failure.cause) record.set("Cause", Value(*child.failure.cause));
  if (child.failure.error) record.set("Error", Value(*child.failure.error));
  record.set("ExecutionArn", Value(names.execution_arn(child.name)));
  record.set("Input", Value(to_json(child.input)));
  record.set("InputDetails", included());
  record.set("Name", Value(child.name));
  if (succeeded) {
    record.set("Output", Value(to_json(child.output)));
    record.set("OutputDetails", included());
  }
  record.set("RedriveCount", Value(0));
  record.set("RedriveStatus", Value(succeeded ? "NOT_REDRIVABLE" : "REDRIVABLE_BY_MAP_RUN"));
  if (succeeded) record.set("RedriveStatusReason", Value("Execution is SUCCEEDED and cannot be redriven"));
  record.set("StartDate", time(child.start_ms));
  record.set("StateMachineArn", Value(names.machine_arn));
  record.set("Status", Value(execution_status_name(child.status)));
  record.set("StopDate", time(child.stop_ms));
  return std::move(record).build();
}

/// At most what entries_of() of this child take.
std::uint64_t least_bytes(const MapRun::Child& child, ResultWriter::Transformation how) {
  if (child.status == ExecutionStatus::Succeeded && how != ResultWriter::Transformation::None) {
    // Flattening takes the brackets away.
    return subtract_json_size(json_size(child.output), how == ResultWriter::Transformation::Flatten ? 2 : 0);
  }
  return add_json_size(kRecordBytes, add_json_size(json_size(child.input), json_size(child.output)));
}

/// Calls `take` for each entry that a child has in the results.
template <typename Take>
void entries_of(const MapRun::Child& child, ResultWriter::Transformation how, const ChildNames& names, Take take) {
  if (child.status != ExecutionStatus::Succeeded || how == ResultWriter::Transformation::None) {
    take(record_of(child, names));
  } else if (how == ResultWriter::Transformation::Flatten && child.output.is_array()) {
    for (const Value& entry : child.output.items()) take(entry);
  } else {
    take(child.output);
  }
}

/// One file of an export, written entry by entry.
class File {
 public:
  File(std::string name, bool json_lines) : name_(std::move(name)), json_lines_(json_lines) {
    if (!json_lines_) text_ = "[";
  }
  /// Says that entries of at least `bytes` will come. When there is no room for them they are counted only.
  void expect(std::uint64_t bytes, std::uint64_t bytes_left) {
    least_ = add_json_size(least_, bytes);
    if (least_ > bytes_left) omitted_ = true;
  }
  bool omitted() const { return omitted_; }
  void add(const Value& entry) {
    if (!json_lines_ && text_.size() > 1) text_ += ',';
    append_json(text_, entry);
    if (json_lines_) text_ += '\n';
  }
  void finish(const ExportTarget& target, std::uint64_t& bytes_left, std::vector<StoredObject>& files,
              ArrayBuilder& listed) {
    if (!json_lines_) text_ += ']';
    if (text_.size() > bytes_left) omitted_ = true;
    ObjectBuilder entry(2);
    std::string key = target.folder + name_;
    entry.set("Key", Value(key));
    entry.set("Size", Value(omitted_ ? least_ : static_cast<std::uint64_t>(text_.size())));
    listed.add(std::move(entry).build());
    if (omitted_) return;
    bytes_left -= text_.size();
    files.push_back({target.bucket, std::move(key), std::move(text_)});
  }

 private:
  std::string name_;
  bool json_lines_;
  bool omitted_ = false;
  std::uint64_t least_ = 0;
  std::string text_;
};

}  // namespace

std::string ChildNames::execution_arn(std::string_view name) const {
  std::string arn = fmt::format("{}{}", execution_prefix, name);
  if (express) arn += ":" + Random(hash_text(name)).uuid();
  return arn;
}

std::optional<Value> children_results(std::span<const MapRun::Child> children, ResultWriter::Transformation how,
                                      const ChildNames& names) {
  // Before anything is written as text: shared values can be very large together.
  std::uint64_t bytes = 0;
  for (const MapRun::Child& child : children) bytes = add_json_size(bytes, least_bytes(child, how));
  if (bytes > kMaxPayloadBytes) return std::nullopt;
  ArrayBuilder results(children.size());
  for (const MapRun::Child& child : children) {
    entries_of(child, how, names, [&](Value entry) { results.add(std::move(entry)); });
  }
  Value result = std::move(results).build();
  if (json_size(result) > kMaxPayloadBytes) return std::nullopt;
  return result;
}

Value export_result(const std::string& map_run_arn, const ExportTarget& target) {
  ObjectBuilder details(2);
  details.set("Bucket", Value(target.bucket));
  details.set("Key", Value(target.folder + "manifest.json"));
  ObjectBuilder result(2);
  result.set("MapRunArn", Value(map_run_arn));
  result.set("ResultWriterDetails", std::move(details).build());
  return std::move(result).build();
}

std::vector<StoredObject> export_files(std::span<const MapRun::Child> children, std::span<const Value> pending,
                                       ResultWriter::Transformation how, bool json_lines,
                                       const std::string& map_run_arn, const ExportTarget& target,
                                       const ChildNames& names, std::uint64_t& bytes_left) {
  const std::string_view extension = json_lines ? "jsonl" : "json";
  std::vector<StoredObject> files;
  const auto write = [&](std::string_view name, bool succeeded) {
    ArrayBuilder listed(1);
    File file(fmt::format("{}_0.{}", name, extension), json_lines);
    bool any = false;
    for (const MapRun::Child& child : children) {
      if ((child.status == ExecutionStatus::Succeeded) != succeeded) continue;
      any = true;
      file.expect(least_bytes(child, how), bytes_left);
      if (!file.omitted()) entries_of(child, how, names, [&](const Value& entry) { file.add(entry); });
    }
    if (any) file.finish(target, bytes_left, files, listed);
    return std::move(listed).build();
  };
  const auto write_pending = [&] {
    ArrayBuilder listed(1);
    File file(fmt::format("PENDING_0.{}", extension), json_lines);
    for (const Value& input : pending) {
      file.expect(json_size(input), bytes_left);
      if (file.omitted()) continue;
      ObjectBuilder record(3);
      record.set("Input", Value(to_json(input)));
      record.set("InputDetails", included());
      record.set("Status", Value("PENDING"));
      file.add(std::move(record).build());
    }
    if (!pending.empty()) file.finish(target, bytes_left, files, listed);
    return std::move(listed).build();
  };
  ObjectBuilder result_files(3);
  result_files.set("FAILED", write("FAILED", false));
  result_files.set("PENDING", write_pending());
  result_files.set("SUCCEEDED", write("SUCCEEDED", true));
  ObjectBuilder manifest(3);
  manifest.set("DestinationBucket", Value(target.bucket));
  manifest.set("MapRunArn", Value(map_run_arn));
  manifest.set("ResultFiles", std::move(result_files).build());
  files.push_back({target.bucket, target.folder + "manifest.json", to_json(std::move(manifest).build())});
  return files;
}

}  // namespace stepglass
