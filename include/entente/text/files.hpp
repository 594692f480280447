// Where the files of a situation come from: the disk, or texts that somebody holds in memory (a page in a browser, a
// notebook, a test). Whoever reads a situation asks only this, so the engine needs no file system of its own.
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "entente/base/result.hpp"

namespace entente::text {

class Files {
 public:
  Files() = default;
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  virtual ~Files() = default;

  /// The bytes of a file; as read_file in file.hpp. `only_files`: named by another file and by no person.
  [[nodiscard]] virtual Result<std::string> read(const std::string& path, std::size_t limit, bool only_files) const = 0;
  /// At most the first `bytes` of a regular file; empty where it cannot be read.
  [[nodiscard]] virtual std::string head(const std::string& path, std::size_t bytes) const = 0;
  [[nodiscard]] virtual bool exists(const std::string& path) const = 0;
  [[nodiscard]] virtual bool is_folder(const std::string& path) const = 0;
  [[nodiscard]] virtual bool is_link(const std::string& path) const = 0;
  /// Names in a folder, sorted, at most 1,000 of them.
  [[nodiscard]] virtual std::vector<std::string> list(const std::string& folder) const = 0;
  /// The path from the top on, links not followed.
  [[nodiscard]] virtual std::string absolute(const std::string& path) const = 0;
  /// The same with links followed as far as the path exists; empty where that cannot be told.
  [[nodiscard]] virtual std::string real(const std::string& path) const = 0;
  /// Whether `path`, its links followed, lies in one of `folders` or below; an empty folder is the current one.
  [[nodiscard]] virtual bool within(const std::string& path, std::span<const std::string> folders) const = 0;
  /// Where a table that comes with the program lies, by its path in data/ ("economy/countries.csv"); empty: nowhere.
  [[nodiscard]] virtual std::string bundled(const std::string& path) const = 0;
};

/// The disk. What comes with the program lies in data/ of a checkout or share/entente/data of an installed tree, beside
/// the running program or above it.
[[nodiscard]] const Files& disk();

/// Other files with some texts over them, by the path as it is asked for: what a change would make, before it is
/// written. Where a path leads, and whether it is confined, is the other files' answer. They outlive this.
class Over final : public Files {
 public:
  Over(const Files& below, std::map<std::string, std::string> texts);
  [[nodiscard]] Result<std::string> read(const std::string& path, std::size_t limit, bool only_files) const override;
  [[nodiscard]] std::string head(const std::string& path, std::size_t bytes) const override;
  [[nodiscard]] bool exists(const std::string& path) const override;
  [[nodiscard]] bool is_folder(const std::string& path) const override;
  [[nodiscard]] bool is_link(const std::string& path) const override;
  [[nodiscard]] std::vector<std::string> list(const std::string& folder) const override;
  [[nodiscard]] std::string absolute(const std::string& path) const override;
  [[nodiscard]] std::string real(const std::string& path) const override;
  [[nodiscard]] bool within(const std::string& path, std::span<const std::string> folders) const override;
  [[nodiscard]] std::string bundled(const std::string& path) const override;

 private:
  const Files& below_;
  std::map<std::string, std::string> texts_;
};

/// Texts by path, as "situation.yaml" or "data/flows.csv", parts between slashes. There is no current folder but the
/// top, no link, nothing above the top: a path that leads out leads nowhere. What comes with the program lies in data/.
class Memory final : public Files {
 public:
  explicit Memory(std::map<std::string, std::string> texts);
  [[nodiscard]] Result<std::string> read(const std::string& path, std::size_t limit, bool only_files) const override;
  [[nodiscard]] std::string head(const std::string& path, std::size_t bytes) const override;
  [[nodiscard]] bool exists(const std::string& path) const override;
  [[nodiscard]] bool is_folder(const std::string& path) const override;
  [[nodiscard]] bool is_link(const std::string& path) const override;
  [[nodiscard]] std::vector<std::string> list(const std::string& folder) const override;
  [[nodiscard]] std::string absolute(const std::string& path) const override;
  [[nodiscard]] std::string real(const std::string& path) const override;
  [[nodiscard]] bool within(const std::string& path, std::span<const std::string> folders) const override;
  [[nodiscard]] std::string bundled(const std::string& path) const override;
  [[nodiscard]] const std::map<std::string, std::string>& texts() const noexcept { return texts_; }

 private:
  std::map<std::string, std::string> texts_;
};

}  // namespace entente::text
