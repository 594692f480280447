// docs/guide/track-record.md: every case of history against its outcome.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

namespace entente::pages {

/// Runs every situation in `folder` that has outcomes, 1,000 draws each, seed 1, as `entente history` does. Nothing,
/// after complaints on the error stream, when one cannot be read.
[[nodiscard]] std::optional<std::string> track_record(const std::filesystem::path& folder);

}  // namespace entente::pages
