#include "analysis/cli/console.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "analysis/cli/commands.h"
#include "engine/document/document.h"
#include "engine/support/limits.h"
#include "engine/support/number.h"
#include "engine/support/text.h"

namespace stepglass::cli {
namespace {

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

bool wants_colour(int stream) {
  // no-color.org and force-color.org: present and not empty.
  if (!variable("NO_COLOR").empty()) return false;
  if (!variable("FORCE_COLOR").empty() && variable("FORCE_COLOR") != "0") return true;
  return isatty(stream) == 1 && variable("TERM") != "dumb";
}

bool only_ascii() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string_view value = variable(name);
    if (value.empty()) continue;
    return value.find("UTF") == std::string_view::npos && value.find("utf") == std::string_view::npos;
  }
  // Nothing said: today's terminals and logs take UTF-8.
  return false;
}

std::size_t width_of(int stream) {
  winsize size{};
  if (isatty(stream) == 1 && ioctl(stream, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    return std::clamp<std::size_t>(size.ws_col, 40, 160);
  }
  if (const auto columns = parse_integer(variable("COLUMNS")); columns && *columns > 0) {
    return static_cast<std::size_t>(std::clamp<std::int64_t>(*columns, 40, 160));
  }
  return 80;
}

/// Why the output could not be written; 0 while all of it was.
int output_fault_ = 0;

}  // namespace

const char* output_fault() {
  return output_fault_ == 0 ? nullptr : std::strerror(output_fault_);
}

analysis::Style style_of(int stream) {
  return {.colour = wants_colour(stream), .ascii = only_ascii(), .width = width_of(stream)};
}

void write(int stream, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(stream, text.data(), text.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      if (stream == 1 && output_fault_ == 0) output_fault_ = errno;
      return;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void write_json(int stream, std::string_view json) {
  if (isatty(stream) == 1) return write(stream, analysis::terminal_json(json));
  write(stream, json);
}

void warn(std::string_view message) {
  write(2, analysis::paint(style_of(2), analysis::Tone::Warning, "warning") + ": " + display(message) + '\n');
}

int complain(const WrongUse& fault) {
  const analysis::Style style = style_of(2);
  std::string text = analysis::paint(style, analysis::Tone::Bad, "error") + ": " + fault.message + '\n';
  if (!fault.help.empty()) text += analysis::paint(style, analysis::Tone::Faint, "  = help: ") + fault.help + '\n';
  write(2, text);
  return kWrongUse;
}

Result<std::string, WrongUse> read_file(const std::string& path) {
  const bool is_stdin = path == "-";
  const std::string name = is_stdin ? "standard input" : "\"" + display(path) + "\"";
  const int file = is_stdin ? 0 : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return WrongUse{fmt::format("cannot open {}: {}", name, std::strerror(errno)), ""};
  std::string text;
  std::string fault;
  std::size_t size = 0;
  while (true) {
    text.resize(std::max<std::size_t>(size + size / 2, 32'768));
    const ssize_t got = read(file, text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fault = fmt::format("cannot read {}: {}", name, std::strerror(errno));
    if (got <= 0) break;
    size += static_cast<std::size_t>(got);
    if (size > kMaxTextBytes) {
      fault = fmt::format("{} is larger than {} MiB", name, kMaxTextBytes >> 20);
      break;
    }
  }
  if (!is_stdin) close(file);
  if (!fault.empty()) return WrongUse{std::move(fault), ""};
  text.resize(size);
  return text;
}

std::string quoted_for_shell(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

Result<std::string, WrongUse> text_or_file(const std::string& value) {
  if (value.starts_with('@')) return read_file(value.substr(1));
  if (access(value.c_str(), F_OK) == 0 && !read_value(value)) {
    return WrongUse{fmt::format("\"{}\" is no JSON", display(value)),
                    fmt::format("write {} to read the file of that name", display(quoted_for_shell("@" + value)))};
  }
  return value;
}

}  // namespace stepglass::cli
