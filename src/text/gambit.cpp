#include "entente/text/gambit.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "text/utf8.hpp"

namespace entente::text {
namespace {

constexpr std::size_t most = 1'000'000;

class GambitReader {
 public:
  GambitReader(const SourceMap& sources, std::uint32_t file, Diagnostics& out)
      : text_(sources[file].text()), file_(file), out_(out) {}

  Gambit run() {
    if (text_.size() > 0xfffffff0u) {
      out_.error("E0669", {file_, 0, 0}, "this game is larger than 4 GiB");
      return {};
    }
    if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
    if (!bytes() || !begin()) return {};
    return ok_ ? std::move(game_) : Gambit{};
  }

 private:
  enum class Kind { end, open, close, string, word };

  bool bytes() {
    for (std::size_t i = at_; i < text_.size();) {
      const std::size_t n = utf8_length(text_, i);
      if (n == 0) fault("E0104", span(i, i + 1), "this is no UTF-8 text", "this byte", "save the file as UTF-8");
      const char* why =
          n == 0 || text_[i] == '\r' || text_[i] == '\f' || text_[i] == '\v' ? nullptr : refused(text_, i, n);
      if (why) fault("E0105", span(i, i + n), "a character that cannot stand in a text", why);
      if (!ok_) return false;
      i += n;
    }
    return true;
  }

  // No exceptions here: after a fault of grammar every reader returns at once, since `ok_` is false.
  void fault(std::string code, Span span, std::string message, std::string label = {}, std::string hint = {}) {
    if (ok_) out_.error(std::move(code), span, std::move(message), std::move(label), std::move(hint));
    ok_ = false;
  }

  [[nodiscard]] Span span(std::size_t from, std::size_t to) const {
    return {file_, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)};
  }

  void next() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t' ||
                                  text_[at_] == ',' || text_[at_] == '\f' || text_[at_] == '\v'))
      ++at_;
    from_ = at_;
    word_.clear();
    if (at_ >= text_.size()) {
      kind_ = Kind::end;
      return;
    }
    const char c = text_[at_++];
    if (c == '{' || c == '}') {
      kind_ = c == '{' ? Kind::open : Kind::close;
      return;
    }
    if (c == '"') {
      kind_ = Kind::string;
      while (at_ < text_.size() && text_[at_] != '"') {
        if (text_[at_] == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\')) ++at_;
        word_ += text_[at_++];
      }
      if (at_ >= text_.size()) return fault("E0666", span(from_, from_ + 1), "this quote is not closed", "opened here");
      ++at_;
      return;
    }
    kind_ = Kind::word;
    word_ = c;
    while (at_ < text_.size() && !std::string_view(" \n\r\t,{}\"\f\v").contains(text_[at_])) word_ += text_[at_++];
  }

  [[nodiscard]] Span here() const { return span(from_, std::max(at_, from_ + (from_ < text_.size() ? 1 : 0))); }
  void want(const char* what) {
    if (kind_ == Kind::end)
      fault("E0666", span(text_.size(), text_.size()), "the file ends too early", std::string("expected ") + what);
    else fault("E0661", here(), "this does not belong here", std::string("expected ") + what);
  }
  bool take(Kind kind, const char* what) {
    if (!ok_) return false;
    if (kind_ != kind) {
      want(what);
      return false;
    }
    next();
    return ok_;
  }
  std::string string(const char* what) {
    std::string s = word_;
    return take(Kind::string, what) ? s : std::string();
  }
  [[nodiscard]] bool numeric() const {
    return kind_ == Kind::word && std::string_view("0123456789.+-").contains(word_[0]);
  }

  double number(const char* what) {
    if (!ok_) return 0;
    if (kind_ != Kind::word) {
      want(what);
      return 0;
    }
    const auto parse = [](std::string_view s, double& x) {
      if (s.starts_with('+')) s.remove_prefix(1);
      const auto r = std::from_chars(s.data(), s.data() + s.size(), x);
      return r.ec == std::errc{} && r.ptr == s.data() + s.size() && std::abs(x) <= 1e100;
    };
    double x = 0, y = 1;
    const auto slash = word_.find('/');
    const std::string_view all = word_;
    bool fine = parse(all.substr(0, slash), x);
    if (slash != std::string::npos) fine = fine && parse(all.substr(slash + 1), y) && y != 0;
    if (!fine || !(std::abs(x / y) <= 1e100)) {
      fault("E0662", here(), "`" + word_.substr(0, 40) + "` is no number", what);
      return 0;
    }
    next();
    return x / y;
  }
  std::uint32_t whole(const char* what) {
    const Span at = here();
    const double x = number(what);
    if (!ok_) return 0;
    if (!(x >= 0 && x <= 1e9) || x != std::floor(x)) {
      fault("E0662", at, "this is no whole number from 0", what);
      return 0;
    }
    return static_cast<std::uint32_t>(x);
  }

  std::vector<std::string> strings(const char* what) {
    std::vector<std::string> out;
    if (!take(Kind::open, "{")) return out;
    while (ok_ && kind_ == Kind::string && out.size() < most) out.push_back(string(what));
    take(Kind::close, what);
    return out;
  }

  bool begin() {
    next();
    if (kind_ != Kind::word || (word_ != "EFG" && word_ != "NFG")) {
      fault("E0660", here(), "this is no game of Gambit", "expected EFG 2 R or NFG 1 R");
      return false;
    }
    game_.extensive = word_ == "EFG";
    const std::string version = game_.extensive ? "2" : "1";
    next();
    if (ok_ && (kind_ != Kind::word || word_ != version))
      fault("E0660", here(), "another version of the format", "expected " + version);
    next();
    if (ok_ && (kind_ != Kind::word || (word_ != "R" && word_ != "D")))
      fault("E0660", here(), "the kind of numbers is R or D", "expected R");
    next();
    game_.title = string("a title in quotes");
    const Span at = here();
    game_.players = strings("a player's name in quotes, or }");
    if (ok_ && (game_.players.empty() || game_.players.size() > 64))
      fault(game_.players.empty() ? "E0663" : "E0669", at, "a game has from 1 to 64 players");
    if (!ok_) return false;
    if (game_.extensive) {
      if (kind_ == Kind::string) next();  // a comment
      tree();
    } else table();
    if (ok_ && kind_ != Kind::end)
      fault("E0667", here(), "the file goes on behind the end of the game", "nothing belongs here");
    return ok_;
  }

  // The outcome of a node: its number, and unless it is 0 a name and payoffs, which may be left out when they were
  // said.
  void outcome(Gambit::Node& n) {
    const Span at = here();
    const std::uint32_t k = whole("the number of an outcome");
    if (!ok_) return;
    bool said = false;
    if (k != 0 && kind_ == Kind::string) {
      next();
      said = true;
    }
    if (k != 0 && ok_ && kind_ == Kind::open) {
      said = true;
      const Span list = here();
      next();
      std::vector<double> payoff;
      while (ok_ && numeric() && payoff.size() <= game_.players.size()) payoff.push_back(number("a payoff"));
      if (ok_ && kind_ != Kind::close && !numeric()) return want("a payoff, or }");
      if (ok_ && (payoff.size() != game_.players.size() || kind_ != Kind::close))
        return fault("E0668", list, "an outcome has a payoff for every player",
                     std::to_string(game_.players.size()) + " players");
      next();
      const auto [it, fresh] = outcomes_.emplace(k, payoff);
      if (!fresh && it->second != payoff)
        out_.error("E0668", list, "outcome " + std::to_string(k) + " had other payoffs before", "the second time"),
            bad_ = true;
      n.payoff = std::move(payoff);
      return;
    }
    if (k == 0) {
      if (n.kind == 't' && kind_ == Kind::open) want("the next node");
      return;
    }
    const auto it = outcomes_.find(k);
    if (it == outcomes_.end())
      return fault("E0668", at, "outcome " + std::to_string(k) + " has no payoffs", said ? "" : "and none before");
    n.payoff = it->second;
  }

  void chances(Gambit::Node& n, std::map<std::uint32_t, std::uint32_t>& known) {
    const std::uint32_t set = whole("the number of the information set");
    if (ok_ && kind_ == Kind::string) next();
    if (ok_ && kind_ != Kind::open) {
      const auto it = known.find(set);
      if (it == known.end()) return want("{ and the moves of chance");
      n.moves = game_.nodes[it->second].moves;
      n.chance = game_.nodes[it->second].chance;
      return;
    }
    const Span at = here();
    next();
    double sum = 0;
    while (ok_ && kind_ == Kind::string && n.moves.size() < most) {
      n.moves.push_back(string("a move"));
      const Span place = here();
      n.chance.push_back(number("its chance"));
      if (ok_ && !(n.chance.back() >= 0 && n.chance.back() <= 1)) {
        out_.error("E0665", place, "a chance lies from 0 to 1");
        bad_ = true;
      }
      sum += n.chance.back();
    }
    if (!take(Kind::close, "a move in quotes, or }")) return;
    if (n.moves.empty()) return fault("E0664", at, "nothing follows a node without moves", "no move");
    if (std::abs(sum - 1) > 1e-9) {
      out_.error("E0665", at, "the chances of this node do not add up to 1", "they add up to " + std::to_string(sum));
      bad_ = true;
    }
    known.emplace(set, static_cast<std::uint32_t>(game_.nodes.size()));
  }

  void decision(Gambit::Node& n, std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t>& known) {
    Span at = here();
    const std::uint32_t player = whole("the number of a player");
    if (ok_ && (player == 0 || player > game_.players.size()))
      return fault("E0663", at, "there is no player " + std::to_string(player),
                   "from 1 to " + std::to_string(game_.players.size()));
    at = here();
    const std::uint32_t number = whole("the number of the information set");
    if (!ok_) return;
    Gambit::Information info{.player = player - 1, .number = number, .span = at};
    if (kind_ == Kind::string) info.name = string("a name");
    const bool listed = ok_ && kind_ == Kind::open;
    if (listed) {
      const Span list = here();
      info.moves = strings("a move in quotes, or }");
      if (ok_ && info.moves.empty()) return fault("E0664", list, "nothing follows a node without moves", "no move");
    }
    const auto it = known.find({player, number});
    if (it != known.end()) {
      n.information = it->second;
      const auto& first = game_.information[it->second];
      if (ok_ && listed && first.moves != info.moves) {
        auto& d = out_.error("E0664", at, "this information set has other moves than before", "the second time");
        d.remarks.push_back({first.span, "first here"});
        bad_ = true;
        if (first.moves.size() != info.moves.size()) ok_ = false;
      }
      return;
    }
    if (!ok_) return;
    if (!listed) return want("{ and the moves");
    n.information = static_cast<std::uint32_t>(game_.information.size());
    known.emplace(std::pair(player, number), n.information);
    game_.information.push_back(std::move(info));
  }

  void tree() {
    std::map<std::uint32_t, std::uint32_t> chance;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> sets;
    std::vector<std::pair<std::uint32_t, std::size_t>> open;  // node, moves still without a node
    do {
      if (kind_ != Kind::word || word_.size() != 1 || !std::string_view("cpt").contains(word_[0]))
        return want("a node: c, p or t");
      if (game_.nodes.size() >= most) return fault("E0669", here(), "more than a million nodes");
      Gambit::Node n;
      n.kind = word_[0];
      n.span = here();
      next();
      n.label = string("the node's label in quotes");
      if (n.kind == 'c') chances(n, chance);
      if (n.kind == 'p') decision(n, sets);
      if (ok_) outcome(n);
      if (!ok_) return;
      const auto k = static_cast<std::uint32_t>(game_.nodes.size());
      if (!open.empty()) {
        game_.nodes[open.back().first].children.push_back(k);
        if (--open.back().second == 0) open.pop_back();
      }
      const std::size_t moves = n.kind == 'c'   ? n.moves.size()
                                : n.kind == 'p' ? game_.information[n.information].moves.size()
                                                : 0;
      if (moves > 0) open.emplace_back(k, moves);
      game_.nodes.push_back(std::move(n));
    } while (!open.empty());
    if (bad_) ok_ = false;
  }

  void table() {
    if (!take(Kind::open, "{ and the strategies")) return;
    const Span at = span(from_, from_ + 1);
    while (ok_ && kind_ != Kind::close) {
      game_.strategies.emplace_back();
      if (kind_ == Kind::open) {
        game_.strategies.back() = strings("a strategy in quotes, or }");
        continue;
      }
      const std::uint32_t n = whole("a number of strategies, or names in braces");
      if (!ok_) return;
      if (n > most) return fault("E0669", at, "more than a million strategies");
      for (std::uint32_t k = 1; k <= n; ++k) game_.strategies.back().push_back(std::to_string(k));
    }
    if (!take(Kind::close, "}")) return;
    double cells = 1;
    for (const auto& s : game_.strategies) cells *= static_cast<double>(s.size());
    if (game_.strategies.size() != game_.players.size() || cells == 0)
      return fault("E0663", at, "every player has strategies", std::to_string(game_.players.size()) + " players");
    if (cells * static_cast<double>(game_.players.size()) > static_cast<double>(most))
      return fault("E0669", at, "more than a million payoffs");
    if (kind_ == Kind::string) next();  // a comment
    const auto size = static_cast<std::size_t>(cells);
    if (ok_ && kind_ == Kind::open) {
      next();
      std::vector<std::vector<double>> outcomes{std::vector<double>(game_.players.size(), 0.0)};
      while (ok_ && kind_ == Kind::open) {
        const Span list = here();
        next();
        if (ok_ && kind_ == Kind::string) next();
        outcomes.emplace_back();
        while (ok_ && numeric() && outcomes.back().size() <= game_.players.size())
          outcomes.back().push_back(number("a payoff"));
        if (ok_ && outcomes.back().size() != game_.players.size())
          return fault("E0668", list, "an outcome has a payoff for every player",
                       std::to_string(game_.players.size()) + " players");
        if (!take(Kind::close, "a payoff, or }")) return;
      }
      if (!take(Kind::close, "an outcome in braces, or }")) return;
      for (std::size_t k = 0; k < size && ok_; ++k) {
        const Span place = here();
        const std::uint32_t o = whole("the number of an outcome");
        if (ok_ && o >= outcomes.size()) return fault("E0668", place, "there is no outcome " + std::to_string(o));
        if (ok_) game_.payoff.insert(game_.payoff.end(), outcomes[o].begin(), outcomes[o].end());
      }
      return;
    }
    for (std::size_t k = 0; k < size * game_.players.size() && ok_; ++k) game_.payoff.push_back(number("a payoff"));
  }

  std::string_view text_;
  std::uint32_t file_;
  Diagnostics& out_;
  Gambit game_;
  std::map<std::uint32_t, std::vector<double>> outcomes_;
  std::size_t at_ = 0, from_ = 0;
  Kind kind_ = Kind::end;
  std::string word_;
  bool ok_ = true, bad_ = false;  // bad: said, and read on
};

}  // namespace

Gambit read_gambit(const SourceMap& sources, std::uint32_t file, Diagnostics& out) {
  return GambitReader(sources, file, out).run();
}

}  // namespace entente::text
