// Records of displays: who shows what to whom, and the question what it tells.
#include "families/signal/section.hpp"
#include "situation/schema_rows.hpp"

namespace entente::situation {

using namespace rows;

namespace {

constexpr Refers a_display{"a display"};

Field by_type(std::string name, std::string says) {
  Field f{.name = name, .kind = K::numbers, .says = std::move(says), .required = true, .domain = any};
  f.told = "what the reply {of} is worth to " +
           std::string(name == "sender" ? "a sender who is {0}" : "the receiver if the sender is {0}");
  return f;
}

const Record reply_record{"reply",
                          "Something the receiver may do, and what that is worth to both, by the sender's type.",
                          "",
                          {by_type("receiver", "What it is worth to the receiver: {firm: -2, loose: 1 to 3}."),
                           by_type("sender", "What it is worth to the sender."),
                           {.name = "after",
                            .kind = K::matrix,
                            .says = "What a signal costs each type besides, if this reply comes: {together: {firm: 0, "
                                    "loose: 2}}. Hands that are tied.",
                            .domain = any,
                            .told = "what {0} costs a sender who is {1} if the reply is {of}"}}};

}  // namespace

const Record display_record{
    "display",
    "What a sender of unknown type can show to a receiver, who then replies.",
    "",
    {word("sender", Refers::actor, "Who knows its type and shows something.", true),
     word("receiver", Refers::actor, "Who sees it and replies.", true),
     {.name = "types",
      .kind = K::numbers,
      .says = "The receiver's chance of each type beforehand; one type has what is left: `rest`, or left out.",
      .required = true,
      .domain = share,
      .rest = true,
      .told = "the receiver's chance beforehand that the sender is {0}"},
     {.name = "costs",
      .kind = K::matrix,
      .says = "What each signal costs each type: {together: {firm: 0, loose: 2 to 6}, apart: {firm: 0, loose: 0}}.",
      .required = true,
      .domain = any,
      .told = "what {0} costs a sender who is {1}"},
     many("replies", reply_record, "What the receiver may do.", true)}};

const Record signal_record{"signal", "What a display tells.", "", {word("signal", a_display, "The display.", true)}};

}  // namespace entente::situation
