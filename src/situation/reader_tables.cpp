// Tables: the rows of a CSV file become the entries of a mapping before anything is read from them, so that a row and a
// written entry are the same to every section. The first column is the name; `build.capex` in the header goes into a
// mapping `build`; several names in a cell stand between semicolons.
#include <algorithm>

#include "entente/text/file.hpp"
#include "entente/text/table.hpp"
#include "entry.hpp"

namespace entente::situation {

using text::Kind;
using text::no_node;
using text::NodeId;

NodeId Reader::table(NodeId node) {
  const NodeId name = document_.find(node, "table");
  if (name == no_node || document_[name].kind != Kind::scalar) return node;
  const auto& cell = document_[name];
  const std::filesystem::path path = folder_ / cell.text;
  if (std::filesystem::path(cell.text).is_absolute() || cell.text.find("..") != std::string::npos) {
    out_.error("E0330", cell.span, "a table lies in the situation's own folder", "no absolute path and no `..`");
    return no_node;
  }
  auto content = text::read_file(path.string(), 256u << 20);
  if (!content) {
    out_.error("E0331", cell.span, content.error().message, "this table cannot be read");
    return no_node;
  }
  const std::size_t errors = out_.errors();
  const auto file = sources_.add(path.string(), std::move(*content));
  const text::Table rows = text::read_table(sources_, file, out_);
  if (out_.errors() != errors) return no_node;
  text::Node map{.kind = Kind::map, .span = cell.span};
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
      const bool bare = row[c].span.end - row[c].span.begin == row[c].text.size();
      text::Node value{.kind = Kind::scalar,
                       .style = bare ? text::Style::plain : text::Style::double_quoted,
                       .span = row[c].span,
                       .text = row[c].text};
      const NodeId id = document_.add(std::move(value));
      const std::string& column = rows.columns[c];
      const auto dot = column.find('.');
      const auto key_node = [&](std::string key) {
        return document_.add({.kind = Kind::scalar, .span = rows.places[c], .text = std::move(key)});
      };
      if (dot == std::string::npos) {
        entry.keys.push_back(key_node(column));
        entry.items.push_back(id);
        continue;
      }
      const std::string outer = column.substr(0, dot);
      if (!inner.contains(outer)) {
        const NodeId sub = document_.add({.kind = Kind::map, .span = row[0].span});
        inner[outer] = sub;
        entry.keys.push_back(key_node(outer));
        entry.items.push_back(sub);
      }
      const NodeId key = key_node(column.substr(dot + 1));
      document_.nodes[inner[outer]].keys.push_back(key);
      document_.nodes[inner[outer]].items.push_back(id);
    }
    map.keys.push_back(document_.add({.kind = Kind::scalar, .span = row[0].span, .text = row[0].text}));
    map.items.push_back(document_.add(std::move(entry)));
  }
  for (std::size_t i = 0; i < document_[node].keys.size(); ++i) {  // further entries beside the table
    const std::string key = document_[document_[node].keys[i]].text;
    if (key == "table") continue;
    if (const auto it = seen.find(key); it != seen.end()) {
      auto& d = out_.error("E0332", document_[document_[node].keys[i]].span, "`" + key + "` stands in the table too",
                           "the second time");
      d.remarks.push_back({it->second, "first here"});
      continue;
    }
    map.keys.push_back(document_[node].keys[i]);
    map.items.push_back(document_[node].items[i]);
  }
  return document_.add(std::move(map));
}

}  // namespace entente::situation
