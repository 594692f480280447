// How rows of the table are written: one short call for each kind of field. Families write theirs in
// src/families/<family>/records.cpp.
#pragma once
#include <limits>

#include "entente/situation/schema.hpp"

namespace entente::situation::rows {

using number::Domain;
using K = FieldKind;

inline Field text(std::string name, std::string says, bool required = false) {
  return {.name = std::move(name), .kind = K::text, .says = std::move(says), .required = required};
}
inline Field whole_number(std::string name, std::string says, std::vector<std::string> options = {}) {
  return {.name = std::move(name), .kind = K::whole, .says = std::move(says), .options = std::move(options)};
}
inline Field date(std::string name, std::string says, bool required = false) {
  return {.name = std::move(name), .kind = K::date, .says = std::move(says), .required = required};
}
inline Field num(std::string name, std::string unit, Domain domain, std::string says, bool required = false,
                 std::string fallback = {}, bool by_year = true) {
  return {.name = std::move(name),
          .kind = K::number,
          .says = std::move(says),
          .required = required,
          .unit = std::move(unit),
          .domain = domain,
          .by_year = by_year,
          .fallback = std::move(fallback)};
}
// A number of which more than `most` is likely a slip.
inline Field upto(double most, Field field) {
  field.most = most;
  return field;
}
// How one of them is told.
inline Field told(std::string words, Field field) {
  field.told = std::move(words);
  return field;
}
inline Field word(std::string name, Refers refers, std::string says, bool required = false) {
  return {.name = std::move(name), .kind = K::word, .says = std::move(says), .required = required, .refers = refers};
}
inline Field words(std::string name, Refers refers, std::string says, bool required = false) {
  return {.name = std::move(name), .kind = K::words, .says = std::move(says), .required = required, .refers = refers};
}
inline Field option(std::string name, std::vector<std::string> options, std::string says) {
  return {.name = std::move(name), .kind = K::word, .says = std::move(says), .options = std::move(options)};
}
inline Field one(std::string name, const Record& record, std::string says, bool required = false) {
  return {.name = std::move(name), .kind = K::record, .says = std::move(says), .required = required, .record = &record};
}
inline Field many(std::string name, const Record& record, std::string says, bool required = false) {
  return {
      .name = std::move(name), .kind = K::records, .says = std::move(says), .required = required, .record = &record};
}

inline constexpr Domain any = Domain::real();
inline constexpr Domain above = Domain::positive();
inline constexpr Domain from_zero = Domain::non_negative();
inline constexpr Domain share = Domain::share();
inline constexpr Domain below = Domain::negative();
inline constexpr Domain tie = Domain::tie();

inline Field chances(std::string name, FieldKind kind, std::string says, bool required = false) {
  return {.name = std::move(name),
          .kind = kind,
          .says = std::move(says),
          .required = required,
          .domain = share,
          .chance = true,
          .refers = Refers::actor};
}

}  // namespace entente::situation::rows

namespace entente::situation {

extern const Record together_record;

}  // namespace entente::situation
