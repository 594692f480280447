#include "screen.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace entente::cli {

std::size_t screen_width() {
  std::size_t columns = 100;
  winsize size{};
  if (isatty(1) != 0 && ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) columns = size.ws_col;
  else if (const char* set = std::getenv("COLUMNS")) {
    unsigned n = 0;
    const std::string_view text(set);
    if (std::from_chars(text.data(), text.data() + text.size(), n).ec == std::errc{} && n > 0) columns = n;
  }
  return std::clamp<std::size_t>(columns, 60, 200);
}

}  // namespace entente::cli
