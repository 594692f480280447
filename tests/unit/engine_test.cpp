// The contract: its page as a transcript, texts in memory against the disk, changed numbers against a dissent that is
// written, steps against one run, columns against the draws, and requests that are none.
#include "entente/engine/engine.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <chrono>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "entente/families/all.hpp"
#include "entente/plan/answer.hpp"

using namespace entente;
using engine::Session;

namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// Where `part` differs from `whole`: every key and element of `part` is there; empty where none does.
std::string differs(const Json& part, const Json& whole, const std::string& at = "") {
  if (part.is_object()) {
    if (!whole.is_object()) return at + " is no object";
    for (const auto& [key, value] : part.items()) {
      if (!whole.contains(key)) return at + "." + key + " is not there";
      if (std::string bad = differs(value, whole[key], at + "." + key); !bad.empty()) return bad;
    }
    return {};
  }
  if (part.is_array()) {
    if (!whole.is_array() || whole.size() < part.size()) return at + " is too short";
    for (std::size_t i = 0; i < part.size(); ++i)
      if (std::string bad = differs(part[i], whole[i], at + "[" + std::to_string(i) + "]"); !bad.empty()) return bad;
    return {};
  }
  if (part == "…") return whole.is_string() ? std::string() : at + " is no text";
  if (part.is_number() && whole.is_number())
    return std::abs(part.get<double>() - whole.get<double>()) <= 1e-6 ? std::string() : at + " is " + whole.dump();
  return part == whole ? std::string() : at + " is " + whole.dump();
}

TEST(Engine, TheContractsPageIsATranscript) {
  const std::string page = content(fs::path(ENTENTE_ROOT) / "docs/develop/engine-contract.md");
  engine::Engine e(families::all(), "entente test");
  std::size_t pairs = 0;
  for (std::size_t at = 0; (at = page.find("```request\n", at)) != std::string::npos;) {
    const auto block = [&](const std::string& mark) {
      const std::size_t begin = page.find(mark, at) + mark.size(), end = page.find("\n```", begin);
      at = end;
      return page.substr(begin, end - begin);
    };
    const std::string request = block("```request\n"), expected = block("```answer\n");
    const std::string answer = e.call(request);
    ASSERT_TRUE(Json::accept(answer)) << request << "\n" << answer;
    EXPECT_EQ(differs(Json::parse(expected), Json::parse(answer)), "") << request << "\n" << answer.substr(0, 2000);
    ++pairs;
  }
  EXPECT_GE(pairs, 17u);
}

// All files below a folder, as a page would hold them.
std::map<std::string, std::string> below(const fs::path& folder) {
  std::map<std::string, std::string> all;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && (entry.path().extension() == ".yaml" || entry.path().extension() == ".csv"))
      all[fs::relative(entry.path(), folder).generic_string()] = content(entry.path());
  return all;
}

Session from_disk(const std::string& path) { return engine::open(engine::disk(), path, families::all()); }

bool same(const std::vector<std::vector<double>>& a, const std::vector<std::vector<double>>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t k = 0; k < a.size(); ++k) {
    if (a[k].size() != b[k].size()) return false;
    for (std::size_t i = 0; i < a[k].size(); ++i)
      if (std::bit_cast<std::uint64_t>(a[k][i]) != std::bit_cast<std::uint64_t>(b[k][i]) &&
          !(std::isnan(a[k][i]) && std::isnan(b[k][i])))
        return false;
  }
  return true;
}
void expect_same(const doubt::Draws& a, const doubt::Draws& b) {
  EXPECT_EQ(a.from, b.from);
  EXPECT_EQ(a.to, b.to);
  EXPECT_TRUE(same(a.input, b.input));
  EXPECT_TRUE(same(a.margin, b.margin));
  EXPECT_TRUE(same(a.quantity, b.quantity));
  EXPECT_TRUE(same(a.odds, b.odds));
  EXPECT_EQ(a.truth, b.truth);
  EXPECT_EQ(a.why, b.why);
}

std::unique_ptr<engine::Run> run_of(const Session& s, std::uint64_t draws,
                                    const std::vector<std::string>& claims = {}) {
  Diagnostics out;
  auto plan = engine::compile(s, claims, out);
  EXPECT_TRUE(plan) << render(out, *s.sources);
  if (!plan) return nullptr;
  doubt::Options o;
  o.sampling.draws = draws;
  o.threads = 1;
  return std::make_unique<engine::Run>(std::move(plan), o);
}

// Every case of history from texts in memory: the same draws, bit for bit, as from the disk.
TEST(Engine, TextsInMemoryAnswerAsTheDiskDoes) {
  auto texts = below(fs::path(ENTENTE_ROOT) / "situations");
  for (auto& [path, text] : below(fs::path(ENTENTE_ROOT) / "data")) texts["data/" + path] = text;
  const auto memory = std::make_shared<text::Memory>(texts);
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(ENTENTE_ROOT) / "situations/history")) {
    const std::string name = "history/" + entry.path().filename().string();
    SCOPED_TRACE(name);
    const Session a = from_disk(entry.path().string()), b = engine::open(memory, name, families::all());
    ASSERT_TRUE(a.good()) << render(a.complaints, *a.sources);
    if (!b.good()) {  // an economy told by a path that leads out of situations/ is beyond the top
      EXPECT_NE(render(b.complaints, *b.sources).find("E0680"), std::string::npos) << render(b.complaints, *b.sources);
      continue;
    }
    auto x = run_of(a, 20), y = run_of(b, 20);
    ASSERT_TRUE(x && y && x->step() && y->step());
    EXPECT_EQ(a.situation->digest, b.situation->digest);
    EXPECT_EQ(a.situation->name, b.situation->name);
    expect_same(x->draws(), y->draws());
    ++count;
  }
  EXPECT_GE(count, 8u);
}

// The tables of the world come from the texts too, and from nowhere else.
TEST(Engine, NoFileIsReadBesideTheTexts) {
  auto texts = below(fs::path(ENTENTE_ROOT) / "situations/history/world-1941");
  const auto open = [&] {
    return engine::open(std::make_shared<text::Memory>(texts), "situation.yaml", families::all());
  };
  const Session without = open();
  EXPECT_FALSE(without.good());
  EXPECT_NE(render(without.complaints, *without.sources).find("E0900"), std::string::npos)
      << render(without.complaints, *without.sources);
  for (auto& [path, text] : below(fs::path(ENTENTE_ROOT) / "data/world")) texts["data/world/" + path] = text;
  const Session with = open();
  EXPECT_TRUE(with.good()) << render(with.complaints, *with.sources);
}

const std::string pipeline = std::string(ENTENTE_ROOT) + "/tests/data/language/pipeline.yaml";

// A number that is changed and one in a dissent that somebody wrote are the same, to the bit.
TEST(Engine, WhatIsSetIsADissent) {
  const Session base = from_disk(pipeline);
  ASSERT_TRUE(base.good());
  // The first number of a driver and of a place, each half as wide again.
  std::size_t tried = 0;
  for (const auto& p : base.situation->parameters) {
    if (p.implicit || p.of_lever || p.number.form != number::Form::distribution || p.number.distribution.is_fixed() ||
        p.number.text.find(" to ") == std::string::npos)
      continue;
    if (++tried > 6) break;
    SCOPED_TRACE(p.path);
    const Session changed = engine::set(base, {{p.path, p.number.text + " @judgement"}});
    const Session other = engine::set(base, {{std::string(p.name()), p.number.text}});
    for (const Session* s : {&changed, &other}) {
      if (!s->good()) {
        ADD_FAILURE() << render(s->complaints, *s->sources);
        continue;
      }
      auto x = run_of(base, 50), y = run_of(*s, 50);
      ASSERT_TRUE(x && y && x->step() && y->step());
      expect_same(x->draws(), y->draws());
    }
  }
  EXPECT_GT(tried, 3u);
}

TEST(Engine, WhatIsSetCanBeKept) {
  auto files = below(fs::path(pipeline).parent_path());
  const auto memory = std::make_shared<text::Memory>(files);
  const Session base = engine::open(memory, "pipeline.yaml", families::all());
  ASSERT_TRUE(base.good()) << render(base.complaints, *base.sources);
  ASSERT_FALSE(base.situation->drivers.empty());
  const auto& [name, id] = *base.situation->drivers.begin();
  const auto& number = base.situation->parameters[id].number;
  const double median = number.distribution.median();
  std::ostringstream text;
  text << median * 1.25 << " " << number.unit.text;
  const Session once = engine::set(base, {{name, text.str()}});
  ASSERT_TRUE(once.good()) << render(once.complaints, *once.sources);
  const Session twice = engine::set(once, {{name, text.str()}});  // on top of what is set already
  ASSERT_TRUE(twice.good());
  EXPECT_EQ(twice.edits, once.edits);
  const auto& set = once.situation->parameters[once.situation->driver(name)].number.distribution;
  EXPECT_NEAR(set.median(), median * 1.25, 1e-4 * std::abs(median));  // as many digits as were written
  EXPECT_NE(once.situation->digest, base.situation->digest);
  files["mine.yaml"] = engine::dissent(once.edits, "pipeline.yaml");
  const Session kept = engine::open(std::make_shared<text::Memory>(files), "mine.yaml", families::all());
  ASSERT_TRUE(kept.good()) << render(kept.complaints, *kept.sources) << files["mine.yaml"];
  auto x = run_of(once, 50), y = run_of(kept, 50), z = run_of(twice, 50);
  ASSERT_TRUE(x && y && z && x->step() && y->step() && z->step());
  expect_same(x->draws(), y->draws());
  expect_same(x->draws(), z->draws());
  SourceMap sources;
  Diagnostics out;
  doubt::Options options;
  options.sampling.draws = 100;
  options.threads = 1;
  const auto d = engine::diff(once, options, sources, out);
  ASSERT_TRUE(d) << render(out, sources);
  ASSERT_EQ(d->differences.size(), 1u);
}

TEST(Engine, WhatCannotBeSetIsSaid) {
  const Session base = from_disk(pipeline);
  ASSERT_TRUE(base.good());
  const std::string driver = base.situation->drivers.begin()->first;
  const std::pair<engine::Edits, const char*> bad[]{{{{"nothing.here", "5"}}, "E0771"},
                                                    {{{driver, ""}}, "E0772"},
                                                    {{{driver, "5\nclaims: {}"}}, "E0772"},
                                                    {{{driver, "five apples"}}, "E02"},
                                                    {{{driver, "[1, 2"}}, "E01"}};
  for (const auto& [edits, code] : bad) {
    const Session s = engine::set(base, edits);
    EXPECT_FALSE(s.good());
    EXPECT_NE(render(s.complaints, *s.sources).find(code), std::string::npos) << render(s.complaints, *s.sources);
  }
  Session wrong = base;
  wrong.situation = nullptr;
  EXPECT_FALSE(engine::set(wrong, {{driver, "5"}}).good());
}

// However the steps fall, the draws are those of one run; of claims that hang on one event both parts too. What is
// judged depends on the draws alone, so the dear situation, which has such claims, is not judged.
struct Stepped {
  const char* path;
  std::uint64_t draws;
  bool judged;
};
class Steps : public testing::TestWithParam<Stepped> {};
TEST_P(Steps, AreOneRun) {
  const auto [path, draws, judged] = GetParam();
  const Session s = from_disk(std::string(ENTENTE_ROOT) + path);
  ASSERT_TRUE(s.good()) << render(s.complaints, *s.sources);
  auto whole = run_of(s, draws);
  ASSERT_TRUE(whole && whole->step());
  EXPECT_TRUE(whole->finished());
  for (const int milliseconds : {1, 7, 20}) {
    auto steps = run_of(s, draws);
    std::size_t count = 0;
    for (std::uint64_t before = 0; !steps->finished(); ++count) {
      ASSERT_TRUE(steps->step(std::chrono::milliseconds(milliseconds)));
      ASSERT_GT(steps->done(), before);
      before = steps->done();
    }
    if (milliseconds == 1) EXPECT_GT(count, 2u);
    expect_same(whole->draws(), steps->draws());
    if (!judged) continue;
    const auto a = doubt::judge(whole->plan(), whole->draws()), b = doubt::judge(steps->plan(), steps->draws());
    ASSERT_TRUE(a && b);
    EXPECT_EQ(report::json(whole->plan(), *a), report::json(steps->plan(), *b));
  }
}

INSTANTIATE_TEST_SUITE_P(Engine, Steps,
                         testing::Values(Stepped{"/tests/data/language/pipeline.yaml", 150, true},
                                         Stepped{"/situations/history/world-1941", 30, false}));

TEST(Engine, ARunThatIsCancelledKeepsItsDraws) {
  const Session s = from_disk(pipeline);
  auto run = run_of(s, 300'000);
  ASSERT_TRUE(run && run->step(std::chrono::milliseconds(5)));
  const auto before = run->done();
  std::thread other([&] { run->cancel(); });
  const auto done = run->step();
  other.join();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::cancelled);
  EXPECT_GE(run->done(), before);
  ASSERT_FALSE(run->draws().truth.empty());
  EXPECT_EQ(run->draws().truth.front().size(), run->done());
  EXPECT_FALSE(run->finished());
}

// Claims by themselves are answered as among all.
TEST(Engine, FewerClaimsAreTheSameClaims) {
  const Session s = from_disk(std::string(ENTENTE_ROOT) + "/situations/history/triangle-1972");
  ASSERT_TRUE(s.good()) << render(s.complaints, *s.sources);
  auto all = run_of(s, 50);
  ASSERT_TRUE(all && all->step());
  for (std::size_t k = 0; k < all->plan().claims().size(); ++k) {
    const auto& name = all->plan().claims()[k].name;
    SCOPED_TRACE(name);
    auto one = run_of(s, 50, {name});
    ASSERT_TRUE(one && one->step());
    const auto& claims = one->plan().claims();
    const auto it = std::ranges::find(claims, name, &plan::Claim::name);
    ASSERT_NE(it, claims.end());
    const auto at = static_cast<std::size_t>(it - claims.begin());
    EXPECT_EQ(one->draws().truth[at], all->draws().truth[k]);
    EXPECT_TRUE(same({one->draws().margin[at]}, {all->draws().margin[k]}));
    EXPECT_LE(one->plan().instances().size(), all->plan().instances().size());
  }
  Diagnostics out;
  EXPECT_FALSE(engine::compile(s, {"no-such-claim"}, out));
  EXPECT_NE(render(out, *s.sources).find("E0719"), std::string::npos);
}

TEST(Engine, ColumnsHoldTheDraws) {
  const Session s = from_disk(pipeline);
  auto run = run_of(s, 101);
  ASSERT_TRUE(run && run->step());
  const auto& d = run->draws();
  const engine::Columns c = engine::columns(run->plan(), d);
  using Kind = engine::Column::Kind;
  std::size_t inputs = 0, claims = 0, quantities = 0;
  for (const auto& x : c.columns) {
    EXPECT_EQ(x.offset % 8, 0u);
    const std::byte* at = c.buffer.data() + x.offset;
    for (std::size_t i = 0; i < d.size(); ++i) {
      if (x.type == engine::Column::Type::f64) {
        double value = 0;
        std::memcpy(&value, at + 8 * i, sizeof value);
        const auto& column = x.kind == Kind::input    ? d.input[inputs]
                             : x.kind == Kind::margin ? d.margin[claims]
                                                      : d.quantity[quantities];
        ASSERT_TRUE(std::bit_cast<std::uint64_t>(value) == std::bit_cast<std::uint64_t>(column[i]) ||
                    (std::isnan(value) && std::isnan(column[i])));
        if (std::isnan(value)) EXPECT_EQ(std::bit_cast<std::uint64_t>(value), 0x7ff8000000000000u);
      } else if (x.kind == Kind::truth) {
        ASSERT_EQ(static_cast<unsigned>(at[i / 4]) >> 2 * (i % 4) & 3u, d.truth[claims][i]);
      } else {
        ASSERT_EQ(static_cast<std::uint8_t>(at[i]), d.why[claims][i]);
      }
    }
    inputs += x.kind == Kind::input;
    claims += x.kind == Kind::margin;  // the last of a claim's three
    quantities += x.kind == Kind::quantity;
  }
  EXPECT_GT(claims * inputs * quantities, 0u);
  EXPECT_EQ(inputs, d.input.size());
  EXPECT_EQ(claims, d.truth.size());
  EXPECT_EQ(quantities, d.quantity.size());
  EXPECT_EQ(engine::columns(run->plan(), d, {Kind::truth}).columns.size(), d.truth.size());
}

// Levers by the dozen, which lift a sum of as many numbers over a mark.
std::string many_levers(int levers, int mark) {
  std::string drivers, moves, sum;
  for (int i = 0; i < levers; ++i) {
    const std::string n = std::to_string(i);
    drivers += "  d" + n + ": between 0 and 1 in any\n";
    moves += "  l" + n + ": {by: A, cost: " + std::to_string(1 + i % 5) + " to " + std::to_string(7 + i % 3) +
             ", set: {drivers: {d" + n + ": 0.9}}}\n";
    sum += (i ? " + d" : "d") + n;
  }
  return "entente: 1\nsituation: x\nas_of: 2025-01-01\nsources: {s: {title: invented}}\nsource: s\nactors: {A: Anna}\n"
         "drivers:\n" +
         drivers + "levers:\n" + moves + "claims:\n  c: " + sum + " > " + std::to_string(mark) + "\n";
}

TEST(Engine, ATurnThatIsCancelledGivesTheBestSoFar) {
  engine::Engine e(families::all(), "entente test");
  const Json open{{"do", "open"}, {"files", {{"situation.yaml", many_levers(24, 15)}}}};
  ASSERT_TRUE(Json::parse(e.call(open.dump()))["ok"].get<bool>());
  EXPECT_FALSE(e.cancel(1)) << "nothing goes on";
  EXPECT_FALSE(e.progress(1).going);
  std::chrono::steady_clock::time_point at;
  engine::Progress seen;
  std::thread other([&] {
    while (seen.packages < 300) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      seen = e.progress(1);
    }
    at = std::chrono::steady_clock::now();
    EXPECT_TRUE(e.cancel(1));
  });
  const Json answer = Json::parse(e.call(R"({"do": "turn", "handle": 1, "claim": "c"})"));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - at;
  other.join();
  ASSERT_TRUE(answer["ok"].get<bool>()) << answer;
  EXPECT_LT(took.count(), 0.2);
  EXPECT_TRUE(seen.going);
  EXPECT_EQ(seen.of, 1u);
  EXPECT_GT(seen.below, 0);
  const Json& a = answer["answer"];
  ASSERT_TRUE(a["package"].is_array());  // found otherwise: not the cheapest, as far as is known
  EXPECT_GT(a["package"].size(), 5u);
  EXPECT_GE(a["probability"].get<double>(), 0.8);
  EXPECT_EQ(a["proven"], false);
  EXPECT_EQ(a["ended_by_limit"], true);
  EXPECT_GT(a["refuted_below"].get<double>(), 0);
  EXPECT_LT(a["refuted_below"].get<double>(), a["cost"].get<double>());
  EXPECT_FALSE(e.progress(1).going);
}

TEST(Engine, ATurnEndsByItsTime) {
  engine::Engine e(families::all(), "entente test");
  const Json open{{"do", "open"}, {"files", {{"situation.yaml", many_levers(24, 23)}}}};
  ASSERT_TRUE(Json::parse(e.call(open.dump()))["ok"].get<bool>());
  const auto begin = std::chrono::steady_clock::now();
  const Json answer = Json::parse(e.call(R"({"do": "turn", "handle": 1, "milliseconds": 400})"));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  ASSERT_TRUE(answer["ok"].get<bool>()) << answer;
  EXPECT_GE(took.count(), 0.4);
  EXPECT_LT(took.count(), 5);
  EXPECT_EQ(answer["answer"]["claims"].size(), 1u);
  EXPECT_EQ(answer["answer"]["claims"][0]["ended_by_limit"], true);
}

TEST(Engine, TurnsThatAreRefused) {
  engine::Limits small;
  small.memory = 1e6;
  engine::Engine e(families::all(), "entente test", small);
  const Json open{{"do", "open"}, {"files", {{"situation.yaml", many_levers(3, 2)}}}};
  ASSERT_TRUE(Json::parse(e.call(open.dump()))["ok"].get<bool>());
  const std::pair<const char*, const char*> bad[]{{R"("claim": "d")", "E0719"},
                                                  {R"("claim": "c", "chance": "0 %")", "E0791"},
                                                  {R"("claim": "c", "chance": "often")", "E0790"},
                                                  {R"("claim": "c", "budget": "5 bcm/yr")", "E0206"},
                                                  {R"("claim": "c", "budget": "1 to 3")", "E0790"},
                                                  {R"("claim": "c", "by": ["B"])", "E0792"},
                                                  {R"("claim": "c", "by": "A")", "E0775"},
                                                  {R"("claim": "c", "against": "B")", "E0792"},
                                                  {R"("claim": "c", "to": "maybe")", "E0775"},
                                                  {R"("claim": "c", "cost": "mean")", "E0775"},
                                                  {R"("claim": "c", "draws": 1000000)", "E0718"},
                                                  {R"("claim": "c", "draw": 100)", "E0776"}};
  for (const auto& [words, code] : bad) {
    const std::string answer = e.call(std::string(R"({"do": "turn", "handle": 1, )") + words + "}");
    EXPECT_FALSE(Json::parse(answer)["ok"].get<bool>()) << words;
    EXPECT_NE(answer.find(code), std::string::npos) << words << answer;
  }
}

TEST(Engine, RequestsThatAreNone) {
  engine::Limits small;
  small.request = 100'000;
  small.memory = 1e6;
  small.handles = 2;
  engine::Engine e(families::all(), "entente test", small);
  const std::string open =
      R"({"do": "open", "files": {"situation.yaml": "entente: 1\nsituation: X\nas_of: 2025-01-01\nactors: {A: A}\ndrivers: {d: 1 to 2 @judgement}\nsources: {judgement: {title: j, grade: C3}}\nclaims: {c: {says: C., holds: d > 1.5}}\n"}})";
  const std::string first = e.call(open);
  ASSERT_TRUE(Json::parse(first)["ok"].get<bool>()) << first;
  const std::pair<std::string, const char*> bad[]{
      {"", "E0773"},
      {"null", "E0773"},
      {"[]", "E0773"},
      {"{", "E0773"},
      {"{} {}", "E0773"},
      {std::string("{\"do\": \"version\"\0}", 18), "E0773"},
      {"{\"do\": \"\xff\"}", "E0773"},
      {std::string(200'000, ' '), "E0774"},
      {R"({"do": "version", "x": )" + std::string(5000, '[') + std::string(5000, ']') + "}", "E0773"},
      {"{}", "E0775"},
      {R"({"do": 5})", "E0775"},
      {R"({"do": "opne"})", "E0775"},
      {R"({"do": "version", "files": {}})", "E0776"},
      {R"({"do": "open"})", "E0775"},
      {R"({"do": "open", "files": []})", "E0775"},
      {R"({"do": "open", "files": {"situation.yaml": 5}})", "E0775"},
      {R"({"do": "open", "files": {}})", "E0391"},
      {R"({"do": "open", "files": {"situation.yaml": ""}})", "E0392"},
      {R"({"do": "open", "situation": "/etc/passwd", "files": {"x": ""}})", "E0391"},
      {R"({"do": "ask"})", "E0777"},
      {R"({"do": "ask", "handle": -1})", "E0775"},
      {R"({"do": "ask", "handle": 1.5})", "E0775"},
      {R"({"do": "ask", "handle": "1"})", "E0775"},
      {R"({"do": "ask", "handle": 18446744073709551616})", "E0775"},
      {R"({"do": "ask", "handle": 99})", "E0777"},
      {R"({"do": "ask", "handle": 1, "hande": 1})", "E0776"},
      {R"({"do": "explain", "handle": 1})", "E0230"},
      {R"({"do": "explain", "handle": 1, "name": "q.r with x"})", "E04"},
      {R"({"do": "doubt", "handle": 1, "draws": 0})", "E0775"},
      {R"({"do": "doubt", "handle": 1, "draws": 1e3})", "E0775"},
      {R"({"do": "doubt", "handle": 1, "draws": 100000000})", "E0718"},
      {R"({"do": "doubt", "handle": 1, "claims": ["e"]})", "E0719"},
      {R"({"do": "doubt", "handle": 1, "claims": "c"})", "E0775"},
      {R"({"do": "start", "handle": 1, "from": 5, "to": 5})", "E0711"},
      {R"({"do": "start", "handle": 1, "from": 5, "to": 1000000})", "E0711"},
      {R"({"do": "step", "run": 1})", "E0777"},
      {R"({"do": "draws", "run": 1})", "E0777"},
      {R"({"do": "set", "handle": 1, "numbers": {"d": 5}})", "E0775"},
      {R"({"do": "set", "handle": 1, "numbers": {"e": "5"}})", "E0771"},
      {R"({"do": "diff", "handle": 1})", "E0394"},
      {R"({"do": "close", "handle": 99})", "E0777"},
      {R"({"do": "close"})", "E0777"}};
  for (const auto& [request, code] : bad) {
    const std::string answer = e.call(request);
    ASSERT_TRUE(Json::accept(answer)) << request.substr(0, 100) << "\n" << answer;
    const Json j = Json::parse(answer);
    EXPECT_FALSE(j["ok"].get<bool>()) << request.substr(0, 100);
    EXPECT_NE(answer.find(std::string("\"") + code), std::string::npos) << request.substr(0, 100) << "\n" << answer;
    EXPECT_TRUE(e.buffer().empty());
  }
  // It still answers; and there is room for one more handle only.
  EXPECT_TRUE(Json::parse(e.call(R"({"do": "doubt", "handle": 1, "draws": 100})"))["ok"].get<bool>());
  EXPECT_TRUE(Json::parse(e.call(R"({"do": "start", "handle": 1, "draws": 100})"))["ok"].get<bool>());
  EXPECT_NE(e.call(open).find("E0778"), std::string::npos);
  EXPECT_FALSE(e.cancel(77));
  EXPECT_TRUE(e.cancel(2));
  EXPECT_NE(e.call(R"({"do": "step", "run": 2})").find("E0704"), std::string::npos);
}

}  // namespace
