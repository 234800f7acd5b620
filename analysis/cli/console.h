#pragma once
// Standard streams and files, and what the terminal can show.

#include <optional>
#include <string>
#include <string_view>

#include "analysis/report/columns.h"
#include "engine/support/result.h"

namespace stepglass::cli {

/// How to write to stream 1 or 2: colours on a terminal only, with NO_COLOR, FORCE_COLOR and TERM=dumb respected; its
/// width; ASCII where the locale says that there is nothing else.
analysis::Style style_of(int stream);

/// Writes all of `text`; what cannot be written (a closed pipe) is dropped.
void write(int stream, std::string_view text);

/// The same for JSON text. What a terminal could act on, such as control characters above U+007F and those that change
/// the direction of text, is written as \u… to a terminal; into a file or a pipe it goes as it is.
void write_json(int stream, std::string_view json);

/// "warning: …" on standard error. `message` may hold anything.
void warn(std::string_view message);

/// Why standard output could not be written to, e.g. "No space left on device"; null while all went out.
const char* output_fault();

/// Why a command cannot do what it was asked for: exit status 2.
struct WrongUse {
  std::string message;
  /// What to do; may be empty.
  std::string help;
};

/// "error: …" and "= help: …" on standard error; gives kWrongUse.
int complain(const WrongUse& fault);

/// The content of a file, or of standard input when `path` is "-". Fails also above kMaxTextBytes.
Result<std::string, WrongUse> read_file(const std::string& path);

/// `text` as one word of a shell.
std::string quoted_for_shell(std::string_view text);

/// An option's value: the file behind a leading @, else the text itself. Fails for what is no JSON and the name of a
/// file: then the @ was forgotten.
Result<std::string, WrongUse> text_or_file(const std::string& value);

}  // namespace stepglass::cli
