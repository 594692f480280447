// Mixed equilibria. Fix the set S of signals that are sent at all. The sender's chances make replies best through
// sum over t of p_t sigma_t(m) r(t, m, a), linear in sigma; the replies make signals best through
// sum over a of rho_m(a) u(t, m, a), linear in rho. So equilibria are pairs of points of two polyhedra, complementary
// as in a bimatrix game: sigma_t(m) > 0 only where m attains type t's value, rho_m(a) > 0 only where a attains signal
// m's. A signal outside S is answered by a mixture of actions that one belief makes best together; that splits the
// replies into finitely many faces, each a polyhedron of its own.
#include <algorithm>
#include <cmath>

#include "entente/base/elementary.hpp"
#include "kernel/game/signalling_parts.hpp"
#include "kernel/game/vertices.hpp"

namespace entente::game {
namespace {

constexpr std::size_t most_vertices = 20'000;

std::unexpected<Error> too_large(const char* what) {
  return std::unexpected(Error{ErrorKind::too_large, what, "sizes"});
}

// Largest sets of actions that are best together under some belief; a set comes after all that contain it.
std::vector<std::vector<std::uint32_t>> together(const Signalling& g, std::uint32_t m) {
  std::vector<std::uint32_t> masks;
  for (std::uint32_t mask = (1u << g.actions) - 1; mask > 0; --mask) {
    if (std::ranges::any_of(masks, [&](std::uint32_t have) { return (mask & ~have) == 0; })) continue;
    std::vector<std::uint32_t> set;
    for (std::uint32_t a = 0; a < g.actions; ++a)
      if (mask >> a & 1u) set.push_back(a);
    if (!beliefs(g, m, set).empty()) masks.push_back(mask);
  }
  std::vector<std::vector<std::uint32_t>> out;
  for (const std::uint32_t mask : masks) {
    out.emplace_back();
    for (std::uint32_t a = 0; a < g.actions; ++a)
      if (mask >> a & 1u) out.back().push_back(a);
  }
  return out;
}

bool close(const std::vector<double>& a, const std::vector<double>& b) {
  for (std::size_t k = 0; k < a.size(); ++k)
    if (std::abs(a[k] - b[k]) > 1e-8) return false;
  return true;
}

// Same sending, and same replies to what is sent.
bool same(const Equilibrium& a, const Equilibrium& b, bool sending, bool replying) {
  for (std::size_t t = 0; t < a.signal.size() && sending; ++t)
    if (!close(a.signal[t], b.signal[t])) return false;
  for (std::size_t m = 0; m < a.reply.size() && replying; ++m)
    if (a.sent[m] != b.sent[m] || (a.sent[m] && !close(a.reply[m], b.reply[m]))) return false;
  return true;
}

void normalise(std::vector<double>& p) {
  double sum = 0;
  for (const double x : p) sum += x;
  for (double& x : p) x = std::abs(x / sum - 1) < 1e-13 ? 1 : x / sum;
}

// The numbers of the game as they are or exactly: see base/short_number.hpp.
template <class Number>
Result<EquilibriumSet> mixed_of(const Signalling& g, const std::vector<Number>& prior,
                                const std::vector<Number>& sender, const std::vector<Number>& receiver, Pairs& pairs) {
  const std::size_t T = g.types, M = g.signals, A = g.actions;
  std::vector<std::vector<std::vector<std::uint32_t>>> faces(M);
  for (std::uint32_t m = 0; m < M; ++m) faces[m] = together(g, m);
  EquilibriumSet out;
  for (std::uint32_t sent = 1; sent < (1u << M); ++sent) {
    // The sender's side: x = sigma, a value for each signal sent, a row for each action after it.
    std::vector<std::vector<std::uint32_t>> blocks(T);
    bool possible = true;
    for (std::uint32_t t = 0; t < T; ++t) {
      for (std::uint32_t m = 0; m < M; ++m)
        if ((sent >> m & 1u) && g.may(t, m)) blocks[t].push_back(t * static_cast<std::uint32_t>(M) + m);
      possible = possible && !blocks[t].empty();
    }
    if (!possible) continue;
    std::vector<RowOf<Number>> rows(M * A);
    std::uint32_t values = 0;
    for (std::size_t m = 0; m < M; ++m) {
      if (!(sent >> m & 1u)) continue;
      for (std::size_t a = 0; a < A; ++a) {
        RowOf<Number>& r = rows[m * A + a];
        r.value = values;
        r.coefficient.assign(T * M, Number(0));
        for (std::size_t t = 0; t < T; ++t) r.coefficient[t * M + m] = prior[t] * receiver[(t * M + m) * A + a];
      }
      ++values;
    }
    Vertices send = best_reply_vertices<Number>(T * M, blocks, values, rows, most_vertices, pairs);
    if (!send.complete) return too_large("more than 20,000 vertices of the sender's chances, or 4e9 pairs of them");
    std::erase_if(send.all, [&](const Vertex& v) {  // a signal of the set that is not sent: a smaller set's
      for (std::size_t m = 0; m < M; ++m) {
        if (!(sent >> m & 1u)) continue;
        double mass = 0;
        for (std::size_t t = 0; t < T; ++t) mass += v.x[t * M + m];
        if (mass == 0) return true;
      }
      return false;
    });
    if (send.all.empty()) continue;
    // The receiver's side, once for every choice of faces after the signals that are not sent.
    std::vector<RowOf<Number>> want(T * M);
    for (std::uint32_t t = 0; t < T; ++t)
      for (std::size_t m = 0; m < M; ++m) {
        if (!g.may(t, m)) continue;
        RowOf<Number>& r = want[t * M + m];
        r.value = t;
        r.coefficient.assign(M * A, Number(0));
        for (std::size_t a = 0; a < A; ++a) r.coefficient[m * A + a] = sender[(t * M + m) * A + a];
      }
    std::vector<std::size_t> face(M, 0);
    for (;;) {
      std::vector<std::vector<std::uint32_t>> replies(M);
      for (std::uint32_t m = 0; m < M; ++m)
        for (std::uint32_t a = 0; a < A; ++a)
          if ((sent >> m & 1u) || std::ranges::find(faces[m][face[m]], a) != faces[m][face[m]].end())
            replies[m].push_back(m * static_cast<std::uint32_t>(A) + a);
      const Vertices reply = best_reply_vertices<Number>(M * A, replies, T, want, most_vertices, pairs);
      if (!reply.complete)
        return too_large("more than 20,000 vertices of the receiver's replies, or 4e9 pairs of them");
      for (const Vertex& s : send.all)
        for (const Vertex& r : reply.all) {
          bool fits = true;
          for (std::size_t k = 0; k < T * M && fits; ++k) fits = s.zero.has(k) || r.tight.has(k);
          for (std::size_t l = 0; l < M * A && fits; ++l) fits = r.zero.has(l) || s.tight.has(l);
          if (!fits) continue;
          Equilibrium e;
          for (std::size_t t = 0; t < T; ++t) {
            e.signal.emplace_back(s.x.begin() + static_cast<std::ptrdiff_t>(t * M),
                                  s.x.begin() + static_cast<std::ptrdiff_t>((t + 1) * M));
            normalise(e.signal.back());
          }
          for (std::size_t m = 0; m < M; ++m) {
            e.reply.emplace_back(r.x.begin() + static_cast<std::ptrdiff_t>(m * A),
                                 r.x.begin() + static_cast<std::ptrdiff_t>((m + 1) * A));
            normalise(e.reply.back());
          }
          e.sent.assign(M, 0);
          for (std::size_t m = 0; m < M; ++m) e.sent[m] = sent >> m & 1u;
          if (std::ranges::any_of(out.extreme, [&](const Equilibrium& o) { return same(e, o, true, true); })) continue;
          complete(g, e);
          out.extreme.push_back(std::move(e));
          if (out.extreme.size() > 20'000) return too_large("more than 20,000 extreme equilibria");
        }
      std::size_t m = 0;
      while (m < M && ((sent >> m & 1u) || ++face[m] == faces[m].size())) face[m++] = 0;
      if (m == M) break;
    }
  }
  for (std::size_t i = 0; i < out.extreme.size() && !out.continuum; ++i)
    for (std::size_t j = 0; j < i && !out.continuum; ++j)
      out.continuum =
          same(out.extreme[i], out.extreme[j], true, false) || same(out.extreme[i], out.extreme[j], false, true);
  return out;
}

}  // namespace

Result<EquilibriumSet> mixed(const Signalling& g, const std::stop_token& stop) {
  if (auto ok = validate(g); !ok) return std::unexpected(ok.error());
  const std::size_t T = g.types, M = g.signals, A = g.actions;
  if (A > 10 || M > 12 || math::pow(static_cast<double>(M), static_cast<double>(T)) > 4096)
    return too_large("more than 10 actions, 12 signals or 4096 pure plans of the sender");
  Pairs pairs{.stop = stop};
  if (T * M + M * A <= 40)
    if (const auto exact = exact_numbers(g))
      return mixed_of<Rational>(g, exact->prior, exact->sender, exact->receiver, pairs);
  return mixed_of<double>(g, g.prior, g.sender, g.receiver, pairs);
}

}  // namespace entente::game
