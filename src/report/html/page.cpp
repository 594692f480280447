#include <fmt/format.h>

#include "report/html/parts.hpp"
#include "report/json.hpp"
#include "report/number_format.hpp"

namespace entente::report {
namespace {

using namespace html;

Markup contents(const Page& page) {
  Markup items;
  for (const auto& h : page.outline)
    if (h.level == 2) items += html::html("<li><a href=\"{}\">{}</a></li>\n", "#" + h.id, h.text);
  return html::html("<nav aria-label=\"Sections\">\n<ul>\n{}</ul>\n</nav>\n", items);
}

}  // namespace

Page page(const plan::Plan& plan, const plan::Answer& answer, const doubt::Doubt* doubt, const Made& made,
          const Turns* turns) {
  Page out;
  Parts p(plan, answer, doubt, made, out, turns);
  const auto& s = p.s;
  Markup head = p.heading(1, "top", s.title);
  Markup stand = html::html("<p class=\"known\">What was known on {}.", date(s.as_of));
  if (doubt) stand += html::html(" {}", draws_said(plan, *doubt));
  stand += html::html("</p>\n");
  const Markup first = verdict(p);
  Markup main = claims(p);
  main += questions(p);
  main += html::drivers(p);
  main += html::turns(p);
  main += distributions(p);
  main += ledger(p);
  main += method(p);
  const std::string policy =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; script-src "
      "'" +
      digest(script()) + "'";
  out.html =
      html::html(
          "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"{}\">\n"
          "<link rel=\"icon\" href=\"data:,\">\n<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n"
          "<a class=\"skip\" href=\"#verdict\">To the verdict</a>\n<header>\n<p class=\"brand\">Entente</p>\n{}{}"
          "</header>\n<main>\n{}<div class=\"page\">\n{}<div class=\"rest\">\n{}</div>\n</div>\n</main>\n",
          policy, made.version, s.title, stylesheet(), head, stand, first, contents(out), main)
          .str();
  out.html += "<script>";
  out.html += script();
  out.html += "</script>\n</body>\n</html>\n";
  return out;
}

std::string json(const Page& page, const std::string& path) {
  Json j{{"written", path},           {"bytes", page.html.size()},
         {"claims", page.claims},     {"questions", page.questions},
         {"pictures", page.pictures}, {"numbers", page.numbers},
         {"outline", Json::array()}};
  for (const auto& h : page.outline) j["outline"].push_back({{"level", h.level}, {"id", h.id}, {"text", h.text}});
  return print(j);
}

}  // namespace entente::report
