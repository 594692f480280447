#include "game_file.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <string_view>

#include "entente/text/file.hpp"

namespace entente::cli {
namespace {

constexpr unsigned most_exact = 25;
constexpr std::size_t most_complaints = 20, longest_line = 1 << 16, chunk = 1 << 20;
constexpr std::size_t most_lines_shown = 100'000'000;
constexpr std::string_view magic = "EntenteG";

// Bytes by piece; lines without their ends.
class Stream {
 public:
  explicit Stream(text::File file) : file_(std::move(file)), buffer_(chunk) {}
  // Exactly `size` bytes, or fewer at the end.
  std::size_t read(void* to, std::size_t size) {
    std::size_t done = 0;
    while (done < size) {
      if (at_ == end_ && !fill()) break;
      const std::size_t now = std::min(size - done, end_ - at_);
      std::memcpy(static_cast<char*>(to) + done, buffer_.data() + at_, now);
      at_ += now;
      done += now;
    }
    return done;
  }
  [[nodiscard]] bool starts_with(std::string_view s) {
    if (at_ == end_) fill();
    return std::string_view(buffer_.data() + at_, end_ - at_).starts_with(s);
  }
  // False at the end. A line over the limit comes back cut.
  bool line(std::string_view& out) {
    held_.clear();
    while (true) {
      if (at_ == end_ && !fill()) {
        out = held_;
        return !held_.empty();
      }
      const char* from = buffer_.data() + at_;
      const void* stop = std::memchr(from, '\n', end_ - at_);
      const std::size_t size = stop ? static_cast<std::size_t>(static_cast<const char*>(stop) - from) : end_ - at_;
      at_ += size + (stop ? 1 : 0);
      if (stop && held_.empty()) {
        out = {from, size};
        break;
      }
      if (held_.size() <= longest_line) held_.append(from, std::min(size, longest_line + 1 - held_.size()));
      if (stop) {
        out = held_;
        break;
      }
    }
    if (out.ends_with('\r')) out.remove_suffix(1);
    return true;
  }
  [[nodiscard]] bool failed() const { return std::ferror(file_.get()) != 0; }

 private:
  bool fill() {
    at_ = 0;
    end_ = std::fread(buffer_.data(), 1, buffer_.size(), file_.get());
    return end_ > 0;
  }
  text::File file_;
  std::vector<char> buffer_;
  std::size_t at_ = 0, end_ = 0;
  std::string held_;
};

// Complaints about lines that are gone by the time they are said: a source is made of the lines at fault, with empty
// ones before them, so that every place is what it was in the file.
class Complaints {
 public:
  void add(std::size_t line, std::string_view text, std::string_view part, std::string code, std::string message,
           std::string label, std::string hint = {}) {
    std::size_t from = part.data() >= text.data() && part.data() <= text.data() + text.size()
                           ? static_cast<std::size_t>(part.data() - text.data())
                           : 0;
    all_.push_back({line, std::string(text.substr(0, longest_line)), from, std::max<std::size_t>(part.size(), 1),
                    std::move(code), std::move(message), std::move(label), std::move(hint)});
  }
  [[nodiscard]] bool full() const { return all_.size() >= most_complaints; }
  [[nodiscard]] bool none() const { return all_.empty(); }
  void say(const std::string& path, Opened& o) const {
    std::string text;
    std::size_t line = 1, start = 0;
    std::vector<Span> places;
    for (const auto& c : all_) {
      const std::size_t to = std::min(c.line, most_lines_shown);
      if (to > line) {
        if (text.size() > start) text += '\n', ++line;
        text.append(to - line, '\n');
        line = to;
        start = text.size();
      }
      if (text.size() == start) text += c.text;
      const std::size_t from = start + std::min(c.from, c.text.size());
      places.push_back({0, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(from + c.size)});
    }
    const auto file = o.sources.add(path, std::move(text));
    for (std::size_t k = 0; k < all_.size(); ++k) {
      places[k].file = file;
      o.diagnostics.error(all_[k].code, places[k], all_[k].message, all_[k].label, all_[k].hint);
    }
  }

 private:
  struct One {
    std::size_t line;
    std::string text;
    std::size_t from, size;
    std::string code, message, label, hint;
  };
  std::vector<One> all_;
};

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
  return s;
}
std::string_view unquoted(std::string_view s) {
  s = trimmed(s);
  if (s.size() >= 2 && s.front() == '"' && s.back() == '"') s = trimmed(s.substr(1, s.size() - 2));
  return s;
}
// Cell number `index` of a line; nothing when the line is shorter.
bool cell(std::string_view line, std::size_t index, std::string_view& out) {
  for (std::size_t k = 0;; ++k) {
    const std::size_t comma = line.find(',');
    if (k == index) {
      out = unquoted(line.substr(0, comma));
      return true;
    }
    if (comma == std::string_view::npos) return false;
    line.remove_prefix(comma + 1);
  }
}
template <class T>
bool number(std::string_view s, T& out) {
  if (s.starts_with('+')) s.remove_prefix(1);
  const auto r = std::from_chars(s.data(), s.data() + s.size(), out);
  return !s.empty() && r.ec == std::errc{} && r.ptr == s.data() + s.size();
}
std::string quoted(std::string_view s) { return "`" + std::string(s.substr(0, 40)) + "`"; }

class Table {
 public:
  Table(unsigned players, bool large, GameFile& out) : players_(players), large_(large), out_(out) {
    if (players) grow((std::uint64_t{1} << std::min(players, most_exact)) - 1);
  }

  void read(Stream& in, const std::string& path, Opened& o) {
    std::string_view text;
    std::size_t line = 0;
    while (in.line(text) && !complaints_.full()) {
      ++line;
      if (line == 1 && text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
      if (trimmed(text).empty() || (!header_ && text.starts_with('#'))) continue;
      if (text.size() > longest_line) {
        complaints_.add(line, text, text.substr(0, 1), "E0608", "this line is longer than 64 KiB", "no table");
        break;
      }
      if (!header_) {
        if (!columns(line, text)) break;
      } else {
        row(line, text);
      }
    }
    if (in.failed()) o.diagnostics.error("E0705", {}, "`" + path + "` cannot be read to its end");
    else if (!header_ && complaints_.none())
      complaints_.add(1, "", "", "E0602", "the file is empty: a game has the columns mask and worth", "mask,worth");
    if (!complaints_.none()) return complaints_.say(path, o);
    finish(path, o);
  }

 private:
  bool columns(std::size_t line, std::string_view text) {
    header_ = true;
    bool mask = false, worth = false;
    std::string_view name;
    for (std::size_t k = 0; cell(text, k, name); ++k) {
      if (name == "mask" && !mask) {
        mask = true;
        mask_at_ = k;
      } else if (name == "worth" && !worth) {
        worth = true;
        worth_at_ = k;
      } else if (name == "mask" || name == "worth") {
        complaints_.add(line, text, name, "E0602", "two columns are called " + quoted(name), "the second");
        return false;
      }
    }
    if (mask && worth) return true;
    complaints_.add(line, text, trimmed(text), "E0602", "a game has the columns mask and worth", "header row",
                    "the first line is `mask,worth`");
    return false;
  }

  void row(std::size_t line, std::string_view text) {
    std::string_view m, w;
    if (!cell(text, mask_at_, m) || !cell(text, worth_at_, w)) {
      complaints_.add(line, text, text, "E0609", "this row has fewer cells than the header", "a mask and a worth");
      return;
    }
    std::uint64_t mask = 0;
    double worth = 0;
    if (!number(m, mask)) {
      complaints_.add(line, text, m, "E0603", quoted(m) + " is no mask", "an integer from 0, bit 0 for player 1");
      return;
    }
    if (!number(w, worth) || !std::isfinite(worth)) {
      complaints_.add(line, text, w, "E0604", quoted(w) + " is no worth", "a finite number");
      return;
    }
    if (mask == 0 && worth != 0) {
      complaints_.add(line, text, w, "E0607", "the empty coalition is worth 0", "mask 0 is nobody");
      return;
    }
    const unsigned needed = static_cast<unsigned>(std::bit_width(mask));
    if (players_ && needed > players_) {
      complaints_.add(line, text, m, "E0605",
                      "mask " + std::to_string(mask) + " names player " + std::to_string(needed) + " of " +
                          std::to_string(players_),
                      "out of range");
      return;
    }
    if (needed > most_exact && !large_) {
      complaints_.add(line, text, m, "E0605",
                      "mask " + std::to_string(mask) + " names player " + std::to_string(needed),
                      "25 players are the most that can be exact",
                      "with --samples N the Shapley and Banzhaf values of up to 64 players are estimated");
      return;
    }
    largest_ = std::max(largest_, mask);
    if (needed > most_exact) {
      out_.more.emplace_back(mask, worth);
      lines_.push_back(line);
      return;
    }
    if (mask >= out_.worth.size()) grow(mask);
    double& place = out_.worth[mask];
    if (!std::isnan(place)) {
      complaints_.add(line, text, m, "E0606", "coalition " + std::to_string(mask) + " stands twice", "the second time");
      return;
    }
    place = worth;
  }

  void grow(std::uint64_t mask) {
    out_.worth.resize(std::max<std::size_t>(2, std::bit_ceil(static_cast<std::size_t>(mask) + 1)),
                      std::numeric_limits<double>::quiet_NaN());
  }

  void finish(const std::string& path, Opened& o) {
    out_.players = players_ ? players_ : static_cast<unsigned>(std::bit_width(largest_));
    if (out_.players == 0) {
      complaints_.add(1, "mask,worth", "", "E0610", "this game names no coalition", "header row only",
                      "a row such as `3,1.5` says that players 1 and 2 are worth 1.5; --players N says how many");
      complaints_.say(path, o);
      return;
    }
    grow((std::uint64_t{1} << std::min(out_.players, most_exact)) - 1);
    if (std::isnan(out_.worth[0])) out_.worth[0] = 0;
    for (double& v : out_.worth)
      if (std::isnan(v)) {
        v = 0;
        ++out_.missing;
      }
    if (out_.players > most_exact) {
      const std::uint64_t others = (out_.players == 64 ? 0 : std::uint64_t{1} << out_.players) - out_.worth.size();
      out_.missing += others - out_.more.size();
    }
    // Which line repeats a mask is known only after sorting.
    std::vector<std::size_t> order(out_.more.size());
    for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
      return out_.more[a].first != out_.more[b].first ? out_.more[a].first < out_.more[b].first : a < b;
    });
    for (std::size_t k = 1; k < order.size(); ++k)
      if (out_.more[order[k]].first == out_.more[order[k - 1]].first) {
        const std::string mask = std::to_string(out_.more[order[k]].first);
        Complaints twice;
        twice.add(lines_[order[k]], mask, mask, "E0606", "coalition " + mask + " stands twice", "the second time");
        return twice.say(path, o);
      }
    std::ranges::sort(out_.more);
  }

  unsigned players_;
  bool large_, header_ = false;
  GameFile& out_;
  std::size_t mask_at_ = 0, worth_at_ = 0;
  std::uint64_t largest_ = 0;
  std::vector<std::size_t> lines_;  // of out_.more
  Complaints complaints_;
};

std::uint32_t little32(const unsigned char* b) {
  return b[0] | std::uint32_t{b[1]} << 8 | std::uint32_t{b[2]} << 16 | std::uint32_t{b[3]} << 24;
}

void read_binary(Stream& in, const std::string& path, unsigned players, Opened& o, GameFile& out) {
  const auto complain = [&](const std::string& message, std::string hint = {}) {
    o.diagnostics.error("E0611", {}, "`" + path + "` " + message, {}, std::move(hint));
  };
  unsigned char header[16];
  if (in.read(header, sizeof header) != sizeof header) return complain("ends inside its header");
  const std::uint32_t version = little32(header + 8), n = little32(header + 12);
  if (version != 1) return complain("has version " + std::to_string(version) + " of the binary form; 1 is known");
  if (n < 1 || n > most_exact)
    return complain("says that it has " + std::to_string(n) + " players; from 1 to 25 can be");
  if (players && players != n)
    return complain("has " + std::to_string(n) + " players, and --players says " + std::to_string(players));
  out.players = n;
  out.worth.resize(std::size_t{1} << n);
  if (in.read(out.worth.data(), out.worth.size() * sizeof(double)) != out.worth.size() * sizeof(double))
    return complain(in.failed() ? "cannot be read to its end" : "ends before its last worth",
                    std::to_string(n) + " players take " + std::to_string(16 + out.worth.size() * 8) + " bytes");
  char one;
  if (in.read(&one, 1) != 0) return complain("goes on behind its last worth");
  if constexpr (std::endian::native == std::endian::big)
    for (double& v : out.worth) {
      char bytes[sizeof v];
      std::memcpy(bytes, &v, sizeof v);
      std::reverse(bytes, bytes + sizeof v);
      std::memcpy(&v, bytes, sizeof v);
    }
  for (std::size_t s = 0; s < out.worth.size(); ++s)
    if (!std::isfinite(out.worth[s]))
      return complain("gives coalition " + std::to_string(s) + " a worth that is not a finite number");
  if (out.worth[0] != 0) complain("gives the empty coalition a worth that is not 0");
}

}  // namespace

double GameFile::operator()(std::uint64_t members) const {
  if (members < worth.size()) return worth[members];
  const auto it = std::ranges::lower_bound(more, members, {}, &std::pair<std::uint64_t, double>::first);
  return it != more.end() && it->first == members ? it->second : 0;
}

bool read_game(const std::string& path, unsigned players, bool large, Opened& o, GameFile& out) {
  auto file = text::open_file(path);
  if (!file) {
    o.diagnostics.error("E0705", {}, file.error().message);
    return false;
  }
  Stream in(std::move(*file));
  if (in.starts_with(magic)) read_binary(in, path, players, o, out);
  else Table(players, large, out).read(in, path, o);
  return o.diagnostics.ok();
}

}  // namespace entente::cli
