#include "report/html/markup.hpp"

#include "report/html/script_runs.hpp"

namespace entente::report::html {
namespace {

void put(std::string& out, std::string_view character) {
  switch (character[0]) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    case '\'':
      out += "&#39;";
      break;
    default:
      out += character;
  }
}

bool lawful_address(std::string_view a) {
  return a.starts_with("https://") || a.starts_with("http://") || a.starts_with('#');
}

}  // namespace

std::string escape(std::string_view text, Place place) {
  if (place == Place::raw || place == Place::style) return {};
  if (place == Place::link && !lawful_address(text)) return "#";
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  if (place != Place::text) {
    for (std::size_t at = 0; at < text.size();) put(out, next_character(text, at).bytes);
    return out;
  }
  for (const Run& run : script_runs(text)) {
    if (!run.language.empty()) {
      out += run.right_to_left ? "<bdi lang=\"" : "<span lang=\"";
      out += run.language;
      out += "\">";
    }
    for (std::size_t at = 0; at < run.text.size();) put(out, next_character(run.text, at).bytes);
    if (!run.language.empty()) out += run.right_to_left ? "</bdi>" : "</span>";
  }
  return out;
}

Markup fill(std::string_view text, std::span<const Slot> slots, std::span<const Value> values) {
  std::string out;
  std::size_t from = 0;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    out += text.substr(from, slots[i].at - from);
    const Value& v = values[i];
    const Place place = slots[i].place;
    if (place == Place::style) out += v.number() ? std::string(v.text()) : "0";
    else if (v.markup())
      out += place == Place::text || place == Place::raw ? std::string(v.text()) : escape(v.text(), place);
    else out += escape(v.text(), place);
    from = slots[i].at + 2;
  }
  out += text.substr(from);
  return Markup(std::move(out));
}

}  // namespace entente::report::html
