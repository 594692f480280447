// What is said of an answer, sentence by sentence, in the order in which every output says it. The terminal and the
// page take their words from here and differ in nothing but how they set them.
#pragma once
#include <cstdint>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "entente/doubt/doubt.hpp"
#include "entente/plan/answer.hpp"
#include "entente/plan/plan.hpp"
#include "entente/report/report.hpp"

namespace entente::report {

/// Words, with the mentions of the situation's numbers and quantities kept apart: a terminal writes their meaning with
/// the path, a page their meaning with a link.
class Sentence {
 public:
  struct Piece {
    std::string text;
    situation::ParamId param = situation::none;  ///< a mention; `text` is empty
    bool quantity = false;                       ///< `text` is a quantity's name
  };
  Sentence() = default;
  Sentence(std::string text) { add(std::move(text)); }  // NOLINT: a text is a sentence
  Sentence& operator+=(const std::string& text) { return add(text); }
  Sentence& operator+=(const char* text) { return add(text); }
  Sentence& operator+=(const Sentence& other);
  Sentence& mention(situation::ParamId param);
  Sentence& quantity(std::string name);
  [[nodiscard]] bool empty() const noexcept { return pieces_.empty(); }
  [[nodiscard]] const std::vector<Piece>& pieces() const noexcept { return pieces_; }
  /// Numbers in words; the path stands behind them in brackets where it is not in `named` yet, and joins it.
  [[nodiscard]] std::string text(const situation::Situation& s, std::set<situation::ParamId>& named) const;
  [[nodiscard]] std::string text(const situation::Situation& s) const;

 private:
  Sentence& add(std::string text);
  std::vector<Piece> pieces_;
};

/// What is said of one claim. The verdict is `words`, `share`, `says`; the rest follows in the order of Part.
struct Said {
  enum class Part : std::uint8_t {
    assumed,     ///< what it follows from, where it is no finding
    caveat,      ///< what the file says a reader should know before he believes it
    resolves,    ///< what will say whether it came true, where the file has a rule
    record,      ///< how forecasts of its kind came out, or that nobody knows
    confidence,  ///< how good the sources are of what drives it; never mixed with likelihood
    turns,       ///< what would flip it
    compared,    ///< the quantities that it compares, and by how much it holds
    driven,      ///< what drives it
    joint,       ///< the smallest change of everything together that flips it
    sampling     ///< how sure the estimate itself is; in how many draws it is undefined, and why
  };
  std::string name;
  /// "likely (55-80 %)"; "implied" or "ruled out by the assumption, not evidence"; "true" without draws;
  /// "no answer in any draw (why)"
  std::string words;
  std::string share;   ///< "0.56", "in all 10,000 draws"; empty where there is no probability
  std::string record;  ///< "no record", or "record 0.129 against 0.175 by last-side-by-n"; empty where nothing is told
  double calibrated = std::numeric_limits<double>::quiet_NaN();  ///< where there is a record of ten events or more:
                                                                 ///< what came true of what was told so; else NaN
  std::string says;
  bool implied = false;
  /// "It turns false if Brent is under 66.1 USD/bbl.": the first turn, by itself; without draws by how much
  /// it holds or fails, "clear by 34.3 percentage points".
  Sentence turning;
  std::vector<std::pair<Part, Sentence>> parts;
  [[nodiscard]] const Sentence* part(Part p) const noexcept;
};
[[nodiscard]] Said said(const plan::Plan& plan, const doubt::Doubt& d, const doubt::Finding& f);
[[nodiscard]] Said said(const plan::Answer::Claim& claim);
/// What stands behind the number: "; no record", with the style's leave "; 0.97 by the record".
[[nodiscard]] std::string told(const Said& x, const Style& style);

/// Claims in the order in which they are told: by chapters, each a claim that stands for itself and then those that
/// tell more of it. Indices of the plan's claims (of an answer's, and of a doubt's findings).
[[nodiscard]] std::vector<std::vector<std::size_t>> chapters(const situation::Situation& s);

/// One number that drives a claim. Texts are empty where nothing is known.
struct DriverSaid {
  situation::ParamId param = 0;
  const doubt::Driver* driver = nullptr;  ///< of the finding
  std::string variance, interval, margin, worth, total;
  Sentence turns;  ///< "turns at 66.1 USD/bbl (false below, true above; 41 % of it lies below)"
};
inline constexpr std::size_t drivers_shown = 6;
[[nodiscard]] std::vector<DriverSaid> drivers_said(const plan::Plan& plan, const doubt::Doubt& d,
                                                   const doubt::Finding& f);
/// Of a quantity that is yes or no: "37 % of draws", of those that have a value; "under 1 % of draws", "no draw".
[[nodiscard]] std::string yes_share(const doubt::Spread& q);
/// What the columns of that table mean.
[[nodiscard]] std::string drivers_legend(const doubt::Doubt& d);

/// "10,000 draws of 228 uncertain numbers, 205 of which move a claim; seed 1, Latin hypercube in ten replicate
/// designs."
/// "379 uncertain numbers and 14 more by default": those that a run draws.
[[nodiscard]] std::string numbers_drawn(const plan::Plan& plan);
[[nodiscard]] std::string draws_said(const plan::Plan& plan, const doubt::Doubt& d);
/// "What was known on 9 May 2025; ..."
[[nodiscard]] std::string known_said(const plan::Plan& plan);

/// An entry of a table as written: a number to the digits that it is worth.
[[nodiscard]] ask::Phrase entry_said(const ask::Entry& e);

/// A question's headline quantities in every world that reaches it; empty with fewer than two worlds. A cell without a
/// value shows a dash (with a letter where there are several reasons), and `reasons` say why.
struct Worlds {
  ask::Account::Table table;  ///< columns: quantity, unit, worlds
  std::vector<std::string> reasons;
};
[[nodiscard]] Worlds worlds_said(const plan::Answer::Question& q);

}  // namespace entente::report
