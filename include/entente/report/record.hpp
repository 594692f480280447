// The record of the rule over all disputes or wars: as text, JSON and a picture; and the table of estimated weights.
#pragma once
#include <string>
#include <vector>

#include "entente/record/record.hpp"
#include "entente/report/report.hpp"

namespace entente::report {

[[nodiscard]] std::string text(const record::Record& r, const Style& style);
[[nodiscard]] std::string json(const record::Record& r);
/// Whether the rule beats the best simple one, in a sentence: from the paired difference and its interval.
[[nodiscard]] std::string verdict(const record::Part& part);
/// How often what was told at each chance came true: an SVG file, light and dark.
[[nodiscard]] std::string calibration(const record::Record& r);
/// One part as tables of Markdown, for the guide.
[[nodiscard]] std::string tables(const record::Part& part);
/// What an answer names beside its number (data/world/record.csv): a row for each class of what was told.
[[nodiscard]] std::string record_table(const record::Part& p, const std::string& of);
/// The committed table: a row a kind and set, with the row of its covariance; six digits.
[[nodiscard]] std::string weights(const std::vector<std::pair<std::string, record::Weights>>& sets);

}  // namespace entente::report
