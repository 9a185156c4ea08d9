#pragma once
//! Memory of coroutine frames. A freed frame is kept in a list of its size class and handed out
//! again, so that a simulation in its steady state allocates nothing. The lists belong to the
//! thread; a frame may be freed on another thread than the one that made it. Under
//! AddressSanitizer nothing is kept, so that a use after the end of a coroutine is seen.

#include <cstddef>

namespace lantian::frame_pool {

void* allocate(std::size_t size);
void deallocate(void* frame, std::size_t size) noexcept;

} // namespace lantian::frame_pool
