#include "analysis/cli/write_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace stepglass::cli {
namespace {

bool write_and_close(std::FILE* file, std::string_view text) {
  if (!file) return false;
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  return std::fclose(file) == 0 && written;
}

}  // namespace

bool write_file(const std::string& path, std::string_view text) {
  return write_and_close(std::fopen(path.c_str(), "wb"), text);
}

bool replace_file(const std::string& path, std::string_view text) {
  std::error_code fault;
  const std::filesystem::path canonical = std::filesystem::canonical(path, fault);
  const std::string target = fault ? path : canonical.string();
  struct stat before = {};
  const bool existed = !fault && ::stat(target.c_str(), &before) == 0;
  // A rename asks the folder alone; who made the file read-only meant it.
  if (existed && ::faccessat(AT_FDCWD, target.c_str(), W_OK, AT_EACCESS) != 0) return false;
  // Made anew, by a name that nobody else can have put there.
  std::string made = target + ".XXXXXX";
  const int file = ::mkstemp(made.data());
  if (file < 0) return false;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  const mode_t mode = existed ? before.st_mode & 07777U : 0666U & ~mask;
  // What we may not give becomes ours, as with an editor that saves so. Before the mode: it takes bits of it away.
  struct stat own = {};
  if (existed && ::fstat(file, &own) == 0 && (own.st_uid != before.st_uid || own.st_gid != before.st_gid) &&
      ::fchown(file, before.st_uid, before.st_gid) != 0 && ::fchown(file, static_cast<uid_t>(-1), before.st_gid) != 0) {
    errno = 0;
  }
  // No fsync: it takes milliseconds for each file of a repository, and what is lost with the power can be made again.
  const bool good = ::fchmod(file, mode) == 0 && write_and_close(::fdopen(file, "wb"), text) &&
                    ::rename(made.c_str(), target.c_str()) == 0;
  if (good) return true;
  const int why = errno;
  ::unlink(made.c_str());
  errno = why;
  return false;
}

}  // namespace stepglass::cli
