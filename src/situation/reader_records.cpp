// Mappings from names to records: sections, tables, questions of several kinds; and what units that earn money imply.
#include <algorithm>

#include "entente/base/spelling.hpp"
#include "entry.hpp"

namespace entente::situation {

using text::Kind;
using text::no_node;
using text::NodeId;

namespace {

const Record* question_kind(const text::Document& d, const Registry& registry, NodeId node) {
  for (const Record* r : registry.questions())
    if (d.find(node, r->name) != no_node) return r;
  return nullptr;
}

}  // namespace

// Price times quantity is money a year. Capital and gains are told in billions of that money.
void Reader::money(const Value& v, const std::string& times, Entry& entry) {
  const number::Unit* quantity = entry.units.find(times);
  if (!quantity) return;
  const number::Unit product = v.unit() * *quantity;
  for (const char* currency : {"USD", "EUR", "RUB", "CNY"}) {
    const auto flow = number::parse_unit(std::string("B ") + currency + "/yr");
    const auto stock = number::parse_unit(std::string("B ") + currency);
    if (!flow || !stock || !product.same_dimension(*flow)) continue;
    entry.units.set("money", *flow);
    entry.units.set("capital", *stock);
    return;
  }
  out_.error("E0315", v.span, "price times quantity is not money a year",
             "`" + v.unit().text + "` times `" + quantity->text + "`", "such as quantity bcm/yr and price USD/kcm");
}

void Reader::records(Value& v, const Field& f, NodeId node, const std::string& path, const Entry& entry) {
  if (document_[node].kind != Kind::map) {
    out_.error("E0303", whole(node), "`" + f.name + "` is a mapping from names",
               std::string("this is ") + kind_name(document_[node].kind));
    return;
  }
  node = table(node);
  if (node == no_node) return;
  const std::uint32_t source = f.cited ? none : own_source(node, entry.source);
  const auto keys = document_[node].keys;  // nodes move when a table adds some, their lists do not
  const auto items = document_[node].items;
  v.present = true;
  const bool typed = v.span.end > v.span.begin;  // of a bare market the program makes some
  if (keys.empty() && f.required && typed && !f.empty_told)
    out_.error("E0305", v.span, "`" + f.name + "` has no value", "an empty mapping", f.says);
  v.entries.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string_view name = document_[keys[i]].text;
    const Span at = whole(keys[i]);
    if (!f.cited && (name == "source" || name == "note")) continue;
    if (!f.record->dotted && !number::is_name(name)) {
      const bool actor = f.record->bare;
      std::string hint = better_name(name, !actor);
      const std::string odd = odd_character(name);
      if (actor && !hint.empty()) hint += ", and behind it what it is called: {name: " + std::string(name) + "}";
      out_.error(
          "E0313", at, "`" + std::string(name) + "` is no name",
          actor ? "letters and digits, no dots, spaces or hyphens" : "letters, digits and hyphens, no dots or spaces",
          odd.empty() ? hint : odd);
      continue;
    }
    if (f.spoken && number::is_reserved(name)) {
      out_.error("E0316", at, "`" + std::string(name) + "` is a word of formulas", "a name of its own is needed");
      continue;
    }
    const Record* record = f.record;
    if (f.of_kind) {
      record = document_[items[i]].kind == Kind::map ? question_kind(document_, registry_, items[i]) : nullptr;
      if (!record) {
        std::string kinds;
        std::vector<std::string> names;
        for (const Record* r : registry_.questions()) {
          kinds += (kinds.empty() ? "" : ", ") + r->name;
          names.push_back(r->name);
        }
        std::string hint;
        if (document_[items[i]].kind == Kind::map)
          for (const NodeId k : document_[items[i]].keys)
            if (hint.empty()) hint = did_you_mean(document_[k].text, names);
        out_.error("E0314", at, "the question `" + std::string(name) + "` is of no known kind", "its kinds: " + kinds,
                   hint);
        continue;
      }
    }
    if (document_[items[i]].refused) continue;
    if (document_[items[i]].kind == Kind::null) {
      out_.error("E0305", at, "`" + std::string(name) + "` has no value", "nothing follows", record->says);
      continue;
    }
    v.entries.push_back(read(items[i], *record, below(path, name), entry.units, source, at));
    v.entries.back().name = name;
  }
}

}  // namespace entente::situation
