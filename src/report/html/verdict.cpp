// The verdict first: each claim in one line, its chance as dots beside it, how good the sources are in a sentence of
// its own, and what would flip it.
#include <fmt/format.h>

#include <algorithm>

#include "report/html/parts.hpp"
#include "report/people.hpp"

namespace entente::report::html {
namespace {

Markup claim(Parts& p, const Said& x, const Drawn& dots, bool more) {
  const std::string id = Parts::id("claim-", x.name);
  std::string plain = Parts::capital(x.words) + (x.share.empty() ? "" : ", " + x.share) + ". " + x.says;
  Markup line = html("<span class=\"term\">{}</span>", Parts::capital(x.words));
  if (!x.share.empty()) line += html("<span class=\"share\">, {}</span>", x.share);
  line += html(". <span class=\"says\">{}</span>", x.says);
  Markup rest;
  for (const auto& [part, sentence] : x.parts) {
    switch (part) {
      case Said::Part::assumed:
      case Said::Part::confidence:
        rest += html("<p class=\"confidence\">{}</p>\n", p.sentence(sentence));
        break;
      case Said::Part::turns:
        rest += html("<p class=\"turns\">{}</p>\n", p.sentence(sentence));
        break;
      default:
        if (!p.doubt) rest += html("<p class=\"turns\">{}</p>\n", p.sentence(sentence));
    }
  }
  Markup label = html("<span class=\"name\">{}</span>", x.name);
  if (more)
    label += html(" <a class=\"more\" href=\"{}\" aria-label=\"{}\">What drives it</a>",
                  "#" + Parts::id("drivers-", x.name), "What drives " + x.name);
  Markup picture;
  if (dots.drawn()) {
    ++p.page.pictures;
    picture = html("<div class=\"dots\">{}</div>\n", Markup::drawn(dots.narrow));
  } else {
    picture = html("<div class=\"dots none\"><span>{}</span></div>\n", x.implied ? "follows from what is assumed" : "");
  }
  ++p.page.claims;
  const Markup head = p.heading(3, id, line, plain);
  return html(
      "<article class=\"claim {}\">\n{}<div class=\"line\">\n{}{}<p class=\"foot\">{}</p>\n</div>\n</article>\n",
      x.implied ? "implied" : "found", picture, head, rest, label);
}

}  // namespace

Markup verdict(Parts& p) {
  Markup out = p.heading(2, "verdict", "The verdict");
  if (p.s.claims.empty())
    return html(
        "<section class=\"verdict\">\n{}<p>This situation makes no claims; what follows from it stands "
        "below.</p>\n</section>\n",
        out);
  if (!p.answer.inside)
    out += html("<p class=\"failed\">{}</p>\n",
                "A formula leaves the domain of its place when every driver is at its median; no question can be "
                "answered there.");
  if (p.doubt) {
    out += html(
        "<p class=\"key\">{}</p>\n",
        "Each dot stands for a fiftieth of the draws of everything that is uncertain; in those of full dots the claim "
        "is true. Words of likelihood follow Intelligence Community Directive 203, with their range in brackets. How "
        "good the sources are is a separate matter, and so stands in a sentence of its own.");
    for (std::size_t i = 0; i < p.doubt->findings.size(); ++i) {
      const Said x = said(p.plan, *p.doubt, p.doubt->findings[i]);
      out += claim(p, x, chance(*p.doubt, i), !x.implied);
    }
    for (const auto& w : p.doubt->warnings) out += html("<p class=\"warning\"><b>Warning:</b> {}.</p>\n", w);
  } else {
    out += p.made.failed.empty() ? html("<p class=\"key\">{}</p>\n",
                                        "Nothing in this situation is uncertain: every claim is true or false.")
                                 : html(
                                       "<p class=\"failed\">How sure this is could not be answered: {}. Every number "
                                       "is at its median.</p>\n",
                                       p.made.failed);
    for (const auto& c : p.answer.claims) out += claim(p, said(c), {}, false);
  }
  return html("<section class=\"verdict\">\n{}</section>\n", out);
}

}  // namespace entente::report::html
