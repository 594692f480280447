// Phrases keep the names of the file apart from the words around them.
#include "entente/ask/phrase.hpp"

#include <gtest/gtest.h>

#include "ask/say.hpp"

using entente::ask::Phrase;
using entente::ask::say;
using Kind = Phrase::Kind;

namespace {

// "what [USA] gains": names in brackets, with what they stand for where that is another text.
std::string marked(const Phrase& p) {
  std::string out;
  std::size_t at = 0;
  for (const auto& m : p.marks()) {
    EXPECT_LE(at, m.begin);
    EXPECT_LT(m.begin, m.end);
    EXPECT_LE(m.end, p.text().size());
    const std::string shown = p.text().substr(m.begin, m.end - m.begin);
    out += p.text().substr(at, m.begin - at) + "[" + shown + (shown == m.name ? "" : "=" + m.name) + "]";
    at = m.end;
  }
  return out + p.text().substr(at);
}

const Phrase usa{Kind::within, "the United States", "USA"}, made{Kind::actor, "made"}, none;

}  // namespace

TEST(Phrase, ATextIsSaidAsItStands) {
  EXPECT_TRUE(none.empty());
  EXPECT_EQ(Phrase("a text"), "a text");
  EXPECT_TRUE(Phrase(std::string("made in USA")).marks().empty());
  EXPECT_TRUE(Phrase(Kind::name, "").marks().empty()) << "nothing stands for nothing";
}

TEST(Phrase, AddingUpMovesTheMarks) {
  Phrase p = "by " + usa + " and " + made;
  EXPECT_EQ(p, "by the United States and made");
  EXPECT_EQ(marked(p), "by [the United States=USA] and [made]");
  p += p;  // itself
  EXPECT_EQ(marked(p), "by [the United States=USA] and [made]by [the United States=USA] and [made]");
  EXPECT_EQ(p.marks()[2].kind, Kind::within);
  EXPECT_EQ(p.marks()[3].kind, Kind::actor);
  const std::string& shown = p;
  EXPECT_EQ(shown.size(), 2 * std::string("by the United States and made").size());
}

TEST(Say, ReadsLikeAFormat) {
  EXPECT_EQ(say("nothing"), "nothing");
  EXPECT_EQ(say("{:.1f} % of {}, {{{}}}", 2.25, std::string("it"), 7), fmt::format("{:.1f} % of it, {{7}}", 2.25));
  EXPECT_EQ(marked(say("{} gains {:.2e} by {}{}.", usa, 1234.5, made, none)),
            "[the United States=USA] gains 1.23e+03 by [made].");
  EXPECT_EQ(marked(say("{{{}}} }}{{", made)), "{[made]} }{");
}

// What a name holds is never read as a format, and a word of the sentence never as a name.
TEST(Say, PartsAreNotReadAgain) {
  const Phrase odd(Kind::name, "{}{0}");
  EXPECT_EQ(marked(say("made of {} by {}", odd, made)), "made of [{}{0}] by [made]");
}
