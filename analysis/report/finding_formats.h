#pragma once
// One function per shape of findings. Private to analysis/report.

#include <string>
#include <string_view>
#include <vector>

#include "analysis/report/findings.h"

namespace stepglass::analysis::detail {

std::string findings_text(const CheckedFiles& files, const Style& style);
std::string findings_concise(const CheckedFiles& files, const Style& style);
std::string findings_markdown(const CheckedFiles& files);
std::string findings_json(const CheckedFiles& files);
std::string findings_jsonl(const CheckedFiles& files);
std::string findings_sarif(const CheckedFiles& files);
std::string findings_github(const CheckedFiles& files);
std::string findings_gitlab(const CheckedFiles& files);
std::string findings_rdjsonl(const CheckedFiles& files);
std::string findings_junit(const CheckedFiles& files);
std::string findings_checkstyle(const CheckedFiles& files);

/// What stays the same when lines move: rule, machine, place inside the definition, and how many alike come before.
/// One for each finding of `file`.
std::vector<std::string> fingerprints(const CheckedFile& file);

/// The name of a file as text that JSON can hold: bytes that are no UTF-8 are shown as \x… .
std::string readable_name(const std::string& name);

/// `name` as a URI, or as a relative reference where it is a relative path.
std::string uri_of(std::string_view name);

/// `,"name":number`
void append_number(std::string& out, std::string_view name, std::uint64_t number);

}  // namespace stepglass::analysis::detail
