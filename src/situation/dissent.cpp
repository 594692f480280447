// A dissent laid over its base: merged as a tree of nodes before anything is read, so a complaint about it points into
// the dissent itself; taken apart leaf by leaf for whoever asks which difference does what.
#include <algorithm>
#include <unordered_map>

#include "entente/base/spelling.hpp"
#include "load.hpp"
#include "sections.hpp"

namespace entente::situation {
namespace {

namespace fs = std::filesystem;
using text::Document;
using text::Kind;
using text::no_node;
using text::NodeId;

// Whether a path named `situation.yaml` or the like is one, by its first word: nothing of another file is to be shown.
bool looks_like_situation(const text::Files& files, const fs::path& file) {
  if (file.extension() != ".yaml" && file.extension() != ".yml") return false;
  const std::string head = files.head(file.string(), std::size_t{64} << 10);
  for (std::size_t at = 0; at < head.size(); at = std::min(head.find('\n', at), head.size() - 1) + 1) {
    const std::string_view line = std::string_view(head).substr(at);
    if (line.starts_with("entente:") || line.starts_with("dissents-from:")) return true;
  }
  return false;
}

// The file that a dissent names, when it may be read: in one of the folders, or a situation in the folder directly
// above the dissent, which then counts as one of them.
bool confined(const text::Files& files, const fs::path& folder, const fs::path& named,
              std::vector<std::string>& roots) {
  fs::path file = folder / named;
  if (files.is_folder(file.string())) file /= "situation.yaml";
  if (files.within(file.string(), roots)) return true;
  const std::string above = files.real((fs::path(files.absolute(folder.string())) / "..").string());
  const fs::path real = files.real(file.string());
  if (real.empty() || above.empty() || real.parent_path() != above || !looks_like_situation(files, real)) return false;
  roots.push_back(real.parent_path().string());
  return true;
}

NodeId copy(const Document& from, NodeId node, Document& to) {
  const text::Node& old = from[node];
  text::Node n{
      .kind = old.kind, .style = old.style, .refused = old.refused, .span = old.span, .text = to.keep(old.text)};
  for (const NodeId k : old.keys) to.push(n.keys, copy(from, k, to));
  for (const NodeId i : old.items) to.push(n.items, copy(from, i, to));
  return to.add(n);
}

struct Leaf {
  std::vector<std::string> path;
  NodeId before = no_node, key = no_node, after = no_node;  // key and after in the dissent's document
};

bool same(const Document& a, NodeId x, const Document& b, NodeId y) {
  const auto& m = a[x];
  const auto& n = b[y];
  if (m.kind != n.kind || m.text != n.text || m.items.size() != n.items.size()) return false;
  for (std::size_t i = 0; i < m.items.size(); ++i) {
    if (m.kind == Kind::map && a[m.keys[i]].text != b[n.keys[i]].text) return false;
    if (!same(a, m.items[i], b, n.items[i])) return false;
  }
  return true;
}

// Where the keys of a mapping stand; the larger ones are indexed, so that a dissent on ten thousand rows takes no
// longer than reading them.
class Finder {
 public:
  explicit Finder(const Document& document) : document_(document) {}

  std::size_t operator()(NodeId map, std::string_view key) {  // npos: not there
    const auto& n = document_[map];
    if (n.keys.size() <= 16) {
      for (std::size_t i = 0; i < n.keys.size(); ++i)
        if (document_[n.keys[i]].text == key) return i;
      return npos;
    }
    auto& index = indexes_[map];
    for (std::size_t i = index.size(); i < n.keys.size(); ++i) index.emplace(document_[n.keys[i]].text, i);
    const auto it = index.find(key);
    return it == index.end() ? npos : it->second;
  }
  NodeId item(NodeId map, std::string_view key) {
    const std::size_t i = (*this)(map, key);
    return i == npos ? no_node : document_[map].items[i];
  }
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

 private:
  const Document& document_;
  std::unordered_map<NodeId, std::unordered_map<std::string_view, std::size_t>> indexes_;
};

// A mapping by years or of a distribution of forms ({first, last}) counts as one leaf when the base has a scalar there.
void collect(const Document& base, Finder& find, NodeId at, const Document& over, NodeId node,
             std::vector<std::string>& path, std::vector<Leaf>& leaves) {
  const auto& n = over[node];
  for (std::size_t i = 0; i < n.keys.size(); ++i) {
    const std::string key(over[n.keys[i]].text);
    const NodeId old = at == no_node ? no_node : find.item(at, key);
    path.push_back(key);
    const bool both = old != no_node && base[old].kind == Kind::map && over[n.items[i]].kind == Kind::map;
    if (both) collect(base, find, old, over, n.items[i], path, leaves);
    else if (old == no_node || !same(base, old, over, n.items[i])) leaves.push_back({path, old, n.keys[i], n.items[i]});
    path.pop_back();
  }
}

void apply(Document& base, Finder& find, const Document& over, const Leaf& leaf) {
  NodeId at = base.root;
  for (std::size_t d = 0; d + 1 < leaf.path.size(); ++d) at = find.item(at, leaf.path[d]);
  const NodeId value = copy(over, leaf.after, base);
  if (const std::size_t i = find(at, leaf.path.back()); i != Finder::npos) {
    base.replace(at, i, value);
    return;
  }
  const NodeId key = copy(over, leaf.key, base);
  base.put(base.nodes[at], key, value);
}

}  // namespace

struct Dissent::Body {
  Document base, over;
  fs::path file, folder, base_file;
  std::vector<std::string> roots;
  std::vector<Leaf> leaves;
  std::vector<Leaf> sources;  // new ones that its numbers name: they move nothing, and no number stands without them
  std::vector<Difference> differences;
  std::shared_ptr<const Registry> registry;
  const text::Files* files = nullptr;  // those that it was opened from, until the last situation is made of it
};

std::optional<Dissent> Dissent::open(const fs::path& path, Registry registry, SourceMap& sources, Diagnostics& out,
                                     const LoadOptions& options) {
  auto mine = situation::open(path, sources, out, options);
  if (!mine) return std::nullopt;
  Dissent d;
  d.body_ = std::make_shared<Body>();
  Body& body = *d.body_;
  body.registry = std::make_shared<const Registry>(std::move(registry));
  body.files = options.files;
  // A dissent may dissent from a dissent; ten deep is more than anybody means.
  std::vector<Opened> chain;
  body.roots = roots_of(*mine, options);
  chain.push_back(std::move(*mine));
  while (true) {
    const Opened& last = chain.back();
    const NodeId from = last.document[last.document.root].kind == Kind::map
                            ? last.document.find(last.document.root, "dissents-from")
                            : no_node;
    if (from == no_node) break;
    const auto& n = last.document[from];
    if (n.kind != Kind::scalar) {
      out.error("E0304", n.span, "`dissents-from` takes a single value", std::string("this is ") + kind_name(n.kind),
                "the file or folder that this one overrides in part");
      return std::nullopt;
    }
    if (chain.size() > 10) {
      out.error("E0393", n.span, "more than ten dissents upon one another", "perhaps they go round in a circle");
      return std::nullopt;
    }
    if (!confined(*options.files, last.folder, fs::path(n.text), body.roots)) {
      out.error("E0330", n.span, "a dissent names a situation in its own folder or directly above it",
                "this is none, or leads out of there", allow_hint);
      return std::nullopt;
    }
    auto next = situation::open(last.folder / n.text, sources, out, options, n.span);
    if (!next) return std::nullopt;
    chain.push_back(std::move(*next));
  }
  if (chain.size() == 1) {
    out.error("E0394", chain[0].document[chain[0].document.root].span.sub(0, 1), "this is no dissent",
              "no `dissents-from`", "dissents-from: the file it overrides");
    return std::nullopt;
  }
  body.file = path;
  body.folder = chain.back().folder;
  body.base_file = chain[1].file;
  body.base = std::move(chain.back().document);
  const auto take = [&](const Document& over) {
    std::vector<std::string> prefix;
    std::vector<Leaf> leaves;
    Finder find(body.base);
    if (body.base[body.base.root].kind == Kind::map && over[over.root].kind == Kind::map)
      collect(body.base, find, body.base.root, over, over.root, prefix, leaves);
    std::erase_if(leaves, [](const Leaf& l) {
      return l.path.size() == 1 && (l.path[0] == "dissents-from" || l.path[0] == "entente");
    });
    return leaves;
  };
  for (std::size_t i = chain.size() - 1; i-- > 1;) {  // the ones between belong to the base
    const auto leaves = take(chain[i].document);
    Finder find(body.base);
    for (const Leaf& l : leaves) apply(body.base, find, chain[i].document, l);
  }
  body.over = std::move(chain.front().document);
  body.leaves = take(body.over);
  const auto named = std::ranges::stable_partition(
      body.leaves, [](const Leaf& l) { return l.path[0] != "sources" || l.before != no_node; });
  body.sources.assign(named.begin(), named.end());
  body.leaves.erase(named.begin(), named.end());
  for (const Leaf& l : body.leaves) {
    Difference x;
    for (const auto& part : l.path) x.path += (x.path.empty() ? "" : ".") + part;
    if (l.before != no_node) x.before = sources.text(body.base[l.before].span);
    x.span = body.over[l.after].span;
    x.after = sources.text(x.span);
    body.differences.push_back(std::move(x));
  }
  return d;
}

const std::vector<Difference>& Dissent::differences() const { return body_->differences; }
const fs::path& Dissent::base() const { return body_->base_file; }

namespace {

// What a dissent puts in a driver's place is of the same dimension; the base's own lines are not to blame.
bool same_units(const Dissent::Body& body, Diagnostics& out) {
  const std::size_t before = out.errors();
  for (const Leaf& l : body.leaves) {
    if (l.path.size() != 2 || l.path[0] != "drivers" || l.before == no_node) continue;
    const auto& was = body.base[l.before];
    const auto& now = body.over[l.after];
    if (was.kind != Kind::scalar || now.kind != Kind::scalar) continue;
    const number::Expected any{.unit_known = false, .domain_known = false, .chance_allowed = true};
    Diagnostics elsewhere;
    const auto a = number::parse_number(was.text, place(was), any, elsewhere),
               b = number::parse_number(now.text, place(now), any, elsewhere);
    if (!a || !b || a->form != number::Form::distribution || b->form != number::Form::distribution) continue;
    if (a->unit.same_dimension(b->unit)) continue;
    auto& d = out.error("E0206", now.span,
                        "`" + l.path[1] + "` is " + number::describe_dimension(b->unit) + " here and " +
                            number::describe_dimension(a->unit) + " in the base",
                        "expected " + (a->unit.text.empty() ? "a plain number" : a->unit.text));
    d.remarks.push_back({was.span, "in the base"});
  }
  return out.errors() == before;
}

// A driver that only the dissent knows and nothing uses changes nothing: a slip in its name.
bool new_drivers_used(const Dissent::Body& body, const Situation& s, Diagnostics& out) {
  const std::size_t before = out.errors();
  for (const Leaf& l : body.leaves) {
    if (l.path.size() != 2 || l.path[0] != "drivers" || l.before != no_node) continue;
    const auto it = s.drivers.find(l.path[1]);
    if (it == s.drivers.end() || std::ranges::find(s.unused, it->second) == s.unused.end()) continue;
    std::vector<std::string> names;
    for (const auto& [name, id] : s.drivers)
      if (name != l.path[1]) names.push_back(name);
    out.error("E0317", body.over[l.key].span, "the base has no driver `" + l.path[1] + "`, and nothing uses it",
              "it changes nothing", did_you_mean(l.path[1], names));
  }
  return out.errors() == before;
}

// Where the complaints point into the base alone, the difference that brings them: each is put in alone, and one with
// which the base cannot be read any more is told in the dissent's own line. False where no single one is to blame.
bool blamed(const Dissent::Body& body, SourceMap& sources, Diagnostics& out, const LoadOptions& options) {
  constexpr std::size_t most = 40;
  const auto alone = [&](const Leaf* leaf, Diagnostics& to) {
    Document merged = body.base;
    Finder find(merged);
    for (const Leaf& l : body.sources) apply(merged, find, body.over, l);
    if (leaf) apply(merged, find, body.over, *leaf);
    return build(std::move(merged), body.file, body.folder, body.registry, body.roots, sources, to, options)
        .has_value();
  };
  Diagnostics base;
  if (body.leaves.size() > most || !alone(nullptr, base)) return false;
  const std::size_t before = out.errors();
  for (const Leaf& l : body.leaves) {
    Diagnostics here;
    if (alone(&l, here)) continue;
    const auto first =
        std::ranges::find_if(here.all(), [](const Diagnostic& d) { return d.severity == Severity::error; });
    auto& d = out.error(first->code, body.over[l.after].span, first->message, "with this the base cannot be read",
                        first->hint);
    d.remarks.push_back({first->span, first->label.empty() ? "here" : first->label});
  }
  return out.errors() != before;
}

}  // namespace

std::optional<Situation> Dissent::with(const std::vector<bool>& flags, SourceMap& sources, Diagnostics& out,
                                       const LoadOptions& given) const {
  LoadOptions options = given;
  options.files = body_->files;
  Document merged = body_->base;
  Finder find(merged);
  for (const Leaf& l : body_->sources) apply(merged, find, body_->over, l);
  for (std::size_t i = 0; i < body_->leaves.size(); ++i)
    if (i < flags.size() && flags[i]) apply(merged, find, body_->over, body_->leaves[i]);
  const bool whole = static_cast<std::size_t>(std::ranges::count(flags, true)) >= body_->leaves.size();
  if (whole && !same_units(*body_, out)) return std::nullopt;
  Diagnostics found;
  auto s = build(std::move(merged), body_->file, body_->folder, body_->registry, body_->roots, sources, found, options);
  const auto mine = body_->over[body_->over.root].span.file;
  const bool told = s || std::ranges::any_of(found.all(), [&](const Diagnostic& d) {
                      return d.severity == Severity::error && d.span.file == mine;
                    });
  if (told || !whole || !blamed(*body_, sources, out, options))
    for (const Diagnostic& d : found.all()) out.add(d);
  if (s) s->dissent = true;
  if (s && whole && !new_drivers_used(*body_, *s, out)) return std::nullopt;
  return s;
}

}  // namespace entente::situation
