#ifndef TIDEWAITER_BASE_SHA256_H_
#define TIDEWAITER_BASE_SHA256_H_

#include <string>
#include <string_view>

namespace tidewaiter {

/// The SHA-256 digest (FIPS 180-4) of `bytes`: 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_SHA256_H_
