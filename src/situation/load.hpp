// What reading a situation and reading a dissent share: a file opened, and a tree of nodes made a situation.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "entente/situation/situation.hpp"
#include "entente/text/node.hpp"

namespace entente::situation {

struct Opened {
  text::Document document;
  std::filesystem::path file, folder;
};

// `from`: where another file names this one.
std::optional<Opened> open(const std::filesystem::path& path, SourceMap& sources, Diagnostics& out,
                           const LoadOptions& options, Span from = {});
// The folders whose files may be read: of what was opened, and those that were allowed.
std::vector<std::string> roots_of(const Opened& o, const LoadOptions& options);
// Nothing after complaints.
std::optional<Situation> build(text::Document document, const std::filesystem::path& file,
                               const std::filesystem::path& folder, std::shared_ptr<const Registry> registry,
                               std::vector<std::string> roots, SourceMap& sources, Diagnostics& out,
                               const LoadOptions& options);

}  // namespace entente::situation
