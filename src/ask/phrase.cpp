#include "entente/ask/phrase.hpp"

namespace entente::ask {

Phrase::Phrase(Kind kind, std::string text, std::string name) : text_(std::move(text)) {
  if (!text_.empty()) marks_.push_back({0, text_.size(), kind, std::move(name)});
}

Phrase& Phrase::operator+=(const Phrase& more) {
  const std::size_t at = text_.size(), count = more.marks_.size();  // `more` may be this very one
  marks_.reserve(marks_.size() + count);
  for (std::size_t i = 0; i < count; ++i) {
    Mark m = more.marks_[i];
    m.begin += at, m.end += at;
    marks_.push_back(std::move(m));
  }
  text_ += more.text_;
  return *this;
}

}  // namespace entente::ask
