// From entries to the plain structures: what each section adds to the generic reader.
#pragma once
#include "entry.hpp"

namespace entente::situation {

struct Builder {
  Situation& s;
  Reader& reader;
  Diagnostics& out;

  void header(const Entry& root);
  void actors(const Entry& root);
  void groups(const Entry& root, const text::Document& document);
  void markets(const Entry& root);
  void questions(const Entry& root);
  void claims(const Entry& root);
  void drivers(const Entry& root);  // rules in order; cycles, unknown names, units
  void levers(const Entry& root);
  void cite(bool strict);  // numbers without a source

  ParamId presence(const std::string& name, const std::string& path, Span span);
  ActorId actor(const Word& w);
  std::vector<ActorId> actor_list(const std::vector<Word>& words);

 private:
  void market(const Entry& e);
  void link(Market& m, const Entry& e);
  void demand(Consumer& c, const Entry& e);
  std::uint32_t node(const Market& m, const Word& w);
  void deal(Question& q, const Entry& e);
  ParamId in_unit(const Value& v, const number::Unit& unit);
};

}  // namespace entente::situation
