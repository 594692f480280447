// `entente solve voting`: weighted votes, exactly.
#include <algorithm>
#include <expected>
#include <nlohmann/json.hpp>
#include <string_view>

#include "commands.hpp"
#include "entente/kernel/voting.hpp"
#include "opened.hpp"
#include "time_limit.hpp"

namespace entente::cli {
namespace {

using Json = nlohmann::ordered_json;

// A JSON number that every reader takes exactly, or its digits as a string.
Json count(Uint128 n) { return n <= (Uint128{1} << 53) ? Json(static_cast<std::uint64_t>(n)) : Json(to_text(n)); }
Json counts(const std::vector<Uint128>& all) {
  Json out = Json::array();
  for (const Uint128 n : all) out.push_back(count(n));
  return out;
}
Json fractions(const std::vector<Fraction>& all) {
  Json out = Json::array();
  for (const Fraction& f : all) out.push_back(to_text(f));
  return out;
}

// A decimal without exponent: digits over a power of ten.
struct Decimal {
  std::int64_t digits = 0;
  int places = 0;
};
std::optional<Decimal> decimal(std::string_view text) {
  Decimal d;
  bool point = false, any = false;
  for (const char c : text) {
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9' || d.digits > (std::int64_t{1} << 58)) return std::nullopt;
    d.digits = 10 * d.digits + (c - '0');
    d.places += point;
    any = true;
  }
  while (d.places > 0 && d.digits % 10 == 0) d.digits /= 10, --d.places;
  if (d.digits == 0) d.places = 0;
  return any ? std::optional(d) : std::nullopt;
}
std::optional<std::int64_t> scaled(const Decimal& d, int places) {
  Int128 out = d.digits;
  for (int k = d.places; k < places; ++k)
    if ((out *= 10) > (Int128{1} << 62)) return std::nullopt;
  return static_cast<std::int64_t>(out);
}

// The majority in whole numbers: all of it times the same power of ten. An error is the text that is no number.
std::expected<voting::Majority, std::string> majority(std::string quota, const std::string& list) {
  std::vector<Decimal> weights;
  int places = 0;
  for (std::size_t from = 0; from <= list.size();) {
    const std::size_t comma = std::min(list.find(',', from), list.size());
    std::string_view cell(list.data() + from, comma - from);
    const auto space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!cell.empty() && space(cell.front())) cell.remove_prefix(1);
    while (!cell.empty() && space(cell.back())) cell.remove_suffix(1);
    for (std::size_t at = 0; at <= cell.size();) {  // spaces separate as well
      std::size_t end = at;
      while (end < cell.size() && !space(cell[end])) ++end;
      const auto d = decimal(cell.substr(at, end - at));
      if (!d) return std::unexpected(std::string(cell.substr(at, std::min<std::size_t>(end - at, 40))));
      weights.push_back(*d);
      places = std::max(places, d->places);
      while (end < cell.size() && space(cell[end])) ++end;
      at = end;
      if (at >= cell.size()) break;
    }
    from = comma + 1;
  }
  const bool share = quota.ends_with('%');
  if (share) quota.pop_back();
  const auto q = decimal(quota);
  if (!q) return std::unexpected(quota);
  if (!share) places = std::max(places, q->places);
  voting::Majority m;
  Int128 sum = 0;
  for (const Decimal& d : weights) {
    const auto w = scaled(d, places);
    if (!w) return std::unexpected("weights of so many digits");
    m.weights.push_back(*w);
    sum += *w;
  }
  if (share) {  // at least so much of the sum
    Int128 over = 100;
    for (int k = 0; k < q->places; ++k) over *= 10;
    const auto least = (sum * q->digits + over - 1) / over;
    m.quota = least > (Int128{1} << 62) ? (std::int64_t{1} << 62) : static_cast<std::int64_t>(least);
  } else if (const auto whole = scaled(*q, places)) {
    m.quota = *whole;
  } else {
    return std::unexpected(quota);
  }
  return m;
}

int many_voters(const voting::Rule& rule, const Error& small, const VotingArgs& args, const Common& c) {
  const TimeLimit limit(args.seconds);
  const auto p = voting::large_power(rule, limit.token());
  if (!p) return fail(rule.voters > 120 ? p.error() : small, c);
  const Json out{{"voters", p->voters},
                 {"winning", p->winning},
                 {"coalitions", p->coalitions},
                 {"swings", p->swings},
                 {"banzhaf", p->banzhaf},
                 {"banzhaf_exact", p->banzhaf_exact},
                 {"banzhaf_absolute", p->banzhaf_raw},
                 {"shapley_shubik", nullptr},
                 {"shapley_shubik_note", "needs counts by size as well: too many voters with too large weights"},
                 {"counted_by", "table of sums"},
                 {"steps", p->steps}};
  print(out.dump(2) + "\n");
  return ok;
}

}  // namespace

int solve_voting(const VotingArgs& args, const Common& c) {
  const char* sample = "such as --quota 39 --weights 7,7,7,7,7,1,1,1,1,1,1,1,1,1,1";
  if (args.quotas.size() != args.weights.size())
    return complain(usage, "E0730",
                    std::to_string(args.quotas.size()) + " quotas and " + std::to_string(args.weights.size()) +
                        " lists of weights: every majority has both",
                    sample, c);
  voting::Rule rule;
  voting::Way way;
  for (std::size_t k = 0; k < args.weights.size(); ++k) {
    auto m = majority(args.quotas[k], args.weights[k]);
    if (!m) return complain(usage, "E0731", "`" + m.error() + "` in --weights or --quota is no number", sample, c);
    way.push_back(std::move(*m));
  }
  rule.voters = static_cast<unsigned>(way.front().weights.size());
  rule.ways.push_back(std::move(way));
  if (args.blocking > 0) {
    if (args.blocking > rule.voters)
      return complain(bad_input, "E0732",
                      "a blocking minority of " + std::to_string(args.blocking) + " among " +
                          std::to_string(rule.voters) + " voters",
                      {}, c);
    if (args.blocking == rule.voters)
      return complain(bad_input, "E0732", "a blocking minority of all voters: any single vote would pass", {}, c);
    rule.ways.push_back({{rule.voters - args.blocking + 1, std::vector<std::int64_t>(rule.voters, 1)}});
  }
  for (const unsigned v : args.veto) {
    if (v == 0 || v > rule.voters)
      return complain(bad_input, "E0733",
                      "voter " + std::to_string(v) + " of --veto is not there: there are voters 1 to " +
                          std::to_string(rule.voters),
                      {}, c);
    rule.veto.push_back(v - 1);
  }
  const auto p = voting::power(rule);
  if (!p) return p.error().kind == ErrorKind::too_large ? many_voters(rule, p.error(), args, c) : fail(p.error(), c);
  Json out{{"voters", p->voters},
           {"winning", count(p->winning)},
           {"coalitions", count(Uint128{1} << p->voters)},
           {"swings", counts(p->swings)},
           {"banzhaf", p->banzhaf},
           {"banzhaf_exact", fractions(p->banzhaf_fraction)},
           {"banzhaf_absolute", p->banzhaf_raw},
           {"shapley_shubik", p->shapley_shubik}};
  if (p->exact) out["shapley_shubik_exact"] = fractions(p->shapley_shubik_fraction);
  out["counted_by"] = p->used == voting::Method::halves ? "halves" : "dynamic programming";
  print(out.dump(2) + "\n");
  return ok;
}

}  // namespace entente::cli
