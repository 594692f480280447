// The page as a structure: its outline, its tags, and what it does with what is hostile, missing, certain or many.
#include "entente/report/page.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "report/html/parts.hpp"
#include "situations.hpp"

using namespace entente;

namespace {

struct Made {
  std::unique_ptr<tests::Compiled> c;
  report::Page page;
};

Made make(const std::string& name, bool drawn = true, const std::string& failed = {}) {
  Made m{tests::compile_file(std::string(ENTENTE_ROOT) + "/tests/data/" + name), {}};
  if (!m.c->plan) {
    ADD_FAILURE() << m.c->complaints();
    return m;
  }
  const auto answer = plan::answer(*m.c->plan);
  std::optional<doubt::Doubt> d;
  if (drawn && !m.c->plan->uncertain().empty()) {
    const auto draws = doubt::run(*m.c->plan, {.sampling = {.draws = 200}});
    d = *doubt::judge(*m.c->plan, *draws);
  }
  m.page = report::page(*m.c->plan, answer, d ? &*d : nullptr,
                        {.command = "entente report x -o <y>", .version = "entente 1", .failed = failed});
  return m;
}

// Every start tag has its end tag, in order; void elements have none; attributes are quoted; ids occur once.
std::vector<std::string> faults(const std::string& html) {
  static const std::set<std::string> empty{"meta", "link", "br", "img", "hr", "col", "wbr", "input"};
  std::vector<std::string> out, open;
  std::set<std::string> ids;
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at)) {
    if (html.compare(at, 9, "<!DOCTYPE") == 0) {
      at = html.find('>', at);
      continue;
    }
    const bool closing = html[at + 1] == '/';
    std::size_t end = at + (closing ? 2 : 1);
    const std::size_t from = end;
    while (end < html.size() && (std::isalnum(static_cast<unsigned char>(html[end])) || html[end] == '-')) ++end;
    const std::string name = html.substr(from, end - from);
    if (name.empty()) {
      out.push_back("a bare < before " + html.substr(at, 30));
      ++at;
      continue;
    }
    bool quoted = false;
    std::size_t close = end;
    for (; close < html.size() && (quoted || html[close] != '>'); ++close) {
      if (html[close] == '"') quoted = !quoted;
      if (!quoted && html[close] == '<') out.push_back("a tag in the tag " + html.substr(at, 40));
      if (!quoted && html[close] == '=' && html[close + 1] != '"') out.push_back("no quotes in " + html.substr(at, 40));
      if (!quoted && html.compare(close, 5, " id=\"") == 0) {
        const auto id = html.substr(close + 5, html.find('"', close + 5) - close - 5);
        if (!ids.insert(id).second) out.push_back("twice the id " + id);
      }
    }
    const bool alone = html[close - 1] == '/' || empty.contains(name);
    if (closing) {
      if (open.empty() || open.back() != name)
        out.push_back("</" + name + "> closes " + (open.empty() ? "nothing" : open.back()));
      else open.pop_back();
    } else if (!alone) {
      open.push_back(name);
    }
    at = close;
    if (!closing && (name == "script" || name == "style")) at = html.find("</" + name, at);
  }
  for (const auto& name : open) out.push_back("<" + name + "> stays open");
  return out;
}

std::string outline(const report::Page& page) {
  std::ostringstream out;
  for (const auto& h : page.outline) out << std::string(2 * (h.level - 1), ' ') << "#" << h.id << "\n";
  out << page.claims << " claims, " << page.questions << " questions, " << page.numbers << " numbers\n";
  for (const char* tag : {"section", "article", "figure", "table", "details"}) {
    const std::string open = std::string("<") + tag;
    std::size_t n = 0;
    for (std::size_t at = page.html.find(open); at != std::string::npos; at = page.html.find(open, at + 1)) ++n;
    out << n << " " << tag << "\n";
  }
  return out.str();
}

}  // namespace

TEST(Page, TheCheckOfTagsFindsFaults) {
  EXPECT_TRUE(faults("<p id=\"a\">x<br></p>").empty());
  EXPECT_EQ(faults("<p>x").size(), 1u);
  EXPECT_EQ(faults("<p><b>x</p></b>").size(), 2u);
  EXPECT_EQ(faults("<p class=x>x</p>").size(), 1u);
  EXPECT_EQ(faults("<i id=\"a\"></i><i id=\"a\"></i>").size(), 1u);
  EXPECT_EQ(faults("a < b").size(), 1u);
}

namespace {
// The page of a situation with who could turn each claim that stands for itself.
report::Page turned_page(unsigned threads) {
  const auto m = make("page/turned.yaml");
  if (!m.c->plan) return {};
  const auto moves = tests::compile_file(std::string(ENTENTE_ROOT) + "/tests/data/page/turned.yaml",
                                         {.everything = false, .moves = true});
  std::vector<turn::Answer> answers;
  for (std::size_t c = 0; c < moves->plan->claims().size(); ++c) {
    turn::Options o{.sampling = {.draws = 500}, .each = true, .threads = threads};
    auto a = turn::turn(*moves->plan, c, o);
    if (a->before >= 0.5 && !a->implied) {
      o.to = false;
      a = turn::turn(*moves->plan, c, o);
    }
    answers.push_back(std::move(*a));
  }
  const auto draws = doubt::run(*m.c->plan, {.sampling = {.draws = 200}});
  const auto d = *doubt::judge(*m.c->plan, *draws);
  const report::Turns turns{&*moves->plan, answers, {}};
  return report::page(*m.c->plan, plan::answer(*m.c->plan), &d, {.command = "x", .version = "entente 1", .failed = {}},
                      &turns);
}
}  // namespace

TEST(Page, WhoCouldTurnIt) {
  const auto page = turned_page(1);
  for (const auto& fault : faults(page.html)) ADD_FAILURE() << fault;
  std::vector<std::string> ids;
  for (const auto& h : page.outline)
    if (h.id.starts_with("turn") || h.id.starts_with("package")) ids.push_back(std::to_string(h.level) + h.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"2turn", "3turn-high", "4package-high", "3turn-never", "3turn-likely",
                                           "3turn-granted"}));
  const auto has = [&](const char* text) { EXPECT_NE(page.html.find(text), std::string::npos) << text; };
  has("To make it true: it takes raise and support at 4");  // the card's own sentence
  has("it is needed");
  has("id=\"turn-1-front-w-t\"");
  has("80 % asked for");
  has("What else would do, sharing at most half of its levers");
  has("It fails mostly where");
  has("To make it true: no package of the 3 levers that reach it makes it true in 80");
  has("To make it false: no package of the");
  has("It follows from what is assumed: x is never below nought");
  has("Anna’s hand &lt;script&gt;alert(1)&lt;/script&gt; lifts it.");
  has("3 levers of this situation, and what they cost");
  EXPECT_EQ(page.html.find("<script>alert(1)"), std::string::npos);
  EXPECT_EQ(page.html, turned_page(3).html);
}

TEST(Page, ThatWasNotAskedWhoListsTheLevers) {
  const auto m = make("page/turned.yaml");
  EXPECT_NE(m.page.html.find("entente report x -o &lt;y&gt; --turn"), std::string::npos);
  EXPECT_NE(m.page.html.find("What somebody could do"), std::string::npos);
  EXPECT_NE(m.page.html.find("2 to 4"), std::string::npos);
  EXPECT_EQ(make("page/hostile.yaml").page.html.find("id=\"turn\""), std::string::npos) << "nobody has a lever";
}

// Nothing was answered: why not is said in the place.
TEST(Page, ThatHasNoAnswerSaysWhy) {
  const auto m = make("page/turned.yaml");
  const std::vector<turn::Answer> none;
  const report::Turns turns{nullptr, none, "these draws <take> too much"};
  const auto page = report::page(*m.c->plan, plan::answer(*m.c->plan), nullptr, {}, &turns);
  EXPECT_NE(page.html.find("Not looked for: these draws &lt;take&gt; too much."), std::string::npos);
  for (const auto& fault : faults(page.html)) ADD_FAILURE() << fault;
  const auto bare = make("page/hostile.yaml");
  const report::Turns nobody{nullptr, none, "nobody has a lever in this situation"};
  const auto asked = report::page(*bare.c->plan, plan::answer(*bare.c->plan), nullptr, {}, &nobody);
  EXPECT_NE(asked.html.find("Not looked for: nobody has a lever in this situation."), std::string::npos);
  EXPECT_EQ(asked.html.find("What somebody could do"), std::string::npos);
}

TEST(Page, OutlinesAreWhatTheyWere) {
  for (const char* name : {"hostile", "no-claims", "certain"}) {
    const auto m = make(std::string("page/") + name + ".yaml");
    const std::string path = std::string(ENTENTE_ROOT) + "/tests/data/page/" + name + ".outline";
    if (std::getenv("ENTENTE_GOLDEN")) std::ofstream(path) << outline(m.page);
    std::ostringstream expected;
    expected << std::ifstream(path).rdbuf();
    EXPECT_EQ(outline(m.page), expected.str()) << "ENTENTE_GOLDEN=write page_test writes it anew";
  }
}

TEST(Page, TagsAreBalancedAndIdsOccurOnce) {
  for (const char* name : {"page/hostile.yaml", "page/no-claims.yaml", "page/certain.yaml", "two-routes.yaml"})
    for (const bool drawn : {true, false})
      for (const auto& fault : faults(make(name, drawn).page.html)) ADD_FAILURE() << name << ": " << fault;
}

TEST(Page, WhatIsTextStaysText) {
  const auto m = make("page/hostile.yaml");
  const std::string& html = m.page.html;
  std::size_t scripts = 0;
  for (std::size_t at = html.find("<script"); at != std::string::npos; at = html.find("<script", at + 1)) ++scripts;
  EXPECT_EQ(scripts, 1u) << "the page's own";
  for (const char* evil :
       {"<img", "<i>", "<svg onload", "href=\"javascript", "onerror=alert(1)>", "<style>body", "<b>O", "-o <y>"})
    EXPECT_EQ(html.find(evil), std::string::npos) << evil;
  EXPECT_NE(html.find("<title>&lt;script&gt;alert(&#39;title&#39;)&lt;/script&gt;"), std::string::npos);
  EXPECT_NE(html.find("&lt;/h3&gt;&lt;script&gt;alert(5)"), std::string::npos);
  EXPECT_NE(html.find("<span lang=\"zh\">习近平</span>"), std::string::npos);
  EXPECT_NE(html.find("<span lang=\"ko\">김정은</span>"), std::string::npos);
  EXPECT_NE(html.find("<span lang=\"ru\">Сила Сибири</span>"), std::string::npos);
}

TEST(Page, AsksTheNetworkForNothing) {
  const auto m = make("two-routes.yaml");
  EXPECT_NE(m.page.html.find("default-src &#39;none&#39;"), std::string::npos);
  EXPECT_NE(m.page.html.find(report::html::digest(report::html::script())), std::string::npos);
  for (const char* loads : {" src=\"", "@import", "url(", "<iframe", "<object", "<embed", "<base"})
    EXPECT_EQ(m.page.html.find(loads), std::string::npos) << loads;
}

TEST(Page, TheDigestIsThatOfTheStandard) {
  EXPECT_EQ(report::html::digest("abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  EXPECT_EQ(report::html::digest(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  EXPECT_EQ(report::html::digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "sha256-JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE=");
}

TEST(Page, SectionsStandInOrder) {
  const auto m = make("two-routes.yaml");
  std::vector<std::string> ids;
  for (const auto& h : m.page.outline)
    if (h.level == 2) ids.push_back(h.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"verdict", "claims", "questions", "drivers", "distributions", "ledger",
                                           "method"}));
}

TEST(Page, AnAnswerThatFailedIsShownAsFailed) {
  auto m = make("page/certain.yaml");
  EXPECT_NE(m.page.html.find("<span class=\"term\">Undefined</span>"), std::string::npos);
  EXPECT_NE(m.page.html.find("Nothing in this situation is uncertain"), std::string::npos);
  auto answer = plan::answer(*m.c->plan);
  for (auto& c : answer.questions[0].worlds[0].cells) c.reason = ask::Reason::not_solved;
  const auto page = report::page(*m.c->plan, answer, nullptr, {});
  EXPECT_NE(page.html.find("No answer: " + std::string(ask::says(ask::Reason::not_solved))), std::string::npos);
  const auto failed = make("two-routes.yaml", false, "the <kernel> missed its tolerance");
  EXPECT_NE(failed.page.html.find("could not be answered: the &lt;kernel&gt; missed its tolerance"), std::string::npos);
}

TEST(Page, WithoutClaimsItBeginsWithWhatFollows) {
  const auto m = make("page/no-claims.yaml");
  EXPECT_NE(m.page.html.find("makes no claims"), std::string::npos);
  EXPECT_EQ(m.page.claims, 0u);
  EXPECT_EQ(m.page.questions, 1u);
}

TEST(Page, TwoHundredActorsStillMakeAPage) {
  const auto m = make("page/many.yaml");
  EXPECT_TRUE(faults(m.page.html).empty());
  EXPECT_LT(m.page.html.size(), 2'000'000u);
  EXPECT_EQ(m.page.claims, 1u);
}

// Hostile text cannot take the drawing kit's way around the templates: it is called for pictures and the stylesheet
// only.
TEST(Page, OneWayAroundTemplates) {
  std::set<std::string> users;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(ENTENTE_ROOT) + "/src")) {
    if (entry.path().extension() != ".cpp") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    if (text.str().find("Markup::drawn(") != std::string::npos) users.insert(entry.path().filename().string());
  }
  EXPECT_EQ(users, (std::set<std::string>{"parts.cpp", "style.cpp", "verdict.cpp"}));
}
