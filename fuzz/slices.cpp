// A saved slice of draws on any bytes: the word that says what it is and the hash are put around them, because no
// fuzzer would guess them. What is taken for a slice says the same when it is saved again, and joins or is refused.
#include "checks.hpp"
#include "entente/base/random.hpp"
#include "entente/doubt/doubt.hpp"
#include "entente/text/file.hpp"
#include "scratch.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  const auto eight = [](std::uint64_t x) { return std::string(reinterpret_cast<const char*>(&x), sizeof x); };
  std::string bytes = eight(0x3377617264746e45ull) + fuzz::text(data, size);
  bytes += eight(stable_hash(bytes));
  const fuzz::Scratch scratch;
  const auto path = scratch.write("a.draws", bytes);
  const auto saved = doubt::restore(path.string());
  fuzz::check(saved.has_value() || !saved.error().message.empty());
  if (!saved) return 0;
  const auto again = scratch.folder() / "b.draws";
  fuzz::check(doubt::save(saved->draws, saved->situation_path, again.string(), saved->files).has_value());
  const auto written = text::read_file(again.string(), bytes.size());
  fuzz::check(written.has_value() && written->size() == bytes.size());
  const auto one = doubt::join({saved->draws}), twice = doubt::join({saved->draws, saved->draws});
  fuzz::check(one || !one.error().message.empty());
  fuzz::check(!twice);
  return 0;
}
