// Counts what a test program takes from the heap, to hold a kernel or the loop over draws to taking nothing. It
// replaces the program's operators, all of those the standard library calls (one left out is mixed with the library's
// own, which the address sanitizer refuses), so exactly one file of a program may include it.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace entente::tests {
inline std::atomic<std::size_t> allocations{0};
}

[[gnu::noinline]] void* operator new(std::size_t n) {
  ++entente::tests::allocations;
  if (void* p = std::malloc(n ? n : 1)) return p;
  throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t n, const std::nothrow_t&) noexcept {  // std::stable_sort's buffer
  ++entente::tests::allocations;
  return std::malloc(n ? n : 1);
}
[[gnu::noinline]] void* operator new(std::size_t n, std::align_val_t a) {
  ++entente::tests::allocations;
  const auto align = static_cast<std::size_t>(a);
  if (void* p = std::aligned_alloc(align, (n + align - 1) / align * align)) return p;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }
