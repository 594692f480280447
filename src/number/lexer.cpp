#include "number/lexer.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "entente/base/elementary.hpp"
#include "entente/number/number.hpp"

namespace entente::number {

std::size_t skip_blanks(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && text[at] == ' ') ++at;
  return at;
}

std::optional<Numeral> read_numeral(std::string_view text, std::size_t from, const Place& place, Diagnostics& out,
                                    bool listed) {
  std::size_t at = from;
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at - begin;
  };
  // `plain`: what is certainly meant.
  const auto fail = [&](std::size_t end, std::string message, std::string hint,
                        std::string plain = {}) -> std::optional<Numeral> {
    auto& d = out.error("E0201", place.at(from, end - from), std::move(message), "not a number as written here",
                        std::move(hint));
    if (place.exact && !plain.empty()) d.edits.push_back({place.at(from, end - from), std::move(plain)});
    return std::nullopt;
  };
  // 13,600 is thirteen thousand six hundred, 13,6 is 13.6: groups of three digits behind every comma tell them apart.
  const auto comma = [&] {
    std::size_t end = from + 1, group = 0;
    bool thousands = true, point = false, grouped = false;
    for (; end < text.size() && (is_digit(text[end]) || text[end] == ',' || text[end] == '.'); ++end) {
      const bool mark = !is_digit(text[end]);
      if (!mark) {
        ++group;
        continue;
      }
      thousands = thousands && (!grouped || point || group == 3) && !(text[end] == ',' && point);
      grouped = grouped || text[end] == ',';
      point = point || text[end] == '.';
      group = 0;
    }
    thousands = thousands && (point || group == 3);
    std::string plain;
    const std::string_view written = text.substr(from, end - from);
    const std::size_t last = written.find_last_of(",.");
    for (std::size_t i = 0; i < written.size(); ++i)
      if (written[i] != ',' && (thousands || written[i] != '.')) plain += written[i];
      else if (!thousands && i == last) plain += '.';
    // One comma and three digits may be either: 13,600.
    const bool certain = !thousands || point || std::ranges::count(written, ',') > 1;
    return fail(end, "a number has no comma", "write `" + plain + "`" + (thousands ? "" : ", with a point"),
                certain ? plain : "");
  };
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
  const std::size_t whole = digits();
  if (whole == 0) {
    std::size_t end = at;
    while (end < text.size() && text[end] != ' ') ++end;
    const std::string word(text.substr(from, end - from));
    if (const auto strange = foreign_at(text, at)) {
      const std::string plain = in_ascii(word), behind = in_ascii(std::string_view(word).substr(strange->length));
      if (strange->unit && is_letter(strange->ascii[0]) && !behind.empty() && is_digit(behind[0]))
        return fail(end, "a unit stands behind its number", "write `" + behind + " " + strange->ascii + "`");
      const bool whole_word = std::ranges::all_of(plain, [](char c) { return is_digit(c) || c == '-' || c == '.'; });
      return fail(end, strange->says + " is no part of a number here",
                  strange->ascii.empty() || strange->ascii == " " ? strange->hint() : "write `" + plain + "`",
                  whole_word ? plain : "");
    }
    if (word.starts_with('$'))
      return fail(end, "a unit stands behind its number", "write `" + word.substr(1) + " USD`");
    if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1])) {
      const std::string plain =
          std::string(text.substr(from, at - from)) + "0" + std::string(text.substr(at, end - at));
      return fail(end, "`" + word + "` begins with a point", "write `" + plain + "`", plain);
    }
    std::string hint;
    if (word.starts_with('~')) hint = "how far it may be off is said as a range, such as `4 to 6`";
    if (word.starts_with('<') || word.starts_with('>'))
      hint = "a number has two ends: write `between 0 and 5`, or a range such as `4 to 6`";
    return fail(end, word.empty() ? "a number is missing" : "`" + word + "` is no number", hint);
  }
  if (!listed && at + 1 < text.size() && text[at] == ',' && is_digit(text[at + 1])) return comma();
  const bool hexadecimal =
      whole == 1 && text[at - 1] == '0' && at < text.size() && (text[at] == 'x' || text[at] == 'X');
  if (hexadecimal || (at < text.size() && text[at] == '_'))
    return fail(at + 1, "a number has digits, a point and an exponent only", "write it out, such as 1000 or 1e3");
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0)
      return fail(at, "digits are missing behind the point",
                  at < text.size() && text[at] == '.' ? "an interval is written `5 to 10`" : "");
    if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1]))
      return fail(at + 1, "two points in a number", "");
    if (!listed && at + 1 < text.size() && text[at] == ',' && is_digit(text[at + 1])) return comma();
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const std::size_t before = at++;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (digits() == 0) at = before;  // a word that begins with e
  }
  const std::size_t first = text[from] == '+' ? from + 1 : from;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data() + first, text.data() + at, value);
  if (error == std::errc::result_out_of_range || !std::isfinite(value))
    return fail(at,
                "`" + std::string(text.substr(from, std::min<std::size_t>(at - from, 40))) +
                    "` is beyond what a number can hold",
                "");
  if (error != std::errc{} || end != text.data() + at) return fail(at, "this is no number", "");
  if (std::abs(value) > 1e100)
    return fail(at, "a number beyond 1e100 is taken for a slip", "state it in a larger unit");
  return Numeral{value, at};
}

UnitAt read_unit(std::string_view text, std::size_t from, const UnitBook* book) {
  UnitAt u{.begin = skip_blanks(text, from)};
  u.end = from;
  const auto word_end = [&](std::size_t at) {
    std::size_t end = at;
    while (end < text.size() &&
           (is_letter(text[end]) || is_digit(text[end]) || text[end] == '%' || text[end] == '^' ||
            ((text[end] == '/' || text[end] == '*') && end > at && end + 1 < text.size() && is_letter(text[end + 1]))))
      ++end;
    return end;
  };
  if (u.begin >= text.size() || !(is_letter(text[u.begin]) || text[u.begin] == '%')) return u;
  std::size_t end = word_end(u.begin);
  const std::string_view first = text.substr(u.begin, end - u.begin);
  if (first == "k" || first == "M" || first == "B" || first == "bn" || first == "T") {
    const std::size_t next = skip_blanks(text, end);
    if (next == end + 1) end = std::max(end, word_end(next));
  }
  while (end > u.begin) {  // shorter by one factor at a time, so that `bbl/MMBtu*brent` leaves the name
    const auto parsed = parse_unit(text.substr(u.begin, end - u.begin), book);
    if (parsed) {
      u.unit = *parsed;
      u.end = end;
      u.found = true;
      return u;
    }
    const auto cut = text.substr(u.begin, end - u.begin).find_last_of("/*");
    if (cut == std::string_view::npos) return u;
    end = u.begin + cut;
  }
  return u;
}

std::size_t unit_word(std::string_view text, std::size_t from) noexcept {
  const auto stop = [&](std::size_t at) { return std::min(text.find_first_of(" ,);:", at), text.size()); };
  const std::size_t end = stop(from);
  const std::string_view first = text.substr(from, end - from);
  const bool scale = first == "k" || first == "M" || first == "B" || first == "bn" || first == "T";
  if (!scale || end + 1 >= text.size() || text[end] != ' ' ||
      !(is_letter(text[end + 1]) || static_cast<unsigned char>(text[end + 1]) >= 0x80))
    return end;
  const std::size_t second = stop(end + 1);
  for (const std::string_view w : {"to", "likely", "chance", "and", "in"})
    if (text.substr(end + 1, second - end - 1) == w) return end;
  return second;
}

bool is_name(std::string_view text) noexcept {
  if (text.empty() || text.size() > 100 || !is_letter(text[0])) return false;
  for (const char c : text)
    if (!is_letter(c) && !is_digit(c) && c != '-' && c != '_') return false;
  return text.back() != '-';
}

bool is_reserved(std::string_view name) noexcept {
  static constexpr std::string_view words[]{"and", "or",  "not",  "between", "with", "without", "min", "max", "abs",
                                            "exp", "log", "sqrt", "sin",     "cos",  "tan",     "pi",  "if"};
  return std::ranges::find(words, name) != std::end(words);
}

bool is_family(std::string_view name) noexcept {
  static constexpr std::string_view words[]{"to",     "chance",    "likely",  "choice",   "triangular",
                                            "normal", "lognormal", "uniform", "beta",     "pert",
                                            "mix",    "pool",      "poisson", "binomial", "exponential"};
  return std::ranges::find(words, name) != std::end(words);
}

namespace {

// The shortest decimal that reads back, 0.d1 d2 d3 ... times ten to `exponent`.
struct Decimal {
  bool negative = false;
  std::string digits;
  int exponent = 0;
};

Decimal decimal_of(double value) {
  char buffer[64];
  char* const end = std::to_chars(buffer, buffer + sizeof buffer - 1, value, std::chars_format::scientific).ptr;
  *end = '\0';
  Decimal d{.negative = buffer[0] == '-'};
  const char* at = buffer + (d.negative ? 1 : 0);
  for (; at != end && *at != 'e'; ++at)
    if (*at != '.') d.digits += *at;
  d.exponent = 1;
  if (at != end) d.exponent += std::atoi(at + 1);
  return d;
}

// To that many digits, halves away from nought.
void round_to(Decimal& d, int digits) {
  if (digits >= static_cast<int>(d.digits.size())) return;
  const bool up = digits >= 0 && d.digits[static_cast<std::size_t>(digits)] >= '5';
  d.digits.resize(static_cast<std::size_t>(std::max(digits, 0)));
  if (!up) return;
  std::size_t at = d.digits.size();
  while (at > 0 && d.digits[at - 1] == '9') d.digits[--at] = '0';
  if (at > 0) {
    ++d.digits[at - 1];
    return;
  }
  d.digits.insert(d.digits.begin(), '1');
  if (d.digits.size() > 1) d.digits.pop_back();
  ++d.exponent;
}

// With `decimals` digits behind the point.
std::string plain(const Decimal& d, int decimals) {
  std::string out = d.negative ? "-" : "";
  const auto digit = [&](int i) {
    return i >= 0 && i < static_cast<int>(d.digits.size()) ? d.digits[static_cast<std::size_t>(i)] : '0';
  };
  if (d.exponent <= 0) out += '0';
  for (int i = 0; i < d.exponent; ++i) out += digit(i);
  if (decimals > 0) out += '.';
  for (int i = d.exponent; i < d.exponent + decimals; ++i) out += digit(i);
  return out;
}

}  // namespace

std::string fixed(double value, int decimals) {
  if (!std::isfinite(value)) return show(value);
  Decimal d = decimal_of(value);
  round_to(d, d.exponent + decimals);
  std::string out = plain(d, decimals);
  if (out.starts_with('-') && out.find_first_of("123456789") == std::string::npos) out.erase(0, 1);
  return out;
}

std::string show(double value, int digits) {
  if (std::isnan(value)) return "undefined";
  if (std::isinf(value)) return value > 0 ? "infinite" : "minus infinite";
  if (value == 0) return "0";
  const auto bare = [](std::string s) {  // without zeros behind the point
    if (s.find('.') == std::string::npos) return s;
    while (s.ends_with('0')) s.pop_back();
    if (s.ends_with('.')) s.pop_back();
    return s;
  };
  digits = std::clamp(digits, 1, 17);
  Decimal d = decimal_of(value);
  round_to(d, digits);
  const int exponent = d.exponent - 1;
  if (exponent < -4 || exponent > 9) {
    d.exponent = 1;
    return bare(plain(d, digits - 1)) + "e" + std::to_string(exponent);
  }
  return bare(plain(d, std::max(0, digits - 1 - exponent)));
}

std::string show_inside(double value, double low, double high, int digits) {
  for (const double bound : {low, high}) {
    const double off = std::abs(bound - value);
    if (!std::isfinite(off) || off == 0 || off >= 1e-2 * std::abs(bound)) continue;
    const auto needed = 2 + static_cast<int>(std::floor(math::log10(std::abs(bound) / off)));
    digits = std::clamp(needed, digits, 15);
  }
  return show(value, digits);
}

}  // namespace entente::number
