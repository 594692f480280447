// From a path to a Situation: the file or folder, the sections in order. What dissents from another is dissent.cpp's.
#include "load.hpp"

#include <algorithm>
#include <set>

#include "entente/base/random.hpp"
#include "entente/base/spelling.hpp"
#include "sections.hpp"

namespace entente::situation {
namespace {

namespace fs = std::filesystem;
using text::Document;
using text::Kind;
using text::no_node;
using text::NodeId;

constexpr std::size_t largest = 256u << 20;

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

}  // namespace

// The folders whose files may be read: of what was opened, and those that were allowed.
std::vector<std::string> roots_of(const Opened& o, const LoadOptions& options) {
  std::vector<std::string> roots = options.allow;
  roots.push_back(o.folder.string());
  return roots;
}

std::optional<Opened> open(const fs::path& path, SourceMap& sources, Diagnostics& out, const LoadOptions& options,
                           Span from) {
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
  auto content = files.read(file.string(), largest, from.known());
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
  const Entry root = reader.read(document.root, s.registry->root(), "", {}, none);
  CoreBuilder b(s, reader, out);
  b.news(root);
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
