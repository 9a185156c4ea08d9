#include "kernel/frame_pool.hpp"

#include <array>
#include <new>

namespace lantian::frame_pool {
namespace {

constexpr std::size_t kGrain = 64; // a line of the cache
constexpr std::align_val_t kAlignment{kGrain};
constexpr std::size_t kClasses = 64; // frames above 4 KiB are not pooled

// The sanitizer of addresses sees a use after the end only where frames are not used again.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LANTIAN_SEES_ADDRESSES
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define LANTIAN_SEES_ADDRESSES
#endif

#if defined(LANTIAN_SEES_ADDRESSES)
constexpr bool kIsPooling = false;
#else
constexpr bool kIsPooling = true;
#endif

struct FreeFrame {
  FreeFrame* next;
};

// Trivially destructible, so that it can still be asked when the thread is ending.
struct Lists {
  std::array<FreeFrame*, kClasses> first{};
  bool is_open = false; // from the first frame made on this thread until the thread ends
};

thread_local constinit Lists lists;

// Gives back what the lists hold when its thread ends.
struct Keeper {
  Keeper() { lists.is_open = true; }
  void note() {}
  ~Keeper() {
    lists.is_open = false;
    for (FreeFrame*& first : lists.first) {
      while (first != nullptr) {
        FreeFrame* next = first->next;
        ::operator delete(first, kAlignment);
        first = next;
      }
    }
  }
};

thread_local Keeper keeper;

std::size_t class_of(std::size_t size) {
  return (size - 1) / kGrain;
}

} // namespace

void* allocate(std::size_t size) {
  const std::size_t index = class_of(size);
  if (!kIsPooling || index >= kClasses) {
    return ::operator new(size, kAlignment);
  }
  if (FreeFrame* frame = lists.first[index]; frame != nullptr) {
    lists.first[index] = frame->next;
    return frame;
  }
  keeper.note(); // the first time on a thread, this makes it
  return ::operator new((index + 1) * kGrain, kAlignment);
}

void deallocate(void* frame, std::size_t size) noexcept {
  const std::size_t index = class_of(size);
  if (!kIsPooling || index >= kClasses || !lists.is_open) {
    ::operator delete(frame, kAlignment);
    return;
  }
  lists.first[index] = ::new (frame) FreeFrame{lists.first[index]};
}

} // namespace lantian::frame_pool
