// `entente solve voting`: weighted votes, exactly.
#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "entente/kernel/voting.hpp"
#include "opened.hpp"

namespace entente::cli {
namespace {

using Json = nlohmann::ordered_json;

// A JSON number that every reader takes exactly, or its digits as a string.
Json count(Uint128 n) { return n <= (Uint128{1} << 53) ? Json(static_cast<std::uint64_t>(n)) : Json(text(n)); }
Json counts(const std::vector<Uint128>& all) {
  Json out = Json::array();
  for (const Uint128 n : all) out.push_back(count(n));
  return out;
}
Json fractions(const std::vector<Fraction>& all) {
  Json out = Json::array();
  for (const Fraction& f : all) out.push_back(text(f));
  return out;
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
    voting::Majority m{.quota = args.quotas[k]};
    const std::string& list = args.weights[k];
    for (std::size_t from = 0; from <= list.size();) {
      const std::size_t comma = std::min(list.find(',', from), list.size());
      std::int64_t w = 0;
      const auto r = std::from_chars(list.data() + from, list.data() + comma, w);
      if (r.ec != std::errc{} || r.ptr != list.data() + comma)
        return complain(
            usage, "E0731",
            "`" + list.substr(from, std::min<std::size_t>(comma - from, 40)) + "` in --weights is no integer", sample,
            c);
      m.weights.push_back(w);
      from = comma + 1;
    }
    way.push_back(std::move(m));
  }
  rule.voters = static_cast<unsigned>(way.front().weights.size());
  rule.ways.push_back(std::move(way));
  if (args.blocking > 0) {
    if (args.blocking > rule.voters)
      return complain(wrong, "E0732",
                      "a blocking minority of " + std::to_string(args.blocking) + " among " +
                          std::to_string(rule.voters) + " voters",
                      {}, c);
    if (args.blocking == rule.voters)
      return complain(wrong, "E0732", "a blocking minority of all voters: any single vote would pass", {}, c);
    rule.ways.push_back({{rule.voters - args.blocking + 1, std::vector<std::int64_t>(rule.voters, 1)}});
  }
  for (const unsigned v : args.veto) {
    if (v == 0 || v > rule.voters)
      return complain(wrong, "E0733",
                      "voter " + std::to_string(v) + " of --veto is not there: there are voters 1 to " +
                          std::to_string(rule.voters),
                      {}, c);
    rule.veto.push_back(v - 1);
  }
  const auto p = voting::power(rule);
  if (!p) return fail(p.error(), c);
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
  return fine;
}

}  // namespace entente::cli
