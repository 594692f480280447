#include "entente/text/mend.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace entente::text {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find('\n', from), text.size() - 1) + 1;
    out.push_back(text.substr(from, to - from));
    from = to;
  }
  return out;
}

struct Step {
  char mark;  // ' ', '-', '+'
  std::string_view line;
};

// What leads from a to b, by a longest common subsequence (dynamic programming from the end).
void steps(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b, std::vector<Step>& out) {
  const std::size_t n = a.size(), m = b.size(), wide = m + 1;
  std::size_t i = 0, j = 0;
  if (n > 0 && m > 0 && n <= 1000 && m <= 1000) {
    std::vector<std::uint16_t> length((n + 1) * wide);
    for (std::size_t p = n; p-- > 0;)
      for (std::size_t q = m; q-- > 0;)
        length[p * wide + q] = a[p] == b[q] ? static_cast<std::uint16_t>(length[(p + 1) * wide + q + 1] + 1)
                                            : std::max(length[(p + 1) * wide + q], length[p * wide + q + 1]);
    while (i < n && j < m) {
      if (a[i] == b[j]) out.push_back({' ', a[i]}), ++i, ++j;
      else if (length[(i + 1) * wide + j] >= length[i * wide + j + 1]) out.push_back({'-', a[i++]});
      else out.push_back({'+', b[j++]});
    }
  }
  for (; i < n; ++i) out.push_back({'-', a[i]});
  for (; j < m; ++j) out.push_back({'+', b[j]});
}

}  // namespace

std::string mended(std::string_view text, std::vector<Edit> edits) {
  std::ranges::stable_sort(edits, {}, [](const Edit& e) { return e.span.begin; });
  std::string out;
  std::size_t at = 0;
  for (const Edit& e : edits) {
    if (e.span.begin < at || e.span.end > text.size() || e.span.begin > e.span.end) continue;
    out.append(text.substr(at, e.span.begin - at)).append(e.text);
    at = e.span.end;
  }
  return out.append(text.substr(at));
}

std::string difference(std::string_view before, std::string_view after, const std::string& name) {
  if (before == after) return {};
  auto a = lines_of(before), b = lines_of(after);
  std::size_t head = 0, tail = 0;
  while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
  while (tail < a.size() - head && tail < b.size() - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  std::vector<Step> all;
  for (std::size_t i = 0; i < head; ++i) all.push_back({' ', a[i]});
  steps({a.begin() + static_cast<std::ptrdiff_t>(head), a.end() - static_cast<std::ptrdiff_t>(tail)},
        {b.begin() + static_cast<std::ptrdiff_t>(head), b.end() - static_cast<std::ptrdiff_t>(tail)}, all);
  for (std::size_t i = a.size() - tail; i < a.size(); ++i) all.push_back({' ', a[i]});

  constexpr std::size_t about = 2;
  std::string out = "--- " + name + "\n+++ " + name + "\n";
  std::size_t old_line = 1, new_line = 1;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t change = i;
    while (change < all.size() && all[change].mark == ' ') ++change;
    if (change == all.size()) break;
    const std::size_t from = change - std::min(change - i, about);
    old_line += from - i, new_line += from - i;
    // To where more than twice the lines about stay as they are.
    std::size_t last = change;
    for (std::size_t k = change; k < all.size() && k - last <= 2 * about; ++k)
      if (all[k].mark != ' ') last = k;
    const std::size_t to = std::min(last + about + 1, all.size());
    std::size_t olds = 0, news = 0;
    for (std::size_t k = from; k < to; ++k) olds += all[k].mark != '+', news += all[k].mark != '-';
    const auto place = [](std::size_t line, std::size_t n) {
      return std::to_string(n == 0 ? line - 1 : line) + "," + std::to_string(n);
    };
    out += "@@ -" + place(old_line, olds) + " +" + place(new_line, news) + " @@\n";
    for (std::size_t k = from; k < to; ++k) {
      out += all[k].mark;
      out += all[k].line;
      if (!all[k].line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
    }
    old_line += olds, new_line += news;
    i = to;
  }
  return out;
}

}  // namespace entente::text
