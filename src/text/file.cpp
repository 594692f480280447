// Reading asks the open file what it is, not the path, which may lead elsewhere by then. Writing needs a second name in
// the same folder for a moment: Linux gives a file without a name (O_TMPFILE), which vanishes with the process however
// that ends; elsewhere the name is random and created exclusively, so that a link planted there is never followed.
#include "entente/text/file.hpp"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace entente::text {

namespace fs = std::filesystem;

namespace {

std::unexpected<Error> fail(const std::string& path, const std::string& why) {
  return std::unexpected(Error{ErrorKind::unreadable, "`" + path + "` " + why, path});
}

// What the process was started with.
bool own_descriptor(const std::string& path) {
  return path == "/dev/stdin" || path.starts_with("/dev/fd/") || path.starts_with("/proc/self/fd/");
}

const char* refused(const struct stat& s, bool own, int fd) {
  if (S_ISDIR(s.st_mode)) return "is a folder, not a file";
  if (S_ISREG(s.st_mode)) return nullptr;
  if (own && (S_ISFIFO(s.st_mode) || S_ISSOCK(s.st_mode) || (fd >= 0 && isatty(fd) != 0))) return nullptr;
  if (own && fd < 0 && S_ISCHR(s.st_mode)) return nullptr;  // seen when it is open: a terminal, or not
  return "is a pipe or a device, not a file";
}

class Descriptor {
 public:
  explicit Descriptor(int fd) noexcept : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const noexcept { return fd_; }
  [[nodiscard]] int release() noexcept { return std::exchange(fd_, -1); }
  [[nodiscard]] bool close() noexcept { return ::close(std::exchange(fd_, -1)) == 0; }

 private:
  int fd_;
};

}  // namespace

Result<File> open_file(const std::string& path, bool only_files) {
  const bool own = !only_files && own_descriptor(path);
  struct stat s {};
  if (::stat(path.c_str(), &s) != 0) {
    const int why = errno;
    if (why == ELOOP) return fail(path, "is a link that leads in a circle");
    if (why == ENAMETOOLONG) return fail(path, "is longer than a path can be");
    if (why == EACCES) return fail(path, "cannot be opened");
    struct stat link {};
    return fail(path, ::lstat(path.c_str(), &link) == 0 ? "is a link to what does not exist" : "does not exist");
  }
  if (const char* why = refused(s, own, -1))
    return fail(path, why);  // before it is opened: that may wait, or do things
  Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | (own ? 0 : O_NONBLOCK)));
  if (fd.get() < 0) return fail(path, "cannot be opened");
  if (::fstat(fd.get(), &s) != 0) return fail(path, "cannot be opened");
  if (const char* why = refused(s, own, fd.get())) return fail(path, why);
  File file(::fdopen(fd.get(), "rb"));
  if (!file) return fail(path, "cannot be opened");
  (void)fd.release();
  return file;
}

Result<std::string> read_file(const std::string& path, std::size_t limit, bool only_files, std::string_view begins) {
  auto file = open_file(path, only_files);
  if (!file) return std::unexpected(file.error());
  const auto large = [&] { return fail(path, "is larger than " + std::to_string(limit >> 20) + " MiB"); };
  struct stat s {};
  const bool sized = ::fstat(::fileno(file->get()), &s) == 0 && S_ISREG(s.st_mode) && s.st_size > 0;
  std::string text(begins.size(), '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file->get()));
  if (text != begins) return text;
  if (sized && static_cast<std::uint64_t>(s.st_size) > limit) return large();
  if (sized) text.reserve(static_cast<std::size_t>(s.st_size));
  char buffer[1 << 16];
  for (std::size_t n = 0; (n = std::fread(buffer, 1, sizeof buffer, file->get())) > 0;) {
    text.append(buffer, n);
    if (text.size() > limit) return large();
  }
  if (std::ferror(file->get()) != 0) return fail(path, "cannot be read to its end");
  return text;
}

namespace {

// Where bytes go: a link is followed, so that it stays a link; a pipe or a terminal takes them and is not replaced.
struct Target {
  fs::path real;
  std::string folder;
  struct stat there {};
  bool exists = false, stream = false;

  explicit Target(const std::string& path) : real(path) {
    std::error_code none;
    if (fs::is_symlink(path, none)) real = fs::weakly_canonical(path, none);
    folder = real.parent_path().empty() ? "." : real.parent_path().string();
    exists = ::stat(real.c_str(), &there) == 0;
    stream = exists && !S_ISREG(there.st_mode) && !S_ISDIR(there.st_mode);
  }
};

// A name in the folder that is free and cannot be guessed.
std::string fresh(const std::string& folder) {
  static constexpr char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::array<unsigned char, 16> random{};
  if (getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) return {};
  std::string name = folder + "/.entente-";
  for (const unsigned char r : random) name += letters[r % (sizeof letters - 1)];
  return name;
}

// A file in the folder; `name` stays empty where it has none.
int anonymous(const std::string& folder, std::string& name) {
#ifdef O_TMPFILE
  if (const int fd = ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666); fd >= 0) return fd;
#endif
  for (int tries = 0; tries < 100; ++tries) {
    name = fresh(folder);
    const int fd = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
  return -1;
}

// Gives a file without a name one that is free. False where the system has no way to.
bool named(int fd, const std::string& folder, std::string& name) {
  const std::string self = "/proc/self/fd/" + std::to_string(fd);
  for (int tries = 0; tries < 100; ++tries) {
    name = fresh(folder);
    if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) return true;
    if (errno != EEXIST) break;
  }
  name.clear();
  return false;
}

bool put(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(fd, text.data(), std::min<std::size_t>(text.size(), 1u << 30));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

Result<void> can_write(const std::string& path) {
  if (path.empty()) return fail(path, "is no name");
  const Target t(path);
  if (t.exists && S_ISDIR(t.there.st_mode)) return fail(path, "is a folder, not a file");
  if (t.exists && S_ISBLK(t.there.st_mode)) return fail(path, "is a disk, not a file");
  std::error_code none;
  if (!fs::is_directory(t.folder, none)) return fail(path, "lies in a folder that does not exist");
  if (t.exists && ::access(t.real.c_str(), W_OK) != 0) return fail(path, "cannot be written");
  if (t.stream) return {};
  if (t.real.filename().string().size() > 255) return fail(path, "cannot be written: the name is too long");
  std::string name;
  const Descriptor fd(anonymous(t.folder, name));
  if (fd.get() < 0) return fail(path, "cannot be written");
  if (!name.empty()) ::unlink(name.c_str());
  return {};
}

Result<void> write_file(const std::string& path, std::string_view text) {
  const Target t(path);
  if (t.stream) {
    Descriptor fd(::open(t.real.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY));
    if (fd.get() < 0) return fail(path, "cannot be written");
    if (!put(fd.get(), text) || !fd.close()) return fail(path, "cannot be written to its end");
    return {};
  }
  for (const bool nameless : {true, false}) {
    std::string name;
    Descriptor fd(nameless ? anonymous(t.folder, name) : [&] {
      name = fresh(t.folder);
      return ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    }());
    if (fd.get() < 0) return fail(path, "cannot be written");
    const auto undone = [&](const std::string& why) {
      if (!name.empty()) ::unlink(name.c_str());
      return fail(path, why);
    };
    if (t.exists) (void)::fchmod(fd.get(), t.there.st_mode & 07777);
    if (!put(fd.get(), text)) return undone("cannot be written to its end");
    if (name.empty() && !named(fd.get(), t.folder, name)) continue;  // no /proc: once more, with a name from the start
    if (!fd.close()) return undone("cannot be written to its end");
    if (::rename(name.c_str(), t.real.c_str()) != 0)
      return undone(std::string("cannot be put in place: ") + std::strerror(errno));
    return {};
  }
  return fail(path, "cannot be written");
}

bool same_file(const std::string& a, const std::string& b) {
  struct stat x {
  }, y{};
  const bool there = ::stat(a.c_str(), &x) == 0, also = ::stat(b.c_str(), &y) == 0;
  if (there && also && x.st_dev == y.st_dev && x.st_ino == y.st_ino) return true;
  std::error_code error, other;
  const fs::path p = fs::weakly_canonical(fs::absolute(a, error), error),
                 q = fs::weakly_canonical(fs::absolute(b, other), other);
  return !error && !other && p == q;
}

bool within(const std::string& path, std::span<const std::string> folders) {
  std::error_code error;
  const fs::path real = fs::weakly_canonical(fs::absolute(path, error), error);
  if (error) return false;
  return std::ranges::any_of(folders, [&](const std::string& folder) {
    std::error_code none;
    const fs::path root = fs::weakly_canonical(fs::absolute(folder.empty() ? "." : folder, none), none);
    if (none) return false;
    const auto [inside, end] = std::ranges::mismatch(root, real);
    return inside == root.end() || (inside->empty() && std::next(inside) == root.end());
  });
}

}  // namespace entente::text
