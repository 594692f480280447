// From a path to a Situation: the file or folder, the dissent laid over its base, the sections in order. A dissent is
// merged as a tree of nodes before anything is read, so a complaint about it points into the dissent itself.
#include <algorithm>
#include <filesystem>
#include <set>
#include <unordered_map>

#include "entente/base/nearest.hpp"
#include "entente/base/random.hpp"
#include "sections.hpp"

namespace entente::situation {
namespace {

namespace fs = std::filesystem;
using text::Document;
using text::Kind;
using text::no_node;
using text::NodeId;

constexpr std::size_t largest = 256u << 20;

struct Opened {
  Document document;
  fs::path file, folder;
};

// What lies beside a path that leads nowhere: the nearest name, at the first folder that does not exist.
std::string beside(const text::Files& files, const fs::path& path) {
  fs::path folder = path.is_absolute() ? path.root_path() : fs::path(".");
  for (const auto& part : path.relative_path()) {
    if (files.exists((folder / part).string())) {
      folder /= part;
      continue;
    }
    const std::vector<std::string> names = files.list(folder.string());
    if (std::ranges::find(names, part.string()) != names.end()) return {};  // a link that leads nowhere
    const std::string near = nearest(part.string(), names);
    if (!near.empty()) return "did you mean `" + (folder / near).lexically_normal().string() + "`?";
    return folder == "." ? "there is no `" + part.string() + "` in this folder"
                         : "there is no `" + part.string() + "` in `" + folder.lexically_normal().string() + "`";
  }
  return {};
}

// Situations that a folder without situation.yaml holds, so that one can be named.
std::string inside(const text::Files& files, const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& name : files.list(folder.string())) {
    const fs::path path = folder / name;
    if (path.extension() == ".yaml" || files.exists((path / "situation.yaml").string())) names.push_back(path.string());
  }
  if (names.empty()) return "a situation is a .yaml file, or a folder with situation.yaml in it";
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < 6; ++i) out += (i ? ", `" : "`") + names[i] + "`";
  return "it holds " + out + (names.size() > 6 ? " and others" : "");
}

// The folders whose files may be read: of what was opened, and those that were allowed.
std::vector<std::string> roots_of(const Opened& o, const LoadOptions& options) {
  std::vector<std::string> roots = options.allow;
  roots.push_back(o.folder.string());
  return roots;
}

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

std::optional<Opened> open(const fs::path& path, SourceMap& sources, Diagnostics& out, const LoadOptions& options,
                           Span from = {}) {
  const text::Files& files = *options.files;
  fs::path file = path;
  if (files.is_folder(path.string())) {
    file = path / "situation.yaml";
    std::vector<std::string> roots = options.allow;
    roots.push_back(path.string());
    if (files.is_link(file.string()) && files.exists(file.string()) && !files.within(file.string(), roots)) {
      out.error("E0330", from, "`" + file.string() + "` is a link that leads out of its folder", "", allow_hint);
      return std::nullopt;
    }
    if (!files.exists(file.string())) {
      out.error("E0390", from, "the folder `" + path.string() + "` holds no situation.yaml", "", inside(files, path));
      return std::nullopt;
    }
  }
  const auto other = options.instead.find(file.string());
  auto content = other != options.instead.end() ? Result<std::string>(other->second)
                                                : files.read(file.string(), largest, from.known());
  if (!content) {
    out.error("E0391", from, content.error().message, "", files.exists(file.string()) ? "" : beside(files, file));
    return std::nullopt;
  }
  const auto id = sources.add(file.string(), std::move(*content));
  const std::size_t errors = out.errors();
  Opened opened{text::read(sources, id, out), file, file.parent_path()};
  if (opened.document.root == no_node) {
    if (out.errors() == errors)
      out.error("E0392", {id, 0, 0}, "this file says nothing", "expected a situation",
                "`entente new` writes a template");
    return std::nullopt;
  }
  return opened;
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

// Of the tree as read, tables included: what is said, not how it is laid out.
std::uint64_t digest(const Document& d, NodeId id, std::uint64_t h) {
  if (id == no_node) return h;
  const auto& n = d[id];
  h = (h ^ stable_hash(n.text) ^ static_cast<std::uint64_t>(n.kind)) * 0x9e3779b97f4a7c15ull;
  for (std::size_t i = 0; i < n.items.size(); ++i) {
    if (n.kind == Kind::map) h = digest(d, n.keys[i], h);
    h = digest(d, n.items[i], h);
  }
  return (h ^ n.items.size()) * 0x9e3779b97f4a7c15ull;
}

std::optional<Situation> build(Document document, const fs::path& file, const fs::path& folder,
                               std::shared_ptr<const Registry> registry, std::vector<std::string> roots,
                               SourceMap& sources, Diagnostics& out, const LoadOptions& options) {
  Situation s;
  s.registry = std::move(registry);
  s.file = file;
  const fs::path whole = options.files->absolute(file.string());
  s.name = file.filename() == "situation.yaml" ? whole.parent_path().filename().string() : file.stem().string();
  if (s.name.empty()) s.name = file.stem().string();
  Reader reader(document, *s.registry, sources, out, folder, std::move(roots), *options.files);
  reader.instead = options.instead;
  const Entry root = reader.read(document.root, s.registry->root(), "", {}, none);
  CoreBuilder b(s, reader, out);
  b.header(root);
  b.actors(root);
  b.groups(root);
  b.families(root);
  b.questions(root);
  reader.read_levers(root);
  b.levers(root);
  b.claims(root);
  s.parameters = std::move(reader.parameters);
  s.by_path = std::move(reader.by_path);
  s.units = reader.unit_book;
  std::vector<std::pair<std::string_view, ParamId>> drivers;  // in order, so that each goes to the map's end
  for (const auto& [word, n] : root["drivers"].numbers())
    for (const auto& [year, id] : n.at())  // gas, or gas.2030 and gas.2040: what stands behind `drivers.` in its path
      drivers.emplace_back(year == 0 ? std::string_view(word.text) : s.parameters[id].name(), id);
  for (const auto& [name, id] : reader.tosses) drivers.emplace_back(name, id);
  std::ranges::sort(drivers);
  for (const auto& [name, id] : drivers) s.drivers.emplace_hint(s.drivers.end(), name, id);
  b.drivers(root);
  b.costs(root);
  b.together(root);
  if (out.ok()) b.unused();
  b.words(root);
  b.cite(options.strict);
  b.plausible(options.strict);
  s.digest = digest(document, document.root, b.digest());
  out.sort();
  if (!out.ok()) return std::nullopt;
  return s;
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

namespace {

// Names of actors where the table says that one stands, in the order of the text.
struct Owners {
  const Document& d;
  const Registry& registry;
  std::vector<std::string> names;
  std::set<std::string, std::less<>> seen{"others"};  // which is nobody

  void add(std::string_view name) {
    if (number::is_name(name) && seen.emplace(name).second) names.emplace_back(name);
  }
  void walk(NodeId node, const Record& record) {
    const auto& n = d[node];
    if (n.kind != Kind::map) return;
    for (std::size_t i = 0; i < n.items.size(); ++i) {
      const Field* f = record.find(d[n.keys[i]].text);
      const auto& item = d[n.items[i]];
      if (!f) continue;
      if (f->refers == Refers::actor && (item.kind == Kind::scalar || item.kind == Kind::list))
        for (const NodeId x : d.elements(n.items[i])) add(d[x].text);
      if (f->refers == Refers::actor && item.kind == Kind::map)
        for (const NodeId k : item.keys) add(d[k].text);
      if (f->kind == FieldKind::record) walk(n.items[i], *f->record);
      if (f->kind == FieldKind::records && item.kind == Kind::map)
        for (const NodeId x : item.items) {
          const Record* of = f->record;
          for (const Record* kind : registry.questions())
            if (f->of_kind && d[x].kind == Kind::map && d.find(x, kind->name) != no_node) of = kind;
          walk(x, *of);
        }
    }
  }
};

}  // namespace

std::optional<Situation> load_bare(const std::string& name, std::string content, Registry registry, SourceMap& sources,
                                   Diagnostics& out) {
  const auto id = sources.add(name, std::move(content));
  Document d = text::read(sources, id, out);
  if (d.root == no_node || d[d.root].kind != Kind::map) {
    if (out.ok()) out.error("E0392", {id, 0, 0}, "this file says nothing", "expected `markets:`");
    return std::nullopt;
  }
  const auto scalar = [&](std::string_view value) {
    return d.add(
        {.kind = Kind::scalar, .style = text::Style::double_quoted, .span = {id, 0, 0}, .text = d.keep(value)});
  };
  const auto put = [&](const char* key, NodeId value) {
    if (d.find(d.root, key) != no_node) return;
    const NodeId k = scalar(key);
    d.put(d.nodes[d.root], k, value);
  };
  Owners owners{d, registry, {}};
  if (d.find(d.root, "actors") == no_node) owners.walk(d.root, registry.root());
  text::Node actors{.kind = Kind::map, .span = {id, 0, 0}};
  for (const auto& n : owners.names) {
    const NodeId key = scalar(n);
    d.put(actors, key, scalar(n));
  }
  put("entente", scalar("1"));
  put("situation", scalar(name));
  put("as_of", scalar("9999-12-31"));
  put("actors", d.add(actors));
  const fs::path folder = fs::path(name).parent_path();
  return build(std::move(d), name, folder, std::make_shared<const Registry>(std::move(registry)), {folder.string()},
               sources, out, {});
}

std::optional<Situation> load(const fs::path& path, Registry registry, SourceMap& sources, Diagnostics& out,
                              const LoadOptions& options) {
  auto opened = open(path, sources, out, options);
  if (!opened) return std::nullopt;
  const Document& d = opened->document;
  if (d[d.root].kind == Kind::map && d.find(d.root, "dissents-from") != no_node) {
    if (!out.ok()) return std::nullopt;
    const auto dissent = Dissent::open(path, std::move(registry), sources, out, options);
    if (!dissent) return std::nullopt;
    return dissent->with(std::vector<bool>(dissent->differences().size(), true), sources, out, options);
  }
  auto roots = roots_of(*opened, options);
  return build(std::move(opened->document), opened->file, opened->folder,
               std::make_shared<const Registry>(std::move(registry)), std::move(roots), sources, out, options);
}

}  // namespace entente::situation
