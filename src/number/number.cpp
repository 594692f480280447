// One number from its text. The citation is cut off first, then the form is told by how the text begins: `=`,
// `between`, a name with a parenthesis, a name, or a numeral. Values are turned into the place's unit before a
// distribution is made, because the domain is the place's.
#include "entente/number/number.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "entente/base/spelling.hpp"
#include "number/lexer.hpp"

namespace entente::number {
namespace {

class NumberReader {
 public:
  NumberReader(std::string_view text, const Place& place, const Expected& expected, Diagnostics& out, Number& into)
      : text_(text), place_(place), expected_(expected), out_(out), n_(into) {}

  bool run() {
    n_.span = place_.span;
    n_.unit = expected_.unit;
    n_.domain = expected_.domain;
    if (!cite()) return false;
    n_.text = text_;
    if (!own_domain()) return false;
    at_ = skip_blanks(text_, 0);
    if (at_ >= text_.size()) return wrong(0, 1, "a number is missing", "nothing stands here");
    return text_[at_] == '='       ? formula()
           : word("between")       ? between()
           : quantile_follows()    ? quantiles()
           : is_letter(text_[at_]) ? named()
                                   : plain();
  }

 private:
  std::nullopt_t fail(std::size_t from, std::size_t length, std::string message, std::string label = {},
                      std::string hint = {}, std::string code = "E0202") {
    last_ = &out_.error(std::move(code), place_.at(from, std::max<std::size_t>(1, length)), std::move(message),
                        std::move(label), std::move(hint));
    return std::nullopt;
  }
  // What would mend the complaint just made. False, as `wrong` is.
  bool mend(std::size_t from, std::size_t length, std::string text) {
    if (place_.exact && last_) last_->edits.push_back({place_.at(from, length), std::move(text)});
    return false;
  }
  bool wrong(std::size_t from, std::size_t length, std::string message, std::string label = {}, std::string hint = {},
             std::string code = "E0202") {
    fail(from, length, std::move(message), std::move(label), std::move(hint), std::move(code));
    return false;
  }

  bool cite() {
    auto at = text_.rfind('@');
    if (at != std::string_view::npos && text_.find(')', at) != std::string_view::npos) at = std::string_view::npos;
    if (at == std::string_view::npos) {  // or of the opinions of a pool
      while (text_.ends_with(' ')) text_.remove_suffix(1);
      return true;
    }
    Citation c;
    while (text_.ends_with(' ')) text_.remove_suffix(1);
    std::string_view rest = text_.substr(at + 1);
    const auto slash = rest.find('/');
    c.source = rest.substr(0, slash);
    if (slash != std::string_view::npos) c.grade = rest.substr(slash + 1);
    c.span = place_.at(at, text_.size() - at);
    if (!is_name(c.source))
      return wrong(at, text_.size() - at, "`@` is followed by a source's name", "such as @ft-2024 or @ft-2024/B2", "",
                   "E0203");
    const bool good = c.grade.empty() ? slash == std::string_view::npos
                                      : c.grade.size() == 2 && c.grade[0] >= 'A' && c.grade[0] <= 'F' &&
                                            c.grade[1] >= '1' && c.grade[1] <= '6';
    if (!good)
      return wrong(at, text_.size() - at, "`" + c.grade + "` is no grade",
                   "a letter A to F and a digit 1 to 6, such as B2", "", "E0204");
    n_.citation = std::move(c);
    text_ = text_.substr(0, at);
    while (text_.ends_with(' ')) text_.remove_suffix(1);
    return true;
  }

  // `growth: 2 +- 0.9 % in any`, `in positive`, `in share`, `in 0 to 60`: what values a driver may have.
  bool own_domain() {
    const std::size_t at = text_.rfind(" in ");
    if (at == std::string_view::npos || text_.find('=') < at) return true;
    const std::string_view whole = text_;
    const std::size_t from = skip_blanks(whole, at + 4);
    const std::string_view what = whole.substr(from);
    if (expected_.domain_known)
      return wrong(at + 1, whole.size() - at - 1, "this place says itself what values it takes", n_.domain.describe(),
                   "leave `in` out", "E0214");
    constexpr std::pair<std::string_view, Domain (*)()> words[]{{"any", &Domain::real},
                                                                {"positive", &Domain::positive},
                                                                {"negative", &Domain::negative},
                                                                {"share", &Domain::share}};
    for (const auto& [name, make] : words)
      if (what == name) declared_ = make();
    if (!declared_) {
      text_ = whole;
      at_ = from;
      const auto before = out_.errors();
      const auto low = is_digit(what.empty() ? ' ' : what[0]) || what.starts_with('-') ? numeral() : std::nullopt;
      if (low && unit() && word("to")) {
        const auto high = numeral();
        if (high && unit() && skip_blanks(text_, at_) == text_.size() && *low < *high)
          declared_ = Domain{*low, *high, false, false};
      }
      if (!declared_)
        return out_.errors() == before &&
               wrong(from, std::max<std::size_t>(1, what.size()), "this says no set of values", "behind `in`",
                     "`any`, `positive`, `negative`, `share`, or two ends such as `0 to 60`", "E0214");
      ends_ = true;  // in the number's own unit
    }
    text_ = whole.substr(0, at);
    while (text_.ends_with(' ')) text_.remove_suffix(1);
    at_ = 0;
    return true;
  }

  bool word(std::string_view w) {  // takes it
    const std::size_t from = skip_blanks(text_, at_);
    if (!text_.substr(from).starts_with(w)) return false;
    const std::size_t end = from + w.size();
    if (end < text_.size() && (is_letter(text_[end]) || is_digit(text_[end]) || text_[end] == '-' || text_[end] == '_'))
      return false;
    at_ = end;
    return true;
  }

  std::optional<double> numeral() {
    at_ = skip_blanks(text_, at_);
    if (at_ >= text_.size()) return fail(text_.size() - 1, 1, "a number is missing", "expected behind this");
    const auto n = read_numeral(text_, at_, place_, out_, listed_);
    if (!n) return std::nullopt;
    at_ = n->end;
    return n->value;
  }

  // A unit, if one stands here. Two units in one number must be the same.
  bool unit() {
    const std::size_t from = skip_blanks(text_, at_);
    if (from >= text_.size()) return true;
    const auto strange = foreign_at(text_, from);
    if (!is_letter(text_[from]) && text_[from] != '%' && !(strange && strange->unit) && text_[from] != '$') return true;
    for (const std::string_view w : {"to", "likely", "chance", "and"})
      if (text_.substr(from).starts_with(w) && (from + w.size() == text_.size() || text_[from + w.size()] == ' '))
        return true;
    const UnitAt u = read_unit(text_, at_, expected_.book);
    if (!u.found || (u.end < text_.size() && text_[u.end] != ' ' && text_[u.end] != ',' && text_[u.end] != ')' &&
                     text_[u.end] != ':')) {
      const std::size_t end = unit_word(text_, from);
      const std::string what(text_.substr(from, end - from)), plain = in_ascii(what);
      const auto why = parse_unit(what, expected_.book);
      std::string hint = why ? "" : why.error().where;
      if (plain != what && parse_unit(plain, expected_.book)) hint = "write `" + plain + "`";
      if (what == "TO" || what == "To") hint = "write `to`";
      wrong(from, end - from, why ? "`" + what + "` is no unit here" : why.error().message,
            "no unit that is known here", hint, "E0205");
      if (what == "TO" || what == "To") return mend(from, end - from, "to");
      return plain != what && parse_unit(plain, expected_.book) && mend(from, end - from, plain);
    }
    if (unit_ && unit_->text != u.unit.text)
      return wrong(
          u.begin, u.end - u.begin, "one number in two units", "`" + unit_->text + "` before",
          u.unit.text == "%" ? "a spread in percent of the value is written out, or as `lognormal(5, 20 %)`" : "",
          "E0205");
    unit_ = u.unit;
    unit_from_ = u.begin;
    unit_end_ = u.end;
    at_ = u.end;
    return true;
  }

  bool end() {
    at_ = skip_blanks(text_, at_);
    if (at_ >= text_.size()) return true;
    const std::string_view rest = text_.substr(at_);
    std::string hint;
    if (rest.starts_with("-") || rest.starts_with("\xe2\x80\x93")) hint = "an interval is written `5 to 10`";
    if (rest.starts_with("\xc2\xb1") || rest.starts_with("+/-") || rest.starts_with("+ -")) hint = "write `+-`";
    if (rest.starts_with("*") || rest.starts_with("/")) hint = "a formula begins with `=`";
    if (rest.starts_with("@")) hint = "one number has one source";
    if (is_digit(rest[0])) hint = "digits are written together: 13600";
    if (rest.starts_with("likely")) hint = "`likely` follows an interval: 5 to 10 likely 7";
    if (rest.starts_with("("))
      hint = "a source is declared under `sources` and follows as `@name`; other words as a comment, `# ...`";
    if (rest.starts_with(";") || rest.starts_with(","))
      hint = "one number stands here; several are a list or a mapping";
    if (const std::string plain = in_ascii(rest); plain.starts_with("*") || plain.starts_with("x "))
      if (plain.find("10") != std::string::npos &&
          plain.find_first_of("^0123456789", plain.find("10") + 2) != plain.npos)
        hint = "a power of ten is written behind an `e`: 5e3";
    if (const auto strange = foreign_at(text_, at_); strange && hint.empty()) {
      wrong(at_, strange->length, strange->says + " stands here", "not read", strange->hint());
      // This blank and all others behind it, but those between digits, which may group thousands.
      for (std::size_t at = at_; strange->ascii == " " && at < text_.size(); ++at) {
        const auto other = foreign_at(text_, at);
        if (!other || other->ascii != " ") continue;
        const std::size_t behind = at + other->length;
        const bool grouped = at > 0 && is_digit(text_[at - 1]) && behind < text_.size() && is_digit(text_[behind]);
        if (!grouped) mend(at, other->length, " ");
      }
      return false;
    }
    wrong(at_, rest.size(), "something follows the number that does not belong to it", "not understood", hint);
    for (const std::string_view spread : {"\xc2\xb1", "+/-", "+ -"})
      if (rest.starts_with(spread)) return mend(at_, spread.size(), "+-");
    return dash(rest);
  }

  // `5-10`, `5 – 10 USD`: an interval whose word is a dash, when two numbers are all there is and the second is larger.
  bool dash(std::string_view rest) {
    for (const std::string_view d : {"-", "\xe2\x80\x93", "\xe2\x80\x92", "\xe2\x80\x94"}) {
      if (!rest.starts_with(d)) continue;
      const std::size_t from = skip_blanks(text_, at_ + d.size()), blank = text_.find_last_not_of(' ', at_ - 1) + 1;
      if (from >= text_.size() || !is_digit(text_[from])) return false;
      const std::string before(text_.substr(0, blank));
      std::string after(text_.substr(from));
      std::ranges::replace(after, ',', '.');  // what is wrong with that is told when the dash is mended
      Diagnostics elsewhere;
      Number n;
      if (!NumberReader(before + " to " + after, {}, expected_, elsewhere, n).run()) return false;
      return mend(blank, from - blank, " to ");
    }
    return false;
  }

  // Factor from what is written to the place's unit; fixes unit and domain where the place leaves them open. `soft`:
  // the ends are no part of what was written, as with a standard deviation.
  std::optional<double> factor(double low, double high, bool soft = false) {
    n_.percent = unit_ && unit_->plain() && unit_->factor == 0.01;
    if (!expected_.unit_known) {
      n_.unit = unit_ && !n_.percent ? *unit_ : Unit{};
      const double k = n_.percent ? unit_->factor : 1.0;
      if (!expected_.domain_known) {
        low *= k;
        high *= k;
        const bool plain = n_.percent || n_.unit.text.empty();
        n_.domain = soft                                                ? Domain::real()
                    : n_.percent && low >= 0 && high <= 1 && low < high ? Domain::share()
                    : plain && low > 0 && high < 1                      ? Domain::share()
                    : low > 0                                           ? Domain::positive()
                    : low == 0 && high > 0                              ? Domain::non_negative()
                    : high < 0                                          ? Domain::negative()
                                                                        : Domain::real();
        n_.unbounded = soft;
        if (declared_) {
          n_.domain = *declared_;
          if (ends_) n_.domain.lo *= k, n_.domain.hi *= k;
          n_.unbounded = false;
        }
      }
      return k;
    }
    if (!unit_) return 1.0;
    if (!unit_->same_dimension(expected_.unit)) {
      const auto power = [](const Unit& u, Dimension d) { return u.power[static_cast<std::size_t>(d)]; };
      std::string hint;
      const bool energy = power(*unit_, Dimension::energy) != power(expected_.unit, Dimension::energy);
      const bool volume = power(*unit_, Dimension::length) != power(expected_.unit, Dimension::length);
      if (energy && volume)
        hint =
            "gas volume and energy differ by the heating value: write a formula with it, such as `= x * 35.3 "
            "MMBtu/kcm`";
      return fail(unit_from_, unit_end_ - unit_from_, "`" + unit_->text + "` is " + describe_dimension(*unit_),
                  "expected " + (expected_.unit.text.empty()
                                     ? "a plain number or %"
                                     : "`" + expected_.unit.text + "`, " + describe_dimension(expected_.unit)),
                  hint, "E0206");
    }
    return conversion(*unit_, expected_.unit);
  }

  bool take(Result<Distribution> d, std::size_t from = 0, std::string code = "E0207") {
    if (!d) return wrong(from, text_.size() - from, d.error().message, "", d.error().where, std::move(code));
    n_.distribution = std::move(*d);
    return true;
  }

  bool chance_ok(std::size_t from) {
    if (unit_ && !unit_->plain())
      return wrong(unit_from_, unit_end_ - unit_from_, "a chance is a share", "expected % or no unit", "", "E0206");
    if (expected_.chance_allowed) return true;
    return wrong(from, 6, "no event can stand here", "`chance` makes it one", "leave `chance` out for a share",
                 "E0208");
  }

  bool plain() {
    auto first = numeral();
    if (!first || !unit()) return false;
    double inside = 0.9;
    if (at_ < text_.size() && text_[at_] == ':' && unit_ && unit_->text == "%") {  // 80 %: 5 to 10
      inside = *first / 100;
      if (!(inside >= 0.01 && inside <= 0.999))
        return wrong(0, at_, "an interval holds from 1 to 99.9 % of the draws", "", "such as `80 %: 5 to 10`");
      unit_.reset();
      ++at_;
      first = numeral();
      if (!first || !unit()) return false;
      if (!text_.substr(skip_blanks(text_, at_)).starts_with("to"))
        return wrong(at_, 1, "behind its share an interval is expected", "", "such as `80 %: 5 to 10`");
    }
    if (word("to")) {
      const auto second = numeral();
      if (!second || !unit()) return false;
      std::optional<double> likely;
      if (word("likely")) {
        likely = numeral();
        if (!likely || !unit()) return false;
      }
      if (word("chance")) {
        if (!chance_ok(at_ - 6)) return false;
        n_.chance = true;
        n_.domain = Domain::share();
      }
      if (!end()) return false;
      if (*first > *second)
        return wrong(0, text_.size(), "the lower end is above the upper", std::string("an interval runs upwards"),
                     "write `" + show(*second, 10) + " to " + show(*first, 10) + "`", "E0209");
      const auto k = n_.chance ? std::optional(unit_ ? unit_->factor : 1.0) : factor(*first, *second);
      if (!k) return false;
      const double low = *first * *k, high = *second * *k;
      auto d = likely ? Distribution::interval(low, high, *likely * *k, n_.domain, inside)
                      : Distribution::interval(low, high, n_.domain, inside);
      const bool at_bound =
          !d && !d.error().where.empty() && low < high && (low == n_.domain.lo || high == n_.domain.hi);
      if (at_bound) d.error().where = hard_ends(true);
      if (!take(std::move(d))) return at_bound && !likely && inside == 0.9 && mend(0, text_.size(), hard_ends(false));
      if (likely) points_kept(low, high, *k, 0.5 - 0.5 * inside);
      else crossing(*first, *second);
      return true;
    }
    if (text_.substr(skip_blanks(text_, at_)).starts_with("+-")) {
      at_ = skip_blanks(text_, at_) + 2;
      const bool bare = !unit_;
      const auto sd = numeral();
      if (!sd || !unit() || !end()) return false;
      const auto k = factor(*first - 2 * *sd, *first + 2 * *sd, true);
      if (!k || (bare && !percent_of_spread(*first, *sd, "{} +- {}"))) return false;
      auto d = Distribution::normal(*first * *k, *sd * *k);
      return take(d ? d->within(n_.domain) : d);
    }
    if (word("chance")) {
      if (!chance_ok(at_ - 6) || !end()) return false;
      n_.chance = true;
      n_.domain = Domain::share();
      const double c = *first * (unit_ ? unit_->factor : 1.0);
      if (!(c >= 0 && c <= 1))
        return wrong(0, text_.size(), "a chance lies from 0 to 100 %", "",
                     c > 1 && c <= 100 ? "is a `%` missing?" : "");
      return take(Distribution::fixed(c));
    }
    if (!end()) return false;
    const auto k = factor(*first, *first);
    return k && fixed(*first * *k);
  }

  // `0 to 10 % chance` as `between 0 and 10 % chance`; `hint`: as a sentence.
  [[nodiscard]] std::string hard_ends(bool hint) const {
    std::string out(text_.substr(0, text_.find(" likely ")));
    if (const auto to = out.find(" to "); to != std::string::npos) out.replace(to, 4, " and ");
    if (unit_ && out.find(unit_->text) == std::string::npos) out += " " + unit_->text;
    out = "between " + out + (n_.chance && !out.ends_with("chance") ? " chance" : "");
    return hint ? "`" + out + "` has hard ends" : out;
  }

  // Where a bound is near, no density with its hump at the likely value has both points.
  void points_kept(double low, double high, double k, double tail) {
    const auto& d = n_.distribution;
    const double a = d.quantile(tail), b = d.quantile(1 - tail), off = 1e-6 * (high - low);
    if (std::abs(a - low) <= off && std::abs(b - high) <= off) return;
    out_.warning("W0215", place_.at(0, text_.size()),
                 "with that value the likeliest and nothing outside the bound, so few cannot lie beyond these ends",
                 "drawn with " + show(a / k) + " to " + show(b / k) + " in their place",
                 n_.domain.bounded() || expected_.domain_known
                     ? "put the likely value further from the bound, or the end nearer to it"
                     : "`in any` behind it lets it pass the bound");
  }

  // A driver's range with nought just inside is normal, and lognormal with nought just outside.
  void crossing(double low, double high) {
    if (expected_.domain_known || declared_ || n_.chance || !(low < 0 && high > 0)) return;
    const bool up = high > -low;
    const double near = up ? -low : high, far = up ? high : -low;
    if (near > 0.1 * far) return;
    const std::string u = unit_ ? " " + unit_->text : "";
    const double middle = 0.5 * (low + high), other = (up ? 1 : -1) * std::sqrt(near * far);
    const std::string ends = show(low, 10) + " and " + show(high, 10) + u;
    out_.warning("W0216", place_.at(0, text_.size()),
                 "a range with 0 inside is read as a normal distribution, its median " + show(middle) + u,
                 "with 0 just outside it would be lognormal, its median about " + show(other) + u,
                 "`between " + ends + "` has hard ends; `in any` behind it says that it is meant so");
  }

  // `100 +- 10 %`: ten of a hundred, or ten percentage points of a hundred percent? Where the second would pass 100 %
  // nobody can tell; `2 +- 0.9 %` is a percentage.
  bool percent_of_spread(double mean, double sd, const char* form) {
    if (!n_.percent || (std::abs(mean) + 2 * std::abs(sd) <= 100)) return true;
    const auto written = [&](const std::string& a, const std::string& b) {
      std::string out = form;
      out.replace(out.find("{}"), 2, a);
      out.replace(out.find("{}"), 2, b);
      return "`" + out + "`";
    };
    return wrong(unit_from_, unit_end_ - unit_from_, "a percent sign stands on the spread alone",
                 "of the value, or percentage points?",
                 "write " + written(show(mean, 10), show(0.01 * std::abs(mean) * sd, 6)) + ", or " +
                     written(show(mean, 10) + " %", show(sd, 10) + " %"),
                 "E0213");
  }

  bool fixed(double value) {
    if (!std::isfinite(value))
      return wrong(0, text_.size(), "this is beyond what a number can hold", "in the place's unit", "", "E0201");
    if (!n_.domain.holds(value))
      return wrong(0, text_.size(), show(value, 10) + " lies outside", "this place takes " + n_.domain.describe(), "",
                   "E0211");
    n_.distribution = Distribution::fixed(value);
    return true;
  }

  bool between() {
    const auto low = numeral();
    if (!low || !unit()) return false;
    if (!word("and")) return wrong(at_, 1, "`between` needs two ends", "expected `and`", "between 3 and 8");
    const auto high = numeral();
    if (!high || !unit()) return false;
    if (word("chance")) {
      if (!chance_ok(at_ - 6)) return false;
      n_.chance = true;
      n_.domain = Domain::share();
    }
    if (!end()) return false;
    const auto k = n_.chance ? std::optional(unit_ ? unit_->factor : 1.0) : factor(*low, *high);
    if (!k) return false;
    auto d = Distribution::uniform(*low * *k, *high * *k);
    if (d && ((*low * *k < n_.domain.lo) || (*high * *k > n_.domain.hi)))
      return wrong(0, text_.size(), "these ends lie outside", "this place takes " + n_.domain.describe(), "", "E0211");
    return take(d ? d->within(n_.domain) : d);
  }

  [[nodiscard]] bool quantile_follows() const {  // p10 5
    std::size_t at = at_ + 1;
    if (text_[at_] != 'p' || at >= text_.size() || !is_digit(text_[at])) return false;
    while (at < text_.size() && (is_digit(text_[at]) || text_[at] == '.')) ++at;
    const std::size_t next = skip_blanks(text_, at);
    return next > at && next < text_.size() && (is_digit(text_[next]) || text_[next] == '-' || text_[next] == '+');
  }

  // `p10 5, p50 7, p90 12 USD`: a normal in pieces through them.
  bool quantiles() {
    std::vector<Distribution::Point> points;
    listed_ = true;
    while (true) {
      at_ = skip_blanks(text_, at_);
      if (at_ >= text_.size() || !quantile_follows())
        return wrong(std::min(at_, text_.size() - 1), 1, "a quantile is expected", "such as `p50 7`");
      ++at_;
      const auto share = numeral();
      const auto value = share ? numeral() : std::nullopt;
      if (!value || !unit()) return false;
      points.push_back({*share / 100, *value});
      at_ = skip_blanks(text_, at_);
      if (at_ >= text_.size() || text_[at_] != ',') break;
      ++at_;
    }
    if (!end()) return false;
    const auto k = factor(points.front().value, points.back().value);
    if (!k) return false;
    for (auto& p : points) p.value *= *k;
    return take(Distribution::through(points, n_.domain));
  }

  bool formula() {
    const std::size_t from = at_ + 1;
    Place inner = place_;
    if (place_.exact) inner.span = place_.at(from, text_.size() - from);
    n_.formula = parse_expression(text_.substr(from), inner, out_, expected_.book);
    n_.form = Form::formula;
    return !n_.formula.empty();
  }

  bool named() {
    std::size_t stop = at_;
    while (stop < text_.size() &&
           (is_letter(text_[stop]) || is_digit(text_[stop]) || text_[stop] == '-' || text_[stop] == '_'))
      ++stop;
    const std::string_view name = text_.substr(at_, stop - at_);
    if (stop < text_.size() && text_[stop] == '(') return call(name, stop + 1);
    std::string lower(text_.substr(0, 20));
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    for (const std::string_view bad : {"nan", "inf", "infinity"})
      if (lower == bad)
        return wrong(0, text_.size(), "`" + std::string(text_) + "` is no number here", "every number is finite", "",
                     "E0201");
    if (name == "drivers" && stop < text_.size() && text_[stop] == '.' && is_name(text_.substr(stop + 1))) {
      n_.form = Form::reference;
      n_.reference = text_.substr(stop + 1);
      return true;
    }
    if (const std::size_t next = skip_blanks(text_, stop);
        text_.substr(next) == "chance" && next > stop && is_name(name)) {  // the chance is a driver
      if (!expected_.chance_allowed) {
        at_ = next;
        return chance_ok(next);
      }
      n_.form = Form::reference;
      n_.reference = name;
      n_.chance = !expected_.domain_known;  // a question's own chance is integrated: the driver is that chance
      return true;
    }
    if (stop == text_.size() && is_name(name)) {
      n_.form = Form::reference;
      n_.reference = name;
      return true;
    }
    if (text_.find('(') == std::string_view::npos && text_.find_first_of("+*/^") != std::string_view::npos)
      return wrong(0, text_.size(), "this is neither a number nor a driver's name", "", "a formula begins with `=`");
    std::string hint;
    for (const std::string_view word :
         {"about", "approximately", "approx", "around", "circa", "ca", "roughly", "nearly"})
      if (name == word) hint = "how far it may be off is said as a range, such as `4 to 6`";
    for (std::size_t i = 0; i < text_.size() && hint.empty(); i += character_at(text_, i).size())
      if (const auto strange = foreign_at(text_, i)) hint = strange->says + " stands in it: " + strange->hint();
    return wrong(0, text_.size(), "this is neither a number nor a driver's name",
                 "expected such as `38`, `5 to 10`, `brent`", hint);
  }

  bool call(std::string_view name, std::size_t inside) {
    static const std::vector<std::string> known{"triangular", "normal", "lognormal", "beta",        "choice",
                                                "uniform",    "pert",   "mix",       "exponential", "poisson",
                                                "binomial",   "pool",   "gamma",     "student"};
    if (std::ranges::find(known, name) == known.end())
      return wrong(at_, name.size(), "there is no distribution `" + std::string(name) + "`",
                   "known are triangular, pert, normal, lognormal, beta, gamma, student, exponential, poisson, "
                   "binomial, choice, mix, "
                   "pool",
                   did_you_mean(name, known), "E0212");
    if (name == "mix" || name == "pool") return parts(name, inside);
    at_ = inside;
    listed_ = true;
    std::vector<double> args, shares;
    bool percent_shares = true;
    while (true) {
      const auto value = numeral();
      if (!value) return false;
      args.push_back(*value);
      if (name != "choice" && !argument(name, args)) return false;
      if (name == "choice") {
        if (!unit()) return false;
        at_ = skip_blanks(text_, at_);
        if (at_ >= text_.size() || text_[at_] != ':')
          return wrong(at_, 1, "a choice is made of values with their shares", "expected `:`",
                       "choice(1: 30 %, 2: 70 %)");
        ++at_;
        const auto share = numeral();
        if (!share) return false;
        at_ = skip_blanks(text_, at_);
        if (at_ < text_.size() && text_[at_] == '%') ++at_;
        else percent_shares = false;
        shares.push_back(*share);
      }
      at_ = skip_blanks(text_, at_);
      if (at_ < text_.size() && text_[at_] == ',') {
        ++at_;
        if (args.size() > 1000) return wrong(inside, 1, "more than a thousand values");
        continue;
      }
      break;
    }
    if (at_ >= text_.size() || text_[at_] != ')') {
      const bool cut = at_ >= text_.size();
      return wrong(inside - 1, 1, "this parenthesis is not closed", "opened here",
                   cut ? "inside {…} or […] a value with commas needs quotes" : "");
    }
    ++at_;
    if (!unit() || !end()) return false;
    return make(name, args, shares, percent_shares);
  }

  // `mix(60 %: 5 to 10, 40 %: 20 to 30)`, `pool(5 to 10 @a, 2: 7 to 12 @b)`: numbers in numbers, each with its weight.
  bool parts(std::string_view name, std::size_t inside) {
    const bool pool = name == "pool";
    std::size_t depth = 1, close = inside;
    std::vector<std::pair<std::size_t, std::size_t>> pieces;
    std::size_t from = inside;
    for (; close < text_.size() && depth > 0; ++close) {
      depth += text_[close] == '(';
      depth -= text_[close] == ')';
      if ((depth == 1 && text_[close] == ',') || depth == 0) pieces.emplace_back(from, close), from = close + 1;
    }
    if (depth > 0)
      return wrong(inside - 1, 1, "this parenthesis is not closed", "opened here",
                   "inside {…} or […] a value with commas needs quotes");
    if (pieces.size() > 100) return wrong(inside, 1, "more than a hundred parts");
    at_ = close;
    if (!end()) return false;
    std::vector<Distribution::Part> made;
    double sum = 0;
    for (const auto& [b, e] : pieces) {
      std::size_t begin = skip_blanks(text_, b);
      double weight = 1;
      const std::size_t colon = text_.substr(0, e).find(':', begin);
      if (colon != std::string_view::npos && text_.substr(begin, colon - begin).find('(') == std::string_view::npos) {
        at_ = begin;
        listed_ = true;
        const auto w = numeral();
        if (!w) return false;
        weight = *w;
        at_ = skip_blanks(text_, at_);
        if (at_ < colon && text_[at_] == '%') ++at_, weight /= 100;
        if (skip_blanks(text_, at_) != colon)
          return wrong(begin, colon - begin, "a weight is a number or a percentage");
        begin = skip_blanks(text_, colon + 1);
      } else if (!pool) {
        return wrong(begin, std::max<std::size_t>(e - begin, 1), "every part of a mixture has its share", "",
                     "mix(60 %: 5 to 10, 40 %: 20 to 30)", "E0212");
      }
      if (begin >= e) return wrong(b, 1, "a part is missing", "", "", "E0212");
      sum += weight;
      Place inner = place_;
      if (place_.exact) inner.span = place_.at(begin, e - begin);
      Expected expected = expected_;
      expected.chance_allowed = false;
      Number one;
      if (!parse_number(text_.substr(begin, e - begin), inner, expected, out_, one)) return false;
      if (one.form != Form::distribution)
        return wrong(begin, e - begin, "a part is a number of its own", "this names a driver or is a formula", "",
                     "E0212");
      if (one.citation && !pool)
        return wrong(begin, e - begin, "a mixture has one source, behind it", "", "several opinions are a `pool(…)`",
                     "E0212");
      if (made.empty()) {
        n_.unit = one.unit;
        n_.domain = one.domain;
        n_.percent = one.percent;
      } else if (!one.unit.same_dimension(n_.unit)) {
        return wrong(begin, e - begin, "its parts are in different units",
                     describe_dimension(n_.unit) + " before, " + describe_dimension(one.unit) + " here", "", "E0206");
      } else {
        one.distribution = one.distribution.scaled(conversion(one.unit, n_.unit));
        if (one.domain.lo < n_.domain.lo) n_.domain.lo = one.domain.lo, n_.domain.lo_open = one.domain.lo_open;
        if (one.domain.hi > n_.domain.hi) n_.domain.hi = one.domain.hi, n_.domain.hi_open = one.domain.hi_open;
        n_.percent = n_.percent && one.percent;
      }
      made.push_back({weight, one.distribution});
      if (pool) n_.opinions.push_back({weight, one.distribution, one.text, one.citation, place_.at(begin, e - begin)});
    }
    if (!pool && std::abs(sum - 1) > 1e-9)
      return wrong(inside, close - 1 - inside, "the shares add up to " + show(100 * sum) + " %, not to 100 %", "", "",
                   "E0212");
    for (auto& o : n_.opinions) o.weight /= sum;
    return take(Distribution::mixture(std::move(made), pool), 0, "E0212");
  }

  // The unit behind an argument of a distribution: of the value, or of a shape, which has none but percent.
  bool argument(std::string_view name, std::vector<double>& args) {
    const bool shape = (name == "lognormal" && args.size() == 2) || (name == "beta" && args.size() <= 2) ||
                       (name == "binomial" && args.size() == 2) ||
                       ((name == "gamma" || name == "student") && args.size() == 1);
    if (!shape) {
      if (args.size() == 1) first_bare_ = false;
      const bool before = unit_.has_value();
      if (!unit()) return false;
      if (args.size() == 1) first_bare_ = !unit_;
      else if (args.size() == 2 && before) first_bare_ = false;
      return true;
    }
    const auto kept = std::exchange(unit_, std::nullopt);
    const std::size_t from = unit_from_, to = unit_end_;
    if (!unit()) return false;
    if (unit_) {
      if (!unit_->plain())
        return wrong(unit_from_, unit_end_ - unit_from_, "this number of a distribution has no unit",
                     "expected a plain number or %", "", "E0206");
      args.back() *= unit_->factor;
    }
    unit_ = kept;
    unit_from_ = from, unit_end_ = to;
    return true;
  }

  bool make(std::string_view name, std::vector<double> args, const std::vector<double>& shares, bool percent) {
    const auto [low, high] = std::ranges::minmax(args);
    const bool shape_only = name == "beta" && args.size() == 2;
    const bool log = name == "lognormal", gauss = name == "normal";
    const auto k = shape_only                  ? factor(0.5, 0.5)
                   : gauss && args.size() == 2 ? factor(args[0] - 2 * args[1], args[0] + 2 * args[1], true)
                   : log                       ? factor(args[0], args[0])
                   : name == "student"         ? factor(0, 0, true)
                   : name == "gamma" || name == "exponential" || name == "poisson" || name == "binomial"
                       ? factor(0, args.back())
                       : factor(low, high);
    if (!k) return false;
    const auto count = [&](std::size_t a, std::size_t b, const char* form) {
      return args.size() == a || args.size() == b ||
             wrong(0, text_.size(), "wrong number of values", "", std::string("write ") + form, "E0212");
    };
    Result<Distribution> d = Distribution::fixed(0);
    if (name == "triangular") {
      if (!count(3, 3, "triangular(lowest, likely, highest)")) return false;
      d = Distribution::triangular(args[0] * *k, args[1] * *k, args[2] * *k);
    } else if (name == "normal") {
      if (!count(2, 2, "normal(mean, standard deviation)")) return false;
      if (first_bare_ && text_.find(')') + 1 >= text_.size() && !percent_of_spread(args[0], args[1], "normal({}, {})"))
        return false;
      d = Distribution::normal(args[0] * *k, args[1] * *k);
    } else if (name == "lognormal") {
      if (!count(2, 2, "lognormal(median, standard deviation of the logarithm)")) return false;
      d = Distribution::lognormal(args[0] * *k, args[1]);
    } else if (name == "gamma") {
      if (!count(2, 2, "gamma(shape, scale)")) return false;
      d = Distribution::gamma(args[0], args[1] * *k);
    } else if (name == "student") {
      if (!count(1, 3, "student(degrees of freedom) or student(degrees of freedom, middle, scale)")) return false;
      d = args.size() == 1 ? Distribution::student(args[0], 0, *k)
                           : Distribution::student(args[0], args[1] * *k, args[2] * *k);
    } else if (name == "pert") {
      if (!count(3, 3, "pert(lowest, likely, highest)")) return false;
      d = Distribution::pert(args[0] * *k, args[1] * *k, args[2] * *k);
    } else if (name == "exponential") {
      if (!count(1, 1, "exponential(mean)")) return false;
      d = Distribution::exponential(args[0] * *k);
    } else if (name == "poisson") {
      if (!count(1, 1, "poisson(mean)")) return false;
      d = Distribution::poisson(args[0]);
      if (d) d = d->scaled(*k);
    } else if (name == "binomial") {
      if (!count(2, 2, "binomial(how many, chance of each)")) return false;
      d = Distribution::binomial(args[0], args[1]);
      if (d) d = d->scaled(*k);
    } else if (name == "uniform") {
      if (!count(2, 2, "between a and b")) return false;
      d = Distribution::uniform(args[0] * *k, args[1] * *k);
    } else if (name == "beta") {
      if (!count(2, 4, "beta(a, b) or beta(a, b, lowest, highest)")) return false;
      d = args.size() == 2 ? Distribution::beta(args[0], args[1], 0, *k)
                           : Distribution::beta(args[0], args[1], args[2] * *k, args[3] * *k);
    } else {
      std::vector<Distribution::Branch> branches;
      for (std::size_t i = 0; i < args.size(); ++i)
        branches.push_back({args[i] * *k, shares[i] * (percent ? 0.01 : 1.0)});
      d = Distribution::choice(std::move(branches));
    }
    return take(d ? d->within(n_.domain) : d, 0, "E0212");
  }

  std::string_view text_;
  const Place& place_;
  const Expected& expected_;
  Diagnostics& out_;
  Number& n_;
  std::size_t at_ = 0;
  Diagnostic* last_ = nullptr;  // the complaint just made
  std::optional<Unit> unit_;
  bool listed_ = false;      // inside a distribution's parentheses
  bool first_bare_ = false;  // the first of its values has no unit
  bool ends_ = false;        // the declared domain is in the number's own unit
  std::optional<Domain> declared_;
  std::size_t unit_from_ = 0, unit_end_ = 0;
};

}  // namespace

bool parse_number(std::string_view text, const Place& place, const Expected& expected, Diagnostics& out, Number& into) {
  if (text.size() > 100'000) {
    out.error("E0202", place.span, "this number is too long", "more than 100,000 characters");
    return false;
  }
  return NumberReader(text, place, expected, out, into).run();
}

std::optional<Number> parse_number(std::string_view text, const Place& place, const Expected& expected,
                                   Diagnostics& out) {
  std::optional<Number> n(std::in_place);
  if (!parse_number(text, place, expected, out, *n)) return std::nullopt;
  return n;
}

}  // namespace entente::number
