#include "entente/text/file.hpp"

#include <filesystem>
#include <fstream>

namespace entente::text {

namespace fs = std::filesystem;

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  std::error_code error;
  const auto fail = [&](const std::string& why) {
    return std::unexpected(Error{ErrorKind::unreadable, "`" + path + "` " + why, path});
  };
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) return fail("does not exist");
  if (fs::is_directory(status)) return fail("is a folder, not a file");
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail("cannot be opened");
  std::string text;
  char buffer[1 << 16];
  while (in.read(buffer, sizeof buffer) || in.gcount() > 0) {
    text.append(buffer, static_cast<std::size_t>(in.gcount()));
    if (text.size() > limit) return fail("is larger than " + std::to_string(limit >> 20) + " MiB");
  }
  if (in.bad()) return fail("cannot be read to its end");
  return text;
}

Result<void> write_file(const std::string& path, const std::string& text) {
  const auto fail = [&](const std::string& why) {
    return std::unexpected(Error{ErrorKind::unreadable, "`" + path + "` " + why, path});
  };
  // A link is followed, so that it stays a link; a device or a pipe takes the bytes and is not replaced.
  std::error_code none;
  const std::string real = fs::is_symlink(path, none) ? fs::weakly_canonical(path, none).string() : path;
  const bool device = fs::exists(real, none) && !fs::is_regular_file(real, none) && !fs::is_directory(real, none);
  const std::string beside = device ? real : real + ".part~";
  {
    std::ofstream out(beside, device ? std::ios::binary : std::ios::binary | std::ios::trunc);
    if (!out) return fail("cannot be written");
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.flush();
    if (!out) {
      out.close();
      std::error_code ignored;
      if (!device) fs::remove(beside, ignored);
      return fail("cannot be written to its end");
    }
  }
  if (device) return {};
  std::error_code error;
  fs::rename(beside, real, error);
  if (error) {
    std::error_code ignored;
    fs::remove(beside, ignored);
    return fail("cannot be put in place: " + error.message());
  }
  return {};
}

}  // namespace entente::text
