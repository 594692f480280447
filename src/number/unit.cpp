// Units by a table of words. Base units: one unit of each currency, metre, kilogram, year, joule, barrel, person; the
// year is the base of time because every flow here is yearly. A scale word (k, M, B, T) multiplies what follows it.
#include "entente/number/unit.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

#include "entente/base/spelling.hpp"
#include "entente/number/number.hpp"

namespace entente::number {
namespace {

using D = Dimension;

struct Word {
  std::string_view name;
  double factor;
  D dimension;
  int power;
  std::string_view says;
  D under = D::count;  // divided by: a watt is a joule a second
};

constexpr double year_days = 365.25, watt = year_days * 24 * 3600;  // joules a year

// Each its own dimension: no rate between two is known here.
struct Currency {
  std::string_view name, says, plural;
};
constexpr Currency currencies[]{
    {"USD", "US dollar", "US dollars"},
    {"EUR", "euro", "euros"},
    {"RUB", "Russian rouble", "roubles"},
    {"CNY", "Chinese yuan", "yuan"},
    {"GBP", "pound sterling", "pounds sterling"},
    {"JPY", "Japanese yen", "yen"},
    {"INR", "Indian rupee", "Indian rupees"},
    {"EGP", "Egyptian pound", "Egyptian pounds"},
    {"ILS", "Israeli shekel", "shekels"},
    {"CHF", "Swiss franc", "Swiss francs"},
    {"CAD", "Canadian dollar", "Canadian dollars"},
    {"AUD", "Australian dollar", "Australian dollars"},
    {"KRW", "South Korean won", "won"},
    {"TRY", "Turkish lira", "Turkish liras"},
    {"UAH", "Ukrainian hryvnia", "hryvnias"},
    {"SAR", "Saudi riyal", "Saudi riyals"},
    {"AED", "Emirati dirham", "dirhams"},
    {"IRR", "Iranian rial", "Iranian rials"},
    {"KZT", "Kazakh tenge", "tenge"},
    {"BRL", "Brazilian real", "reais"},
    {"ZAR", "South African rand", "rand"},
    {"PLN", "Polish zloty", "zlotys"},
    {"NOK", "Norwegian krone", "Norwegian kroner"},
    {"SEK", "Swedish krona", "Swedish kronor"},
    {"TWD", "New Taiwan dollar", "New Taiwan dollars"},
    {"IDR", "Indonesian rupiah", "rupiahs"},
    {"MXN", "Mexican peso", "Mexican pesos"},
    {"PKR", "Pakistani rupee", "Pakistani rupees"},
};
constexpr std::size_t first_currency = static_cast<std::size_t>(D::money);
constexpr std::size_t first_declared = static_cast<std::size_t>(D::declared);
static_assert(std::size(currencies) == first_declared - first_currency);

constexpr Word words[]{
    {"m", 1, D::length, 1, "metre"},
    {"km", 1e3, D::length, 1, "kilometre"},
    {"m2", 1, D::length, 2, "square metre"},
    {"km2", 1e6, D::length, 2, "square kilometre"},
    {"ha", 1e4, D::length, 2, "hectare"},
    {"m3", 1, D::length, 3, "cubic metre"},
    {"km3", 1e9, D::length, 3, "cubic kilometre"},
    {"cm", 1, D::length, 3, "cubic metre of gas"},
    {"kcm", 1e3, D::length, 3, "thousand cubic metres"},
    {"mcm", 1e6, D::length, 3, "million cubic metres"},
    {"bcm", 1e9, D::length, 3, "billion cubic metres"},
    {"tcm", 1e12, D::length, 3, "trillion cubic metres"},
    {"kg", 1, D::mass, 1, "kilogram"},
    {"t", 1e3, D::mass, 1, "tonne"},
    {"kt", 1e6, D::mass, 1, "thousand tonnes"},
    {"Mt", 1e9, D::mass, 1, "million tonnes"},
    {"Gt", 1e12, D::mass, 1, "billion tonnes"},
    {"tCO2", 1, D::carbon, 1, "tonne of carbon dioxide"},
    {"ktCO2", 1e3, D::carbon, 1, "thousand tonnes of carbon dioxide"},
    {"MtCO2", 1e6, D::carbon, 1, "million tonnes of carbon dioxide"},
    {"GtCO2", 1e9, D::carbon, 1, "billion tonnes of carbon dioxide"},
    {"yr", 1, D::time, 1, "year"},
    {"month", 1.0 / 12, D::time, 1, "month"},
    {"week", 7 / year_days, D::time, 1, "week"},
    {"day", 1 / year_days, D::time, 1, "day"},
    {"h", 1 / (24 * year_days), D::time, 1, "hour"},
    {"s", 1 / watt, D::time, 1, "second"},
    {"J", 1, D::energy, 1, "joule"},
    {"MJ", 1e6, D::energy, 1, "megajoule"},
    {"GJ", 1e9, D::energy, 1, "gigajoule"},
    {"TJ", 1e12, D::energy, 1, "terajoule"},
    {"PJ", 1e15, D::energy, 1, "petajoule"},
    {"EJ", 1e18, D::energy, 1, "exajoule"},
    {"kWh", 3.6e6, D::energy, 1, "kilowatt-hour"},
    {"MWh", 3.6e9, D::energy, 1, "megawatt-hour"},
    {"GWh", 3.6e12, D::energy, 1, "gigawatt-hour"},
    {"TWh", 3.6e15, D::energy, 1, "terawatt-hour"},
    {"W", watt, D::energy, 1, "watt", D::time},
    {"kW", 1e3 * watt, D::energy, 1, "kilowatt", D::time},
    {"MW", 1e6 * watt, D::energy, 1, "megawatt", D::time},
    {"GW", 1e9 * watt, D::energy, 1, "gigawatt", D::time},
    {"TW", 1e12 * watt, D::energy, 1, "terawatt", D::time},
    {"MMBtu", 1.05505585262e9, D::energy, 1, "million British thermal units"},
    {"bbl", 1, D::oil, 1, "barrel of oil"},
    {"persons", 1, D::person, 1, "persons"},
    {"person", 1, D::person, 1, "person"},
    {"seats", 1, D::seat, 1, "seats"},
    {"seat", 1, D::seat, 1, "seat"},
    {"points", 1, D::point, 1, "points of a score"},
    {"point", 1, D::point, 1, "point of a score"},
    {"%", 0.01, D::count, 0, "one in a hundred"},
    {"pp", 0.01, D::count, 0, "percentage point"},
};
struct Scale {
  std::string_view name;
  double factor;
};
constexpr Scale scales[]{{"k", 1e3}, {"M", 1e6}, {"B", 1e9}, {"bn", 1e9}, {"T", 1e12}};

std::optional<Word> find(std::string_view name) {
  for (const Word& w : words)
    if (w.name == name) return w;
  for (std::size_t i = 0; i < std::size(currencies); ++i)
    if (currencies[i].name == name) return Word{name, 1, static_cast<D>(first_currency + i), 1, currencies[i].says};
  return std::nullopt;
}

// False when the unit leaves what makes sense.
bool multiply(Unit& u, const Word& w, int sign) {
  u.factor = sign > 0 ? u.factor * w.factor : u.factor / w.factor;
  if (w.dimension != D::count) {
    auto& p = u.power[static_cast<std::size_t>(w.dimension)];
    p = static_cast<std::int8_t>(p + sign * w.power);
  }
  if (w.under != D::count) {
    auto& p = u.power[static_cast<std::size_t>(w.under)];
    p = static_cast<std::int8_t>(p - sign);
  }
  return u.sane();
}

// What people write for a unit, and what it is called here.
constexpr std::pair<std::string_view, std::string_view> synonyms[]{{"year", "yr"},
                                                                   {"years", "yr"},
                                                                   {"y", "yr"},
                                                                   {"a", "yr"},
                                                                   {"months", "month"},
                                                                   {"days", "day"},
                                                                   {"d", "day"},
                                                                   {"weeks", "week"},
                                                                   {"hour", "h"},
                                                                   {"hours", "h"},
                                                                   {"hr", "h"},
                                                                   {"sec", "s"},
                                                                   {"dollar", "USD"},
                                                                   {"dollars", "USD"},
                                                                   {"$", "USD"},
                                                                   {"US$", "USD"},
                                                                   {"euro", "EUR"},
                                                                   {"euros", "EUR"},
                                                                   {"rouble", "RUB"},
                                                                   {"roubles", "RUB"},
                                                                   {"rubles", "RUB"},
                                                                   {"yuan", "CNY"},
                                                                   {"RMB", "CNY"},
                                                                   {"pounds", "GBP"},
                                                                   {"yen", "JPY"},
                                                                   {"rupees", "INR"},
                                                                   {"shekels", "ILS"},
                                                                   {"NIS", "ILS"},
                                                                   {"percent", "%"},
                                                                   {"per cent", "%"},
                                                                   {"pct", "%"},
                                                                   {"barrel", "bbl"},
                                                                   {"barrels", "bbl"},
                                                                   {"bpd", "bbl/day"},
                                                                   {"ton", "t"},
                                                                   {"tons", "t"},
                                                                   {"tonne", "t"},
                                                                   {"tonnes", "t"},
                                                                   {"people", "persons"},
                                                                   {"troops", "persons"},
                                                                   {"soldiers", "persons"},
                                                                   {"men", "persons"},
                                                                   {"mmbtu", "MMBtu"},
                                                                   {"BCM", "bcm"},
                                                                   {"cubic", "m3"},
                                                                   {"thousand", "k persons"},
                                                                   {"million", "M USD"},
                                                                   {"billion", "B USD"},
                                                                   {"bln", "B USD"},
                                                                   {"mln", "M USD"},
                                                                   {"mn", "M USD"},
                                                                   {"mio", "M USD"},
                                                                   {"trillion", "T USD"}};

// The nearest known unit, where it cannot be another one: MWh for mwh and bcm for bcn, but nothing for an unknown word
// whose neighbour measures something else (MW and m) or a thousand times as much (GWh and MWh).
std::string near_unit(std::string_view name) {
  const auto lower = [](std::string_view s) {
    std::string out(s);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
  };
  std::vector<std::string> alike, names;
  for (const UnitName& u : unit_names()) {
    if (lower(u.name) == lower(name)) alike.push_back(u.name);
    if (name.size() >= 3 && u.name.size() >= 3 && u.name[0] == name[0]) names.push_back(u.name);
  }
  if (alike.size() == 1) return "did you mean `" + alike[0] + "`?";
  return alike.empty() ? did_you_mean(name, names) : std::string();
}

}  // namespace

namespace {

// "bbl/MMBtu" times "USD/bbl" is told as "USD/MMBtu", "USD/bbl" times "M bbl/day" as "M USD/day": words of both, those
// above and below the line cancelled, scales gathered before the first.
std::string joined(const Unit& a, const Unit& b, bool divide) {
  std::vector<std::string_view> over, under;
  double scale = 1;
  const auto take = [&](std::string_view text, bool flip) {
    for (const Scale& s : scales)
      if (text.starts_with(s.name) && text.substr(s.name.size()).starts_with(' ')) {
        scale = flip ? scale / s.factor : scale * s.factor;
        text.remove_prefix(s.name.size() + 1);
        break;
      }
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
  std::string out, below;
  if (scale != 1) {
    const auto known = std::ranges::find(scales, scale, &Scale::factor);
    const auto inverse = std::ranges::find(scales, 1 / scale, &Scale::factor);
    if (known != std::end(scales) && !over.empty()) out = std::string(known->name) + " ";
    else if (inverse != std::end(scales) && !under.empty()) below = std::string(inverse->name) + " ";
    else out = show(scale) + (over.empty() ? "" : " ");
  }
  std::string above;
  for (const auto w : over) (above += above.empty() ? "" : "*") += w;
  if (above.empty() && out.empty() && !under.empty()) above = "1";
  out += above;
  for (std::size_t i = 0; i < under.size(); ++i) out.append("/").append(i == 0 ? below : "").append(under[i]);
  return out;
}

}  // namespace

const Unit* UnitBook::find(std::string_view name) const noexcept {
  const auto it = std::ranges::find(all_, name, &std::pair<std::string, Unit>::first);
  return it == all_.end() ? nullptr : &it->second;
}

std::vector<std::string> UnitBook::names() const {
  std::vector<std::string> out;
  for (const auto& [name, unit] : all_) out.push_back(name);
  return out;
}

Result<void> UnitBook::add(const std::string& name, Unit unit) {
  const auto fail = [](std::string message, std::string hint = {}) {
    return std::unexpected(Error{ErrorKind::invalid, std::move(message), std::move(hint)});
  };
  const bool word = !name.empty() && name.size() <= 30 && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }) && !(name[0] >= '0' && name[0] <= '9');
  if (!word) return fail("`" + name + "` is no name of a unit", "letters and digits, such as `seat`");
  if (find(name)) return fail("the unit `" + name + "` stands twice");
  for (const std::string_view taken : {"to", "and", "likely", "chance", "in", "k", "M", "B", "bn", "T", "or", "not",
                                       "with", "without", "between", "pi", "if"})
    if (name == taken) return fail("`" + name + "` means something else here", "another name");
  const auto known = entente::number::find(name);
  if (known && static_cast<std::size_t>(known->dimension) < first_currency)
    return fail("`" + name + "` is a unit already: " + std::string(known->says), "another name");
  all_.emplace_back(name, std::move(unit));
  return {};
}

Result<void> UnitBook::declare(const std::string& name, std::string) {
  if (fresh_ == dimensions - first_declared)
    return std::unexpected(Error{ErrorKind::invalid, "a file declares at most eight units of their own",
                                 "write others as multiples: `= 12 seat`"});
  if (entente::number::find(name))
    return std::unexpected(Error{ErrorKind::invalid, "`" + name + "` is a unit already",
                                 "a currency can get a rate: `= 1.08 USD @source`"});
  Unit u;
  u.power[first_declared + fresh_] = 1;
  u.text = name;
  auto added = add(name, std::move(u));
  if (added) ++fresh_;
  return added;
}

Result<void> UnitBook::declare(const std::string& name, double factor, const Unit& unit) {
  if (!(factor > 0) || factor > 1e30 || factor < 1e-30)
    return std::unexpected(Error{ErrorKind::invalid, "a unit is more than nothing of another", ""});
  Unit u = unit;
  u.factor *= factor;
  u.text = name;
  return add(name, std::move(u));
}

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

Result<Unit> parse_unit(std::string_view text, const UnitBook* book) {
  const auto fail = [&](std::string message, std::string hint = {}) {
    return std::unexpected(Error{ErrorKind::invalid, std::move(message), std::move(hint)});
  };
  Unit u;
  u.text = text;
  std::string_view rest = text;
  std::string scaled;  // the scale before the first unit, with its blank: a hint must not lose a factor of a thousand
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
      scaled = std::string(name) + " ";
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
    if (const Unit* own = book ? book->find(name) : nullptr) {
      if (++parts > 8) return fail("a unit of more than eight parts");
      for (int i = 0; i < power; ++i) {
        const std::string kept = u.text;
        u = sign > 0 ? u * *own : u / *own;
        u.text = kept;
        if (!u.sane()) return fail("a unit with a power beyond what makes sense");
      }
      if (end == rest.size()) return u;
      sign = rest[end] == '/' ? -1 : 1;
      rest.remove_prefix(end + 1);
      continue;
    }
    const std::optional<Word> w = find(name);
    if (!w) {
      const auto known = std::ranges::find(synonyms, name, &std::pair<std::string_view, std::string_view>::first);
      std::string hint = known == std::end(synonyms)
                             ? (book && !did_you_mean(name, book->names()).empty() ? did_you_mean(name, book->names())
                                                                                   : near_unit(name))
                         : known->second.find(' ') != std::string_view::npos
                             ? "a scale is one letter before its unit, such as `" + std::string(known->second) + "`"
                             : "write `" + scaled + std::string(known->second) + "`";
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
    scaled.clear();
  }
}

const std::vector<UnitName>& unit_names() {
  static const std::vector<UnitName> all = [] {
    std::vector<UnitName> out;
    for (const Currency& c : currencies) out.push_back({std::string(c.name), std::string(c.says)});
    for (const Word& w : words) out.push_back({std::string(w.name), std::string(w.says)});
    return out;
  }();
  return all;
}

std::string describe_dimension(const Unit& u) {
  static constexpr const char* names[]{"length",  "mass",           "time",  "energy", "barrels",
                                       "persons", "carbon dioxide", "seats", "points"};
  static_assert(std::size(names) == first_currency);
  std::string over, under;
  for (std::size_t i = 0; i < dimensions; ++i) {
    if (u.power[i] == 0) continue;
    std::string name(i < first_currency   ? names[i]
                     : i < first_declared ? currencies[i - first_currency].plural
                                          : std::string_view("a unit of this file"));
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
