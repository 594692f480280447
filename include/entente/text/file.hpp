// Files, whole: read with a limit, written so that nothing is ever half there.
#pragma once
#include <string>

#include "entente/base/result.hpp"

namespace entente::text {

/// The file's bytes. Errors: missing, a directory, not readable, larger than `limit` bytes; with `only_files`, for what
/// a file names and no person, a pipe or a device, which may never end.
[[nodiscard]] Result<std::string> read_file(const std::string& path, std::size_t limit, bool only_files = false);
/// Writes beside the file and renames, so a reader sees the old text or the new one.
[[nodiscard]] Result<void> write_file(const std::string& path, const std::string& text);
/// Whether write_file can begin: tries the name beside it, and leaves nothing.
[[nodiscard]] Result<void> can_write(const std::string& path);

}  // namespace entente::text
