// docs/guide/for-assistants.md and llms.txt: the language on three pages for a language model, and where the rest is.
//
// Problem. A page that tells a program how to write goes stale unseen, and whoever follows it fails.
// Choice. The text is apps/pages/for-assistants.md.in; tables come from the registry and the server's own lists, the
// example is tests/data/mcp/draft-2.yaml, and each mistake is made in that example and mended again, by the engine that
// the page is about: a slip that is not told, or a mend that is not right, stops the page.
// Cost. Whoever changes the example may have to change a mistake.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "entente/base/result.hpp"

namespace entente::pages {

/// Path from the project's root and text of both. `root`: the project's.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> for_assistants(const std::string& root);

}  // namespace entente::pages
