// `entente solve choice`: actors with a position on one scale; where they come out, and how sure that is.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "entente/kernel/choice.hpp"
#include "entente/text/file.hpp"
#include "entente/text/table.hpp"
#include "opened.hpp"
#include "verdict.hpp"

namespace entente::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Named {
  std::vector<std::string> actors;
  choice::Scale scale;
  bool percent = false;  // saliences were written from 0 to 100
};

void read_actors(const text::Table& table, std::uint32_t file, Diagnostics& out, Named& to) {
  const auto name = table.column("actor"), position = table.column("position"), salience = table.column("salience"),
             capability = table.column("capability"), veto = table.column("veto");
  if (std::max({name, position, salience, capability}) == text::Table::npos) {
    if (out.ok())
      out.error("E0650", {file, 0, 1}, "actors have the columns actor, position, salience and capability", "header row",
                "actor,position,salience,capability");
    return;
  }
  const auto number = [&](const text::Table::Cell& cell, double least, double most, const char* what,
                          const char* want) {
    double x = 0;
    const auto r = std::from_chars(cell.text.data(), cell.text.data() + cell.text.size(), x);
    if (r.ec != std::errc{} || r.ptr != cell.text.data() + cell.text.size() || !(x >= least && x <= most)) {
      out.error("E0651", cell.span, "`" + cell.text.substr(0, 40) + "` is no " + what, want);
      return 0.0;
    }
    return x;
  };
  for (const auto& row : table.rows) {
    if (row[name].text.empty()) out.error("E0652", row[name].span, "an actor has a name", "a name");
    else if (std::ranges::find(to.actors, row[name].text) != to.actors.end())
      out.error("E0652", row[name].span, row[name].text + " stands here already", "the second time");
    to.actors.push_back(row[name].text);
    choice::Actor a;
    a.position = number(row[position], -1e100, 1e100, "position", "a number");
    a.salience = number(row[salience], 0, 100, "salience", "a number from 0 to 100, or from 0 to 1 in all rows");
    a.capability = number(row[capability], 0, 1e100, "capability", "a number from 0");
    to.percent = to.percent || a.salience > 1;
    if (veto != text::Table::npos) {
      const auto& v = row[veto].text;
      a.veto = v == "1" || v == "yes" || v == "true";
      if (!a.veto && !v.empty() && v != "0" && v != "no" && v != "false")
        out.error("E0653", row[veto].span, "`" + v.substr(0, 40) + "` is neither yes nor no", "yes or no");
    }
    to.scale.actors.push_back(a);
  }
  if (out.ok() && to.actors.empty()) out.error("E0650", {file, 0, 1}, "there is no actor here", "header row only");
  if (to.percent)
    for (auto& a : to.scale.actors) a.salience /= 100;
}

Json with_challenge(const Named& n, const choice::Scale& s, Json out) {
  const auto rounds = choice::challenge(s);
  if (!rounds) return out;
  static const char* words[] = {"stays", "loses to", "compromises with", "gives in to"};
  Json list = Json::array();
  for (const auto& r : *rounds) {
    Json moves = Json::object();
    for (std::size_t i = 0; i < r.move.size(); ++i)
      if (r.move[i] != choice::Move::stays)
        moves[n.actors[i]] = {{words[static_cast<int>(r.move[i])], n.actors[r.towards[i]]}, {"at", r.position[i]}};
    list.push_back({{"median", r.median}, {"mean", r.mean}, {"moves", moves}});
  }
  out["challenge"] = {
      {"rounds", list},
      {"note", "for replication only: on known decisions this model misses by more than the mean does"}};
  return out;
}

}  // namespace

int solve_choice(const std::string& path, const ChoiceArgs& a, const Common& c) {
  Opened o;
  auto content = text::read_file(path, std::size_t{64} << 20);
  if (!content) return fail(content.error(), c);
  const auto file = o.sources.add(path, std::move(*content));
  Named named;
  read_actors(text::read_table(o.sources, file, o.diagnostics), file, o.diagnostics, named);
  say(o, c);
  if (!o.diagnostics.ok()) return bad_input;
  auto& s = named.scale;
  const NameOf of_actor = [&](std::string_view kind, std::size_t k) {
    return kind == "actor" && k < named.actors.size() ? named.actors[k] : std::string();
  };
  s.status_quo = a.status_quo;
  s.lower = a.lower;
  s.upper = a.upper;
  if (auto ok = choice::validate(s); !ok) return fail(ok.error(), c, o, of_actor);
  const auto centre = choice::centre(s);
  const auto f = choice::forecast(s);
  if (!f) return fail(f.error(), c, o, of_actor);
  Json out{{"actors", named.actors},
           {"salience", named.percent ? "from 0 to 100" : "from 0 to 1"},
           {"mean", centre.mean},
           {"mean_equal_weights", centre.mean_equal},
           {"median", centre.median}};
  if (centre.median_low != centre.median_high) out["median_interval"] = {centre.median_low, centre.median_high};
  Json atoms = Json::array();
  for (const auto& at : f->atoms) atoms.push_back({{"at", at.position}, {"chance", at.mass}});
  Json quantiles = Json::object();
  for (const auto& [key, u] : {std::pair{"5 %", 0.05}, {"25 %", 0.25}, {"50 %", 0.5}, {"75 %", 0.75}, {"95 %", 0.95}})
    quantiles[key] = choice::quantile(*f, u);
  out["forecast"] = {{"centre", f->centre},    {"poles", {f->lower, f->upper}},   {"at_points", atoms},
                     {"quantiles", quantiles}, {"mean_absolute_error", f->error}, {"calibrated", f->calibrated}};
  if (f->vetoed > 0) out["forecast"]["vetoed"] = f->vetoed;
  if (!std::isnan(s.status_quo)) {
    const bool vetoes = std::ranges::any_of(s.actors, &choice::Actor::veto);
    const auto bargain = [&](choice::Loss loss, choice::Parties who) {
      const auto b = choice::nash(s, loss, who);
      if (!b) return Json(nullptr);
      Json j{{"agreement", b->agreement}, {"outcome", b->outcome}};
      if (b->agreement) j["all_gain_between"] = {b->lower, b->upper};
      j["judge"] = choice::check(s, *b, loss, who);
      return j;
    };
    out["nash"] = bargain(choice::Loss::quadratic, choice::Parties::all);
    out["nash_absolute_loss"] = bargain(choice::Loss::absolute, choice::Parties::all);
    if (vetoes) out["nash_of_veto_players"] = bargain(choice::Loss::quadratic, choice::Parties::vetoes);
    const auto w = choice::win_set(s, {.quota = a.quota});
    if (!w) return fail(w.error(), c, o, of_actor);
    Json pivots = Json::array();
    for (const auto i : w->pivots) pivots.push_back(named.actors[i]);
    Json ends = Json::array();
    if (w->low_is_end) ends.push_back("lower");
    if (w->high_is_end) ends.push_back("upper");
    out["win_set"] = {{"empty", w->empty()},
                      {"low", w->low},
                      {"high", w->high},
                      {"held_by", pivots},
                      {"nearest_to_mean", w->nearest}};
    if (!ends.empty()) out["win_set"]["cut_by_scale"] = ends;
  }
  out["judge"] = {{"centre", choice::check(s, centre)}, {"forecast", choice::check(*f)}};
  if (a.challenge) out = with_challenge(named, s, std::move(out));
  constexpr double most = 1e-3;  // the forecast is integrated numerically
  return conclude(out,
                  {{"judge", "centre"},
                   {"judge", "forecast"},
                   {"nash", "judge"},
                   {"nash_absolute_loss", "judge"},
                   {"nash_of_veto_players", "judge"}},
                  ok, most);
}

}  // namespace entente::cli
