// The verdict first: on one screen a line for every claim that stands for itself. Then claim by claim: its chance as
// dots, how good the sources are in a sentence of its own, what would flip it, and folded what tells more of it.
#include <fmt/format.h>

#include <algorithm>

#include "report/html/parts.hpp"
#include "report/number_format.hpp"

namespace entente::report::html {
namespace {

constexpr std::size_t shortest = 4;  // with fewer claims the claims themselves stand on the first screen

// What is told of a claim, whichever way it was answered.
struct Told {
  Said said;
  Drawn dots;         // not drawn where nothing was
  bool more = false;  // there is a section of what drives it
};

Told told(const Parts& p, std::size_t i) {
  if (!p.doubt) return {said(p.answer.claims[i]), {}, false};
  Told out{said(p.plan, *p.doubt, p.doubt->findings[i]), chance(*p.doubt, i), false};
  out.more = !out.said.implied;
  return out;
}

Markup line(const Said& x) {
  Markup out = html("<span class=\"term\">{}</span>", Parts::capital(Parts::set(x.words)));
  if (!x.share.empty())
    out += html("<span class=\"share\">, {}{}</span>", x.share, x.record.empty() ? "" : "; " + x.record);
  return out + html(". <span class=\"says\">{}</span>", Parts::set(x.says));
}

std::string plainly(const Said& x) {
  return Parts::capital(x.words) + (x.share.empty() ? "" : ", " + x.share) + ". " + x.says;
}

// How good the sources are, what it was assumed from, what would flip it.
Markup rest(const Parts& p, const Said& x) {
  Markup out;
  for (const auto& [part, sentence] : x.parts) {
    if (part == Said::Part::assumed || part == Said::Part::caveat || part == Said::Part::resolves ||
        part == Said::Part::record || part == Said::Part::confidence)
      out += html("<p class=\"confidence\">{}</p>\n", p.sentence(sentence));
    else if (part == Said::Part::turns || !p.doubt) out += html("<p class=\"turns\">{}</p>\n", p.sentence(sentence));
  }
  return out;
}

Markup foot(const Told& x) {
  Markup label = html("<span class=\"name\">{}</span>", x.said.name);
  if (x.more)
    label += html(" <a class=\"more\" href=\"{}\">What drives {}</a>", "#" + Parts::id("drivers-", x.said.name),
                  x.said.name);
  return html("<p class=\"foot\">{}</p>\n", label);
}

Markup claim(Parts& p, const Told& x, unsigned level) {
  Markup picture;
  if (x.dots.drawn()) {
    ++p.page.pictures;
    picture = html("<div class=\"dots\">{}</div>\n", Markup::drawn(x.dots.narrow));
  } else {
    picture =
        html("<div class=\"dots none\"><span>{}</span></div>\n", x.said.implied ? "follows from what is assumed" : "");
  }
  ++p.page.claims;
  const Markup head = p.heading(level, Parts::id("claim-", x.said.name), line(x.said), plainly(x.said));
  return html("<article class=\"claim {}\">\n{}<div class=\"line\">\n{}{}{}</div>\n</article>\n",
              x.said.implied ? "implied" : "found", picture, head, rest(p, x.said), foot(x));
}

// The whole answer on one screen: a line for each claim that stands for itself.
Markup shortly(const Parts& p, const std::vector<std::vector<std::size_t>>& chapters) {
  Markup items;
  for (const auto& chapter : chapters) {
    const Told x = told(p, chapter.front());
    Markup dots;
    if (x.dots.drawn()) {
      std::string svg = x.dots.narrow;  // the same picture again, under names of its own
      for (std::size_t at = svg.find(x.dots.id); at != std::string::npos;
           at = svg.find(x.dots.id, at + 2 + x.dots.id.size()))
        svg.insert(at, "s-");
      dots = Markup::drawn(svg);
    } else {
      dots = html("<span class=\"none\">{}</span>", x.said.implied ? "follows from what is assumed" : "");
    }
    Markup term = html("<span class=\"term\">{}</span>", Parts::capital(Parts::set(x.said.words)));
    items += html("<li class=\"{}\"><div class=\"dots\">{}</div><p>{} <a href=\"{}\">{}</a></p></li>\n",
                  x.said.implied ? "implied" : "found", dots, term, "#" + Parts::id("claim-", x.said.name),
                  Parts::set(x.said.says));
  }
  return html("<ul class=\"short\">\n{}</ul>\n", items);
}

Markup how_to_read(const Parts& p) {
  if (p.doubt)
    return html(
        "<p class=\"key\">{}</p>\n",
        "Each dot stands for a fiftieth of the draws of everything that is uncertain; in those of full dots the "
        "claim is true. Words of likelihood follow Intelligence Community Directive 203, with their range in "
        "brackets. How good the sources are is a separate matter, and so stands in a sentence of its own.");
  if (p.made.failed.empty())
    return html("<p class=\"key\">{}</p>\n", "Nothing in this situation is uncertain: every claim is true or false.");
  return html("<p class=\"failed\">How sure this is could not be answered: {}. Every number is at its median.</p>\n",
              p.made.failed);
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
  const auto all = chapters(p.s);
  if (all.size() >= shortest) out += shortly(p, all);
  return html("<section class=\"verdict\">\n{}{}</section>\n", out, how_to_read(p));
}

Markup claims(Parts& p) {
  if (p.s.claims.empty()) return {};
  Markup out = p.heading(2, "claims", "Claim by claim: how sure, and what would turn it");
  for (const auto& chapter : chapters(p.s)) {
    out += claim(p, told(p, chapter.front()), 3);
    if (chapter.size() == 1) continue;
    Markup more;
    for (std::size_t i = 1; i < chapter.size(); ++i) more += claim(p, told(p, chapter[i]), 4);
    out +=
        html("<details class=\"further\">\n<summary>{} on this<span class=\"of\">: {}</span></summary>\n{}</details>\n",
             counted(chapter.size() - 1, "further claim"), p.s.claims[chapter.front()].name, more);
  }
  if (p.doubt)
    for (const auto& w : p.doubt->warnings) out += html("<p class=\"warning\"><b>Warning:</b> {}.</p>\n", w);
  return html("<section class=\"claims\">\n{}</section>\n", out);
}

}  // namespace entente::report::html
