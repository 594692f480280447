// The same bits on every machine: what the archives of src/ take from the library of mathematics is exact there, and
// the sources hold nothing whose result a compiler, a processor or a library may choose.
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

// Rounded correctly or exact by IEEE 754 and ISO C, in every library.
const std::set<std::string> exact{"sqrt", "fabs", "floor", "ceil", "trunc", "rint", "copysign"};

std::vector<std::string> lines_of(const std::string& command) {
  std::vector<std::string> out;
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  if (!pipe) return out;
  std::array<char, 4096> line{};
  while (std::fgets(line.data(), line.size(), pipe.get())) out.emplace_back(line.data());
  return out;
}

// Names that an archive leaves to others.
std::set<std::string> undefined(const std::string& archive) {
  std::set<std::string> out;
  for (const auto& line : lines_of("nm -u '" + archive + "'"))
    if (std::smatch m; std::regex_match(line, m, std::regex(R"(\s*U (\S+)\s*)"))) out.insert(m[1]);
  return out;
}

// Whether the library of mathematics is where a name is found.
bool mathematical(const std::string& name) {
  static void* const library = dlopen("libm.so.6", RTLD_NOW);
  if (!library) ADD_FAILURE() << "libm.so.6 is not to be opened";
  const std::string bare = name.substr(0, name.find('@'));
  void* const at = dlsym(library, bare.c_str());
  Dl_info where{};
  return at && dladdr(at, &where) && std::string(where.dli_fname).find("libm.so") != std::string::npos;
}

TEST(SameBits, ArchivesTakeOnlyExactFunctionsFromTheLibraryOfMathematics) {
  std::ifstream list(ENTENTE_ARCHIVES);
  std::size_t archives = 0, names = 0;
  for (std::string archive; std::getline(list, archive);) {
    if (archive.empty()) continue;
    const auto wanted = undefined(archive);
    EXPECT_TRUE(fs::exists(archive)) << archive;
    ++archives;
    names += wanted.size();
    for (const auto& name : wanted)
      if (mathematical(name))
        EXPECT_TRUE(exact.contains(name)) << archive << " takes " << name << ": base/elementary.hpp has ours";
  }
  std::size_t layers = 0;  // every layer of src/, rooms of families among them, has its archive in the list
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(ENTENTE_ROOT) / "src")) {
    if (entry.path().filename() != "CMakeLists.txt") continue;
    std::ifstream lines(entry.path());
    for (std::string line; std::getline(lines, line);) layers += line.starts_with("entente_layer(");
  }
  EXPECT_EQ(archives, layers);
  EXPECT_GE(archives, 30u);
  EXPECT_GE(names, 500u);
}

// The judge itself: it knows what it is to find.
TEST(SameBits, TheLibraryOfMathematicsIsRecognised) {
  for (const char* name : {"exp", "pow", "erfc", "hypot", "lgamma", "fma", "lround", "sqrt"})
    EXPECT_TRUE(mathematical(name)) << name;
  for (const char* name : {"malloc", "memcpy", "no_such_name"}) EXPECT_FALSE(mathematical(name)) << name;
}

struct Ban {
  std::regex pattern;
  const char* why;
};
const std::vector<Ban>& bans() {
  static const std::vector<Ban> all{
      {std::regex(
           R"(\bstd::(exp|exp2|expm1|log|log2|log10|log1p|pow|hypot|erf|erfc|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh|cbrt|tgamma|lgamma|fmod|remainder|nextafter|ldexp|frexp|scalbn|round|lround|llround|nearbyint)\()"),
       "base/elementary.hpp has ours"},
      {std::regex(R"(\bstd::(fma|lerp)\b)"), "fused or not is the library's choice"},
      {std::regex(R"(\bstd::nan\()"), "a call, and which NaN is the library's choice"},
      {std::regex(R"(\blong double\b)"), "its length is the machine's"},
      {std::regex(R"(\bstd::\w+_distribution\b|\bstd::(sample|shuffle|random_device|mt19937\w*)\b)"),
       "differs between standard libraries"},
      {std::regex(R"(-ffast-math|-funsafe-math|\bomp simd\b|-mfma\b|-march=native)"),
       "lets the compiler choose the order of sums"},
      {std::regex(R"(\bstd::(reduce|transform_reduce|execution)\b)"), "sums in an order of its own"}};
  return all;
}

// What is wrong in a text, comments left out.
std::string first_ban(const std::string& text) {
  std::istringstream in(text);
  int at = 0;
  for (std::string line; std::getline(in, line);) {
    ++at;
    const std::string code = line.substr(0, line.find("//"));
    bool worth = false;  // the patterns, which are slow, are tried where one of their words stands
    for (const char* word : {"std::", "long", "-f", "-m", "simd"}) worth |= code.find(word) != std::string::npos;
    if (!worth) continue;
    for (const auto& b : bans())
      if (std::smatch m; std::regex_search(code, m, b.pattern))
        return std::to_string(at) + ": `" + m[0].str() + "`: " + b.why;
  }
  return {};
}

TEST(SameBits, NothingIsLeftToCompilerProcessorOrLibrary) {
  std::size_t files = 0;
  for (const char* top : {"src", "include", "apps/cli"})
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(ENTENTE_ROOT) / top)) {
      const auto kind = entry.path().extension();
      if (kind != ".cpp" && kind != ".hpp" && kind != ".txt") continue;
      std::ostringstream text;
      text << std::ifstream(entry.path()).rdbuf();
      EXPECT_EQ(first_ban(text.str()), "") << entry.path();
      ++files;
    }
  EXPECT_GE(files, 300u);
}

TEST(SameBits, EveryKindOfBanIsFound) {
  for (const char* line : {"x = std::exp(y);", "std::fma(a, b, c)", "x = std::nan(\"\");", "long double sum = 0;",
                           "std::shuffle(a, b, r);", "#pragma omp simd", "std::reduce(x.begin(), x.end())",
                           "std::normal_distribution<double> n;"})
    EXPECT_NE(first_ban(line), "") << line;
  EXPECT_EQ(first_ban("math::exp(x); // not std::exp(x)"), "");
}

TEST(SameBits, ProductsAreNeverFused) {
  std::ostringstream text;
  text << std::ifstream(fs::path(ENTENTE_ROOT) / "cmake/Layers.cmake").rdbuf();
  EXPECT_NE(text.str().find("-ffp-contract=off"), std::string::npos);
}

}  // namespace
