#include "report/display_names.hpp"

#include <algorithm>
#include <cctype>

#include "ask/names.hpp"

namespace entente::report {
namespace {

using situation::none;
using situation::Situation;

bool upper(char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; }
bool lower(char c) { return std::islower(static_cast<unsigned char>(c)) != 0; }

// A capital behind a small letter begins a word where a word or an abbreviation follows: EastSiberia, EuropeLNG, and
// not PoS-2.
std::string apart(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool begins = i > 0 && upper(name[i]) && lower(name[i - 1]);
    if (begins && i + 1 < name.size() && (lower(name[i + 1]) || (i > 2 && upper(name[i + 1])))) out += ' ';
    out += name[i];
  }
  return out;
}

}  // namespace

std::string called(const Situation& s, std::string_view name) {
  if (const auto it = s.words.find(name); it != s.words.end()) return it->second;
  if (const auto a = s.actor(name); a != none && !s.actors[a].name.empty()) return s.actors[a].name;
  return apart(name);
}

std::string called_pair(const Situation& s, std::string_view name) {
  const auto hyphen = name.find('-');
  if (!s.words.contains(name) && hyphen != std::string_view::npos && s.actor(name.substr(0, hyphen)) != none &&
      s.actor(name.substr(hyphen + 1)) != none)
    return called(s, name.substr(0, hyphen)) + " – " + called(s, name.substr(hyphen + 1));
  return called(s, name);
}

std::string with_article(const std::string& called) { return ask::in_text(called); }

std::string in_words(const Situation& s, const ask::Phrase::Mark& mark) {
  using enum ask::Phrase::Kind;
  return mark.kind == pair     ? called_pair(s, mark.name)
         : mark.kind == within ? with_article(called(s, mark.name))
                               : called(s, mark.name);
}

std::string in_words(const Situation& s, const ask::Phrase& phrase) {
  std::string out;
  walk(
      phrase, [&](std::string_view text) { out += text; },
      [&](const ask::Phrase::Mark& m, std::string_view) {
        const bool begins = out.empty() && m.kind == ask::Phrase::Kind::within;
        out += in_words(s, m);
        if (begins) out[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(out[0])));
      });
  return out;
}

std::string quantity_words(const Situation& s, std::string_view name) {
  const auto end = std::min(name.find(' '), name.size());
  std::string out;
  std::size_t part = 0;
  for (std::size_t at = 0; at < end; ++part) {
    const std::size_t dot = std::min(name.find('.', at), end);
    std::string said = called_pair(s, name.substr(at, dot - at));
    if (part > 0 && said == name.substr(at, dot - at)) std::ranges::replace(said, '-', ' ');
    out += (part == 0 ? "" : part == 1 ? ": " : ", ") + said;
    at = dot + 1;
  }
  if (!out.empty()) out[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(out[0])));
  for (std::size_t at = end; at < name.size();) {  // " with LEVER", " without NAME"
    const std::size_t from = at + 1, to = std::min(name.find(' ', from), name.size());
    const std::string_view word = name.substr(from, to - from);
    out += word == "with" || word == "without" ? ", " + std::string(word) : " " + called_pair(s, word);
    at = to;
  }
  return out;
}

}  // namespace entente::report
