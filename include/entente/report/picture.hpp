// Pictures as SVG: each question's own, and those of claims. Every picture is drawn for a narrow and for a wide page;
// the stylesheet shows one. Colours and letters are the page's: classes and custom properties, with fallbacks.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "entente/doubt/doubt.hpp"
#include "entente/plan/plan.hpp"
#include "entente/turn/turn.hpp"

namespace entente::report {

struct Drawn {
  std::string id;      ///< unique on a page: every id inside begins with it
  std::string title;   ///< plain text, not escaped: to stand over it
  std::string says;    ///< plain text: how to read it, or empty
  std::string text;    ///< plain text: what is to be seen, the text alternative (it is inside as <desc>, too)
  std::string narrow;  ///< <svg class="pic pic-narrow ...">, 340 units wide; empty: there is nothing to draw
  std::string wide;    ///< <svg class="pic pic-wide ...">, 720 units wide; empty: the narrow one serves everywhere
  [[nodiscard]] bool drawn() const noexcept { return !narrow.empty(); }
};

/// By question, then in its own order. `doubt`: ranges over its draws, without it values at the medians.
[[nodiscard]] std::vector<std::vector<Drawn>> pictures(const plan::Plan& plan, const doubt::Doubt* doubt);

/// A claim's chance as fifty dots; one that follows from its assumption has none.
[[nodiscard]] Drawn chance(const doubt::Doubt& doubt, std::size_t finding);
/// What drives a claim and where it turns, number by number on one scale of quantiles.
[[nodiscard]] Drawn drivers(const plan::Plan& plan, const doubt::Doubt& doubt, std::size_t finding);
/// The distribution of each quantity that a claim compares, on one scale where they share a unit.
[[nodiscard]] Drawn compared(const plan::Plan& plan, const doubt::Doubt& doubt, std::size_t finding);

/// What more would buy: packages by cost and chance; not drawn where there are fewer than two.
[[nodiscard]] Drawn front(const plan::Plan& plan, const turn::Answer& answer);
/// Those points of the front that its picture numbers, from 1 on: all, or some evenly between the first and the last.
[[nodiscard]] std::vector<std::size_t> listed_on_front(const turn::Answer& answer);

/// The rules for what is inside pictures, to stand once in a page's <style>. They read --ink, --muted, --line, --paper,
/// --accent, --accent-2 and --pic-font of the page, and show pic-narrow below 680 px and pic-wide from there on and in
/// print.
[[nodiscard]] std::string_view picture_style();

/// A picture by itself, as a file: with its stylesheet, light and dark by what the viewer prefers.
[[nodiscard]] std::string picture_file(const Drawn& drawn, bool wide);

}  // namespace entente::report
