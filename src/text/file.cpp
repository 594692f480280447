#include "entente/text/file.hpp"

#include <filesystem>
#include <fstream>

namespace entente::text {

namespace fs = std::filesystem;

Result<std::string> read_file(const std::string& path, std::size_t limit, bool only_files) {
  std::error_code error;
  const auto fail = [&](const std::string& why) {
    return std::unexpected(Error{ErrorKind::unreadable, "`" + path + "` " + why, path});
  };
  const auto status = fs::status(path, error);
  if (error == std::errc::too_many_symbolic_link_levels) return fail("is a link that leads in a circle");
  if (!fs::exists(status))
    return fail(fs::is_symlink(path, error) ? "is a link to what does not exist" : "does not exist");
  if (fs::is_directory(status)) return fail("is a folder, not a file");
  if (only_files && !fs::is_regular_file(status)) return fail("is a pipe or a device, not a file");
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

namespace {

// Where bytes go: a link is followed, so that it stays a link; a device or a pipe takes them and is not replaced.
struct Target {
  std::string real, beside;
  bool device = false;
  explicit Target(const std::string& path) {
    std::error_code none;
    real = fs::is_symlink(path, none) ? fs::weakly_canonical(path, none).string() : path;
    device = fs::exists(real, none) && !fs::is_regular_file(real, none) && !fs::is_directory(real, none);
    beside = device ? real : real + ".part~";
  }
};

}  // namespace

Result<void> can_write(const std::string& path) {
  const auto fail = [&](const std::string& why) {
    return std::unexpected(Error{ErrorKind::unreadable, "`" + path + "` " + why, path});
  };
  const Target t(path);
  std::error_code none;
  const auto folder = fs::path(t.real).parent_path();
  if (path.empty()) return fail("is no name");
  if (fs::is_directory(t.real, none)) return fail("is a folder, not a file");
  if (!folder.empty() && !fs::is_directory(folder, none)) return fail("lies in a folder that does not exist");
  if (t.device) return {};
  const bool there = fs::exists(t.beside, none);
  if (!std::ofstream(t.beside, std::ios::binary | std::ios::app)) return fail("cannot be written");
  if (!there) fs::remove(t.beside, none);
  return {};
}

Result<void> write_file(const std::string& path, const std::string& text) {
  const auto fail = [&](const std::string& why) {
    return std::unexpected(Error{ErrorKind::unreadable, "`" + path + "` " + why, path});
  };
  const auto [real, beside, device] = Target(path);
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
