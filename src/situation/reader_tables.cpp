// Tables: the rows of a CSV file become the entries of a mapping before anything is read from them, so that a row and a
// written entry are the same to every section. The first column is the name; `build.capex` in the header goes into a
// mapping `build`; several names in a cell stand between semicolons.
#include <algorithm>

#include "entente/text/table.hpp"
#include "entry.hpp"

namespace entente::situation {

using text::Kind;
using text::no_node;
using text::NodeId;

std::optional<text::Table> Reader::open_table(NodeId name) {
  const auto& cell = document_[name];
  const std::filesystem::path path = folder_ / cell.text;
  if (!files_.within(path.string(), roots_)) {
    out_.error("E0330", cell.span, "a table lies in the situation's own folder", "this leads out of it", allow_hint);
    return std::nullopt;
  }
  auto content = files_.read(path.string(), 256u << 20, true);
  if (!content) {
    out_.error("E0331", cell.span, content.error().message, "this table cannot be read");
    return std::nullopt;
  }
  const std::size_t errors = out_.errors();
  const auto file = sources_.add(path.string(), std::move(*content));
  text::Table rows = text::read_table(sources_, file, out_);
  if (out_.errors() != errors) return std::nullopt;
  return rows;
}

// A cell as a node, so that a number in a table is read like any other.
NodeId Reader::cell(const text::Table::Cell& c) {
  const bool bare = c.span.end - c.span.begin == c.text.size();
  return document_.add({.kind = Kind::scalar,
                        .style = bare ? text::Style::plain : text::Style::double_quoted,
                        .span = c.span,
                        .text = document_.keep(c.text)});
}

// Columns that name (a and b, or actor) and one of numbers; the others are for people.
Numbers Reader::column(const Field& f, NodeId node, const Entry& entry) {
  Numbers out;
  const auto rows = open_table(node);
  if (!rows) return out;
  std::string wanted = "value";
  Span at = document_[node].span;
  if (entry.record->find("column") && entry.has("column")) wanted = entry["column"].text, at = entry["column"].span;
  const auto find = [&](const std::string& name, Span where) {
    const std::size_t c = rows->column(name);
    if (c == text::Table::npos)
      out_.error("E0334", where, "the table has no column `" + name + "`", "not in its first row",
                 did_you_mean(name, rows->columns));
    return c;
  };
  std::vector<std::size_t> keys;
  for (const auto& name : f.options) keys.push_back(find(name, document_[node].span));
  const std::size_t value = find(wanted, at), source = rows->column("source");
  if (value == text::Table::npos || std::ranges::find(keys, text::Table::npos) != keys.end()) return out;
  for (const auto& row : rows->rows) {
    if (row.empty() || row[value].text.empty()) continue;
    std::string name;
    for (const std::size_t k : keys) name += (name.empty() ? "" : "-") + row[k].text;
    const std::uint32_t from = source == text::Table::npos || row[source].text.empty()
                                   ? entry.source
                                   : find_source(row[source].text, row[source].span);
    out.emplace_back(Word{name, row[keys.front()].span},
                     number(f, cell(row[value]), entry.path + "." + name, entry.units, from));
  }
  return out;
}

NodeId Reader::table(NodeId node) {
  const NodeId name = document_.find(node, "table");
  if (name == no_node || document_[name].kind != Kind::scalar) return node;
  const auto opened = open_table(name);
  if (!opened) return no_node;
  const text::Table& rows = *opened;
  const Span place = document_[name].span;
  const std::size_t errors = out_.errors();
  text::Node map{.kind = Kind::map, .span = place};
  std::unordered_map<std::string, Span> seen;
  for (std::size_t c = 1; c < rows.columns.size(); ++c) {  // `build` beside `build.capex` says two things of one
    const std::string outer = rows.columns[c].substr(0, rows.columns[c].find('.'));
    const auto it = std::ranges::find(rows.columns, outer);
    if (it != rows.columns.end() && outer != rows.columns[c])
      out_.error("E0333", rows.places[c],
                 "the columns `" + outer + "` and `" + rows.columns[c] + "` exclude each other", "the second of them");
  }
  if (out_.errors() != errors) return no_node;
  for (const auto& row : rows.rows) {
    if (row.empty()) continue;
    if (const auto [it, fresh] = seen.emplace(row[0].text, row[0].span); !fresh) {
      auto& d = out_.error("E0332", row[0].span, "`" + row[0].text + "` stands twice in this table", "the second time");
      d.remarks.push_back({it->second, "first here"});
      continue;
    }
    text::Node entry{.kind = Kind::map, .span = row[0].span};
    std::map<std::string, NodeId> inner;
    for (std::size_t c = 1; c < row.size(); ++c) {
      if (row[c].text.empty()) continue;
      const NodeId id = cell(row[c]);
      const std::string& column = rows.columns[c];
      const auto dot = column.find('.');
      const auto key_node = [&](std::string_view key) {
        return document_.add({.kind = Kind::scalar, .span = rows.places[c], .text = document_.keep(key)});
      };
      if (dot == std::string::npos) {
        document_.put(entry, key_node(column), id);
        continue;
      }
      const std::string outer = column.substr(0, dot);
      if (!inner.contains(outer)) {
        const NodeId sub = document_.add({.kind = Kind::map, .span = row[0].span});
        inner[outer] = sub;
        document_.put(entry, key_node(outer), sub);
      }
      const NodeId key = key_node(column.substr(dot + 1));
      document_.put(document_.nodes[inner[outer]], key, id);
    }
    const NodeId key = document_.add({.kind = Kind::scalar, .span = row[0].span, .text = document_.keep(row[0].text)});
    document_.put(map, key, document_.add(entry));
  }
  for (std::size_t i = 0; i < document_[node].keys.size(); ++i) {  // further entries beside the table
    const std::string key(document_[document_[node].keys[i]].text);
    if (key == "table") continue;
    if (const auto it = seen.find(key); it != seen.end()) {
      auto& d = out_.error("E0332", document_[document_[node].keys[i]].span, "`" + key + "` stands in the table too",
                           "the second time");
      d.remarks.push_back({it->second, "first here"});
      continue;
    }
    document_.put(map, document_[node].keys[i], document_[node].items[i]);
  }
  return document_.add(map);
}

}  // namespace entente::situation
