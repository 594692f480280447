// Slices of one run, kept in a file and put together again. The file is little-endian and of our own form: a word that
// says what it is and in which version, the header, the columns, the files that were drawn from, a hash of all that.
// What is read is checked against its own length before anything is taken from it, and against the hash before it is
// believed.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "entente/base/random.hpp"
#include "entente/doubt/doubt.hpp"
#include "entente/text/file.hpp"

namespace entente::doubt {
namespace {

static_assert(std::endian::native == std::endian::little, "slices are written in the machine's own order");
constexpr std::uint64_t magic = 0x3477617264746e45ull;  // "Entdraw4"
constexpr std::size_t largest = std::size_t{4} << 30;

struct Out {
  std::string bytes;
  void text(const std::string& s) {
    put(s.size());
    bytes += s;
  }
  void put(std::uint64_t x) { bytes.append(reinterpret_cast<const char*>(&x), sizeof x); }
  template <class T>
  void column(const std::vector<T>& v) {
    bytes.append(reinterpret_cast<const char*>(v.data()), v.size() * sizeof(T));
  }
  // Every NaN as the same bits: which sign and payload arithmetic leaves is the processor's choice.
  void column(std::vector<double> v) {
    for (double& x : v)
      if (std::isnan(x)) x = std::numeric_limits<double>::quiet_NaN();
    bytes.append(reinterpret_cast<const char*>(v.data()), v.size() * sizeof(double));
  }
};

struct In {
  std::string_view bytes;
  bool good = true;
  std::uint64_t take() {
    std::uint64_t x = 0;
    if (bytes.size() < sizeof x) good = false;
    else {
      std::memcpy(&x, bytes.data(), sizeof x);
      bytes.remove_prefix(sizeof x);
    }
    return x;
  }
  std::string text() {
    const std::uint64_t length = take();
    if (length > bytes.size()) good = false;
    if (!good) return {};
    std::string s(bytes.substr(0, length));
    bytes.remove_prefix(length);
    return s;
  }
  template <class T>
  void columns(std::vector<std::vector<T>>& out, std::uint64_t count, std::uint64_t n) {
    if (good && count == 0) return out.clear();
    if (!good || count > 1'000'000 || n > bytes.size() || (n > 0 && count > bytes.size() / (n * sizeof(T)))) {
      good = false;
      return;
    }
    out.assign(count, std::vector<T>(n));
    for (auto& v : out) {
      std::memcpy(v.data(), bytes.data(), n * sizeof(T));
      bytes.remove_prefix(n * sizeof(T));
    }
  }
};

Error wrong(const std::string& path, const char* what) { return {ErrorKind::invalid, "`" + path + "` " + what, path}; }

}  // namespace

Result<void> save(const Draws& d, const std::string& situation_path, const std::string& path,
                  const std::vector<Carried>& files) {
  Out o;
  for (const std::uint64_t x :
       {magic, d.sampling.seed, d.sampling.draws, std::uint64_t{d.sampling.latin}, d.from, d.to, d.fingerprint,
        std::uint64_t{d.input.size()}, std::uint64_t{d.truth.size()}, std::uint64_t{d.quantity.size()},
        std::uint64_t{d.odds.size()}, std::uint64_t{situation_path.size()}})
    o.put(x);
  o.bytes += situation_path;
  for (const auto& c : d.input) o.column(c);
  for (const auto& c : d.truth) o.column(c);
  for (const auto& c : d.margin) o.column(c);
  for (const auto& c : d.why) o.column(c);
  for (const auto& c : d.quantity) o.column(c);
  for (const auto& c : d.odds) o.column(c);
  o.put(files.size());
  for (const auto& f : files) {
    o.text(f.name);
    o.text(f.text);
  }
  o.put(stable_hash(o.bytes));
  if (o.bytes.size() > largest)
    return std::unexpected(Error{ErrorKind::too_large, "this slice takes more than 4 GiB; make it shorter", path});
  return text::write_file(path, o.bytes);
}

Result<Saved> restore(const std::string& path) {
  auto content = text::read_file(path, largest, false, slice_mark);
  if (!content) return std::unexpected(content.error());
  In in{*content};
  if (in.take() != magic) return std::unexpected(wrong(path, "is no slice of draws of this version"));
  std::uint64_t hash = 0;
  if (in.bytes.size() < sizeof hash) return std::unexpected(wrong(path, "is damaged"));
  const std::size_t body = content->size() - sizeof hash;
  std::memcpy(&hash, content->data() + body, sizeof hash);
  if (hash != stable_hash(std::string_view(*content).substr(0, body)))
    return std::unexpected(wrong(path, "is damaged"));
  in.bytes.remove_suffix(sizeof hash);
  Saved s;
  Draws& d = s.draws;
  d.sampling.seed = in.take();
  d.sampling.draws = in.take();
  d.sampling.latin = in.take() != 0;
  d.from = in.take();
  d.to = in.take();
  d.fingerprint = in.take();
  const auto inputs = in.take(), claims = in.take(), quantities = in.take(), odds = in.take(), length = in.take();
  if (!in.good || length > in.bytes.size() || d.from >= d.to || d.to > d.sampling.draws)
    return std::unexpected(wrong(path, "is damaged"));
  s.situation_path = in.bytes.substr(0, length);
  in.bytes.remove_prefix(length);
  in.columns(d.input, inputs, d.size());
  in.columns(d.truth, claims, d.size());
  in.columns(d.margin, claims, d.size());
  in.columns(d.why, claims, d.size());
  in.columns(d.quantity, quantities, d.size());
  in.columns(d.odds, odds, d.size());
  const auto files = in.take();
  if (files > in.bytes.size() / 16) in.good = false;
  for (std::uint64_t k = 0; in.good && k < files; ++k) {
    Carried f;
    f.name = in.text();
    f.text = in.text();
    s.files.push_back(std::move(f));
  }
  const auto within = [](const auto& columns, std::uint8_t most) {
    return std::ranges::all_of(
        columns, [most](const auto& c) { return std::ranges::all_of(c, [most](auto x) { return x <= most; }); });
  };
  if (!in.good || !in.bytes.empty() || !within(d.truth, 2) ||
      !within(d.why, static_cast<std::uint8_t>(ask::reasons - 1)))
    return std::unexpected(wrong(path, "is damaged"));
  return s;
}

Draws cut(Draws d, std::uint64_t from, std::uint64_t to) {
  const auto cut_all = [&](auto& columns) {
    for (auto& c : columns) {
      c.resize(to - d.from);
      c.erase(c.begin(), c.begin() + static_cast<std::ptrdiff_t>(from - d.from));
    }
  };
  cut_all(d.input);
  cut_all(d.truth);
  cut_all(d.margin);
  cut_all(d.why);
  cut_all(d.quantity);
  cut_all(d.odds);
  d.from = from;
  d.to = to;
  return d;
}

Result<Draws> join(std::vector<Draws> parts, bool whole) {
  if (parts.empty()) return std::unexpected(Error{ErrorKind::invalid, "there is no slice to join"});
  std::ranges::stable_sort(parts, {}, &Draws::from);
  Draws all = std::move(parts.front());
  const auto append = [](auto& to, const auto& from) {
    for (std::size_t c = 0; c < to.size(); ++c) to[c].insert(to[c].end(), from[c].begin(), from[c].end());
  };
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const Draws& p = parts[i];
    const bool same = p.fingerprint == all.fingerprint && p.sampling.seed == all.sampling.seed &&
                      p.sampling.draws == all.sampling.draws && p.sampling.latin == all.sampling.latin &&
                      p.input.size() == all.input.size() && p.truth.size() == all.truth.size() &&
                      p.quantity.size() == all.quantity.size() && p.odds.size() == all.odds.size();
    if (!same)
      return std::unexpected(
          Error{ErrorKind::invalid, "the slices are not of one run: another situation, seed or number of draws"});
    if (p.from != all.to)
      return std::unexpected(
          Error{ErrorKind::invalid, (p.from > all.to ? "draws are missing from " : "draws stand twice from ") +
                                        std::to_string(std::min(p.from, all.to)) + " to " +
                                        std::to_string(std::max(p.from, all.to))});
    append(all.input, p.input);
    append(all.truth, p.truth);
    append(all.margin, p.margin);
    append(all.why, p.why);
    append(all.quantity, p.quantity);
    append(all.odds, p.odds);
    all.to = p.to;
  }
  if (!whole) return all;
  if (all.from != 0 || all.to != all.sampling.draws)
    return std::unexpected(Error{ErrorKind::invalid, "the slices cover draws " + std::to_string(all.from) + " to " +
                                                         std::to_string(all.to) + " of " +
                                                         std::to_string(all.sampling.draws)});
  return all;
}

}  // namespace entente::doubt
