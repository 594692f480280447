// Which work of a question is asked for. Quantities that come out of one piece of work share its number, their group: a
// year of a deal, a measure of size, a country that could join. There are as many groups as a situation makes, so a set
// of them is not a machine word.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <vector>

namespace entente::ask {

/// A set of groups. The first 64 take no memory of their own; operations on sets without others allocate nothing.
class Groups {
 public:
  Groups() = default;
  Groups(std::initializer_list<std::size_t> groups) {
    for (const std::size_t g : groups) add(g);
  }
  /// Every group, however many there are.
  [[nodiscard]] static Groups all() {
    Groups g;
    g.rest_ = true;
    g.first_ = ~std::uint64_t{0};
    return g;
  }
  [[nodiscard]] bool operator[](std::size_t g) const noexcept {
    if (g < 64) return (first_ >> g & 1u) != 0;
    const std::size_t word = g / 64 - 1;
    return word < more_.size() ? (more_[word] >> g % 64 & 1u) != 0 : rest_;
  }
  void add(std::size_t g) {
    if (g < 64) {
      first_ |= std::uint64_t{1} << g;
      return;
    }
    const std::size_t word = g / 64 - 1;
    if (word >= more_.size()) {
      if (rest_) return;
      more_.resize(word + 1, 0);
    }
    more_[word] |= std::uint64_t{1} << g % 64;
  }
  void clear() noexcept { *this = Groups(); }
  [[nodiscard]] bool empty() const noexcept {
    return first_ == 0 && !rest_ && std::ranges::all_of(more_, [](std::uint64_t w) { return w == 0; });
  }
  Groups& operator|=(const Groups& other) {
    first_ |= other.first_;
    more_.resize(std::max(more_.size(), other.more_.size()), rest_ ? ~std::uint64_t{0} : 0);
    for (std::size_t w = 0; w < more_.size(); ++w) more_[w] |= other.word(w);
    rest_ = rest_ || other.rest_;
    return *this;
  }
  /// Those that `other` does not hold.
  [[nodiscard]] Groups without(const Groups& other) const {
    Groups out;
    out.first_ = first_ & ~other.first_;
    out.rest_ = rest_ && !other.rest_;
    if (!more_.empty() || !other.more_.empty()) {
      out.more_.resize(std::max(more_.size(), other.more_.size()));
      for (std::size_t w = 0; w < out.more_.size(); ++w) out.more_[w] = word(w) & ~other.word(w);
    }
    return out;
  }

 private:
  [[nodiscard]] std::uint64_t word(std::size_t w) const noexcept {
    return w < more_.size() ? more_[w] : rest_ ? ~std::uint64_t{0} : 0;
  }
  std::uint64_t first_ = 0;
  std::vector<std::uint64_t> more_;  // from group 64 on
  bool rest_ = false;                // all beyond those
};

}  // namespace entente::ask
