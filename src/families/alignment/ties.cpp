#include "families/alignment/ties.hpp"

#include <algorithm>

#include "ask/names.hpp"
#include "entente/base/elementary.hpp"

namespace entente::ask {

Ties::Ties(const situation::Situation& s, const situation::Camp& camp) : s_(s), camp_(camp), all_(situation::ties(s)) {
  for (std::uint32_t t = 0; t < all_.size(); ++t) {
    const std::size_t a = position(all_[t].a), b = position(all_[t].b);
    if (a == npos || b == npos || !situation::speaks(all_[t], camp)) continue;
    pairs_.push_back({static_cast<std::uint32_t>(std::min(a, b)), static_cast<std::uint32_t>(std::max(a, b)), t});
  }
  std::ranges::sort(pairs_, {}, [](const Pair& x) { return std::pair(x.i, x.j); });
}

std::string Ties::name(const Pair& p) const {
  const auto& t = all_[p.tie];
  return s_.actors[t.a].id + "-" + s_.actors[t.b].id;
}

std::string Ties::name(std::size_t i, std::size_t j) const {
  for (const Pair& p : pairs_)
    if (p.i == std::min(i, j) && p.j == std::max(i, j)) return name(p);
  return id(i) + "-" + id(j);
}

std::size_t Ties::position(situation::ActorId who) const noexcept {
  const auto it = std::ranges::find(camp_.actors, who);
  return it == camp_.actors.end() ? npos : static_cast<std::size_t>(it - camp_.actors.begin());
}

std::size_t Ties::pair(std::uint32_t tie) const noexcept {
  const auto it = std::ranges::find(pairs_, tie, &Pair::tie);
  return it == pairs_.end() ? npos : static_cast<std::size_t>(it - pairs_.begin());
}

void Ties::values(std::span<const double> p, std::vector<double>& out) const {
  out.resize(pairs_.size());
  for (std::size_t k = 0; k < pairs_.size(); ++k) {
    const auto& t = all_[pairs_[k].tie];
    double sum = 0;
    const bool judged = camp_.judged && t.judgement != situation::none;
    if (judged && t.chance) {  // in place of all else
      sum = math::log(p[t.judgement] / (1 - p[t.judgement]));
    } else {
      if (judged) sum = p[t.judgement];
      for (const auto& [weight, value] : t.terms)
        if (counts(weight)) sum += p[weight] * p[value];
      if (const auto* w = camp_.world.get()) {
        const std::size_t n = actors(), i = pairs_[k].i, j = pairs_[k].j;
        const double* value = w->value.data() + (i * (2 * n - i - 1) / 2 + (j - i - 1)) * w->kinds.size();
        for (const auto& kind : w->kinds) sum += p[kind.weight] * *value++;
      }
    }
    out[k] = p[t.presence] != 0 && here(p, pairs_[k].i) && here(p, pairs_[k].j) ? sum : 0.0;
  }
}

void Ties::sizes(std::span<const double> p, std::uint32_t measure, std::vector<double>& out) const {
  out.resize(actors());
  double sum = 0;
  std::size_t present = 0;
  for (std::size_t i = 0; i < actors(); ++i) {
    const bool in = here(p, i);
    out[i] = !in ? 0.0 : measure == situation::none ? 1.0 : p[situation::measures(s_)[measure].size[camp_.actors[i]]];
    sum += out[i];
    present += in;
  }
  if (measure == situation::none || present == 0) return;
  const double mean = sum / static_cast<double>(present);
  for (double& x : out) x /= mean;
}

void Ties::graph(std::span<const double> p, std::uint32_t measure, Present& out) const {
  values(p, out.tie);
  sizes(p, measure, out.size);
  out.place.assign(actors(), Present::absent);
  out.graph.actors = 0;
  out.graph.size.clear();
  for (std::size_t i = 0; i < actors(); ++i)
    if (here(p, i)) {
      out.place[i] = out.graph.actors++;
      out.graph.size.push_back(out.size[i]);
    }
  out.graph.ties.clear();
  out.tied.assign(pairs_.size(), npos);
  for (std::size_t k = 0; k < pairs_.size(); ++k) {
    const std::uint32_t a = out.place[pairs_[k].i], b = out.place[pairs_[k].j];
    if (a == Present::absent || b == Present::absent) continue;
    out.tied[k] = out.graph.ties.size();
    out.graph.ties.push_back({a, b, out.tie[k]});
  }
}

Phrase Ties::sides(const Present& x, std::span<const std::uint32_t> bloc) const {
  Phrase out;
  std::uint32_t most = 0;
  for (const auto b : bloc) most = std::max(most, b);
  for (std::uint32_t b = 0; b <= most; ++b) {
    std::vector<Phrase> side;
    for (std::size_t i = 0; i < actors(); ++i)
      if (x.place[i] < bloc.size() && bloc[x.place[i]] == b) side.push_back(short_in_text(s_, who(i)));
    if (!out.empty()) out += " | ";
    out += row(side, ", ");
  }
  return out;
}

blocs::Setting Ties::setting() const noexcept {
  if (camp_.blocs == 0) return {blocs::Number::free};
  if (camp_.camps) return {blocs::Number::exactly, 2};
  if (camp_.blocs == 2) return {blocs::Number::two};
  return {blocs::Number::at_most, camp_.blocs};
}

void Ties::reads(std::vector<situation::ParamId>& out) const {
  const auto add = [&](situation::ParamId id) {
    if (id != situation::none && std::ranges::find(out, id) == out.end()) out.push_back(id);
  };
  for (const Pair& k : pairs_) {
    const auto& t = all_[k.tie];
    if (camp_.judged) add(t.judgement);
    if (camp_.judged && t.chance) continue;
    for (const auto& [weight, value] : t.terms)
      if (counts(weight)) add(weight), add(value);
    if (camp_.world)
      for (const auto& kind : camp_.world->kinds) add(kind.weight);
  }
}

void Ties::reads_sizes(std::uint32_t measure, std::vector<situation::ParamId>& out) const {
  if (measure == situation::none) return;
  for (const auto a : camp_.actors) out.push_back(situation::measures(s_)[measure].size[a]);
}

Network blocs_network(const situation::Situation& s, const situation::Camp& camp, const Ties& ties, const Present& x,
                      std::span<const std::uint32_t> bloc) {
  Network net;
  std::uint32_t most = 0;
  for (std::size_t i = 0; i < ties.actors(); ++i) {
    const std::uint32_t at = x.place[i];
    if (at == Present::absent) continue;
    const std::uint32_t side = at < bloc.size() ? bloc[at] : 0xffffffffu;
    if (side != 0xffffffffu) most = std::max(most, side + 1);
    net.nodes.push_back({.label = alone(s, camp.actors[i]), .group = side, .size = Figure::fixed(x.size[i])});
  }
  for (std::uint32_t b = 0; b < most; ++b)
    net.groups.push_back(most == 1 ? "one side" : "side " + std::to_string(b + 1));
  return net;
}

}  // namespace entente::ask
