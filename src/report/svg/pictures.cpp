// Each question's own pictures, in its order; and the names of the interface that belong to no file of their own.
#include <cctype>

#include "entente/report/picture.hpp"
#include "report/display_names.hpp"
#include "report/svg/scenes.hpp"

namespace entente::report {
namespace {

// A scene with its names in words.
class InWords {
 public:
  explicit InWords(const situation::Situation& s) : s_(s) {}
  void operator()(ask::Network& x) const {
    for (auto& n : x.nodes) alone(n.label), label(n.note);
    for (auto& e : x.edges) alone(e.label);
    for (auto& g : x.groups) label(g);
  }
  void operator()(ask::PriceLine& x) const {
    for (auto& p : x.points) label(p.label), label(p.note);
  }
  void operator()(ask::Bars& x) const {
    for (auto& r : x.rows) label(r.label), label(r.note);
  }
  void operator()(ask::Matrix& x) const {
    for (auto& r : x.rows) label(r);
    for (auto& c : x.columns) label(c.label);
  }
  void operator()(ask::Tree& x) const {
    for (auto& n : x.nodes) label(n.branch), label(n.who);
  }
  void operator()(ask::Flows& x) const {
    for (auto& f : x.from) alone(f);
    for (auto& t : x.to) alone(t);
  }

 private:
  void label(ask::Phrase& phrase) const { phrase = in_words(s_, phrase); }
  // A label of its own begins with a capital.
  void alone(ask::Phrase& phrase) const {
    std::string text = in_words(s_, phrase);
    if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    phrase = std::move(text);
  }
  const situation::Situation& s_;
};

}  // namespace

std::vector<std::vector<Drawn>> pictures(const plan::Plan& plan, const doubt::Doubt* doubt) {
  const svg::Readings readings(plan, doubt);
  const auto& s = plan.situation();
  std::vector<std::vector<Drawn>> out(plan.models().size());
  if (!readings.good()) return out;
  for (std::uint32_t q = 0; q < out.size(); ++q) {
    const auto& model = *plan.models()[q];
    const auto scratch = model.scratch();
    auto scenes = model.pictures(readings.medians(), *scratch);
    const svg::Context of{readings, q};
    for (std::size_t i = 0; i < scenes.size(); ++i) {
      std::visit(InWords(s), scenes[i].scene);
      Drawn d{.id = "q-" + s.questions[q].name + "-" + std::to_string(i + 1),
              .title = in_words(s, scenes[i].title),
              .says = in_words(s, scenes[i].says)};
      d.text = std::visit([&](const auto& scene) { return svg::told(scene, of); }, scenes[i].scene);
      for (const bool wide : {false, true}) {
        svg::Canvas c(wide ? 720 : 340);
        std::visit([&](const auto& scene) { svg::draw(c, scene, of); }, scenes[i].scene);
        (wide ? d.wide : d.narrow) =
            c.finish(d.id + (wide ? "-w" : "-n"), d.title, d.text, wide ? "pic-wide" : "pic-narrow");
      }
      out[q].push_back(std::move(d));
    }
  }
  return out;
}

}  // namespace entente::report
