// Every look that pictures use. A page may set the custom properties; the fallbacks are for a picture by itself.
#include "entente/report/picture.hpp"

namespace entente::report {

std::string_view picture_style() {
  return R"(.pic{display:block;width:100%;height:auto;margin:0 auto;overflow:visible;font-family:var(--pic-font,Arial,"Liberation Sans",Helvetica,sans-serif);font-size:13px;line-height:1.2;color:var(--ink,#1b1b1b)}
.pic text{fill:currentColor;stroke:none}
.pic .small{font-size:12px}
.pic .strong{font-weight:700}
.pic .muted{fill:var(--muted,#595959)}
.pic .accent-text{fill:var(--accent,#0b5c8a)}
.pic .other-text{fill:var(--accent-2,#a34100)}
.pic .halo{paint-order:stroke;stroke:var(--paper,#fff);stroke-width:3px;stroke-linejoin:round}
.pic .grid{stroke:var(--line,#d9d9d9);stroke-width:1}
.pic .axis{stroke:var(--muted,#595959);stroke-width:1}
.pic .rule{stroke:currentColor;stroke-width:1.5}
.pic .cut-off{stroke:currentColor;stroke-width:1.2;stroke-dasharray:4 3}
.pic .unfilled{fill:none}
.pic .ink{fill:currentColor}
.pic .faint{fill:var(--line,#d9d9d9)}
.pic .accent{fill:var(--accent,#0b5c8a)}
.pic .other{fill:var(--accent-2,#a34100)}
.pic .paper{fill:var(--paper,#fff)}
.pic .hollow{fill:var(--paper,#fff);stroke:var(--muted,#595959);stroke-width:1.4}
.pic .hollow-accent{fill:var(--paper,#fff);stroke:var(--accent,#0b5c8a);stroke-width:2}
.pic .hollow-other{fill:var(--paper,#fff);stroke:var(--accent-2,#a34100);stroke-width:2;stroke-dasharray:3 2}
.pic .soft{fill:var(--accent,#0b5c8a);fill-opacity:.18}
.pic .soft-other{fill:var(--accent-2,#a34100);fill-opacity:.18}
.pic .stroke{fill:none;stroke:var(--muted,#595959);stroke-width:1.2}
.pic .stroke-accent{fill:none;stroke:var(--accent,#0b5c8a);stroke-width:2}
.pic .stroke-other{fill:none;stroke:var(--accent-2,#a34100);stroke-width:2;stroke-dasharray:5 3}
.pic .tie{fill:none;stroke:var(--accent,#0b5c8a);stroke-opacity:.3}
.pic .against{stroke:var(--accent-2,#a34100);stroke-dasharray:5 4}
.pic .tie-frustrated{fill:none;stroke:var(--accent,#0b5c8a)}
.pic .tie-marked{fill:none;stroke:currentColor}
.pic .tie-frustrated.against{stroke:var(--accent-2,#a34100)}
.pic .tie-marked.against{stroke:currentColor}
.pic .cross{fill:none;stroke:currentColor;stroke-width:2}
.pic .turn{stroke:currentColor;stroke-width:2}
.pic .points{fill:none;stroke:currentColor;stroke-linecap:round}
.pic .points.accent{stroke:var(--accent,#0b5c8a)}
.pic .flow{fill:none;stroke:var(--muted,#595959);stroke-opacity:.3}
.pic .fresh{stroke:var(--accent,#0b5c8a);stroke-opacity:.75}
.pic .fallen{stroke:var(--accent-2,#a34100);stroke-opacity:.55}
.pic .possible{stroke:var(--accent,#0b5c8a);stroke-opacity:.2}
.pic .flow-possible-key{fill:var(--accent,#0b5c8a);fill-opacity:.2}
.pic .flow-none{fill:none;stroke:var(--muted,#595959);stroke-width:1;stroke-dasharray:3 4}
.pic .flow-fresh-key{fill:var(--accent,#0b5c8a);fill-opacity:.75}
.pic .flow.lost{stroke:var(--accent-2,#a34100);stroke-opacity:.25}
.pic .flow-lost-key{fill:var(--accent-2,#a34100);fill-opacity:.25}
.pic .flow-fallen-key{fill:var(--accent-2,#a34100);fill-opacity:.55}
.pic .branch{fill:none;stroke:var(--muted,#595959);stroke-width:1.1}
.pic .chosen{stroke:var(--accent,#0b5c8a);stroke-width:3}
.pic-narrow{max-width:460px}
.pic-wide{display:none;max-width:720px}
.pic-small{max-width:200px;margin:0}
@media (min-width:680px){.pic-narrow{display:none}.pic-wide{display:block}}
@media print{.pic-narrow{display:none}.pic-wide{display:block}}
)";
}

std::string picture_file(const Drawn& drawn, bool wide) {
  const std::string& svg = wide && !drawn.wide.empty() ? drawn.wide : drawn.narrow;
  const auto at = svg.find('\n');
  if (at == std::string::npos) return {};
  return svg.substr(0, at + 1) +
         "<style>:root{--paper:#fff}@media (prefers-color-scheme:dark){:root{--ink:#ececec;--muted:#a9a9a9;--line:#444;"
         "--paper:#161616;--accent:#6cb8e6;--accent-2:#f0985a}}\n" +
         std::string(picture_style()) + ".pic{display:block!important}</style>\n" + svg.substr(at + 1);
}

}  // namespace entente::report
