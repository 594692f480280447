// What the core knows of kinds of question: a list of families, passed by value to whoever reads a situation. Nothing
// registers itself; src/families/all.cpp lists those of this program, and a test may list others.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "entente/base/diagnostic.hpp"
#include "entente/situation/schema.hpp"

namespace entente::ask {
class Model;
}

namespace entente::situation {

struct Situation;
struct Question;
struct Builder;
struct FamilyReader;

/// A kind of question: what the file may say of it, and what answers it. The record's first field names the kind
/// (`deal`); names of quantities, account and pictures are the model's.
struct QuestionKind {
  const Record* record = nullptr;
  /// Null after complaints. The question's `what` is what the family's reader put there; it is never empty here.
  std::unique_ptr<ask::Model> (*model)(const Situation& s, const Question& q, Diagnostics& out) = nullptr;
};

/// Kinds that share sections of the file.
struct Family {
  std::string name;
  std::vector<Field> sections;  ///< rows of the whole file: `markets`
  std::vector<QuestionKind> kinds;
  /// Reads its sections, then its questions (src/situation/sections.hpp).
  std::unique_ptr<FamilyReader> (*reader)(const Builder& b) = nullptr;
};

/// Families in an order that is that of the schema, of the page of fields, and of the parameters of their sections.
class Registry {
 public:
  explicit Registry(std::vector<Family> families);
  Registry(const Registry& other) : Registry(other.families_) {}
  Registry(Registry&& other) : Registry(other.families_) {}  // records are known by their address
  Registry& operator=(const Registry&) = delete;
  ~Registry() = default;

  [[nodiscard]] const std::vector<Family>& families() const noexcept { return families_; }
  /// The whole file.
  [[nodiscard]] const Record& root() const noexcept { return root_; }
  /// Of all kinds, in order.
  [[nodiscard]] const std::vector<const Record*>& questions() const noexcept { return questions_; }
  [[nodiscard]] const QuestionKind* kind(std::string_view name) const noexcept;  ///< null if none

 private:
  std::vector<Family> families_;
  std::vector<const Record*> questions_;
  Record root_;
};

}  // namespace entente::situation
