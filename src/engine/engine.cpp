#include "entente/engine/engine.hpp"

#include <mutex>
#include <utility>

#include "answers.hpp"
#include "entente/engine/learn.hpp"

namespace entente::engine {
namespace {

std::string dump(const Json& j) { return j.dump(-1, ' ', false, Json::error_handler_t::replace); }

using Answer = std::string;  // JSON, or nothing where `out` holds what is wrong

}  // namespace

struct Engine::Body {
  situation::Registry registry;
  std::string version;
  Limits limits;
  std::shared_ptr<const text::Files> files;
  std::vector<std::byte> buffer;
  std::uint64_t last = 0;  // the handle given last; none is given twice
  std::map<std::uint64_t, Session> sessions;
  std::mutex runs_change;  // cancel() and progress() look from another thread
  std::map<std::uint64_t, std::shared_ptr<Run>> runs;
  std::pair<std::uint64_t, std::shared_ptr<Watch>> turning;  // by the situation's handle; 0: none

  Diagnostics out;
  const SourceMap* sources = nullptr;  // of the complaints
  SourceMap none, own;

  Body(const situation::Registry& r, std::string v, const Limits& l, std::shared_ptr<const text::Files> f)
      : registry(r), version(std::move(v)), limits(l), files(std::move(f)) {}

  void refuse(const char* code, std::string message, std::string hint = {}) {
    out.error(code, {}, std::move(message), {}, std::move(hint));
  }
  void refuse(const Error& e) { refuse(code_of(e.kind), e.message); }
  Session* session(Request& r) {
    const auto handle = r.whole("handle", 0, 1, UINT64_MAX);
    const auto it = sessions.find(handle);
    if (it != sessions.end()) return &it->second;
    if (out.ok()) refuse("E0777", "no situation is open under this `handle`", "`open` gives one");
    return nullptr;
  }
  std::shared_ptr<Run> run(Request& r) {
    const auto handle = r.whole("run", 0, 1, UINT64_MAX);
    const auto it = runs.find(handle);
    if (it != runs.end()) return it->second;
    if (out.ok()) refuse("E0777", "no run is open under this `run`", "`start` gives one");
    return nullptr;
  }
  std::uint64_t next() {
    if (sessions.size() + runs.size() < limits.handles) return ++last;
    refuse("E0778", "too many situations and runs are open", "`close` those that are not needed any more");
    return 0;
  }

  Answer kept(Session s) {
    if (!s.good()) {
      for (const auto& d : s.complaints.all()) out.add(d);
      own = *s.sources, sources = &own;
      if (out.ok()) refuse("E0799", "the situation could not be read");
      return {};
    }
    const std::uint64_t handle = next();
    if (handle == 0) return {};
    Answer answer = dump(opened(s, handle));
    answer.back() = ',';
    answer += "\"complaints\":" + report::json(s.complaints, *s.sources) + "}";
    sessions.emplace(handle, std::move(s));
    return answer;
  }

  Answer open(Request& r) {
    const std::string name = r.text("situation", "situation.yaml");
    const Options options{.strict = r.flag("strict"), .allow = r.texts("allow")};
    auto given = r.pairs("files");
    const bool brings = r.has("files");
    r.end();
    if (!out.ok()) return {};
    if (brings) return kept(engine::open(std::make_shared<text::Memory>(std::move(given)), name, registry, options));
    if (files) return kept(engine::open(files, name, registry, options));
    refuse("E0775", "`files` of a request is an object of texts", "the engine opens no file of its own here");
    return {};
  }

  Answer set(Request& r) {
    const Session* s = session(r);
    const Edits edits = r.pairs("numbers");
    r.end();
    return s && out.ok() ? kept(engine::set(*s, edits)) : Answer();
  }

  Answer dissent(Request& r) {
    const Session* s = session(r);
    const std::string of = r.text("of", "situation.yaml");
    r.end();
    return s && out.ok() ? dump({{"text", engine::dissent(s->edits, of)}}) : Answer();
  }

  std::shared_ptr<plan::Plan> compiled(const Session& s, const std::vector<std::string>& claims,
                                       plan::Scope scope = {}) {
    sources = s.sources.get();
    Diagnostics found;
    auto plan = compile(s, claims, found, std::move(scope));
    if (!plan)
      for (const auto& d : found.all()) out.add(d);
    return plan;
  }

  Answer check(Request& r) {
    const Session* s = session(r);
    const bool numbers = r.flag("numbers");
    r.end();
    if (!s || !out.ok()) return {};
    return "{\"complaints\":" + report::json(engine::check(*s), *s->sources) +
           (numbers ? ",\"numbers\":" + report::numbers_json(*s->situation, *s->sources) : "") + "}";
  }

  Answer ask(Request& r) {
    const Session* s = session(r);
    r.end();
    const plan::Scope whole{.everything = true, .levers = true, .quantities = {}};
    const auto plan = s && out.ok() ? compiled(*s, {}, whole) : nullptr;
    return plan ? report::json(*plan, plan::answer(*plan)) : Answer();
  }

  Answer quantities(Request& r) {
    const Session* s = session(r);
    r.end();
    const auto plan = s && out.ok() ? compiled(*s, {}) : nullptr;
    return plan ? report::quantities_json(*plan) : Answer();
  }

  Answer explain(Request& r) {
    const Session* s = session(r);
    const std::string name = r.text("name");
    r.end();
    if (!s || !out.ok()) return {};
    const Explained e = engine::explain(*s, name);
    if (e.plan) return report::json(*e.plan, e.explanation, *e.sources);
    own = *e.sources, sources = &own;
    for (const auto& d : e.complaints.all()) out.add(d);
    return {};
  }

  doubt::Options drawing(Request& r, std::uint64_t draws) {
    doubt::Options o;
    const bool random = r.flag("random");
    const std::uint64_t asked = r.whole("draws", draws, 1, 100'000'000);
    o.sampling = {r.whole("seed", 1, 0, UINT64_MAX), random ? asked : plan::Sampling::whole(asked), !random};
    o.threads = static_cast<unsigned>(r.whole("threads", 1, 1, 1024));
    o.threads = std::min(o.threads, std::max(1u, limits.threads));
    return o;
  }

  bool fits(const plan::Plan& plan, std::uint64_t draws) {
    const double need = memory_of(plan, draws);
    if (need <= limits.memory) return true;
    refuse("E0718",
           fmt::format("these draws take {:.1f} GB, and {:.1f} are allowed", 1e-9 * need, 1e-9 * limits.memory),
           "fewer draws, or slices by `from` and `to`");
    return false;
  }

  std::shared_ptr<Run> made(Request& r) {
    Session* s = session(r);
    doubt::Options o = drawing(r, 10000);
    o.from = r.whole("from", 0, 0, UINT64_MAX);
    o.to = r.whole("to", o.sampling.draws, 1, UINT64_MAX);
    const auto claims = r.texts("claims");
    r.end();
    if (out.ok() && (o.to > o.sampling.draws || o.from >= o.to))
      refuse("E0711", fmt::format("`from` and `to` lie within 0 to {}, the first below the second", o.sampling.draws));
    auto plan = s && out.ok() ? compiled(*s, claims) : nullptr;
    if (!plan) return nullptr;
    if (!fits(*plan, o.to - o.from)) return nullptr;
    return std::make_shared<Run>(std::move(plan), o);
  }

  Answer told(std::uint64_t handle, const Run& run) {
    return dump({{"run", handle}, {"done", run.done()}, {"of", run.of()}, {"finished", run.finished()}});
  }
  Answer start(Request& r) {
    auto run = made(r);
    const std::uint64_t handle = run ? next() : 0;
    if (handle == 0) return {};
    const std::lock_guard lock(runs_change);
    return told(handle, *runs.emplace(handle, std::move(run)).first->second);
  }

  Answer step(Request& r) {
    const std::uint64_t handle = r.has("run") ? r.whole("run", 0, 1, UINT64_MAX) : 0;
    const auto run = this->run(r);
    const auto time = r.whole("milliseconds", 50, 1, 3'600'000);
    r.end();
    if (!run || !out.ok()) return {};
    if (const auto done = run->step(std::chrono::milliseconds(time)); !done) refuse(done.error());
    return out.ok() ? told(handle, *run) : Answer();
  }

  Answer judged(const Run& run, std::uint64_t total, unsigned threads) {
    if (!run.finished()) {
      refuse("E0701", fmt::format("{} of {} draws are there", run.done(), run.of()), "`step` until it is finished");
      return {};
    }
    const auto d = doubt::judge(run.plan(), run.draws(), {.threads = threads, .total = total});
    if (!d) refuse(d.error());
    return d ? report::json(run.plan(), *d) : Answer();
  }

  Answer judge(Request& r) {
    const auto run = this->run(r);
    const auto total = r.whole("total", 0, 0, 1'000'000);
    const auto threads = static_cast<unsigned>(r.whole("threads", 1, 1, 1024));
    r.end();
    return run && out.ok() ? judged(*run, total, std::min(threads, std::max(1u, limits.threads))) : Answer();
  }

  Answer doubt(Request& r) {
    const auto total = r.whole("total", 0, 0, 1'000'000);
    const auto threads = static_cast<unsigned>(r.whole("threads", 1, 1, 1024));
    const auto run = made(r);
    if (!run) return {};
    if (const auto done = run->step(); !done) {
      refuse(done.error());
      return {};
    }
    return judged(*run, total, std::min(threads, std::max(1u, limits.threads)));
  }

  Answer draws(Request& r) {
    const auto run = this->run(r);
    const auto wanted = r.texts("columns");
    r.end();
    std::vector<Column::Kind> kinds;
    const std::vector<std::string> names{"input", "truth", "why", "margin", "quantity", "part-true", "part-false"};
    for (const auto& name : wanted) {
      const auto it = std::ranges::find(names, name);
      if (it == names.end()) refuse("E0775", "`" + shown(name) + "` is no kind of column", did_you_mean(name, names));
      else kinds.push_back(static_cast<Column::Kind>(it - names.begin()));
    }
    if (!run || !out.ok()) return {};
    Columns c = columns(run->plan(), run->draws(), kinds);
    Json j{{"from", c.from}, {"to", c.to}, {"bytes", c.buffer.size()}, {"columns", Json::array()}};
    for (const Column& x : c.columns)
      j["columns"].push_back({{"kind", name_of(x.kind)},
                              {"type", name_of(x.type)},
                              {"name", x.name},
                              {"unit", x.unit},
                              {"offset", x.offset}});
    buffer = std::move(c.buffer);
    return dump(j);
  }

  Answer page(Request& r) {
    const auto run = this->run(r);
    const std::string command = r.text("command", "entente report");
    const bool turn = r.flag("turn");
    r.end();
    if (!run || !out.ok()) return {};
    if (!run->finished()) return judged(*run, 0, 1);
    const auto watch = watched(0);
    return page_of(*run, {.command = command, .version = version, .failed = {}}, turn, limits, *watch, buffer);
  }

  // One at a time, for whoever looks from another thread; `handle`: by which name.
  std::shared_ptr<Watch> watched(std::uint64_t handle) {
    const std::lock_guard lock(runs_change);
    turning = {handle, std::make_shared<Watch>()};
    return turning.second;
  }

  Answer turn(Request& r) {
    const auto handle = r.has("handle") ? r.whole("handle", 0, 1, UINT64_MAX) : 0;
    const Session* s = session(r);
    const Turn asked = turn_of(r, limits.threads);
    r.end();
    const auto plan = s && out.ok() ? compiled(*s, {}, {.everything = false, .moves = true}) : nullptr;
    if (!plan) return {};
    own = *s->sources, sources = &own;
    plan->give_up(out);  // warnings, as on a terminal
    const auto turned = engine::turn(*plan, asked, limits.memory, *watched(handle), "the request", own, out);
    (void)watched(0);
    if (turned.slip != Slip::none) return {};
    return turned.all ? report::json(*plan, turned.answers) : report::json(*plan, turned.answers.front());
  }

  Answer diff(Request& r) {
    const Session* s = session(r);
    const doubt::Options o = drawing(r, 2000);
    r.end();
    if (!s || !out.ok()) return {};
    own = SourceMap();
    sources = &own;
    Diagnostics found;
    const auto d = engine::diff(*s, o, own, found);
    if (d) return report::json(*d);
    for (const auto& x : found.all()) out.add(x);
    return {};
  }

  // given and follow: draws that are weighted.
  Answer learnt(Request& r, bool follow) {
    const Session* s = session(r);
    const doubt::Options o = drawing(r, 10000);
    const auto conditions = follow ? std::vector<std::string>() : r.texts("conditions");
    const auto names = r.texts("claims");
    r.end();
    if (s && out.ok() && !follow && conditions.empty()) refuse("E0775", "`conditions` names what is given");
    if (!s || !out.ok()) return {};
    own = *s->sources, sources = &own;
    const auto claims = claims_named(*s->situation, names, out);
    const auto plan = !out.ok() ? nullptr
                      : follow  ? plan_follow(s->situation, out)
                                : plan_given(s->situation, conditions, "the request", own, out);
    if (!plan) return {};
    if (!fits(*plan, o.sampling.draws)) return {};
    const auto draws = doubt::run(*plan, o);
    if (!draws) {
      refuse(draws.error());
      return {};
    }
    if (follow) {
      const auto f = learn::follow(*plan, *draws, claims, out);
      return f ? report::json(*plan, *f) : Answer();
    }
    const auto known = engine::given(*plan, *draws, claims, out);
    return known ? report::json(*plan, *known) : Answer();
  }
  Answer given(Request& r) { return learnt(r, false); }
  Answer follow(Request& r) { return learnt(r, true); }

  Answer close(Request& r) {
    const bool of_run = r.has("run");
    bool there = false;
    if (of_run) {
      const auto handle = r.whole("run", 0, 1, UINT64_MAX);
      const std::lock_guard lock(runs_change);
      there = runs.erase(handle) > 0;
    } else {
      there = sessions.erase(r.whole("handle", 0, 1, UINT64_MAX)) > 0;
    }
    r.end();
    if (!there && out.ok()) refuse("E0777", "nothing is open under this handle");
    return out.ok() ? "{}" : Answer();
  }

  Answer say_version(Request& r) {
    r.end();
    Json j{{"contract", contract}, {"version", version}, {"requests", Json::array()}};
    for (const auto& v : verbs) j["requests"].push_back(v.name);
    return dump(j);
  }
  Answer schema(Request& r) {
    r.end();
    return out.ok() ? report::schema(registry) : Answer();
  }

  struct Verb {
    const char* name;
    Answer (Body::*does)(Request&);
  };
  static const std::vector<Verb> verbs;
};

const std::vector<Engine::Body::Verb> Engine::Body::verbs{
    {"version", &Body::say_version},   {"schema", &Body::schema},   {"open", &Body::open},
    {"close", &Body::close},           {"check", &Body::check},     {"ask", &Body::ask},
    {"quantities", &Body::quantities}, {"explain", &Body::explain}, {"set", &Body::set},
    {"dissent", &Body::dissent},       {"diff", &Body::diff},       {"doubt", &Body::doubt},
    {"start", &Body::start},           {"step", &Body::step},       {"judge", &Body::judge},
    {"draws", &Body::draws},           {"report", &Body::page},     {"turn", &Body::turn},
    {"given", &Body::given},           {"follow", &Body::follow}};

Engine::Engine(const situation::Registry& registry, std::string version, const Limits& limits,
               std::shared_ptr<const text::Files> files)
    : body_(std::make_unique<Body>(registry, std::move(version), limits, std::move(files))) {}
Engine::~Engine() = default;

std::span<const std::byte> Engine::buffer() const noexcept { return body_->buffer; }
std::vector<std::byte> Engine::take_buffer() noexcept { return std::exchange(body_->buffer, {}); }

bool Engine::cancel(std::uint64_t run) noexcept {
  const std::lock_guard lock(body_->runs_change);
  if (run != 0 && body_->turning.first == run) return body_->turning.second->cancel = true;
  const auto it = body_->runs.find(run);
  if (it == body_->runs.end()) return false;
  it->second->cancel();
  return true;
}

Progress Engine::progress(std::uint64_t handle) const noexcept {
  const std::lock_guard lock(body_->runs_change);
  if (handle == 0 || body_->turning.first != handle) return {};
  const Watch& w = *body_->turning.second;
  return {.going = true, .claim = w.claim, .of = w.of, .packages = w.progress.packages, .below = w.progress.below};
}

std::string Engine::call(std::string_view request) {
  Body& b = *body_;
  b.buffer.clear();
  b.out = Diagnostics();
  b.sources = &b.none;
  Answer answer;
  // How deep a request may nest: its reader recurses only where it is taken down again.
  constexpr int deepest = 100;
  bool deep = false;
  const auto watch = [&](int depth, Json::parse_event_t, Json&) {
    deep = deep || depth > deepest;
    return !deep;
  };
  if (request.size() > b.limits.request) {
    b.refuse("E0774", fmt::format("this request has {} bytes, and {} are allowed", request.size(), b.limits.request));
  } else if (const Json json = Json::parse(request.begin(), request.end(), watch, false);
             deep || json.is_discarded() || !json.is_object()) {
    b.refuse("E0773", "a request is one JSON object", R"({"do": "version"})");
  } else {
    Request r(json, b.out);
    const std::string verb = r.text("do");
    const auto it = std::ranges::find(Body::verbs, verb, [](const Body::Verb& v) { return std::string_view(v.name); });
    std::vector<std::string> names;
    for (const auto& v : Body::verbs) names.emplace_back(v.name);
    if (it != Body::verbs.end()) answer = (b.*it->does)(r);
    else b.refuse("E0775", "`" + shown(verb) + "` is no request", did_you_mean(verb, names));
  }
  const std::string head = fmt::format("{{\"contract\":{},\"ok\":", contract);
  if (b.out.ok() && !answer.empty()) return head + "true,\"answer\":" + answer + "}";
  b.buffer.clear();
  if (b.out.ok()) b.refuse("E0799", "the request has no answer");
  return head + "false,\"complaints\":" + report::json(b.out, *b.sources) + "}";
}

}  // namespace entente::engine
