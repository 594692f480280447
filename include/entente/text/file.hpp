// Files: read whole with a limit, written so that nothing is ever half there, and kept apart from one another.
#pragma once
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "entente/base/result.hpp"

namespace entente::text {

struct Closed {
  void operator()(std::FILE* file) const noexcept { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Closed>;

/// Opens for reading what ends: a regular file; also what the process was started with (/dev/stdin, /dev/fd/3) when it
/// is a pipe or a terminal, unless `only_files`: for what a file names and no person. A pipe or device by any other
/// name is refused and not opened, as it may never end or never begin. Errors: unreadable, with the reason.
[[nodiscard]] Result<File> open_file(const std::string& path, bool only_files = false);
/// The file's bytes. Errors: those of open_file, and larger than `limit` bytes, which is seen before anything is read
/// where the file says its size. When `begins` is not empty and the file begins otherwise, only so many bytes are read
/// and returned: a file that is not meant is not read whole to learn that.
[[nodiscard]] Result<std::string> read_file(const std::string& path, std::size_t limit, bool only_files = false,
                                            std::string_view begins = {});
/// Writes into a file without a name, or with one that nobody can have planted (random, created exclusively), in the
/// same folder, and renames it: a reader sees the old text or the new one, never two writers' mixed, and a failure
/// leaves nothing behind. A link is followed and stays a link; permissions of a file that was there stay.
[[nodiscard]] Result<void> write_file(const std::string& path, std::string_view text);
/// Whether write_file can begin; leaves nothing.
[[nodiscard]] Result<void> can_write(const std::string& path);

/// Whether two paths lead to one file: by links of either kind, or by another way of writing the path. A file that is
/// not there (yet) is compared by where it would be.
[[nodiscard]] bool same_file(const std::string& a, const std::string& b);
/// Whether `path`, its links followed, lies in one of `folders` or below.
[[nodiscard]] bool within(const std::string& path, std::span<const std::string> folders);

}  // namespace entente::text
