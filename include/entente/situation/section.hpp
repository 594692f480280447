// What families keep in a situation: values whose types the core does not know. Each is found by its type, without
// run-time type information: the address of a variable stands for the type.
#pragma once
#include <memory>
#include <utility>
#include <vector>

namespace entente::situation {

/// One value of any type. A copy shares it.
class Held {
 public:
  Held() = default;
  template <class T>
  explicit Held(T value) : tag_(&tag<T>), value_(std::make_shared<T>(std::move(value))) {}
  [[nodiscard]] bool given() const noexcept { return value_ != nullptr; }
  /// Null where it is of another type, or nothing.
  template <class T>
  [[nodiscard]] const T* as() const noexcept {
    return tag_ == &tag<T> ? static_cast<const T*>(value_.get()) : nullptr;
  }
  template <class T>
  [[nodiscard]] T* as() noexcept {
    return tag_ == &tag<T> ? static_cast<T*>(value_.get()) : nullptr;
  }

 private:
  template <class T>
  static inline char tag = 0;
  const void* tag_ = nullptr;
  std::shared_ptr<void> value_;
};

/// At most one value of each type: a family's section of a situation. O(families) to find one.
class Sections {
 public:
  /// The one of that type, made where there is none. Stays where it is as long as the sections do.
  template <class T>
  [[nodiscard]] T& make() {
    for (Held& h : all_)
      if (T* found = h.as<T>()) return *found;
    all_.emplace_back(T{});
    return *all_.back().as<T>();
  }
  /// An empty one where the situation says nothing of it.
  template <class T>
  [[nodiscard]] const T& get() const noexcept {
    for (const Held& h : all_)
      if (const T* found = h.as<T>()) return *found;
    static const T nothing{};
    return nothing;
  }

 private:
  std::vector<Held> all_;
};

}  // namespace entente::situation
