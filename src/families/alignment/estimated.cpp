#include "families/alignment/estimated.hpp"

#include <cmath>

#include "entente/base/random.hpp"
#include "entente/base/spelling.hpp"
#include "entente/number/correlation.hpp"
#include "world/rows.hpp"

namespace entente::situation {
namespace {

using world::Table;

constexpr std::string_view known[]{"constant", "pacts",      "disputes", "last-side",   "rivalry",
                                   "regime",   "contiguity", "distance", "third-party", "votes"};

std::vector<Table> tables_of(std::string_view evidence) {
  if (evidence == "pacts") return {Table::pacts};
  if (evidence == "disputes" || evidence == "last-side") return {Table::disputes};
  if (evidence == "rivalry") return {Table::rivalries};
  if (evidence == "regime") return {Table::regime};
  if (evidence == "contiguity") return {Table::contiguity};
  if (evidence == "distance") return {Table::capitals};
  if (evidence == "third-party") return {Table::pacts, Table::disputes, Table::rivalries};
  if (evidence == "votes") return {Table::votes};
  return {};
}

std::string all_named() {
  std::string out;
  for (const auto n : known) out += std::string(n) + ", ";
  return out + "or all";
}

}  // namespace

std::shared_ptr<const ask::Record> read_record(const std::string& folder, SourceMap& sources, Diagnostics& out,
                                               const text::Files& files) {
  const std::string path = folder + "/record.csv";
  auto text = files.read(path, 1u << 20u, true);
  if (!text) return nullptr;
  const std::size_t before = out.errors();
  world::Rows rows(sources, sources.add(path, std::move(*text)),
                   {"of", "events", "brier", "baseline", "baseline-brier", "low", "high", "told", "came-true", "pairs"},
                   out);
  auto r = std::make_shared<ask::Record>();
  r->page = "docs/guide/who-stands-with-whom.md";
  while (rows.next()) {
    r->of = std::string(rows[0]);
    r->events = static_cast<std::size_t>(rows.whole(1));
    r->brier = rows.number(2);
    r->baseline = std::string(rows[3]);
    r->baseline_brier = rows.number(4);
    r->difference_low = rows.number(5), r->difference_high = rows.number(6);
    r->curve.push_back({rows.number(7), rows.number(8), static_cast<std::size_t>(rows.whole(9))});
  }
  if (out.errors() != before || r->curve.empty()) return nullptr;
  return r;
}

void WorldEvidence::folder(const Entry& root) {
  const Value& section = root["states"];
  if (!section.present || section.entries.empty() || !section.entries.front().has("tables")) return;
  const Value& v = section.entries.front()["tables"];
  path_ = (reader.folder() / v.text).lexically_normal().string();
  path_at_ = v.span;
  if (reader.files().within(path_, reader.roots())) return;
  out.error("E0330", v.span, "tables of the world lie in the situation's own folder", "this leads out of it",
            allow_hint);
  tried_ = true;
}

bool WorldEvidence::open(Span at) {
  if (tried_) return there_;
  tried_ = true;
  if (path_.empty())
    if (auto found = world::bundled_tables(reader.files())) path_ = std::move(*found);
  if (path_.empty()) {
    out.error("E0900", at, "the program's tables of the world are not where it looks for them",
              "beside the program or above it: data/world, share/entente/data/world", "states: {tables: FOLDER}");
    return false;
  }
  // Complaints about a table are told in a line here: its text is no part of the situation.
  SourceMap files;
  Diagnostics found;
  world_ = world::World::open(path_, files, found, reader.files());
  auto sets = world::read_weights(path_, files, found, hash_, reader.files());
  record_ = read_record(path_, files, found, reader.files());
  for (std::uint32_t k = 0; k < files.size(); ++k)
    hash_ = (hash_ ^ stable_hash(files[k].text())) * 0x9e3779b97f4a7c15ull;
  for (const auto& d : found.all()) {
    if (d.severity != Severity::error) continue;
    std::string where;
    if (d.span.known())
      where =
          " (" + files[d.span.file].name() + ":" + std::to_string(files[d.span.file].position(d.span.begin).line) + ")";
    out.error(d.code, path_at_.known() ? path_at_ : at, d.message + where, d.label, d.hint);
    return false;
  }
  sets_ = std::move(*sets);
  year_ = s.as_of.size() >= 4 ? std::stoi(s.as_of.substr(0, 4)) : 0;
  if (s.as_of.ends_with("-12-31")) ++year_;  // the whole year is known
  set_ = &world::nearest(sets_, world::Ages::at(year_));
  source_ = static_cast<std::uint32_t>(s.sources.size());
  s.sources.push_back({.id = "two-centuries",
                       .title = "Weights of sixteen kinds of tie, estimated from the disputes of two centuries "
                                "(data/world/weights.csv, " +
                                set_->set + ")",
                       .publisher = "entente history --events disputes --weights",
                       .date = {},
                       .url = {},
                       .grade = "B2",
                       .note = "docs/guide/who-stands-with-whom.md scores them"});
  there_ = true;
  return true;
}

bool WorldEvidence::read(const Entry& e, Evidence& evidence) {
  evidence.name = e.name;
  evidence.span = e.name_span;
  evidence.estimated = e["weight"].text == "estimated";
  const bool own = e.wrote("ties") || e.wrote("table");
  const std::string kind = e.has("kind") ? e["kind"].text : e.name;
  if (!evidence.estimated && !e.has("kind") && (own || kind != "constant")) return false;
  const Span at = e.has("kind") ? e["kind"].span : evidence.estimated ? e["weight"].span : e.name_span;
  if (own) {
    out.error(
        "E0822", at, "evidence of one's own was not estimated", "it has values here",
        "a weight of its own, such as 0.2 to 0.4; or leave out its values, and those of the world's tables are read");
    return true;
  }
  if (kind != "all" && std::ranges::find(known, kind) == std::ranges::end(known)) {
    std::vector<std::string> names(std::ranges::begin(known), std::ranges::end(known));
    out.error("E0822", at, "the tables of the world hold no evidence `" + kind + "`",
              "only what they hold was estimated",
              did_you_mean(kind, names).empty() ? "they hold " + all_named() : did_you_mean(kind, names));
    return true;
  }
  for (std::size_t k = 0; k < world::kinds; ++k)
    if (kind == "all" || kind == world::kind(k).evidence) evidence.kinds.push_back(k);
  if (!evidence.estimated) {
    if (kind != "constant") {
      out.error("E0822", at, "what the tables hold of `" + kind + "` has the weight that was estimated",
                "a weight of one's own", "weight: estimated");
      return true;
    }
    evidence.weights.push_back(only(e["weight"].number));
    return true;
  }
  if (!open(at)) return true;
  bool good = true;
  for (const std::string_view one : known)
    if (kind == "all" || kind == one)
      for (const Table t : tables_of(one)) {
        if (world_.has(t)) continue;
        Diagnostics missing;
        (void)world_.need(t, missing);
        const auto& d = missing.all().front();
        out.error(d.code, at, d.message, "needs it", d.hint);
        good = false;
      }
  if (!good) return true;
  for (const std::size_t k : evidence.kinds) {
    const double sd = std::sqrt(set_->covariance[k * world::kinds + k]);
    Parameter p;
    p.path = e.path + "." + world::kind(k).name;
    p.source = source_;
    p.grade = s.sources[source_].grade;
    p.span = e["weight"].span;
    p.number.distribution = number::Distribution::normal(set_->estimate[k], sd).value();
    p.number.text = "estimated";
    p.number.span = p.span;
    const ParamId id = reader.add(std::move(p));
    evidence.weights.push_back(id);
    drawn_.emplace_back(k, id);
    drawn_at_.push_back(e.name_span);
  }
  return true;
}

void WorldEvidence::together() {
  if (drawn_.size() < 2) return;
  Together t{.name = "estimated together", .members = {}, .ranks = {}, .span = drawn_at_.front()};
  for (std::size_t i = 0; i < drawn_.size(); ++i) {
    t.members.push_back(drawn_[i].second);
    for (std::size_t j = 0; j < i; ++j) {
      const std::size_t a = drawn_[i].first, b = drawn_[j].first;
      const auto& c = set_->covariance;
      const double r =
          a == b ? 0 : c[a * world::kinds + b] / std::sqrt(c[a * world::kinds + a] * c[b * world::kinds + b]);
      t.ranks.push_back(reader.add_fixed(
          "evidence.estimated." + std::string(world::kind(a).name) + "." + std::to_string(i) + "." + std::to_string(j),
          number::rank_of_normal(r), t.span));
    }
  }
  s.together.push_back(std::move(t));
}

std::shared_ptr<const Estimated> WorldEvidence::of(const std::vector<ActorId>& actors,
                                                   const std::vector<const Evidence*>& kinds, Span at) {
  auto e = std::make_shared<Estimated>();
  std::vector<Span> seen(world::kinds);
  bool read = false, good = true;
  for (const Evidence* x : kinds) {
    if (x->weights.size() != x->kinds.size()) return nullptr;  // complained about
    for (std::size_t k = 0; k < x->kinds.size(); ++k) {
      if (seen[x->kinds[k]].known()) {
        auto& d =
            out.error("E0825", x->span, "`" + std::string(world::kind(x->kinds[k]).name) + "` counts twice",
                      "in two kinds of evidence of one question", "`evidence` of the question says which kinds count");
        d.remarks.push_back({seen[x->kinds[k]], "the other one"});
        return nullptr;
      }
      seen[x->kinds[k]] = x->span;
      e->kinds.push_back({.kind = x->kinds[k], .weight = x->weights[k]});
      read = read || x->estimated;
    }
  }
  const std::size_t n = actors.size(), pairs = n * (n - 1) / 2;
  e->whole = e->kinds.size() == world::kinds && std::ranges::all_of(kinds, &Evidence::estimated);
  if (!read) {  // a constant
    e->value.assign(pairs, 1.0);
    e->kinds.front().known = pairs;
    return e;
  }
  if (!open(at)) return nullptr;
  std::vector<world::State> states;
  for (const ActorId a : actors) {
    const Actor& x = s.actors[a];
    Diagnostics found;
    const world::State state = world_.state(x.state, year_, found);
    for (const auto& d : found.all()) {
      auto& told =
          out.error(d.code, x.state_span, d.message, d.label,
                    !d.hint.empty() && d.code == "E0905" ? d.hint
                    : d.code == "E0905"                  ? "leave it out of the question"
                                        : d.hint + "; `" + x.id + ": {name: …, state: DEU}` says which state it is");
      told.remarks.push_back({at, "the question that asks the tables about it"});
      good = false;
    }
    if (state != world::nobody && std::ranges::find(states, state) != states.end()) {
      out.error("E0826", x.state_span, "`" + x.state + "` is one state of the tables with another actor's",
                "two actors of one question", "states have one code through history: data/world/README.md");
      good = false;
    }
    states.push_back(state);
  }
  if (!good) return nullptr;
  e->year = year_, e->set = set_->set;
  if (e->whole) e->record = record_;
  const world::Eve eve(world_, year_, states, world::Ages::at(year_));
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = i + 1; j < n; ++j)
      for (auto& k : e->kinds) {
        const world::Dyad& d = eve(i, j);
        e->value.push_back(d.value[k.kind]);
        k.known += d.known >> k.kind & 1u;
      }
  return e;
}

}  // namespace entente::situation
