// Heat bath on partitions: a node leaves its bloc and takes one of the others, or one of its own, with the chances that
// its ties give; with just k blocs the last of a bloc stays. O(N) a node and replica.
#include "kernel/blocs/temper.hpp"

namespace entente::blocs {
namespace {

constexpr double impossible = -1e300;

/// ln of the number of partitions of n elements into just k, at most k or (most = 0) any number of blocs, by
/// S(m, j) = j S(m - 1, j) + S(m - 1, j - 1) in logarithms.
double log_partitions(std::uint32_t n, Blocs blocs) {
  const std::uint32_t most = blocs.most == 0 ? n : std::min(n, blocs.most);
  std::vector<double> row(most + 1, impossible), next(most + 1), ratio(most + 1), number(most + 1);
  for (std::uint32_t j = 0; j <= most; ++j) number[j] = j;
  row[0] = 0;
  for (std::uint32_t m = 1; m <= n; ++m) {
    ratio[0] = 0, next[0] = impossible;
    for (std::uint32_t j = 1; j <= most; ++j) {
      next[j] = std::max(row[j], row[j - 1]);
      ratio[j] = next[j] == impossible ? -1000 : std::min(row[j], row[j - 1]) - next[j];
    }
    exponentials(ratio);
    for (std::uint32_t j = 1; j <= most; ++j)
      ratio[j] = row[j] >= row[j - 1] ? number[j] + ratio[j] : number[j] * ratio[j] + 1;
    logarithms(std::span(ratio).subspan(1));
    for (std::uint32_t j = 1; j <= most; ++j)
      if (next[j] > impossible) next[j] += ratio[j];
    row.swap(next);
  }
  if (blocs.exactly) return row[most];
  const double high = *std::ranges::max_element(row);
  for (double& x : row) x -= high;
  exponentials(row);
  std::array<double, 1> sum{total(row)};
  logarithms(sum);
  return high + sum[0];
}

class Partitions {
 public:
  Partitions(const Core& core, Blocs blocs)
      : n_(core.nodes),
        most_(blocs.most == 0 ? n_ : std::min(n_, blocs.most)),
        exactly_(blocs.exactly),
        log_states_(log_partitions(n_, blocs)),
        c_(std::size_t{n_} * n_, 0.0),
        pull_(n_) {
    double most = 0;
    std::vector<double> of(n_, 0.0);
    for (const Core::Edge& e : core.edges) {
      c_[e.a * n_ + e.b] = c_[e.b * n_ + e.a] = e.c;
      ties_ += e.c;
      of[e.a] += std::abs(e.c), of[e.b] += std::abs(e.c);
    }
    for (const double x : of) most = std::max(most, x);
    for (std::uint32_t v = 0; v < n_; ++v)
      for (std::uint32_t i = core.apart_start[v]; i < core.apart_start[v + 1]; ++i) {
        const std::uint32_t u = core.apart[i];
        if (u < v || std::ranges::find(apart_, std::pair(v, u)) != apart_.end()) continue;
        apart_.emplace_back(v, u);
        // Together costs more than all that v and u could gain by it; apart costs nothing.
        c_[v * n_ + u] = c_[u * n_ + v] = -(20 + std::min(of[v], of[u]));
      }
  }
  void resize(std::uint32_t lanes) {
    label_.assign(std::size_t{lanes} * n_, 0);
    members_.assign(std::size_t{lanes} * n_, 0);
    count_.assign(lanes, 0);
    energy_.assign(lanes, 0);
  }
  void randomise(std::uint32_t lane, Stream& s) {
    for (std::uint32_t v = 0; v < n_; ++v) label_[lane * n_ + v] = exactly_ && v < most_ ? v : s.below(most_);
    refresh(lane);
  }
  void labels(std::uint32_t lane, std::span<std::uint32_t> out) const {
    std::copy_n(label_.begin() + static_cast<std::ptrdiff_t>(std::size_t{lane} * n_), n_, out.begin());
  }
  void set(std::uint32_t lane, std::span<const std::uint32_t> label) {
    std::ranges::copy(label, label_.begin() + static_cast<std::ptrdiff_t>(std::size_t{lane} * n_));
    refresh(lane);
  }
  void sweep(std::span<const double> beta, Stream& s) {
    for (std::uint32_t lane = 0; lane < beta.size(); ++lane) {
      for (std::uint32_t v = 0; v < n_; ++v) move(lane, v, beta[lane], s);
      double kept = 0;
      const std::uint32_t* const label = &label_[std::size_t{lane} * n_];
      for (std::uint32_t b = 1; b < n_; ++b)
        for (std::uint32_t a = 0; a < b; ++a) kept += label[a] == label[b] ? c_[b * n_ + a] : 0;
      energy_[lane] = ties_ - kept;
    }
  }
  [[nodiscard]] double energy(std::uint32_t lane) const { return energy_[lane]; }
  [[nodiscard]] bool counts(std::uint32_t lane) const {
    return std::ranges::none_of(
        apart_, [&](const auto& p) { return label_[lane * n_ + p.first] == label_[lane * n_ + p.second]; });
  }
  void together(std::uint32_t lane, unsigned bit, std::span<std::uint64_t> words) const {
    const std::uint32_t* const label = &label_[std::size_t{lane} * n_];
    std::size_t p = 0;
    for (std::uint32_t b = 1; b < n_; ++b)
      for (std::uint32_t a = 0; a < b; ++a, ++p) words[p] |= static_cast<std::uint64_t>(label[a] == label[b]) << bit;
  }
  [[nodiscard]] double log_states() const { return log_states_; }

 private:
  void move(std::uint32_t lane, std::uint32_t v, double beta, Stream& s) {
    std::uint32_t* const label = &label_[std::size_t{lane} * n_];
    std::uint32_t* const members = &members_[std::size_t{lane} * n_];
    const std::uint32_t from = label[v];
    const bool alone = members[from] == 1;
    if (exactly_ && alone) return;
    const std::uint32_t others = count_[lane] - alone;  // blocs without v
    std::ranges::fill(pull_, 0.0);
    for (std::uint32_t u = 0; u < n_; ++u) pull_[label[u]] += c_[v * n_ + u];
    option_.clear();
    weight_.clear();
    std::uint32_t free = from;  // a number for a bloc of its own
    for (std::uint32_t b = 0; b < n_; ++b) {
      if (members[b] == 0) {
        if (!alone) free = b;
      } else if (b != from || !alone) {
        option_.push_back(b);
        weight_.push_back(beta * pull_[b]);
      }
    }
    if (!exactly_ && others < most_) option_.push_back(free), weight_.push_back(0);
    if (option_.size() < 2) return;
    const double high = *std::ranges::max_element(weight_);
    for (double& x : weight_) x -= high;
    exponentials(weight_);
    double sum = 0;
    for (const double x : weight_) sum += x;
    double left = s.next() * sum;
    std::size_t take = 0;
    while (take + 1 < option_.size() && left >= weight_[take]) left -= weight_[take++];
    const std::uint32_t to = option_[take];
    if (to == from) return;
    count_[lane] -= --members[from] == 0;
    count_[lane] += members[to]++ == 0;
    label[v] = to;
  }
  void refresh(std::uint32_t lane) {
    std::uint32_t* const members = &members_[std::size_t{lane} * n_];
    std::fill_n(members, n_, 0u);
    count_[lane] = 0;
    for (std::uint32_t v = 0; v < n_; ++v) count_[lane] += members[label_[lane * n_ + v]]++ == 0;
  }

  std::uint32_t n_, most_;
  bool exactly_;
  double log_states_;
  std::vector<double> c_, pull_, weight_, energy_;
  std::vector<std::uint32_t> label_, members_, count_, option_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> apart_;
  double ties_ = 0;
};

}  // namespace

Result<void> sample_blocs(Blocs blocs, const DistributionOptions& options, DistributionWorkspace::Body& w) {
  const Core& core = w.blocs.body().core;
  Partitions partitions(core, blocs);
  return temper(partitions, core.nodes, options, w.law);
}

}  // namespace entente::blocs
