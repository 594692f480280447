#include "report/parameter_labels.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

#include "report/display_names.hpp"

namespace entente::report {
namespace {

using situation::Field;
using situation::FieldKind;

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const auto dot = path.find('.');
    parts.push_back(path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  }
  return parts;
}

bool is_year(std::string_view part) {
  return part.size() == 4 && std::ranges::all_of(part, [](unsigned char c) { return std::isdigit(c) != 0; });
}

// The first clause of a field's sentence, beginning small.
std::string clause(const std::string& says) {
  std::string out = says.substr(0, says.find_first_of(";:,."));
  const bool acronym = out.size() > 1 && std::isupper(static_cast<unsigned char>(out[1]));
  if (!out.empty() && !acronym) out[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(out[0])));
  return out;
}

// "what {0} could give more if another left" with the names in their places.
std::string filled(std::string words, const std::vector<std::string>& names, const std::string& of) {
  const auto put = [&](const std::string& mark, const std::string& name) {
    for (std::size_t at = words.find(mark); at != std::string::npos; at = words.find(mark, at + name.size()))
      words.replace(at, mark.size(), name);
  };
  for (std::size_t i = 0; i < names.size(); ++i) put("{" + std::to_string(i) + "}", names[i]);
  put("{of}", of);
  return words;
}

// What a path says, part by part, by the records that it leads through.
struct Walk {
  const situation::Situation& s;
  std::vector<std::string> records = {};  // names of those around it, the outermost first
  std::string what = {}, of_records = {}, year = {};

  // A number that stands in `f`, whose it is in `keys`.
  void number(const Field& f, std::vector<std::string_view> keys) {
    if (!keys.empty() && is_year(keys.back()) && (f.kind == FieldKind::number || keys.size() > 1)) {
      year = " in " + std::string(keys.back());
      keys.pop_back();
    }
    std::vector<std::string> names;
    for (const auto k : keys) names.push_back(whose(k));
    if (!f.told.empty()) {
      what = filled(f.told, names, records.empty() ? std::string() : with_article(records.back()));
      if (f.told.find("{of}") != std::string::npos && !records.empty()) records.pop_back();
      return;
    }
    what = clause(f.says);
    for (const auto k : keys) what += ", " + called_pair(s, k);
  }

  // "the United States"; of a pair of actors "Russia and the United States".
  [[nodiscard]] std::string whose(std::string_view name) const {
    const auto hyphen = name.find('-');
    if (hyphen != std::string_view::npos && !s.words.contains(name) &&
        s.actor(name.substr(0, hyphen)) != situation::none && s.actor(name.substr(hyphen + 1)) != situation::none)
      return whose(name.substr(0, hyphen)) + " and " + whose(name.substr(hyphen + 1));
    return with_article(called(s, name));
  }

  void run(const situation::Record* record, const std::vector<std::string_view>& parts, std::size_t i) {
    for (; i < parts.size() && record; ++i) {
      const Field* f = record->find(parts[i]);
      const Field* only = record->shorthand.empty() ? nullptr : record->find(record->shorthand);
      if (!f && only && only->kind == FieldKind::numbers && !only->told.empty()) {
        number(*only, {parts.begin() + static_cast<std::ptrdiff_t>(i), parts.end()});
        return;
      }
      if (!f) {  // a row of a table: whose it is
        std::string name;
        for (; i < parts.size(); ++i) name += (name.empty() ? "" : ", ") + called_pair(s, parts[i]);
        records.assign(1, std::move(name));
        what = of_records;
        return;
      }
      if (f->kind == FieldKind::records) {
        of_records = clause(f->says);
        if (++i == parts.size()) break;
        records.push_back(called_pair(s, parts[i]));
        record = f->of_kind ? kind(parts[i]) : f->record;
        if (i + 1 < parts.size() || !record || record->shorthand.empty()) continue;
        if (const Field* one = record->find(record->shorthand)) {  // the number that stands for the record
          if (one->told.empty()) what = of_records;
          else number(*one, {});
        }
        return;
      }
      if (f->kind == FieldKind::record) {
        record = f->record;
        what = clause(f->says);
        if (i + 1 == parts.size()) return;
        continue;
      }
      number(*f, {parts.begin() + static_cast<std::ptrdiff_t>(i) + 1, parts.end()});
      return;
    }
    if (what.empty()) what = of_records;
  }

  // The record of a question's kind.
  [[nodiscard]] const situation::Record* kind(std::string_view question) const {
    const auto q = std::ranges::find(s.questions, question, &situation::Question::name);
    const auto* k = q == s.questions.end() ? nullptr : s.registry->kind(q->kind);
    return k ? k->record : nullptr;
  }
};

}  // namespace

std::string typed_name(const situation::Situation& s, situation::ParamId param) {
  return std::string(s.parameters[param].name());
}

std::string place_words(const situation::Situation& s, situation::ParamId param) {
  std::string_view path = s.parameters[param].path;
  std::string prefix;
  if (s.parameters[param].of_lever) {  // the section of levers, its name, and the place that it sets
    path.remove_prefix(path.find('.') + 1);
    const auto dot = path.find('.');
    if (dot == std::string_view::npos) return {};
    const std::string lever = called(s, path.substr(0, dot));
    path.remove_prefix(dot + 1);
    if (const auto* f = s.registry->root().find("levers")->record->find(path)) return lever + ": " + clause(f->says);
    prefix = "with " + lever;
  }
  const auto parts = split(path);
  Walk walk{s};
  if (s.parameters[param].role == situation::Role::driver) {
    if (parts.size() < 2) return prefix;
    const bool worded = s.words.contains(parts[1]);
    if (prefix.empty()) {
      if (!worded) return {};
      return called(s, parts[1]) + (parts.size() > 2 && is_year(parts[2]) ? " in " + std::string(parts[2]) : "");
    }
    walk.what = (worded ? "" : "driver ") + called(s, parts[1]);
  } else {
    walk.run(&s.registry->root(), parts, 0);
  }
  if (walk.what.empty()) return prefix;
  std::string out = prefix;
  if (!walk.records.empty()) out += (out.empty() ? "" : ", ") + walk.records.back();
  return out + (out.empty() ? "" : ": ") + walk.what + walk.year;
}

}  // namespace entente::report
