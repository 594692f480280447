// entente_pages FOLDER [--record | --stands] [--check]: writes fields.md (what a situation may say), units.md,
// situation.schema.json and for-assistants.md into FOLDER, and llms.txt two above it, or with --record the track
// record, or with --stands the record of who stands with whom, its curve and the estimated weights; with --check says
// which of them differ from what is there.
#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assistants_page.hpp"
#include "claims_page.hpp"
#include "entente/families/all.hpp"
#include "entente/number/unit.hpp"
#include "entente/report/report.hpp"
#include "entente/situation/schema.hpp"
#include "entente/text/file.hpp"
#include "stands_page.hpp"
#include "track_record.hpp"

namespace {

using entente::situation::Field;
using entente::situation::FieldKind;
using entente::situation::Record;
using entente::situation::Refers;

constexpr const char* generated = "<!-- Generated: cmake --build build --target pages -->\n";

std::string listed(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& w : words) out += (out.empty() ? "`" : ", `") + w + "`";
  return out;
}

std::string of(Refers r) { return r.to.empty() ? std::string() : " of " + std::string(r.to); }

// Of the families of this program.
const entente::situation::Registry& registry() {
  static const entente::situation::Registry all = entente::families::all();
  return all;
}

std::string linked(const Record& r) { return "[" + r.name + "](#" + r.name + ")"; }

std::string article(const std::string& name) {
  return std::string_view("aeiou").find(name.front()) == std::string_view::npos ? "a " : "an ";
}

// "a [market](#market)"; a question is of one of several kinds.
std::string each(const Record& r) {
  const auto& kinds = registry().questions();
  if (std::ranges::find(kinds, &r) == kinds.end()) return article(r.name) + linked(r);
  std::string out;
  for (const Record* kind : kinds) out += (out.empty() ? "one of " : ", ") + linked(*kind);
  return out;
}

std::string unit(const Field& f) {
  std::string out;
  if (f.unit.ends_with("?") && f.unit.size() > 1) out = ", in this mapping's unit";
  else if (f.unit == "$unit") out = ", in the `unit` stated with it";
  else if (f.unit.starts_with("$")) out = ", in the market's unit";
  else if (!f.unit.empty() && f.unit != "?") out = ", in " + f.unit;
  return out;
}

std::string takes(const Field& f) {
  switch (f.kind) {
    case FieldKind::text:
      return "text";
    case FieldKind::date:
      return "a date";
    case FieldKind::year:
      return "a year";
    case FieldKind::years:
      return "a year, or a list of years";
    case FieldKind::flag:
      return "`true` or `false`";
    case FieldKind::unit:
      return "a unit";
    case FieldKind::number:
      return "a number" + unit(f) + ": " + f.domain.describe() + (f.by_year ? "; may differ by year" : "");
    case FieldKind::word:
      return f.options.empty() ? "the name" + of(f.refers) : "one of " + listed(f.options);
    case FieldKind::words:
      return "one name" + of(f.refers) + ", or a list of them";
    case FieldKind::record:
      return linked(*f.record);
    case FieldKind::records:
      return "names, each with " + each(*f.record);
    case FieldKind::numbers:
      return (f.options.empty() ? "" : listed(f.options) + ", or ") + "names" + of(f.refers) + ", each with a number" +
             unit(f);
    case FieldKind::matrix:
      return "names" + of(f.refers) + ", each with names, each with a number" + unit(f);
    case FieldKind::column:
      return "the name of a CSV file in the situation's folder";
    case FieldKind::condition:
      return "a condition";
    case FieldKind::whole:
      return (f.options.empty() ? "" : listed(f.options) + ", or ") + "a whole number";
    case FieldKind::lists:
      return "names, each with a name or a list of them";
    case FieldKind::units:
    case FieldKind::patch:
      return "a mapping";
    default:
      return "a value";
  }
}

struct FieldsPage {
  std::string out;
  std::vector<const Record*> order, done;

  void add(const Record* r) {
    for (const Record* known : order)
      if (known == r) return;
    order.push_back(r);
  }

  void record(const Record& r) {
    out += "\n## " + r.name + "\n" + r.says;
    if (!r.shorthand.empty()) out += " A single value in its place is its `" + r.shorthand + "`.";
    out += "\n\n| field | takes | says |\n|---|---|---|\n";
    for (const Field& f : r.fields) {
      out += "| " + (f.required ? "**" + f.name + "**" : f.name) + " | " + takes(f);
      if (!f.fallback.empty()) out += "; " + f.fallback + " unless said";
      out += " | " + f.says + " |\n";
      if (f.record) add(f.record);
    }
  }

  std::string write() {
    out = "# What a situation may say\n";
    out += generated;
    out +=
        "Fields in **bold** must be there. Every mapping may also have `source:`, which holds for all numbers below it "
        "that "
        "name none, and `note:`. In place of a mapping from names a `table: FILE.csv` in the situation's folder is "
        "read: one "
        "row for each name, one column for each field. Where a number may stand, and how it is written: "
        "[numbers](numbers.md). "
        "Units: [units](units.md).\n";
    add(&registry().root());
    for (const Record* r : registry().questions()) add(r);
    for (std::size_t i = 0; i < order.size(); ++i) record(*order[i]);
    return out;
  }
};

std::string units_page() {
  std::string out = "# Units\n";
  out += generated;
  out +=
      "A unit is words with `*` and `/` between them, such as `USD/kcm` or `bcm/yr`; a scale word may stand before the "
      "first: `B USD`, `k persons`. Money of two currencies, barrels of oil, energy and volume of gas are different "
      "dimensions: none turns into another without a rate that the situation states (`35.3 MMBtu/kcm`), because that "
      "rate is "
      "an assumption too.\n\n| word | means |\n|---|---|\n";
  for (const auto& u : entente::number::unit_names()) out += "| `" + u.name + "` | " + u.says + " |\n";
  return out;
}

}  // namespace

namespace {

constexpr std::size_t largest = std::size_t{1} << 26;

// entente_pages --claims DOUBT.json PAGE [--check]: the numbers of a page written by hand.
int claims(const std::string& json, const std::string& path, bool check) {
  const auto run = entente::text::read_file(json, largest), page = entente::text::read_file(path, largest);
  if (!run || !page) {
    std::fprintf(stderr, "%s\n", (!run ? run.error() : page.error()).message.c_str());
    return 2;
  }
  if (check) {
    const auto wrong = entente::pages::contradicted(*page, *run);
    for (const auto& w : wrong) std::fprintf(stderr, "%s: %s\n", path.c_str(), w.c_str());
    if (!wrong.empty())
      std::fputs("if the answers were meant to change: cmake --build build --target nine-claims\n", stderr);
    return wrong.empty() ? 0 : 1;
  }
  const auto filled = entente::pages::fill(*page, *run);
  for (const auto& u : filled.unknown)
    std::fprintf(stderr, "%s: the run has nothing for `%s`\n", path.c_str(), u.c_str());
  const auto done = entente::text::write_file(path, filled.text);
  if (!done) std::fprintf(stderr, "%s\n", done.error().message.c_str());
  return done ? 0 : 2;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const bool check = !words.empty() && words.back() == "--check";
  if (words.size() >= 3 && words[0] == "--claims") return claims(words[1], words[2], check);
  if (words.empty()) {
    std::fputs("usage: entente_pages FOLDER [--record | --stands] [--check], or --claims DOUBT.json PAGE [--check]\n",
               stderr);
    return 2;
  }
  std::vector<std::pair<std::string, std::string>> pages;
  if (words.size() > 1 && words[1] == "--record") {
    auto text = entente::pages::track_record(words[0] + "/../../situations/history");
    if (!text) return 2;
    pages.emplace_back("track-record.md", std::move(*text));
  } else if (words.size() > 1 && words[1] == "--stands") {
    auto written = entente::pages::stands(words[0]);
    if (!written) return 2;
    pages = std::move(*written);
  } else {
    pages = {{"fields.md", FieldsPage{}.write()},
             {"units.md", units_page()},
             {"situation.schema.json", entente::report::schema(registry())}};
    auto written = entente::pages::for_assistants(words[0] + "/../..");
    if (!written) {
      std::fprintf(stderr, "docs/guide/for-assistants.md: %s\n", written.error().message.c_str());
      return 2;
    }
    for (auto& [path, text] : *written) pages.emplace_back("../../" + path, std::move(text));
  }
  int stale = 0;
  for (const auto& [name, text] : pages) {
    const std::string path = words[0] + "/" + name;
    if (!check) {
      if (const auto done = entente::text::write_file(path, text); !done) {
        std::fprintf(stderr, "%s\n", done.error().message.c_str());
        return 2;
      }
      continue;
    }
    const auto there = entente::text::read_file(path, largest);
    if (there && *there == text) continue;
    std::fprintf(stderr, "%s is not what the program says now: cmake --build build --target %s\n", path.c_str(),
                 words[1] == "--stands" ? "stands" : "pages");
    ++stale;
  }
  return stale ? 1 : 0;
}
