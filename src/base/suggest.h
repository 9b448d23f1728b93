#ifndef TIDEWAITER_BASE_SUGGEST_H_
#define TIDEWAITER_BASE_SUGGEST_H_

#include <span>
#include <string>
#include <string_view>

namespace tidewaiter {

/// The candidate that is most like `word` by edit distance (insert, delete, replace, swap of
/// neighbors; upper and lower case count as equal), the first of equals; empty when none is
/// near: more than a third of the letters differ. Words over 64 bytes are like nothing.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

/// " Did you mean 'x'?" for the nearest candidate, ready to follow a sentence; else empty.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace tidewaiter

#endif  // TIDEWAITER_BASE_SUGGEST_H_
