// From entries to the plain structures: what each section adds to the generic reader.
#pragma once
#include "entry.hpp"

namespace entente::situation {

struct Builder {
  Situation& s;
  Reader& reader;
  Diagnostics& out;

  Builder(Situation& situation, Reader& r, Diagnostics& diagnostics) : s(situation), reader(r), out(diagnostics) {}

  void header(const Entry& root);
  void actors(const Entry& root);
  void groups(const Entry& root, const text::Document& document);
  void markets(const Entry& root);
  void exchanges(const Entry& root);
  void forces(const Entry& root);
  void displays(const Entry& root);
  void scales(const Entry& root);
  void supplies(const Entry& root);
  void alignment(const Entry& root);  // evidence, ties, sizes
  void economy(const Entry& root);    // economy, measures
  void questions(const Entry& root);
  void claims(const Entry& root);
  void words(const Entry& root);    // after all others: a word for a name that nothing bears is a slip
  void drivers(const Entry& root);  // rules in order; cycles, unknown names, units
  [[nodiscard]] bool unread(std::initializer_list<std::string_view> path) const;
  void unused();  // drivers that no number, claim, outcome or lever needs
  void levers(const Entry& root);
  void together(const Entry& root);  // after the drivers
  void cite(bool strict);            // numbers without a source
  void plausible(bool strict);       // numbers that can hardly be meant

  ParamId presence(const std::string& name, const std::string& path, Span span);
  ParamId tie(ActorId a, ActorId b, Span span);  // presence of a tie, made once; found under both orders of its names
  ActorId actor(const Word& w);
  /// Whom the names of a mapping mean among `all`: an actor, a group (one number for all), `each group` (one each),
  /// `others` (one number for the rest). By position in `all`; none where nobody said anything.
  std::vector<ParamId> spread(const Numbers& numbers, const std::vector<ActorId>& all, const std::string& path);
  void once(const std::vector<Word>& words);
  std::vector<ActorId> actor_list(const std::vector<Word>& words, bool each_once = true);

 private:
  std::unordered_map<std::string, std::uint32_t> nodes_;  // of the market being read
  bool partial_ = false;                                  // a section of nodes of that market could not be read
  std::set<std::string> unread_;                          // markets that could not be read, complained about already
  bool possible(const Together& t, const std::vector<std::string>& names);
  void market(const Entry& e);
  void link(Market& m, const Entry& e);
  void demand(Consumer& c, const Entry& e);
  void choke_above_price(const Consumer& c);
  std::uint32_t node(const Market& m, const Word& w);
  void deal(Question& q, const Entry& e);
  std::map<std::pair<ActorId, ActorId>, std::uint32_t> ties_;  // into Situation::ties, the lower actor first
  std::uint32_t tie_named(const Word& w, bool make);
  std::optional<Camp> camp(const Entry& e, const Value& list, bool sized = true);
  bool likely(Camp& c, const Entry& e);
  void parting(Question& q, const Entry& e, bool bind);
  void supplied(Question& q, const Entry& e);
  bool ties_unread_ = false;  // a table of ties could not be read, or a tie's number; complained about already
  void aligned(Question& q, const Entry& e);  // align, wedge, bind, balance
  void pressure(Question& q, const Entry& e);
  std::set<ActorId> unplaced_;  // what is wrong with their regions was told
  bool no_economy_ = false;     // the situation says nothing of one; else what is wrong with it was told
  void regions(const Value& v);
  void measure(const Entry& e);
  bool placed(ActorId a, Span at);  // it has a region in the base, or a complaint
  std::vector<std::uint32_t> sectors(const Value& v);
  std::vector<std::uint32_t> measures_named(const Value& v);
  [[nodiscard]] bool written(std::string_view code, std::string_view name) const;
  template <class Section>
  std::uint32_t named(const std::vector<Section>& sections, const Word& w, const char* what, const char* code);
  ParamId in_unit(const Value& v, const number::Unit& unit);
  ParamId in_unit(ParamId id, Span span, const number::Unit& unit);
};

}  // namespace entente::situation
