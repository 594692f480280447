// Games in Gambit's files on any bytes: what is read without complaint is a tree or a table, every node with its moves.
#include "entente/text/gambit.hpp"

#include "checks.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  SourceMap sources;
  const auto file = sources.add("f.efg", fuzz::text(data, size));
  Diagnostics out;
  const auto g = text::read_gambit(sources, file, out);
  fuzz::complaints(out, sources, size);
  if (!out.ok()) {
    fuzz::check(g.nodes.empty() && g.payoff.empty());
    return 0;
  }
  fuzz::check(!g.players.empty());
  if (!g.extensive) {
    std::size_t cells = 1;
    for (const auto& s : g.strategies) cells *= s.size();
    fuzz::check(g.payoff.size() == cells * g.players.size());
    return 0;
  }
  std::size_t led = 1;
  for (std::size_t k = 0; k < g.nodes.size(); ++k) {
    const auto& n = g.nodes[k];
    fuzz::check(n.kind != 'p' || n.information < g.information.size());
    const std::size_t moves = n.kind == 'c'   ? n.moves.size()
                              : n.kind == 'p' ? g.information[n.information].moves.size()
                                              : 0;
    fuzz::check(n.children.size() == moves && (n.payoff.empty() || n.payoff.size() == g.players.size()));
    for (const auto c : n.children) fuzz::check(c > k && c < g.nodes.size());
    led += n.children.size();
  }
  fuzz::check(led == g.nodes.size());
  return 0;
}
