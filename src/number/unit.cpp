// Units by a table of words. Base units: one unit of each currency, metre, kilogram, year, joule, barrel, person; the
// year is the base of time because every flow here is yearly. A scale word (k, M, B, T) multiplies what follows it.
#include "entente/number/unit.hpp"

#include <algorithm>
#include <charconv>

#include "entente/base/nearest.hpp"

namespace entente::number {
namespace {

using D = Dimension;

struct Word {
  std::string_view name;
  double factor;
  D dimension;
  int power;
  std::string_view says;
};

constexpr double year_days = 365.25;
constexpr Word words[]{
    {"USD", 1, D::usd, 1, "US dollar"},
    {"EUR", 1, D::eur, 1, "euro"},
    {"RUB", 1, D::rub, 1, "Russian rouble"},
    {"CNY", 1, D::cny, 1, "Chinese yuan"},
    {"m", 1, D::length, 1, "metre"},
    {"km", 1e3, D::length, 1, "kilometre"},
    {"m3", 1, D::length, 3, "cubic metre"},
    {"cm", 1, D::length, 3, "cubic metre of gas"},
    {"kcm", 1e3, D::length, 3, "thousand cubic metres"},
    {"mcm", 1e6, D::length, 3, "million cubic metres"},
    {"bcm", 1e9, D::length, 3, "billion cubic metres"},
    {"tcm", 1e12, D::length, 3, "trillion cubic metres"},
    {"kg", 1, D::mass, 1, "kilogram"},
    {"t", 1e3, D::mass, 1, "tonne"},
    {"kt", 1e6, D::mass, 1, "thousand tonnes"},
    {"Mt", 1e9, D::mass, 1, "million tonnes"},
    {"yr", 1, D::time, 1, "year"},
    {"month", 1.0 / 12, D::time, 1, "month"},
    {"day", 1 / year_days, D::time, 1, "day"},
    {"h", 1 / (24 * year_days), D::time, 1, "hour"},
    {"J", 1, D::energy, 1, "joule"},
    {"PJ", 1e15, D::energy, 1, "petajoule"},
    {"MWh", 3.6e9, D::energy, 1, "megawatt-hour"},
    {"TWh", 3.6e15, D::energy, 1, "terawatt-hour"},
    {"MMBtu", 1.05505585262e9, D::energy, 1, "million British thermal units"},
    {"bbl", 1, D::oil, 1, "barrel of oil"},
    {"persons", 1, D::person, 1, "persons"},
    {"person", 1, D::person, 1, "person"},
    {"%", 0.01, D::count, 0, "one in a hundred"},
    {"pp", 0.01, D::count, 0, "percentage point"},
};
struct Scale {
  std::string_view name;
  double factor;
};
constexpr Scale scales[]{{"k", 1e3}, {"M", 1e6}, {"B", 1e9}, {"bn", 1e9}, {"T", 1e12}};

const Word* find(std::string_view name) {
  const auto it = std::ranges::find_if(words, [&](const Word& w) { return name == w.name; });
  return it == std::end(words) ? nullptr : it;
}

// False when the unit leaves what makes sense.
bool multiply(Unit& u, const Word& w, int sign) {
  u.factor = sign > 0 ? u.factor * w.factor : u.factor / w.factor;
  if (w.dimension != D::count) {
    auto& p = u.power[static_cast<std::size_t>(w.dimension)];
    p = static_cast<std::int8_t>(p + sign * w.power);
  }
  return u.sane();
}

// What people write for a unit, and what it is called here.
constexpr std::pair<std::string_view, std::string_view> synonyms[]{
    {"year", "yr"},          {"years", "yr"},           {"y", "yr"},           {"a", "yr"},
    {"months", "month"},     {"days", "day"},           {"hour", "h"},         {"hours", "h"},
    {"dollar", "USD"},       {"dollars", "USD"},        {"$", "USD"},          {"US$", "USD"},
    {"euro", "EUR"},         {"euros", "EUR"},          {"rouble", "RUB"},     {"roubles", "RUB"},
    {"rubles", "RUB"},       {"yuan", "CNY"},           {"RMB", "CNY"},        {"percent", "%"},
    {"barrel", "bbl"},       {"barrels", "bbl"},        {"ton", "t"},          {"tons", "t"},
    {"tonne", "t"},          {"tonnes", "t"},           {"people", "persons"}, {"troops", "persons"},
    {"soldiers", "persons"}, {"thousand", "k persons"}, {"million", "M USD"},  {"billion", "B USD"},
    {"bln", "B USD"},        {"mln", "M USD"},          {"trillion", "T USD"}};

}  // namespace

namespace {

// "bbl/MMBtu" times "USD/bbl" is told as "USD/MMBtu": words of both, those above and below the line cancelled.
std::string joined(const Unit& a, const Unit& b, bool divide) {
  std::vector<std::string_view> over, under;
  const auto take = [&](std::string_view text, bool flip) {
    bool up = true;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find_first_of("/*"), text.size());
      auto& to = up != flip ? over : under;
      auto& from = up != flip ? under : over;
      const std::string_view word = text.substr(0, end);
      if (const auto it = std::ranges::find(from, word); it != from.end()) from.erase(it);
      else if (word != "1") to.push_back(word);
      if (end == text.size()) return;
      up = text[end] == '*';
      text.remove_prefix(end + 1);
    }
  };
  take(a.text, false);
  take(b.text, divide);
  std::string out;
  for (const auto w : over) (out += out.empty() ? "" : "*") += w;
  if (out.empty() && !under.empty()) out = "1";
  for (const auto w : under) (out += '/') += w;
  return out;
}

}  // namespace

bool Unit::sane() const noexcept {
  return factor > 1e-150 && factor < 1e150 && std::ranges::all_of(power, [](int p) { return p >= -60 && p <= 60; });
}

Unit operator*(const Unit& a, const Unit& b) {
  Unit u{a.factor * b.factor, {}, joined(a, b, false)};
  for (std::size_t i = 0; i < dimensions; ++i) u.power[i] = static_cast<std::int8_t>(a.power[i] + b.power[i]);
  return u;
}

Unit operator/(const Unit& a, const Unit& b) {
  Unit u{a.factor / b.factor, {}, joined(a, b, true)};
  for (std::size_t i = 0; i < dimensions; ++i) u.power[i] = static_cast<std::int8_t>(a.power[i] - b.power[i]);
  return u;
}

Result<Unit> parse_unit(std::string_view text) {
  const auto fail = [&](std::string message, std::string hint = {}) {
    return std::unexpected(Error{ErrorKind::invalid, std::move(message), std::move(hint)});
  };
  Unit u;
  u.text = text;
  std::string_view rest = text;
  if (rest.empty()) return u;
  if (rest.size() > 100) return fail("a unit of more than 100 characters");
  for (const Scale& s : scales) {
    const std::string_view name = s.name;
    if (!rest.starts_with(name)) continue;
    if (rest == name)
      return fail("`" + std::string(text) + "` is a scale without a unit", "such as `" + std::string(text) + " USD`");
    if (rest[name.size()] == ' ') {
      u.factor = s.factor;
      rest.remove_prefix(name.size() + 1);
      break;
    }
  }
  int sign = 1, parts = 0;
  while (true) {
    const std::size_t end = std::min(rest.find_first_of("/*"), rest.size());
    std::string_view name = rest.substr(0, end);
    int power = 1;
    if (const auto hat = name.find('^'); hat != std::string_view::npos) {
      const auto digits = name.substr(hat + 1);
      const auto [p, error] = std::from_chars(digits.data(), digits.data() + digits.size(), power);
      if (error != std::errc{} || p != digits.data() + digits.size() || power < 1 || power > 9)
        return fail("`" + std::string(name) + "` has no power from 1 to 9");
      name = name.substr(0, hat);
    }
    const Word* w = find(name);
    if (!w) {
      std::vector<std::string> names;
      for (const Word& x : words) names.emplace_back(x.name);
      const auto known = std::ranges::find(synonyms, name, &std::pair<std::string_view, std::string_view>::first);
      std::string hint = known == std::end(synonyms) ? did_you_mean(name, names)
                         : known->second.find(' ') != std::string_view::npos
                             ? "a scale is one letter before its unit, such as `" + std::string(known->second) + "`"
                             : "write `" + std::string(known->second) + "`";
      if (name.ends_with(" bn")) hint = "write `B " + std::string(name.substr(0, name.size() - 3)) + "`";
      return fail(name.empty() ? "a unit is missing" : "`" + std::string(name) + "` is no unit that is known here",
                  hint);
    }
    if (++parts > 8) return fail("a unit of more than eight parts");
    for (int i = 0; i < power; ++i)
      if (!multiply(u, *w, sign)) return fail("a unit with a power beyond what makes sense");
    if (end == rest.size()) return u;
    sign = rest[end] == '/' ? -1 : 1;
    rest.remove_prefix(end + 1);
  }
}

const std::vector<UnitName>& unit_names() {
  static const std::vector<UnitName> all = [] {
    std::vector<UnitName> out;
    for (const Word& w : words) out.push_back({std::string(w.name), std::string(w.says)});
    return out;
  }();
  return all;
}

std::string describe_dimension(const Unit& u) {
  static constexpr const char* names[]{"US dollars", "euros", "roubles", "yuan",    "length",
                                       "mass",       "time",  "energy",  "barrels", "persons"};
  std::string over, under;
  for (std::size_t i = 0; i < dimensions; ++i) {
    if (u.power[i] == 0) continue;
    std::string name = names[i];
    int p = u.power[i] > 0 ? u.power[i] : -u.power[i];
    if (static_cast<Dimension>(i) == Dimension::length && p == 3) name = "volume", p = 1;
    if (p > 1) name += "^" + std::to_string(p);
    auto& side = u.power[i] > 0 ? over : under;
    side += (side.empty() ? "" : " times ") + name;
  }
  if (over.empty() && under.empty()) return "a plain number";
  return (over.empty() ? "a number" : over) + (under.empty() ? "" : " per " + under);
}

}  // namespace entente::number
