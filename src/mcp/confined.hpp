// Files below one folder, and drafts over them.
//
// Problem. The paths of a call are an assistant's words, perhaps led by a text that it read; the paths in a file are
// anybody's. Neither may leave the root: not by `..`, by a link, or by an absolute path; nor wait on a pipe for ever.
// Choice. Paths are relative to the root and are shown so, and never as they lie on the machine. Each is followed to
// where it really leads before it is opened; what opens a file refuses pipes and devices (text/file.hpp). Tables that
// come with the program (text::Files::bundled) are readable besides: they are everybody's. A draft is a text that lies
// over the files for one call.
// Cost. Whoever can change links below the root while a call runs can still lead it out; that needs a hand that could
// read the file itself.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "entente/text/files.hpp"

namespace entente::mcp {

/// A path of a call as it is used below the root: parts between slashes, no `.` or `..` left. Nothing where it is
/// empty, absolute, leads above the root, names what is hidden (`.ssh`), or holds a byte that no name should.
[[nodiscard]] std::optional<std::string> below_root(const std::string& path);

class Confined final : public text::Files {
 public:
  /// `drafts`: by path below the root; they need no file to be there.
  explicit Confined(std::string root, std::map<std::string, std::string> drafts = {});
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

  /// Where a new file would lie on the machine; an error where its folder is not there, or leads out.
  [[nodiscard]] Result<std::string> place(const std::string& path) const;
  [[nodiscard]] const std::string& root() const noexcept { return root_; }

 private:
  [[nodiscard]] std::optional<std::string> plain(const std::string& path) const;    // below the root, or nothing
  [[nodiscard]] std::optional<std::string> on_disk(const std::string& path) const;  // where it may be opened

  std::string root_;     // links followed
  std::string program_;  // the tables that come with it; empty: none
  std::map<std::string, std::string> drafts_;
};

}  // namespace entente::mcp
