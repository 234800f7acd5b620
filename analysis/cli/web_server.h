#pragma once
// Serves a fixed set of texts over HTTP to this machine alone. It reads nothing from disk on a request, takes no path from
// one, and answers nobody who came by another name than localhost, so that no page of elsewhere can reach it.

#include <functional>
#include <map>
#include <string>

namespace stepglass::cli {

struct ServedFile {
  std::string type;  // "text/html; charset=utf-8"
  std::string content;
};

/// By path: "/", "/assets/index.js".
using ServedFiles = std::map<std::string, ServedFile>;

/// Serves until the program is told to end by a signal. `started` is called with the port once it listens; port 0 takes
/// one that is free. Gives why it cannot, or nothing.
std::string serve_files(const ServedFiles& files, unsigned short port,
                        const std::function<void(unsigned short)>& started);

}  // namespace stepglass::cli
