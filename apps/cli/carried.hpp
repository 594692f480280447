// What a slice carries so that it can be judged where its situation is not: the text of every file that was read.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "entente/doubt/doubt.hpp"
#include "opened.hpp"

namespace entente::cli {

/// The files of an opened situation, that of `path` first, named from a common folder on.
[[nodiscard]] std::vector<doubt::Carried> carried(const Opened& o, const std::string& path);

/// The same files in a folder of their own, which goes away with the object.
class Unpacked {
 public:
  /// Nothing when there are none, or a name leads out of the folder, or it cannot be written.
  static std::unique_ptr<Unpacked> make(const std::vector<doubt::Carried>& files);
  ~Unpacked();
  Unpacked(const Unpacked&) = delete;
  Unpacked& operator=(const Unpacked&) = delete;
  [[nodiscard]] const std::string& folder() const noexcept { return folder_; }
  [[nodiscard]] const std::string& situation() const noexcept { return situation_; }

 private:
  explicit Unpacked(std::string folder) : folder_(std::move(folder)) {}
  std::string folder_, situation_;
};

}  // namespace entente::cli
