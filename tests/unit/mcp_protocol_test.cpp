// The protocol: both eras of it, what is malformed or hostile, cancels, progress, the end of the input.
#include <cstdint>
#include <map>
#include <set>
#include <thread>

#include "support/client.hpp"

using namespace entente;
using tests::Client;
using tests::Json;
using tests::Root;

namespace {

const std::string gas =
    "entente: 1\nsituation: Gas\nas_of: 2025-01-01\nsources: {s: {title: invented, date: 2024-01-01, grade: B2}}\n"
    "source: s\nactors: {A: one}\ndrivers: {gas: between 4 and 8 USD/MMBtu, oil: 60 to 80 USD/bbl}\n"
    "claims:\n  dear: {says: Gas is dear., holds: gas > 6 USD/MMBtu}\n";

Json doubt(const Json& id, std::uint64_t draws, Json meta = Json::object()) {
  return Client::request(
      id, "tools/call",
      {{"name", "entente_doubt"}, {"arguments", {{"path", "gas.yaml"}, {"draws", draws}}}, {"_meta", std::move(meta)}});
}

// Enough draws that a call does not end before it is spoken to.
constexpr std::uint64_t many = 2'000'000;
mcp::Options patient() {
  mcp::Options options;
  options.limits.draws = many;
  return options;
}

int code(const Json& answer) { return answer.contains("error") ? answer["error"]["code"].get<int>() : 0; }

}  // namespace

TEST(Mcp, WithAHandshakeAsTheVersionBeforeHasIt) {
  const Root root;
  Client c(root.in());
  const auto plain = [](int id, const std::string& method, Json params) {
    return Json{{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}};
  };
  c.take(plain(1, "tools/list", Json::object()));  // too early
  EXPECT_EQ(code(c.of(1)), -32602);
  c.take(plain(2, "ping", Json::object()));  // a ping may come before
  EXPECT_EQ(c.of(2)["result"], Json::object());
  c.take(plain(3, "initialize",
               {{"protocolVersion", "2025-11-25"}, {"capabilities", Json::object()}, {"clientInfo", {{"name", "t"}}}}));
  const Json hello = c.of(3)["result"];
  EXPECT_EQ(hello["protocolVersion"], "2025-11-25");
  EXPECT_EQ(hello["serverInfo"]["version"], "9.9.9");
  EXPECT_TRUE(hello["capabilities"].contains("tools"));
  EXPECT_FALSE(hello.contains("resultType"));
  c.take(std::string(R"({"jsonrpc":"2.0","method":"notifications/initialized"})"));
  c.take(plain(4, "tools/list", Json::object()));
  EXPECT_GT(c.of(4)["result"]["tools"].size(), 9u);
  EXPECT_FALSE(c.of(4)["result"].contains("ttlMs"));
  c.take(plain(5, "initialize", {{"protocolVersion", "2025-11-25"}}));
  EXPECT_EQ(code(c.of(5)), -32600);  // once
  c.take(plain(6, "resources/read", {{"uri", "entente://no/such"}}));
  EXPECT_EQ(code(c.of(6)), -32002);
  c.take(plain(7, "server/discover", Json::object()));
  EXPECT_EQ(code(c.of(7)), -32601);
  c.take(Client::request(8, "tools/list"));  // the other era, beside it
  EXPECT_EQ(c.of(8)["result"]["resultType"], "complete");
  EXPECT_EQ(c.sent().size(), 8u);  // nothing for the notification
}

TEST(Mcp, AnUnknownVersionOfTheHandshakeIsAnsweredWithTheOneThatIsSpoken) {
  const Root root;
  Client c(root.in());
  c.take(std::string(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"1999-01-01"}})"));
  EXPECT_EQ(c.of(1)["result"]["protocolVersion"], "2025-11-25");
}

TEST(Mcp, WithoutAHandshakeAsTheNewestVersionHasIt) {
  const Root root;
  Client c(root.in());
  const Json d = c.ask("server/discover")["result"];
  EXPECT_EQ(d["resultType"], "complete");
  EXPECT_EQ(d["supportedVersions"], Json::array({"2026-07-28"}));
  EXPECT_EQ(d["_meta"]["io.modelcontextprotocol/serverInfo"]["name"], "entente");
  EXPECT_GT(d["ttlMs"].get<int>(), 0);
  for (const char* method : {"tools/list", "prompts/list", "resources/list", "resources/templates/list"}) {
    const Json r = c.ask(method)["result"];
    EXPECT_GE(r["ttlMs"].get<int>(), 0) << method;
    EXPECT_TRUE(r["cacheScope"] == "public" || r["cacheScope"] == "private") << method;
    EXPECT_EQ(r, c.ask(method)["result"]) << method << ": in an order that does not change";
  }
  EXPECT_EQ(code(c.ask("ping")), -32601);
  EXPECT_EQ(code(c.ask("initialize", {{"protocolVersion", "2026-07-28"}})), -32601);
  EXPECT_EQ(code(c.ask("logging/setLevel", {{"level", "info"}})), -32601);
  EXPECT_EQ(code(c.ask("resources/read", {{"uri", "entente://no/such"}})), -32602);

  Json other = Client::request(1, "tools/list");
  other["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] = "2031-01-01";
  c.take(other);
  EXPECT_EQ(code(c.of(1)), -32022);
  EXPECT_EQ(c.of(1)["error"]["data"]["requested"], "2031-01-01");
  EXPECT_EQ(c.of(1)["error"]["data"]["supported"], Json::array({"2026-07-28"}));
  int id = 1;
  for (const char* key : {"protocolVersion", "clientCapabilities"}) {
    Json lacking = Client::request(++id, "tools/list");
    lacking["params"]["_meta"].erase(std::string("io.modelcontextprotocol/") + key);
    c.take(lacking);
    EXPECT_EQ(code(c.of(id)), -32602) << key;
  }
  Json anonymous = Client::request(9, "tools/list");  // who asks may stay unsaid
  anonymous["params"]["_meta"].erase("io.modelcontextprotocol/clientInfo");
  c.take(anonymous);
  EXPECT_TRUE(c.of(9).contains("result"));
}

TEST(Mcp, ASubscriptionIsAcknowledgedAndEndsWithACancel) {
  const Root root;
  Client c(root.in());
  c.take(Client::request("s", "subscriptions/listen", {{"notifications", {{"toolsListChanged", true}}}}));
  ASSERT_EQ(c.sent().size(), 1u);
  const Json m = c.sent()[0];
  EXPECT_EQ(m["method"], "notifications/subscriptions/acknowledged");
  EXPECT_EQ(m["params"]["_meta"]["io.modelcontextprotocol/subscriptionId"], "s");
  EXPECT_EQ(m["params"]["notifications"], Json::object());  // nothing of it changes here
  c.take(std::string(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"s"}})"));
  c.take(Client::request("s", "subscriptions/listen", {{"notifications", Json::object()}}));  // the name is free again
  EXPECT_EQ(c.sent().size(), 2u);
}

// Each message is answered with its error (0: with nothing at all), and the server goes on.
TEST(Mcp, WhatIsMalformedOrHostileIsAnsweredWithAnErrorAndNothingElse) {
  const Root root;
  root.write("in/gas.yaml", gas);
  root.write("secret.yaml", "secret-word: 1\n");
  Client c(root.in());
  const std::string begin = R"({"jsonrpc":"2.0","id":7,"method":)";
  const auto meta = Client::meta().dump();
  const auto call = [&](const std::string& params) {
    return begin + R"("tools/call","params":{"_meta":)" + meta + "," + params + "}}";
  };
  const auto read = [&](const std::string& uri) {
    return begin + R"("resources/read","params":{"_meta":)" + meta + R"(,"uri":)" + uri + "}}";
  };
  std::string deep, wide = R"({"jsonrpc":"2.0","id":7,"method":"x","params":{"a":)" + std::string(100'000, '[');
  for (int i = 0; i < 2000; ++i) deep += "{\"a\":";
  const std::vector<std::pair<std::string, int>> cases{
      {"", 0},
      {"   ", 0},
      {"x", -32700},
      {"{", -32700},
      {R"({"jsonrpc":"2.0","id":7,"method":"tools/list")", -32700},
      {R"({"jsonrpc":"2.0","id":7,"method":"tools/list"}{})", -32700},
      {"null", -32600},
      {"7", -32600},
      {"\"tools/list\"", -32600},
      {"[]", -32600},
      {R"([{"jsonrpc":"2.0","id":7,"method":"ping"}])", -32600},
      {"{}", -32600},
      {R"({"jsonrpc":"1.0","id":7,"method":"ping"})", -32600},
      {R"({"id":7,"method":"ping"})", -32600},
      {R"({"jsonrpc":"2.0","id":null,"method":"ping"})", -32600},
      {R"({"jsonrpc":"2.0","id":1.5,"method":"ping"})", -32600},
      {R"({"jsonrpc":"2.0","id":{"a":1},"method":"ping"})", -32600},
      {R"({"jsonrpc":"2.0","id":7})", -32600},
      {R"({"jsonrpc":"2.0","id":7,"method":5})", -32600},
      {R"({"jsonrpc":"2.0","id":7,"result":{}})", 0},
      {R"({"jsonrpc":"2.0","id":7,"method":"ping","params":[1]})", -32602},
      {R"({"jsonrpc":"2.0","id":7,"method":"ping","params":{"_meta":5}})", -32602},
      {begin + R"("no/such","params":{"_meta":)" + meta + "}}", -32601},
      {begin + R"("sampling/createMessage","params":{"_meta":)" + meta + "}}", -32601},
      {R"({"jsonrpc":"2.0","method":"no/such"})", 0},
      {R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":99}})", 0},
      {R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{}})", 0},
      {R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":[]})", 0},
      {R"({"jsonrpc":"2.0","method":"tools/call","params":{"name":"entente_check"}})", 0},
      {call(R"("name":"no_such_tool")"), -32602},
      {call(R"("name":"entente_write","arguments":{"path":"x.yaml","text":"x"})"), -32602},
      {call(R"("name":5)"), -32602},
      {call(R"("name":"entente_check","arguments":[])"), -32602},
      {call(R"("arguments":{})"), -32602},
      {begin + R"("tools/call","params":{"name":"entente_check","_meta":{"progressToken":[1],)" + meta.substr(1) + "}}",
       -32602},
      {begin + R"("tools/list","params":{"cursor":"-1","_meta":)" + meta + "}}", -32602},
      {begin + R"("tools/list","params":{"cursor":"200","_meta":)" + meta + "}}", -32602},
      {begin + R"("tools/list","params":{"cursor":{},"_meta":)" + meta + "}}", -32602},
      {begin + R"("prompts/get","params":{"name":"no-such","_meta":)" + meta + "}}", -32602},
      {begin + R"("prompts/get","params":{"name":"from-an-article","_meta":)" + meta + "}}", -32602},
      {begin + R"("completion/complete","params":{"_meta":)" + meta + "}}", -32602},
      {read("5"), -32602},
      {read("\"\""), -32602},
      {read("\"file:///etc/passwd\""), -32602},
      {read("\"entente://situation/../secret.yaml\""), -32602},
      {read("\"entente://situation/%2e%2e/secret.yaml\""), -32602},
      {read("\"entente://situation/..%2Fsecret.yaml\""), -32602},
      {read("\"entente://situation//" + root.beside().string() + "/secret.yaml\""), -32602},
      {read("\"entente://situation/gas.yaml%00\""), -32602},
      {read("\"entente://situation/%zz\""), -32602},
      {begin + "\"\xff\xfe\"}", -32700},
      {begin + "\"ping\",\"params\":{\"a\":\"\xed\xa0\x80\"}}", -32700},
      {begin + std::string("\"pi\0ng\"}", 8), -32700},
      {deep, -32600},
      {deep + "1" + std::string(2000, '}'), -32600},
      {wide, -32600},
      {std::string(1 << 20, '7'), -32700}};
  ASSERT_GE(cases.size(), 50u);
  for (const auto& [line, expected] : cases) {
    c.forget();
    c.take(line);
    c.server().wait();
    const auto sent = c.sent();
    const std::string shown = line.substr(0, 120);
    ASSERT_EQ(sent.size(), expected == 0 ? 0u : 1u) << shown;
    if (expected == 0) continue;
    EXPECT_EQ(code(sent[0]), expected) << shown << "\n" << sent[0];
    EXPECT_EQ(sent[0].dump().find("secret-word"), std::string::npos) << shown;
    if (sent[0].contains("id")) {
      EXPECT_EQ(sent[0]["id"], 7) << shown;
    }
  }
  EXPECT_TRUE(c.call("entente_check", {{"path", "gas.yaml"}})["ok"]);
}

TEST(Mcp, TwoRequestsOfOneIdAreTold) {
  const Root root;
  root.write("in/gas.yaml", gas);
  mcp::Options options;
  options.limits.draws = 400'000;
  Client c(root.in(), options);
  c.take(doubt(1, 400'000));
  c.take(doubt(1, 10));  // while the first is not answered
  ASSERT_EQ(c.sent().size(), 1u);
  EXPECT_EQ(code(c.sent()[0]), -32600);
  c.server().wait();
  ASSERT_EQ(c.sent().size(), 2u);
  EXPECT_TRUE(c.sent()[1].contains("result"));
  c.forget();
  c.take(doubt(1, 10));  // and after
  c.server().wait();
  EXPECT_TRUE(c.of(1).contains("result"));
}

TEST(Mcp, ACancelledCallIsNotAnsweredAndOthersAre) {
  const Root root;
  root.write("in/gas.yaml", gas);
  Client c(root.in(), patient());
  const auto cancel = [](const Json& id) {
    return Json{{"jsonrpc", "2.0"}, {"method", "notifications/cancelled"}, {"params", {{"requestId", id}}}};
  };
  c.take(doubt(1, many));
  c.take(doubt("two", many));
  c.take(doubt(3, 10));
  c.take(Client::request(4, "tools/list"));  // answered while the first runs
  EXPECT_TRUE(c.of(4).contains("result"));
  EXPECT_EQ(c.of(3), nullptr);
  c.take(cancel(1));
  c.take(cancel("two"));  // waits still
  c.server().wait();
  EXPECT_EQ(c.of(1), nullptr);
  EXPECT_EQ(c.of("two"), nullptr);
  EXPECT_TRUE(c.of(3).contains("result"));
  const auto before = c.sent().size();
  c.take(cancel(3));  // through already
  c.take(cancel(3));
  EXPECT_EQ(c.sent().size(), before);
}

// Growing, with the token, before the answer, and only where it was asked for; the answer is the same with and without.
TEST(Mcp, ProgressIsToldWhereAsked) {
  const Root root;
  root.write("in/gas.yaml", gas);
  std::atomic<double> now{0};
  mcp::Options options;
  options.clock = [&] { return now += 0.2; };  // so much between two looks
  options.limits.seconds = 1e9;
  Client c(root.in(), options);
  c.take(doubt(1, 2000, {{"progressToken", "p"}}));
  c.server().wait();
  double last = 0;
  std::size_t told = 0;
  for (const auto& m : c.sent()) {
    if (!m.contains("method")) continue;
    EXPECT_EQ(m["method"], "notifications/progress");
    EXPECT_EQ(m["params"]["progressToken"], "p");
    EXPECT_EQ(m["params"]["total"], 2000);
    EXPECT_GT(m["params"]["progress"], last);
    last = m["params"]["progress"];
    ++told;
  }
  EXPECT_GT(told, 5u);
  ASSERT_TRUE(c.sent().back().contains("result"));
  const Json with = c.of(1)["result"]["structuredContent"];
  c.forget();
  c.take(doubt(2, 2000));
  c.server().wait();
  ASSERT_EQ(c.sent().size(), 1u);
  EXPECT_EQ(c.of(2)["result"]["structuredContent"], with);
}

TEST(Mcp, ACallThatTakesTooLongIsRefused) {
  const Root root;
  root.write("in/gas.yaml", gas);
  std::atomic<double> now{0};
  mcp::Options options = patient();
  options.clock = [&] { return now += 0.5; };
  options.limits.seconds = 1;
  Client c(root.in(), options);
  c.take(doubt(1, many));
  c.server().wait();
  const Json r = c.of(1)["result"];
  EXPECT_TRUE(r["isError"]);
  EXPECT_EQ(r["structuredContent"]["complaints"]["diagnostics"][0]["code"], "E0704") << r.dump(1);
}

TEST(Mcp, TooManyOpenRequestsAreRefused) {
  const Root root;
  root.write("in/gas.yaml", gas);
  mcp::Options options = patient();
  options.limits.waiting = 3;
  Client c(root.in(), options);
  for (int i = 1; i <= 3; ++i) c.take(doubt(i, many));
  c.take(doubt(4, 10));
  EXPECT_EQ(code(c.of(4)), -32603);
}

namespace {

std::vector<Json> served(const std::string& input, const Root& root, mcp::Limits limits = {}) {
  std::istringstream in(input);
  std::ostringstream out;
  mcp::Options options{.root = root.in().string(), .version = "entente 9.9.9", .threads = 1, .limits = limits};
  const auto ended = mcp::serve(in, out, families::all(), options);
  EXPECT_TRUE(ended.written);
  EXPECT_FALSE(ended.busy);
  std::vector<Json> lines;
  std::istringstream text(out.str());
  for (std::string line; std::getline(text, line);) lines.push_back(Json::parse(line));
  return lines;
}

}  // namespace

TEST(Mcp, OverStreamsALineIsAMessage) {
  const Root root;
  root.write("in/gas.yaml", gas);
  EXPECT_EQ(served("", root).size(), 0u);
  EXPECT_EQ(served("\n\r\n\n", root).size(), 0u);
  // What was asked before the end is answered, whether or not a newline follows.
  const auto two = served(doubt(1, 10).dump() + "\n" + doubt(2, 10).dump(), root);
  ASSERT_EQ(two.size(), 2u);
  EXPECT_TRUE(two[0].contains("result") && two[1].contains("result"));
  // An end in the middle of a message.
  const auto half = served(doubt(1, 10).dump() + "\n{\"jsonrpc\":\"2.0\",\"id\":2,\"meth", root);
  ASSERT_EQ(half.size(), 2u);
  std::multiset<int> codes{code(half[0]), code(half[1])};
  EXPECT_EQ(codes, (std::multiset<int>{-32700, 0}));
  // One that is too long is thrown away to its end, and the next one heard.
  mcp::Limits limits;
  limits.message = 2000;
  const auto rest = served(std::string(100'000, ' ') + "x\n" + doubt(3, 10).dump() + "\n", root, limits);
  ASSERT_EQ(rest.size(), 2u);
  EXPECT_EQ(code(rest[0]), -32600);
  EXPECT_EQ(rest[1]["id"], 3);
  // Without grace, what is not through is told so.
  mcp::Limits hasty;
  hasty.grace = 0;
  std::string twenty;
  for (int i = 0; i < 20; ++i) twenty += doubt(i, 50'000).dump() + "\n";
  const auto cut = served(twenty, root, hasty);
  ASSERT_EQ(cut.size(), 20u);
  EXPECT_EQ(code(cut.back()), -32603);
}

TEST(Mcp, AnOutputThatIsGoneIsTold) {
  const Root root;
  std::istringstream in(Client::request(1, "tools/list").dump() + "\n");
  std::ostringstream out;
  out.setstate(std::ios::badbit);
  EXPECT_FALSE(mcp::serve(in, out, families::all(), {.root = root.in().string()}).written);
}
