// Displays: types, signals and replies by name, and the numbers of each.
#include <algorithm>

#include "families/signal/section.hpp"
#include "situation/sections.hpp"

namespace entente::situation {
namespace {

std::size_t place(std::vector<std::string>& names, const std::string& name) {
  const auto it = std::ranges::find(names, name);
  if (it != names.end()) return static_cast<std::size_t>(it - names.begin());
  names.push_back(name);
  return names.size() - 1;
}

struct SignalReader final : FamilyReader {
  using FamilyReader::FamilyReader;
  std::vector<Display>& displays = s.sections.make<std::vector<Display>>();

  void sections(const Entry& root) override;
  void question(Question& q, const Entry& e) override {
    if (!e.has("signal")) return;
    if (const auto d = named(displays, e["signal"].words.front(), "display", "E0339", "signals"); d != none)
      q.what = Held(SignalQuestion{d});
  }
  [[nodiscard]] bool known_names(std::set<std::string, std::less<>>& all) const override {
    for (const Display& d : displays) all.insert(d.name);
    return true;
  }
};

void SignalReader::sections(const Entry& root) {
  for (const Entry& e : root["signals"].entries) {
    Display d{.name = e.name, .span = e.name_span};
    if (!e.has("sender") || !e.has("receiver") || !e.has("types") || !e.has("costs") || !e.has("replies")) continue;
    d.sender = actor(e["sender"].words.front());
    d.receiver = actor(e["receiver"].words.front());
    if (d.sender == none || d.receiver == none) continue;
    if (d.sender == d.receiver)
      out.error("E0335", e["receiver"].span, "sender and receiver are the same actor", "somebody else");
    std::size_t given = 0, rest = 0;
    for (const auto& [type, n] : e["types"].numbers()) {
      place(d.types, type.text);
      ++given;
      rest += n.given() && only(n) == none;
    }
    // A type that `types` leaves out has what is left, and is known by the rows of `costs`. Where `types` says who has
    // it, or a row lacks a name that is nearly this one, the name is a slip.
    bool slips = false;
    const auto& rows = e["costs"].matrix();
    const auto in_all = [&](const std::string& name) {  // of the rows of `costs`
      return std::ranges::all_of(rows, [&](const auto& row) {
        return std::ranges::any_of(row.second, [&](const auto& x) { return x.first.text == name; });
      });
    };
    const auto in_none = [&](const std::string& name) {
      return std::ranges::none_of(rows, [&](const auto& row) {
        return std::ranges::any_of(row.second, [&](const auto& x) { return x.first.text == name; });
      });
    };
    if (!rows.empty()) {  // where all rows agree, the slip is under `types`
      std::vector<std::string> others;
      for (const auto& [type, n] : rows.front().second)
        if (in_all(type.text) && std::ranges::find(d.types, type.text) == d.types.end()) others.push_back(type.text);
      for (const auto& [type, n] : e["types"].numbers()) {
        const std::string near = in_none(type.text) ? did_you_mean(type.text, others) : "";
        if (near.empty()) continue;
        out.error("E0338", type.span, "no row of `costs` speaks of the type `" + type.text + "`", "not under `costs`",
                  near);
        slips = true;
      }
    }
    if (slips) continue;
    for (const auto& [signal, row] : e["costs"].matrix())
      for (const auto& [type, n] : row) {
        if (std::ranges::find(d.types, type.text) != d.types.end()) continue;
        std::vector<std::string> unsaid;  // what this row should have named
        for (const auto& t : d.types)
          if (std::ranges::none_of(row, [&](const auto& x) { return x.first.text == t; })) unsaid.push_back(t);
        const std::string near = did_you_mean(type.text, unsaid);
        if (rest > 0 || !near.empty()) {
          out.error("E0338", type.span, "there is no type `" + type.text + "`",
                    rest > 0 ? "not under `types`" : "not under `types`, or in the other rows",
                    near.empty() ? "it would be a second type that has what is left" : near);
          slips = true;
          continue;
        }
        place(d.types, type.text);
      }
    if (slips) continue;
    rest += d.types.size() - given;
    if (rest > 1)
      out.error("E0336", e["types"].span, "more than one type has no chance", "all but one",
                "one type has what is left, as `rest` or left out");
    if (rest == 0)
      out.error("E0336", e["types"].span, "every type has a chance of its own", "one has the rest",
                d.types.back() + ": rest, so that the chances always add up to 1");
    for (const auto& [signal, row] : e["costs"].matrix()) place(d.signals, signal.text);
    if (d.types.size() > 6 || d.signals.size() > 6 || e["replies"].entries.size() > 6) {
      out.error("E0337", e.name_span, "more than 6 types, signals or replies", "that is more than this takes");
      continue;
    }
    const std::size_t T = d.types.size(), M = d.signals.size(), A = e["replies"].entries.size();
    d.chance.assign(T, none);
    d.cost.assign(T * M, none);
    d.to_sender.assign(T * A, none);
    d.to_receiver.assign(T * A, none);
    d.after.assign(T * M * A, none);
    for (const auto& [type, n] : e["types"].numbers()) d.chance[place(d.types, type.text)] = only(n);
    const auto complete = [&](std::vector<ParamId>& into, const auto& numbers, std::size_t at, std::size_t stride,
                              const std::string& what, Span span) {
      std::vector<std::uint8_t> said(T, 0);
      for (const auto& [type, n] : numbers)
        if (const auto it = std::ranges::find(d.types, type.text); it != d.types.end())
          said[static_cast<std::size_t>(it - d.types.begin())] = 1;
      for (const auto& [type, n] : numbers) {
        const auto it = std::ranges::find(d.types, type.text);
        if (it == d.types.end()) {
          std::vector<std::string> unsaid;  // a slip in its name is one complaint, not also that it is missing
          for (std::size_t t = 0; t < T; ++t)
            if (!said[t]) unsaid.push_back(d.types[t]);
          const std::string near = did_you_mean(type.text, unsaid);
          out.error("E0338", type.span, "there is no type `" + type.text + "`", "not under `types` or `costs`", near);
          if (!near.empty()) said[place(d.types, nearest(type.text, unsaid))] = 1;
          continue;
        }
        const auto t = static_cast<std::size_t>(it - d.types.begin());
        into[t * stride + at] = only(n);
        said[t] = 1;
      }
      for (std::size_t t = 0; t < T; ++t)
        if (!said[t])
          out.error("E0338", span, what + " says nothing about the type `" + d.types[t] + "`",
                    "a number for every type", d.types[t] + ": 0");
    };
    for (const auto& [signal, row] : e["costs"].matrix())
      complete(d.cost, row, place(d.signals, signal.text), M, "the cost of `" + signal.text + "`", signal.span);
    for (const Entry& reply : e["replies"].entries) {
      const std::size_t a = place(d.replies, reply.name);
      if (!reply.has("receiver") || !reply.has("sender")) continue;
      complete(d.to_receiver, reply["receiver"].numbers(), a, A, "`receiver`", reply["receiver"].span);
      complete(d.to_sender, reply["sender"].numbers(), a, A, "`sender`", reply["sender"].span);
      for (const auto& [signal, row] : reply["after"].matrix()) {
        const auto it = std::ranges::find(d.signals, signal.text);
        if (it == d.signals.end()) {
          out.error("E0338", signal.span, "there is no signal `" + signal.text + "`", "not under `costs`");
          continue;
        }
        const auto m = static_cast<std::size_t>(it - d.signals.begin());
        complete(d.after, row, m * A + a, M * A, "what `" + signal.text + "` costs besides", signal.span);
      }
    }
    displays.push_back(std::move(d));
  }
}

}  // namespace

std::unique_ptr<FamilyReader> read_signal(const Builder& b) { return std::make_unique<SignalReader>(b); }

}  // namespace entente::situation
