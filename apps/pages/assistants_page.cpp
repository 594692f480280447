#include "assistants_page.hpp"

#include <algorithm>
#include <filesystem>

#include "entente/engine/session.hpp"
#include "entente/families/all.hpp"
#include "entente/mcp/server.hpp"
#include "entente/situation/proposed.hpp"
#include "entente/situation/schema.hpp"
#include "entente/text/file.hpp"

namespace entente::pages {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t largest = std::size_t{1} << 22;

struct Mistake {
  const char* says;
  const char* right;  ///< stands in the example
  const char* wrong;
};

// By how often drafts had them; each is one line of the example or a piece of one.
constexpr Mistake mistakes[]{
    {"a hyphen for a range", "discount: 5 to 8 %", "discount: 5-8 %"},
    {"a comma in a number", "gdp: 1700 to 2100 B USD/yr", "gdp: 1,700 to 2,100 B USD/yr"},
    {"a percent sign forgotten", "discount: 4 to 7 %", "discount: 4 to 7"},
    {"a range that ends on a bound", "interest: between 0 and 11 %", "interest: 0 to 11 %"},
    {"a range upside down", "cost: 12 to 20 @study", "cost: 20 to 12 @study"},
    {"a source that nobody declared", "capacity: 14 @study", "capacity: 14 @reuters"},
    {"a proposal graded like a fact", "price: 46 @assistant", "price: 46 @assistant/B2"},
    {"a source younger than `as_of`", "{title: A cable under the Grey Sound, date: 2025-03-03",
     "{title: A cable under the Grey Sound, date: 2025-03-04"},
    {"a comma in a text without quotes", "{title: \"proposed by an assistant, to be checked by a person\"}",
     "{title: proposed by an assistant, to be checked by a person}"},
    {"a date in words", "as_of: 2025-03-03", "as_of: 3 March 2025"},
    {"a field that is not known", "cost: 12 to 20 @study", "costs: 12 to 20 @study"},
    {"a currency sign before the number", "gas-power: 30 to 62 USD/MWh", "gas-power: $30 to $62 per MWh"},
    {"a unit of another dimension", "gas-power: 30 to 62 USD/MWh", "gas-power: 30 to 62 USD/kcm"},
    {"a number without its unit in a claim", "holds: cable.price < 40 USD/MWh", "holds: cable.price < 40"},
    {"a formula without `=`", "cost: = 1.1 * gas-power", "cost: 1.1 * gas-power"},
    {"a name with a blank", "gas-power: 30 to 62", "gas power: 30 to 62"},
    {"signs of a programming language", "holds: cable.zone > 0 and interest < 9 %",
     "holds: cable.zone > 0 && interest < 9 %"},
    {"a chance written down, which is what is computed", "holds: cable.zone > 0}",
     "holds: cable.zone > 0, probability: 70 %}"},
    {"`with` behind the comparison", "holds: (cable.zone with tunnel) > 0", "holds: cable.zone > 0 with tunnel"},
    {"an actor by another name", "consent: [NOR, SUD]", "consent: [NOR, Suderland]"},
};

// Where a mistake's right form does not stand in the example as it is, what stands there.
constexpr std::pair<const char*, const char*> stands[]{
    {"interest: between 0 and 11 %", "interest: 4 to 11 %"},
    {"holds: cable.price < 40 USD/MWh", "holds: cable.price < 0.5 * gas-power"},
    {"cost: = 1.1 * gas-power", "cost: gas-power"},
    {"holds: cable.zone > 0 and interest < 9 %", "holds: cable.zone > 0"},
};

Diagnostics said_of(const std::string& text) {
  static const situation::Registry registry = families::all();
  const auto files = std::make_shared<text::Memory>(std::map<std::string, std::string>{{"cable.yaml", text}});
  return engine::check(engine::open(files, "cable.yaml", registry));
}

// Complaints that a mistake is answered with, those apart that the example has anyhow.
std::vector<Diagnostic> complaints(const std::string& text) {
  std::vector<Diagnostic> out;
  const Diagnostics said = said_of(text);
  for (const auto& d : said.all())
    if (d.code != "W0348") out.push_back(d);
  return out;
}

std::string put(std::string text, const std::string& old, const std::string& with) {
  const auto at = text.find(old);
  return at == std::string::npos ? std::string() : text.replace(at, old.size(), with);
}

// Within a table of Markdown a bar ends a cell.
std::string cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
  return text;
}

Result<std::string> table_of_mistakes(const std::string& example) {
  static_assert(std::size(mistakes) == 20);
  std::string out;
  for (const auto& m : mistakes) {
    std::string old = m.right;
    for (const auto& [right, there] : stands)
      if (old == right) old = there;
    const std::string wrong = put(example, old, m.wrong), right = put(example, old, m.right);
    const auto fail = [&](const std::string& why) {
      return std::unexpected(Error{ErrorKind::invalid, "the mistake `" + std::string(m.wrong) + "` " + why});
    };
    if (wrong.empty()) return fail("has nothing to stand in for: `" + old + "` is not in the example");
    const auto said = complaints(wrong);
    if (said.empty()) return fail("is not told by the engine");
    if (const auto left = complaints(right); !left.empty())
      return fail("is mended into something wrong: " + left.front().message);
    const auto& d = said.front();
    out += "| " + std::string(m.says) + ": `" + cell(m.wrong) + "` | " + d.code + ": " + cell(d.message) +
           (d.hint.empty() ? "" : " (" + cell(d.hint) + ")") + " | `" + cell(m.right) + "` |\n";
  }
  return out;
}

std::string kinds(const situation::Registry& registry) {
  std::string out;
  for (const auto* r : registry.questions()) {
    std::string must;
    for (const auto& f : r->fields)
      if (f.required) must += (must.empty() ? "`" : ", `") + f.name + "`";
    out += "| `" + r->name + "` | " + cell(r->says) + " | " + must + " |\n";
  }
  return out;
}

std::string sections(const situation::Registry& registry) {
  std::string out;
  for (const auto& f : registry.root().fields)
    out += "| `" + f.name + "`" + (f.required ? ", always" : "") + " | " + cell(f.says) + " | " +
           (f.record && !f.of_kind ? "[" + f.record->name + "](fields.md#" + f.record->name + ")" : "") + " |\n";
  return out;
}

std::string first_heading(const std::string& text) {
  const auto at = text.find("# ");
  const auto end = text.find('\n', at);
  return at == std::string::npos ? "" : text.substr(at + 2, end - at - 2);
}

// https://llmstxt.org: a title, a summary, and lists of links.
std::string llms(const std::string& root) {
  std::string out =
      "# Entente\n\n> An engine and workbench for situations between states. An analyst, or an assistant for him, "
      "writes a "
      "situation down in one readable file: actors, what flows between them, what each can do, what is claimed; every "
      "number "
      "may be uncertain and names its source. Entente says what follows, how sure that is, what drives it, and what "
      "would "
      "turn it.\n\nThe engine computes; you draft. Never state a chance that it did not answer. Begin with the first "
      "link: "
      "it has the language on three pages. `entente mcp` is the engine as a tool over the Model Context Protocol.\n\n"
      "## Guide\n- [For assistants](docs/guide/for-assistants.md): the language, the commonest mistakes, the tools\n";
  for (const char* folder : {"guide", "methods"}) {
    if (std::string_view(folder) == "methods") out += "\n## Methods\n";
    std::vector<std::string> names;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(root + "/docs/" + folder, none))
      if (entry.path().extension() == ".md" && entry.path().filename() != "for-assistants.md")
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    for (const auto& name : names) {
      const std::string path = "docs/" + std::string(folder) + "/" + name;
      const auto text = text::read_file(root + "/" + path, largest);
      out += "- [" + first_heading(text.value_or(name)) + "](" + path + ")\n";
    }
  }
  return out +
         "\n## Optional\n- [JSON Schema of a situation](docs/guide/situation.schema.json)\n"
         "- [How the program is built](docs/develop/architecture.md)\n"
         "- [The flagship](situations/moscow-2025/situation.yaml)\n";
}

}  // namespace

Result<std::vector<std::pair<std::string, std::string>>> for_assistants(const std::string& root) {
  auto page = text::read_file(root + "/apps/pages/for-assistants.md.in", largest);
  const auto example = text::read_file(root + "/tests/data/mcp/draft-2.yaml", largest);
  if (!page || !example) return std::unexpected(!page ? page.error() : example.error());
  const situation::Registry registry = families::all();
  const auto wrong = table_of_mistakes(*example);
  if (!wrong) return std::unexpected(wrong.error());
  const auto files = std::make_shared<text::Memory>(std::map<std::string, std::string>{{"cable.yaml", *example}});
  const auto session = engine::open(files, "cable.yaml", registry);
  if (!session.good()) return std::unexpected(Error{ErrorKind::invalid, "the example of the page has errors"});
  std::string tools;
  for (const auto& t : mcp::tools_named(true)) tools += "| `" + t.name + "` | " + cell(t.says) + " |\n";
  const std::pair<const char*, std::string> parts[]{
      {"{{example}}", *example},      {"{{proposed}}", std::to_string(situation::count_proposed(*session.situation))},
      {"{{kinds}}", kinds(registry)}, {"{{sections}}", sections(registry)},
      {"{{mistakes}}", *wrong},       {"{{tools}}", tools}};
  for (const auto& [mark, text] : parts) {
    *page =
        put(*page, std::string(mark) + (text.ends_with('\n') && mark != std::string("{{example}}") ? "\n" : ""), text);
    if (page->empty()) return std::unexpected(Error{ErrorKind::invalid, std::string("the page lacks ") + mark});
  }
  return std::vector<std::pair<std::string, std::string>>{{"docs/guide/for-assistants.md", *page},
                                                          {"llms.txt", llms(root)}};
}

}  // namespace entente::pages
