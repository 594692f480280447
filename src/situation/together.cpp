// Numbers that hang together: which, and how their ranks correlate. A matrix that no numbers can have is refused, with
// the nearest that some can.
#include <algorithm>

#include "entente/number/correlation.hpp"
#include "schema_rows.hpp"
#include "sections.hpp"

namespace entente::situation {
namespace {

using rows::num;
constexpr number::Domain correlation{-1, 1, true, true};

}  // namespace

const Record together_record{
    "group",
    "Numbers whose ranks correlate, by a Gaussian copula.",
    "",
    {rows::words("numbers", Refers::nothing, "The numbers: drivers by name, others by their path.", true),
     num("rank", "", correlation, "Rank correlation (Spearman) of every two of them.", false, {}, false),
     {.name = "ranks",
      .kind = FieldKind::numbers,
      .says = "Rank correlation of some two of them, such as brent-ttf; 0 for the others.",
      .domain = correlation}}};

void CoreBuilder::together(const Entry& root) {
  std::map<ParamId, std::string> taken;
  for (const Together& t : s.together)  // estimated together by a family
    for (const ParamId id : t.members) taken.emplace(id, t.name);
  for (const Entry& e : root["together"].entries) {
    Together t{.name = e.name, .members = {}, .ranks = {}, .span = e.name_span};
    std::vector<std::string> names;
    bool good = true;
    const auto fail = [&](const char* code, Span at, std::string message, std::string label, std::string hint = {}) {
      out.error(code, at, std::move(message), std::move(label), std::move(hint));
      good = false;
    };
    for (const Word& w : e["numbers"].words) {
      const ParamId driver = s.driver(w.text), id = driver != none ? driver : s.parameter(w.text);
      const std::string bare(driver != none ? s.parameters[driver].name() : w.text);
      if (id == none) {
        std::vector<std::string> all;
        for (const auto& [name, of] : s.drivers) all.push_back(name);
        fail("E0321", w.span, "there is no number `" + w.text + "`", "neither a driver nor a path",
             did_you_mean(bare, all));
        continue;
      }
      const auto& n = s.parameters[id].number;
      if (n.form != number::Form::distribution || n.chance || n.distribution.is_fixed())
        fail("E0321", w.span, "`" + w.text + "` is not drawn by itself",
             n.chance                               ? "an event"
             : n.form == number::Form::distribution ? "a fixed number"
                                                    : "it follows from others",
             "name the uncertain numbers behind it");
      else if (const auto [at, fresh] = taken.emplace(id, e.name); !fresh)
        fail("E0321", w.span, "`" + w.text + "` hangs together with others already", "in `" + at->second + "`",
             "put all that hang together into one group");
      t.members.push_back(id);
      names.push_back(bare);
    }
    const std::size_t n = t.members.size();
    if (n < 2) fail("E0321", e.name_span, "at least two numbers hang together", "in this group");
    if (n > 100) fail("E0321", e.name_span, "more than a hundred numbers in one group", "");
    if (e.has("rank") == e.has("ranks"))
      fail("E0321", e.name_span, "a group has `rank` for all its pairs, or `ranks` by pair", "neither, or both");
    if (!good) continue;
    t.ranks.assign(n * (n - 1) / 2, e.has("rank") ? e["rank"].number.first() : none);
    for (const auto& [w, number] : e["ranks"].numbers()) {
      bool found = false;
      for (std::size_t i = 0; i < n && !found; ++i)
        for (std::size_t j = 0; j < i && !found; ++j)
          if (w.text == names[i] + "-" + names[j] || w.text == names[j] + "-" + names[i]) {
            found = true;
            t.ranks[i * (i - 1) / 2 + j] = number.first();
          }
      if (!found)
        fail("E0321", w.span, "`" + w.text + "` is no pair of this group", "two of its names with a hyphen between");
    }
    if (good && possible(t, names)) s.together.push_back(std::move(t));
  }
}

// At the ends and the middle of every correlation, all alike: what is possible at both ends is nearly always possible
// between.
bool CoreBuilder::possible(const Together& t, const std::vector<std::string>& names) {
  const std::size_t n = names.size();
  for (const double u : {0.5, 0.001, 0.999}) {
    number::Matrix r(n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) {
      r[i * n + i] = 1;
      for (std::size_t j = 0; j < i; ++j) {
        const ParamId id = t.ranks[i * (i - 1) / 2 + j];
        if (id == none) continue;
        const auto& number = s.parameters[id].number;
        if (number.form != number::Form::distribution) return true;  // a driver's: seen when it is drawn
        r[i * n + j] = r[j * n + i] = number::normal_of_rank(number.distribution.quantile(u));
      }
    }
    if (number::cholesky(r, n)) continue;
    const auto near = number::nearest_correlation(r, n);
    std::string hint = "the nearest that is possible:";
    for (std::size_t i = 0; i < n && n <= 6; ++i)
      for (std::size_t j = 0; j < i; ++j)
        hint += (hint.back() == ':' ? " " : ", ") + names[j] + "-" + names[i] + " " +
                number::show(number::rank_of_normal(0.999 * near[i * n + j]), 3);
    out.error("E0324", t.span, "no numbers can correlate so",
              u == 0.5 ? "at the medians of these correlations" : "at the ends of these correlations",
              n <= 6 ? hint : "");
    return false;
  }
  return true;
}

}  // namespace entente::situation
