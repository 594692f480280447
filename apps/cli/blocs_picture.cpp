#include "blocs_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace entente::cli {
namespace {

constexpr std::array<std::array<int, 3>, 8> colours{{{31, 119, 180},
                                                     {214, 39, 40},
                                                     {44, 160, 44},
                                                     {255, 127, 14},
                                                     {148, 103, 189},
                                                     {140, 86, 75},
                                                     {227, 119, 194},
                                                     {127, 127, 127}}};

std::string in_quotes(const std::string& s) {
  std::string out = "\"";
  for (const char c : s) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string xml(const std::string& s) {
  std::string out;
  for (const char c : s) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else if (static_cast<unsigned char>(c) >= 32) out += c;
  }
  return out;
}

double heaviest(const blocs::Graph& g) {
  double most = 0;
  for (const auto& tie : g.ties) most = std::max(most, std::abs(tie.weight));
  return most > 0 ? most : 1;
}

}  // namespace

std::string blocs_dot(const TiesFile& t, const blocs::Graph& g, const blocs::Solution& s) {
  std::string out =
      "graph blocs {\n  layout=neato; overlap=false; splines=true;\n  node [style=filled, fontcolor=white];\n";
  for (std::size_t i = 0; i < t.actors.size(); ++i) {
    const auto& c = colours[s.bloc[i] % colours.size()];
    out += fmt::format("  {} [fillcolor=\"#{:02x}{:02x}{:02x}\"];\n", in_quotes(t.actors[i]), c[0], c[1], c[2]);
  }
  const double most = heaviest(g);
  for (std::size_t k = 0; k < g.ties.size(); ++k) {
    const auto& tie = g.ties[k];
    if (tie.weight == 0) continue;
    const double strength = std::abs(tie.weight) / most;
    out += fmt::format("  {} -- {} [len={:.2f}, color={}, style={}, penwidth={}, weight={:.2f}];\n",
                       in_quotes(t.actors[tie.a]), in_quotes(t.actors[tie.b]),
                       tie.weight > 0 ? 2 - strength : 3 + 3 * strength, tie.weight > 0 ? "darkgreen" : "red",
                       tie.weight > 0 ? "solid" : "dashed", s.tie_frustration[k] > 0 ? 3 : 1, strength);
  }
  return out + "}\n";
}

std::string blocs_gexf(const TiesFile& t, const blocs::Graph& g, const blocs::Solution& s) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<gexf xmlns=\"http://www.gexf.net/1.2draft\" xmlns:viz=\"http://www.gexf.net/1.2draft/viz\" version=\"1.2\">\n"
      "<meta><creator>entente</creator></meta>\n"
      "<graph defaultedgetype=\"undirected\">\n"
      "<attributes class=\"node\"><attribute id=\"bloc\" title=\"bloc\" type=\"integer\"/>"
      "<attribute id=\"size\" title=\"size\" type=\"double\"/>"
      "<attribute id=\"frustration\" title=\"frustration\" type=\"double\"/></attributes>\n"
      "<attributes class=\"edge\"><attribute id=\"tie\" title=\"tie\" type=\"double\"/>"
      "<attribute id=\"frustrated\" title=\"frustrated\" type=\"boolean\"/></attributes>\n<nodes>\n";
  for (std::size_t i = 0; i < t.actors.size(); ++i) {
    const auto& c = colours[s.bloc[i] % colours.size()];
    out += fmt::format(
        "<node id=\"{}\" label=\"{}\"><attvalues><attvalue for=\"bloc\" value=\"{}\"/><attvalue for=\"size\" "
        "value=\"{}\"/><attvalue for=\"frustration\" value=\"{}\"/></attvalues><viz:color r=\"{}\" g=\"{}\" "
        "b=\"{}\"/></node>\n",
        i, xml(t.actors[i]), s.bloc[i], g.size.empty() ? 1.0 : g.size[i], s.actor_frustration[i], c[0], c[1], c[2]);
  }
  out += "</nodes>\n<edges>\n";
  for (std::size_t k = 0; k < g.ties.size(); ++k) {
    const auto& tie = g.ties[k];
    out += fmt::format(
        "<edge id=\"{}\" source=\"{}\" target=\"{}\" weight=\"{}\"><attvalues><attvalue for=\"tie\" value=\"{}\"/>"
        "<attvalue for=\"frustrated\" value=\"{}\"/></attvalues></edge>\n",
        k, tie.a, tie.b, std::abs(tie.weight), tie.weight, s.tie_frustration[k] > 0);
  }
  return out + "</edges>\n</graph>\n</gexf>\n";
}

}  // namespace entente::cli
