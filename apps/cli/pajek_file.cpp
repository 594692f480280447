// Networks of Pajek's (de Nooy, Mrvar, Batagelj, Exploratory Social Network Analysis with Pajek): *Vertices with
// numbers and names; then *Edges and *Arcs, one `a b weight` a line, weight 1 unless said; or *Matrix, a row of numbers
// for each vertex, 0 for no tie. Lines that begin with % are comments. Arcs and matrices have directions: see
// TiesTaken.
#include <cmath>

#include "ties_file.hpp"

namespace entente::cli {
namespace {

struct Word {
  std::string text;
  Span span;
};

// The words of one line; a name in quotes is one.
std::vector<Word> words(std::string_view line, std::uint32_t file, std::size_t begin) {
  std::vector<Word> out;
  for (std::size_t k = 0; k < line.size();) {
    if (line[k] == ' ' || line[k] == '\t' || line[k] == '\r') {
      ++k;
      continue;
    }
    const bool quoted = line[k] == '"';
    std::size_t end = quoted ? line.find('"', k + 1) : line.find_first_of(" \t\r", k);
    if (end == std::string_view::npos) end = line.size();
    const std::size_t from = k + quoted, next = std::min(line.size(), end + quoted);
    out.push_back({std::string(line.substr(from, end - from)),
                   {file, static_cast<std::uint32_t>(begin + k), static_cast<std::uint32_t>(begin + next)}});
    k = next;
  }
  return out;
}

std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

}  // namespace

void read_pajek(std::string_view text, std::uint32_t file, Diagnostics& out, TiesFile& to, BothWays both) {
  enum class Part { none, vertices, edges, arcs, matrix, other } part = Part::none;
  TiesTaken taken(to, out, both);
  std::vector<std::string> names;
  std::size_t row = 0;
  if (text.starts_with("\xef\xbb\xbf")) text = text.substr(3);
  const auto vertex = [&](const Word& w) -> std::size_t {
    const auto k = number_in({w.text, w.span}, "number of a vertex", "E0638", out);
    if (!k) return 0;
    if (*k >= 1 && *k <= static_cast<double>(names.size()) && *k == std::floor(*k)) return static_cast<std::size_t>(*k);
    out.error("E0638", w.span, "there is no vertex " + w.text, "from 1 to " + std::to_string(names.size()));
    return 0;
  };
  const auto tie = [&](std::size_t a, Span a_place, std::size_t b, Span b_place, double weight, bool directed) {
    if (a == 0 || b == 0) return;
    if (a == b) {
      out.error("E0632", b_place, "a tie joins two different actors", "the same vertex");
      return;
    }
    taken.add(names[a - 1], a_place, names[b - 1], b_place, weight, directed);
  };
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const auto line = words(text.substr(begin, end - begin), file, begin);
    begin = end + 1;
    if (line.empty() || line[0].text.starts_with('%')) continue;
    if (line[0].text.starts_with('*')) {
      const std::string what = lower(line[0].text);
      if (what == "*vertices") {
        part = Part::vertices;
        const auto n = line.size() > 1 ? number_in({line[1].text, line[1].span}, "number of vertices", "E0638", out)
                                       : std::nullopt;
        if (!n || !(*n >= 1 && *n <= blocs::most_actors)) {
          if (out.ok())
            out.error("E0638", line[0].span, "*Vertices says how many there are", "from 1 to 20000", "*Vertices 4");
          return;
        }
        for (std::size_t k = 1; k <= static_cast<std::size_t>(*n); ++k) names.push_back(std::to_string(k));
        continue;
      }
      if (names.empty()) {
        out.error("E0638", line[0].span, "a network begins with its vertices", "*Vertices before this");
        return;
      }
      for (const auto& name : names) (void)taken.actor(name);
      if (to.actors.size() != names.size()) {
        out.error("E0638", line[0].span, "two vertices have one name", "in the list before this");
        return;
      }
      part = what == "*edges"    ? Part::edges
             : what == "*arcs"   ? Part::arcs
             : what == "*matrix" ? Part::matrix
                                 : Part::other;
      if (part == Part::other)
        out.error("E0638", line[0].span, line[0].text.substr(0, 40) + " is not read", "*Edges, *Arcs or *Matrix");
      continue;
    }
    switch (part) {
      case Part::none:
        out.error("E0638", line[0].span, "a network begins with its vertices", "*Vertices and how many");
        return;
      case Part::vertices:
        if (const std::size_t k = vertex(line[0]); k > 0 && line.size() > 1 && !line[1].text.empty())
          names[k - 1] = line[1].text;
        break;
      case Part::edges:
      case Part::arcs: {
        if (line.size() < 2) {
          out.error("E0638", line[0].span, "a tie has two vertices", "a b weight");
          break;
        }
        const auto w = line.size() > 2 ? number_in({line[2].text, line[2].span}, "weight of a tie", "E0631", out)
                                       : std::optional(1.0);
        if (w) tie(vertex(line[0]), line[0].span, vertex(line[1]), line[1].span, *w, part == Part::arcs);
        break;
      }
      case Part::matrix:
        if (++row > names.size() || line.size() != names.size()) {
          out.error("E0638", line[0].span, "a matrix has a row and a column for every vertex",
                    std::to_string(line.size()) + " numbers in row " + std::to_string(row));
          return;
        }
        for (std::size_t k = 0; k < line.size(); ++k)
          if (const auto w = number_in({line[k].text, line[k].span}, "weight of a tie", "E0631", out); w && *w != 0)
            tie(row, line[k].span, k + 1, line[k].span, *w, true);
        break;
      case Part::other:
        break;
    }
  }
  if (out.ok() && to.ties.empty()) out.error("E0630", {file, 0, 1}, "there is no tie here", "vertices only");
}

}  // namespace entente::cli
