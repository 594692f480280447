// No arrow upwards: every #include "..." of src/, include/ and apps/ is judged by the layers of the two files, and what
// a layer may not see of the outside (a kernel neither prints nor reads a clock, a heavy header has few readers) too.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

const std::vector<std::string> order{"base",  "beside", "world", "situation", "ask",    "room",   "families", "plan",
                                     "doubt", "turn",   "learn", "record",    "report", "engine", "mcp",      "apps"};
const std::set<std::string> beside{"text", "number", "lp"};  // with the kernels: above base, none sees another
// A kernel that is a special case of another, or asks it, may say so here, and nowhere else.
const std::set<std::pair<std::string, std::string>> special_cases{{"kernel/voting", "kernel/coalition"},
                                                                  {"kernel/wedge", "kernel/blocs"},
                                                                  {"kernel/exchange", "kernel/coalition"},
                                                                  {"kernel/supply", "kernel/market"}};

// A family of questions is one room: src/families/market/. None sees another, and only the list of them sees them all.
bool room(const std::string& layer) { return layer.starts_with("families/"); }

std::size_t rank(const std::string& layer) {
  const std::string level = room(layer)                                              ? "room"
                            : beside.contains(layer) || layer.starts_with("kernel/") ? "beside"
                                                                                     : layer;
  return static_cast<std::size_t>(std::ranges::find(order, level) - order.begin());
}

bool may_include(const std::string& from, const std::string& to) {
  if (from == to || special_cases.contains({from, to})) return true;
  if (to == "lp") return from.starts_with("kernel/");  // the one neighbour that kernels may use
  // What is compiled, drawn and reported knows no family by name; the command line solves their kernels by themselves.
  if (room(to)) return from == "families" || from == "apps";
  if (to == "families") return from == "apps";
  return rank(to) < rank(from) && rank(from) < order.size();
}

struct House {
  std::map<std::string, std::string> files;  // path from the root, with its text

  static House read(const fs::path& root) {
    House h;
    for (const char* top : {"src", "include", "apps"})
      for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
        const auto kind = entry.path().extension();
        if (kind != ".cpp" && kind != ".hpp") continue;
        std::ostringstream text;
        text << std::ifstream(entry.path()).rdbuf();
        h.files[fs::relative(entry.path(), root).generic_string()] = text.str();
      }
    return h;
  }

  // src/kernel/market/arcs.hpp: kernel/market. include/entente/kernel/voting.hpp: the folder of that name, or that has
  // voting.cpp, or of whose name it begins, else a kernel of its own.
  [[nodiscard]] std::string layer(const std::string& path) const {
    std::vector<std::string> parts;
    for (const auto& p : fs::path(path)) parts.push_back(p.string());
    if (parts[0] == "apps") return "apps";
    const std::size_t at = parts[0] == "include" ? 2 : 1;
    if (parts[at] == "families" && parts.size() > at + 2) return "families/" + parts[at + 1];
    if (parts.size() <= at + 1 || parts[at] != "kernel") return parts.size() > at ? parts[at] : "";
    if (parts.size() > at + 2) return "kernel/" + parts[at + 1];
    const std::string stem = fs::path(path).stem().string();
    for (const auto& [file, text] : files)
      if (file.starts_with("src/kernel/" + stem + "/")) return "kernel/" + stem;
    for (const auto& [file, text] : files) {
      if (!file.starts_with("src/kernel/")) continue;
      const std::string folder = file.substr(11, file.find('/', 11) - 11);
      if (stem == folder || stem.starts_with(folder + "_") || file == "src/kernel/" + folder + "/" + stem + ".cpp")
        return "kernel/" + folder;
    }
    return "kernel/" + stem;
  }

  // The file that `name` in quotes means when it stands in `path`.
  [[nodiscard]] std::optional<std::string> find(const std::string& path, const std::string& name) const {
    for (const auto& base : {fs::path(path).parent_path(), fs::path("src"), fs::path("include")}) {
      const std::string full = (base / name).lexically_normal().generic_string();
      if (files.contains(full)) return full;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::vector<std::string> faults() const {
    static const std::regex include(R"re(^\s*#\s*include\s*([<"])([^>"]+)[>"])re");
    static const std::set<std::string> not_in_kernels{"iostream", "fstream", "sstream",    "cstdio", "chrono",
                                                      "ctime",    "locale",  "filesystem", "random", "syncstream"};
    static const std::regex environment(R"(\b(getenv|setlocale|printf|puts|fopen)\s*\()");
    static const std::map<std::string, std::set<std::string>> readers{
        {"nlohmann", {"report", "engine", "mcp", "apps"}},
        {"CLI", {"apps"}},
        {"fmt", {"ask", "room", "plan", "doubt", "report", "engine", "mcp", "apps"}}};
    std::vector<std::string> out;
    const auto complain = [&](const std::string& path, const std::string& what) { out.push_back(path + ": " + what); };
    for (const auto& [path, text] : files) {
      const std::string from = layer(path);
      const bool is_public = path.starts_with("include/"), kernel = from.starts_with("kernel/");
      if (rank(from) == order.size()) complain(path, "stands in no layer");
      if (kernel && std::regex_search(text, environment)) complain(path, "a kernel prints or looks around");
      std::istringstream lines(text);
      for (std::string line; std::getline(lines, line);) {
        std::smatch m;
        if (!std::regex_search(line, m, include)) continue;
        const std::string name = m[2];
        if (m[1] == "<") {
          if (kernel && not_in_kernels.contains(name)) complain(path, "a kernel includes <" + name + ">");
          if (is_public && name.find('/') != std::string::npos)
            complain(path, "a public header includes <" + name + ">");
          const auto heavy = readers.find(name.substr(0, name.find('/')));
          if (heavy != readers.end() && !heavy->second.contains(room(from) ? "room" : from))
            complain(path, "<" + name + "> is not for " + from);
          continue;
        }
        if (is_public && !name.starts_with("entente/")) complain(path, "a public header includes \"" + name + "\"");
        const auto target = find(path, name);
        if (!target) complain(path, "\"" + name + "\" is not there");
        else if (!may_include(from, layer(*target)))
          complain(path, "an arrow from " + from + " to " + layer(*target) + ": \"" + name + "\"");
      }
    }
    return out;
  }
};

// Sections and kinds of question, as the families' descriptors name them.
std::set<std::string> names_of_families(const House& h) {
  static const std::regex section(R"re(\b(?:many|one)\(\s*"([^"]+)")re"), kind(R"re(\{&(\w+)_record,)re"),
      record(R"re(\bRecord\s+(\w+)_record\{\s*"([^"]+)")re");
  std::map<std::string, std::string> records;
  std::set<std::string> out, kinds;
  const auto each = [](const std::string& text, const std::regex& r, auto&& take) {
    for (std::sregex_iterator it(text.begin(), text.end(), r), end; it != end; ++it) take(*it);
  };
  for (const auto& [path, text] : h.files) {
    if (!path.starts_with("src/families/")) continue;
    if (path.ends_with("/family.cpp")) {
      each(text, section, [&](const std::smatch& m) { out.insert(m[1]); });
      each(text, kind, [&](const std::smatch& m) { kinds.insert(m[1]); });
    }
    each(text, record, [&](const std::smatch& m) { records[m[1]] = m[2]; });
  }
  for (const auto& k : kinds) out.insert(records[k]);
  return out;
}

TEST(Layers, NoFamilyIsNamedOutsideItsRoom) {
  const House h = House::read(ENTENTE_ROOT);
  const auto names = names_of_families(h);
  for (const char* known : {"markets", "deal", "measures", "pressure", "wedge"}) EXPECT_TRUE(names.contains(known));
  static const std::regex literal(R"re("([a-z][a-z-]*)")re");
  for (const auto& [path, text] : h.files) {
    const std::string from = h.layer(path);
    if (from != "situation" && from != "ask" && from != "plan" && from != "doubt" && from != "turn" && from != "report")
      continue;
    // News `measures` a quantity: a field of the core's own that has the name of a section of trade.
    const bool of_news = path == "src/situation/news.cpp" || path == "src/situation/schema.cpp";
    for (std::sregex_iterator it(text.begin(), text.end(), literal), end; it != end; ++it)
      if (names.contains((*it)[1]) && !(of_news && (*it)[1] == "measures"))
        ADD_FAILURE() << path << " names " << (*it)[0];
  }
}

TEST(Layers, NoArrowPointsUpwards) {
  const House h = House::read(ENTENTE_ROOT);
  ASSERT_GT(h.files.size(), 50u);
  for (const auto& fault : h.faults()) ADD_FAILURE() << fault;
}

TEST(Layers, EveryKindOfFaultIsFound) {
  const auto faults = [](const std::string& path, const std::string& text) {
    House h;
    h.files = {{"include/entente/base/span.hpp", ""},
               {"include/entente/kernel/market.hpp", ""},
               {"include/entente/kernel/voting.hpp", ""},
               {"src/kernel/coalition/voting.cpp", ""},
               {"src/kernel/market/arcs.hpp", ""},
               {"include/entente/plan/plan.hpp", ""},
               {"src/situation/sections.hpp", ""},
               {"src/families/trade/section.hpp", ""},
               {"src/text/utf8.hpp", ""}};
    h.files[path] = text;
    return h.faults().size();
  };
  EXPECT_EQ(faults("src/kernel/market/solve.cpp", "#include \"arcs.hpp\"\n#include \"entente/base/span.hpp\"\n"), 0u);
  EXPECT_EQ(faults("src/kernel/coalition/game.cpp", "#include \"entente/kernel/voting.hpp\"\n"), 0u);
  EXPECT_EQ(faults("apps/cli/main.cpp", "#include <CLI/CLI.hpp>\n#include \"entente/plan/plan.hpp\"\n"), 0u);
  EXPECT_EQ(faults("src/kernel/market/solve.cpp", "#include \"entente/kernel/voting.hpp\"\n"), 1u);
  EXPECT_EQ(faults("src/kernel/market/solve.cpp", "#include <chrono>\n"), 1u);
  EXPECT_EQ(faults("src/kernel/market/solve.cpp", "void f() { std::printf(\"x\"); }\n"), 1u);
  EXPECT_EQ(faults("src/families/market/read.cpp", "#include \"situation/sections.hpp\"\n"), 0u);
  EXPECT_EQ(faults("src/families/market/read.cpp", "#include \"families/trade/section.hpp\"\n"), 1u);
  EXPECT_EQ(faults("src/plan/compile.cpp", "#include \"families/trade/section.hpp\"\n"), 1u);
  EXPECT_EQ(faults("src/situation/load.cpp", "#include \"families/trade/section.hpp\"\n"), 1u);
  EXPECT_EQ(faults("src/families/all.cpp", "#include \"families/trade/section.hpp\"\n"), 0u);
  EXPECT_EQ(faults("src/ask/compile.cpp", "#include \"entente/plan/plan.hpp\"\n"), 1u);
  EXPECT_EQ(faults("src/number/unit.cpp", "#include \"text/utf8.hpp\"\n"), 1u);
  EXPECT_EQ(faults("src/doubt/run.cpp", "#include <nlohmann/json.hpp>\n"), 1u);
  EXPECT_EQ(faults("include/entente/text/node.hpp", "#include \"text/utf8.hpp\"\n"), 1u);          // private
  EXPECT_EQ(faults("include/entente/text/node.hpp", "#include \"entente/base/lost.hpp\"\n"), 1u);  // not there
  EXPECT_EQ(faults("include/entente/text/node.hpp", "#include <fmt/format.h>\n"), 2u);
  EXPECT_EQ(faults("src/attic/old.cpp", ""), 1u);
}

}  // namespace
