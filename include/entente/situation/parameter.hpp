// The numbers of a situation: every one a parameter with path, unit, domain, distribution, place and source.
#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "entente/base/span.hpp"
#include "entente/number/number.hpp"

namespace entente::situation {

using ParamId = std::uint32_t;
using ActorId = std::uint32_t;
inline constexpr std::uint32_t none = 0xffffffffu;
inline constexpr std::string_view gdp_unit = "B USD/yr";

struct Field;

/// What a number stands for, so that nobody looks at the beginning of its path.
enum class Role : unsigned char {
  place,     ///< a field of a section or a question
  driver,    ///< several places may share it
  presence,  ///< 1; 0 in a world without what it stands for
  news,      ///< of what became known later: no answer draws it
};

/// One number of the situation. `source` is an index into Situation::sources or `none`.
struct Parameter {
  std::string path;  ///< "markets.gas.links.PoS-2.build.capex"
  number::Number number;
  std::uint32_t source = none;
  std::string grade;  ///< the citation's, else the source's own
  Span span;
  bool integrates = false;  ///< a chance that its question integrates exactly; it is never tossed
  double most = std::numeric_limits<double>::infinity();  ///< as its field has it
  bool implicit = false;  ///< a default or a presence: nobody wrote it, nobody need cite it
  Role role = Role::place;
  bool of_lever = false;         ///< a lever puts it in the place of another number, whose role and field it has
  const Field* field = nullptr;  ///< what the table says of its place; null: a presence. As long as the registry lives

  /// Decides an event whose chance stands elsewhere, and is a part of that event.
  [[nodiscard]] bool tosses() const noexcept { return path.ends_with(".toss"); }
  /// What people call it: a driver by its name alone, else the path.
  [[nodiscard]] std::string_view name() const noexcept {
    const std::string_view all = path;
    return role == Role::driver && !of_lever ? all.substr(all.find('.') + 1) : all;
  }
};

/// Numbers by path: a hash table of their places, which grows with them. Of two of one path either the first or the
/// last is found.
class Paths {
 public:
  void add(const std::vector<Parameter>& all, bool last);  ///< the last of `all`
  [[nodiscard]] ParamId find(const std::vector<Parameter>& all, std::string_view path) const noexcept;
  /// Those that find() gives, by path.
  [[nodiscard]] std::vector<ParamId> in_order(const std::vector<Parameter>& all) const;

 private:
  [[nodiscard]] std::size_t slot(const std::vector<Parameter>& all, std::string_view path,
                                 std::uint64_t hash) const noexcept;
  struct Slot {
    std::uint64_t hash = 0;
    ParamId id = none;
  };
  std::vector<Slot> slots_;  // a power of two, at most half of them taken
  std::size_t taken_ = 0;
};

/// A number that may differ by year: one parameter for all years (year 0), or several to interpolate between.
class YearNumber {
 public:
  using At = std::pair<int, ParamId>;
  YearNumber() = default;
  explicit YearNumber(ParamId always) : one_(0, always) {}
  explicit YearNumber(std::vector<At> by_year) {  ///< in order
    if (by_year.size() == 1) one_ = by_year.front();
    else if (!by_year.empty()) several_ = std::make_shared<const std::vector<At>>(std::move(by_year));
  }
  [[nodiscard]] bool given() const noexcept { return several_ || one_.first != nothing; }
  [[nodiscard]] std::span<const At> at() const noexcept {
    return several_ ? std::span<const At>(*several_) : std::span(&one_, given() ? 1 : 0);
  }
  [[nodiscard]] ParamId first() const noexcept { return given() ? at().front().second : none; }

 private:
  static constexpr int nothing = -1;
  At one_{nothing, none};  // nearly all have one, so it needs no memory of its own
  std::shared_ptr<const std::vector<At>> several_;
};

struct SourceEntry {
  std::string id, title, publisher, date, url, grade, note;
  Span span;
};

}  // namespace entente::situation
