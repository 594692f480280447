// A strict reader of what the drawing kit writes, made for judging it: XML 1.0 without DTD, comments or CDATA. It knows
// nothing of the kit but its classes' letter sizes.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "report/svg/text.hpp"

namespace entente::tests {

struct Element {
  std::string tag, text;  ///< text: of its own, entities resolved
  std::map<std::string, std::string> attributes;
  std::size_t depth = 0, parent = 0;
  [[nodiscard]] std::string get(const std::string& name) const {
    const auto it = attributes.find(name);
    return it == attributes.end() ? "" : it->second;
  }
  [[nodiscard]] double number(const std::string& name) const {
    const std::string s = get(name);
    char* end = nullptr;
    const double v = std::strtod(s.c_str(), &end);
    return s.empty() || *end != '\0' ? NAN : v;
  }
};

class Xml {
 public:
  std::vector<Element> elements;  ///< in document order
  std::string fault;              ///< empty: well-formed

  static Xml parse(std::string_view text) {
    Xml x;
    x.text_ = text;
    x.document();
    return x;
  }

 private:
  void complain(const std::string& what) {
    if (fault.empty()) fault = what + " at byte " + std::to_string(at_);
  }
  [[nodiscard]] bool done() const { return at_ >= text_.size() || !fault.empty(); }

  void document() {
    std::vector<std::size_t> open;
    bool rooted = false;
    while (!done()) {
      if (text_[at_] != '<') {
        const std::size_t end = std::min(text_.find('<', at_), text_.size());
        const std::string piece = resolved(text_.substr(at_, end - at_));
        if (open.empty() && piece.find_first_not_of(" \n\t") != std::string::npos) complain("text outside the root");
        if (!open.empty()) elements[open.back()].text += piece;
        at_ = end;
        continue;
      }
      if (text_.substr(at_).starts_with("</")) {
        const std::size_t end = text_.find('>', at_);
        if (end == std::string_view::npos || open.empty()) return complain("a tag that closes nothing");
        if (text_.substr(at_ + 2, end - at_ - 2) != elements[open.back()].tag) return complain("tags cross");
        open.pop_back();
        at_ = end + 1;
        continue;
      }
      if (open.empty() && rooted) return complain("a second root");
      rooted = true;
      Element e;
      e.depth = open.size();
      e.parent = open.empty() ? 0 : open.back();
      const bool closed = tag(e);
      if (!fault.empty()) return;
      elements.push_back(e);
      if (!closed) open.push_back(elements.size() - 1);
    }
    if (!open.empty()) complain("a tag is left open");
    if (!rooted) complain("no root");
  }

  std::string name() {
    const std::size_t from = at_;
    const auto letter = [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == ':' || c == '_';
    };
    while (at_ < text_.size() && letter(text_[at_])) ++at_;
    if (from == at_ || std::isdigit(static_cast<unsigned char>(text_[from])) || text_[from] == '-') complain("no name");
    return std::string(text_.substr(from, at_ - from));
  }

  bool tag(Element& e) {
    ++at_;
    e.tag = name();
    while (!done()) {
      const bool space = text_[at_] == ' ' || text_[at_] == '\n';
      while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
      if (text_.substr(at_).starts_with("/>")) return at_ += 2, true;
      if (text_.substr(at_).starts_with(">")) return ++at_, false;
      if (!space) return complain("no space before an attribute"), true;
      const std::string key = name();
      if (!text_.substr(at_).starts_with("=\"")) return complain("an attribute without a value"), true;
      at_ += 2;
      const std::size_t end = text_.find('"', at_);
      if (end == std::string_view::npos) return complain("a value without an end"), true;
      const std::string_view raw = text_.substr(at_, end - at_);
      if (raw.find('<') != std::string_view::npos) return complain("< in a value"), true;
      if (!e.attributes.emplace(key, resolved(raw)).second) return complain("an attribute twice"), true;
      at_ = end + 1;
    }
    return complain("a tag without an end"), true;
  }

  std::string resolved(std::string_view raw) {
    static const std::map<std::string, std::string> named{
        {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"#39", "'"}};
    std::string out;
    for (std::size_t i = 0; i < raw.size();) {
      if (raw[i] == '&') {
        const std::size_t end = raw.find(';', i);
        const auto it =
            end == std::string_view::npos ? named.end() : named.find(std::string(raw.substr(i + 1, end - i - 1)));
        if (it == named.end()) return complain("an ampersand that names nothing"), out;
        out += it->second;
        i = end + 1;
        continue;
      }
      const std::size_t from = i;
      const char32_t c = report::svg::next_character(raw, i);
      const bool marked = raw.substr(from, 3) == "\xef\xbf\xbd";
      if ((c == 0xfffd && !marked) || (c < 0x20 && c != '\n' && c != '\t')) complain("a character that XML has not");
      if (c == '>') complain("a bare >");
      out += raw.substr(from, i - from);
    }
    return out;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

struct Written {
  std::string text;
  double x = 0, y = 0, w = 0, h = 0;
};

/// Boxes of all <text>, measured; upright ones turned.
inline std::vector<Written> written(const Xml& x) {
  std::vector<Written> out;
  for (const Element& e : x.elements) {
    if (e.tag != "text") continue;
    const std::string look = " " + e.get("class") + " ";
    const double size = look.find(" small ") != std::string::npos ? 12 : 13;
    const double w = report::svg::text_width(e.text, size, look.find(" strong ") != std::string::npos);
    if (const std::string turn = e.get("transform"); !turn.empty()) {
      double tx = 0, ty = 0;
      if (std::sscanf(turn.c_str(), "translate(%lf %lf) rotate(-90)", &tx, &ty) != 2) continue;
      out.push_back({e.text, tx - 0.75 * size, ty - w, 0.95 * size, w});
      continue;
    }
    const std::string anchor = e.get("text-anchor");
    const double left = e.number("x") - (anchor == "end" ? w : anchor == "middle" ? w / 2 : 0);
    out.push_back({e.text, left, e.number("y") - 0.75 * size, w, 0.95 * size});
  }
  return out;
}

/// What is wrong with a picture: not well-formed, no text alternative, ids that repeat or lead nowhere, words that
/// overlap or stand outside, coordinates that are no numbers. Empty: nothing.
inline std::string faults(const std::string& svg, std::set<std::string>* ids = nullptr) {
  const Xml x = Xml::parse(svg);
  if (!x.fault.empty()) return x.fault;
  const Element& root = x.elements.front();
  if (root.tag != "svg" || root.get("role") != "img") return "no <svg role=img>";
  std::set<std::string> own, *all = ids ? ids : &own;
  std::map<std::string, std::string> named;
  for (const Element& e : x.elements)
    if (const auto id = e.get("id"); !id.empty()) {
      if (!all->insert(id).second) return "the id " + id + " twice";
      named[id] = e.text;
    }
  const std::string by = root.get("aria-labelledby");
  const auto space = by.find(' ');
  if (space == std::string::npos) return "no text alternative";
  for (const auto& id : {by.substr(0, space), by.substr(space + 1)})
    if (named[id].empty()) return "an empty text alternative: " + id;
  double vx = 0, vy = 0, w = 0, h = 0;
  if (std::sscanf(root.get("viewBox").c_str(), "%lf %lf %lf %lf", &vx, &vy, &w, &h) != 4 || !(w > 0) || !(h > 0))
    return "no viewBox";
  for (const Element& e : x.elements) {
    for (const char* key : {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "stroke-width"})
      if (e.attributes.contains(key) && !std::isfinite(e.number(key))) return e.tag + " has " + key + "=" + e.get(key);
    if (e.get("d").find("nan") != std::string::npos || e.get("d").find("inf") != std::string::npos)
      return "a path to nowhere";
  }
  const auto words = written(x);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& a = words[i];
    if (a.x < -1 || a.y < -2 || a.x + a.w > w + 1 || a.y + a.h > h + 2)
      return "'" + a.text + "' stands outside: " + std::to_string(a.x) + "," + std::to_string(a.y) + " of " +
             root.get("viewBox");
    for (std::size_t j = i + 1; j < words.size(); ++j) {
      const auto& b = words[j];
      if (a.x < b.x + b.w - 0.5 && b.x < a.x + a.w - 0.5 && a.y < b.y + b.h - 0.5 && b.y < a.y + a.h - 0.5)
        return "'" + a.text + "' and '" + b.text + "' overlap";
    }
  }
  return {};
}

}  // namespace entente::tests
