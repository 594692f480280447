// The face of a question: a situation's section compiled to a model that turns parameter values into cells. Adding a
// question is one Model in its family's folder; uncertainty, drivers, flips and levers then come without a line of its
// own.
#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "entente/ask/groups.hpp"
#include "entente/ask/phrase.hpp"
#include "entente/ask/picture.hpp"
#include "entente/base/diagnostic.hpp"
#include "entente/situation/situation.hpp"

namespace entente::ask {

/// Why a cell has no value.
enum class Reason : std::uint8_t {
  none,
  no_deal,         ///< the parties' limits do not meet
  no_volume,       ///< nothing would flow
  no_link,         ///< no link at stake can be built in this world
  nothing_given,   ///< nobody gives the client anything
  undelivered,     ///< no goods reach the buyer
  absent,          ///< an actor that it speaks of is not there in this world
  several,         ///< equally good configurations disagree
  no_other,        ///< there is only one configuration
  no_tie,          ///< the actor has no tie here
  no_divergence,   ///< the ties never diverge
  impossible,      ///< nothing within the bounds does it
  no_equilibrium,  ///< no equilibrium that is counted survives
  unsent,          ///< no surviving equilibrium sends this signal
  no_supplier,     ///< somebody would be left without a supplier of what he needs
  not_solved,      ///< a kernel missed its tolerance
  out_of_domain,   ///< a formula left its place's domain in this draw
  no_value,        ///< the claim's own formula has none: a division by zero, a root of a negative number
  no_agreement,    ///< what some would gain by, others would lose by
  limited,         ///< a search was stopped by its limit before it was decided
};
inline constexpr std::size_t reasons = static_cast<std::size_t>(Reason::limited) + 1;  ///< how many there are
/// No answer was found, which says nothing of whether there is one.
[[nodiscard]] constexpr bool unanswered(Reason r) noexcept { return r == Reason::not_solved || r == Reason::limited; }
[[nodiscard]] std::string_view says(Reason r) noexcept;

/// One number that a question can give. `name` without the question's: "limit.RUS".
struct Quantity {
  std::string name;
  number::Unit unit;
  Phrase says;
  unsigned group = 0;     ///< work that it needs; evaluate() leaves cells of groups not asked for untouched
  bool headline = false;  ///< worth a line in a short answer
  bool yes_no = false;    ///< 1 or 0: over draws told as the share in which it is 1
  /// An event that the draw tosses: the quantity, of the same group, that is its chance. A claim that hangs on one such
  /// event takes the chance and not the toss.
  std::uint32_t chance = no_chance;
  static constexpr std::uint32_t no_chance = 0xffffffffu;
};

/// A number in an account, with what it is made of.
struct Line {
  std::string label;
  double value = 0;  ///< NaN: undefined, see `text`
  std::string unit;
  Phrase text;  ///< a formula in numbers, or a reason
};

/// One entry of a table: what it is, and how it is told where that is not plain. A text is an entry as it stands.
struct Entry {
  enum class Kind : std::uint8_t {
    text,
    number,   ///< `value`, in `unit` where the head of its column does not say so; `digits` of it are worth telling
    actor,    ///< `text` is its name in the file
    yes_no,   ///< `value` is 1 or 0
    missing,  ///< no value; `reason` says why where that is known
  };
  Entry() = default;
  Entry(Phrase words) : text(std::move(words)) {}       // NOLINT: what is said is an entry
  Entry(std::string words) : text(std::move(words)) {}  // NOLINT
  Entry(const char* words) : text(words) {}             // NOLINT
  /// Not finite: missing, told as "none".
  [[nodiscard]] static Entry number(double value, int digits = 3);
  /// Told as `words`: "<1 %", "12.5 (0.3 %)".
  [[nodiscard]] static Entry number(double value, std::string words, std::string unit = {});
  /// A share, told in percent with so many decimals; its value is in percent.
  [[nodiscard]] static Entry percent(double share, int decimals = 0);
  [[nodiscard]] static Entry actor(const std::string& id);
  [[nodiscard]] static Entry yes_no(bool yes);
  [[nodiscard]] static Entry missing(std::string words = "-", Reason why = Reason::none);

  Kind kind = Kind::text;
  Phrase text;  ///< of a number: empty where its digits say it
  double value = std::numeric_limits<double>::quiet_NaN();
  std::string unit;
  int digits = 3;
  Reason reason = Reason::none;
};

/// The answer to a question in words and rows, for people.
struct Account {
  Phrase headline;          ///< one sentence
  std::vector<Line> lines;  ///< the numbers behind it
  struct Table {
    Phrase title;
    std::vector<Phrase> columns;
    std::vector<std::vector<Entry>> rows;
  };
  std::vector<Table> tables;
  std::string method;       ///< what computed it
  std::string certificate;  ///< the checkers' verdicts
  /// The largest violation that a checker found, relative to the scale of the problem; infinite where it objects in
  /// words. Above `most_violation`, or no number, there is no answer.
  double violation = 0;
  std::vector<Phrase> assumptions;  ///< what is taken for granted, what leans which way
  std::vector<Phrase> notes;        ///< said of this very answer: not superadditive, empty core, solutions coincide
  std::string reference;            ///< whose method it is: authors, year, DOI
};

inline constexpr double most_violation = 1e-6;

/// How forecasts of a kind of question came out, made by rule where the outcome is known.
struct Record {
  std::string of;                                  ///< "two camps in a dispute"
  std::size_t events = 0;                          ///< independent ones
  static constexpr std::size_t least_events = 10;  ///< fewer calibrate nothing
  double brier = 0;
  std::string baseline;  ///< the best simple rule
  double baseline_brier = 0;
  double difference_low = 0, difference_high = 0;  ///< 95 % of ours less the rule's
  /// Told and came true, by class; rising in both.
  struct Bin {
    double told = 0, came_true = 0;
    std::size_t pairs = 0;
  };
  std::vector<Bin> curve;
  std::string page;  ///< where it is told
  /// What came true where so much was told: between the classes, straight; the outermost beyond them.
  [[nodiscard]] double calibrated(double told) const noexcept;
};

class Model {
 public:
  virtual ~Model() = default;
  struct Scratch {
    virtual ~Scratch() = default;
  };
  [[nodiscard]] const std::vector<Quantity>& quantities() const noexcept { return quantities_; }
  [[nodiscard]] virtual std::unique_ptr<Scratch> scratch() const = 0;
  /// The same where one worker holds the scratches of several questions: those of questions before this one, so that
  /// what one has solved the other need not solve again. Answers are the same bit for bit.
  [[nodiscard]] virtual std::unique_ptr<Scratch> scratch_beside(
      std::span<const std::unique_ptr<Scratch>> /*earlier*/) const {
    return scratch();
  }
  /// Cells in the order of quantities(); only those whose group is asked for are written. Pure; no allocation after the
  /// scratch's first use.
  virtual void evaluate(std::span<const double> parameters, const Groups& groups, Scratch& scratch,
                        std::span<double> value, std::span<Reason> reason) const = 0;
  [[nodiscard]] virtual Account account(std::span<const double> parameters, Scratch& scratch) const = 0;
  /// What a reader would rather see than read, at these parameters. Numbers in it refer to quantities().
  [[nodiscard]] virtual std::vector<Picture> pictures(std::span<const double> /*parameters*/, Scratch&) const {
    return {};
  }
  /// What forecasts of this kind came to where the outcome is known; nullptr: there is no record of them.
  [[nodiscard]] virtual const Record* record() const noexcept { return nullptr; }
  /// Parameters that evaluate() reads.
  [[nodiscard]] const std::vector<situation::ParamId>& reads() const noexcept { return reads_; }

 protected:
  void last_is_yes_no() { quantities_.back().yes_no = true; }
  std::vector<Quantity> quantities_;
  std::vector<situation::ParamId> reads_;
};

/// The model of a question, by the registry that the situation was read with. Null after complaints.
[[nodiscard]] std::unique_ptr<Model> compile(const situation::Situation& s, const situation::Question& q,
                                             Diagnostics& out);

}  // namespace entente::ask
