// Heat bath on two sides, all replicas in step: node after node, the exponentials of all replicas at once. A replica's
// fields h_v = sum of c_uv x_u follow each change; they are made anew every 1024 sweeps, so that rounding does not add
// up.
#include "kernel/blocs/temper.hpp"

namespace entente::blocs {
namespace {

/// Node v changes sides in these lanes, and with it their fields. c: v's ties; `row` is a multiple of four.
ENTENTE_WIDE void turn_all(std::span<const std::uint32_t> lanes, std::uint32_t v, std::uint32_t n, std::uint32_t row,
                           signed char* x, double* h, const double* c) {
  for (const std::uint32_t lane : lanes) {
    signed char& side = x[std::size_t{lane} * n + v];
    side = static_cast<signed char>(-side);
    const double by = 2.0 * side;
    double* const to = h + std::size_t{lane} * row;
    for (std::uint32_t u = 0; u < row; u += 4)
      for (std::uint32_t i = 0; i < 4; ++i) to[u + i] += by * c[u + i];
  }
}

class Sides {
 public:
  explicit Sides(const Core& core) : n_(core.nodes), row_((core.nodes + 3u) / 4 * 4), c_(std::size_t{n_} * row_, 0.0) {
    for (const Core::Edge& e : core.edges) {
      c_[e.a * row_ + e.b] = c_[e.b * row_ + e.a] = e.c;
      ties_ += e.c;
    }
  }
  void resize(std::uint32_t lanes) {
    lanes_ = lanes;
    x_.assign(std::size_t{lanes} * n_, 1);
    h_.assign(std::size_t{lanes} * row_, 0);
    energy_.assign(lanes, 0);
    off_.resize(lanes);
    draw_.resize(lanes);
    moves_.resize(lanes);
  }
  void randomise(std::uint32_t lane, Stream& s) {
    for (std::uint32_t v = 0; v < n_; ++v) x_[lane * n_ + v] = s.next() < 0.5 ? 1 : -1;
    refresh(lane);
  }
  void labels(std::uint32_t lane, std::span<std::uint32_t> out) const {
    for (std::uint32_t v = 0; v < n_; ++v) out[v] = x_[lane * n_ + v] > 0;
  }
  void set(std::uint32_t lane, std::span<const std::uint32_t> label) {
    for (std::uint32_t v = 0; v < n_; ++v) x_[lane * n_ + v] = label[v] ? 1 : -1;
    refresh(lane);
  }
  void sweep(std::span<const double> beta, Stream& s) {
    if ((++sweeps_ & 1023) == 0)
      for (std::uint32_t lane = 0; lane < lanes_; ++lane) refresh(lane);
    for (std::uint32_t v = 0; v < n_; ++v) {
      for (std::uint32_t lane = 0; lane < lanes_; ++lane) off_[lane] = -beta[lane] * h_[lane * row_ + v];
      exponentials(off_);
      s.fill(draw_);
      std::uint32_t moved = 0;  // listed without branches: which lanes move cannot be foreseen
      for (std::uint32_t lane = 0; lane < lanes_; ++lane) {
        const signed char to = draw_[lane] * (1 + off_[lane]) < 1 ? 1 : -1;  // 1 with chance 1 / (1 + exp(-b h))
        moves_[moved] = lane;
        moved += x_[lane * n_ + v] != to;
      }
      turn_all(std::span(moves_).first(moved), v, n_, row_, x_.data(), h_.data(), &c_[std::size_t{v} * row_]);
    }
    for (std::uint32_t lane = 0; lane < lanes_; ++lane) {
      double sum = 0;
      for (std::uint32_t v = 0; v < n_; ++v) sum += x_[lane * n_ + v] * h_[lane * row_ + v];
      energy_[lane] = (ties_ - sum / 2) / 2;
    }
  }
  [[nodiscard]] double energy(std::uint32_t lane) const { return energy_[lane]; }
  [[nodiscard]] bool counts(std::uint32_t) const { return true; }
  void together(std::uint32_t lane, unsigned bit, std::span<std::uint64_t> words) const {
    const signed char* const x = &x_[std::size_t{lane} * n_];
    std::size_t p = 0;
    for (std::uint32_t b = 1; b < n_; ++b)
      for (std::uint32_t a = 0; a < b; ++a, ++p) words[p] |= static_cast<std::uint64_t>(x[a] == x[b]) << bit;
  }
  [[nodiscard]] double log_states() const { return (n_ - 1) * std::numbers::ln2; }

 private:
  void refresh(std::uint32_t lane) {
    double* const h = &h_[std::size_t{lane} * row_];
    std::fill_n(h, row_, 0.0);
    for (std::uint32_t v = 0; v < n_; ++v)
      for (std::uint32_t u = 0; u < row_; ++u) h[u] += x_[lane * n_ + v] * c_[std::size_t{v} * row_ + u];
  }

  std::uint32_t n_, row_, lanes_ = 0;
  std::uint64_t sweeps_ = 0;
  std::vector<double> c_, h_, energy_, off_, draw_;
  std::vector<signed char> x_;
  std::vector<std::uint32_t> moves_;
  double ties_ = 0;
};

}  // namespace

Result<void> sample_sides(const DistributionOptions& options, DistributionWorkspace::Body& w) {
  const Core& core = w.blocs.body().core;
  Sides sides(core);
  return temper(sides, core.nodes, options, w.law);
}

}  // namespace entente::blocs
