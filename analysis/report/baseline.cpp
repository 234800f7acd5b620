#include "analysis/report/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "analysis/report/finding_formats.h"
#include "engine/support/text.h"
#include "engine/value/print.h"

namespace stepglass::analysis {

namespace {

/// "ASL206" of "ASL206::/States/Wait:0".
std::string_view code_of(std::string_view print) { return print.substr(0, print.find(':')); }

}  // namespace

Result<Baseline, std::string> Baseline::read(std::string_view json) {
  const Document document = read_json(std::string(json));
  const auto fault = [&](const Node& at, std::string_view message) {
    const Position position = document.position(at.span().begin);
    return fmt::format("{}:{}: {}", position.line, position.column, message);
  };
  for (const Diagnostic& diagnostic : document.diagnostics()) {
    if (diagnostic.severity != Severity::Error) continue;
    const Position position = document.position(diagnostic.span.begin);
    return fmt::format("{}:{}: {}", position.line, position.column, diagnostic.message);
  }
  const Node root = *document.root();
  if (!root.is_object()) return fault(root, "a baseline is an object");
  const auto files = root.find("files");
  if (!files || !files->is_object()) return fault(root, "\"files\" is missing, or no object");
  Baseline baseline;
  for (auto file = files->first_child(); file; file = file->next_sibling()) {
    if (!file->is_array()) return fault(*file, "the findings of a file are an array of texts");
    std::set<std::string>& known = baseline.files_[std::string(file->key())];
    for (auto print = file->first_child(); print; print = print->next_sibling()) {
      if (!print->is_string()) return fault(*print, "a finding is a text such as \"ASL206::/States/Wait:0\"");
      known.emplace(print->text());
    }
  }
  return baseline;
}

std::size_t Baseline::apply(CheckedFiles& files, const FileKey& key, const IsOn& is_on) const {
  std::size_t gone = 0;
  for (CheckedFile& file : files) {
    const auto known = files_.find(detail::readable_name(key(file)));
    if (known == files_.end()) continue;
    const std::vector<std::string> prints = detail::fingerprints(file);
    std::vector<PlacedFinding> left;
    std::size_t met = 0;
    for (std::size_t i = 0; i < prints.size(); ++i) {
      PlacedFinding& finding = file.findings[i];
      if (!known->second.contains(prints[i])) {
        left.push_back(std::move(finding));
        continue;
      }
      ++met;
      finding.reason = "baseline";
      finding.silenced_by = SilencedBy::Baseline;
      file.suppressed.push_back(std::move(finding));
    }
    const auto& all = known->second;
    gone += static_cast<std::size_t>(std::count_if(all.begin(), all.end(),
                                                   [&](const std::string& print) { return is_on(code_of(print)); })) - met;
    file.findings = std::move(left);
  }
  return gone;
}

void Baseline::update(const CheckedFiles& files, const FileKey& key, const IsOn& is_on) {
  for (const CheckedFile& file : files) {
    const auto known = files_.try_emplace(detail::readable_name(key(file))).first;
    std::erase_if(known->second, [&](const std::string& print) { return is_on(code_of(print)); });
    for (std::string& print : detail::fingerprints(file)) known->second.insert(std::move(print));
    if (known->second.empty()) files_.erase(known);
  }
}

void Baseline::forget(const std::function<bool(const std::string& file)>& is_gone) {
  std::erase_if(files_, [&](const auto& file) { return is_gone(file.first); });
}

std::size_t Baseline::size() const {
  std::size_t count = 0;
  for (const auto& [file, prints] : files_) count += prints.size();
  return count;
}

std::string Baseline::json() const {
  std::string out = "{\n  \"version\": 1,\n  \"files\": {";
  bool first = true;
  for (const auto& [file, prints] : files_) {
    out += first ? "\n    " : ",\n    ";
    first = false;
    append_json_string(out, file);
    out += ": [";
    for (const std::string& print : prints) {
      out += print == *prints.begin() ? "\n      " : ",\n      ";
      append_json_string(out, print);
    }
    out += "\n    ]";
  }
  out += first ? "}\n}\n" : "\n  }\n}\n";
  return out;
}

}  // namespace stepglass::analysis
