#include "analysis/sources/paths.h"

#include <algorithm>
#include <vector>

namespace stepglass::analysis {

std::optional<std::string> path_from(std::string_view from, std::string_view target) {
  for (const std::string_view here : {"${path.module}/", "${path.root}/", "${path.cwd}/", "./"}) {
    while (target.starts_with(here)) target.remove_prefix(here.size());
  }
  if (target.empty() || target[0] == '/' || target.find("://") != std::string_view::npos ||
      target.find('\0') != std::string_view::npos || target.find("${") != std::string_view::npos ||
      target.find("{{") != std::string_view::npos) {
    return std::nullopt;
  }
  std::vector<std::string_view> parts;
  const auto add = [&](std::string_view path) {
    while (!path.empty()) {
      const std::string_view part = path.substr(0, path.find('/'));
      path.remove_prefix(std::min(path.size(), part.size() + 1));
      if (part.empty() || part == ".") continue;
      if (part == "..") {
        if (parts.empty() || parts.back() == "..") return false;
        parts.pop_back();
      } else {
        parts.push_back(part);
      }
    }
    return true;
  };
  const std::size_t slash = from.rfind('/');
  const std::string_view folder = slash == std::string_view::npos ? "" : from.substr(0, slash);
  if (!add(folder) || !add(target) || parts.empty()) return std::nullopt;
  std::string path = from.starts_with('/') ? "/" : "";
  for (const std::string_view part : parts) {
    if (!path.empty() && path.back() != '/') path += '/';
    path += part;
  }
  return path;
}

std::string_view file_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view file_stem(std::string_view path) {
  const std::string_view name = file_name(path);
  const std::size_t dot = name.find('.', 1);
  return dot == std::string_view::npos ? name : name.substr(0, dot);
}

}  // namespace stepglass::analysis
