#include "report/parameter_labels.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

#include "report/display_names.hpp"

namespace entente::report {
namespace {

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

// The first clause of a field's sentence, beginning small.
std::string clause(const std::string& says) {
  std::string out = says.substr(0, says.find_first_of(";:,."));
  const bool acronym = out.size() > 1 && std::isupper(static_cast<unsigned char>(out[1]));
  if (!out.empty() && !acronym) out[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(out[0])));
  return out;
}

}  // namespace

std::string typed_name(const situation::Situation& s, situation::ParamId param) {
  return std::string(s.parameters[param].name());
}

std::string place_words(const situation::Situation& s, situation::ParamId param) {
  std::string_view path = s.parameters[param].path;
  std::string prefix, name, what, of_records;
  if (s.parameters[param].of_lever) {  // the section of levers, its name, and the place that it sets
    path.remove_prefix(path.find('.') + 1);
    const auto dot = path.find('.');
    if (dot == std::string_view::npos) return {};
    const std::string lever = called(s, path.substr(0, dot));
    path.remove_prefix(dot + 1);
    if (const auto* f = s.registry->root().find("levers")->record->find(path)) return lever + ": " + clause(f->says);
    prefix = "with " + lever;
  }
  const auto* record = &s.registry->root();
  const auto parts = split(path);
  for (std::size_t i = 0; i < parts.size() && record; ++i) {
    const auto* f = record->find(parts[i]);
    if (!f) {  // a row of a table: whose it is
      for (; i < parts.size(); ++i) name += (name.empty() ? "" : ", ") + called_pair(s, parts[i]);
      what = of_records;
      break;
    }
    if (f->kind == FieldKind::records) {
      if (++i < parts.size()) name = called_pair(s, parts[i]);
      record = f->record;
      of_records = clause(f->says);
      continue;
    }
    if (s.parameters[param].role == situation::Role::driver) {
      if (i + 1 >= parts.size()) return prefix;
      if (prefix.empty()) return s.words.contains(parts[i + 1]) ? called(s, parts[i + 1]) : std::string();
      what = (s.words.contains(parts[i + 1]) ? "" : "driver ") + called(s, parts[i + 1]);
      break;
    }
    what = clause(f->says);
    record = f->kind == FieldKind::record ? f->record : nullptr;
    for (++i; !record && i < parts.size(); ++i)  // whose it is, and the year
      what += (std::isdigit(static_cast<unsigned char>(parts[i][0])) ? " in " : ", ") + called_pair(s, parts[i]);
    --i;
  }
  if (what.empty()) what = of_records;
  if (what.empty()) return prefix;
  std::string out = prefix;
  if (!name.empty()) out += (out.empty() ? "" : ", ") + name;
  return out + (out.empty() ? "" : ": ") + what;
}

}  // namespace entente::report
