// A situation as read and checked: immutable. Its numbers are in parameter.hpp; what each family of questions says in
// it is in src/families/<family>/section.hpp, and the core does not look into that.
#pragma once
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/situation/parameter.hpp"
#include "entente/situation/registry.hpp"
#include "entente/situation/schema.hpp"
#include "entente/situation/section.hpp"
#include "entente/text/files.hpp"

namespace entente::situation {

struct Actor {
  std::string id, name;
  YearNumber gdp;           ///< in gdp_unit
  ParamId discount = none;  ///< yearly, a share
  ParamId presence = none;
  std::string state;  ///< its code in the tables of the world: its own name unless said
  Span span, state_span;
};

struct Question {
  std::string name, kind;
  Span span;
  Held what;  ///< as the kind's family read it; nothing only where complaints were made
};

struct Patch {
  ParamId target = none, source = none;
};

/// Something that could be done. `with LEVER` in a claim means carried out, at its whole dose; what it costs, whether
/// it works and what it goes with matter to `turn` alone. A lever by nobody is a counterfactual, and no move.
struct Lever {
  std::string name, says;
  std::vector<ActorId> by;
  std::vector<Patch> patches;
  ParamId cost = none;   ///< in Situation::cost_unit, 0 or above; none: nobody said
  ParamId works = none;  ///< the chance that it can be carried out as said; none: it can
  /// Its size, a fixed number at its largest, whose domain is the range; formulas of `patches` and `cost` may need it.
  ParamId dose = none;
  std::vector<double> doses;                   ///< those looked at, rising; empty without a dose
  std::vector<std::uint32_t> excludes, needs;  ///< levers by index
  Span span, cost_span;
};

/// Numbers whose ranks correlate, by a Gaussian copula. `ranks` holds the rank correlation of members i > j at
/// i (i - 1) / 2 + j; none: 0.
struct Together {
  std::string name;
  std::vector<ParamId> members;
  std::vector<ParamId> ranks;
  Span span;
};

struct Claim {
  std::string name, says, because, holds;
  std::string implied;   ///< not empty: it follows from this assumption; no word of probability is given
  std::string caveat;    ///< what a reader should know before he believes it
  std::string resolves;  ///< what will say whether it came true
  std::string under;     ///< the claim of which this one tells more; empty: it stands for itself
  number::Place place;   ///< of `holds`
  Span span;
};

struct Outcome {
  std::string name, quantity, value, date, note;
  std::uint32_t source = none;
  Span span, value_span;
  number::Place place;
};

/// What became known after as_of: never an input of the base answer; whoever follows it weighs draws by it. Either
/// `condition` (how likely it was to become known where that is true, false and undefined) or `quantity` (which was
/// read to be `reads`; `otherwise` where there is no such quantity).
struct News {
  std::string name, says, date;
  std::string condition, quantity;
  number::Place place;  ///< of the one that is there
  ParamId likely = none, unlikely = none, reads = none;
  ParamId otherwise = none;  ///< `else`; none: nobody said
  std::string group;         ///< items of one group tell one thing
  bool counts = true;        ///< of a group, the one that is weighed
  std::uint32_t source = none;
  Span span, reads_span;
};

/// How a number that refers to drivers is computed, in the order in which it can be.
struct Rule {
  ParamId param = none;
  ParamId reference = none;  ///< a driver whose value, times `factor`, is taken; none: `program`
  double factor = 1;
  number::Program program;  ///< slots are parameters
};

struct Situation {
  std::string title, as_of, name;  ///< name: the file's stem or the folder's name
  std::filesystem::path file;
  std::uint64_t digest = 0;  ///< hash of all that the file and its tables say, comments and layout apart
  Span span;
  std::vector<SourceEntry> sources;
  std::vector<Actor> actors;
  std::map<std::string, std::vector<ActorId>> groups;
  std::map<std::string, std::string, std::less<>> words;  ///< what names of this file mean, for readers of an answer
  number::UnitBook units;                                 ///< declared by the file
  std::vector<Parameter> parameters;
  std::map<std::string, ParamId, std::less<>> drivers;
  /// What `without` can leave out, by name: actors, links, producers, consumers; a name may stand for several.
  std::multimap<std::string, ParamId, std::less<>> presence;
  std::vector<Rule> rules;                   ///< in order of dependence
  std::shared_ptr<const Registry> registry;  ///< the kinds of question that it was read with
  Sections sections;                         ///< what families keep of it
  std::vector<Question> questions;
  std::vector<Lever> levers;
  number::Unit cost_unit;  ///< of every lever's cost
  std::vector<Together> together;
  std::vector<Claim> claims;
  std::vector<Outcome> outcomes;
  std::vector<News> news;  ///< by date, of one day by name
  bool dissent = false;
  std::vector<ParamId> unused;  ///< drivers that no number, claim or outcome needs

  [[nodiscard]] ActorId actor(std::string_view id) const noexcept;
  /// A driver by its name, or as its path is printed: `gas` and `drivers.gas`. None if there is none.
  [[nodiscard]] ParamId driver(std::string_view name) const noexcept;
  /// The same name with the actors of its last pair the other way round ("together.CHN-RUS" of "together.RUS-CHN");
  /// empty where it names no pair. A pair is the same both ways.
  [[nodiscard]] std::string turned(std::string_view name) const;
  [[nodiscard]] ParamId parameter(std::string_view path) const noexcept;  ///< O(log n)
  Paths by_path;
};

/// How many numbers a situation has, the same wherever it is told: those that somebody wrote, how many of these are
/// uncertain and drawn, how many uncertain ones stand where nothing is written, and how many are of levers that no
/// claim asks for, so that nothing draws them. An event whose chance is a driver is one number.
struct NumberCount {
  std::size_t written = 0, uncertain = 0, defaults = 0, idle = 0;
};
/// `drawn` by parameter. Who has no plan passes nothing: then all are drawn but those of levers.
[[nodiscard]] NumberCount count_numbers(const Situation& s, const std::vector<char>& drawn = {});

/// A note (N0217) at every number of which its domain cuts away more than one draw in ten thousand.
void note_cuts(const Situation& s, Diagnostics& out);

/// What a situation names (tables, the base of an economy, what a dissent overrides) lies in its own folder, links
/// followed, or in one of `allow`. Besides: `dissents-from` may name a situation directly above (`../situation.yaml`),
/// whose folder counts then too, and a base may be a folder anywhere that says so itself (shared_base).
struct LoadOptions {
  bool strict = false;             ///< a number without a source is an error
  std::vector<std::string> allow;  ///< folders that may be read besides
  const text::Files* files = &text::disk();
};

/// One leaf in which a dissent differs from its base.
struct Difference {
  std::string path;           ///< dotted
  std::string before, after;  ///< as written; before is empty for a new key
  Span span;                  ///< in the dissent
};

/// Reads a file, or a folder with situation.yaml; follows `dissents-from`. Complaints go to `out`; nothing is returned
/// when there is an error.
[[nodiscard]] std::optional<Situation> load(const std::filesystem::path& path, Registry registry, SourceMap& sources,
                                            Diagnostics& out, const LoadOptions& options = {});

/// The `markets:` entry of a situation alone, with an optional `actors:`; whoever is named as an owner or for a consent
/// and not declared is an actor of that name.
[[nodiscard]] std::optional<Situation> load_bare(const std::string& name, std::string content, Registry registry,
                                                 SourceMap& sources, Diagnostics& out);

/// A dissent taken apart, for `diff`.
class Dissent {
 public:
  static std::optional<Dissent> open(const std::filesystem::path& path, Registry registry, SourceMap& sources,
                                     Diagnostics& out, const LoadOptions& options = {});
  [[nodiscard]] const std::vector<Difference>& differences() const;
  [[nodiscard]] const std::filesystem::path& base() const;  ///< the file that it overrides
  /// The base with the differences whose flag is set; tables come from the files that it was opened from.
  [[nodiscard]] std::optional<Situation> with(const std::vector<bool>& apply, SourceMap& sources, Diagnostics& out,
                                              const LoadOptions& options = {}) const;
  struct Body;

 private:
  std::shared_ptr<Body> body_;
};

}  // namespace entente::situation
