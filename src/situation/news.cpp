// What became known later. An item either speaks for or against a condition, by how likely it was to become known where
// that is true, false and undefined; or it reads a quantity. Its numbers have places, sources and grades as all others
// and are drawn for no answer. Whether its condition and quantity mean anything is seen when somebody follows it.
#include <algorithm>
#include <map>
#include <tuple>

#include "sections.hpp"

namespace entente::situation {
namespace {

// The number of a field, one of news from now on; a formula or a driver there would be an input of the answer.
ParamId of_news(const Entry& e, const char* field, Reader& reader, Diagnostics& out) {
  if (!e.has(field)) return none;
  const ParamId id = e[field].number.first();
  Parameter& p = reader.parameters[id];
  p.role = Role::news;
  if (p.number.form != number::Form::distribution) {
    out.error("E0845", e[field].span, "`" + std::string(field) + "` of news is a number of its own",
              "not a formula or a driver", "such as `50 to 80 % chance`; what is uncertain in it is averaged over");
    return none;
  }
  return id;
}

}  // namespace

void CoreBuilder::news(const Entry& root) {
  std::map<std::string_view, std::vector<const Entry*>> groups;
  for (const Entry& e : root["news"].entries) {
    News n{.name = e.name,
           .says = e["says"].text,
           .date = e["date"].text,
           .condition = e["if"].text,
           .quantity = e["measures"].text,
           .place = reader.place_of(e[e.has("if") ? "if" : "measures"]),
           .likely = of_news(e, "likely", reader, out),
           .unlikely = of_news(e, "unlikely", reader, out),
           .reads = of_news(e, "reads", reader, out),
           .otherwise = of_news(e, "else", reader, out),
           .group = e["group"].text,
           .source = e.source,
           .span = e.name_span,
           .reads_span = e["reads"].span};
    const std::string& as_of = root["as_of"].text;
    if (!n.date.empty() && !as_of.empty() && n.date <= as_of)
      out.error("E0842", e["date"].span, "this was known by the day whose knowledge the situation is",
                "not after " + as_of, "what was known on the day is an input: write it where its number stands");
    const bool condition = e.wrote("if"), quantity = e.wrote("measures");
    if (condition == quantity)
      out.error("E0843", condition ? e["measures"].key : e.name_span,
                condition ? "news speaks of a condition or reads a quantity, not both" : "this news speaks of nothing",
                condition ? "one of the two" : "neither `if` nor `measures`",
                "`if: CLAIM` with `likely` and `unlikely`, or `measures: QUANTITY` with `reads`");
    for (const char* field : {"likely", "unlikely"})
      if (condition && !quantity && !e.wrote(field))
        out.error("E0844", e.name_span, "how likely this news was is not said",
                  "`" + std::string(field) + "` is missing",
                  "the chance of hearing it where the condition is true (`likely`) and where it is false (`unlikely`)");
      else if (quantity && !condition && e.wrote(field))
        out.error("E0844", e[field].key, "a reading has no `" + std::string(field) + "`", "it goes with `if`",
                  "`reads: 210 +- 15 USD/kcm`");
    if (quantity && !condition && !e.wrote("reads"))
      out.error("E0844", e.name_span, "what was read is not said", "`reads` is missing", "`reads: 210 +- 15 USD/kcm`");
    if (condition && !quantity && e.wrote("reads"))
      out.error("E0844", e["reads"].key, "a condition is not read", "`reads` goes with `measures`",
                "`likely` and `unlikely` say how likely the news was");
    if (n.reads != none) {
      const auto& d = reader.parameters[n.reads].number.distribution;
      if (d.is_fixed() || d.discrete())
        out.error("E0845", e["reads"].span, "a reading has a spread", "this has no density",
                  "such as `210 +- 15 USD/kcm`: that of the reading and of the model together");
    }
    if (e.wrote("counts") && n.group.empty())
      out.error("E0846", e["counts"].key, "only news of a group counts or does not", "no `group`",
                "`group: NAME` at all that tell the same thing");
    n.counts = n.group.empty() || e["counts"].flag;
    if (!n.group.empty()) groups[e["group"].text].push_back(&e);
    s.news.push_back(std::move(n));
  }
  for (const auto& [name, items] : groups) {
    const auto counting = std::ranges::count_if(items, [](const Entry* e) { return (*e)["counts"].flag; });
    if (counting == 1) continue;
    out.error("E0846", (*items.back())["group"].span, "of a group of news one item counts",
              counting == 0 ? "none says `counts: true`" : "several say so",
              "they tell one thing, which is heard once");
  }
  std::ranges::sort(s.news, {}, [](const News& n) { return std::tie(n.date, n.name); });
}

}  // namespace entente::situation
