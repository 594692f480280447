// Properties of the YAML reader over random documents: what is printed is read back; whatever is accepted, libyaml
// understands in the same way; nothing crashes, takes long, or points outside the text.
#include <gtest/gtest.h>

#include <chrono>

#include "property/libyaml_tree.hpp"
#include "property/random_text.hpp"
#include "support/property.hpp"
#include "support/reading.hpp"

using namespace entente;
using namespace entente::tests;

namespace {

const bool set = instances(15'000);

// Blanks at line ends mean nothing here; libyaml keeps them in literal texts. It counts a byte order mark as a column.
std::string plainer(const std::string& text) {
  std::string out;
  for (std::size_t from = text.starts_with("\xef\xbb\xbf") ? 3 : 0; from < text.size();) {
    const std::size_t to = std::min(text.find('\n', from), text.size());
    std::size_t end = to;
    while (end > from && (text[end - 1] == ' ' || text[end - 1] == '\t' || text[end - 1] == '\r')) --end;
    out += text.substr(from, end - from);
    if (to < text.size()) out += '\n';
    from = to + 1;
  }
  return out;
}

void inside(const Reading& r, std::size_t size) {
  const auto good = [&](Span s) { return s.file == 0 && s.begin <= s.end && s.end <= size; };
  for (const auto& n : r.document.nodes) {
    RC_ASSERT(good(n.span));
    RC_ASSERT(n.keys.size() == (n.kind == text::Kind::map ? n.items.size() : 0u));
    for (const auto i : n.items) RC_ASSERT(i < r.document.nodes.size());
    if (n.kind == text::Kind::scalar && n.style == text::Style::plain && n.text.size() > 0)
      RC_ASSERT(r.sources.text(n.span) == n.text);
  }
  for (const auto& d : r.out.all()) {
    RC_ASSERT(good(d.span));
    for (const auto& m : d.remarks) RC_ASSERT(good(m.span));
  }
  RC_ASSERT(!render(r.out, r.sources).empty() || r.out.all().empty());
}

// One way of spoiling a text.
std::string mutated(std::string s, const std::vector<std::pair<std::size_t, std::size_t>>& edits) {
  static const std::vector<std::string> pieces{":",
                                               ": ",
                                               " ",
                                               "\n",
                                               "  ",
                                               "- ",
                                               "-",
                                               "{",
                                               "}",
                                               "[",
                                               "]",
                                               ",",
                                               "'",
                                               "\"",
                                               "#",
                                               " #",
                                               "&a",
                                               "*a",
                                               "!",
                                               "|",
                                               ">",
                                               "|\n",
                                               "%",
                                               "@",
                                               "?",
                                               "? ",
                                               "\t",
                                               "\r",
                                               "\r\n",
                                               "---\n",
                                               "...",
                                               "\\",
                                               "a",
                                               "0",
                                               "é",
                                               "\xff",
                                               std::string(1, '\0')};
  for (const auto& [where, what] : edits) {
    const std::size_t at = s.empty() ? 0 : where % (s.size() + 1);
    const std::size_t kind = what % 4;
    if (kind == 0 && at < s.size()) s.erase(at, 1 + what / 4 % 3);
    else if (kind == 1 && at < s.size()) s.replace(at, 1, pieces[what / 4 % pieces.size()]);
    else if (kind == 2 && !s.empty()) {
      const std::size_t from = what / 4 % s.size();
      s.insert(at, s.substr(from, 12));
    } else s.insert(at, pieces[what / 4 % pieces.size()]);
  }
  return s;
}

rc::Gen<std::vector<std::pair<std::size_t, std::size_t>>> edits() {
  const auto number = pick<std::size_t>(1'000'000);
  return rc::gen::resize(
      6, rc::gen::container<std::vector<std::pair<std::size_t, std::size_t>>>(rc::gen::pair(number, number)));
}

// A line with nothing but a comment behind a tab, or behind a dash and a tab: YAML 1.2 allows it (6.6, 6.7), libyaml
// does not.
bool comment_behind_tab(const std::string& text) {
  bool tab = false, blank = true;
  for (const char c : text) {
    if (c == '#' && blank && tab) return true;
    if (c == '\n') tab = false, blank = true;
    else if (c == '\t') tab = true;
    else if (c != ' ' && c != '-') blank = false;
  }
  return false;
}

void same_as_libyaml(const std::string& text, const Reading& r) {
  if (!r.out.ok()) return;
  const std::string same = plainer(text);
  const auto other = LibyamlTree::of(same);
  if (!other && comment_behind_tab(same)) return;
  if (!other) RC_LOG() << "libyaml refuses what we read as " << tests::dump(r) << "\n" << text << "\n";
  RC_ASSERT(other.has_value());
  const std::string ours = r.document.root == text::no_node && *other == "null" ? "null" : tests::dump(r);
  RC_ASSERT(ours == *other);
}

}  // namespace

TEST(TextProperty, WhatIsPrintedIsReadBack) {
  EXPECT_TRUE(rc::check([] {
    const Tree t = *rc::gen::resize(10, branch(3));
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const std::string text = Printer(seed).document(t);
    const Reading r = reading(text);
    RC_LOG() << text << "\n" << render(r.out, r.sources);
    RC_ASSERT(r.out.ok());
    RC_ASSERT(tests::dump(r) == tests::dump(t));
    inside(r, text.size());
    same_as_libyaml(text, r);
  }));
}

TEST(TextProperty, WhatIsAcceptedLibyamlUnderstandsTheSame) {
  std::size_t accepted = 0, all = 0;
  EXPECT_TRUE(rc::check([&] {
    const Tree t = *rc::gen::resize(10, branch(2));
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    const std::string text = mutated(Printer(seed).document(t), *edits());
    const Reading r = reading(text);
    inside(r, text.size());
    same_as_libyaml(text, r);
    ++all;
    accepted += r.out.ok();
  }));
  EXPECT_GT(accepted * 20, all);  // the comparison is not idle
}

TEST(TextProperty, SoupOfTokens) {
  std::size_t accepted = 0;
  EXPECT_TRUE(rc::check([&] {
    const std::string text = mutated("", *rc::gen::scale(3.0, edits()));
    const Reading r = reading(text);
    inside(r, text.size());
    same_as_libyaml(text, r);
    accepted += r.out.ok();
  }));
  EXPECT_GT(accepted, 100u);
}

TEST(TextProperty, RandomBytesEndFast) {
  EXPECT_TRUE(rc::check([] {
    const auto text = *rc::gen::scale(20.0, rc::gen::container<std::string>(rc::gen::arbitrary<char>()));
    const auto begin = std::chrono::steady_clock::now();
    const Reading r = reading(text);
    RC_ASSERT(std::chrono::steady_clock::now() - begin < std::chrono::seconds(2));
    inside(r, text.size());
  }));
}
