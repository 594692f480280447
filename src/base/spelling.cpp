#include "entente/base/spelling.hpp"

#include <algorithm>
#include <array>

#include "entente/base/shown.hpp"

namespace entente {
namespace {
char fold(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr std::size_t longest = 64;

// Letters of Cyrillic, Greek and the full-width forms that look like a Latin one, and blanks that are no space, in the
// order of their codes. Of Unicode's confusables (UTS 39) those that a keyboard or a pasted text brings.
struct Alike {
  std::string_view is;
  char looks;
};
constexpr Alike alike[]{
    {"\u00a0", ' '}, {"\u2007", ' '}, {"\u2009", ' '}, {"\u202f", ' '}, {"\u3000", ' '}, {"\u0391", 'A'},
    {"\u0392", 'B'}, {"\u0395", 'E'}, {"\u0396", 'Z'}, {"\u0397", 'H'}, {"\u0399", 'I'}, {"\u039a", 'K'},
    {"\u039c", 'M'}, {"\u039d", 'N'}, {"\u039f", 'O'}, {"\u03a1", 'P'}, {"\u03a4", 'T'}, {"\u03a5", 'Y'},
    {"\u03a7", 'X'}, {"\u03bf", 'o'}, {"\u03bd", 'v'}, {"\u0405", 'S'}, {"\u0406", 'I'}, {"\u0408", 'J'},
    {"\u0410", 'A'}, {"\u0412", 'B'}, {"\u0415", 'E'}, {"\u041a", 'K'}, {"\u041c", 'M'}, {"\u041d", 'H'},
    {"\u041e", 'O'}, {"\u0420", 'P'}, {"\u0421", 'C'}, {"\u0422", 'T'}, {"\u0423", 'Y'}, {"\u0425", 'X'},
    {"\u0430", 'a'}, {"\u0435", 'e'}, {"\u043e", 'o'}, {"\u0440", 'p'}, {"\u0441", 'c'}, {"\u0443", 'y'},
    {"\u0445", 'x'}, {"\u0455", 's'}, {"\u0456", 'i'}, {"\u0458", 'j'}, {"\u2010", '-'}, {"\u2011", '-'},
    {"\u2012", '-'}, {"\u2013", '-'}, {"\u2212", '-'}, {"\uff1a", ':'},
};

// The name with Latin letters and plain spaces in the place of what looks like them; `first`: the first of these.
std::string latin(std::string_view name, const Alike** first = nullptr) {
  std::string out;
  for (std::size_t i = 0; i < name.size();) {
    const Alike* found = nullptr;
    if (static_cast<unsigned char>(name[i]) >= 0x80)
      for (const Alike& a : alike)
        if (name.substr(i).starts_with(a.is)) found = &a;
    if (found && first && !*first) *first = found;
    if (found) out += found->looks;
    else out += name[i];
    i += found ? found->is.size() : 1;
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

std::string code_of(std::string_view character) {
  const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(character[k]); };
  const unsigned code = character.size() == 2 ? (byte(0) & 31u) << 6 | (byte(1) & 63u)
                                              : (byte(0) & 15u) << 12 | (byte(1) & 63u) << 6 | (byte(2) & 63u);
  std::string out = "U+";
  for (int at = 12; at >= 0; at -= 4) out += "0123456789ABCDEF"[code >> at & 15u];
  return out;
}

// Two names that look the same, of which one holds a letter of another alphabet, or a blank that is no space.
std::string looks_like(std::string_view name, std::span<const std::string> candidates) {
  const std::string plain = latin(name);
  for (const auto& c : candidates) {
    if (c == name || latin(c) != plain) continue;
    const Alike* odd = nullptr;
    (void)latin(name, &odd);
    const bool there = !odd;
    if (there) (void)latin(c, &odd);
    if (!odd) continue;
    const std::string looks = odd->looks == ' ' ? "a space" : std::string("`") + odd->looks + "`";
    return "did you mean `" + c + "`? It looks the same, but " + (there ? "there" : "here") + " `" + shown(odd->is) +
           "` (" + code_of(odd->is) + ") only looks like " + looks;
  }
  return {};
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > longest || b.size() > longest) return limit + 1;
  const std::size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (gap > limit) return limit + 1;
  std::array<std::array<std::size_t, longest + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& now = rows[i % 3];
    const auto& up = rows[(i + 2) % 3];
    const auto& up2 = rows[(i + 1) % 3];
    now[0] = i;
    std::size_t best = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = fold(a[i - 1]) == fold(b[j - 1]) ? 0 : 1;
      now[j] = std::min({up[j] + 1, now[j - 1] + 1, up[j - 1] + change});
      if (i > 1 && j > 1 && fold(a[i - 1]) == fold(b[j - 2]) && fold(a[i - 2]) == fold(b[j - 1]))
        now[j] = std::min(now[j], up2[j - 2] + 1);
      best = std::min(best, now[j]);
    }
    if (best > limit) return limit + 1;
  }
  return std::min(rows[a.size() % 3][b.size()], limit + 1);
}

std::string nearest(std::string_view name, std::span<const std::string> candidates) {
  std::size_t limit = std::max<std::size_t>(1, name.size() / 3);
  std::string found;
  for (const auto& c : candidates) {
    const std::size_t d = edit_distance(name, c, limit);
    if (d > limit || (d == limit && !found.empty())) continue;
    found = c;
    limit = d;
    if (d == 0) break;
  }
  return found;
}

std::string odd_character(std::string_view text) {
  const Alike* odd = nullptr;
  (void)latin(text, &odd);
  if (!odd) return {};
  return "`" + shown(odd->is) + "` (" + code_of(odd->is) + ") only looks like " +
         (odd->looks == ' ' ? "a space" : std::string("`") + odd->looks + "`");
}

std::string did_you_mean(std::string_view name, std::span<const std::string> candidates) {
  if (std::string same = looks_like(name, candidates); !same.empty()) return same;
  const std::string found = nearest(name, candidates);
  return found.empty() ? found : "did you mean `" + found + "`?";
}

}  // namespace entente
