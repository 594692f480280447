// Scenes drawn and told, one file each. Drawing fills a canvas of a given width and sets its height; telling is the
// text alternative, which says the numbers that the eye would read.
#pragma once
#include <string>

#include "entente/ask/picture.hpp"
#include "report/svg/canvas.hpp"
#include "report/svg/reading.hpp"

namespace entente::report::svg {

/// Whose numbers a scene's references are.
struct Context {
  const Readings& readings;
  std::uint32_t question = 0;
  [[nodiscard]] Reading operator()(const ask::Figure& f) const { return readings.of(question, f); }
};

void draw(Canvas& c, const ask::Network& scene, const Context& of);
void draw(Canvas& c, const ask::PriceLine& scene, const Context& of);
void draw(Canvas& c, const ask::Bars& scene, const Context& of);
void draw(Canvas& c, const ask::Matrix& scene, const Context& of);
void draw(Canvas& c, const ask::Tree& scene, const Context& of);
void draw(Canvas& c, const ask::Flows& scene, const Context& of);

[[nodiscard]] std::string told(const ask::Network& scene, const Context& of);
[[nodiscard]] std::string told(const ask::PriceLine& scene, const Context& of);
[[nodiscard]] std::string told(const ask::Bars& scene, const Context& of);
[[nodiscard]] std::string told(const ask::Matrix& scene, const Context& of);
[[nodiscard]] std::string told(const ask::Tree& scene, const Context& of);
[[nodiscard]] std::string told(const ask::Flows& scene, const Context& of);

}  // namespace entente::report::svg
