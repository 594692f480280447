#include "report/html/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "entente/situation/proposed.hpp"
#include "report/amount.hpp"
#include "report/display_names.hpp"
#include "report/number_format.hpp"
#include "report/parameter_labels.hpp"

namespace entente::report::html {
namespace {

// Cells that a column of numbers may hold.
bool numeric(const ask::Entry& cell) {
  return cell.kind == ask::Entry::Kind::number || cell.kind == ask::Entry::Kind::missing || cell.text.empty();
}

}  // namespace

Parts::Parts(const plan::Plan& plan_, const plan::Answer& answer_, const doubt::Doubt* doubt_, const Made& made_,
             Page& page_, const Turns* turns_)
    : plan(plan_), s(plan_.situation()), answer(answer_), doubt(doubt_), made(made_), page(page_), turns(turns_) {
  if (!doubt) return;
  for (const auto& f : doubt->findings) {
    if (f.implied) continue;
    for (const auto& x : f.drivers) {
      const double v = f.by_margin ? x.margin_index : x.index;
      if (!x.told || v < 0.005) continue;
      Matter& m = matters[x.param];
      if (v > m.share) m = {std::min(v, 1.0), f.name, f.by_margin};
    }
  }
}

Markup Parts::heading(unsigned level, std::string_view id, const Markup& inside, std::string_view plain) {
  page.outline.push_back({level, std::string(id), std::string(plain)});
  switch (level) {
    case 1:
      return html("<h1 id=\"{}\">{}</h1>\n", id, inside);
    case 2:
      return html("<h2 id=\"{}\">{}</h2>\n", id, inside);
    case 3:
      return html("<h3 id=\"{}\">{}</h3>\n", id, inside);
    default:
      return html("<h4 id=\"{}\">{}</h4>\n", id, inside);
  }
}

Markup Parts::heading(unsigned level, std::string_view id, std::string_view text) {
  return heading(level, id, html("{}", text), text);
}

std::string Parts::words(situation::ParamId param) const {
  std::string out = place_words(s, param);
  return out.empty() ? called(s, s.parameters[param].name()) : out;
}

std::string Parts::range(situation::ParamId param) const {
  const auto& n = s.parameters[param].number;
  const auto& d = n.distribution;
  if (n.form == number::Form::reference) return "as " + n.reference;
  if (n.form == number::Form::formula) return n.text;
  if (n.chance) {
    if (d.is_fixed()) return percentage(d.median()) + " chance";
    const Ranged r = ranged(100 * d.quantile(0.05), 100 * d.median(), 100 * d.quantile(0.95));
    return fmt::format("{} % chance ({} to {})", r.middle, r.low, r.high);
  }
  if (d.family() == number::Family::event) return "an event";
  return range(n, d);
}

std::string Parts::range(const number::Number& n, const number::Distribution& d) {
  const double one = in_percent(n) ? 100 : 1;
  const std::string_view unit = in_percent(n) ? "%" : std::string_view(n.unit.text);
  if (d.is_fixed()) return with_unit(value(one * d.median(), 4), unit);
  if (d.family() == number::Family::choice) return with_unit("one of several values", unit);
  const Ranged r =
      ranged(one * d.quantile(0.05), one * d.median(), one * d.quantile(0.95), one * d.lower(), one * d.upper());
  return with_unit(fmt::format("{} ({} to {})", r.middle, r.low, r.high), unit);
}

Markup Parts::mention(situation::ParamId param) const {
  const auto& x = s.parameters[param];
  std::string tip = x.path + ": " + range(param);
  if (x.source != situation::none) {
    tip += "; " + s.sources[x.source].id;
    if (!x.grade.empty()) tip += ", grade " + x.grade;
  }
  return html("<a class=\"num\" href=\"{}\" title=\"{}\">{}</a>", "#n" + std::to_string(param), tip, words(param));
}

std::string Parts::set(std::string_view text) {
  const auto digit = [&](std::size_t i) {
    return i < text.size() && std::isdigit(static_cast<unsigned char>(text[i]));
  };
  const auto letter = [&](std::size_t i) {
    return i < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[i])) || static_cast<signed char>(text[i]) < 0);
  };
  // "20-45": two numbers of three digits at most; "2025-05-09" and "PoS-2" are none.
  const auto span = [&](std::size_t i) {
    std::size_t from = i, to = i + 1;
    while (from > 0 && digit(from - 1)) --from;
    while (digit(to)) ++to;
    return from < i && i - from <= 3 && to > i + 1 && to - i <= 4 &&
           (from == 0 || !(letter(from - 1) || text[from - 1] == '-')) &&
           (to == text.size() || !(letter(to) || text[to] == '-'));
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = i == 0 || text[i - 1] == ' ' || text[i - 1] == '(';
    if (begins && text.substr(i).starts_with("-> ")) out += "→", ++i;
    else if (begins && i > 0 && text.substr(i).starts_with("- ")) out += "–";
    else if (text[i] == '-' && begins && digit(i + 1)) out += "−";
    else if (text[i] == '-' && span(i)) out += "–";
    else if (text[i] == '\'' && i > 0 && letter(i - 1)) out += "’";
    else if (text[i] == ' ' && i > 0 && digit(i - 1) && i + 1 < text.size() && text[i + 1] == '%') out += "\u00a0";
    else out += text[i];
  }
  return out;
}

Markup Parts::sentence(const Sentence& sentence) const {
  Markup out;
  for (const auto& piece : sentence.pieces())
    out += piece.quantity                   ? html("{}", quantity_words(s, piece.text))
           : piece.param == situation::none ? html("{}", set(piece.text))
                                            : mention(piece.param);
  return out;
}

Markup Parts::path(std::string_view dotted) {
  Markup out;
  for (std::size_t at = 0; at < dotted.size();) {
    const std::size_t end = std::min(dotted.find('.', at), dotted.size() - 1) + 1;
    out += html("{}<wbr>", dotted.substr(at, end - at));
    at = end;
  }
  return out;
}

Markup Parts::cell(const ask::Phrase& phrase) const {
  Markup out;
  walk(
      phrase, [&](std::string_view text) { out += html("{}", set(text)); },
      [&](const ask::Phrase::Mark& m, std::string_view) {
        const std::string words = m.kind == ask::Phrase::Kind::pair ? called_pair(s, m.name) : called(s, m.name);
        if (m.kind == ask::Phrase::Kind::name || words == m.name) out += html("{}", words);
        else out += html("<abbr title=\"{}\">{}</abbr>", words, m.name);
      });
  return out;
}

Markup Parts::table(const ask::Account::Table& t) const {
  std::vector<std::vector<Markup>> rows;
  std::vector<bool> right(t.columns.size(), true);
  for (const auto& r : t.rows) {
    std::vector<Markup> row;
    for (std::size_t c = 0; c < r.size(); ++c) {
      if (c < right.size() && !numeric(r[c])) right[c] = false;
      row.push_back(cell(entry_said(r[c])));
    }
    rows.push_back(std::move(row));
  }
  if (!right.empty()) right[0] = false;
  std::vector<Markup> heads;
  for (const auto& c : t.columns) heads.push_back(cell(c));
  return table(html("{}", capital(in_words(s, t.title))), heads, rows, right);
}

Markup Parts::table(const Markup& caption, const std::vector<std::string>& columns,
                    const std::vector<std::vector<Markup>>& rows, const std::vector<bool>& right) const {
  std::vector<Markup> heads;
  for (const auto& c : columns) heads.push_back(html("{}", c));
  return table(caption, heads, rows, right);
}

Markup Parts::table(const Markup& caption, const std::vector<Markup>& columns,
                    const std::vector<std::vector<Markup>>& rows, const std::vector<bool>& right) const {
  Markup head, body;
  for (std::size_t c = 0; c < columns.size(); ++c)
    head += columns[c].empty()
                ? html("<td></td>")
                : html("<th scope=\"col\" class=\"{}\">{}</th>", c < right.size() && right[c] ? "r" : "l", columns[c]);
  for (const auto& r : rows) {
    Markup row;
    for (std::size_t c = 0; c < std::max(r.size(), columns.size()); ++c) {
      const Markup cell = c < r.size() ? r[c] : Markup();
      row += c == 0 ? r.empty() || r[0].empty() ? html("<td></td>") : html("<th scope=\"row\">{}</th>", cell)
                    : html("<td class=\"{}\">{}</td>", c < right.size() && right[c] ? "r" : "l", cell);
    }
    body += html("<tr>{}</tr>\n", row);
  }
  return html(
      "<div class=\"scroll\" "
      "tabindex=\"0\"><table><caption>{}</caption>\n<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>"
      "</table></div>\n",
      caption, head, body);
}

Markup Parts::picture(const Drawn& d) {
  if (!d.drawn()) return {};
  ++page.pictures;
  Markup caption;
  if (!d.title.empty()) caption += html("<span class=\"pic-title\">{}</span>", d.title);
  if (!d.says.empty()) caption += html(" <span class=\"pic-says\">{}</span>", d.says);
  return html("<figure>{}{}{}</figure>\n", caption.empty() ? caption : html("<figcaption>{}</figcaption>\n", caption),
              Markup::drawn(d.narrow), Markup::drawn(d.wide));
}

std::string Parts::capital(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

std::string Parts::id(std::string_view prefix, std::string_view name) {
  std::string out(prefix);
  for (const char c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '.') out += c;
    else out += fmt::format("_{:02x}", static_cast<unsigned char>(c));
  return out;
}

bool Parts::judged(const situation::Parameter& p) const {
  if (p.source == situation::none) return false;
  return situation::is_judgement(s.sources[p.source].id);
}

}  // namespace entente::report::html
