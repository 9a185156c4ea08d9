#pragma once
//! Defines LANTIAN_SANITIZED where the tests are compiled for a sanitizer that replaces the
//! allocator and makes frames on the stack several times as large.

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define LANTIAN_SANITIZED
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define LANTIAN_SANITIZED
#endif
