// From entries to the plain structures: what each section adds to the generic reader. The core's own sections are here;
// those of families are read by a FamilyReader each.
#pragma once
#include "entry.hpp"

namespace entente::situation {

// What whoever reads a section may ask: the situation so far, the reader of numbers, complaints, and names.
struct Builder {
  Situation& s;
  Reader& reader;
  Diagnostics& out;

  Builder(Situation& situation, Reader& r, Diagnostics& diagnostics) : s(situation), reader(r), out(diagnostics) {}

  ParamId presence(const std::string& name, const std::string& path, Span span);
  ParamId tie(ActorId a, ActorId b, Span span);  // presence of a tie, made once; found under both orders of its names
  ActorId actor(const Word& w);
  void once(const std::vector<Word>& words);
  std::vector<ActorId> actor_list(const std::vector<Word>& words, bool each_once = true);
  // Whom the names of a mapping mean among `all`: an actor, a group (one number for all), `each group` (one each),
  // `others` (one number for the rest). By position in `all`; none where nobody said anything.
  std::vector<ParamId> spread(const Numbers& numbers, const std::vector<ActorId>& all, const std::string& path);
  // Whether something stands at this place of the file while complaints were made: it could then not be read, and what
  // is wrong with it was told.
  [[nodiscard]] bool unread(std::initializer_list<std::string_view> path) const;
  // The index of the section of that name, or a complaint: there is no `what` of it. `section`: where the file says it.
  template <class Section>
  std::uint32_t named(const std::vector<Section>& sections, const Word& w, const char* what, const char* code,
                      const char* section) {
    for (std::uint32_t i = 0; i < sections.size(); ++i)
      if (sections[i].name == w.text) return i;
    if (unread({section, w.text})) return none;  // what is wrong with it was told
    const auto names = [&] {
      std::vector<std::string> all;
      for (const auto& one : sections) all.push_back(one.name);
      return all;
    };
    out.error(code, w.span, std::string("there is no ") + what + " `" + w.text + "`", "nothing of that name",
              reader.meant(w.text, names));
    return none;
  }
  // A number whose unit is known only from the section that a question names.
  ParamId in_unit(const Value& v, const number::Unit& unit);
  ParamId in_unit(ParamId id, Span span, const number::Unit& unit);
};

// The number of a field that does not differ by year; none where nothing is said.
[[nodiscard]] inline ParamId only(const YearNumber& n) { return n.first(); }

// One family's part of one situation. It lives until the situation is read.
struct FamilyReader : Builder {
  explicit FamilyReader(const Builder& b) : Builder(b) {}
  virtual ~FamilyReader() = default;
  // Its sections; those of families before it are read.
  virtual void sections(const Entry& root) = 0;
  // A question of one of its kinds (e.record says which): fills q.what, or complains.
  virtual void question(Question& q, const Entry& e) = 0;
  // Adds names that `words` may explain, beyond those in paths of numbers and the core's own; says whether those are
  // all, or a table that holds more could not be read.
  [[nodiscard]] virtual bool known_names(std::set<std::string, std::less<>>& /*all*/) const { return true; }
  // Hash of what the family read beside the file and its tables.
  [[nodiscard]] virtual std::uint64_t digest() const { return 0; }
};

// The core's own sections.
struct CoreBuilder : Builder {
  using Builder::Builder;
  void header(const Entry& root);
  void actors(const Entry& root);
  void groups(const Entry& root);
  void families(const Entry& root);   // their sections, in the registry's order
  void questions(const Entry& root);  // each by the family of its kind
  void claims(const Entry& root);
  void news(const Entry& root);                // news.cpp; before the header, which asks how old sources are
  void words(const Entry& root);               // after all others: a word for a name that nothing bears is a slip
  void drivers(const Entry& root);             // rules in order; cycles, unknown names, units
  void unused();                               // drivers that no number, claim, outcome or lever needs
  void levers(const Entry& root);              // moves.cpp
  void costs(const Entry& root);               // after the drivers: one unit; every dose fits its places
  void together(const Entry& root);            // after the drivers
  void cite(bool strict);                      // numbers without a source
  void plausible(bool strict);                 // numbers that can hardly be meant
  [[nodiscard]] std::uint64_t digest() const;  // of what families read beside the file

 private:
  void dose(Lever& l, const Entry& e);
  void ties_of_levers(const Entry& root);
  void fits(const Lever& l);
  bool possible(const Together& t, const std::vector<std::string>& names);
  std::vector<std::unique_ptr<FamilyReader>> readers_;  // by family
};

}  // namespace entente::situation
