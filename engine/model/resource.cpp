#include "engine/model/resource.h"

#include <cstdint>
#include <vector>

#include "engine/model/placeholder.h"

namespace stepglass {
namespace {

/// The parts of an ARN between its colons. A colon inside a placeholder such as ${AWS::Region} is none.
std::vector<std::string_view> split_arn(std::string_view arn) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  for (std::size_t i = 0; i < arn.size(); ++i) {
    if (const std::size_t end = placeholder_end(arn, i); end != 0) {
      i = end - 1;
    } else if (arn[i] == ':') {
      parts.push_back(arn.substr(start, i - start));
      start = i + 1;
    }
  }
  parts.push_back(arn.substr(start));
  return parts;
}

bool remove_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

/// What follows `arn:…:states:::`.
std::optional<Resource> parse_integration(Resource resource, std::string_view rest, const std::string_view* parts,
                                          std::size_t count) {
  if (count < 2) return std::nullopt;
  std::string_view service = parts[0];
  std::string_view action = parts[1];
  resource.kind = Resource::Kind::Service;
  if (service == "aws-sdk") {
    if (count < 3) return std::nullopt;
    resource.kind = Resource::Kind::AwsSdk;
    service = rest.substr(0, parts[1].data() + parts[1].size() - rest.data());
    action = parts[2];
  } else if (service == "http") {
    resource.kind = Resource::Kind::Http;
  }
  // The last part may hold a colon of its own: startExecution.sync:2.
  action = rest.substr(action.data() - rest.data());
  resource.service = service;
  resource.event_resource = action;
  if (remove_suffix(action, ".sync:2")) {
    resource.pattern = Resource::Pattern::Sync2;
  } else if (remove_suffix(action, ".sync")) {
    resource.pattern = Resource::Pattern::Sync;
  } else if (remove_suffix(action, ".waitForTaskToken")) {
    resource.pattern = Resource::Pattern::WaitForTaskToken;
  }
  if (service.empty() || action.empty()) return std::nullopt;
  resource.action = action;
  return resource;
}

/// A version or alias of a function: letters, digits, "$", "-" and "_". Source: Lambda's API reference.
bool is_qualifier(std::string_view text) {
  if (text.empty()) return false;
  if (contains_placeholder(text)) return true;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(c >= '0' && c <= '9') && c != '$' && c != '-' && c != '_') return false;
  }
  return true;
}

}  // namespace

std::optional<Resource> parse_resource(std::string_view arn) {
  Resource resource;
  resource.arn = arn;
  const std::vector<std::string_view> parts = split_arn(arn);
  if (parts[0] != "arn") {
    if (!contains_placeholder(arn)) return std::nullopt;
    // ${Function.Arn} can become anything; a function is what it mostly becomes.
    resource.kind = Resource::Kind::Lambda;
    return resource;
  }
  // arn:partition:service:region:account:resource
  if (parts.size() < 6 || parts[1].empty()) return std::nullopt;
  const bool unknown_service = contains_placeholder(parts[2]);
  if (parts[2] == "lambda" || unknown_service) {
    if (!unknown_service && !contains_placeholder(parts[5])) {
      if (parts.size() < 7 || parts[5] != "function" || parts[6].empty()) return std::nullopt;
      if (parts.size() > 7 && !is_qualifier(parts[7])) return std::nullopt;
    }
    resource.kind = Resource::Kind::Lambda;
    return resource;
  }
  if (parts[2] != "states") return std::nullopt;
  if (parts[5] == "activity") {
    if (parts.size() < 7 || parts[6].empty()) return std::nullopt;
    resource.kind = Resource::Kind::Activity;
    return resource;
  }
  // Region and account are empty as a rule; published samples of the service's makers fill them in.
  return parse_integration(std::move(resource), arn.substr(static_cast<std::size_t>(parts[5].data() - arn.data())),
                           parts.data() + 5, parts.size() - 5);
}

}  // namespace stepglass
