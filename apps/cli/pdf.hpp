// A page as a PDF, printed by the Chromium of this machine.
#pragma once
#include <string>

#include "entente/base/result.hpp"

namespace entente::cli {

/// The browser that prints, by its path; empty where the search path has none.
[[nodiscard]] std::string printer();

/// The bytes of the PDF. Nothing is asked of a network: the page stands in a file of its own in a folder that goes
/// away, and so does the browser's profile. An error where the browser does not end well within two minutes.
[[nodiscard]] Result<std::string> print_pdf(const std::string& browser, const std::string& html);

}  // namespace entente::cli
