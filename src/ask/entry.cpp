// Entries of tables: made from what they are, so that nobody has to read a number out of a text again.

#include <cmath>

#include "entente/ask/question.hpp"
#include "entente/number/number.hpp"

namespace entente::ask {

Entry Entry::number(double value, int digits) {
  if (!std::isfinite(value)) return missing("none");
  Entry c;
  c.kind = Kind::number;
  c.value = value;
  c.digits = digits;
  return c;
}

Entry Entry::number(double value, std::string words, std::string unit) {
  if (!std::isfinite(value)) return missing(std::move(words));
  Entry c = number(value);
  c.text = std::move(words);
  c.unit = std::move(unit);
  return c;
}

Entry Entry::percent(double share, int decimals) {
  return number(100 * share, entente::number::fixed(100 * share, decimals) + " %", "%");
}

Entry Entry::actor(const std::string& id) {
  Entry c(Phrase(Phrase::Kind::actor, id));
  c.kind = Kind::actor;
  return c;
}

Entry Entry::yes_no(bool yes) {
  Entry c(yes ? "yes" : "no");
  c.kind = Kind::yes_no;
  c.value = yes ? 1 : 0;
  return c;
}

Entry Entry::missing(std::string words, Reason why) {
  Entry c(std::move(words));
  c.kind = Kind::missing;
  c.reason = why;
  return c;
}

}  // namespace entente::ask
