#include "claims_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <nlohmann/json.hpp>
#include <sstream>

#include "entente/number/number.hpp"

namespace entente::pages {
namespace {

using Json = nlohmann::ordered_json;
using number::show;

struct Marker {
  std::vector<std::string> words;  // "q", "pos2.price"
  std::size_t from = 0, to = 0;    // what stands between the comments
  std::string name;
};

std::vector<Marker> markers(const std::string& page) {
  static const std::string end = "<!---->";
  std::vector<Marker> all;
  for (std::size_t at = page.find("<!--"); at != std::string::npos; at = page.find("<!--", at + 4)) {
    const std::size_t close = page.find("-->", at + 4);
    if (close == std::string::npos) break;
    Marker m{.from = close + 3, .name = page.substr(at + 4, close - at - 4)};
    m.to = page.find(end, m.from);
    std::istringstream in(m.name);
    for (std::string w; in >> w;) m.words.push_back(w);
    const bool known = !m.words.empty() && std::string("pqdfn").find(m.words[0]) != std::string::npos &&
                       m.words[0].size() == 1 && m.to != std::string::npos;
    if (known) all.push_back(std::move(m));
  }
  return all;
}

const Json* driver(const Json& run, const Marker& m) {
  if (m.words.size() != 3 || !run["claims"].contains(m.words[1])) return nullptr;
  for (const auto& d : run["claims"][m.words[1]]["drivers"])
    if (d["path"] == m.words[2]) return &d;
  return nullptr;
}
const Json* claim(const Json& run, const Marker& m) {
  return m.words.size() == 2 && run["claims"].contains(m.words[1]) ? &run["claims"][m.words[1]] : nullptr;
}
const Json* quantity(const Json& run, const Marker& m) {
  const std::string name = m.name.substr(2);  // with its world: "pos2.price with LEVER"
  return run["quantities"].contains(name) ? &run["quantities"][name] : nullptr;
}
double value(const Json& j) { return j.is_number() ? j.get<double>() : std::numeric_limits<double>::quiet_NaN(); }

std::string draws(const Json& run) {
  std::string n = std::to_string(run["draws"].get<std::uint64_t>());
  for (std::size_t k = n.size(); k > 3; k -= 3) n.insert(k - 3, ",");
  return n;
}

// JSON has no infinity: of a quantity that has values, a value that is null is one.
std::string shown(const Json& j) { return j.is_number() ? show(j.get<double>(), 3) : "without limit"; }

std::string probability(const Json& run, const Json& c) {
  const double n = run["draws"].get<double>(), p = value(c["probability"]);
  if (c["implied"].is_string())
    return std::string(value(c["yes"]) > value(c["no"]) ? "implied" : "ruled out") +
           " by the assumption, so no probability";
  std::string words = c["words"];
  if (value(c["yes"]) == n) return words + ", in all " + draws(run) + " draws";
  if (value(c["no"]) == n) return words + ", in none of " + draws(run) + " draws";
  if (c["bracket"].get<bool>())
    return fmt::format("{}, between {:.2f} and {:.2f}, for it is undefined in {:.0f} % of the draws", words,
                       value(c["low"]), value(c["high"]), 100 * value(c["undefined"]) / n);
  return p > 0.99 || p < 0.01 ? fmt::format("{}, {:.4f}", words, p) : fmt::format("{}, {:.2f}", words, p);
}

std::string fill(const Json& run, const Marker& m) {
  const char* const none = "—";
  switch (m.words[0][0]) {
    case 'n':
      return draws(run) + " draws, seed " + std::to_string(run["seed"].get<std::uint64_t>());
    case 'p':
      if (const Json* c = claim(run, m)) return probability(run, *c);
      return none;
    case 'q':
      if (const Json* q = quantity(run, m)) {
        const std::string unit = (*q)["unit"].get<std::string>();
        const double gone = value((*q)["undefined"]) / run["draws"].get<double>();
        if (gone >= 1) return "none";
        return fmt::format("{}{} (90 %: {} to {}{})", shown((*q)["q50"]), unit.empty() ? "" : " " + unit,
                           shown((*q)["q5"]), shown((*q)["q95"]),
                           gone > 0.005 ? fmt::format("; undefined in {:.0f} % of the draws", 100 * gone) : "");
      }
      return none;
    case 'd':
      if (const Json* d = driver(run, m); d && (*d)["first_order"].is_number())
        return fmt::format("{:.0f} %", std::max(0.0, 100 * value((*d)["first_order"])));
      return none;
    case 'f':
      if (const Json* d = driver(run, m); d && !(*d)["flips"].empty()) {
        const std::string unit = (*d)["unit"].get<std::string>();
        return show(value((*d)["flips"][0]["value"]), 3) + (unit.empty() ? "" : " " + unit);
      }
      return none;
    default:
      return none;
  }
}

// Numbers in a text, in order: "0.47", "10.9", "inf" as infinity.
std::vector<double> numbers(const std::string& text) {
  std::vector<double> all;
  for (std::size_t i = 0; i < text.size();) {
    const bool starts =
        std::isdigit(static_cast<unsigned char>(text[i])) ||
        (text[i] == '-' && i + 1 < text.size() && std::isdigit(static_cast<unsigned char>(text[i + 1])) &&
         (i == 0 || text[i - 1] == ' ' || text[i - 1] == '('));
    if (!starts) {
      ++i;
      continue;
    }
    char* end = nullptr;
    all.push_back(std::strtod(text.c_str() + i, &end));
    i = static_cast<std::size_t>(end - text.c_str());
  }
  return all;
}

}  // namespace

Filled fill(const std::string& page, const std::string& doubt) {
  const Json run = Json::parse(doubt);
  Filled f;
  std::size_t at = 0;
  for (const Marker& m : markers(page)) {
    const std::string text = fill(run, m);
    if (text == "—") f.unknown.push_back(m.name);
    f.text += page.substr(at, m.from - at) + text;
    at = m.to;
    ++f.numbers;
  }
  f.text += page.substr(at);
  return f;
}

std::vector<std::string> contradicted(const std::string& page, const std::string& doubt) {
  const Json run = Json::parse(doubt);
  std::vector<std::string> out;
  std::uint64_t mine = 0;  // draws behind the page
  for (const Marker& m : markers(page))
    if (m.words[0] == "n")
      for (const char c : page.substr(m.from, page.find(' ', m.from) - m.from))
        if (std::isdigit(static_cast<unsigned char>(c))) mine = 10 * mine + static_cast<std::uint64_t>(c - '0');
  if (mine == 0) return {"the page does not say how many draws it is from"};
  for (const Marker& m : markers(page)) {
    const std::string said = page.substr(m.from, m.to - m.from), now = fill(run, m);
    const auto differs = [&] { out.push_back(m.name + ": the page says `" + said + "`, the run `" + now + "`"); };
    if (m.words[0] == "n" || said == now) continue;
    if ((said == "—") != (now == "—") || said.empty()) {
      differs();
      continue;
    }
    if (m.words[0] == "p") {
      // The probability stands behind the words and their bracket.
      const auto from = [](const std::string& t) { return t.substr(std::min(t.size(), t.find(')') + 1)); };
      const Json& c = *claim(run, m);
      if (c["implied"].is_string() || said.find("by the assumption") != std::string::npos) {
        differs();
        continue;
      }
      const auto a = numbers(from(said));
      const bool all = said.find("in all") != std::string::npos, no = said.find("in none") != std::string::npos;
      const double p = all ? 1 : no ? 0 : a.empty() ? std::numeric_limits<double>::quiet_NaN() : a[0];
      const double q = c["bracket"].get<bool>() ? value(c["low"]) : value(c["probability"]);
      const double v = std::max(q * (1 - q), 0.01);
      const double error = std::sqrt(v / run["draws"].get<double>() + v / static_cast<double>(mine));
      if (!(std::abs(p - q) <= 4 * error + 0.006)) differs();
    } else if (m.words[0] == "q") {
      const auto a = numbers(said), b = numbers(now);
      const Json& q = *quantity(run, m);
      const double width = value(q["q95"]) - value(q["q5"]);
      if (a.size() != b.size()) differs();
      if (a.size() != b.size() || std::isnan(width)) continue;  // an end without limit
      for (std::size_t i = 0; i < 4; ++i)
        if (i != 1 && i < std::min(a.size(), b.size()) &&
            !(std::abs(a[i] - b[i]) <= 0.2 * width + 0.01 * std::abs(b[i]))) {
          differs();
          break;
        }
    } else if (m.words[0] == "d") {
      if (!(std::abs(numbers(said)[0] - numbers(now)[0]) <= 15)) differs();
    } else if (m.words[0] == "f") {
      if (!(std::abs(numbers(said)[0] - numbers(now)[0]) <= 0.01 * std::abs(numbers(now)[0]))) differs();
    }
  }
  return out;
}

}  // namespace entente::pages
