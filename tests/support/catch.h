#ifndef TIDEWAITER_TESTS_SUPPORT_CATCH_H_
#define TIDEWAITER_TESTS_SUPPORT_CATCH_H_

// Catch2 2.13 (Debian 12) and 3 (Ubuntu 24.04) differ in the header's name; tests include this.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

#endif  // TIDEWAITER_TESTS_SUPPORT_CATCH_H_
