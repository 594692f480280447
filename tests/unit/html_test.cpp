// Templates: what is text stays text wherever it lands; only templates make markup.
#include <gtest/gtest.h>

#include "report/html/markup.hpp"
#include "report/html/script_runs.hpp"

using namespace entente::report::html;

TEST(Markup, ATitleThatReadsScriptIsATitle) {
  const std::string evil = "<script>alert(1)</script>";
  EXPECT_EQ(html("<h1>{}</h1>", evil).str(), "<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1>");
  EXPECT_EQ(html("<title>{}</title>", evil).str(), "<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>");
  EXPECT_EQ(html("<p title=\"{}\">x</p>", "a\" onclick=\"b' & c").str(),
            "<p title=\"a&quot; onclick=&quot;b&#39; &amp; c\">x</p>");
}

TEST(Markup, WhatATemplateMadeGoesInAsItIs) {
  const Markup inner = html("<b>{}</b>", "a & b");
  EXPECT_EQ(html("<p>{} and {}</p>", inner, "<c>").str(), "<p><b>a &amp; b</b> and &lt;c&gt;</p>");
  EXPECT_EQ(html("<p class=\"{}\"></p>", inner).str(), "<p class=\"&lt;b&gt;a &amp;amp; b&lt;/b&gt;\"></p>")
      << "markup in an attribute is text again";
}

TEST(Markup, AddressesAreOfTheWebOrOfThisPage) {
  const auto link = [](const char* to) { return html("<a href=\"{}\">x</a>", to).str(); };
  EXPECT_EQ(link("https://a.example/?b=1&c=2"), "<a href=\"https://a.example/?b=1&amp;c=2\">x</a>");
  EXPECT_EQ(link("#ledger"), "<a href=\"#ledger\">x</a>");
  for (const char* evil : {"javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,x",
                           "//other.example", "file:///etc/passwd", "vbscript:x", ""})
    EXPECT_EQ(link(evil), "<a href=\"#\">x</a>") << evil;
}

TEST(Markup, StylesTakeWholeNumbersAndScriptsTakeNoText) {
  EXPECT_EQ(html("<i style=\"width:{}%\"></i>", 23).str(), "<i style=\"width:23%\"></i>");
  EXPECT_EQ(html("<i style=\"width:{}%\"></i>", "1;background:url(x)").str(), "<i style=\"width:0%\"></i>");
  EXPECT_EQ(html("<script>{}</script>", "alert(1)").str(), "<script></script>");
  EXPECT_EQ(html("<style>{}</style>", Literal("p{color:red}").markup()).str(), "<style>p{color:red}</style>");
}

TEST(Markup, WhatHtmlCannotHoldIsReplaced) {
  const std::string mark = "\xef\xbf\xbd";
  EXPECT_EQ(escape(std::string_view("a\0b", 3), Place::text), "a" + mark + "b");
  EXPECT_EQ(escape("a\x1b[31mb", Place::value), "a" + mark + "[31mb");
  EXPECT_EQ(escape("\xff\xc3", Place::text), mark + mark);
  EXPECT_EQ(escape("\xc0\xbcscript>", Place::text), mark + mark + "script&gt;") << "an overlong < is no <";
  EXPECT_EQ(escape("\xe2\x80\xae"
                   "evil",
                   Place::text),
            mark + "evil")
      << "nothing turns the line around";
  EXPECT_EQ(escape("tab\tline\n", Place::text), "tab\tline\n");
}

TEST(Markup, ATemplateWithAHoleDoesNotCompile) {
  const auto fault = [](std::string_view text) {
    std::array<Slot, 2> slots;
    std::size_t n = 0;
    return std::string(read_template(text, slots, n));
  };
  EXPECT_EQ(fault("<p class=\"{}\">{}</p>"), "");
  EXPECT_EQ(fault("<p {}>x</p>"), "a slot in a tag, outside a quoted attribute");
  EXPECT_EQ(fault("<p class={}>x</p>"), "a slot in a tag, outside a quoted attribute");
  EXPECT_EQ(fault("<p onclick=\"{}\">x</p>"), "a slot in a script");
  EXPECT_EQ(fault("<p class='x'>{}</p>"), "an attribute in single quotes");
  EXPECT_EQ(fault("<p class=\"x>{}</p>"), "a quote that is not closed");
  EXPECT_EQ(fault("{}{}{}"), "more slots than values");
  EXPECT_EQ(fault("<p>{x}</p>"), "a brace that is no slot");
}

TEST(Languages, NamesAreSetInTheirOwn) {
  const auto text = [](const char* t) { return escape(t, Place::text); };
  EXPECT_EQ(text("Straße, Köln"), "Straße, Köln");
  EXPECT_EQ(text("Сила Сибири 2"), "<span lang=\"ru\">Сила Сибири</span> 2");
  EXPECT_EQ(text("Київ"), "<span lang=\"uk\">Київ</span>");
  EXPECT_EQ(text("Xi (习近平) and Kim (김정은)"),
            "Xi (<span lang=\"zh\">习近平</span>) and Kim (<span lang=\"ko\">김정은</span>)");
  EXPECT_EQ(text("Xi 习近平"), "Xi <span lang=\"zh\">习近平</span>");
  EXPECT_EQ(text("朝鲜, 俄罗斯 & co"), "<span lang=\"zh\">朝鲜, 俄罗斯</span> &amp; co");
  EXPECT_EQ(text("日本の会社"), "<span lang=\"ja\">日本の会社</span>");
  EXPECT_EQ(text("שלום."), "<bdi lang=\"he\">שלום</bdi>.");
  EXPECT_EQ(escape("习近平", Place::value), "习近平") << "no tags in an attribute";
  EXPECT_EQ(escape("习近平", Place::plain), "习近平");
}

TEST(Languages, RunsAreTheWholeText) {
  for (const char* t : {"", " ", "a", "a б", "б a", " б ", "(б), в; c", "한 a 漢", "…", "a — б —"}) {
    std::string all;
    for (const auto& r : script_runs(t)) all += r.text;
    EXPECT_EQ(all, t);
  }
}
