// Scales: positions by actor, ends, status quo. Ends and positions that are written as numbers are held against one
// another here; what follows from drivers is held against the ends in every draw (ask/choice.cpp).
#include "families/choice/section.hpp"
#include "situation/sections.hpp"

namespace entente::situation {
namespace {

struct ChoiceReader final : FamilyReader {
  using FamilyReader::FamilyReader;
  std::vector<Scale>& scales = s.sections.make<std::vector<Scale>>();

  void sections(const Entry& root) override;
  void question(Question& q, const Entry& e) override {
    if (!e.has("choice")) return;
    if (const auto c = named(scales, e["choice"].words.front(), "scale", "E0894", "scales"); c != none)
      q.what = Held(ChoiceQuestion{c});
  }
};

void ChoiceReader::sections(const Entry& root) {
  const auto median = [&](ParamId id) -> std::optional<double> {
    if (id == none || reader.parameters[id].number.form != number::Form::distribution) return std::nullopt;
    return reader.parameters[id].number.distribution.median();
  };
  for (const Entry& e : root["scales"].entries) {
    if (!e.has("unit") || !e.has("positions")) continue;
    Scale c{.name = e.name, .unit = e["unit"].unit(), .span = e.name_span};
    for (const auto& [field, id] : {std::pair{"lower", &c.lower},
                                    {"upper", &c.upper},
                                    {"status-quo", &c.status_quo},
                                    {"majority", &c.majority},
                                    {"error", &c.error},
                                    {"poles", &c.poles},
                                    {"poles-between", &c.poles_between},
                                    {"stays", &c.stays},
                                    {"stays-at-pole", &c.stays_at_pole},
                                    {"at-vetoes", &c.at_vetoes},
                                    {"luck", &c.luck}})
      *id = only(e[field].number);
    const auto lower = median(c.lower), upper = median(c.upper);
    if (lower && upper && !(*lower < *upper))
      out.error("E0891", e["upper"].span, "the upper end of the scale is not above its lower end", "this end");
    const auto inside = [&](ParamId id, Span span, const std::string& what) {
      const auto at = median(id);
      if (!at) return;
      const bool below = lower && *at < *lower, above = upper && *at > *upper;
      if (below || above)
        out.error("E0892", span, what + " lies beyond the scale",
                  number::show(*at) + " is " + (below ? "under its lower" : "over its upper") + " end, " +
                      number::show(below ? *lower : *upper),
                  "move the end, or the position");
    };
    inside(c.status_quo, e["status-quo"].span, "the status quo");
    bool weight = false, failed = false;
    for (const Entry& p : e["positions"].entries) {
      const ActorId who = actor({p.name, p.name_span});
      failed = failed || who == none || !p.has("at");
      if (who == none || !p.has("at")) continue;
      c.positions.push_back(
          {who, only(p["at"].number), only(p["salience"].number), only(p["weight"].number), p["veto"].flag});
      const auto& mine = c.positions.back();
      inside(mine.at, p.wrote("at") ? p["at"].span : p.span, "the position of " + s.actors[who].id);
      const auto salience = median(mine.salience), votes = median(mine.weight);
      weight = weight || !salience || !votes || *salience * *votes > 0;
      if (mine.veto && c.status_quo == none)
        out.error("E0893", p["veto"].span, "a veto holds the status quo, and there is none",
                  s.actors[who].id + " has a veto", "status-quo: what stays without a decision");
    }
    if (c.majority != none && c.status_quo == none)
      out.error("E0893", e["majority"].span, "a majority moves the status quo, and there is none", "",
                "status-quo: what stays without a decision");
    if (c.positions.empty()) {
      if (!failed)
        out.error("E0890", e["positions"].key, "nobody has a position on the scale `" + e.name + "`",
                  "nothing stands here", "positions: {RUS: {at: 250, salience: 80 %}}");
    } else if (!weight && !failed) {
      out.error("E0895", e["positions"].key, "nobody has a weight on the scale `" + e.name + "`",
                "weight times salience is 0 for all");
    }
    scales.push_back(std::move(c));
  }
}

}  // namespace

std::unique_ptr<FamilyReader> read_choice(const Builder& b) { return std::make_unique<ChoiceReader>(b); }

}  // namespace entente::situation
