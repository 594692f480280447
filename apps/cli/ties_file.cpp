#include "ties_file.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>

#include "entente/base/spelling.hpp"
#include "entente/text/file.hpp"

namespace entente::cli {
namespace {

using Cell = text::Table::Cell;
constexpr auto npos = text::Table::npos;

std::size_t column_named(const text::Table& table, std::initializer_list<std::string_view> names) {
  for (const auto name : names)
    for (std::size_t k = 0; k < table.columns.size(); ++k)
      if (std::ranges::equal(table.columns[k], name, {}, [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }))
        return k;
  return npos;
}

void read_ties(const text::Table& table, std::uint32_t file, Diagnostics& out, TiesFile& to, BothWays both) {
  const auto a = column_named(table, {"a", "source", "from", "sender", "rater", "actor1", "node1"}),
             b = column_named(table, {"b", "target", "to", "receiver", "ratee", "actor2", "node2"}),
             weight = column_named(table, {"weight", "rating", "sign", "value", "w"});
  if (a == npos || b == npos || weight == npos) {
    if (out.ok())
      out.error("E0630", {file, 0, 1}, "ties have the columns a, b and weight", "header row",
                "a,b,weight; source,target,rating and from,to,sign are taken too");
    return;
  }
  const bool directed = std::ranges::any_of(
      table.columns, [](const std::string& name) { return name == "rating" || name == "Rating" || name == "RATING"; });
  TiesTaken taken(to, out, both);
  for (const auto& row : table.rows) {
    const auto w = number_in(row[weight], "weight of a tie", "E0631", out);
    bool named = true;
    for (const auto at : {a, b})
      if (row[at].text.empty()) {
        out.error("E0632", row[at].span, "a tie has two actors", "a name");
        named = false;
      }
    if (named && row[a].text == row[b].text) {
      out.error("E0632", row[b].span, "a tie joins two different actors", "the same name");
      named = false;
    }
    if (named && w) taken.add(row[a].text, row[a].span, row[b].text, row[b].span, *w, directed);
  }
  if (out.ok() && to.actors.empty()) out.error("E0630", {file, 0, 1}, "there is no tie here", "header row only");
}

void read_sizes(const text::Table& table, std::uint32_t file, Diagnostics& out, TiesFile& to) {
  const auto who = table.column("actor"), size = table.column("size");
  if (who == npos || size == npos) {
    if (out.ok()) out.error("E0634", {file, 0, 1}, "sizes have the columns actor and size", "header row", "actor,size");
    return;
  }
  std::unordered_map<std::string, std::size_t> numbers;
  for (std::size_t i = 0; i < to.actors.size(); ++i) numbers[to.actors[i]] = i;
  to.size.assign(to.actors.size(), 0.0);
  for (const auto& row : table.rows) {
    const auto s = number_in(row[size], "size", "E0635", out);
    if (s && *s <= 0) out.error("E0635", row[size].span, "a size is above 0", "a number above 0");
    const auto it = numbers.find(row[who].text);
    if (!s || *s <= 0 || it == numbers.end()) continue;  // sizes of actors without a tie are passed over
    if (to.size[it->second] > 0) out.error("E0636", row[who].span, row[who].text + " has a size already", "the second");
    to.size[it->second] = *s;
  }
  for (std::size_t i = 0; i < to.actors.size() && out.ok(); ++i)
    if (to.size[i] == 0) {
      std::vector<std::string> known;
      for (const auto& row : table.rows) known.push_back(row[who].text);
      out.error("E0637", {file, 0, 1}, "`" + to.actors[i] + "` has ties and no size", "no row for it",
                did_you_mean(to.actors[i], known));
    }
}

}  // namespace

std::uint32_t TiesTaken::actor(const std::string& name) {
  const auto [it, fresh] = numbers_.try_emplace(name, static_cast<std::uint32_t>(to_.actors.size()));
  if (fresh) to_.actors.push_back(name);
  return it->second;
}

void TiesTaken::add(const std::string& a, Span a_place, const std::string& b, Span, double weight, bool directed) {
  const TiesFile::Tie tie{actor(a), actor(b), weight};
  const bool forth = tie.a < tie.b;
  const auto [it, fresh] =
      seen_.try_emplace(std::minmax(tie.a, tie.b), Seen{to_.ties.size(), a_place, directed, forth, !forth, weight});
  if (fresh) {
    to_.ties.push_back(tie);
    return;
  }
  Seen& before = it->second;
  const bool again = (forth && before.forth) || (!forth && before.back);  // the same way, or both ways already
  if (!again && (weight == before.first || both_ != BothWays::refuse)) {
    before.forth = before.back = true;
    double& w = to_.ties[before.tie].weight;
    if (both_ == BothWays::sum) w = before.first + weight;
    else if (both_ == BothWays::mean) w = (before.first + weight) / 2;
    return;
  }
  auto& d = again ? out_.error("E0633", a_place, a + " and " + b + " have a tie already",
                               before.first == weight ? "the second" : "the second, with another weight",
                               "one row for a pair, or one for each way")
                  : out_.error("E0633", a_place, a + " and " + b + " have a tie already",
                               "the way back, with another weight", "`--both sum` or `--both mean` joins the two");
  d.remarks.push_back({before.place, "the first"});
}

std::optional<std::uint32_t> TiesFile::actor(const std::string& name) const {
  const auto it = std::ranges::find(actors, name);
  if (it == actors.end()) return std::nullopt;
  return static_cast<std::uint32_t>(it - actors.begin());
}

NameOf named(const TiesFile& t) {
  return [&t](std::string_view kind, std::size_t k) -> std::string {
    if (kind == "actor" && k < t.actors.size()) return t.actors[k];
    if ((kind == "tie" || kind == "ties") && k < t.ties.size())
      return "the tie of " + t.actors[t.ties[k].a] + " and " + t.actors[t.ties[k].b];
    return {};
  };
}

std::optional<blocs::Setting> blocs_setting(const std::string& word) {
  if (word == "free") return blocs::Setting{blocs::Number::free, 0};
  std::uint32_t k = 0;
  const char* end = word.data() + word.size();
  const auto r = std::from_chars(word.data(), end, k);
  if (r.ec != std::errc{} || r.ptr != end || k == 0) return std::nullopt;
  return k == 2 ? blocs::Setting{blocs::Number::two, 2} : blocs::Setting{blocs::Number::exactly, k};
}

std::optional<text::Table> open_table(const std::string& path, Opened& o, const Common& c, std::uint32_t& file,
                                      int& code) {
  auto content = text::read_file(path, std::size_t{64} << 20);
  if (!content) {
    code = fail(content.error(), c);
    return std::nullopt;
  }
  file = o.sources.add(path, std::move(*content));
  return text::read_table(o.sources, file, o.diagnostics);
}

std::optional<double> number_in(const Cell& cell, const char* what, const char* code, Diagnostics& out) {
  double x = 0;
  const char *begin = cell.text.data(), *end = begin + cell.text.size();
  if (cell.text.size() > 1 && cell.text[0] == '+' && cell.text[1] != '-') ++begin;  // +1 as people write it
  const auto r = std::from_chars(begin, end, x);
  if (r.ec == std::errc{} && r.ptr == end && std::isfinite(x)) return x;
  out.error(code, cell.span, "`" + cell.text.substr(0, 40) + "` is no " + what, "a number");
  return std::nullopt;
}

int read_ties_file(const std::string& path, const std::string& sizes, Opened& o, const Common& c, TiesFile& out,
                   BothWays both) {
  std::uint32_t file = 0;
  int code = ok;
  auto content = text::read_file(path, std::size_t{64} << 20);
  if (!content) return fail(content.error(), c);
  file = o.sources.add(path, std::move(*content));
  std::string_view text = o.sources[file].text();
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  while (!text.empty() && (text[0] == ' ' || text[0] == '\n' || text[0] == '\r')) text.remove_prefix(1);
  if (text.starts_with('*') || text.starts_with('%') || path.ends_with(".net"))
    read_pajek(o.sources[file].text(), file, o.diagnostics, out, both);
  else read_ties(text::read_table(o.sources, file, o.diagnostics), file, o.diagnostics, out, both);
  if (!sizes.empty() && o.diagnostics.ok()) {
    const auto table = open_table(sizes, o, c, file, code);
    if (!table) return code;
    read_sizes(*table, file, o.diagnostics, out);
  }
  if (o.diagnostics.ok()) return ok;
  say(o, c);
  return bad_input;
}

}  // namespace entente::cli
