#ifndef TIDEWAITER_BASE_CHECK_H_
#define TIDEWAITER_BASE_CHECK_H_

#include <cstdio>
#include <cstdlib>

/// Aborts when `condition` is false, in every build: what it states holds unless tidewaiter
/// itself is wrong. Never use it for anything that an input can cause.
#define TIDEWAITER_CHECK(condition)                                                           \
  do {                                                                                        \
    if (!(condition)) {                                                                       \
      std::fprintf(stderr, "tidewaiter: internal failure at %s:%d: %s\n", __FILE__, __LINE__, \
                   #condition);                                                               \
      std::abort();                                                                           \
    }                                                                                         \
  } while (false)

#endif  // TIDEWAITER_BASE_CHECK_H_
