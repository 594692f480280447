// What the questions of alignment read of a situation: ties and sizes of those in the question, in a world.
#pragma once
#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "entente/ask/picture.hpp"
#include "entente/kernel/blocs.hpp"
#include "families/alignment/section.hpp"

namespace entente::ask {

/// Those of a camp who are there in a world, as a graph for the kernels. Reused between draws.
struct Present {
  blocs::Graph graph;
  std::vector<double> tie;           ///< by pair
  std::vector<double> size;          ///< by position
  std::vector<std::uint32_t> place;  ///< by position: its number in the graph, or `absent`
  std::vector<std::size_t> tied;     ///< by pair: its tie in the graph, or Ties::npos
  static constexpr std::uint32_t absent = blocs::most_actors;
};

/// Ties among a camp's actors. An actor that is absent in a world has no place in its graph; a tie that is absent, or
/// that nobody says anything of, is 0.
class Ties {
 public:
  struct Pair {
    std::uint32_t i = 0, j = 0;  ///< positions in the camp, i < j
    std::uint32_t tie = 0;       ///< into Situation::ties
  };

  Ties(const situation::Situation& s, const situation::Camp& camp);

  [[nodiscard]] std::size_t actors() const noexcept { return camp_.actors.size(); }
  [[nodiscard]] const std::vector<Pair>& pairs() const noexcept { return pairs_; }
  [[nodiscard]] const std::string& id(std::size_t i) const { return s_.actors[camp_.actors[i]].id; }
  /// Of two positions, and of a tie: as the situation writes it; in the camp's order where it says nothing of them.
  [[nodiscard]] std::string name(std::size_t i, std::size_t j) const;
  [[nodiscard]] std::string name(const Pair& p) const;
  /// The same, marked as a pair.
  [[nodiscard]] Phrase told(std::size_t i, std::size_t j) const { return {Phrase::Kind::pair, name(i, j)}; }
  [[nodiscard]] Phrase told(const Pair& p) const { return {Phrase::Kind::pair, name(p)}; }
  [[nodiscard]] situation::ActorId who(std::size_t i) const { return camp_.actors[i]; }
  [[nodiscard]] std::size_t position(situation::ActorId who) const noexcept;
  [[nodiscard]] std::size_t pair(std::uint32_t tie) const noexcept;  ///< its place in pairs(); npos if not among them
  [[nodiscard]] bool here(std::span<const double> p, std::size_t i) const {
    return p[s_.actors[camp_.actors[i]].presence] != 0;
  }

  /// By pair: sum of weight times value, plus judgement; 0 when absent.
  void values(std::span<const double> p, std::vector<double>& out) const;
  /// By position, divided by their mean over those present, so that energies by different measures compare; all 1
  /// without a measure. Absent: 0.
  void sizes(std::span<const double> p, std::uint32_t measure, std::vector<double>& out) const;
  /// Fills `out` for sizes by `measure`.
  void graph(std::span<const double> p, std::uint32_t measure, Present& out) const;
  /// "A, B | C": blocs of a graph's actors, as a sentence names them.
  [[nodiscard]] Phrase sides(const Present& x, std::span<const std::uint32_t> bloc) const;
  [[nodiscard]] blocs::Setting setting() const noexcept;  ///< how many sides there may be
  void reads(std::vector<situation::ParamId>& out) const;
  void reads_sizes(std::uint32_t measure, std::vector<situation::ParamId>& out) const;

  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

 private:
  [[nodiscard]] bool counts(situation::ParamId weight) const noexcept {
    return std::ranges::find(camp_.evidence, weight) != camp_.evidence.end();
  }
  const situation::Situation& s_;
  const situation::Camp& camp_;
  const std::vector<situation::Tie>& all_;
  std::vector<Pair> pairs_;
};

/// Those present as nodes, in the order of the graph, their sides as groups, areas by size; no edges yet.
[[nodiscard]] Network blocs_network(const situation::Situation& s, const situation::Camp& camp, const Ties& ties,
                                    const Present& x, std::span<const std::uint32_t> bloc);

}  // namespace entente::ask
