// Each question's own pictures, in its order; and the names of the interface that belong to no file of their own.
#include "entente/report/picture.hpp"
#include "report/svg/scenes.hpp"

namespace entente::report {

std::vector<std::vector<Drawn>> pictures(const plan::Plan& plan, const doubt::Doubt* doubt) {
  const svg::Readings readings(plan, doubt);
  std::vector<std::vector<Drawn>> out(plan.models().size());
  if (!readings.good()) return out;
  for (std::uint32_t q = 0; q < out.size(); ++q) {
    const auto& model = *plan.models()[q];
    const auto scratch = model.scratch();
    const auto scenes = model.pictures(readings.medians(), *scratch);
    const svg::Context of{readings, q};
    for (std::size_t i = 0; i < scenes.size(); ++i) {
      Drawn d{.id = "q-" + plan.situation().questions[q].name + "-" + std::to_string(i + 1),
              .title = scenes[i].title,
              .says = scenes[i].says};
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
