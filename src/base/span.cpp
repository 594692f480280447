#include "entente/base/span.hpp"

#include <algorithm>

namespace entente {

Span Span::sub(std::size_t from, std::size_t length) const noexcept {
  const std::uint64_t size = end - begin;
  const auto b = static_cast<std::uint32_t>(std::min<std::uint64_t>(from, size));
  const auto e = static_cast<std::uint32_t>(std::min<std::uint64_t>(std::uint64_t{b} + length, size));
  return {file, begin + b, begin + e};
}

Source::Source(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)) {
  starts_.push_back(text_.starts_with("\xef\xbb\xbf") ? 3 : 0);  // a byte order mark is no character of the line
  for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1))
    starts_.push_back(static_cast<std::uint32_t>(at + 1));
}

std::string_view Source::line(std::size_t number) const noexcept {
  if (number == 0 || number > starts_.size()) return {};
  const std::size_t b = starts_[number - 1];
  std::size_t e = number < starts_.size() ? starts_[number] - 1 : text_.size();
  if (e > b && text_[e - 1] == '\r') --e;
  return std::string_view(text_).substr(b, e - b);
}

Position Source::position(std::size_t offset) const noexcept {
  offset = std::clamp<std::size_t>(offset, starts_.front(), text_.size());
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), static_cast<std::uint32_t>(offset));
  const auto line = static_cast<std::size_t>(after - starts_.begin());
  std::size_t column = 1;
  for (std::size_t i = starts_[line - 1]; i < offset; ++i)
    if ((static_cast<unsigned char>(text_[i]) & 0xc0u) != 0x80u) ++column;
  return {line, column};
}

std::uint32_t SourceMap::add(std::string name, std::string text) {
  sources_.emplace_back(std::move(name), std::move(text));
  return static_cast<std::uint32_t>(sources_.size() - 1);
}

std::string_view SourceMap::text(Span span) const noexcept {
  if (span.file >= sources_.size()) return {};
  const auto all = sources_[span.file].text();
  const auto b = std::min<std::size_t>(span.begin, all.size());
  return all.substr(b, std::min<std::size_t>(span.end, all.size()) - b);
}

}  // namespace entente
