// Where an answer may be written: never over what was read, and over another's file only with --force.
#pragma once
#include <string>

#include "opened.hpp"

namespace entente::cli {

/// What is written, so that an earlier one can be told from somebody's own file.
enum class Written { page, slice, dot, gexf };

/// Whether `to`, which `option` names, may be written: looked at after all inputs were read and before the work begins.
/// `ok`, or the exit code of a complaint that was said. A pipe, a terminal and an empty file are always free.
int may_write(const std::string& to, const std::string& option, Written what, const Opened& o, const Common& c);

/// The first half of that alone: whether `to` is no file that was read.
int no_input(const std::string& to, const std::string& option, const Opened& o, const Common& c);

}  // namespace entente::cli
