// Evidence that the tables of the world hold: which kinds a file asks for, what they weigh, and what they say of the
// actors of a question.
//
// Problem. Weights of ties were estimated jointly from two centuries of disputes; drawn apart from one another they
// would be surer, or less sure, than the estimate is. A tie that is read from the tables must be as old as it will be
// at `as_of`, and one that they do not know is not nought.
// Choice. Every weight is a number of the situation, normal about its estimate, and all of a file hang together by the
// one covariance that fits to events drawn with replacement give (situation::Together holds it exactly: the margins are
// normal, so a Gaussian copula of them is the joint normal). What the tables say is fixed, by question: third parties
// are those who are not in it.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "entente/world/weights.hpp"
#include "families/alignment/section.hpp"
#include "situation/sections.hpp"

namespace entente::situation {

/// One kind of evidence as the file has it.
struct Evidence {
  std::string name;
  Span span;
  ParamId weight = none;  ///< with values of its own
  bool estimated = false;
  std::vector<std::size_t> kinds;  ///< of world::kind()
  std::vector<ParamId> weights;    ///< by these
};

/// `folder`/record.csv: how the rule came out over all disputes. Nothing where it is not there; complaints as those of
/// the tables. O(bytes).
[[nodiscard]] std::shared_ptr<const ask::Record> read_record(const std::string& folder, SourceMap& sources,
                                                             Diagnostics& out, const text::Files& files);

class WorldEvidence : public Builder {
 public:
  explicit WorldEvidence(const Builder& b) : Builder(b) {}
  void folder(const Entry& root);  ///< `states`
  /// Whether an entry is the world's: estimated, or a constant without values of its own. Fills the kinds and weights.
  bool read(const Entry& e, Evidence& out);
  void together();  ///< after all entries
  /// What the tables say of these actors; nothing after a complaint.
  [[nodiscard]] std::shared_ptr<const Estimated> of(const std::vector<ActorId>& actors,
                                                    const std::vector<const Evidence*>& kinds, Span at);
  [[nodiscard]] std::uint64_t digest() const noexcept { return hash_; }

 private:
  bool open(Span at);
  bool tables(Span at);
  std::string path_;
  Span path_at_;
  bool tried_ = false, there_ = false;
  bool tables_tried_ = false, tables_there_ = false;
  std::uint64_t hash_ = 0;
  std::uint32_t source_ = none;
  int year_ = 0;
  world::World world_;
  std::vector<world::Weights> sets_;
  const world::Weights* set_ = nullptr;
  std::shared_ptr<const ask::Record> record_;
  std::vector<std::pair<std::size_t, ParamId>> drawn_;  // kind, weight
  std::vector<Span> drawn_at_;
};

}  // namespace entente::situation
