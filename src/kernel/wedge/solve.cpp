#include <cmath>

#include "kernel/wedge/search.hpp"

namespace entente::wedge {

struct Workspace::Body {
  Search search;
  std::vector<std::uint64_t> keys;  // of pairs, while ties are checked
};
Workspace::Workspace() : body_(std::make_unique<Body>()) {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double ahead(const Best& wanted, const Best& unwanted, double scale) {
  if (!wanted.exists) return -infinity;
  return unwanted.exists ? (unwanted.energy - wanted.energy) / scale : infinity;
}

// The values of the energies, exact where they are bounds or the present ones.
void values(const Problem& p, const Search& s, Answer& out) {
  const Terms& t = s.terms;
  for (std::size_t m = 0; m < t.moves; ++m) {
    const double e = s.energy[m], present = p.graph.ties[p.moves[m].tie].weight;
    out.value[m] = e == t.present[m] ? present
                   : e == t.most[m]  ? p.moves[m].most
                   : e == t.least[m] ? p.moves[m].least
                                     : e / t.size[m];
  }
}

Result<void> finish(Search& s, std::span<const double> energy, Answer& out, Best& wanted, Best& unwanted) {
  if (!s.oracle.ask(true, energy, 0, 0, wanted))
    return std::unexpected(Error{ErrorKind::not_solved, "the optimiser reached its limit", "graph"});
  out.wanted.assign(s.oracle.labels().begin(), s.oracle.labels().end());
  if (!wanted.exists) out.wanted.clear();
  if (!s.oracle.ask(false, energy, 0, 0, unwanted))
    return std::unexpected(Error{ErrorKind::not_solved, "the optimiser reached its limit", "graph"});
  out.unwanted.assign(s.oracle.labels().begin(), s.oracle.labels().end());
  if (!unwanted.exists) out.unwanted.clear();
  out.after = ahead(wanted, unwanted, s.terms.scale);
  return {};
}

}  // namespace

Result<void> solve(const Problem& p, const Options& options, Workspace& w, Answer& out) {
  if (const auto good = validate(p, options, w.body().keys); !good) return good;
  Search& s = w.body().search;
  out.leaves.clear();
  out.weights.clear();
  out.configurations.clear();
  out.singles.clear();
  out.value.resize(p.moves.size());
  out.nodes = 0;
  s.start(p, options, out);
  values(p, s, out);
  Best wanted, unwanted;
  if (const auto done = finish(s, s.energy, out, wanted, unwanted); !done) return done;
  out.before = out.after;
  out.cost = out.bound = 0;
  if (options.singles && !s.singles(wanted, unwanted))
    return std::unexpected(Error{ErrorKind::not_solved, "the optimiser reached its limit", "graph"});
  if (out.before >= options.margin - 1e-10) {
    out.status = Status::already;
    out.questions = s.oracle.asked();
    return {};
  }
  s.run(wanted);
  const bool found = std::isfinite(s.best);
  out.cost = s.best;
  out.bound = s.limited ? std::min(s.open, s.best) : s.best;
  out.status = s.limited ? Status::unsolved : found ? Status::possible : Status::impossible;
  if (found) {
    values(p, s, out);
    if (const auto done = finish(s, s.energy, out, wanted, unwanted); !done) return done;
  }
  out.questions = s.oracle.asked();
  return {};
}

Result<Answer> solve(const Problem& p, const Options& options) {
  Workspace w;
  Answer out;
  if (const auto done = solve(p, options, w, out); !done) return std::unexpected(done.error());
  return out;
}

}  // namespace entente::wedge
