// How it was computed: what each kind of question does, by whose method and with whose certificate; how the draws were
// made and judged; and the command that makes the page again.
#include <fmt/format.h>

#include <algorithm>

#include "report/html/parts.hpp"
#include "report/number_format.hpp"

namespace entente::report::html {
namespace {

// "Emerson 1962, doi:10.2307/2089716" with each DOI as a link.
Markup reference(std::string_view text) {
  Markup out;
  while (!text.empty()) {
    const auto at = text.find("doi:");
    out += html("{}", text.substr(0, at));
    if (at == std::string_view::npos) break;
    text.remove_prefix(at + 4);
    std::size_t end = std::min(text.find_first_of("; "), text.size());
    while (end > 0 && (text[end - 1] == '.' || text[end - 1] == ',')) --end;
    const std::string doi(text.substr(0, end));
    out += html("<a rel=\"noreferrer\" href=\"{}\">doi:{}</a>", "https://doi.org/" + doi, doi);
    text.remove_prefix(end);
  }
  return html("<p class=\"reference\">{}</p>\n", out);
}

// Questions of one kind that were answered by the same method share an entry; certificates stay apart.
Markup methods(const Parts& p) {
  struct Entry {
    std::string kind, method, reference;
    std::vector<std::pair<std::string, std::string>> certificates;
  };
  std::vector<Entry> entries;
  for (const auto& q : p.answer.questions) {
    if (q.account.method.empty()) continue;
    auto it =
        std::ranges::find_if(entries, [&](const Entry& e) { return e.kind == q.kind && e.method == q.account.method; });
    if (it == entries.end())
      it = entries.insert(entries.end(), Entry{q.kind, q.account.method, q.account.reference, {}});
    it->certificates.emplace_back(q.name, q.account.certificate);
  }
  Markup out;
  for (const auto& e : entries) {
    Markup body = html("<p>{}</p>\n", e.method);
    if (!e.reference.empty()) body += reference(Parts::capital(e.reference) + ".");
    for (const auto& [name, certificate] : e.certificates)
      if (!certificate.empty()) body += html("<p class=\"small\">Checked ({}): {}.</p>\n", name, certificate);
    out += html("<dt>{}</dt>\n<dd>\n{}</dd>\n", Parts::capital(e.kind), body);
  }
  return out;
}

Markup sampling(const Parts& p) {
  if (!p.doubt) return {};
  const auto& d = *p.doubt;
  double worst = 0;
  for (const auto& f : d.findings) worst = std::max(worst, f.half);
  Markup body = html("<p>{}</p>\n", draws_said(p.plan, d));
  if (d.sampling.designed())
    body += reference(
        "Latin hypercube: McKay, Beckman and Conover 1979, doi:10.1080/00401706.1979.10489755. Its error comes from "
        "the spread "
        "of ten replicate designs.");
  if (worst > 0)
    body +=
        html("<p>{}</p>\n", fmt::format("Monte Carlo error: no share of draws is off by more than {} in nine of ten "
                                        "runs; every claim’s own is told with it.",
                                        value(worst, 1)));
  const Markup drivers = html("<p>{}</p>\n",
                              "Drivers are first-order indices by ranks: the share of a claim’s variance that one "
                              "number explains by itself. "
                              "They are estimated from the same draws, with intervals from the ten designs.") +
                         reference("Gamboa, Gremaud, Klein and Lagnoux 2022, doi:10.3150/21-BEJ1421.");
  const Markup flips = html("<p>{}</p>\n",
                            "A turning value is found along one number with all others at their medians. The smallest "
                            "joint change is the "
                            "nearest point at which the claim turns, in standard units of each number.") +
                       reference("Hasofer and Lind 1974, doi:10.1061/JMCEA3.0001848.");
  return html("<dt>Draws</dt>\n<dd>\n{}</dd>\n<dt>Drivers</dt>\n<dd>\n{}</dd>\n<dt>Turns</dt>\n<dd>\n{}</dd>\n", body,
              drivers, flips);
}

}  // namespace

Markup method(Parts& p) {
  Markup out = p.heading(2, "method", "How this was computed");
  out += html("<dl class=\"methods\">\n{}{}</dl>\n", methods(p), sampling(p));
  Markup facts;
  const auto fact = [&](const char* name, const Markup& is) { facts += html("<dt>{}</dt><dd>{}</dd>\n", name, is); };
  out += p.heading(3, "again", "Made again by");
  fact("command", html("<code>{}</code>", p.made.command));
  fact("version", html("{}", p.made.version));
  fact("situation",
       html("hash <code>{}</code>, what was known on {}", fmt::format("{:016x}", p.s.digest), date(p.s.as_of)));
  if (p.doubt) {
    fact("draws", html("{}", count(p.doubt->draws)));
    fact("seed", html("{}", p.doubt->sampling.seed));
  }
  out += html("<dl class=\"again\">\n{}</dl>\n", facts);
  return html("<section class=\"method\">\n{}</section>\n", out);
}

}  // namespace entente::report::html
