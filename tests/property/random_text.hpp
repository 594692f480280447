// Random trees and their printing in a random style of the subset. The printer has its own, cautious idea of what may
// stand where; it shares no code with the reader.
#pragma once
#include <rapidcheck.h>

#include <string>
#include <utility>
#include <vector>

namespace entente::tests {

struct TreeEntry;
struct Tree {
  enum Kind { null, scalar, map, list } kind = null;
  std::string text;
  std::vector<TreeEntry> entries;  // map; list: keys empty
};
struct TreeEntry {
  std::string key;
  Tree value;
};

inline std::string dump(const Tree& t) {
  const auto quote = [](const std::string& s) {
    std::string out = "\"";
    for (const char c : s)
      if (c == '\n') out += "\\n";
      else if (c == '"' || c == '\\') out += std::string("\\") + c;
      else out += c;
    return out + "\"";
  };
  if (t.kind == Tree::null) return "null";
  if (t.kind == Tree::scalar) return quote(t.text);
  std::string out;
  for (const auto& [k, v] : t.entries)
    out += (out.empty() ? "" : ", ") + (t.kind == Tree::map ? quote(k) + ": " : "") + dump(v);
  return t.kind == Tree::map ? "{" + out + "}" : "[" + out + "]";
}

/// 0 .. n-1, whatever the present size (rc::gen::inRange alone stays near its lower end while the size is small).
template <class T>
rc::Gen<T> pick(T n) {
  return rc::gen::resize(100, rc::gen::inRange<T>(0, n));
}

inline rc::Gen<std::string> any_text() {
  static const std::vector<std::string> pieces{
      "a",  "b",  "Z",   "0",   "7", " ",  " ", "  ", ":",  ": ",   "#",  " #", "'",       "''",   "\"",   "\\",  "-",
      "- ", "--", "---", "...", "?", "? ", ",", ", ", "[",  "]",    "{",  "}",  "&",       "*",    "!",    "|",   ">",
      "%",  "@",  "`",   "=",   "~", "é",  "€", "😀",  "\n", "\n\n", "\t", "to", "5 to 10", "null", "true", "x: y"};
  return rc::gen::map(rc::gen::resize(8, rc::gen::container<std::vector<std::size_t>>(pick(pieces.size()))),
                      [](const std::vector<std::size_t>& which) {
                        std::string s;
                        for (const auto i : which) s += pieces[i];
                        return s;
                      });
}
inline rc::Gen<std::string> tame_text() {
  return rc::gen::container<std::string>(rc::gen::elementOf(std::string("abcXYZ019-_.")));
}

rc::Gen<Tree> branch(int depth);

inline rc::Gen<Tree> tree(int depth) {
  const auto leaf = rc::gen::mapcat(pick(8), [](int k) {
    const auto make = [](std::string s) { return Tree{Tree::scalar, std::move(s), {}}; };
    return k == 0 ? rc::gen::just(Tree{}) : rc::gen::map(k < 4 ? tame_text() : any_text(), make);
  });
  if (depth == 0) return leaf;
  return rc::gen::mapcat(pick(5), [=](int k) { return k < 2 ? leaf : branch(depth); });
}

/// A mapping or a list, at most `depth` deep.
inline rc::Gen<Tree> branch(int depth) {
  return rc::gen::mapcat(rc::gen::pair(pick(3), pick<std::size_t>(5)), [=](std::pair<int, std::size_t> p) {
    const auto kind = p.first == 0 ? Tree::list : Tree::map;
    const auto children = rc::gen::container<std::vector<Tree>>(p.second, tree(depth - 1));
    const auto names =
        rc::gen::container<std::vector<std::string>>(p.second, rc::gen::oneOf(tame_text(), tame_text(), any_text()));
    return rc::gen::map(rc::gen::pair(names, children), [=](std::pair<std::vector<std::string>, std::vector<Tree>> q) {
      Tree t{kind, {}, {}};
      for (std::size_t i = 0; i < q.second.size(); ++i) {
        const std::string key = kind == Tree::list ? "" : q.first[i];
        bool twice = false;
        for (const auto& [other, v] : t.entries) twice = twice || (kind == Tree::map && other == key);
        if (!twice) t.entries.push_back({key, std::move(q.second[i])});
      }
      return t;
    });
  });
}

/// Prints with choices taken from a stream of random numbers.
class Printer {
 public:
  explicit Printer(std::uint64_t seed) : state_(seed * 2 + 1) {}

  std::string document(const Tree& t) {
    std::string out;
    if (chance(8)) out += "\xef\xbb\xbf";
    if (chance(8)) out += "# a comment\n";
    if (chance(8)) out += "---\n";
    const bool flows = t.entries.empty() || (!needs_block(t) && chance(6));
    out += flows ? flow(t, 0) + "\n" : block(t, chance(6) ? 2 : 0);
    if (chance(4)) {  // CR LF
      std::string crlf;
      for (const char c : out) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
      return crlf;
    }
    return out;
  }

 private:
  std::size_t roll(std::size_t n) {
    state_ ^= state_ << 13, state_ ^= state_ >> 7, state_ ^= state_ << 17;
    return static_cast<std::size_t>(state_ >> 33) % n;
  }
  bool chance(std::size_t n) { return roll(n) == 0; }

  static bool tame(const std::string& s) {
    if (s.empty() || s.front() == '-' || s.front() == '.') return false;
    for (const char c : s)
      if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-' && c != '_' &&
          c != '.' && c != ' ' && (static_cast<unsigned char>(c) < 0x80))
        return false;
    return s.front() != ' ' && s.back() != ' ';
  }
  // Block plain text may hold much more than flow plain text.
  static bool plain(const std::string& s, bool flow) {
    if (tame(s)) return true;
    if (flow || s.empty() || s.front() == ' ' || s.back() == ' ' || s.front() == '\t' || s.back() == '\t') return false;
    if (std::string("-?:,[]{}#&*!|>'\"%@`.").find(s.front()) != std::string::npos) return false;
    return s.find('\n') == std::string::npos && s.find(": ") == std::string::npos &&
           s.find(":\t") == std::string::npos && s.find(" #") == std::string::npos &&
           s.find("\t#") == std::string::npos && s.back() != ':';
  }

  // A list with an empty element cannot be written in brackets.
  static bool needs_block(const Tree& t) {
    for (const auto& [k, v] : t.entries)
      if ((t.kind == Tree::list && v.kind == Tree::null) || needs_block(v)) return true;
    return false;
  }

  std::string quoted(const std::string& s) {
    if (s.find('\n') == std::string::npos && chance(2)) {
      std::string out = "'";
      for (const char c : s) out += c == '\'' ? std::string("''") : std::string(1, c);
      return out + "'";
    }
    std::string out = "\"";
    for (const char c : s)
      if (c == '\n') out += "\\n";
      else if (c == '\t' && chance(2)) out += "\\t";
      else if (c == '"' || c == '\\') out += std::string("\\") + c;
      else if (c == 'a' && chance(4)) out += chance(2) ? "\\x61" : "\\u0061";
      else out += c;
    return out + "\"";
  }
  std::string scalar(const std::string& s, bool flow) { return plain(s, flow) && !chance(4) ? s : quoted(s); }

  std::string flow(const Tree& t, int depth) {
    if (t.kind == Tree::null) return "";
    if (t.kind == Tree::scalar) return scalar(t.text, true);
    const bool map = t.kind == Tree::map;
    const auto gap = [&] {
      if (chance(10)) return std::string(" # why\n  ") + std::string(roll(6) + 10, ' ');
      return chance(8) ? "\n" + std::string(roll(6) + 12, ' ') : std::string(roll(2), ' ');
    };
    std::string out = map ? "{" : "[";
    for (std::size_t i = 0; i < t.entries.size(); ++i) {
      const auto& [k, v] = t.entries[i];
      if (i > 0) out += "," + std::string(" ");
      out += gap();
      if (map) out += scalar(k, true) + (chance(6) ? " : " : ": ");
      const std::string value = flow(v, depth + 1);
      out += value;
      if (chance(6)) out += " ";
    }
    if (!t.entries.empty() && chance(6)) out += ",";
    return out + gap() + (map ? "}" : "]");
  }

  // A literal or folded text if it can be one.
  bool folded(const std::string& s, std::size_t indent, std::string& out) {
    if (s.empty() || s.front() == '\n' || s.back() == '\n' || s.find('\t') != std::string::npos) return false;
    const std::string pad(indent, ' ');
    const bool literal = s.find('\n') != std::string::npos || chance(2);
    std::string body;
    for (std::size_t from = 0; from <= s.size();) {
      const std::size_t to = std::min(s.find('\n', from), s.size());
      const std::string line = s.substr(from, to - from);
      if (line.empty() ? from == 0 : line.front() == ' ' || line.back() == ' ') return false;
      body += line.empty() ? "\n" : pad + line + "\n";
      from = to + 1;
    }
    if (!literal && chance(2)) {  // one line of words over several
      const std::size_t space = body.find(' ', indent);
      if (space != std::string::npos && body[space + 1] != ' ' && body[space - 1] != ' ')
        body.replace(space, 1, "\n" + pad);
    }
    after_text_ = true;  // what is indented below it is part of it
    out = std::string(literal ? "|" : ">") + (chance(3) ? "-" : "") + "\n" + body;
    return true;
  }

  void remark(std::string& out) {
    if (chance(12)) out += std::string(after_text_ ? 0 : roll(5), ' ') + "# remark: \"quoted' {\n";
    if (chance(12)) out += "\n";
  }

  // Ends with a line end.
  std::string value(const Tree& t, std::size_t indent, bool in_map) {
    std::string text;
    if (t.kind == Tree::scalar && chance(2) && folded(t.text, indent + 1 + roll(3), text)) return " " + text;
    const bool empty = t.entries.empty();
    if ((t.kind == Tree::map || t.kind == Tree::list) && !empty && (needs_block(t) || !chance(3))) {
      const bool same = in_map && t.kind == Tree::list && chance(2);
      std::string out = chance(8) ? " # below\n" : "\n";
      remark(out);
      return out + block(t, same ? indent : indent + 1 + roll(4));
    }
    if (t.kind == Tree::null) return chance(4) ? "  # nothing\n" : "\n";
    const std::string one = t.kind == Tree::scalar ? scalar(t.text, false) : flow(t, 0);
    return std::string(1 + roll(2), ' ') + one + (chance(6) ? " # so\n" : chance(6) ? "  \n" : "\n");
  }

  std::string block(const Tree& t, std::size_t indent) {
    std::string out;
    for (const auto& [k, v] : t.entries) {
      remark(out);
      after_text_ = false;
      out += std::string(indent, ' ');
      if (t.kind == Tree::map) {
        out += (plain(k, false) && !chance(5) ? k : quoted(k)) + (chance(8) ? " :" : ":");
        out += value(v, indent, true);
        continue;
      }
      out += "-";
      const bool compact = (v.kind == Tree::map || v.kind == Tree::list) && !v.entries.empty() && chance(2);
      if (!compact) {
        out += value(v, indent, false);
        continue;
      }
      const std::size_t gap = 1 + roll(3);
      std::string inner = block(v, indent + 1 + gap);
      // The first line of the inner block stands behind the dash; a remark before it would come between.
      while (inner.find_first_not_of(" ") != std::string::npos &&
             (inner[inner.find_first_not_of(" ")] == '#' || inner[inner.find_first_not_of(" ")] == '\n'))
        inner.erase(0, inner.find('\n') + 1);
      out += std::string(gap, ' ') + inner.substr(indent + 1 + gap);
    }
    return out;
  }

  std::uint64_t state_;
  bool after_text_ = false;
};

}  // namespace entente::tests
