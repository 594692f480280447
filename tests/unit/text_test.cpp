// The YAML subset: what is accepted and what it means, what is refused where and with which hint, and that reading goes
// on after an error.
#include <gtest/gtest.h>

#include "support/reading.hpp"

using namespace entente;
using namespace entente::tests;

namespace {

struct Accepted {
  const char *text, *tree;
};
struct Refused {
  const char *text, *places, *marked, *hint;  // hint: a part of the first complaint's label, message or hint
};

void accept(const std::vector<Accepted>& cases) {
  for (const auto& c : cases) {
    const Reading r = reading(c.text);
    EXPECT_EQ(places(r), "") << c.text << render(r.out, r.sources);
    EXPECT_EQ(dump(r), c.tree) << c.text;
  }
}

void refuse(const std::vector<Refused>& cases) {
  for (const auto& c : cases) {
    const Reading r = reading(c.text);
    const std::string said = render(r.out, r.sources);
    EXPECT_EQ(places(r), c.places) << c.text << said;
    EXPECT_EQ(marked(r), c.marked) << c.text << said;
    ASSERT_FALSE(r.out.ok()) << c.text;
    const auto& d = r.out.all().front();
    EXPECT_NE((d.message + "\n" + d.label + "\n" + d.hint).find(c.hint), std::string::npos) << c.text << said;
  }
}

}  // namespace

TEST(Text, BlocksOfMappingsAndLists) {
  accept({
      {"", "nothing"},
      {"# only a comment\n\n", "nothing"},
      {"a: 1", R"({"a": "1"})"},
      {"a: 1\nb: NO\n", R"({"a": "1", "b": "NO"})"},
      {"a:\n  b:\n    c: 1\n  d: 2\ne: 3\n", R"({"a": {"b": {"c": "1"}, "d": "2"}, "e": "3"})"},
      {"a:\n- 1\n- 2\nb: 3\n", R"({"a": ["1", "2"], "b": "3"})"},
      {"a:\n  - 1\n  - b: 2\n    c: 3\n  - - 4\n    - 5\n  -\n    d: 6\n",
       R"({"a": ["1", {"b": "2", "c": "3"}, ["4", "5"], {"d": "6"}]})"},
      {"- a\n-\n- b\n", R"(["a", null, "b"])"},
      {"a:\nb:\n  c:\n", R"({"a": null, "b": {"c": null}})"},
      {"---\na: 1\n", R"({"a": "1"})"},
      {"--- # here it begins\na: 1\n", R"({"a": "1"})"},
      {"\xef\xbb\xbf"
       "a: 1\r\nb:\r\n  c: 2\r\n",
       R"({"a": "1", "b": {"c": "2"}})"},
      {"a:\tb\n", R"({"a": "b"})"},
      {"a:   b   c  \n", R"({"a": "b   c"})"},
      {"  a: 1\n  b: 2\n", R"({"a": "1", "b": "2"})"},
      {"a b: 1\nc-d_e.f: 2\nmit Ümlaut: 3\n", R"({"a b": "1", "c-d_e.f": "2", "mit Ümlaut": "3"})"},
      {"a:\n  b\nc: 1\n", R"({"a": "b", "c": "1"})"},
      {"a: -1\nb: -x\nc: :x\nd: ?x\ne: a:b\nf: http://x/y?z=1\n",
       R"({"a": "-1", "b": "-x", "c": ":x", "d": "?x", "e": "a:b", "f": "http://x/y?z=1"})"},
  });
}

TEST(Text, FlowValues) {
  accept({
      {"{}", "{}"},
      {"a: []\nb: {}\n", R"({"a": [], "b": {}})"},
      {"a: {b: 1, c: [x, y , {d: e}], }\n", R"({"a": {"b": "1", "c": ["x", "y", {"d": "e"}]}})"},
      {"a: {b: 1,\n    c: 2\n}\nd: 3\n", R"({"a": {"b": "1", "c": "2"}, "d": "3"})"},
      {"a: [1, # one\n    2] # two\nb: 3\n", R"({"a": ["1", "2"], "b": "3"})"},
      {"{\na: 1,\nb: 2\n}\n", R"({"a": "1", "b": "2"})"},
      {"{\"a\": 1, \"b\": [true, null]}\n", R"({"a": "1", "b": ["true", "null"]})"},
      {"{\"a\":1}", R"({"a": "1"})"},
      {"- {a: , b: 2}\n- [a b, c d]\n", R"([{"a": null, "b": "2"}, ["a b", "c d"]])"},
      {"a: {u: http://x, v: b:c, w: '# no, comment'}", R"({"a": {"u": "http://x", "v": "b:c", "w": "# no, comment"}})"},
      {"a: {'it''s': \"x, y\"}", R"({"a": {"it's": "x, y"}})"},
      {"a: {b: 1\n  , c: 2}", R"({"a": {"b": "1", "c": "2"}})"},
      {"a:\n  [1,\n   2]\nb: 3", R"({"a": ["1", "2"], "b": "3"})"},
      {"a: [x#y, 5 %, -1]", R"({"a": ["x#y", "5 %", "-1"]})"},
      {"a: {b: triangular(1)}", R"x({"a": {"b": "triangular(1)"}})x"},
  });
}

TEST(Text, QuotesAndEscapes) {
  accept({
      {R"(a: 'it''s # no comment' # one)", R"({"a": "it's # no comment"})"},
      {R"('it''s # a key': v)", R"({"it's # a key": "v"})"},
      {R"("a: b" : c)", R"({"a: b": "c"})"},
      {R"(a: "x\"y\\z\/\n\t")", "{\"a\": \"x\\\"y\\\\z/\\n\t\"}"},
      {R"(a: "\u00e9\x41\u20ac")", R"({"a": "éA€"})"},
      {R"(a: "")", R"({"a": ""})"},
      {R"(a: '')", R"({"a": ""})"},
      {"a: it's - 'so # this\n", R"({"a": "it's - 'so"})"},
      {"a: b - \"c # d\n", R"({"a": "b - \"c"})"},
      {"- 'x': 1\n", R"([{"x": "1"}])"},
      {"a: \"tab\there\"", "{\"a\": \"tab\there\"}"},
  });
}

TEST(Text, Comments) {
  accept({
      {"a: b#c # d\n#e\n   # f\nb: 1 #\n", R"({"a": "b#c", "b": "1"})"},
      {"# so: it is, 'said\na: 1 # b: c\nd:\n- # e: f\n- g\n", R"({"a": "1", "d": [null, "g"]})"},
      {"a: # nothing yet\n  b: 1\n", R"({"a": {"b": "1"}})"},
      {"- # first\n  a: 1\n", R"([{"a": "1"}])"},
      {"a: 5\t# tab before\n", R"({"a": "5"})"},
  });
}

TEST(Text, FoldedAndLiteralText) {
  accept({
      {"a: >\n  one\n  two\n\n  three\nb: 1\n", R"({"a": "one two\nthree", "b": "1"})"},
      {"a: >\n  one\n\n\n  two\n", R"({"a": "one\n\ntwo"})"},
      {"a: >\n\n  one\n", R"({"a": "\none"})"},
      {"a: >\n  one\n    deep\n  two\n", R"({"a": "one\n  deep\ntwo"})"},
      {"a: >\n  one\n\n    deep\n\n  two\n", R"({"a": "one\n\n  deep\n\ntwo"})"},
      {"a: |\n  one\n   two\n\n  three\n\n\nb: 1\n", R"({"a": "one\n two\n\nthree", "b": "1"})"},
      {"a: >-\n  x # no comment\nb: |+ # a comment\n  y: z\n", R"({"a": "x # no comment", "b": "y: z"})"},
      {"a: |\n  {not, flow\n  - 'x\n", R"({"a": "{not, flow\n- 'x"})"},
      {"a: |\n  x\n  \ty\n", "{\"a\": \"x\\n\ty\"}"},
      {"- >\n  x\n  y\n- z\n", R"(["x y", "z"])"},
      {"a: >  \r\n  x  \r\n  y\r\n", R"({"a": "x y"})"},
      {"a:\n  >\n   x\n   y\n", R"({"a": "x y"})"},
  });
}

TEST(Text, TrapsOfTheLanguage) {
  refuse({
      {"s: {title: Talks stall, again, date: 2024-06-02}", "E0136 1:25", "again",
       "a value with a comma in it needs quotes"},
      {"m: {quantity: 13,600, price: 3}", "E0136 1:18", "600", "a number has no comma: write 13600 or 13.6"},
      {"m: {quantity: 13,6}", "E0136 1:18", "6", "a number has no comma: write 13600 or 13.6"},
      {"a: @ft-2024", "E0124 1:4", "@", "a source stands behind its number: `38 @ft-2024`"},
      {"a: `code`", "E0124 1:4", "`", "quote it"},
      {"a: >5 bcm", "E0125 1:4", ">5 bcm", "quote it: '>5 bcm'"},
      {"a: | b", "E0125 1:4", "| b", "read as a folded text"},
      {"says: Moscow pays: that is the claim", "E0127 1:18", ":", "quote the sentence"},
      {"says: Moscow pays:", "E0127 1:18", ":", "at the end of a sentence"},
      {"a: x:\ty", "E0127 1:5", ":", "quote the sentence"},
      {"c: {cost: triangular(1, 2, 4), of: X}", "E0132 1:11", "triangular(1, 2, 4)",
       "put it in quotes: \"triangular(1, 2, 4)\""},
      {"c: [choice(1: 30 %, 2)]", "E0135 1:13", ":", "a value with `: ` in it needs quotes"},
      {"c: {says: a: b}", "E0135 1:12", ":", "a value with `: ` in it needs quotes"},
      {"c: [a: b]", "E0135 1:6", ":", "keys with values stand in braces"},
      {"c: {a:b}", "E0136 1:5", "a:b", "a colon is followed by a space"},
      {"c: {a:, b: 1}", "E0136 1:5", "a", "a colon is followed by a space"},
      {"a:b", "E0110 1:1", "a:b", "perhaps a colon is missing"},
      {"x: 1\na:b", "E0117 2:1", "a:b", "a colon is followed by a space"},
      {"price = 5", "E0110 1:1", "price = 5", "a key is followed by a colon, not by `=`"},
  });
}

TEST(Text, RefusalsOfYaml) {
  refuse({
      {"a: &x 1\nb: *x\n", "E0122 1:4; E0122 2:4", "&x 1", "give shared numbers a name under `drivers`"},
      {"&a b: 1\n", "E0122 1:1", "&a b", "an anchor"},
      {"a: [*x]", "E0122 1:5", "*x", "an alias"},
      {"a: !!int 1\n", "E0123 1:4", "!!int 1", "a tag"},
      {"!x a: 1\nb: 2", "E0123 1:1", "!x a", "a tag"},
      {"%YAML 1.2\n---\na: 1\n", "E0109 1:1", "%YAML 1.2", "no directives"},
      {"a: 1\n---\nb: 2\n", "E0108 2:1", "---", "one document to a file"},
      {"a: 1\n...\n", "E0108 2:1", "...", "begins or ends another"},
      {"--- a: 1\n", "E0108 1:1", "--- a: 1", "begins or ends another"},
      {"a:\n- 1\n--- # next\nb: 1", "E0108 3:1", "---", "one document"},
      {"a: [1,\n---\n2]\n", "E0131 1:4; E0108 2:1", "[", "not closed"},
      {"a: 1\nb: 2\na: 3\n", "E0112 3:1", "a", "the key `a` stands twice"},
      {"a: {b: 1, 'b': 2}\n", "E0112 1:11", "'b'", "the second time"},
      {"? a\n: b\n", "E0116 1:1; E0113 2:1", "?", "`? ` keys are not read here"},
      {"{[a]: 1}", "E0116 1:2", "[", "a key is one plain or quoted word"},
      {": 1\n", "E0113 1:1", ":", "a key is missing"},
      {"a: {: 1}\n", "E0113 1:5", ":", "a key is missing"},
      {"a: - b\n", "E0126 1:4", "-", "a list begins on a line of its own"},
      {"a: ? b\n", "E0126 1:4", "?", "quote it"},
      {"a: %b\nc: ]\nd: }\ne: , x\n", "E0126 1:4; E0126 2:4; E0126 3:4; E0126 4:4", "%", "quote it"},
      {"a: [#b]", "E0126 1:5", "#", "quote it"},
      {"a: [- b, ?c, -]", "E0126 1:5; E0126 1:10; E0126 1:14", "-", "quote it"},
      {"foo\n", "E0110 1:1", "foo", "expected a mapping"},
      {"'foo'\n", "E0110 1:1", "'foo'", "expected a mapping"},
      {"A title\nand a line\n\na: 1\n", "E0110 1:1", "A title", "perhaps a colon is missing"},
  });
}

TEST(Text, BytesAndLimits) {
  using std::string;
  const auto check = [](const string& text, const char* expected, const text::ReadOptions& o = {}) {
    const Reading r = reading(text, o);
    EXPECT_EQ(places(r), expected) << text.substr(0, 80) << render(r.out, r.sources);
  };
  check(string("a: \0", 4), "E0105 1:4");
  check("a: \x1b[31m", "E0105 1:4");
  check("a: b\rc: d\n", "E0105 1:5");
  check("a:\xc2\xa0\n  b: 1\n", "E0140 1:3");  // behind the colon of a key
  check(
      "a: {b:\xe2\x80\xaf"
      "5}\n",
      "E0140 1:7");
  check("a: 5\xc2\xa0\n", "E0140 1:5");                              // at the end of a line
  check("\xc2\xa0 a: 5\n", "E0140 1:1");                             // as indentation
  check("a: Question\xc2\xa0: une r\xc3\xa9ponse\n", "E0127 1:13");  // inside a text it may stand
  check("a: b\xc2\x85\n", "E0105 1:5");
  check("a: b\xe2\x80\xa8 c\n", "E0105 1:5");
  check(
      "a: \xe2\x80\xae"
      "b\n",
      "E0105 1:4");
  check(
      "a: \xef\xbb\xbf"
      "b\n",
      "E0105 1:4");
  check("a: \xff\n", "E0104 1:4");
  check("a: \xc3\n", "E0104 1:4");
  check("a: \xed\xa0\x80\n", "E0104 1:4");
  check("a: \xc0\xaf\n", "E0104 1:4");
  check("k: " + string(97, 'x') + "\n", "", {.line_length = 100});
  check("a: 1\nk: " + string(98, 'x') + "\n", "E0103 2:1", {.line_length = 100});
  check("a: 12345", "E0101 1:1", {.size = 4});
  check(string(1'000, 'k') + ": 1", "");
  check(string(1'001, 'k') + ": 1", "E0138 1:1");
  check("{" + string(1'001, 'k') + ": 1}", "E0138 1:2");
  check("a:\n\tb: 1\n", "E0106 2:1");
  check("a:\n  \tb: 1\n  c: 2\n", "E0106 2:1; E0114 3:3");
  check("-\ta\n", "E0106 1:2");
  check("a: |\n  \tx\n", "E0106 2:3");
  check(string(65, '[') + string(65, ']'), "");
  check(string(66, '[') + string(66, ']'), "E0107 1:66");
  string deep;
  for (int i = 0; i < 70; ++i) deep += string(static_cast<std::size_t>(i), ' ') + "a:\n";
  check(deep, "E0107 66:66");
  string dashes;
  for (int i = 0; i < 70; ++i) dashes += "- ";
  check(dashes + "a", "E0107 1:131");
}

TEST(Text, StructureThatDoesNotFit) {
  refuse({
      {"  a: 1\nb: 2\n", "E0102 2:1", "b: 2", "indented less than the first line"},
      {"{a: 1}\nb: 2\n", "E0102 2:1", "b: 2", "behind the value"},
      {"a: 1\n  b: 2\n", "E0120 2:3", "b: 2", "a key with keys below it has nothing behind its colon"},
      {"a: one\n  two\n", "E0121 2:3", "two", "begin it with `>` on the first line"},
      {"a:\n  one\n  two\nb: 1\n", "E0121 3:3", "two", "begin it with `>`"},
      {"a:\n    b: 1\n  c: 2\nd: 3\n", "E0114 3:3", "c: 2", "expected at column 1"},
      {"a: {b: 1}\n  c: 2\n", "E0114 2:3", "c: 2", "indented more than its neighbours"},
      {"- a\n  - b\n", "E0121 2:3", "- b", "goes on in a second line"},
      {"- {a: 1}\n  - b\n", "E0111 2:3", "- b", "expected `- ` at column 1"},
      {"- a\nb: 1\n- c\n", "E0137 2:1", "b: 1", "a line without a dash"},
      {"x:\n  - a\n  b: 1\ny: 2\n", "E0137 3:3", "b: 1", "a key stands further left"},
      {"a: 1\n- b\nc: 2\n", "E0115 2:1", "- b", "a list item among keys"},
      {"a: 1\nfoo bar\nc: 2\n", "E0117 2:1", "foo bar", "a sentence on several lines begins with `>`"},
      {"a: 'b\nc: 1\n", "E0118 1:4", "'", "a longer text is written with `>`"},
      {"a: \"b\n   c\"\nd: 1\n", "E0118 1:4", "\"", "not closed on its line"},
      {"a: 'b' c\n", "E0119 1:7", " c", "put the whole value into the quotes"},
      {"a: 'b'# c\n", "E0119 1:7", "# c", "expected the line's end"},
      {"a: \"\\q\"\n", "E0128 1:5", "\\q", "no escape `\\q`"},
      {"a: \"\\ud800\"\n", "E0128 1:5", "\\u", "names no character"},
      {"a: \"\\x4\"\n", "E0128 1:5", "\\x", "not complete"},
      {"a: \"\\x00\"\n", "E0128 1:5", "\\x", "names no character"},
      {"a: >\nb: 1\n", "E0129 1:4", ">", "expected indented lines below"},
      {"a: >\n    x\n  y\nb: 1\n", "E0139 3:3", "y", "expected at column 5"},
      {"a: [1] 2\n", "E0130 1:8", "2", "text behind a closing bracket"},
      {"a: [1]# c\n", "E0130 1:7", "# c", "text behind a closing bracket"},
      {"a: [1, 2\nb: 3\n", "E0131 1:4", "[", "this bracket is not closed"},
      {"a:\n  b: {c: 1,\n  d: 2\ne: 3\n", "E0131 2:6", "{", "this brace is not closed"},
      {"a: {b: [1}}\n", "E0133 1:10", "}", "expected `]`"},
      {"a: [{b: 1]\n", "E0133 1:10", "]", "expected `}`"},
      {"a: [1, , 2]\nb: {, c: 1}\n", "E0134 1:8; E0134 2:5", ",", "nothing stands before this comma"},
      {"a: [one\n    two]\n", "E0135 2:5", "t", "a value over several lines needs quotes"},
      {"a: ['x' 'y']\n", "E0135 1:9", "'", "a comma is missing"},
      {"a: {b}\n", "E0136 1:5", "b", "`b` has no value"},
      {"a: {'b' 'c': 1}\n", "E0136 1:5", "'b'", "expected `key: value`"},
      {"a: {b: 'c}\nd: 1\n", "E0118 1:8", "'", "not closed on its line"},
  });
}

TEST(Text, GoesOnAfterAnError) {
  const Reading r = reading(
      "entente: 1\n"
      "a: &x 5\n"
      "b: {c: 1, c: 2}\n"
      "b: 3\n"
      "d: [1, {e: 2]\n"
      "f:\n"
      "  g: 'open\n"
      "  h: fine\n"
      "i: >\n"
      "j: one: two\n"
      "  stray\n"
      "k: {l: [1, 2,\n"
      "m: 4\n"
      "n: @src\n"
      "o: last\n");
  EXPECT_EQ(places(r),
            "E0122 2:4; E0112 3:11; E0112 4:1; E0133 5:13; E0118 7:6; E0129 9:4; E0127 10:7; E0121 11:3; E0131 12:8; "
            "E0124 14:4");
  EXPECT_EQ(dump(r),
            R"({"entente": "1", "a": null, "b": {"c": "1"}, "d": null, "f": {"g": null, "h": "fine"}, "i": "", )"
            R"("j": "one: two", "k": null, "m": "4", "n": "@src", "o": "last"})");
  ASSERT_GE(r.out.all().size(), 4u);
  EXPECT_EQ(r.sources.text(r.out.all()[2].remarks.at(0).span), "b");
  EXPECT_EQ(r.out.all()[2].remarks[0].span.begin, 19u);
}

TEST(Text, AfterABrokenFlowValueItsClosersFallAway) {
  const Reading r = reading("a: {\n  b: [1},\n  c: 2\n}\nd: 1\n");
  EXPECT_EQ(places(r), "E0133 2:8");
  EXPECT_EQ(dump(r), R"({"a": null, "d": "1"})");
}

TEST(Text, SpansOfValues) {
  const Reading r = reading("a: 'x'\nb:\n  - one\n  - {c: 2}\nd: >\n  t\n  u\n");
  const auto& d = r.document;
  const auto text = [&](text::NodeId id) { return std::string(r.sources.text(d[id].span)); };
  const auto& root = d[d.root];
  EXPECT_EQ(text(root.items[0]), "'x'");
  EXPECT_EQ(text(root.items[1]), "- one\n  - {c: 2}");
  EXPECT_EQ(text(d[root.items[1]].items[1]), "{c: 2}");
  EXPECT_EQ(text(root.items[2]), ">\n  t\n  u");
  EXPECT_EQ(text(root.keys[2]), "d");
  EXPECT_EQ(r.sources.text(text::inside(d[root.items[0]], 0, 1)), "x");
  EXPECT_EQ(r.sources.text(text::inside(d[root.items[2]], 0, 1)), ">\n  t\n  u");  // not exact: the whole
  EXPECT_EQ(d.find(d.root, "d"), root.items[2]);
  EXPECT_EQ(d.find(d.root, "e"), text::no_node);
}

TEST(Text, ManyKeysAndManyErrorsStayLinear) {
  std::string keys, flow = "a: [", opens, dup;
  for (int i = 0; i < 100'000; ++i) {
    keys += "k" + std::to_string(i) + ": 1\n";
    opens += "k" + std::to_string(i) + ": {a: [b\n";
    dup += "k: 1\n";
  }
  for (int i = 0; i < 200'000; ++i) flow += "a(,";
  const Reading r = reading(keys);
  EXPECT_TRUE(r.out.ok());
  EXPECT_EQ(r.document[r.document.root].keys.size(), 100'000u);
  EXPECT_EQ(reading(dup).out.errors(), 99'999u);
  EXPECT_EQ(reading(opens).out.errors(), 100'000u);
  EXPECT_GE(reading(flow + "]").out.errors(), 199'999u);
  std::string quotes = "a: [";
  for (int i = 0; i < 200'000; ++i) quotes += "'a',";
  EXPECT_TRUE(reading(quotes + "]").out.ok());
}
