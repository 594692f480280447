// What the sections of a page share: the answer, the outline, and how sentences, tables and pictures become markup.
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "entente/report/page.hpp"
#include "entente/report/picture.hpp"
#include "report/html/markup.hpp"
#include "report/sentences.hpp"

namespace entente::report::html {

/// How much a number matters: the claim that it moves most, and its share of that claim's variance (or its margin's).
struct Matter {
  double share = 0;
  std::string claim;
  bool margin = false;
};

class Parts {
 public:
  Parts(const plan::Plan& plan, const plan::Answer& answer, const doubt::Doubt* doubt, const Made& made, Page& page,
        const Turns* turns = nullptr);

  const plan::Plan& plan;
  const situation::Situation& s;
  const plan::Answer& answer;
  const doubt::Doubt* doubt;
  const Made& made;
  Page& page;
  const Turns* turns;
  std::map<situation::ParamId, Matter> matters;  ///< numbers that move a claim measurably

  /// <h1> to <h6>, kept in the outline.
  [[nodiscard]] Markup heading(unsigned level, std::string_view id, const Markup& inside, std::string_view plain);
  [[nodiscard]] Markup heading(unsigned level, std::string_view id, std::string_view text);
  /// Mentions become links into the ledger.
  [[nodiscard]] Markup sentence(const Sentence& sentence) const;
  [[nodiscard]] Markup mention(situation::ParamId param) const;
  /// With a caption; numbers to the right; scrolls by itself where the page is narrow.
  [[nodiscard]] Markup table(const ask::Account::Table& table) const;
  [[nodiscard]] Markup table(const Markup& caption, const std::vector<std::string>& columns,
                             const std::vector<std::vector<Markup>>& rows, const std::vector<bool>& right) const;
  /// The same with heads that are marked up.
  [[nodiscard]] Markup table(const Markup& caption, const std::vector<Markup>& heads,
                             const std::vector<std::vector<Markup>>& rows, const std::vector<bool>& right) const;
  /// What stands in a cell: actors by their short names, spelt out when pointed at, other names as words.
  [[nodiscard]] Markup cell(const ask::Phrase& phrase) const;
  /// A dotted name that may break behind its dots.
  [[nodiscard]] static Markup path(std::string_view dotted);
  /// Nothing where nothing was drawn.
  [[nodiscard]] Markup picture(const Drawn& drawn);
  /// A number's name in words: "PoS-2: capital cost", "brent".
  [[nodiscard]] std::string words(situation::ParamId param) const;
  /// "69 (50 to 95) USD/bbl": median and 90 % range, or the value.
  [[nodiscard]] std::string range(situation::ParamId param) const;
  /// The same of a distribution written as that number is.
  [[nodiscard]] static std::string range(const number::Number& n, const number::Distribution& d);
  /// As a printer sets it: arrows, minus signs and dashes for what a terminal writes with hyphens, apostrophes, and no
  /// break before a per cent sign.
  [[nodiscard]] static std::string set(std::string_view text);
  /// Beginning with a capital letter.
  [[nodiscard]] static std::string capital(std::string text);
  /// Letters, digits, dots and dashes as they are; anything else coded, so that it is an id.
  [[nodiscard]] static std::string id(std::string_view prefix, std::string_view name);
  [[nodiscard]] bool judged(const situation::Parameter& p) const;
};

// The sections, in the page's order.
[[nodiscard]] Markup verdict(Parts& p);
[[nodiscard]] Markup claims(Parts& p);
[[nodiscard]] Markup questions(Parts& p);
[[nodiscard]] Markup drivers(Parts& p);
[[nodiscard]] Markup turns(Parts& p);
[[nodiscard]] Markup distributions(Parts& p);
[[nodiscard]] Markup ledger(Parts& p);
[[nodiscard]] Markup method(Parts& p);

[[nodiscard]] Markup stylesheet();
[[nodiscard]] std::string_view script();
/// "sha256-..." of a text, as a content security policy names it.
[[nodiscard]] std::string digest(std::string_view text);

}  // namespace entente::report::html
