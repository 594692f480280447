// A situation with slips: lines left out or doubled, words left out, doubled, exchanged or misspelled. Whatever comes
// of it, the program ends by itself, with an answer or with a located complaint. ENTENTE_MUTATIONS=20000 for a long
// run.
#include <gtest/gtest.h>

#include <cctype>
#include <cstdlib>

#include "cli/program.hpp"
#include "entente/base/random.hpp"
#include "support/property.hpp"

using namespace cli;

namespace {

struct Chance {  // Philox, as everywhere: the same on every machine
  std::uint64_t stream, next = 0;
  std::size_t below(std::size_t n) {
    return static_cast<std::size_t>(entente::uniform(1, stream, next++) * static_cast<double>(n));
  }
};

std::vector<std::string> split(const std::string& text, bool lines) {
  std::vector<std::string> out{""};
  bool word = false;
  for (const char c : text) {
    const bool letter = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == '_';
    if (!lines && (letter != word || !letter)) out.emplace_back();
    word = letter;
    out.back() += c;
    if (lines && c == '\n') out.emplace_back();
  }
  return out;
}

std::string slip(const std::string& text, std::uint64_t number) {
  static const std::vector<std::string> odd{"-1", "0", "1e308", "nan",  "{",       "}",   "[", "]",  ":",
                                            "\"", "@", "=",     "to",   "%",       "USD", "x", "\n", "  ",
                                            "#",  ",", "true",  "with", "without", "é",   "\t"};
  Chance chance{number};
  auto parts = split(text, chance.below(3) == 0);
  const std::size_t at = chance.below(parts.size()), other = chance.below(parts.size());
  switch (chance.below(6)) {
    case 0:
      parts[at].clear();
      break;
    case 1:
      parts[at] += parts[at];
      break;
    case 2:
      std::swap(parts[at], parts[other]);
      break;
    case 3:
      parts[at] = parts[other];
      break;
    case 4:
      parts[at] = odd[chance.below(odd.size())];
      break;
    default:
      if (!parts[at].empty()) parts[at].erase(chance.below(parts[at].size()), 1);
  }
  std::string out;
  for (const auto& p : parts) out += p;
  return out;
}

}  // namespace

TEST(Mutations, EndInAnAnswerOrAComplaint) {
  const std::uint64_t count = entente::tests::times(std::uint64_t{800});
  const Folder folder;
  const std::string text = contents(sample(folder)), file = folder / "slip.yaml";
  std::map<int, int> codes;
  for (std::uint64_t i = 0; i < count; ++i) {
    std::string slipped = text;
    for (std::uint64_t k = 0; k <= i % 3; ++k) slipped = slip(slipped, 10 * i + k);
    write(file, slipped);
    const auto r = cli::entente({"ask", file});
    ++codes[r.code];
    const bool calm = r.signal == 0 &&
                      (r.code == 0 || r.code == 3 || (r.code == 1 && r.err.starts_with("error[E")) ||
                       (r.code == 1 && r.err.starts_with("warning[W"))) &&
                      r.err.find("E0799") == std::string::npos;
    if (!calm) {
      write("slip-" + std::to_string(i) + ".yaml", slipped);
      ADD_FAILURE() << "slip " << i << " (kept as slip-" << i << ".yaml): exit " << r.code << ", signal " << r.signal
                    << "\n"
                    << r.err.substr(0, 500);
    }
  }
  EXPECT_GT(codes[0], 0);
  EXPECT_GT(codes[1], static_cast<int>(count / 4)) << "most slips are no slips";
}
